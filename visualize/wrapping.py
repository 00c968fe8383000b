"""Breaking names into lines that fit a box, where a Chinese character is two wide and a Latin letter one."""

from __future__ import annotations

import re
import unicodedata

LINE_WIDTH = 22
MAX_LINES = 3
_PIECE = re.compile(r"[^\W\d_]?[\u0021-\u024f]+\s*|.", re.DOTALL)
_SPACE = re.compile(r"\s+")


def text_width(text: str) -> int:
    """How wide a text is drawn, in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrap(text: str, width: int = LINE_WIDTH, lines: int = MAX_LINES) -> str:
    """The text on at most ``lines`` lines of about ``width``, broken between words or Chinese characters; the rest becomes ``…``.
    Where all of it fits, no single character is left alone on the last line."""
    plain = _SPACE.sub(" ", text).strip()
    wrapped = _broken(plain, width)
    if len(wrapped) > lines:
        kept = wrapped[:lines]
        while text_width(kept[-1]) > width - 1:
            kept[-1] = kept[-1][:-1]
        return "\n".join([*kept[:-1], kept[-1].rstrip() + "…"])
    if len(wrapped) == 1 or text_width(wrapped[-1]) * 3 > width:
        return "\n".join(wrapped)
    narrowest = -(-text_width(plain) // len(wrapped))
    fitting = (_broken(plain, narrow) for narrow in range(narrowest, width))
    return "\n".join(next((each for each in fitting if len(each) == len(wrapped)), wrapped))


def _broken(text: str, width: int) -> list[str]:
    """Lines of at most ``width``, as full as they can be."""
    wrapped = [""]
    for piece in _pieces(text, width):
        if wrapped[-1] and text_width((wrapped[-1] + piece).rstrip()) > width:
            wrapped.append("")
        wrapped[-1] += piece
    return [line.strip() for line in wrapped]


def _pieces(text: str, width: int) -> list[str]:
    """Words and single Chinese characters; longer words are cut."""
    return [piece[at : at + width] for piece in _PIECE.findall(text) for at in range(0, len(piece), width)]
