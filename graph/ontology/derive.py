"""What is derived from the ontology and kept in the repository: ``docs/ontology.md``.

``python -m graph.ontology.derive --write`` writes it, ``--check`` fails if it is stale. Constraints and indexes are derived by the stores
when they open, checks and colours by whoever reads the ontology.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from graph.ontology.load import default_ontology
from graph.ontology.schema import DerivedEdge, NodeType, Ontology, PropertyType, RelationshipType
from graph.values import VALUE_TYPES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ontology.md"

_HEAD = """\
# The ontology 类型总表

Derived from `graph/ontology/types/*.yaml` by `python -m graph.ontology.derive --write`; do not edit.
How to add a type: [add-a-node-type.md](add-a-node-type.md).

Privacy classes: 0 public 公开, 1 internal 内部, 2 personal 个人信息, 3 high risk 高风险; `2 (0)`: 0 if from a published list.
A *hub* 枢纽 and a *link* 关联 are left out of paths unless asked for; of a type with a *class*, \
readers below it see no node at all. `[]` marks a list. A *key* tells parallel relationships apart.
A seconded-expert team is a 科技镇长团, a model-worker studio a 劳模创新工作室.
"""


def render_markdown(ontology: Ontology) -> str:
    """The page: node types with their own properties, relationship types with their ends, value types."""
    lines = [_HEAD, "## Every node 每个节点", "", *_property_table(_common(ontology).values())]
    lines += ["## Node types 节点类型", "", *_table(("Type", "中文", "English", "Extends", "Marks", "Identifiers", "Colour", "Vocabulary"))]
    lines += [_row(_node_cells(node_type)) for node_type in ontology.node_types.values()]
    for node_type in ontology.node_types.values():
        lines += _node_section(node_type, ontology)
    lines += ["", "## Relationship types 关系类型", ""]
    lines += _table(("Type", "中文", "English", "From", "To", "Key", "Marks", "Sentence 句子"))
    lines += [_row(_relationship_cells(each, ontology)) for each in ontology.relationship_types.values()]
    lines += ["", "### Properties of relationships 关系的属性", "", *_table(("Type", "Property", "中文", "English", "Value type", "Class"))]
    for each in ontology.relationship_types.values():
        lines += [_row((f"`{each.name}`", *_property_cells(kind))) for kind in each.properties.values()]
    lines += ["", "## Value types 值类型", "", "What each accepts is shown, example by example, in [identifiers.md](identifiers.md).", ""]
    lines += _table(("Value type", "Gives besides"))
    for name in sorted(VALUE_TYPES):
        further = ", ".join(f"…{suffix} (`{value}`)" for suffix, value in VALUE_TYPES[name].companions.items())
        lines.append(_row((f"`{name}`", further)))
    return "\n".join(lines) + "\n"


def _common(ontology: Ontology) -> Mapping[str, PropertyType]:
    """The properties that every node type has, unchanged."""
    types = list(ontology.node_types.values())
    shared = set.intersection(*(set(each.properties) for each in types))
    plain = next(each for each in types if not each.ancestors)
    return {name: kind for name, kind in plain.properties.items() if name in shared}


def _node_section(node_type: NodeType, ontology: Ontology) -> Iterator[str]:
    """The properties that this type has and its parent has not, or has otherwise."""
    inherited = ontology.node_types[node_type.ancestors[0]].properties if node_type.ancestors else _common(ontology)
    own = [kind for name, kind in node_type.properties.items() if inherited.get(name) != kind]
    if not own and not node_type.edges:
        return
    yield ""
    yield f"### {node_type.name} {node_type.label.zh}"
    yield ""
    if node_type.also:
        yield f"Also called: {', '.join(node_type.also)}."
        yield ""
    for edge in node_type.edges:
        yield _edge_sentence(edge)
        yield ""
    if own:
        yield from _property_table(own)


def _edge_sentence(edge: DerivedEdge) -> str:
    ends = f"each pair of ends of `{edge.start[0]}` with different `{edge.opposing}`" if edge.opposing else ""
    ends = ends or f"the ends of `{edge.start[0]}` ({edge.start[1]}) and `{edge.end[0]}` ({edge.end[1]})"
    dates = f"{_codes(edge.valid_from, ' or ') or 'no date'} to {_codes(edge.valid_to, ' or ') or 'no date'}"
    return f"Stands for a direct `{edge.type}` between {ends}, valid from {dates}."


def _node_cells(node_type: NodeType) -> tuple[str, ...]:
    marks = [word for word, holds in (("abstract", node_type.abstract), ("link", node_type.link), ("hub", node_type.hub)) if holds]
    marks += [f"hub when {name} = {value}" for name, value in node_type.hub_when.items()]
    marks += [f"class {node_type.privacy}"] if node_type.privacy else []
    if node_type.confidential is not None:
        marks += [f"class {node_type.confidential.privacy} when {name} = {value}" for name, value in node_type.confidential.when.items()]
    return (
        f"`{node_type.name}`", node_type.label.zh, node_type.label.en, _codes(node_type.ancestors[:1]), ", ".join(marks),
        _codes(node_type.identifiers), f"`{node_type.color}`" if node_type.color else "", node_type.vocabulary,
    )  # fmt: skip


def _relationship_cells(each: RelationshipType, ontology: Ontology) -> tuple[str, ...]:
    roots = {name for name, node_type in ontology.node_types.items() if not node_type.ancestors}
    targets = "any" if set(each.targets) == roots else _codes(each.targets)
    key = ", ".join((*(f"`{name}`" for name in each.key), *(f"`{name}` if given" for name in each.key_when_given)))
    marks = [word for word, holds in (("dated", each.dated), ("derived", each.derived)) if holds]
    sentence = f"{each.clause.zh}<br>{each.clause.en}"
    return f"`{each.name}`", each.label.zh, each.label.en, _codes(each.sources), targets, key, ", ".join(marks), sentence


def _property_table(kinds: Iterable[PropertyType]) -> Iterator[str]:
    yield from _table(("Property", "中文", "English", "Value type", "Class"))
    for kind in kinds:
        yield _row(_property_cells(kind))
    yield ""


def _property_cells(kind: PropertyType) -> tuple[str, ...]:
    value = f"`{kind.value}`{'[]' if kind.many else ''}"
    if kind.choices:
        value += ": " + "、".join(f"{choice.value} ({choice.label.en})" for choice in kind.choices)
    if kind.companion_of:
        value += f", from `{kind.companion_of}`"
    privacy = str(kind.privacy) if kind.privacy == kind.privacy_published else f"{kind.privacy} ({kind.privacy_published})"
    return f"`{kind.name}`", kind.label.zh, kind.label.en, value, privacy


def _codes(names: Sequence[str], joint: str = ", ") -> str:
    return joint.join(f"`{name}`" for name in names)


def _table(headers: Sequence[str]) -> tuple[str, str]:
    return _row(headers), "|" + "---|" * len(headers)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main(arguments: Sequence[str]) -> int:
    """``--write`` the page, or ``--check`` that it is current: 0 if so, 1 if it is stale, 2 for other arguments."""
    if list(arguments) not in (["--write"], ["--check"]):
        sys.stderr.write("usage: python -m graph.ontology.derive --check | --write\n")
        return 2
    wanted = render_markdown(default_ontology())
    if arguments[0] == "--write":
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
        sys.stderr.write("docs/ontology.md is stale: run python -m graph.ontology.derive --write\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
