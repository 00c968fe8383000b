"""Ditto marks (同上, 〃, idem): what the row above says, carried down where that is plain, and told."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.outcome import Bilingual, Notice
from ingest.row_words import words
from ingest.text import mask

CARRIED = Bilingual("“同上”：取上一行的值", "a ditto mark: taken from the row above")
FROM_THE_LEFT = Bilingual("“同左”：取左边一格的值", "a mark for 'as on the left': taken from there")
NOTHING_ABOVE = Bilingual("“同上”之上没有值", "a ditto mark with nothing above it")
_HINT = Bilingual("核对后在原表写全。", "Check it, and write it out in the file.")


def is_ditto(cells: Mapping[str, str]) -> bool:
    """Whether a cell of the row may be a ditto mark. Cheap: nearly no row holds one."""
    return not words().marks.isdisjoint(cells.values())


def resolve(
    cells: Mapping[str, str], above: Mapping[str, str], row_above: int, personal: frozenset[str]
) -> tuple[Mapping[str, str], tuple[Notice, ...]]:
    """The row's cells with what its ditto marks stand for, and a notice for each. ``above`` are the cells of the record before, empty if
    there is none; a mark that stands for nothing leaves its cell empty."""
    known = words()
    found = dict(cells)
    notices = []
    left = ""
    for column, text in cells.items():
        mark = text.strip()
        if mark in known.marks:
            meant = left if mark in known.left else above.get(column, "")
            reason = FROM_THE_LEFT if mark in known.left else CARRIED
            found[column] = meant
            shown = mask(meant) if column in personal else meant.strip()
            where = Bilingual(f"见第 {row_above} 行。{_HINT.zh}", f"See row {row_above}. {_HINT.en}") if reason is CARRIED else _HINT
            notices.append(Notice(column, shown, reason, False, where) if meant else Notice(column, mark, NOTHING_ABOVE, True, _HINT))
        left = found[column] or left
    return found, tuple(notices)
