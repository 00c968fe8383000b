"""``picture``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from lianyin.cli.conditions import KINDS, conditions
from lianyin.cli.output import write_file
from lianyin.cli.session import current_settings, opened
from lianyin.language import say
from lianyin.options import ConditionOptions
from visualize.forms import as_file, form_of

if TYPE_CHECKING:
    from graph.paths import PathKind

AUDIENCE = click.option(
    "--audience",
    type=click.Choice(("public", "internal")),
    default="public",
    show_default=True,
    help="public: people appear by role and unit; internal: by name. 给谁看",
)


@click.command()
@click.argument("ends", metavar="[A B]", nargs=-1)
@click.option("--around", metavar="NODE", help="What is around this node. 周围")
@click.option("-o", "--output", "path", metavar="FILE", required=True, help="FILE.html (interactive), .png, .svg or .pdf. 写入文件")
@AUDIENCE
@click.option("--theme", type=click.Choice(("light", "dark")), default="light", show_default=True, help="Of a png, svg or pdf. 底色")
@click.option("--max-hops", type=int, default=6, show_default=True, help="Relationships in a path at most. 最多步数")
@click.option("--kind", type=click.Choice(KINDS), default="all-shortest", show_default=True, help="Which paths. 哪些路径")
@conditions(without=("recorded_as_of",))
def picture(
    ends: tuple[str, ...],
    *,
    around: str | None,
    path: str,
    audience: str,
    theme: Literal["light", "dark"],
    max_hops: int,
    kind: PathKind,
    chosen: ConditionOptions,
) -> None:
    """Draw the paths between A and B, or what is around a node. 画成关系图。

    \b
    FILE.html is interactive and needs no network. PNG and SVG are for messages and documents, PDF is one A4 page.
    """
    if len(ends) not in (0, 2):
        raise click.UsageError("A picture shows two nodes A and B, or --around NODE.")
    a, b = ends or (None, None)
    form = form_of(Path(path))
    text_form: Literal["html", "svg"] = "html" if form == "html" else "svg"
    with opened() as client:
        text = client.picture(a, b, around=around, audience=audience, form=text_form, theme=theme, kind=kind, max_hops=max_hops, **chosen)
    write_file(Path(path), as_file(text, form))
    language = current_settings().language
    public = say(
        language, "（公开版：人员以单位出现；要姓名用 --audience internal）", " (public: people by unit; names with --audience internal)"
    )
    sys.stderr.write(say(language, f"已画成 {path}", f"Drawn: {path}") + (public if audience == "public" else "") + "\n")
