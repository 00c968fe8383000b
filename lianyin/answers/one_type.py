"""One type of the ontology: its properties, the ties it may have, the codes that name it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.errors import NotFound
from graph.ontology.schema import Label, NodeType, Ontology, PropertyType, RelationshipType
from lianyin.answers.reader import Document, documents, inner
from lianyin.language import Language, say
from lianyin.results import Column, Result

TYPE_COLUMNS = (
    Column("kind", "类别", "kind"),
    Column("name", "名称", "name"),
    Column("label", "含义", "label"),
    Column("value", "值或另一端", "value, or other end"),
    Column("notes", "说明", "notes"),
)


def type_document(name: str, ontology: Ontology) -> Document:
    """``{"name", "label", "kind", "extends", "also", "identifiers", "properties": […], "ties": [{"type", "label", "direction", "others",
    "dated", "derived"}]}`` of a node type; of a relationship type ``sources`` and ``targets`` instead of ties. A name in either language
    will do. Raises ``NotFound`` with the nearest."""
    try:
        return _node_type(ontology.node_type(name), ontology)
    except NotFound as unknown:
        try:
            return _relationship_type(ontology.relationship_type(name))
        except NotFound as problem:
            raise (problem if "mean" in problem.hint and "mean" not in unknown.hint else unknown) from None


def _node_type(found: NodeType, ontology: Ontology) -> Document:
    return {
        "kind": "node",
        "name": found.name,
        "label": _both(found.label),
        "extends": list(found.ancestors),
        "extended_by": [name for name in ontology.descendants(found.name) if name != found.name],
        "also": list(found.also),
        "identifiers": list(found.identifiers),
        "vocabulary": found.vocabulary,
        "properties": [_property(kind) for kind in found.properties.values()],
        "ties": list(_ties(found, ontology)),
    }


def _relationship_type(found: RelationshipType) -> Document:
    return {
        "kind": "relationship",
        "name": found.name,
        "label": _both(found.label),
        "inverse": _both(found.inverse),
        "sentence": _both(found.clause),
        "sources": list(found.sources),
        "targets": list(found.targets),
        "key": [*found.key, *found.key_when_given],
        "dated": found.dated,
        "derived": found.derived,
        "vocabulary": found.vocabulary,
        "properties": [_property(kind) for kind in found.properties.values()],
    }


def _ties(found: NodeType, ontology: Ontology) -> Iterator[Document]:
    among = {found.name, *found.ancestors}
    for tie in ontology.relationship_types.values():
        ends = (("out", tie.label, tie.sources, tie.targets), ("in", tie.inverse, tie.targets, tie.sources))
        for direction, label, own, others in ends:
            if among & set(own):
                told = {"type": tie.name, "label": _both(label), "direction": direction, "others": list(others)}
                yield {**told, "dated": tie.dated, "derived": tie.derived}


def _property(kind: PropertyType) -> Document:
    choices = [{"value": each.value, "label": _both(each.label)} for each in kind.choices]
    return {
        "name": kind.name,
        "label": _both(kind.label),
        "value": kind.value,
        "many": kind.many,
        "privacy": kind.privacy,
        "choices": choices,
    }


def _both(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def type_result(document: Document, language: Language) -> Result:
    """One row a property, then one a tie."""
    rows = [*_property_rows(document, language)]
    for tie in documents(document, "ties") if "ties" in document else ():
        arrow = "→" if tie["direction"] == "out" else "←"
        marks = [word for word in ("dated", "derived") if tie[word]]
        others = "、".join(map(str, tie["others"])) if isinstance(tie["others"], list) else ""
        rows.append((say(language, "关系", "tie"), tie["type"], inner(tie, "label")[language], f"{arrow} {others}", ", ".join(marks)))
    return Result(document, TYPE_COLUMNS, rows)


def _property_rows(document: Document, language: Language) -> Iterator[tuple[object, ...]]:
    for kind in documents(document, "properties"):
        choices = "、".join(str(choice["value"]) for choice in documents(kind, "choices"))
        marks = [f"class {kind['privacy']}"] if kind["privacy"] else []
        value = f"{kind['value']}{'[]' if kind['many'] else ''}"
        yield (
            say(language, "属性", "property"),
            kind["name"],
            inner(kind, "label")[language],
            value,
            ", ".join([*marks, choices]).strip(", "),
        )


def type_lines(document: Document, language: Language) -> tuple[str, ...]:
    """What the type is, above its table."""
    label = inner(document, "label")[language]
    if document["kind"] == "relationship":
        ends = f"{'、'.join(map(str, _listed(document, 'sources')))} → {'、'.join(map(str, _listed(document, 'targets')))}"
        return (f"{document['name']} {label}: {ends}", str(inner(document, "sentence")[language]))
    schemes = "、".join(_listed(document, "identifiers")) or say(language, "无", "none")
    also = "、".join(_listed(document, "also"))
    known = say(language, f"，又称 {also}", f", also called {also}") if also else ""
    first = f"{document['name']} {label}{known}"
    return (first, say(language, f"编号：{schemes}", f"identifiers: {schemes}"))


def _listed(document: Document, key: str) -> list[str]:
    found = document[key]
    return [str(each) for each in found] if isinstance(found, list) else []
