"""How many nodes and relationships of each type a reader may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Unfinished
from graph.messages import message

if TYPE_CHECKING:
    from graph.model import Table
    from graph.store import QueryLimits, Store
    from lianyin.answers.reader import Reader

Counts = dict[str, int]


def count_facts(store: Store, reader: Reader, limits: QueryLimits) -> tuple[Counts, Counts]:
    """Nodes and relationships by type. Nodes that are not there for the reader are not counted, nor what hangs on them. Raises
    ``Unfinished``."""
    parameters: dict[str, object] = {"hidden": list(reader.hidden_types)}
    for place, (node_type, when) in enumerate(reader.confidential.items()):
        parameters[f"type{place}"] = node_type
        parameters |= {f"value{place}_{name}": value for name, value in when.items()}

    def counted(query: str) -> Counts:
        return {str(name): int(str(number)) for name, number in whole(store.cypher(query, parameters, limits)).rows}

    nodes = counted(f"MATCH (n:Entity){_known(reader, 'n')} RETURN n.entityType AS type, count(n) AS number")
    ends = _known(reader, "a", "b")
    return nodes, counted(f"MATCH (a:Entity)-[r]->(b:Entity){ends} RETURN type(r) AS type, count(r) AS number")


def whole(table: Table) -> Table:
    """The table, if no limit cut it: numbers of a part are no numbers. Raises ``Unfinished``."""
    if table.truncated:
        raise Unfinished(
            message("Counting was ended by a limit ({limit}).", limit=table.truncated),
            hint=message("Raise LIANYIN_MAX_MILLISECONDS, or ask again when the machine has less to do."),
            where={"parameter": table.truncated},
        )
    return table


def _known(reader: Reader, *variables: str) -> str:
    """The clause that leaves out what is not there for the reader; ``""`` where everything is. Types and values are parameters, names of
    properties the ontology's own."""
    conditions = [f"NOT {each}.entityType IN $hidden" for each in variables] if reader.hidden_types else []
    for place, when in enumerate(reader.confidential.values()):
        for each in variables:
            held = " AND ".join(f"coalesce({each}.{name} = $value{place}_{name}, false)" for name in when)
            conditions.append(f"NOT ({each}.entityType = $type{place} AND {held})")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
