"""Which nodes may be one, and what people judge of them. 认定是否同一。

Candidates are only proposed: nothing is joined before somebody says so, and a Chinese name alone never proposes anything.

只提出可能同一的：未经人认定，不会合并；单凭中文姓名，不会提出。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from graph.errors import Forbidden
from graph.messages import message
from lianyin.answers.identity import (
    CandidatesAnswer,
    ContradictionsAnswer,
    JudgedAnswer,
    JudgementPreview,
    JudgementsAnswer,
    QualityAnswer,
    candidates_answer,
    candidates_table,
    contradiction_told,
    contradictions_table,
    judged_answer,
    judgement_table,
    judgement_told,
    judgements_table,
    preview_answer,
    quality_rows,
    quality_table,
)
from lianyin.operation import operation
from lianyin.requests import Help, LongText, NonemptyText, Nothing, Request

if TYPE_CHECKING:
    from graph.identity.candidates import Candidates
    from graph.ledger.judging import Judging
    from lianyin.session import Session

JUDGING = (400, 403, 404, 409, 507)
OVER = message("judgements of identity")
PREVIEWED = 20
"""Facts of each kind that a preview shows."""

LEAST = 0.85
"""The score from which pairs are listed (``graph.identity.candidates.PROPOSED``, which costs an import)."""

Left = Annotated[NonemptyText, Help("编号", "An id of the pair.", "ID", positional=True, example="city-enterprise:示例重工")]
Right = Annotated[NonemptyText, Help("编号", "The other id.", "ID", positional=True, example="city-enterprise:扬州示例重工有限公司")]


@dataclass(frozen=True, slots=True)
class ListCandidates(Request):
    """Which pairs to list."""

    limit: Annotated[int, Field(ge=0, le=10_000), Help("最多列出", "Pairs listed; the total is exact all the same.")] = 50
    least: Annotated[float, Field(ge=0, le=1), Help("最低得分", "The score from which a pair is listed, 0 to 1.")] = LEAST


@dataclass(frozen=True, slots=True)
class JudgePair(Request):
    """A judgement of two ids."""

    left: Left
    right: Right
    verdict: Annotated[
        Literal["same", "different", "unsure"], Help("认定", "Whether they mean the same.", "VERDICT", positional=True, example="same")
    ]
    note: Annotated[LongText, Field(max_length=2_000), Help("理由", "Why.", "TEXT", option="--because")] = ""
    preview: Annotated[bool, Help("先看改动", "Only say what it would change; nothing is recorded.")] = False


@dataclass(frozen=True, slots=True)
class OnePair(Request):
    """Two ids."""

    left: Left
    right: Right


@dataclass(frozen=True, slots=True)
class LabelledPair(Request):
    """Two ids, and whether they mean the same."""

    left: NonemptyText
    right: NonemptyText
    same: bool


@dataclass(frozen=True, slots=True)
class LabelledPairs(Request):
    """Pairs whose truth is known."""

    labels: Annotated[tuple[LabelledPair, ...], Field(max_length=100_000), Help("已知的对", "Pairs whose truth is known.")]


@operation("GET /v1/review/candidates", candidates_table, command="review list", heavy=True)
def candidates(session: Session, asked: ListCandidates) -> CandidatesAnswer:
    """Pairs that may be one, best first, with the points of every reason; those that were judged are left out. 可能同一的。"""
    judged = {(judgement.left, judgement.right) for judgement in _judging(session).judgements()}
    return candidates_answer(_candidates(session, judged, asked.least), asked.limit, asked.least)


@operation("GET /v1/review/judgements", judgements_table, command="review judgements")
def judgements(session: Session, asked: Nothing) -> JudgementsAnswer:  # noqa: ARG001
    """What was judged and stands, the latest first. 已有认定。"""
    every = _judging(session).judgements()
    told = [judgement_told(judgement) for judgement in every if _may_name(session, judgement.type)]
    return JudgementsAnswer(told, len(every) - len(told))


@operation("GET /v1/review/contradictions", contradictions_table, command="review contradictions")
def contradictions(session: Session, asked: Nothing) -> ContradictionsAnswer:  # noqa: ARG001
    """Pairs judged different that a chain of statements joins. 相互矛盾的认定。"""
    every = _judging(session).contradictions()
    told = [contradiction_told(contradiction) for contradiction in every if _may_name(session, contradiction.apart.type)]
    return ContradictionsAnswer(told, len(every) - len(told))


@operation(
    "POST /v1/review/judgements",
    judgement_table,
    command="review judge",
    actor="required",
    right="identity.judge",
    resource=OVER,
    problems=JUDGING,
)
def judge(session: Session, asked: JudgePair) -> JudgedAnswer | JudgementPreview:
    """Say that two ids mean the same, different things, or that you are not sure. A later judgement of a pair replaces the earlier one;
    judgements outlive every re-load. 认定。"""
    from cooperation.actors import source_of
    from graph.identity.judgements import Verdict

    judging, source, verdict = _judging(session), source_of(session.actor_known), Verdict(asked.verdict)
    _check_named(session, judging, (asked.left, asked.right))
    if asked.preview:
        return preview_answer(judging.preview(source, asked.left, asked.right, verdict, PREVIEWED), session.reader)
    return judged_answer(asked.left, asked.right, verdict.value, judging.judge(source, asked.left, asked.right, verdict, asked.note))


@operation(
    "DELETE /v1/review/judgements",
    judgement_table,
    command="review withdraw",
    actor="required",
    right="identity.judge",
    resource=OVER,
    problems=JUDGING,
)
def withdraw_judgement(session: Session, asked: OnePair) -> JudgedAnswer:
    """Take the standing judgement of a pair back: the graph is what it would be without it. 撤回认定。"""
    from cooperation.actors import source_of

    judging = _judging(session)
    _check_named(session, judging, (asked.left, asked.right))
    done = judging.withdraw(source_of(session.actor_known), asked.left, asked.right)
    return judged_answer(asked.left, asked.right, "withdrawn", done)


@operation("POST /v1/review/quality", quality_table, heavy=True, problems=(400,))
def candidate_quality(session: Session, asked: LabelledPairs) -> QualityAnswer:
    """Precision, recall and F1 of the candidates on labelled pairs. 评测。"""
    from graph.identity.candidates import PROPOSED
    from graph.identity.quality import measure_all

    labels = {(min(pair.left, pair.right), max(pair.left, pair.right)): pair.same for pair in asked.labels}
    scores = {candidate.pair: candidate.score for candidate in _candidates(session, set(), 0.0).found}
    return QualityAnswer(len(labels), quality_rows(measure_all(labels, scores, (PROPOSED,))))


def _judging(session: Session) -> Judging:
    from graph.ledger.judging import Judging

    return Judging(session.store, session.ontology, session.ledger)


def _candidates(session: Session, judged: set[tuple[str, str]], least: float) -> Candidates:
    from graph.identity.candidates import find_candidates
    from graph.identity.portrait import take_in

    _, nodes, relationships = session.store.scan()
    population = take_in(nodes, relationships, session.ontology, session.settings.clearance)
    return find_candidates(population, session.ontology, judged, least)


def _check_named(session: Session, judging: Judging, ids: Iterable[str]) -> None:
    """What the reader may not name, they cannot judge either: a refusal would tell its name."""
    for node in judging.nodes_now(tuple(ids)):
        if not (session.reader.exists(node) and session.reader.may_name(node)):
            raise Forbidden(
                message("What is judged here is above this reader's clearance."),
                rule="clearance",
                hint=message("Raise LIANYIN_CLEARANCE if you are entitled to."),
            )


def _may_name(session: Session, type: str) -> bool:
    """Whether the reader may name any node of this type, on a published list or not."""
    from graph.model import Node
    from graph.privacy import name_class

    reader = session.reader
    return type not in reader.hidden_types and (
        type not in reader.ontology.node_types or name_class(reader.ontology, Node("", type, {})) <= reader.clearance
    )
