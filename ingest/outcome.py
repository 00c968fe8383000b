"""What mapping a row gives: drafts with notices, or a rejection. Plain data; values of personal columns are masked already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from graph.messages import Pair
from graph.model import RecordDrafts


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Chinese and English."""

    zh: str
    en: str


NO_TEXT = Bilingual("", "")


def both(text: Pair) -> Bilingual:
    """A message in both languages."""
    return Bilingual(text.zh, text.en)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know of one cell. The row loads; with ``dropped`` this value does not."""

    column: str
    value: str
    reason: Bilingual
    dropped: bool
    hint: Bilingual = NO_TEXT


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that does not load. ``column`` is empty when the whole row is at fault; ``value`` is masked if personal."""

    row: int
    column: str
    value: str
    reason: Bilingual
    hint: Bilingual = NO_TEXT


class Mapped(NamedTuple):
    """A row that loads. ``unique`` is the id of the node that no other row of the file should speak of, if the mapping names one."""

    drafts: RecordDrafts
    notices: tuple[Notice, ...] = ()
    unique: str = ""
