"""``demo``: the first example from files to a picture, in a store that is thrown away."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from graph.errors import FileProblem
from lianyin.answers.paths import place
from lianyin.cli.output import Answer, print_table, write_file
from lianyin.cli.session import current_settings, say_if_compiling
from lianyin.language import Language, say
from lianyin.results import Result

if TYPE_CHECKING:
    from ingest.report import Report

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "first-graph"
PICTURE = Path("out") / "first-graph.html"


@click.command()
def demo() -> None:
    """See it work: load a small example, ask it a question, draw the answer. 用小例子演示。"""
    if not EXAMPLE.is_dir():
        raise FileProblem(f"The example is not at {EXAMPLE}.", hint="Run the demo from a checkout of the project: make demo.")
    settings = current_settings()
    language = settings.language
    say_if_compiling()
    with tempfile.TemporaryDirectory(prefix="lianyin-demo-") as folder:
        from lianyin.client import open

        with open(f"kglite://{folder}/store", settings=settings) as client:
            report = client.ingest([EXAMPLE], str(EXAMPLE / "mapping.yaml"))
            table = client.connections("University", "Enterprise")
            first = _best(table)
            path = client.paths(str(first["from"]), str(first["to"]))
            # All names in the example are fictitious, so the picture may show them.
            page = client.picture(str(first["from"]), str(first["to"]), audience="internal")
    PICTURE.parent.mkdir(exist_ok=True)
    write_file(PICTURE, page.encode())
    _tell(report, table, path, language)


def _best(table: Result) -> dict[str, str]:
    """The ids of the pair with the most paths."""
    rows = cast("list[dict[str, dict[str, str]]]", table.document["rows"])
    best = max(rows, key=lambda row: int(cast(int, row["paths"])))
    return {end: best[end]["id"] for end in ("from", "to")}


def _tell(report: Report, table: Result, path: Result, language: Language) -> None:
    totals = report.totals
    files = ", ".join(each.file for each in report.files)
    loaded = say(
        language,
        f"导入 {files}：{totals.read} 行，被拒 {totals.rejected} 行。",
        f"Loaded {files}: {totals.read} rows, {totals.rejected} rejected.",
    )
    asked = say(language, "哪所高校、通过谁、连着哪家企业？", "Which university connects to which enterprise, through whom?")
    print_table(Answer(table, prose=(loaded, asked)), language, sys.stdout)
    one = cast("list[dict[str, object]]", path.document["paths"])[0]
    nodes = cast("list[dict[str, str]]", one["nodes"])
    hops = cast("list[dict[str, list[object]]]", one["relationships"])
    rows = dict.fromkeys(place(source) for hop in hops for source in hop["sources"])
    program = "lianyin" if shutil.which("lianyin") else sys.argv[0]
    lines = (
        say(language, "凭什么这么说：", "What says so: ") + " → ".join(node["caption"] for node in nodes),
        "  " + cast("dict[str, str]", one["text"])[language],
        say(language, "  来源：", "  rows: ") + ", ".join(rows),
        say(language, f"画成图：{PICTURE}（用浏览器打开，不需网络）", f"Drawn: {PICTURE} (open it in a browser; it needs no network)"),
        "",
        say(language, "接着试：", "Go on:"),
        f"  {program} ingest examples/first-graph --mapping examples/first-graph/mapping.yaml",
        f"  {program} connections {say(language, '高校 企业', 'University Enterprise')}",
        f"  {program} path {nodes[0]['caption']} {nodes[-1]['caption']} --all",
    )
    sys.stdout.write("\n".join(lines) + "\n")
