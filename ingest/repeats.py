"""Rows of one table that say again what an earlier row said: told by the node that each row should speak of alone, or else by the columns
that tell rows apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.outcome import Bilingual, Mapped, Notice

AGAIN = Bilingual("重复的行：前面已有一行说的是同一条", "a repeat: an earlier row speaks of the same")
SAME_KEY = Bilingual("重复的行：关键列与前面一行相同", "a repeat: its key columns are those of an earlier row")


@dataclass(slots=True)
class Repeats:
    """Remembers, of one table, the row that came first with each key: a number for a key, not its text, so that a million rows stay within
    some 100 MB."""

    _first: dict[int, int] = field(default_factory=dict)

    def notices(self, row: int, mapped: Mapped) -> tuple[Notice, ...]:
        """That this row repeats an earlier one, with that one's number; nothing if it does not."""
        first = self._first.setdefault(hash(mapped.unique or mapped.drafts.record.key), row)
        if first == row:
            return ()
        hint = Bilingual(f"见第 {first} 行：核对后留一行。", f"See row {first}: compare them and keep one.")
        return (Notice("", "", AGAIN if mapped.unique else SAME_KEY, False, hint),)
