"""Still sheets as files: SVG as drawn, PNG at twice its size, PDF on one A4 page. No browser is needed; Typst sets the page.

A machine without any Chinese font would print boxes instead of words, so that is refused, and the fonts are named.
"""

from __future__ import annotations

import re
import tempfile
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph.errors import FileProblem, QueryProblem
from graph.messages import message
from visualize.sheet import FONTS

if TYPE_CHECKING:
    import typst

PNG_SCALE = 2
_PIXELS_PER_INCH = 72
_SHEET = "sheet.svg"
_VIEW_BOX = re.compile(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"')


class PictureForm(StrEnum):
    """What a picture can be written as."""

    HTML = "html"
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def form_of(path: Path) -> PictureForm:
    """By the file's extension. Raises ``QueryProblem`` for any other."""
    try:
        return PictureForm(path.suffix.lstrip(".").casefold())
    except ValueError as error:
        raise QueryProblem(
            message("A picture cannot be written as '{file}'.", file=path.name),
            hint=message("End the file's name in .html (interactive), .svg, .png or .pdf."),
            where={"parameter": "output"},
        ) from error


def as_file(text: str, form: PictureForm) -> bytes:
    """A picture's text (a page, or an SVG for every other form) as the bytes of its file. Raises ``FileProblem`` without a Chinese font."""
    if form is PictureForm.PNG:
        return to_png(text)
    return to_pdf(text) if form is PictureForm.PDF else text.encode()


def to_png(svg: str) -> bytes:
    """A bitmap at twice the size of the sheet. Raises ``FileProblem`` without a Chinese font."""
    width, height = _size(svg)
    page = f'#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image("{_SHEET}", width: 100%)'
    return _set(page, svg, "png")


def to_pdf(svg: str) -> bytes:
    """One A4 page, lying where the sheet is wider than high. Raises ``FileProblem`` without a Chinese font."""
    width, height = _size(svg)
    lying = "true" if width > height else "false"
    page = (
        f'#set page(paper: "a4", flipped: {lying}, margin: 10mm)\n'
        f'#align(center + horizon, image("{_SHEET}", width: 100%, height: 100%, fit: "contain"))'
    )
    return _set(page, svg, "pdf")


def _size(svg: str) -> tuple[float, float]:
    """Width and height in pixels, as ``sheet`` writes them."""
    width, height = (float(each) for each in _VIEW_BOX.findall(svg)[0])
    return width, height


def _set(page: str, svg: str, form: Literal["png", "pdf"]) -> bytes:
    import typst  # thirty megabytes: only for these two forms

    fonts = _fonts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / _SHEET).write_text(svg, encoding="utf-8")
        source = folder / "sheet.typ"
        source.write_text(page, encoding="utf-8")
        done = typst.compile(source, root=folder, format=form, ppi=_PIXELS_PER_INCH * PNG_SCALE, font_paths=fonts)
    if not isinstance(done, bytes):
        raise FileProblem(message("The picture did not fit on one page."), hint=message("Write it as .svg or .html."))
    return done


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of this machine. Raises ``FileProblem`` when none of ``FONTS`` is among them."""
    import typst

    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    check_fonts(frozenset(fonts.families()))
    return fonts


def check_fonts(families: frozenset[str]) -> None:
    """Raises ``FileProblem`` when none of these can write Chinese."""
    if not families & frozenset(FONTS):
        raise FileProblem(
            message("This machine has no font for Chinese: {fonts}.", fonts=", ".join(FONTS)),
            hint=message("Install one of them (Debian: fonts-noto-cjk), or write the picture as .svg or .html."),
        )
