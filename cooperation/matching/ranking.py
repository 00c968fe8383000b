"""Who fits which need, with reasons that add up to the score."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cooperation.matching.conditions import Change, failing, on_topic, smallest_change
from cooperation.matching.corpus import (
    About,
    Corpus,
    Nearest,
    Nearness,
    latent_of,
    text_of_need,
    texts_of_achievements,
    texts_of_experts,
    texts_of_needs,
    texts_of_studios,
)
from cooperation.matching.signals import SIGNALS, Setting, setting_of
from cooperation.needs.moves import OPEN_TO_EXPERTS, state_of
from cooperation.ownership import STEPPED_BACK
from cooperation.questions.lacking import Requirement, requires
from cooperation.ways import experts, in_place
from cooperation.world import World
from graph.errors import QueryProblem
from graph.messages import message

EXPERTS, ALUMNI, STUDIOS, ACHIEVEMENTS, NEEDS = "experts", "alumni", "studios", "achievements", "needs"
KINDS = (EXPERTS, ALUMNI, STUDIOS, ACHIEVEMENTS)

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "words": 0.25,
        "sense": 2.0,
        "field": 0.05,
        "industry": 0.03,
        "readiness": 0.02,
        "path": 0.05,
        "earlier": 0.05,
        "district": 0.02,
        "term": 0.05,
        "load": -0.05,
    }
)
"""``lianyin match --evaluate`` learns them on one half of the sample city's needs and reports on the other; ``load`` speaks against."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a score: ``points`` for ``signal``, the ids of the ``facts`` behind it; of words and sense also the nearest ``text``."""

    signal: str
    points: float
    facts: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """``id`` with a ``score`` that is the sum of its ``reasons``, and the conditions that it ``fails`` (none: it fits)."""

    id: str
    score: float
    reasons: tuple[Reason, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Those who ``fit``, best first, then those who come near (``near``) with what they fail; ``change`` is the least that would have to
    change for somebody to fit where nobody does. ``considered`` were compared."""

    subject: str
    kind: str
    fit: tuple[Fit, ...]
    near: tuple[Fit, ...]
    considered: int
    change: Change | None


KIND_NEEDS: Mapping[str, tuple[Requirement, ...]] = {
    EXPERTS: (requires("HAS_TERM"),),
    ALUMNI: (requires("HAS_TERM"),),
    STUDIOS: (requires("Studio"),),
    ACHIEVEMENTS: (requires("Achievement"),),
    NEEDS: (requires("Need"),),
}
"""What the graph must hold for each kind of candidates."""


class Matcher:
    """Compares needs with experts, studios and results of one revision; the texts are read once."""

    def __init__(self, world: World, weights: Mapping[str, float] = WEIGHTS) -> None:
        self.world = world
        self.weights = weights
        self._experts = texts_of_experts(world)
        self._latent = latent_of(self._experts)
        self._corpora: dict[str, Corpus] = {}
        self._in_place: dict[datetime.date, tuple[frozenset[str], frozenset[str]]] = {}

    def corpus(self, kind: str) -> Corpus:
        """The texts of one kind."""
        if kind not in self._corpora:
            self._corpora[kind] = Corpus(self._experts if kind == EXPERTS else _TEXTS[kind](self.world), self._latent)
        return self._corpora[kind]

    def for_need(self, need: str, day: datetime.date, kind: str = EXPERTS, limit: int = 10, without: Iterable[str] = ()) -> Ranking:  # noqa: PLR0917
        """The best ``limit`` of a kind for a need. Those in ``without``, and who has taken it on already, are not considered.

        Raises ``QueryProblem`` for a kind that there is not."""
        if kind not in KINDS:
            raise QueryProblem(
                message("'{kind}' is not a kind of thing to match with.", kind=kind),
                hint=message("One of {kinds}.", kinds=tuple(KINDS)),
                where={"parameter": "kind"},
            )
        setting = setting_of(self.world, need, day)
        corpus = self.corpus(EXPERTS if kind == ALUMNI else kind)
        near = corpus.near(text_of_need(self.world, need))
        taken = {each.source for each in self.world.into(need, "ACCEPTED") if each.properties.get("state") != STEPPED_BACK}
        left_out = {*without, *taken}
        belonging = self._belonging(kind, day)
        candidates = [each for each in corpus.owners if each not in left_out and (belonging is None or each in belonging)]
        fits = self.best(setting, candidates, near, limit, anywhere=kind == ALUMNI)
        failed = [(each, failing(setting, each, near.of(each), anywhere=kind == ALUMNI)) for each in candidates] if not fits[0] else []
        return Ranking(need, kind, *fits, len(candidates), smallest_change(failed))

    def for_person(self, person: str, day: datetime.date, limit: int = 10) -> Ranking:
        """The open needs that fit an expert best."""
        known = {each.target for each in self.world.out(person, "ACCEPTED")}
        open_ones = [each.id for each in self.world.nodes("Need") if state_of(each) in OPEN_TO_EXPERTS and each.id not in known]
        corpus = self.corpus(NEEDS)
        nearest: dict[str, Nearness] = {}
        for about in (each for each in self._experts if each.owner == person):
            near = corpus.near(about.text)
            for need in open_ones:
                if (found := near.of(need)) is not None:
                    nearest[need] = _nearer(nearest.get(need), found, about)
        fits = []
        for need, found in nearest.items():
            fit = self._fit(setting_of(self.world, need, day), person, found, anywhere=False)
            fits.append(Fit(need, fit.score, fit.reasons, fit.fails))
        fits.sort(key=_order)
        fitting, others = [each for each in fits if not each.fails], [each for each in fits if each.fails]
        return Ranking(person, NEEDS, tuple(fitting[:limit]), tuple(others[:limit]), len(open_ones), None)

    def best(  # noqa: PLR0917
        self, setting: Setting, candidates: Sequence[str], near: Nearest, limit: int, *, anywhere: bool
    ) -> tuple[tuple[Fit, ...], tuple[Fit, ...]]:
        """The best that fit, and the best that do not. What texts say is known of all; the other signals, which add so much at most, are
        looked up for those only whom they could bring among the best."""
        import numpy as np

        places = np.array([near.corpus.places[each] for each in candidates], np.int64)
        texts = self.weights["words"] * near.words[places] + self.weights["sense"] * near.sense[places]
        base = [(float(texts[at]), candidates[at]) for at in np.lexsort((places, -texts)).tolist()]
        most = sum(weight for name, weight in self.weights.items() if name in SIGNALS and weight > 0)
        fitting: list[Fit] = []
        others: list[Fit] = []
        for score, each in base:
            bar = sorted((fit.score for fit in fitting), reverse=True)[limit - 1] if len(fitting) >= limit > 0 else None
            if bar is not None and score + most < bar:
                break
            nearness = near.of(each)
            if on_topic(nearness) or len(others) < limit:
                fit = self._fit(setting, each, nearness, anywhere=anywhere)
                (others if fit.fails else fitting).append(fit)
        return tuple(sorted(fitting, key=_order)[:limit]), tuple(sorted(others, key=_order)[:limit])

    def _belonging(self, kind: str, day: datetime.date) -> frozenset[str] | None:
        """Who is of a kind on a day: experts in place, or those whose terms are over; ``None`` for kinds that know no days."""
        if kind in (STUDIOS, ACHIEVEMENTS):
            return None
        if day not in self._in_place:
            seconded = experts(self.world)
            self._in_place = {day: (frozenset(each for each in seconded if in_place(self.world, each, day)), frozenset(seconded))}
        now, ever = self._in_place[day]
        return now if kind == EXPERTS else ever - now

    def _fit(self, setting: Setting, who: str, near: Nearness | None, *, anywhere: bool) -> Fit:
        reasons = [*_of_texts(near, self.weights)]
        for name, signal in SIGNALS.items():
            found = signal(setting, who)
            if found.value and self.weights[name]:
                reasons.append(Reason(name, round(self.weights[name] * found.value, 6), found.facts))
        score = round(sum(each.points for each in reasons), 6)
        return Fit(who, score, tuple(reasons), failing(setting, who, near, anywhere=anywhere))


def _order(fit: Fit) -> tuple[float, str]:
    return -fit.score, fit.id


def _of_texts(near: Nearness | None, weights: Mapping[str, float]) -> list[Reason]:
    if near is None:
        return []
    found = []
    for name, value, about in (("words", near.words, near.words_text), ("sense", near.sense, near.sense_text)):
        if value and about is not None and weights[name]:
            found.append(Reason(name, round(weights[name] * value, 6), about.facts, about.text))
    return found


def _nearer(known: Nearness | None, found: Nearness, about: About) -> Nearness:
    """The nearest of two, told by the text of the expert's that came near."""
    words, words_text = (found.words, about) if known is None or found.words > known.words else (known.words, known.words_text)
    sense, sense_text = (found.sense, about) if known is None or found.sense > known.sense else (known.sense, known.sense_text)
    return Nearness(words, sense, words_text, sense_text)


_TEXTS: Mapping[str, Callable[[World], list[About]]] = {
    STUDIOS: texts_of_studios,
    ACHIEVEMENTS: texts_of_achievements,
    NEEDS: texts_of_needs,
}
