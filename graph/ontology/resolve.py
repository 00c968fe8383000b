"""Inheritance: each node type with everything that it has from its ancestors filled in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.errors import ValueProblem
from graph.messages import message
from graph.model import Value
from graph.ontology.definitions import HIGHEST_PRIVACY, NodeDefinition
from graph.ontology.document import Part
from graph.ontology.schema import NO_CONDITION, Confidential, NodeType, PropertyType, nearest
from graph.values import Context, property_value_type


def resolve(nodes: Mapping[str, NodeDefinition], every_node: Mapping[str, PropertyType]) -> dict[str, NodeType]:
    """All node types by name. Raises ``OntologyProblem`` for an unknown parent, a circle, or an override that changes what a value is."""
    resolved: dict[str, NodeType] = {}
    for name in sorted(nodes):
        _resolve(name, nodes, every_node, resolved, ())
    return dict(sorted(resolved.items()))


def _resolve(
    name: str,
    nodes: Mapping[str, NodeDefinition],
    every_node: Mapping[str, PropertyType],
    resolved: dict[str, NodeType],
    below: tuple[str, ...],
) -> NodeType:
    if name in resolved:
        return resolved[name]
    own = nodes[name]
    if name in below:
        circle = " → ".join((*below[below.index(name) :], name))
        raise own.part.problem(message("Types extend each other in a circle: {circle}.", circle=circle), message("Remove one 'extends'."))
    parent = None
    if own.extends:
        if own.extends not in nodes:
            raise own.part.keys()["extends"].problem(
                message("There is no node type '{extends}'.", extends=own.extends), nearest(own.extends, nodes, message("Types"))
            )
        parent = _resolve(own.extends, nodes, every_node, resolved, (*below, name))
    properties = _properties(own, parent.properties if parent else every_node)
    resolved[name] = NodeType(
        name=name,
        label=own.label,
        ancestors=(parent.name, *parent.ancestors) if parent else (),
        abstract=own.abstract,
        link=own.link or (parent is not None and parent.link),
        hub=own.hub if own.hub is not None else (parent is not None and parent.hub),
        identifiers=tuple(dict.fromkeys((*own.identifiers, *(parent.identifiers if parent else ())))),
        color=own.color or (parent.color if parent else ""),
        column=_column(own, parent),
        properties=MappingProxyType(properties),
        edges=(*(parent.edges if parent else ()), *(edge for _, edge in own.edges)),
        vocabulary=own.vocabulary or (parent.vocabulary if parent else ""),
        hub_when=_values(own.hub_when, properties) if own.hub_when else (parent.hub_when if parent else NO_CONDITION),
        also=own.also,
        privacy=own.privacy if own.privacy is not None else (parent.privacy if parent else 0),
        confidential=_confidential(own.confidential, properties) if own.confidential else (parent.confidential if parent else None),
    )
    return resolved[name]


def _properties(own: NodeDefinition, inherited: Mapping[str, PropertyType]) -> dict[str, PropertyType]:
    """A subtype may say a property anew, with another label, privacy class or value type, but not make a list of a single value."""
    for name, kind in own.properties.items():
        if name in inherited and inherited[name].many != kind.many:
            raise own.part.problem(
                message("'{name}' is inherited; a subtype cannot change 'many'.", name=name), message("Choose another name.")
            )
    return {**inherited, **own.properties}


def _column(own: NodeDefinition, parent: NodeType | None) -> int:
    if own.column is not None:
        return own.column
    if parent is None:
        raise own.part.problem(message("'column' is missing."), message("Add 0 (left, like universities) to 9 (right, like enterprises)."))
    return parent.column


def _confidential(part: Part, properties: Mapping[str, PropertyType]) -> Confidential:
    keys = part.keys(("when", "privacy"), required=("when", "privacy"))
    return Confidential(_values(keys["when"], properties), keys["privacy"].number(1, HIGHEST_PRIVACY))


def _values(part: Part, properties: Mapping[str, PropertyType]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, each in part.keys().items():
        if name not in properties:
            raise each.problem(message("There is no property '{name}'.", name=name), nearest(name, properties, message("Properties")))
        try:
            value = property_value_type(properties[name]).clean(each.text(), Context()).value
        except ValueProblem as problem:
            raise each.problem(message("{detail}.", detail=problem.detail), problem.hint) from problem
        if value is None:
            raise each.problem(message("A value is expected here."))
        found[name] = value
    return MappingProxyType(found)
