"""Pairs that may be one, judgements, contradictions and measured quality."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, RootModel

from api.schemas.common import Model, NodeBrief, Text, sound_text

Score = Annotated[float, Field(ge=0, le=1)]
LongText = Annotated[str, Field(max_length=2_000), AfterValidator(sound_text)]
NonemptyText = Annotated[Text, Field(min_length=1)]


class CandidatesParameters(Model):
    limit: int = Field(default=50, ge=0, le=10_000, description="Pairs listed; the total is exact all the same.")
    least: Score = Field(default=0.85, description="The score from which a pair is listed.")


class CandidateReason(Model):
    feature: str
    points: float = Field(description="Weight of evidence in bits: above 0 it speaks for the same.")
    zh: str
    en: str


class CandidatePair(Model):
    left: NodeBrief
    right: NodeBrief
    score: float
    reasons: list[CandidateReason]


class CandidatesAnswer(Model):
    least: float
    total: int
    compared: int = Field(description="Pairs that share a name, a code or another key.")
    refused: int = Field(description="Of these, pairs whose valid codes differ.")
    judged: int = Field(description="Pairs left out because somebody judged them.")
    crowded: list[str] = Field(description="Keys that too many share to be compared pair by pair.")
    candidates: list[CandidatePair]
    truncated: bool
    limit: str | None


class JudgementTold(Model):
    left: str
    right: str
    verdict: str
    type: str
    actor: str
    at: str
    note: str
    load: str = Field(description="The act that recorded it.")


class JudgementsAnswer(Model):
    judgements: list[JudgementTold]
    withheld: int = Field(description="Judgements of what is above the reader's clearance.")


class JudgementMade(Model):
    left: NonemptyText = Field(examples=["city-enterprise:示例重工"])
    right: NonemptyText = Field(examples=["city-enterprise:扬州示例重工有限公司"])
    verdict: Literal["same", "different", "unsure"]
    note: LongText = Field(default="", description="Why.")
    preview: bool = Field(default=False, description="Only say what it would change; nothing is recorded.")


class JudgedAnswer(Model):
    left: str
    right: str
    verdict: str
    act: str = Field(description="The act that recorded it.")
    revision: int
    nodes_changed: int
    relationships_changed: int


class ChangeTold(Model):
    change: Literal["new", "changed", "gone"]
    id: str
    type: str
    caption: str
    caption_en: str | None = None


class JudgementPreview(Model):
    changes: list[ChangeTold]
    truncated: bool


class JudgementAnswer(RootModel[JudgedAnswer | JudgementPreview]):
    """What was recorded, or with `preview` what would change."""


class ContradictionStep(Model):
    left: str
    right: str
    source: str


class ContradictionTold(Model):
    left: str
    right: str
    apart: str
    chain: list[ContradictionStep]


class ContradictionsAnswer(Model):
    contradictions: list[ContradictionTold]
    withheld: int


class LabelledPair(Model):
    left: NonemptyText
    right: NonemptyText
    same: bool


class LabelsGiven(Model):
    """Pairs whose truth is known."""

    labels: list[LabelledPair] = Field(max_length=100_000)


class QualityRow(Model):
    threshold: float
    right: int = Field(description="Pairs rightly proposed.")
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


class QualityAnswer(Model):
    pairs: int
    quality: list[QualityRow]
