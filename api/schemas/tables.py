"""The graph as a whole, and how the server is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue

from api.schemas.common import Audience, Label, Model
from graph.messages import message

INT64 = 2**63


def _storable(value: JsonValue) -> JsonValue:
    """A value that both stores take: whole numbers of 64 bits, whole characters."""
    if isinstance(value, int) and not -INT64 <= value < INT64:
        raise ValueError(message("a whole number has at most 64 bits"))
    if isinstance(value, str):
        value.encode()
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _storable(part)
    for name in value if isinstance(value, dict) else ():
        name.encode()
    return value


_EXAMPLE = "MATCH (p:Person)-[:EMPLOYED_BY]->(u:University) RETURN u.name AS school, count(p) AS people ORDER BY people DESC"


class CypherRequest(Model):
    """A read-only query. Nodes carry the label `Entity` and those of their types."""

    query: str = Field(min_length=1, max_length=100_000, examples=[_EXAMPLE])
    parameters: dict[str, Annotated[JsonValue, AfterValidator(_storable)]] = Field(default_factory=dict, max_length=100)


class CypherAnswer(Model):
    columns: list[str]
    rows: list[list[JsonValue]]
    truncated: bool
    finished: bool
    limit: str | None


class PropertyType(Model):
    value: str
    many: bool
    privacy: int
    label: Label


class NodeType(Model):
    name: str
    label: Label
    extends: list[str]
    abstract: bool
    link: bool
    hub: bool
    identifiers: list[str]
    color: str
    properties: dict[str, PropertyType]


class RelationshipType(Model):
    name: str
    label: Label
    inverse: Label
    sources: list[str]
    targets: list[str]
    key: list[str]
    dated: bool
    derived: bool
    properties: list[str]


class SchemaAnswer(Model):
    node_types: list[NodeType]
    relationship_types: list[RelationshipType]


class StatsAnswer(Model):
    store: str
    revision: int
    loads: int
    data_date: str | None
    nodes: int
    relationships: int
    node_types: dict[str, int]
    relationship_types: dict[str, int]


class Difference(Model):
    what: str
    id: str
    difference: str


class ArraysFile(Model):
    """The file that the read model is opened from. `other`: of another store or of other definitions, so it is not used."""

    revision: int | None
    state: Literal["whole", "damaged", "other"]


class VerificationAnswer(Model):
    equal: bool
    revision: int
    nodes: int
    relationships: int
    differences: list[Difference]
    different: int
    by_kind: dict[str, int]
    file: ArraysFile | None


class ExportParameters(Model):
    format: Literal["jsonl", "graphml", "csv"] = Field(default="jsonl", description="`csv`: two tables in a zip.")
    audience: Audience = "public"


class Health(Model):
    status: Literal["alive"] = "alive"


class Compiling(Model):
    """How far compiling ahead has come: `done` of `steps`, and the step that runs."""

    done: int
    steps: int
    step: Label | None


class Ready(Model):
    """`warming`: every question is answered, but the first of a kind may wait for the compiler; no time limit runs meanwhile."""

    status: Literal["ready", "warming"]
    store: str
    revision: int
    compiling: Compiling
