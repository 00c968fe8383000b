"""Captions cut to fit, so that they still differ.

"The Chancellor, Masters and Scholars of the University of …" is nobody's name: where two captions begin alike, the cut goes through what
they share and leaves what tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from os.path import commonprefix

from visualize.wrapping import text_width, wrap

_HEAD = 0.4
"""The part of the room that the shared beginning may keep, on more than one line."""


def cut_apart(captions: Sequence[str], width: int, lines: int) -> list[str]:
    """Each caption on at most ``lines`` lines of ``width``. Captions that differ stay different whenever the room allows it."""
    cut = [wrap(caption, width, lines) for caption in captions]
    alike: dict[str, list[int]] = {}
    for at, text in enumerate(cut):
        alike.setdefault(text, []).append(at)
    for text, places in alike.items():
        different = sorted({captions[at] for at in places})
        if len(different) > 1 and text.endswith("…"):
            for at in places:
                cut[at] = _middle_cut(captions[at], _shared(captions[at], different), width, lines)
    return cut


def _shared(caption: str, others: Sequence[str]) -> int:
    """How many letters the caption shares with the one that begins most like it."""
    return max(len(commonprefix((caption, other))) for other in others if other != caption)


def _middle_cut(caption: str, shared: int, width: int, lines: int) -> str:
    """The beginning, ``…``, and the caption from where it differs (from the beginning of that word)."""
    room = width * lines - 2
    tail_from = _word_start(caption, shared)
    tail = caption[tail_from:]
    while text_width(tail) > room * (1 - _HEAD if lines > 1 else 1):
        tail = tail[:-1]
    head = caption[:tail_from]
    while head and text_width(wrap(f"{head.rstrip()}…{tail}", 10_000, 1)) > room - width // 3:
        head = head[:-1]
    return wrap(f"{head.rstrip()}…{tail}", width, lines)


def _word_start(caption: str, at: int) -> int:
    """Where the Latin word around this place begins; a Chinese character is a word of its own."""
    while at > 0 and caption[at - 1 : at].isascii() and caption[at - 1].isalnum():
        at -= 1
    return at
