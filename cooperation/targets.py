"""Targets of a year and what the facts count towards them, by city and district, down to the very rows.

Four indicators are counted; a city's stock of skilled workers is entered with its source and never counted from the graph. What is
reported stands beside what is counted. Unknown is not zero: a result of which nobody said whether it was put to use counts as completed
and is told apart, a training without a number of people counts nobody and is told apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cooperation.ownership import districts
from cooperation.periods import Period, period_of
from cooperation.questions.lacking import draws_on, requires
from cooperation.world import World, figure, text
from graph.model import Node
from graph.ontology.schema import Label

MET, MISSED, UNKNOWN = "达标", "未达标", "未知"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: ``numerator`` things, of ``denominator`` where it is a share, resting on ``rows`` (node and relationship ids), and
    ``unknown`` of which nobody said what would have to be known."""

    numerator: float
    denominator: float | None
    rows: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """The figure; a share of nothing is unknown."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named figure. ``words`` tell a target of it by its name; ``count`` is ``None`` for a stock."""

    name: str
    label: Label
    unit: str
    words: str
    count: Callable[[World, int, frozenset[str]], Counted] | None


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator in a place and year. ``target`` and ``reported`` come from a file, ``counted`` from the facts; ``gap`` is what is
    missing to the target by the counted figure (0 once it is met, ``None`` if either is unknown), by the reported one of a stock."""

    indicator: Indicator
    place: str
    year: int
    target: float | None
    reported: float | None
    counted: Counted | None
    rests_on: tuple[str, ...]

    @property
    def value(self) -> float | None:
        """The counted figure, or the reported one of a stock."""
        return self.reported if self.counted is None else self.counted.value

    @property
    def gap(self) -> float | None:
        if self.target is None or self.value is None:
            return None
        return max(round(self.target - self.value, 6), 0.0)

    @property
    def difference(self) -> float | None:
        """Reported less counted."""
        if self.counted is None or self.reported is None or self.counted.value is None:
            return None
        return round(self.reported - self.counted.value, 4)

    @property
    def verdict(self) -> str:
        """``达标``, ``未达标`` or ``未知``."""
        return UNKNOWN if self.gap is None else MISSED if self.gap else MET


TARGET_NEEDS = (requires("City", "District"), draws_on("Target"))
"""What the graph must hold for the targets of a year."""


def progress(world: World, year: int, place: str = "") -> list[Progress]:
    """Every indicator of the year, for the cities and districts that have a target of it or anything counted; of one place if given."""
    places = [place] if place else [*(each.id for each in world.nodes("City")), *(each.id for each in world.nodes("District"))]
    found = []
    for indicator in INDICATORS:
        for each in places:
            known = targets_of(world, indicator, year, each)
            counted = indicator.count(world, year, _within(world, each)) if indicator.count is not None else None
            if known or (counted is not None and counted.rows):
                found.append(_progress(indicator, each, year, known, counted))
    return found


def _progress(indicator: Indicator, place: str, year: int, known: Sequence[Node], counted: Counted | None) -> Progress:
    target = next((value for node in known if (value := figure(node, "value")) is not None), None)
    reported = next((value for node in known if (value := figure(node, "reported")) is not None), None)
    return Progress(indicator, place, year, target, reported, counted, tuple(node.id for node in known))


def targets_of(world: World, indicator: Indicator, year: int, place: str) -> list[Node]:
    """The targets that a file gives for an indicator, year and place."""
    found = []
    for link in world.into(place, "FOR"):
        node = world.node(link.source)
        if node is not None and figure(node, "year") == year and indicator_of(node) is indicator:
            found.append(node)
    return found


def indicator_of(target: Node) -> Indicator | None:
    """Which indicator a target is of, by its name."""
    name = text(target, "name")
    return next((each for each in INDICATORS if re.search(each.words, name)), None)


def _within(world: World, place: str) -> frozenset[str]:
    """A district, or all districts of a city; a city without any known stands for all there are."""
    if not world.is_a(world.node(place), "City"):
        return frozenset({place})
    return frozenset({each.source for each in world.into(place, "PART_OF")} | {""})


def _lies_in(world: World, id: str, wanted: frozenset[str]) -> bool:
    """A city (marked by ``""``) also counts what lies nowhere known."""
    found = set(districts(world, id))
    return bool(found & wanted) or (not found and "" in wanted)


def demonstrations(world: World, year: int, wanted: frozenset[str]) -> Counted:
    """共建示范: studios with a demonstration pair that holds in the year."""
    whole = Period(f"{year}-01-01", f"{year}-12-31")
    pairs = [each for each in world.links("PAIRED_WITH") if each.properties.get("demo") is True and period_of(each).overlaps(whole)]
    chosen = [each for each in pairs if _lies_in(world, each.source, wanted)]
    return Counted(len({each.source for each in chosen}), None, tuple(sorted(each.id for each in chosen)))


def completed(world: World, year: int, wanted: frozenset[str]) -> list[Node]:
    """职工创新 completed in the year, in the districts of the studios that produced them."""
    found = []
    for node in world.nodes("Achievement"):
        if text(node, "kind") == "职工创新" and text(node, "finishedOn")[:4] == str(year):
            makers = [each.source for each in world.into(node.id, "PRODUCED")] or [node.id]
            if any(_lies_in(world, each, wanted) for each in makers):
                found.append(node)
    return found


def innovations(world: World, year: int, wanted: frozenset[str]) -> Counted:
    """革新、发明、创新成果."""
    rows = [node.id for node in completed(world, year, wanted)]
    return Counted(len(rows), None, tuple(rows))


def transformed(world: World, year: int, wanted: frozenset[str]) -> Counted:
    """转化率: put to use, of those completed in the same year."""
    found = completed(world, year, wanted)
    used = [node for node in found if node.properties.get("transformed") is True]
    unknown = [node.id for node in found if "transformed" not in node.properties]
    return Counted(len(used), len(found), tuple(node.id for node in found), tuple(unknown))


def trained(world: World, year: int, wanted: frozenset[str]) -> Counted:
    """培训 person-times: the number given, else the people named but those who taught."""
    rows, unknown, people = [], [], 0.0
    for node in world.nodes("Training"):
        involved = [each.target for each in world.out(node.id, "INVOLVES")]
        studios = [each for each in involved if world.is_a(world.node(each), "Studio")]
        if text(node, "date")[:4] != str(year) or not any(_lies_in(world, each, wanted) for each in studios or [node.id]):
            continue
        found = person_times(world, node)
        if found is None:
            unknown.append(node.id)
        else:
            people += found
            rows.append(node.id)
    return Counted(people, None, tuple(rows), tuple(unknown))


def person_times(world: World, training: Node) -> float | None:
    """How many people a training had: its number, else those named but those who taught; ``None`` if neither is known."""
    attendees = figure(training, "attendees")
    if attendees is not None:
        return attendees
    people = [each.target for each in world.out(training.id, "INVOLVES") if world.is_a(world.node(each.target), "Person")]
    mentors = {each.source for person in people for each in world.into(person, "MENTORS")}
    learners = [each for each in people if each not in mentors and not world.out(each, "LEADS", "HAS_TERM")]
    return float(len(learners)) if learners else None


INDICATORS = (
    Indicator("demonstrations", Label("共建示范工作室", "demonstrations of joint building"), "家", "共建示范", demonstrations),
    Indicator("innovations", Label("革新发明创新成果", "innovations"), "项", "(革新|发明|创新成果)", innovations),
    Indicator("transformation", Label("成果转化率", "share put to use"), "比率", "转化率", transformed),
    Indicator("training", Label("培训职工", "people trained (person-times)"), "人次", "培训", trained),
    Indicator("skilled", Label("高技能人才总量", "highly skilled workers"), "人", "高技能人才", None),
    Indicator("senior-technicians", Label("高级技师总量", "senior technicians"), "人", "高级技师", None),
    Indicator("technicians", Label("技师总量", "technicians"), "人", "技师", None),
)


def by_name(name: str) -> Indicator | None:
    """An indicator by its name or Chinese label."""
    return next((each for each in INDICATORS if name in (each.name, each.label.zh)), None)


def listed(rows: Iterable[Progress]) -> Mapping[str, int]:
    """How many are met, missed and unknown."""
    found = {MET: 0, MISSED: 0, UNKNOWN: 0}
    for each in rows:
        found[each.verdict] += 1
    return found
