"""Candidates and judgements as they are answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from lianyin.answers.common import NodeBrief, WithheldNode
from lianyin.answers.reader import Reader
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from graph.identity.candidates import Candidate, Candidates
    from graph.identity.judgements import Contradiction, Judgement
    from graph.identity.quality import Measured, Quality
    from graph.ledger.rehearsal import Difference
    from graph.model import Node, PublishedTotals, Relationship

CANDIDATE_COLUMNS = (
    Column("score", "得分", "score", number=True),
    Column("type", "类型", "type"),
    Column("left", "一", "one"),
    Column("right", "另一", "other"),
    Column("reasons", "理由", "reasons"),
    Column("left_id", "编号一", "id of one"),
    Column("right_id", "编号二", "id of other"),
)
JUDGEMENT_COLUMNS = (
    Column("verdict", "认定", "verdict"),
    Column("left", "编号一", "one"),
    Column("right", "编号二", "other"),
    Column("actor", "认定人", "by"),
    Column("at", "时间", "at"),
    Column("note", "理由", "because"),
    Column("load", "记录", "act"),
)
CONTRADICTION_COLUMNS = (
    Column("left", "编号一", "one"),
    Column("right", "编号二", "other"),
    Column("apart", "认定为不同", "judged different by"),
    Column("chain", "却由此相连", "yet joined by"),
)
JUDGED_COLUMNS = (
    Column("left", "编号一", "one"),
    Column("right", "编号二", "other"),
    Column("verdict", "认定", "verdict"),
    Column("act", "记录", "act"),
    Column("nodes_changed", "改动节点", "nodes changed", number=True),
    Column("relationships_changed", "改动关系", "relationships changed", number=True),
)
PREVIEW_COLUMNS = (Column("change", "改动", "change"), Column("id", "编号", "id"), Column("name", "名称", "name"))
QUALITY_COLUMNS = (
    Column("threshold", "阈值", "threshold", number=True),
    Column("right", "提对", "right", number=True),
    Column("wrong", "提错", "wrong", number=True),
    Column("missed", "漏提", "missed", number=True),
    Column("precision", "精确率", "precision", number=True),
    Column("recall", "召回率", "recall", number=True),
    Column("f1", "F1", "F1", number=True),
)
SAMPLE_COLUMNS = (Column("name", "样例", "set"), Column("same", "同一对数", "same pairs", number=True), *QUALITY_COLUMNS)
KEYS_NAMED = 5
"""Keys named of those that are too common."""

Change: TypeAlias = Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class CandidateReason:
    """What speaks for or against a pair: ``points`` are a weight of evidence in bits, above 0 for the same."""

    feature: str
    points: float
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Two nodes that may be one."""

    left: NodeBrief
    right: NodeBrief
    score: float
    reasons: list[CandidateReason]


@dataclass(frozen=True, slots=True)
class CandidatesAnswer:
    """Pairs that may be one, best first: of those ``compared`` (they share a name, a code or another key) some are ``refused`` (their valid
    codes differ) and some ``judged`` already. Too many share a ``crowded`` key to be compared pair by pair."""

    least: float
    total: int
    compared: int
    refused: int
    judged: int
    crowded: list[str]
    candidates: list[CandidatePair]
    truncated: bool
    limit: str | None


@dataclass(frozen=True, slots=True)
class JudgementTold:
    """What somebody judged of two ids, when (UTC), why, and the act that recorded it."""

    left: str
    right: str
    verdict: str
    type: str
    actor: str
    at: str
    note: str
    load: str


@dataclass(frozen=True, slots=True)
class JudgementsAnswer:
    """Judgements that stand, the latest first; ``withheld`` are those of what is above the reader's clearance."""

    judgements: list[JudgementTold]
    withheld: int


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What was judged, the act that recorded it, and how many facts changed."""

    left: str
    right: str
    verdict: str
    act: str
    revision: int
    nodes_changed: int
    relationships_changed: int


@dataclass(frozen=True)
class FactChange(NodeBrief):
    """A node or relationship that a judgement would change."""

    change: Change


@dataclass(frozen=True)
class WithheldChange(WithheldNode):
    """The same of a node that the reader may not name."""

    change: Change


@dataclass(frozen=True, slots=True)
class JudgementPreview:
    """What a judgement would change."""

    changes: list[FactChange | WithheldChange]
    truncated: bool


@dataclass(frozen=True, slots=True)
class ContradictionStep:
    """A statement that joins two ids, and whose it is."""

    left: str
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class ContradictionTold:
    """A pair, who judged it different, and the chain of statements that joins it."""

    left: str
    right: str
    apart: str
    chain: list[ContradictionStep]


@dataclass(frozen=True, slots=True)
class ContradictionsAnswer:
    """Pairs judged different that a chain of statements joins; ``withheld`` are those above the reader's clearance."""

    contradictions: list[ContradictionTold]
    withheld: int


@dataclass(frozen=True, slots=True)
class QualityRow:
    """At a threshold: pairs rightly and wrongly proposed, pairs missed; a rate is null where nothing is counted."""

    threshold: float
    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class QualityAnswer:
    """How good the candidates are on labelled pairs, threshold by threshold."""

    pairs: int
    quality: list[QualityRow]


@dataclass(frozen=True, slots=True)
class SampleQuality(QualityAnswer):
    """The same on a named set of pairs, ``same`` of which are one."""

    name: str
    same: int


@dataclass(frozen=True, slots=True)
class SamplesAnswer:
    """How good the candidates are on the samples."""

    sets: list[SampleQuality]


def candidates_answer(candidates: Candidates, limit: int, least: float) -> CandidatesAnswer:
    """The best ``limit`` pairs, and how many were compared, refused, left out."""
    truncated = limit < len(candidates.found)
    return CandidatesAnswer(
        least=least,
        total=len(candidates.found),
        compared=candidates.compared,
        refused=candidates.refused,
        judged=candidates.judged,
        crowded=list(candidates.crowded),
        candidates=[_pair(candidate) for candidate in candidates.found[:limit]],
        truncated=truncated,
        limit="rows" if truncated else None,
    )


def _pair(candidate: Candidate) -> CandidatePair:
    reasons = [CandidateReason(reason.feature, round(reason.points, 2), reason.words.zh, reason.words.en) for reason in candidate.reasons]
    return CandidatePair(_brief(candidate.left), _brief(candidate.right), round(candidate.score, 4), reasons)


def _brief(node: Node) -> NodeBrief:
    return NodeBrief(node.id, node.type, node.caption)


def candidates_table(answer: CandidatesAnswer, reader: Reader) -> Table:
    """One row a pair."""
    rows = []
    for pair in answer.candidates:
        reasons = "；".join(f"{say(reader.language, reason.zh, reason.en)} {reason.points:+.1f}" for reason in pair.reasons)
        kind = reader.type_label(pair.left.type)
        rows.append((pair.score, kind, pair.left.caption, pair.right.caption, reasons, pair.left.id, pair.right.id))
    told = say(
        reader.language,
        f"比较了 {answer.compared} 对，列出 {len(rows)}；{answer.refused} 对代码不同，{answer.judged} 对已认定",
        f"{answer.compared} pairs compared, {len(rows)} listed; {answer.refused} have different codes, {answer.judged} are judged",
    )
    return Table(CANDIDATE_COLUMNS, rows, title=(told, *_left_out(answer.crowded, reader)))


def _left_out(crowded: Sequence[str], reader: Reader) -> Iterator[str]:
    if crowded:
        keys = f"{'、'.join(crowded[:KEYS_NAMED])}{' …' if len(crowded) > KEYS_NAMED else ''}"
        yield say(
            reader.language,
            f"{len(crowded)} 个关键词太常见，未逐对比较：{keys}",
            f"{len(crowded)} keys are too common to compare pair by pair: {keys}",
        )


def judgement_told(judgement: Judgement) -> JudgementTold:
    """A judgement."""
    return JudgementTold(
        left=judgement.left,
        right=judgement.right,
        verdict=str(judgement.verdict),
        type=judgement.type,
        actor=judgement.actor,
        at=str(judgement.at),
        note=judgement.note,
        load=judgement.load,
    )


def judgements_table(answer: JudgementsAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row a judgement."""
    rows = [tuple(getattr(judgement, column.key) for column in JUDGEMENT_COLUMNS) for judgement in answer.judgements]
    return Table(JUDGEMENT_COLUMNS, rows)


def contradiction_told(contradiction: Contradiction) -> ContradictionTold:
    """A contradiction with its chain."""
    chain = [ContradictionStep(claim.subject, claim.object, claim.source) for claim in contradiction.chain]
    return ContradictionTold(contradiction.left, contradiction.right, contradiction.apart.source, chain)


def contradictions_table(answer: ContradictionsAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row a pair."""
    rows = []
    for told in answer.contradictions:
        chain = "；".join(f"{step.left} = {step.right} ({step.source})" for step in told.chain)
        rows.append((told.left, told.right, told.apart, chain))
    return Table(CONTRADICTION_COLUMNS, rows)


def judged_answer(left: str, right: str, verdict: str, done: PublishedTotals) -> JudgedAnswer:
    """What was judged, and how many facts changed."""
    nodes = done.nodes_new + done.nodes_updated + done.nodes_removed
    relationships = done.relationships_new + done.relationships_updated + done.relationships_removed
    return JudgedAnswer(left, right, verdict, done.load, done.revision, nodes, relationships)


def preview_answer(difference: Difference, reader: Reader) -> JudgementPreview:
    """What would be new, changed or gone."""
    parts: tuple[tuple[Change, Sequence[Node], Sequence[Relationship]], ...] = (
        ("new", difference.new.nodes, difference.new.relationships),
        ("changed", difference.after.nodes, difference.after.relationships),
        ("gone", difference.gone.nodes, difference.gone.relationships),
    )
    nodes = [_node_change(change, node, reader) for change, changed, _ in parts for node in changed]
    links = [
        FactChange(link.id, link.type, reader.relationship_label(link.type), change) for change, _, changed in parts for link in changed
    ]
    return JudgementPreview([*nodes, *links], difference.truncated)


def _node_change(change: Change, node: Node, reader: Reader) -> FactChange | WithheldChange:
    named = reader.named(node)
    if isinstance(named, WithheldNode):
        return WithheldChange(named.id, named.type, named.caption, named.caption_en, change)
    return FactChange(named.id, named.type, named.caption, change)


def judgement_table(answer: JudgedAnswer | JudgementPreview, reader: Reader) -> Table:  # noqa: ARG001
    """One row: what was judged; of a preview, one row a fact."""
    if isinstance(answer, JudgementPreview):
        return Table(PREVIEW_COLUMNS, [(fact.change, fact.id, fact.caption) for fact in answer.changes])
    return Table(JUDGED_COLUMNS, [tuple(getattr(answer, column.key) for column in JUDGED_COLUMNS)])


def quality_rows(measured: Sequence[Quality]) -> list[QualityRow]:
    """What was right, wrong and missed at each threshold."""
    return [
        QualityRow(
            threshold=quality.threshold,
            right=quality.right,
            wrong=quality.wrong,
            missed=quality.missed,
            precision=quality.precision,
            recall=quality.recall,
            f1=quality.f1,
        )
        for quality in measured
    ]


def quality_table(answer: QualityAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row a threshold."""
    return Table(QUALITY_COLUMNS, [_quality_row(row) for row in answer.quality])


def _quality_row(row: QualityRow) -> tuple[object, ...]:
    return tuple(getattr(row, column.key) for column in QUALITY_COLUMNS)


def samples_answer(measured: Sequence[Measured]) -> SamplesAnswer:
    """The samples with their quality."""
    return SamplesAnswer([SampleQuality(sample.pairs, quality_rows(sample.quality), sample.name, sample.same) for sample in measured])


def samples_table(answer: SamplesAnswer) -> Table:
    """One row a set and threshold."""
    rows = [(sample.name, sample.same, *_quality_row(row)) for sample in answer.sets for row in sample.quality]
    return Table(SAMPLE_COLUMNS, rows)
