"""A platform of many needs whose history is made of acts: some hundred needs are posted and moved by real acts, from drafts to completed
ones, and what these left in the store (loads, claims, facts) is copied with other ids as often as is wanted.

An act takes some ten milliseconds, so that acting out a hundred thousand needs would take hours; what lies in the store afterwards is the
same but for one thing: the copies of a batch are published by one revision.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cooperation.acting import Desk, link_draft, node_draft
from cooperation.actors import source_of
from cooperation.needs import MOVES, NeedDesk
from cooperation.needs.deciding import MoveDetails, NeedText
from cooperation.roles import Actor, Role
from graph.ledger import Ledger
from graph.ledger.fold import relationship_id
from graph.model import PERSON, Claim, Facts, Load, LoadState, Node, Properties, Relationship
from graph.ontology.schema import Ontology
from graph.store import ClaimSelection, Commit, Store

PATTERNS = 400
"""Needs that are acted out."""

COPIED_FROM = 10_000_000
"""Copied loads are numbered from here on, far above what a store counts up to."""

BATCH = 2_000
"""Copied needs a commit."""

TALENT = Actor(Role.TALENT)
WAY = ("submit", "publish", "accept", "talk", "sign", "start", "deliver", "complete")
ENDS = ("withdraw", "terminate", "return")


@dataclass(frozen=True, slots=True)
class Acted:
    """What the acts on one need left."""

    need: str
    firm: str
    expert: str
    loads: tuple[Load, ...]
    claims: tuple[Claim, ...]
    facts: Facts


def act_out(store: Store, ontology: Ontology, day: datetime.date, chosen: np.random.Generator) -> list[Acted]:
    """Posts the patterns, and moves each as far as chance wants. Enterprises ``e:<n>``, experts ``p:<n>`` and their homes ``u:0`` must be
    there."""
    desk = Desk(store, ontology, Ledger(store, ontology), day)
    needs, made = NeedDesk(desk), []
    for number in range(PATTERNS):
        need, firm, expert = f"n:pattern-{number:04}", Actor(Role.ENTERPRISE, f"e:{number}"), Actor(Role.EXPERT, f"p:{number}")
        due = day + datetime.timedelta(days=int(chosen.integers(0, 200)))
        needs.post(firm, NeedText(f"需求 {number}", "技术", detail="焊接变形的控制", budget_wan=30.0, due=due), need)
        for step in WAY[: int(chosen.integers(0, len(WAY) + 1))]:
            if step == "sign":
                _sign(desk, need, firm.node)
            given = MoveDetails(evidence="验收单", agreement=f"agreement:{need}")
            needs.move({"publish": TALENT, "accept": expert, "talk": expert, "deliver": expert}.get(step, firm), need, MOVES[step], given)
        made.append(_left(store, need, firm.node, expert.node))
    return made


def _sign(desk: Desk, need: str, firm: str) -> None:
    agreement = f"agreement:{need}"
    drafts = [node_draft("Agreement", agreement, {"name": "技术开发合同"}), link_draft("COVERS", agreement, need)]
    drafts += [link_draft("SIGNED_BY", agreement, end, side=end) for end in (firm, "u:0")]
    desk.ledger.act(source_of(TALENT), f"agreement.sign {agreement}", lambda: drafts)


def _left(store: Store, need: str, firm: str, expert: str) -> Acted:
    own = [need, f"agreement:{need}"]
    claims = tuple(store.claims(ClaimSelection(nodes=own, starts=own, ends=own)))
    loads = {claim.load for claim in claims}
    known = tuple(load for load in store.loads((LoadState.PUBLISHED,)) if load.id in loads)
    return Acted(need, firm, expert, known, claims, store.facts(nodes=own, touching=own))


def copied(store: Store, ontology: Ontology, patterns: Sequence[Acted], ends: Iterator[tuple[str, str]], needs: int) -> tuple[int, int]:
    """Copies the patterns until there are so many needs beside them, each with the next enterprise and expert of ``ends``; how many acts
    and claims that makes."""
    acts, said = 0, 0
    for start in range(0, needs, BATCH):
        revision, batch = store.head().revision + 1, []
        for number in range(start, min(start + BATCH, needs)):
            pattern = patterns[number % len(patterns)]
            batch.append(_copy(pattern, ontology, _names(pattern, f"n:{number}", *next(ends)), COPIED_FROM + acts, revision))
            acts += len(pattern.loads)
            said += len(pattern.claims)
        upserts = Facts(
            tuple(node for each in batch for node in each.facts.nodes), tuple(link for each in batch for link in each.facts.relationships)
        )
        claims = tuple(claim for each in batch for claim in each.claims)
        store.commit(Commit(revision, upserts=upserts, claims=claims, loads=tuple(load for each in batch for load in each.loads)))
    return acts, said


def _names(pattern: Acted, need: str, firm: str, expert: str) -> Callable[[str], str]:
    """From the ids of a pattern to those of its copy."""
    known = {pattern.firm: firm, pattern.expert: expert}
    known |= {f"{PERSON}{role}:{old}": f"{PERSON}{role}:{new}" for role, old, new in _actors(pattern, firm, expert)}
    return lambda text: known.get(text) or text.replace(pattern.need, need)


def _actors(pattern: Acted, firm: str, expert: str) -> Iterator[tuple[Role, str, str]]:
    yield Role.ENTERPRISE, pattern.firm, firm
    yield Role.EXPERT, pattern.expert, expert


def _copy(pattern: Acted, ontology: Ontology, name: Callable[[str], str], first: int, revision: int) -> Acted:  # noqa: PLR0917
    numbered = {load.id: f"L{first + at}" for at, load in enumerate(pattern.loads)}
    loads = tuple(
        replace(load, id=numbered[load.id], name=name(load.name), documents=tuple(map(name, load.documents)), revision=revision)
        for load in pattern.loads
    )
    claims = tuple(
        claim._replace(
            id=f"{numbered[claim.load]}:{claim.id.rpartition(':')[2]}",
            load=numbered[claim.load],
            record=numbered[claim.load],
            row=int(numbered[claim.load][1:]),
            source=name(claim.source),
            subject=name(claim.subject),
            object=name(claim.object),
            values=_values(claim.values, name),
        )
        for claim in pattern.claims
    )
    nodes = tuple(Node(name(node.id), node.type, _values(node.properties, name)) for node in pattern.facts.nodes)
    links = tuple(_link(each, ontology, name) for each in pattern.facts.relationships)
    return Acted(name(pattern.need), name(pattern.firm), name(pattern.expert), loads, claims, Facts(nodes, links))


def _link(each: Relationship, ontology: Ontology, name: Callable[[str], str]) -> Relationship:
    source, target = name(each.source), name(each.target)
    key = [str(each.properties.get(one, "")) for one in ontology.relationship_type(each.type).key]
    return Relationship(relationship_id(each.type, source, target, key), each.type, source, target, _values(each.properties, name))


def _values(values: Properties, name: Callable[[str], str]) -> Properties:
    return {key: name(value) if isinstance(value, str) else value for key, value in values.items()}
