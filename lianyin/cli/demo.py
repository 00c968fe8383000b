"""``demo``: the fictitious city from twelve files to an answer, a warning and a picture, on one screen."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len

from lianyin.cli.ingesting import told
from lianyin.cli.load_lines import row_line
from lianyin.cli.session import current_settings, progress_bar
from lianyin.cli.text import printable
from lianyin.language import Language, say

if TYPE_CHECKING:
    from ingest.report import Report
    from ingest.report_parts import Totals
    from lianyin.demonstration import Answered, Demonstration

FOLDER = Path("out") / "demo"


@click.command()
@click.argument("folder", metavar="[FOLDER]", default=str(FOLDER))
def demo(folder: str) -> None:
    """See it work on a fictitious city: load its twelve files, count, ask, warn, draw. 用虚构的扬州演示。

    Files, store and picture are kept in FOLDER (out/demo), so that you can go on asking.

    文件、图库和图片都留在 FOLDER（默认 out/demo），可接着查询。
    """
    began = time.perf_counter()
    settings = current_settings()
    from lianyin.demonstration import demonstrate

    with progress_bar(say(settings.language, "导入", "Loading")) as draw:
        found = demonstrate(Path(folder), settings, told(draw))
    lines = told_lines(found, settings.language)
    seconds = time.perf_counter() - began
    lines.append(say(settings.language, f"用时 {seconds:.1f} 秒。", f"It took {seconds:.1f} seconds."))
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))


def told_lines(found: Demonstration, language: Language) -> list[str]:
    """The whole demonstration, a screen of it."""
    who, lost = found.answer.expert, len(found.lost)
    return [
        say(language, "虚构的扬州：人员、企业、工作室都是编造的。", "A fictitious Yangzhou: its people, firms and studios are made up."),
        *_files(found.report, language),
        *_counts(found, language),
        *_question(found.answer, language),
        say(language, "谁走了会断？", "Who must not leave? ")
        + say(language, f"{who}一走，{lost} 家企业失去与高校的唯一联系：", f"Without {who}, {lost} enterprises lose their only link: ")
        + say(language, "、", ", ").join(found.lost),
        say(language, f"画成图：{found.picture}（用浏览器打开，不需网络）", f"Drawn: {found.picture} (open it in a browser)"),
        *_go_on(found, language),
    ]


def _files(report: Report, language: Language) -> list[str]:
    """Each file with what was read, new and rejected, two files a line, and why a row was rejected."""
    by_file: dict[str, Totals] = {}
    for each in report.files:
        by_file[each.file] = by_file[each.file] + each.totals if each.file in by_file else each.totals
    shown = [f"{_fit(file, 28)}{each.read:>5} = {each.new:>5} + {each.rejected}" for file, each in by_file.items()]
    half = (len(shown) + 1) // 2
    total = report.totals
    heading = say(
        language,
        f"{len(by_file)} 个文件：读取 {total.read:,} 行 = 新增 {total.new:,} + 被拒 {total.rejected}",
        f"{len(by_file)} files: {total.read:,} rows read = {total.new:,} new + {total.rejected} rejected",
    )
    table = [f"  {left}    {right}".rstrip() for left, right in zip(shown[:half], [*shown[half:], ""], strict=False)]
    return [heading, *table, *(say(language, "  被拒 ", "  rejected ") + row_line(row, language) for row in report.rejected[:1])]


def _fit(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def _counts(found: Demonstration, language: Language) -> list[str]:
    """The article's figures, each ticked if the graph counts the same."""
    from lianyin.demonstration import COUNTS

    def shown(label: str, reported: int, counted: int) -> str:
        return f"{label} {reported:,} ✓" if reported == counted else f"{label} {reported:,} ✗ {counted:,}"

    pairs = zip(COUNTS, found.counted, strict=True)
    parts = [shown(say(language, each.label.zh, each.label.en), each.reported, counted) for each, counted in pairs]
    half = len(parts) // 2
    return [
        say(language, "报道里的数字，✓ 为从图中数出的相同：", "The article's figures; ✓: the graph counts the same:"),
        "  " + "  ".join(parts[:half]),
        "  " + "  ".join(parts[half:]),
    ]


def _question(answer: Answered, language: Language) -> list[str]:
    from lianyin.demonstration import DAY

    term, accepted = answer.term, answer.accepted
    rows = [row for fact in (term, accepted) for row in fact.sources[:1]]
    places = [(str(row["file"]).rpartition(".")[0], row["row"]) for row in rows]
    return [
        say(
            language,
            f"问：{DAY} 这天，{answer.university}通过谁连着{answer.enterprise}？",
            f"Asked: on {DAY}, through whom is {answer.university} connected to {answer.enterprise}?",
        ),
        say(
            language,
            f"  {answer.university} → {answer.enterprise}：{answer.expert}（{term.valid_from} 至 {term.valid_to} 挂职）"
            f"{accepted.valid_from} 接单“{answer.need}”。",
            f"  {answer.university} → {answer.enterprise}: {answer.expert} (seconded {term.valid_from} to {term.valid_to}) accepted "
            f"{answer.need} on {accepted.valid_from}.",
        ),
        say(language, "  来源：", "  Source: ")
        + say(language, "；", "; ").join(say(language, f"{file} 第{row}行", f"{file}, row {row}") for file, row in places),
    ]


def _go_on(found: Demonstration, language: Language) -> list[str]:
    program = "lianyin" if shutil.which("lianyin") else sys.argv[0]
    keep = "set" if os.name == "nt" else "export"
    return [
        say(language, "接着试（粘贴即可）：", "Go on (paste these):"),
        f"  {keep} LIANYIN_STORE={found.store_url}",
        f"  {program} connections {say(language, '高校 企业', 'University Enterprise')} --as-of 2020-09-10",
        f"  {program} serve",
    ]
