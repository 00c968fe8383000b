"""Mapping a row: pure, from a source row to drafts and notices, or to a rejection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from graph.model import Draft, Record, RecordDrafts
from ingest.clean import CellProblem, Cells, Test
from ingest.compiled import NodePart, RelationshipPart
from ingest.mapping.spec import MappingSpec
from ingest.no_data import HINT, HINT_LONE, LONE, is_lone, no_record
from ingest.outcome import Bilingual, Mapped, Notice, Rejected
from ingest.places import Around, PlacePart
from ingest.readers import BrokenRow, SourceRow
from ingest.readers.base import clean_header
from ingest.text import SEPARATOR, hashed, mask
from ingest.wording import ListPart

BROKEN = {
    "shifted columns": (
        Bilingual("列错位", "shifted columns"),
        Bilingual("检查该行是否多了或少了分隔符", "Look for a delimiter too many or too few."),
    ),
    "broken quoting": (Bilingual("引号不配对", "broken quoting"), Bilingual("检查该行的引号", "Check the quotes of that row.")),
    "broken json": (Bilingual("不是一行一个 JSON 对象", "broken json"), Bilingual("检查该行", "Check that line.")),
}
EXAMPLE = Bilingual("模板的示例行", "the template's example")
HEADER_AGAIN = Bilingual("重复的表头", "the header again")
_HINT_HEADER = Bilingual("删去这一行", "Delete that row.")
_SILENT_ROW = Bilingual("该行没有可载入的内容", "the row says nothing of any node")


class Derivation(Protocol):
    """Cells that a row gets besides its own, and what is to be said of them."""

    @property
    def cells(self) -> Cells: ...

    @property
    def notices(self) -> tuple[Notice, ...]: ...


class Deriving(Protocol):
    """What gives a row further cells (an affiliation, a column of names), from the column it names."""

    @property
    def column(self) -> str: ...

    def derive(self, cells: Cells) -> Derivation: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of which the mapping has something to say: not to load them, or to have a person look."""

    column: str
    test: Test
    reason: Bilingual
    hint: Bilingual
    masked: bool


@dataclass(frozen=True, slots=True)
class Mapper:
    """A compiled mapping. ``map`` is pure: the memory inside only saves work. ``coded``, ``parties`` and ``personal_ids`` are beginnings of
    ids (``ingest.known_names``); ``dates`` the columns that hold dates; ``beginnings`` the first letters of ``headings``; with
    ``hashed_key`` a row's key names people."""

    spec: MappingSpec
    rules: tuple[Rule, ...]
    flags: tuple[Rule, ...]
    headings: Mapping[str, frozenset[str]]
    lists: tuple[ListPart, ...]
    deriving: tuple[Deriving, ...]
    listed_deriving: Mapping[str, tuple[Deriving, ...]]
    nodes: tuple[tuple[str, NodePart], ...]
    relationships: tuple[RelationshipPart, ...]
    personal: frozenset[str]
    key_columns: tuple[str, ...]
    unique: str
    example: tuple[tuple[str, str], ...]
    coded: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    personal_ids: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    id_key: str = ""
    beginnings: frozenset[str] = field(init=False)
    hashed_key: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "beginnings", frozenset(name[:1] for names in self.headings.values() for name in names))
        object.__setattr__(self, "hashed_key", not self.personal.isdisjoint(self.key_columns))

    def beside(self, around: Around) -> Mapper:
        """The mapper of a table whose rows stand among these places."""
        if not self.spec.places:
            return self
        parts = [replace(each, around=around) if isinstance(each, PlacePart) else each for each in self.deriving]
        return replace(self, deriving=tuple(parts))

    def map(self, row: SourceRow | BrokenRow, file: str, sheet: str) -> Mapped | Rejected:
        """What a row says. Nothing is raised: a fault is a rejection that names its column."""
        if isinstance(row, BrokenRow):
            reason, hint = BROKEN[row.reason]
            return Rejected(row.row, "", "", Bilingual(f"{reason.zh}：{row.detail.zh}", f"{reason.en}: {row.detail.en}"), hint)
        cells = row.cells
        refused = self._refused(row.row, cells)
        if refused is not None:
            return refused
        try:
            return self._said(row, file, sheet)
        except CellProblem as problem:
            column = self.spec.derived.get(problem.column, problem.column)
            value = mask(problem.value) if column in self.personal else problem.value
            return Rejected(row.row, column, value, problem.reason, problem.hint)

    def _refused(self, row: int, cells: Cells) -> Rejected | None:
        """Why a row is not to be loaded, whatever its cells say: it is no record, or the mapping says so."""
        if self._is_header(cells):
            return Rejected(row, "", "", HEADER_AGAIN, _HINT_HEADER)
        if self.example and all(cells.get(column, "").strip() == text for column, text in self.example):
            return Rejected(row, "", "", EXAMPLE, _HINT_HEADER)
        for rule in self.rules:
            if rule.test(cells):
                return Rejected(row, rule.column, self._value(rule, cells), rule.reason, rule.hint)
        other = no_record(cells)
        return Rejected(row, other.column, self._shown(other.column, other.text), other.reason, HINT) if other else None

    def _is_header(self, cells: Cells) -> bool:
        """Whether the filled cells of the known columns, or all but a quarter of them, say what their column is called (a table pasted
        below another, a date in it made 0000-00-00)."""
        get, looked_at = cells.get, 0
        for column, names in self.headings.items():
            text = get(column)
            if text:
                # Most cells begin as no heading does, and the heading as it stands is the commonest: both are told without cleaning.
                if text in names or (may_begin(text, self.beginnings) and clean_header(text) in names):
                    break
                looked_at += 1
                if looked_at == 2:
                    return False
        else:
            return False
        filled = [(column, text) for column in self.headings if (text := get(column))]
        return sum(clean_header(text) in self.headings[column] for column, text in filled) * 4 >= len(filled) * 3

    def _said(self, row: SourceRow, file: str, sheet: str) -> Mapped | Rejected:
        if not self.lists:
            return self._said_plainly(row, file, sheet)
        cells, notices = self._with_derived(row.cells, self.deriving) if self.deriving else (row.cells, ())
        places: dict[str, Sequence[Cells]] = {"": (cells,)}
        for each in self.lists:
            places[each.name] = each.places(cells)
            if parts := self.listed_deriving[each.name]:
                derived = [self._with_derived(place, parts) for place in places[each.name]]
                places[each.name] = [place for place, _ in derived]
                notices += tuple(notice for _, said in derived for notice in said)
        ids: dict[str, list[dict[str, str]]] = {name: [{} for _ in each] for name, each in places.items()}
        drafts: list[Draft] = []
        if self.flags:
            notices += self._flagged(cells)
        of_row = ids[""][0]
        for key, node in self.nodes:
            for place, known in zip(places[node.each], ids[node.each], strict=True):
                if node.else_of in known or node.else_of in of_row:
                    continue
                said = node.say(place)
                if said.id:
                    known[key] = said.id
                    drafts += said.drafts
                notices += said.notices
        for relationship in self.relationships:
            for place, known in zip(places[relationship.each], ids[relationship.each], strict=True):
                found = relationship.say(place, {**of_row, **known} if relationship.each else of_row)
                if found is not None:
                    drafts.append(found[0])
                    notices += found[1]
        return self._mapped(row, (file, sheet), drafts, notices, of_row)

    def _said_plainly(self, row: SourceRow, file: str, sheet: str) -> Mapped | Rejected:
        """The same for a mapping without lists, where every node is there once."""
        cells, notices = self._with_derived(row.cells, self.deriving) if self.deriving else (row.cells, ())
        known: dict[str, str] = {}
        drafts: list[Draft] = []
        if self.flags:
            notices += self._flagged(cells)
        for key, node in self.nodes:
            if node.else_of in known:
                continue
            said = node.say(cells)
            if said.id:
                known[key] = said.id
                drafts += said.drafts
            notices += said.notices
        for relationship in self.relationships:
            found = relationship.say(cells, known)
            if found is not None:
                drafts.append(found[0])
                notices += found[1]
        return self._mapped(row, (file, sheet), drafts, notices, known)

    @staticmethod
    def _with_derived(cells: Cells, parts: Sequence[Deriving]) -> tuple[Cells, tuple[Notice, ...]]:
        """The row's cells and those that the parts give in turn, each of which may read what one before it gave."""
        known, notices = dict(cells), list[Notice]()
        for part in parts:
            found = part.derive(known)
            known.update(found.cells)
            notices += found.notices
        return known, tuple(notices)

    def _mapped(
        self, row: SourceRow, place: tuple[str, str], drafts: list[Draft], notices: tuple[Notice, ...], ids: Mapping[str, str]
    ) -> Mapped | Rejected:
        if notices and (self.spec.affiliations or self.spec.names or self.spec.places):
            notices = self._by_own_columns(notices)
        if not drafts:
            why = next((each for each in notices if each.dropped), None)
            return Rejected(row.row, why.column, why.value, why.reason, why.hint) if why else Rejected(row.row, "", "", _SILENT_ROW)
        if is_lone(row.cells):
            column, text = next((column, text) for column, text in row.cells.items() if text)
            notices += (Notice(column, self._shown(column, text), LONE, False, HINT_LONE),)
        record = RecordDrafts(Record(*place, row.row, self.key(row.cells)), tuple(drafts))
        return Mapped(record, once(notices) if notices else notices, ids.get(self.unique, "") if self.unique else "")

    def _by_own_columns(self, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
        """Notices name columns of the file, never those that an affiliation gives."""
        derived = self.spec.derived
        return tuple(replace(each, column=derived.get(each.column, each.column)) for each in notices)

    def _flagged(self, cells: Cells) -> tuple[Notice, ...]:
        found = [rule for rule in self.flags if rule.test(cells)]
        return tuple(Notice(rule.column, self._value(rule, cells), rule.reason, False, rule.hint) for rule in found)

    def key(self, cells: Cells) -> str:
        """What tells the row from the others of its table, wherever it stands."""
        if self.key_columns:
            parts = [cells.get(column, "").strip() for column in self.key_columns]
            if any(parts):
                return hashed(self.id_key, "record", parts) if self.hashed_key else SEPARATOR.join(parts)
        return hashed(self.id_key, "record", [part for name in sorted(cells) for part in (name, cells[name].strip())])

    def _shown(self, column: str, text: str) -> str:
        return mask(text) if column in self.personal else text.strip()

    def _value(self, rule: Rule, cells: Cells) -> str:
        text = cells.get(rule.column, "").strip()
        return mask(text) if rule.masked or rule.column in self.personal else text


def may_begin(text: str, beginnings: frozenset[str]) -> bool:
    """Whether a text begins, once cleaned, with one of these letters. Cheap, and false only where cleaning surely keeps the first one."""
    first = text[0]
    return first in beginnings or not ("一" <= first <= "鿿" or (first.isalnum() and text.isascii()))


def once(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """However many properties a cell feeds: one notice that it does not fit, one for each thing to know of what was loaded."""
    told = {(each.column, each.value, None if each.dropped else each.reason): each for each in reversed(notices)}
    return tuple(told.values())[::-1]
