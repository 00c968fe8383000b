"""The graph as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, JsonValue

from graph.messages import message
from lianyin.answers.tables import (
    CypherAnswer,
    SchemaAnswer,
    StatsAnswer,
    VerificationAnswer,
    cypher_answer,
    cypher_table,
    schema_answer,
    schema_table,
    stats_table,
    verification_table,
)
from lianyin.operation import operation
from lianyin.requests import Help, Nothing, Request

if TYPE_CHECKING:
    from lianyin.session import Session

INT64 = 2**63
QUERY = "MATCH (p:Person)-[:EMPLOYED_BY]->(u:University) RETURN u.name AS school, count(p) AS people ORDER BY people DESC"


def storable(value: JsonValue) -> JsonValue:
    """A value that both stores take: whole numbers of 64 bits, whole characters. Raises ``ValueError``."""
    if isinstance(value, int) and not -INT64 <= value < INT64:
        raise ValueError(message("a whole number has at most 64 bits"))
    if isinstance(value, str):
        value.encode()
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        storable(part)
    for name in value if isinstance(value, dict) else ():
        name.encode()
    return value


@dataclass(frozen=True, slots=True)
class Cypher(Request):
    """A read-only query. Nodes carry the label ``Entity`` and those of their types."""

    query: Annotated[str, Field(min_length=1, max_length=100_000), Help("查询", "The query.", "QUERY", positional=True, example=QUERY)]
    parameters: Annotated[
        Mapping[str, Annotated[JsonValue, AfterValidator(storable)]], Field(max_length=100), Help("参数", "Its parameters by name.")
    ] = field(default_factory=dict)


@operation("GET /v1/stats", stats_table, command="stats", kept=True)
def stats(session: Session, asked: Nothing) -> StatsAnswer:  # noqa: ARG001
    """Count what the graph holds: nodes and relationships of each type, from how many loads, and how old the data is. 统计。"""
    from dataclasses import replace

    from graph.model import LoadState
    from lianyin.counted import count_facts

    nodes, relationships = count_facts(session.store, session.reader, replace(session.limits, trusted=True))
    return StatsAnswer(
        store=session.store.url,
        revision=session.store.head().revision,
        loads=len(session.store.loads((LoadState.PUBLISHED,), ("ingest",))),
        data_date=session.data_date,
        nodes=sum(nodes.values()),
        relationships=sum(relationships.values()),
        node_types=dict(sorted(nodes.items())),
        relationship_types=dict(sorted(relationships.items())),
    )


@operation("GET /v1/schema", schema_table, kept=True)
def schema(session: Session, asked: Nothing) -> SchemaAnswer:  # noqa: ARG001
    """The types of nodes and relationships, with their labels, ends, properties and colours. 类型一览。"""
    return schema_answer(session.ontology)


@operation("POST /v1/cypher", cypher_table, heavy=True, problems=(400, 403, 409))
def cypher(session: Session, asked: Cypher) -> CypherAnswer:
    """Run a read-only Cypher query on what is published. Writing, LOAD CSV and procedures are refused. 只读查询。"""
    from dataclasses import replace

    from lianyin.withheld import view_for

    limits = replace(session.limits, view=view_for(session.reader))
    return cypher_answer(session.store.cypher(asked.query, dict(asked.parameters), limits))


@operation("GET /v1/verification", verification_table, command="verify", heavy=True)
def verify(session: Session, asked: Nothing) -> VerificationAnswer:  # noqa: ARG001
    """Read the store again in another way and compare it with the read model, fact by fact, and with the read model's file. As slow as
    reading everything. 核对。"""
    from lianyin.verification import verify

    # Before the read model is asked for, which writes a damaged file anew.
    damage = session.models.kept.damage()
    return verify(session.store, session.models.projection, session.ontology, session.models.kept, damage)
