"""Which nodes may be one, and what people judged of them, on a graph that is open here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from cooperation.actors import read_actor, source_of
from cooperation.roles import Actor, Resource, check_right
from graph.errors import Forbidden, QueryProblem
from graph.identity.candidates import PROPOSED, Candidates, find_candidates
from graph.identity.judgements import Verdict
from graph.identity.portrait import take_in
from graph.identity.quality import measure_all
from graph.ledger.judging import Judging
from graph.messages import message
from graph.model import Node
from graph.privacy import name_class
from lianyin.answers.identity import (
    candidates_document,
    contradictions_document,
    judged_document,
    judgements_document,
    preview_document,
    quality_document,
)
from lianyin.answers.reader import Document, Reader
from lianyin.identity import LISTED, MOST_LABELS, MOST_LISTED, Identity

if TYPE_CHECKING:
    from lianyin.client import Client

Parameters = Mapping[str, object]

PREVIEWED = 20
"""Facts of each kind that a preview shows."""


@dataclass(frozen=True, slots=True)
class _Pair:
    left: str
    right: str


class LocalIdentity(Identity):
    """On a graph that is open here."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._judging = Judging(client.store, client.ontology, client.ledger)

    @property
    def reader(self) -> Reader:
        return self._client.reader

    def tell(self, question: str, parameters: Parameters, actor: str = "") -> Document:
        return _ANSWERS[question](self, parameters, actor)

    def candidates_told(self, asked: Parameters, actor: str) -> Document:  # noqa: ARG002
        """Pairs that may be one."""
        limit, least = int(str(asked.get("limit", LISTED))), float(str(asked.get("least", PROPOSED)))
        if not 0 <= limit <= MOST_LISTED:
            raise QueryProblem(
                message("Between 0 and {most_listed:,} pairs can be listed, not {limit:,}.", most_listed=MOST_LISTED, limit=limit),
                where={"parameter": "limit"},
            )
        if not 0 <= least <= 1:
            raise QueryProblem(message("A score must lie between 0 and 1, not {least:g}.", least=least), where={"parameter": "least"})
        judged = {(each.left, each.right) for each in self._judging.judgements()}
        return candidates_document(self._found(judged, least), limit, least)

    def judgements_told(self, asked: Parameters, actor: str) -> Document:  # noqa: ARG002
        """What stands, as far as the reader may name what was judged."""
        found = self._judging.judgements()
        told = [each for each in found if self._may_name(each.type)]
        return {**judgements_document(told), "withheld": len(found) - len(told)}

    def contradictions_told(self, asked: Parameters, actor: str) -> Document:  # noqa: ARG002
        """Contradictions, likewise."""
        found = self._judging.contradictions()
        told = [each for each in found if self._may_name(each.apart.type)]
        return {**contradictions_document(told), "withheld": len(found) - len(told)}

    def judged(self, asked: Parameters, actor: str) -> Document:
        """A judgement, or what it would change."""
        who, chosen, pair = self._may(actor), _verdict(str(asked["verdict"])), self._pair(asked)
        note = str(asked.get("note") or "")
        if asked.get("preview"):
            difference = self._judging.preview(source_of(who), pair.left, pair.right, chosen, PREVIEWED)
            return preview_document(difference, self.reader)
        done = self._judging.judge(source_of(who), pair.left, pair.right, chosen, note)
        return judged_document(pair.left, pair.right, chosen.value, done)

    def withdrawn(self, asked: Parameters, actor: str) -> Document:
        """A judgement taken back."""
        who, pair = self._may(actor), _Pair(str(asked["left"]), str(asked["right"]))
        self._check_named(pair)
        return judged_document(pair.left, pair.right, "withdrawn", self._judging.withdraw(source_of(who), pair.left, pair.right))

    def measured(self, asked: Parameters, actor: str) -> Document:  # noqa: ARG002
        """Precision, recall and F1 on labelled pairs."""
        given = cast("list[Mapping[str, object]]", asked["labels"])
        if len(given) > MOST_LABELS:
            raise QueryProblem(
                message(
                    "At most {most_labels:,} pairs can be evaluated at once, not {count:,}.", most_labels=MOST_LABELS, count=len(given)
                ),
                where={"parameter": "labels"},
            )
        labels = {_ordered(str(each["left"]), str(each["right"])): bool(each["same"]) for each in given}
        scores = {each.pair: each.score for each in self._found(set(), 0.0).found}
        return quality_document(measure_all(labels, scores, (PROPOSED,)), len(labels))

    def _found(self, judged: set[tuple[str, str]], least: float) -> Candidates:
        client = self._client
        _, nodes, relationships = client.store.scan()
        population = take_in(nodes, relationships, client.ontology, client.settings.clearance)
        return find_candidates(population, client.ontology, judged, least)

    def _pair(self, asked: Parameters) -> _Pair:
        pair = _Pair(str(asked["left"]), str(asked["right"]))
        self._check_named(pair)
        return pair

    def _check_named(self, pair: _Pair) -> None:
        """What the reader may not name, they cannot judge either: a refusal would tell its name."""
        for node in self._judging.nodes_now((pair.left, pair.right)):
            if not (self.reader.exists(node) and self.reader.may_name(node)):
                raise Forbidden(
                    message("What is judged here is above this reader's clearance."),
                    rule="clearance",
                    hint=message("Raise LIANYIN_CLEARANCE if you are entitled to."),
                )

    def _may_name(self, type: str) -> bool:
        """Whether the reader may name any node of this type, on a published list or not."""
        reader = self.reader
        return type not in reader.hidden_types and (
            type not in reader.ontology.node_types or name_class(reader.ontology, Node("", type, {})) <= reader.clearance
        )

    def _may(self, actor: str) -> Actor:
        client = self._client
        who = read_actor(actor, client.node, client.store, client.ontology)
        check_right(who, "identity.judge", Resource(), message("judgements of identity"))
        return who


def _ordered(left: str, right: str) -> tuple[str, str]:
    return min(left, right), max(left, right)


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError:
        raise QueryProblem(
            message("'{text}' is not a verdict.", text=text),
            hint=message("Write same, different or unsure."),
            where={"parameter": "verdict"},
        ) from None


_ANSWERS: Mapping[str, Callable[[LocalIdentity, Parameters, str], Document]] = {
    "candidates": LocalIdentity.candidates_told,
    "judgements": LocalIdentity.judgements_told,
    "contradictions": LocalIdentity.contradictions_told,
    "judge": LocalIdentity.judged,
    "withdraw": LocalIdentity.withdrawn,
    "quality": LocalIdentity.measured,
}
