"""Breaking names into lines that fit a box, where a Chinese character is two wide and a Latin letter one."""

from __future__ import annotations

import re
import unicodedata

LINE_WIDTH = 22
NARROW_WIDTH = 17
MAX_LINES = 3
_PIECE = re.compile(r"[^\W\d_]?[\u0021-\u024f]+\s*|.", re.DOTALL)
_SPACE = re.compile(r"\s+")


def text_width(text: str) -> int:
    """How wide a text is drawn, in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrap(text: str, width: int = LINE_WIDTH, lines: int = MAX_LINES) -> str:
    """The text on at most ``lines`` lines of about ``width``, broken between words or Chinese characters; the rest becomes ``…``."""
    wrapped = [""]
    for piece in _pieces(_SPACE.sub(" ", text).strip(), width):
        if wrapped[-1] and text_width((wrapped[-1] + piece).rstrip()) > width:
            wrapped.append("")
        wrapped[-1] += piece
    stripped = [line.strip() for line in wrapped]
    if len(stripped) > lines:
        kept = stripped[:lines]
        while text_width(kept[-1]) > width - 1:
            kept[-1] = kept[-1][:-1]
        return "\n".join([*kept[:-1], kept[-1].rstrip() + "…"])
    return "\n".join(stripped)


def _pieces(text: str, width: int) -> list[str]:
    """Words and single Chinese characters; longer words are cut."""
    return [piece[at : at + width] for piece in _PIECE.findall(text) for at in range(0, len(piece), width)]
