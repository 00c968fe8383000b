"""The compiled parts of a mapping: one node or one relationship of a row, from its cells to its drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from graph.model import NOTHING, ClaimKind, Draft, Value
from ingest.clean import ENDS, REMEMBERED, CellProblem, Cells, Property, Test
from ingest.ids import Fault, Identifier
from ingest.outcome import Bilingual, Notice

TypeOf = Callable[[Cells], str]
NO_RAW: Mapping[str, str] = MappingProxyType({})


class Said(NamedTuple):
    """What a row says of one node: its id, the drafts (the node and what it is the same as), notices."""

    id: str
    drafts: tuple[Draft, ...]
    notices: tuple[Notice, ...]


SILENT = Said("", (), ())


def fill_all(properties: Sequence[Property], cells: Cells) -> tuple[dict[str, Value], dict[str, str], tuple[Notice, ...]]:
    """Values, raw texts and notices of all properties. Raises ``CellProblem``."""
    get = cells.get
    values: dict[str, Value] = {}
    raw: dict[str, str] = {}
    notices: tuple[Notice, ...] = ()
    for one in properties:
        text = get(one.copied, "") if one.copied else one.extract(cells)
        if not text:
            continue
        filled = one.known.get(text) or one.fill(text)
        for name, value in filled.pairs:
            values[name] = value
        if filled.raw:
            raw[one.target] = filled.raw
        elif one.written and (written := get(one.written, "").strip()) != text:
            raw[one.target] = written
        if filled.notices:
            notices += filled.notices
    return values, raw, notices


END_FIRST = Bilingual("结束早于开始：两个日期都未采用", "the end is before the start: neither date was taken")
_HINT_DATES = Bilingual("核对两个日期。", "Check both dates.")


def has_a_start(properties: Sequence[Property]) -> bool:
    """Whether ends may come before starts among these: a start may hold its end too, an end alone has nothing to come before."""
    return any(one.target in ENDS for one in properties)


def drop_if_out_of_order(properties: Sequence[Property], values: dict[str, Value], raw: dict[str, str]) -> tuple[Notice, ...]:
    """Takes out an end that lies before its start, and that start: nobody knows which of them is wrong. A notice for each cell."""
    for start, end in ENDS.items():
        if start not in values or end not in values:
            continue
        first, last = str(values[start]), str(values[end])
        shared = min(len(first), len(last))
        if shared and last[:shared] < first[:shared]:
            for target in (start, end):
                values.pop(target, None)
                raw.pop(target, None)
            columns = dict.fromkeys(one.column for one in properties if one.target in (start, end))
            return tuple(Notice(column, f"{first} – {last}", END_FIRST, True, _HINT_DATES) for column in columns)
    return ()


@dataclass(slots=True)
class NodePart:
    """A compiled node. ``columns`` are all columns it looks at: rows that agree on them say the same. A row whose ``essential`` node has a
    placeholder for its key is not loaded; of others that node only is left out."""

    columns: tuple[str, ...]
    type_of: TypeOf
    ids: tuple[Identifier, ...]
    same: tuple[Identifier, ...]
    when: Test | None
    each: str
    mention: bool
    else_of: str
    properties: tuple[Property, ...]
    constants: Mapping[str, Value]
    essential: bool = False
    _dated: bool = field(init=False)
    _known: dict[tuple[str, ...], Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._dated = has_a_start(self.properties)

    def say(self, cells: Cells) -> Said:
        """What the row says of this node; ``SILENT`` if its condition fails. Raises ``CellProblem``."""
        get = cells.get
        texts = tuple([get(column, "") for column in self.columns])
        said = self._known.get(texts)
        if said is None:
            said = self._say(cells)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[texts] = said
        return said

    def _say(self, cells: Cells) -> Said:
        if self.when is not None and not self.when(cells):
            return SILENT
        id, passed_over = self._id(cells)
        if self.mention or not id:
            return Said(id, (), passed_over)
        type = self.type_of(cells)
        values, raw, notices = fill_all(self.properties, cells)
        notices = passed_over + notices
        if self._dated:
            notices += drop_if_out_of_order(self.properties, values, raw)
        values.update(self.constants)
        drafts = [Draft(ClaimKind.NODE, type, id, "", values or NOTHING, raw or NO_RAW)]
        for identifier in self.same:
            other = identifier(cells)
            if isinstance(other, Fault):
                notices += self._unusable(other)
            elif other is not None and other != id:
                drafts.append(Draft(ClaimKind.SAME, type, id, other))
        return Said(id, tuple(drafts), notices)

    def _unusable(self, fault: Fault) -> tuple[Notice, ...]:
        """A further identifier that is absent is nothing to speak of; a wrong one is."""
        return (Notice(fault.column, fault.value, fault.reason, True, fault.hint),) if fault.value else ()

    def _id(self, cells: Cells) -> tuple[str, tuple[Notice, ...]]:
        """The id, and what is to be said of a better one that could not be taken. Of a column that feeds a property that says it itself. No
        id, where the key can be nobody's."""
        first: Fault | None = None
        for identifier in self.ids:
            found = identifier(cells)
            if isinstance(found, str):
                told = first is not None and (first.wrong or first.nobody) and all(first.column != each.column for each in self.properties)
                return found, self._unusable(first) if told and first else ()
            first = first or found
        if first is None:
            raise CellProblem(
                "", "", Bilingual("没有可用的标识", "no id applies to this row"), Bilingual("请检查映射", "Check the mapping.")
            )
        if first.nobody and not self.essential:
            return "", self._unusable(first)
        raise first.as_problem()


@dataclass(slots=True)
class RelationshipPart:
    """A compiled relationship; its properties include the dates."""

    type: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    when: Test | None
    each: str
    properties: tuple[Property, ...]
    _dated: bool = field(init=False)

    def __post_init__(self) -> None:
        self._dated = has_a_start(self.properties)

    def say(self, cells: Cells, ids: Mapping[str, str]) -> tuple[Draft, tuple[Notice, ...]] | None:
        """The draft and its notices; ``None`` if the row lacks an end or the condition fails. Raises ``CellProblem``."""
        start = ids.get(self.start[0], "") or _first(ids, self.start)
        end = ids.get(self.end[0], "") or _first(ids, self.end)
        if not start or not end or (self.when is not None and not self.when(cells)):
            return None
        if not self.properties:
            return Draft(ClaimKind.RELATIONSHIP, self.type, start, end, NOTHING, NO_RAW), ()
        values, raw, notices = fill_all(self.properties, cells)
        if self._dated:
            notices += drop_if_out_of_order(self.properties, values, raw)
        return Draft(ClaimKind.RELATIONSHIP, self.type, start, end, values or NOTHING, raw or NO_RAW), notices


def _first(ids: Mapping[str, str], keys: Sequence[str]) -> str:
    return next((ids[key] for key in keys if key in ids), "")


VALID_FROM = "validFrom"
VALID_TO = "validTo"
