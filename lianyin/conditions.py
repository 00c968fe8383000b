"""What an asker calls the fields that errors of the graph name: the parameters of every door are called alike."""

from __future__ import annotations

from collections.abc import Mapping

PARAMETERS: Mapping[str, str] = {
    "include_types": "include",
    "only_types": "only",
    "never_types": "never",
    "through_types": "via",
    "relationship_types": "relationship",
    "from_nodes": "from",
    "to_nodes": "to",
    "start": "from",
    "end": "to",
    "window": "from_date",
    "list_types": "type",
    "list_relationships": "list_relationship",
    "nodes": "node",
    "counted_type": "counted",
    "rows": "row",
    "columns": "column",
    "row_relationship_types": "row_relationship",
    "column_relationship_types": "column_relationship",
    "leave_relationships": "leave_relationship",
    "add_nodes": "add_node",
}
"""Fields whose parameter has another name."""


def parameter_named(where: Mapping[str, str | int]) -> dict[str, str | int]:
    """The place of an error with the parameter under the name that the asker knows."""
    found = dict(where)
    if "parameter" in found:
        found["parameter"] = PARAMETERS.get(str(found["parameter"]), found["parameter"])
    return found
