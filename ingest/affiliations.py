"""Affiliations of a row: a written unit (苏大材化部) taken apart into columns that the rest of the mapping may use like any other.

``affiliations: {home: {column: 派出单位}}`` gives ``home.organisation`` (苏州大学), ``home.kind``, ``home.unit`` (材化部),
``home.successor`` and ``home.parent``. What ``graph.affiliations`` does not decide is a notice, and its kind is ``question``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.affiliations.form import school_by_form
from graph.affiliations.gazetteer import Gazetteer
from graph.affiliations.institutions import NameKind
from graph.affiliations.reading import Affiliation, Doubt, read_affiliation, year_of
from graph.affiliations.surroundings import Rest
from ingest.clean import REMEMBERED, Cells
from ingest.mapping.spec import DERIVED, AffiliationSpec
from ingest.outcome import Bilingual, Notice
from ingest.text import mask, normal

UNIVERSITY = "university"
QUESTION = "question"
OTHER = "other"

_SEVERAL_MEANT = Bilingual("简称可能指多家单位，未作推断", "a short name that may be several institutions: none was assumed")
_OWN_COLLEGE = Bilingual("可能是院系，也可能是独立学院：按全名单列", "a unit or a college of its own: kept by its whole name")
_SEVERAL_NAMED = Bilingual("一格写了多家高校：只取第一家", "several universities in one cell: the first was taken")
_MISREAD = Bilingual("校名疑有错字，已按最近的校名理解", "the name seems misspelt: taken for the nearest name")


class Derived(NamedTuple):
    """The derived texts by column, and what is to be said of the cell."""

    cells: Mapping[str, str]
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class AffiliationPart:
    """A compiled affiliation: pure but for its memory. ``masked``: the column names people too, so that notices do not show it."""

    name: str
    spec: AffiliationSpec
    gazetteer: Gazetteer
    masked: bool = False
    _known: dict[tuple[str, str, int], Derived] = field(default_factory=dict)

    @property
    def column(self) -> str:
        return self.spec.column

    def derive(self, cells: Cells) -> Derived:
        """What the row's unit says; of an empty cell nothing."""
        spec, get = self.spec, cells.get
        key = get(spec.column, ""), get(spec.place, "") if spec.place else "", year_of(get(spec.year, "")) if spec.year else 0
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._derive(*key)
        return found

    def _derive(self, text: str, place: str, year: int) -> Derived:
        read = read_affiliation(text, self.gazetteer, year=year, place=place)
        texts = dict(zip(DERIVED, _taken_apart(normal(text), read), strict=True))
        notices = tuple(Notice(self.column, mask(text) if self.masked else text.strip(), *said) for said in _remarks(read))
        return Derived({f"{self.name}.{part}": said for part, said in texts.items()}, notices)


def _taken_apart(text: str, read: Affiliation) -> tuple[str, str, str, str, str]:
    """Organisation, kind, unit, successor, parent."""
    if read.named:
        first = read.named[0]
        successor = normal(first.name) if first.institution != first.name else ""
        return normal(first.institution), UNIVERSITY, first.unit, successor, ""
    if read.apart:
        first_apart = read.apart[0]
        return text, str(first_apart.kind), "", "", normal(first_apart.of)
    if read.doubts:
        own_college = read.doubts[0].why is Rest.OWN_COLLEGE
        return text, UNIVERSITY if own_college else QUESTION, "", "", ""
    school, unit = school_by_form(text)
    return (school, UNIVERSITY, unit, "", "") if school else (text, OTHER if text else "", "", "", "")


def _remarks(read: Affiliation) -> Iterator[tuple[Bilingual, bool, Bilingual]]:
    """Reason, whether something was left out, and what to do."""
    for doubt in read.doubts:
        if doubt.why is Rest.OWN_COLLEGE:
            yield _OWN_COLLEGE, False, _either(doubt)
        elif not read.named:
            yield _SEVERAL_MEANT, False, _either(doubt)
    if len(read.universities) > 1:
        others = "、".join(read.universities[1:])
        yield (
            _SEVERAL_NAMED,
            False,
            Bilingual(f"另有 {others}：需要时另写一行。", f"Also {others}: give them rows of their own."),
        )
    for each in read.named:
        if each.slip:
            yield _MISREAD, False, Bilingual(f"按 {each.slip} 理解：核对原表。", f"Read as {each.slip}: check the file.")


def _either(doubt: Doubt) -> Bilingual:
    """What it may be."""
    names = "、".join(doubt.candidates)
    if doubt.why is NameKind.SHARED and names:
        return Bilingual(f"可能是 {names}：写全称后再导入", f"It may be {names}: write the full name and load again.")
    if names:
        return Bilingual(f"若是 {names} 的院系，请写明", f"If it is a unit of {names}, say so.")
    return Bilingual("写全称（如南京大学、东南大学）后再导入", "Write the full name and load again.")
