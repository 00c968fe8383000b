"""``picture``: derived, but the picture goes into a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lianyin.cli.derived import parameter_of
from lianyin.cli.output import write_file
from lianyin.cli.session import connected, current_settings
from lianyin.language import say
from lianyin.operations.pictures import DrawPicture
from lianyin.operations.pictures import picture as draw_picture
from lianyin.requests import parameters
from visualize.forms import as_file, form_of

FIELDS = [each for each in parameters(DrawPicture) if each.field not in ("from_", "to", "form", "language")]


@click.command()
@click.argument("ends", metavar="[A B]", nargs=-1)
@click.option("-o", "--output", "path", metavar="FILE", required=True, help="FILE.html (interactive), .png, .svg or .pdf. 写入文件")
def picture(ends: tuple[str, ...], path: str, **given: object) -> None:
    """Draw the paths between A and B, or what is around a node. 画成关系图。

    \b
    FILE.html is interactive and needs no network. PNG and SVG are for messages and documents, PDF is one A4 page.

    FILE.html 可交互、不需网络；PNG、SVG 用于消息和文档，PDF 为一页 A4。
    """
    if len(ends) not in (0, 2):
        raise click.UsageError("A picture shows two nodes A and B, or --around NODE.")
    first, last = ends or (None, None)
    form = form_of(Path(path))
    asked = DrawPicture(first, last, form="html" if form == "html" else "svg", **given)  # type: ignore[arg-type] # the options are the fields; they are checked when asked
    with connected() as transport:
        drawn = transport.answer(draw_picture, asked)
    write_file(Path(path), as_file(drawn, form))
    language = current_settings().language
    public = say(
        language, "（公开版：人员以单位出现；要姓名用 --audience internal）", " (public: people by unit; names with --audience internal)"
    )
    told = public if asked.audience == "public" else ""
    sys.stderr.write(say(language, f"已画成 {path}", f"Drawn: {path}") + told + "\n")


picture.params += [parameter_of(each) for each in FIELDS]
