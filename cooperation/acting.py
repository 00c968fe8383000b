"""The desk: where somebody does something. Every move is looked at while nobody else can publish, and recorded as claims of who made it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cooperation.actors import source_of
from cooperation.roles import Actor
from cooperation.surroundings import StoreSurroundings
from graph.errors import QueryProblem, RuleBroken
from graph.ledger import Ledger
from graph.ledger.acting import Decide
from graph.messages import message
from graph.model import CLEARED, ClaimKind, Draft, Node, Properties, Relationship, Retraction
from graph.ontology.schema import Ontology
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """A move that was made: ``act`` is the id of its load, ``revision`` the one that shows it, ``subject`` the node it was made on."""

    act: str
    revision: int
    subject: str


@dataclass(frozen=True, slots=True)
class Around:
    """A node as it stands, with the relationships that touch it and the nodes at their other ends, by id."""

    node: Node
    relationships: tuple[Relationship, ...]
    others: dict[str, Node]

    def ends(self, type: str, *, out: bool) -> tuple[str, ...]:
        """The nodes that relationships of this type lead to (``out``) or come from, by id."""
        far = (each.target if out else each.source for each in self.relationships if each.type == type and self._own(each, out=out))
        return tuple(sorted(set(far)))

    def _own(self, each: Relationship, *, out: bool) -> bool:
        return (each.source if out else each.target) == self.node.id


@dataclass(frozen=True, slots=True)
class Desk:
    """Where moves are made: in ``store``, through ``ledger``, on the day ``today``."""

    store: Store
    ontology: Ontology
    ledger: Ledger
    today: datetime.date

    def do(self, actor: Actor, name: str, subject: str, decide: Decide, expected: int | None = None) -> Done:  # noqa: PLR0917
        """Makes the move called ``name`` on ``subject``: ``decide`` looks at what stands and gives what is then stated, or raises. With
        ``expected``, the revision that the actor has seen, a subject that changed since is a ``RuleBroken``."""

        def decided() -> Sequence[Draft | Retraction]:
            if expected is not None:
                self._check_unchanged(subject, expected)
            return decide()

        published = self.ledger.act(source_of(actor), name, decided)
        return Done(published.load, published.revision, subject)

    def around(self, node_id: str) -> Around | None:
        """A node as it stands, or ``None``."""
        facts = self.store.facts(nodes=(node_id,), touching=(node_id,))
        if not facts.nodes:
            return None
        ends = {end for each in facts.relationships for end in (each.source, each.target)} - {node_id}
        others = {node.id: node for node in self.store.facts(nodes=sorted(ends)).nodes}
        return Around(facts.nodes[0], facts.relationships, others)

    def surroundings(self) -> StoreSurroundings:
        """What stands now, for one decision."""
        return StoreSurroundings(self.store, self.ontology)

    def _check_unchanged(self, subject: str, expected: int) -> None:
        if expected > self.store.head().revision:
            raise QueryProblem(message("Revision {expected} does not exist yet.", expected=expected), where={"parameter": "expected"})
        if any(change.subject == subject for change in self.store.changes(expected)):
            raise RuleBroken(
                message(
                    "'{subject}' has changed since revision {expected}, on which this decision is based.",
                    subject=subject,
                    expected=expected,
                ),
                rule="stale-revision",
                hint=message("Look at it again before deciding."),
                where={"parameter": "expected"},
            )


def node_draft(type: str, id: str, values: Properties, cleared: Iterable[str] = ()) -> Draft:
    """What an act says of a node; an empty text is left out, unless its property is ``cleared``."""
    return Draft(ClaimKind.NODE, type, id, values=_stated(values, cleared))


def link_draft(type: str, source: str, target: str, cleared: Iterable[str] = (), **values: str | int | float | bool) -> Draft:
    """What an act says of a relationship; an empty text is left out, unless its property is ``cleared``."""
    return Draft(ClaimKind.RELATIONSHIP, type, source, target, values=_stated(values, cleared))


def _stated(values: Properties, cleared: Iterable[str]) -> Properties:
    return {name: value for name, value in values.items() if value not in ("", ())} | dict.fromkeys(cleared, CLEARED)
