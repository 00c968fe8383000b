"""Rows of one table that speak again of what an earlier row spoke of, told by the ids that their mapping gives them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.outcome import Bilingual, Mapped, Notice

_AGAIN = Bilingual("重复的行：前面已有一行说的是同一条", "a repeat: an earlier row speaks of the same")


@dataclass(slots=True)
class Repeats:
    """Remembers, of one table, the row that spoke first of each id: a number for an id, not its text, so that a million rows stay within
    some 150 MB."""

    _first: dict[int, int] = field(default_factory=dict)

    def notice(self, row: int, mapped: Mapped) -> tuple[Notice, ...]:
        """That this row repeats an earlier one, with that one's number; nothing if it does not, or if its mapping names no such node."""
        if not mapped.unique:
            return ()
        first = self._first.setdefault(hash(mapped.unique), row)
        if first == row:
            return ()
        hint = Bilingual(f"见第 {first} 行：核对后留一行。", f"See row {first}: compare them and keep one.")
        return (Notice("", "", _AGAIN, False, hint),)
