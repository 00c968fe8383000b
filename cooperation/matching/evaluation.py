"""How good the matching is where the truth is known: nDCG@5 and recall@10 against BM25 alone, graph proximity alone and chance.

The truth grades each expert for each need: 2 works on just its topic, 1 on the same subject, 0 does not fit. The needs are parted by their
order into those whose weights are learnt and those that are reported on. nDCG is Järvelin and Kekäläinen's (2002), with the grade as gain;
recall counts those of grade 2, of at most 10.
"""

from __future__ import annotations

import datetime
import heapq
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from cooperation.matching.corpus import text_of_need
from cooperation.matching.ranking import EXPERTS, WEIGHTS, Matcher
from cooperation.matching.signals import SIGNALS, hops_to, setting_of
from cooperation.matching.texts import Bm25
from cooperation.world import World
from graph.errors import FileProblem
from graph.messages import message

NDCG_AT, RECALL_AT = 5, 10
GRID = (0.0, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Weights that are tried."""

ROUNDS = 2
"""Passes over all signals: a third changed nothing on the sample city."""

COMPARED = 100
"""Experts of a need whose other signals are looked at: those add a tenth of what texts do, so that nobody beyond comes to the first ten."""

SEED = 7

Grades = Mapping[str, int]
Rank = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Truth:
    """For each need (by node id) the grades of those who are above 0 (by node id)."""

    grades: Mapping[str, Grades]
    unknown: int
    """Experts and needs of the truth that the graph does not have."""


@dataclass(frozen=True, slots=True)
class Score:
    """One way to rank, over ``needs`` needs: mean nDCG@5 and recall@10."""

    name: str
    ndcg: float
    recall: float
    needs: int


def read_truth(world: World, document: Mapping[str, object]) -> Truth:
    """The truth that ``lianyin sample`` writes beside its files, in terms of the graph's nodes: experts by name and home, needs by number.
    Raises ``FileProblem`` for another document."""
    try:
        matching = document["matching"]
        experts, needs = matching["experts"], matching["needs"]  # type: ignore[index]
        topics = [[tuple(topic) for topic in each["topics"]] for each in experts]
        people = _people(world)
        ids = [people.get((str(each["name"]), str(each["organisation"]))) for each in experts]
        wanted = {f"city-need:{each['number']}": tuple(each["topic"]) for each in needs}
    except (KeyError, TypeError) as problem:
        raise FileProblem(
            message("This is not the answer key of a sample city."), hint=message("'lianyin sample --dirt' writes it as truth.json.")
        ) from problem
    found = {
        need: {id: grade for id, each in zip(ids, topics, strict=True) if id is not None and (grade := _grade(each, topic))}
        for need, topic in wanted.items()
        if world.node(need) is not None
    }
    return Truth({need: grades for need, grades in found.items() if grades}, ids.count(None) + len(wanted) - len(found))


def _grade(topics: Sequence[tuple[str, ...]], topic: tuple[str, ...]) -> int:
    return 2 if topic in topics else 1 if any(each[:2] == topic[:2] for each in topics) else 0


def _people(world: World) -> dict[tuple[str, str], str]:
    found = {}
    for link in world.links("EMPLOYED_BY"):
        person, home = world.node(link.source), world.node(link.target)
        if person is not None and home is not None:
            found[person.caption, home.caption] = person.id
    return found


def evaluate(matcher: Matcher, truth: Truth, day: datetime.date) -> tuple[list[Score], Mapping[str, float]]:
    """The scores on the half that nothing was learnt from, ours first, and the weights that were learnt on the other."""
    needs = sorted(truth.grades)
    learnt_on, reported_on = needs[0::2], needs[1::2]
    weights = learn(matcher, truth, learnt_on, day)
    tables = {need: features(matcher, need, day) for need in reported_on}
    documents = _documents(matcher)
    bm25, owners = Bm25.of(list(documents.values())), list(documents)
    nearby = {need: setting_of(matcher.world, need, day) for need in reported_on}
    everybody = matcher.corpus(EXPERTS).owners
    chance = random.Random(SEED)

    def by_chance(_: str) -> list[str]:
        return chance.sample(everybody, len(everybody))

    ways: dict[str, Rank] = {
        "ours": lambda need: by_weights(tables[need], weights),
        "shipped weights": lambda need: by_weights(tables[need], WEIGHTS),
        "BM25 alone": lambda need: _ordered(_above_zero(owners, bm25.scores(text_of_need(matcher.world, need)).tolist())),
        "graph proximity alone": lambda need: _ordered({who: 1 / found[0] for who in everybody if (found := hops_to(nearby[need], who))}),
        "chance": by_chance,
    }
    return [measured(name, rank, reported_on, truth) for name, rank in ways.items()], weights


def learn(matcher: Matcher, truth: Truth, needs: Sequence[str], day: datetime.date) -> dict[str, float]:
    """Weights by coordinate search from the shipped ones: for one signal after another the weight of ``GRID`` with the best nDCG, kept only
    where it is better than what there was."""
    tables = {need: features(matcher, need, day) for need in needs}
    weights = dict(WEIGHTS)

    def quality(tried: Mapping[str, float]) -> float:
        return measured("", lambda need: by_weights(tables[need], tried), needs, truth).ndcg

    best = quality(weights)
    for _ in range(ROUNDS):
        for name in WEIGHTS:
            sign = -1.0 if WEIGHTS[name] < 0 else 1.0
            for value in GRID:
                tried = {**weights, name: sign * value}
                if (found := quality(tried)) > best:
                    best, weights = found, tried
    return weights


def features(matcher: Matcher, need: str, day: datetime.date) -> dict[str, dict[str, float]]:
    """Every signal of the experts nearest to a need by their texts, in place or not: the truth knows nothing of terms."""
    world = matcher.world
    setting = setting_of(world, need, day)
    found: dict[str, dict[str, float]] = {}
    nearest = matcher.corpus(EXPERTS).near(text_of_need(world, need))
    known = ((who, near) for who in nearest.corpus.owners if (near := nearest.of(who)) is not None)
    for who, near in heapq.nlargest(COMPARED, known, key=lambda each: (each[1].sense + each[1].words, each[0])):
        found[who] = {"words": near.words, "sense": near.sense}
        found[who].update({name: signal(setting, who).value for name, signal in SIGNALS.items()})
    return found


def by_weights(table: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> list[str]:
    """Everybody, best first."""
    return _ordered({who: sum(weight * values.get(name, 0.0) for name, weight in weights.items()) for who, values in table.items()})


def measured(name: str, rank: Rank, needs: Sequence[str], truth: Truth) -> Score:
    """A way to rank, over these needs."""
    gains, recalls = [], []
    for need in needs:
        grades, ranked = truth.grades[need], rank(need)
        gains.append(ndcg(ranked, grades))
        exact = {who for who, grade in grades.items() if grade == max(grades.values())}
        recalls.append(len(exact & set(ranked[:RECALL_AT])) / min(len(exact), RECALL_AT))
    return Score(name, fmean(gains), fmean(recalls), len(needs))


def ndcg(ranked: Sequence[str], grades: Grades, at: int = NDCG_AT) -> float:
    """Discounted gain of the first ``at``, of the best there could be; from 0 to 1."""
    gained = sum(grades.get(who, 0) / math.log2(place + 2) for place, who in enumerate(ranked[:at]))
    best = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:at]))
    return gained / best if best else 0.0


def _documents(matcher: Matcher) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in matcher.corpus(EXPERTS).texts:
        found.setdefault(each.owner, []).append(each.text)
    return {owner: "\n".join(texts) for owner, texts in found.items()}


def _above_zero(owners: Sequence[str], scores: Sequence[float]) -> dict[str, float]:
    return {owner: score for owner, score in zip(owners, scores, strict=True) if score > 0}


def _ordered(scores: Mapping[str, float]) -> list[str]:
    return sorted(scores, key=lambda who: (-scores[who], who))
