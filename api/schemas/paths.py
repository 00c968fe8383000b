"""Paths and connections."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import AsOf, Cell, Direction, Label, Model, NodeBrief, PathKind, Text

TYPES = "Node types by name or label in either language."


class PathParameters(Model):
    """How two nodes are connected. Ends are ids, identifiers (`pic:999977172`) or captions."""

    from_: Text = Field(alias="from", min_length=1, examples=["扬州大学"])
    to: Text = Field(min_length=1, examples=["扬州示例重工有限公司"])
    max_hops: int = Field(default=6, ge=1, le=64, description="Relationships in a path at most.")
    kind: PathKind = Field(default="shortest", description="Which paths.")
    limit: int = Field(
        default=20, ge=1, le=1_000_000, description="Paths listed of a kind that has several; the total is exact all the same."
    )
    as_of: AsOf = "any"
    include: list[Text] = Field(default=[], max_length=50, description=f"Also pass nodes of these hub or link types. {TYPES}")
    relationship: list[Text] = Field(default=[], max_length=50, description="Only walk relationships of these types.")
    direction: Direction = Field(default="any", description="Which way relationships are walked.")


class ConnectionParameters(Model):
    """Which nodes of one type connect to which of another."""

    from_type: Text = Field(min_length=1, examples=["高校"], description=TYPES)
    to_type: Text = Field(min_length=1, examples=["企业"], description=TYPES)
    from_: Text | None = Field(default=None, alias="from", min_length=1, description="Only from this node.")
    to: Text | None = Field(default=None, min_length=1, description="Only to this node.")
    via: list[Text] = Field(default=[], max_length=50, description="Only paths through a node of one of these types.")
    max_hops: int = Field(default=3, ge=1, le=64)
    as_of: AsOf = "any"
    limit: int = Field(default=100, ge=1, le=1_000_000, description="Rows listed; the total is exact all the same.")
    count: bool = Field(default=False, description="Only how many pairs there are.")
    include: list[Text] = Field(default=[], max_length=50)
    relationship: list[Text] = Field(default=[], max_length=50)
    direction: Direction = "any"


class Fact(Model):
    """A relationship on a path, in its own direction, with the rows that say so. `unknown` names dates that should be known."""

    type: str
    source: str
    target: str
    valid_from: str | None
    valid_to: str | None
    ended: bool
    unknown: list[str]
    sources: list[Cell]


class Hop(Fact):
    """One step; `parallel` are further relationships between the same two nodes."""

    parallel: list[Fact]


class Path(Model):
    hops: int
    nodes: list[NodeBrief]
    relationships: list[Hop]
    text: Label


class PathAnswer(Model):
    """`total` counts all shortest paths (null: a limit kept them from being counted). `note` says why there is none."""

    paths: list[Path]
    total: int | None
    truncated: bool
    limit: str | None
    as_of: str
    data_date: str
    note: Label | None


class Connection(Model):
    """A pair with its first shortest path; `others` more are as short."""

    from_: NodeBrief = Field(alias="from")
    to: NodeBrief
    hops: int
    paths: int
    via: list[NodeBrief]
    others: int
    relationships: list[Hop]
    text: Label


class ConnectionAnswer(Model):
    total: int
    by_hops: dict[str, int]
    rows: list[Connection]
    truncated: bool
    limit: str | None
    as_of: str
    data_date: str
