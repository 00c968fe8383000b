"""The twenty questions, insights, lists, matching, targets and the platform's counts."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Lack, Model, Text


class QuestionParameter(Model):
    name: str
    takes: str
    zh: str
    en: str
    required: bool
    types: list[str]


class QuestionTold(Model):
    number: int = Field(description="0 where it has none.")
    name: str
    zh: str
    en: str
    how_zh: str = Field(description="How it is computed.")
    how_en: str
    clearance: int = Field(description="The privacy class that a reader needs.")
    parameters: list[QuestionParameter]


class QuestionsAnswer(Model):
    questions: list[QuestionTold]


class LineColumn(Model):
    key: str
    zh: str
    en: str
    number: bool


class SourceRow(Model):
    load: str
    file: str
    sheet: str
    row: int


class NodeTold(Model):
    id: str
    type: str
    caption: str | dict[str, str]


Told = str | int | float | bool | NodeTold | None


class AnswerLine(Model):
    cells: dict[str, Told | list[NodeTold]] = Field(description="By the keys of the columns; null is unknown, which is not zero.")
    rows: list[SourceRow] = Field(description="The first 20 source rows that the line rests on.")
    rows_total: int


class LinesAnswer(Model):
    number: int | None
    name: str
    zh: str
    en: str
    how_zh: str
    how_en: str
    as_of: str
    data_date: str | None
    revision: int
    columns: list[LineColumn]
    total: int | None
    lines: list[AnswerLine]
    truncated: bool
    limit: str | None
    lacks: list[Lack]


class MatchReason(Model):
    signal: str
    points: float
    text: str | None
    rows: list[SourceRow]


class MatchFit(Model):
    node: NodeTold | None
    score: float = Field(description="The sum of the points of its reasons.")
    reasons: list[MatchReason]
    fails: list[str] = Field(description="Conditions that it does not meet; none of one that fits.")


class SmallestChange(Model):
    lift: list[str]
    would_fit: int
    example: NodeTold | None


class MatchAnswer(Model):
    subject: NodeTold | None
    kind: str
    as_of: str
    considered: int
    fit: list[MatchFit]
    near: list[MatchFit]
    nobody_fits: bool
    smallest_change: SmallestChange | None
    lacks: list[Lack]


class MatchParameters(Model):
    kind: str = Field(default="", pattern="^(|experts|alumni|studios|achievements)$", description="For a need.")
    as_of: str = Field(default="", max_length=10, examples=["2020-09-10"])
    limit: int = Field(default=10, ge=0, le=10_000)


class TargetRow(Model):
    indicator: str
    zh: str
    en: str
    unit: str
    place: NodeTold | None
    target: float | None
    counted: float | None
    numerator: float | None
    denominator: float | None
    unknown: int | None = Field(description="Things of which nobody said what would have to be known.")
    unknown_ids: list[str]
    counted_from: list[str] = Field(description="The very nodes and relationships that were counted.")
    reported: float | None
    difference: float | None = Field(description="Reported less counted.")
    gap: float | None
    verdict: str
    rows: list[SourceRow]


class TargetsAnswer(Model):
    year: int
    verdicts: dict[str, int]
    rows: list[TargetRow]
    lacks: list[Lack]


class UnloadedRow(Model):
    """A row that a load refused, or one that repeats another (``repeats``)."""

    file: str
    sheet: str = ""
    row: int = Field(ge=1)
    zh: str
    en: str
    repeats: bool = False


class UnloadedRowGiven(UnloadedRow):
    """The same, with the count that it belongs to."""

    count: Text = Field(examples=["needs"])


class CountsGiven(Model):
    """The platform's own counts, and rows of a load's report that may explain a difference."""

    counts: dict[Text, int] = Field(max_length=20, examples=[{"experts": 581, "achievements": 1277, "needs": 436}])
    unloaded: list[UnloadedRowGiven] = Field(default=[], max_length=100_000)


class ComparedCount(Model):
    name: str
    zh: str
    en: str
    reported: int
    counted: int
    difference: int
    merged: int
    rejected: int
    repeated: int
    taken_back: int
    own: int
    unexplained: int
    rows: list[UnloadedRow]


class ReconciliationAnswer(Model):
    counts: list[ComparedCount]
    equal: bool
