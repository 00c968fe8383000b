"""Places of a row: a written place (邗江, Kunshan, 全市) taken apart into columns that the rest of the mapping may use like any other.

``places: {at: {column: 县区}}`` gives ``at.name`` (邗江区; of a question the text as it stands), ``at.level`` (a level of ``graph.places``,
``unknown``, or ``question`` where it may be several), ``at.district`` (the place, unless it is a whole city), ``at.key`` (its name; after
that of its city where several places of the country bear it), ``at.code`` and ``at.kind`` of the district, ``at.city`` and
``at.city-code``. What is not decided, and what no table knows, is a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.places import Decision, Ground, Level, Place, Surroundings, decide, lookup, surroundings
from graph.places.china import ZONE
from graph.values.absence import no_value
from ingest.affiliations import Derived
from ingest.clean import REMEMBERED, Cells
from ingest.mapping.spec import PLACE_PARTS, PlaceSpec
from ingest.outcome import Bilingual, Notice
from ingest.text import normal

UNKNOWN = str(Ground.UNKNOWN)
QUESTION = str(Ground.QUESTION)
DIVISION = "行政区"
ZONE_KIND = "功能区"

Around = Callable[[], Sequence[Surroundings]]
"""The places around a row, the nearest first; asked only where a name does not decide."""

SHOWN = 6
"""Places that a question lists."""

_SEVERAL = Bilingual("同名地方不止一处，未作推断", "several places bear this name: none was assumed")
_WHICH_CITY = Bilingual("没有写明是哪个市", "it does not say which city")
_UNKNOWN = Bilingual("地名表里没有这个地方：按原名载入", "no table knows this place: loaded by its name")
_FROM_AROUND = Bilingual("同名地方不止一处：按同表其他地方理解", "several places bear this name: told from the others in the table")
_CITY_HINT = Bilingual(
    "写明市名，或设 LIANYIN_CITY（如 扬州市）后再导入", "Write the city's name, or set LIANYIN_CITY (扬州市), and load again."
)
_UNKNOWN_HINT = Bilingual("核对写法；只写到县（市、区）或开发区", "Check the spelling; give the county, district or development zone only.")


def nowhere() -> Sequence[Surroundings]:
    """Of a row that stands alone."""
    return ()


@dataclass(frozen=True, slots=True)
class PlacePart:
    """A compiled place: pure but for its memory."""

    name: str
    spec: PlaceSpec
    around: Around = nowhere
    _known: dict[tuple[str, str], Derived] = field(default_factory=dict, init=False, compare=False)

    @property
    def column(self) -> str:
        return self.spec.column

    def derive(self, cells: Cells) -> Derived:
        """What the row's place says; of an empty cell nothing."""
        key = cells.get(self.spec.column, ""), cells.get(self.spec.within, "") if self.spec.within else ""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._derive(*key)
        return found

    def _derive(self, written: str, within: str) -> Derived:
        text = normal(written)
        if not text or no_value(text):
            return self._said(("",) * len(PLACE_PARTS), ())
        decision = self._decide(text, within)
        texts = _taken_apart(text, decision)
        return self._said(texts, tuple(Notice(self.column, written.strip(), *said) for said in self._remarks(decision)))

    def _decide(self, text: str, within: str) -> Decision:
        """By the name alone where that will do: the places around are looked for only when they are needed."""
        row = (surroundings([within]),) if within else ()
        alone = decide(text, row)
        if alone.place is not None and len(lookup(text)) == 1:
            return alone
        return decide(text, (*row, *self.around()))

    def _said(self, texts: Iterable[str], notices: tuple[Notice, ...]) -> Derived:
        return Derived({f"{self.name}.{part}": said for part, said in zip(PLACE_PARTS, texts, strict=True)}, notices)

    def _remarks(self, decision: Decision) -> Iterator[tuple[Bilingual, bool, Bilingual]]:
        """Reason, whether something was left out, and what to do."""
        if decision.ground is Ground.UNKNOWN:
            yield _UNKNOWN, False, _UNKNOWN_HINT
        elif decision.ground is Ground.QUESTION:
            whose = [each for each in decision.candidates if each.level is not Level.PREFECTURE]
            yield (_SEVERAL, True, _either(decision.candidates)) if whose else (_WHICH_CITY, True, _CITY_HINT)
        elif decision.ground is Ground.SURROUNDINGS and decision.place is not None and self._several_cities():
            yield _FROM_AROUND, False, Bilingual(f"按 {decision.place.full_name} 理解", f"Taken for {decision.place.full_name}.")

    def _several_cities(self) -> bool:
        """Whether the table is of several cities, so that what these decide is worth a look."""
        around = self.around()
        return bool(around) and len(around[0].cities) > 1


def _either(candidates: Sequence[Place]) -> Bilingual:
    """What it may be."""
    names = "、".join(each.full_name for each in candidates[:SHOWN]) + ("……" if len(candidates) > SHOWN else "")
    return Bilingual(f"可能是 {names}：前面写上市名后再导入", f"It may be {names}: write its city before it and load again.")


def _taken_apart(text: str, decision: Decision) -> tuple[str, ...]:
    """The texts of ``PLACE_PARTS``."""
    place = decision.place
    if place is None:
        if decision.ground is Ground.QUESTION:
            return text, QUESTION, "", "", "", "", "", ""
        return text, UNKNOWN, text, text, "", ZONE_KIND if ZONE.search(text) else DIVISION, "", ""
    city = place.city
    above = (city.name, city.code) if city else ("", "")
    if place == city:
        return place.name, str(place.level), "", place.name, "", "", *above
    abroad = place.level in (Level.COUNTRY, Level.CITY)
    kind = "" if abroad else ZONE_KIND if place.level is Level.ZONE else DIVISION
    return place.name, str(place.level), place.name, key_of_place(place), "" if abroad else place.code, kind, *above


def key_of_place(place: Place) -> str:
    """A name that no other place of the country has: its own, or that after its city's (南京市鼓楼区)."""
    bearers = {each.place for each in lookup(place.name) if not each.former and not each.short}
    return place.name if len(bearers) <= 1 or not place.parents else f"{place.parents[0].name}{place.name}"
