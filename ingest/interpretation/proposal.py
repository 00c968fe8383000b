"""What an interpretation says: for each column a proposal with its reasons, the doubts as questions, and the mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.interpretation.tables import Table
from ingest.outcome import Bilingual

SURE = 0.75
"""From here on a proposal is taken without asking."""


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What a column is taken for. ``kind``: person, organisation, either (in an edge list), object, date, attribute or unused; ``concept``:
    which of that kind (``supervisor``, ``lead_org``, ``start``, ``phone``: the words of ``headings.yaml``); ``used_for``: the nodes,
    properties and relationships that take it, as the mapping calls them, ``()`` where nothing does; ``confidence``: 0 to 1; ``why``: what
    it was told by; ``examples``: up to two of its values (masked where they are telephone numbers, addresses of mail or ID numbers)."""

    column: str
    kind: str
    concept: str
    used_for: tuple[str, ...]
    confidence: float
    why: Bilingual
    examples: tuple[str, ...]

    @property
    def used(self) -> bool:
        return bool(self.used_for)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a doubt: ``key`` is what ``interpret(answers=…)`` takes (``person/supervisor``, ``unused``)."""

    key: str
    label: Bilingual


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to whoever knows the table. ``column``: whose role it is about; ``options``: the possible answers, of which ``proposed``
    was taken for now."""

    column: str
    question: Bilingual
    options: tuple[Option, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class TableProposal:
    """One table: ``name`` of its mapping, ``columns`` in order, ``doubts`` (none: nothing to ask), ``text`` of its mapping file, with a
    comment for each column. ``nodes`` and ``relationships`` count what the mapping speaks of: with no node it proposes nothing, and
    ``text`` is empty."""

    table: Table
    name: str
    columns: tuple[ColumnProposal, ...]
    doubts: tuple[Doubt, ...]
    nodes: int
    relationships: int
    text: str

    @property
    def unused(self) -> tuple[ColumnProposal, ...]:
        """Columns that nothing takes though they hold something."""
        return tuple(each for each in self.columns if not each.used and each.examples)

    @property
    def sure(self) -> bool:
        """Whether it may be taken without asking: it relates something, and nothing is in doubt."""
        return bool(self.text) and not self.doubts


@dataclass(frozen=True, slots=True)
class Interpretation:
    """All tables that were interpreted together (they may refer to each other by code)."""

    tables: tuple[TableProposal, ...]

    def mapping(self, sheet: str = "") -> str:
        """The mapping file: a document for each table, or that of one sheet; ``""`` where no table could be read."""
        return "---\n".join(each.text for each in self.tables if each.text and (not sheet or each.table.sheet == sheet))

    def of(self, file: str, sheet: str = "") -> TableProposal | None:
        """The proposal for a table."""
        return next((each for each in self.tables if each.table.file == file and each.table.sheet == sheet), None)


Answers = Mapping[str, Mapping[str, str]]
"""Table (``file`` or ``file/sheet``) → column → the key of an option."""
