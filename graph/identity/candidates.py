"""Pairs of nodes that may be one: which to compare (blocking), and the comparison's score and reasons. Derived anew, never written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from graph.identity.comparison import Reason, compare
from graph.identity.names import SHORTEST_CORE, is_han, sounds
from graph.identity.portrait import Population, Portrait, Sort
from graph.model import Node
from graph.ontology import Ontology

PROPOSED = 0.85
"""The score from which a pair is proposed; chosen on labelled pairs (``docs/identity.md``)."""

LARGEST_BLOCK = 2_000
"""Nodes that share one key. A larger block (a name that thousands bear) is not compared pair by pair, and is told."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two nodes that may be one, the lesser id first; ``score`` from 0 to 1, ``reasons`` the weightiest first."""

    left: Node
    right: Node
    score: float
    reasons: tuple[Reason, ...]

    @property
    def pair(self) -> tuple[str, str]:
        return self.left.id, self.right.id


@dataclass(frozen=True, slots=True)
class Candidates:
    """``found``: those with the score that was asked for, best first. ``compared``: pairs that share a key; ``refused``: of these, pairs
    with different valid codes of one scheme; ``judged``: pairs left out because somebody judged them; ``crowded``: keys that too many
    share."""

    found: tuple[Candidate, ...]
    compared: int
    refused: int
    judged: int
    crowded: tuple[str, ...]


def find_candidates(
    population: Population, ontology: Ontology, judged: Collection[tuple[str, str]] = (), least: float = PROPOSED
) -> Candidates:
    """The pairs that score at least ``least`` (0 lists all that share a key), without those in ``judged`` (as in ``Candidate.pair``)."""
    blocks = blocks_of(population)
    crowded = sorted(key for key, ids in blocks.items() if len(ids) > LARGEST_BLOCK)
    known = set(judged)
    seen: set[tuple[str, str]] = set()
    found: list[Candidate] = []
    refused = left_out = 0
    for pair in _pairs(blocks):
        one, other = (population.portraits[id] for id in pair)
        if pair in seen or not _compatible(one, other, ontology):
            continue
        seen.add(pair)
        if pair in known:
            left_out += 1
            continue
        compared = compare(one, other, population)
        refused += compared.refused
        if not compared.refused and compared.score >= least:
            found.append(Candidate(one.node, other.node, compared.score, compared.reasons))
    found.sort(key=lambda each: (-each.score, each.pair))
    return Candidates(tuple(found), len(seen), refused, left_out, tuple(crowded))


def _pairs(blocks: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for ids in blocks.values():
        if len(ids) <= LARGEST_BLOCK:
            yield from combinations(sorted(ids), 2)


def blocks_of(population: Population) -> dict[str, list[str]]:
    """Ids by the keys that they share, where two or more do. Two nodes are compared if they share one."""
    latin = any(each.sort is Sort.PERSON and not is_han(each.names[0]) for each in population.portraits.values())
    blocks: dict[str, list[str]] = defaultdict(list)
    for id, portrait in population.portraits.items():
        for key in _keys(portrait, latin=latin):
            blocks[f"{portrait.sort}:{key}"].append(id)
    return {key: ids for key, ids in blocks.items() if len(ids) > 1}


def _keys(portrait: Portrait, *, latin: bool) -> set[str]:
    keys = {f"name={name}" for name in portrait.names}
    keys |= {f"{scheme}={code}" for scheme, codes in portrait.codes.items() for code in codes}
    keys |= {
        f"{name}={portrait.properties[name]}" for name in ("phone", "email", "website", "vatNumber", "code") if name in portrait.properties
    }
    if portrait.sort is Sort.PERSON:
        # Reading every Chinese name aloud is worth it only where some name is written in Latin letters.
        keys |= {f"sound={sound}" for sound in sounds(portrait.names[0])} if latin else set()
        keys |= {f"near={id}" for type in ("HAS_TERM", "CREATED", "PRINCIPAL_INVESTIGATOR_OF") for id in portrait.near.get(type, ())}
    keys |= {f"core={part.core}" for part in portrait.organisation if len(part.core) >= SHORTEST_CORE}
    return keys


def _compatible(one: Portrait, other: Portrait, ontology: Ontology) -> bool:
    """Whether the two could be judged the same at all."""
    lines = [(each.node.type, *ontology.node_type(each.node.type).ancestors) for each in (one, other)]
    return one.node.type in lines[1] or other.node.type in lines[0]
