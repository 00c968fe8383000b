"""``picture``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianyin.cli.conditions import KINDS, conditions
from lianyin.cli.output import write_file
from lianyin.cli.session import current_settings, opened
from lianyin.language import say
from lianyin.options import ConditionOptions

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
@click.option("-o", "--output", "path", metavar="FILE.html", required=True, help="Where to write the page. 写入文件")
@AUDIENCE
@click.option("--max-hops", type=int, default=6, show_default=True, help="Relationships in a path at most. 最多步数")
@click.option("--kind", type=click.Choice(KINDS), default="all-shortest", show_default=True, help="Which paths. 哪些路径")
@conditions(without=("recorded_as_of",))
def picture(
    ends: tuple[str, ...],
    *,
    around: str | None,
    path: str,
    audience: str,
    max_hops: int,
    kind: PathKind,
    chosen: ConditionOptions,
) -> None:
    """Draw the paths between A and B, or what is around a node: one HTML file that needs no network. 画成关系图。"""
    if len(ends) not in (0, 2):
        raise click.UsageError("A picture shows two nodes A and B, or --around NODE.")
    a, b = ends or (None, None)
    with opened() as client:
        page = client.picture(a, b, around=around, audience=audience, kind=kind, max_hops=max_hops, **chosen)
    write_file(Path(path), page.encode())
    language = current_settings().language
    public = say(
        language, "（公开版：人员以单位出现；要姓名用 --audience internal）", " (public: people by unit; names with --audience internal)"
    )
    sys.stderr.write(say(language, f"已画成 {path}", f"Drawn: {path}") + (public if audience == "public" else "") + "\n")
