"""Nodes: found, shown, and the rows behind them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Label, Model, NodeBrief, Text, Value


class SearchParameters(Model):
    text: Text = Field(min_length=1, examples=["扬大"], description="A name, a part of one, pinyin, initials or a code.")
    type: list[Text] = Field(default=[], max_length=50, description="Only nodes of these types.")
    limit: int = Field(default=20, ge=1, le=1000)


class AutocompleteParameters(Model):
    text: Text = Field(min_length=1, examples=["yangzhou"], description="What was typed so far.")
    type: list[Text] = Field(default=[], max_length=50)
    limit: int = Field(default=10, ge=1, le=100)


class Hit(Model):
    id: str
    type: str
    caption: str
    hint: str = Field(description="What tells it from others of the same name.")
    score: float


class HitAnswer(Model):
    hits: list[Hit]


class NodeDetail(NodeBrief):
    identifiers: list[str]
    properties: dict[str, Value]


class NodeRelationship(Model):
    type: str
    direction: Literal["out", "in"]
    other: NodeBrief
    valid_from: str | None
    valid_to: str | None
    ended: bool
    trust: int | None = Field(description="1 inferred, 2 said by one source, 3 said by several or confirmed by a person.")
    properties: dict[str, Value]


class PastValue(Model):
    value: Value
    since: str | None
    load: str
    file: str
    sheet: str
    row: int


class PropertyHistory(Label):
    """A property that changed from one edition of its source to another, oldest value first."""

    property: str
    values: list[PastValue]


class NodeAnswer(Model):
    node: NodeDetail
    relationships: list[NodeRelationship]
    total: int
    truncated: bool
    limit: str | None
    history: list[PropertyHistory]


class WhyParameters(Model):
    property: Text | None = Field(default=None, min_length=1, description="Only the rows behind this property, by name or label.")


class Evidence(Model):
    load: str
    source: str
    precedence: int
    source_date: str | None
    file: str
    sheet: str
    row: int
    recorded_from: str


class SourceRow(Evidence):
    """A row with what it says; `raw` is what the cell itself held where that differs; `from_mapping` names what no cell says,
    but the mapping for all rows."""

    subject: str | None
    values: dict[str, Value]
    raw: dict[str, str]
    from_mapping: list[str]
    chosen: bool | None = None


class IdentityRow(Evidence):
    """`left` and `right` are null where the reader may not see ids of that kind."""

    kind: str
    left: str | None
    right: str | None


class Reason(Label):
    """Why a value stands among several."""

    rule: Literal["only", "agreed", "all", "act", "precedence", "date", "order"]


class Other(Model):
    """A row that says otherwise."""

    value: Value
    source: str
    file: str
    sheet: str
    row: int


class Disputed(Model):
    property: str
    value: Value
    reason: Reason
    against: list[Other]


class WhyAnswer(Model):
    """The most trusted row first. `value` and `reason` are there when a property was asked for."""

    node: NodeBrief
    property: str | None
    value: Value | None = None
    reason: Reason | None = None
    sources: list[SourceRow]
    identities: list[IdentityRow]
    disputed: list[Disputed]
    history: list[PropertyHistory]
