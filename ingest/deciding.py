"""What is in doubt of a load before anything of it is recorded, and who is asked: the date of a source, and whether a table is another
edition of one that is loaded. Without anybody to ask, what is proposed is taken and told in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.dating import SourceDate
from ingest.editions import PossibleEdition
from ingest.options import Table, TableStatement


@dataclass(frozen=True, slots=True)
class DatedTable:
    """A table with the date that is proposed for it."""

    file: str
    sheet: str
    dated: SourceDate

    @property
    def in_doubt(self) -> bool:
        """Whether somebody should say the date: nothing told it, or what told it is doubtful."""
        return self.dated.origin == "load" or bool(self.dated.doubts)


@dataclass(frozen=True, slots=True)
class DoubtfulEdition:
    """A table that is taken for a list of its own, though it may be another edition of one that is loaded."""

    file: str
    sheet: str
    date: str
    possible: PossibleEdition


class Decider(Protocol):
    """Somebody who can be asked. Tables that are left out of an answer are taken as proposed."""

    def dates(self, tables: Sequence[DatedTable]) -> Mapping[Table, str]:
        """The dates (ISO, may be partial) of tables whose date is in doubt."""
        ...

    def editions(self, tables: Sequence[DoubtfulEdition]) -> Mapping[Table, TableStatement]:
        """Of which load each table is another edition, or that it is of none."""
        ...
