"""A first mapping for a table that fits none: told from its headings and first rows, to be read and corrected by a person.

Nothing is guessed silently: each line says in a comment what it was told from, and what was left out stands there too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import ValueProblem
from graph.ontology.schema import NodeType, Ontology, PropertyType, node_type_words
from graph.values import VALUE_TYPES, Context
from ingest.mapping.check import PERSON

SNIFFED = ("uscc", "school", "orcid", "ror")
"""Identifiers that are known by their form and their check digits."""

SHARE = 0.8
"""Of a column's texts, how many must be valid for the column to be taken for such identifiers."""

NAMES: Mapping[str, str] = {
    "姓名": PERSON, "负责人": PERSON, "项目负责人": PERSON, "联系人": PERSON, "领衔人": PERSON, "完成人": PERSON, "leader": PERSON,
    "单位": "Organization", "机构": "Organization", "依托单位": "Organization", "工作单位": "Organization", "所在单位": "Organization",
    "派出单位": "Organization", "institution": "Organization", "affiliation": "Organization",
    "学校": "University", "院校": "University", "高校": "University", "公司": "Enterprise", "工作室": "Studio", "课题": "Project",
    "项目": "Project", "成果": "Achievement", "需求": "Need",
}  # fmt: skip
"""What headings call things, besides the types' own words."""

_SUFFIX = re.compile(r"(的?名称|名字|名|[ _-]?name)$", re.IGNORECASE)
_PLAIN = re.compile(r"^[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff]*$")


@dataclass(frozen=True, slots=True)
class DraftNode:
    """A node that a row seems to speak of: its type, the column of its name, of its identifier, and its properties by column."""

    key: str
    type: NodeType
    name: str
    identifier: tuple[str, str] | None
    properties: tuple[tuple[str, PropertyType], ...]


def draft_mapping(name: str, header: Sequence[str], rows: Sequence[Mapping[str, str]], ontology: Ontology) -> str:
    """The text of a mapping file that loads as it stands. ``name`` is the mapping's (lower case, digits, hyphens), ``header`` the columns
    in order, ``rows`` the first rows' cells."""
    columns = [column for column in header if column]
    nodes = _nodes(columns, rows, ontology)
    used = {column for node in nodes for column in _columns_of(node)}
    lines = [
        "# A draft, told from the headings and the first rows. Read every line; try it: lianyin ingest FILE --mapping THIS --preview",
        f"mapping: {name}",
        "source:",
        f"  id: {name}",
        f"  name: {{zh: {name}, en: {name}}}   # who says so; shown with every fact",
        "columns:",
        f"  required: [{_listed(column for column in columns if any(column == node.name for node in nodes))}]",
    ]
    optional = [column for column in columns if not any(column == node.name for node in nodes)]
    if optional:
        lines.append(f"  optional: [{_listed(optional)}]")
    lines.append("nodes:")
    for node in nodes:
        lines += _node_lines(node, nodes, name)
    lines += _relationship_lines(nodes, ontology)
    left = [column for column in columns if column not in used]
    if left:
        lines.append(f"# Not used yet: {', '.join(left)}")
    return "\n".join(lines) + "\n"


def _nodes(columns: Sequence[str], rows: Sequence[Mapping[str, str]], ontology: Ontology) -> list[DraftNode]:
    named: dict[str, str] = {}
    for column in columns:
        type = _named_type(column, ontology)
        if type and type not in named:
            named[type] = column
    if not named:
        named["Organization"] = max(columns, key=lambda column: len({row.get(column, "") for row in rows}))
    identifiers = _identifiers(columns, rows)
    taken = {*named.values(), *identifiers.values()}
    nodes = []
    for type_name, column in named.items():
        node_type = ontology.node_types[type_name]
        scheme = next((each for each in node_type.identifiers if each in identifiers), "")
        properties = tuple((each, kind) for each in columns if each not in taken and (kind := _property(each, node_type)) is not None)
        taken |= {each for each, _ in properties}
        key = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type_name).lower()
        nodes.append(DraftNode(key, node_type, column, (scheme, identifiers.pop(scheme)) if scheme else None, properties))
    return nodes


def _named_type(column: str, ontology: Ontology) -> str:
    """The type whose name this column holds, or ``""``."""
    plain = _SUFFIX.sub("", column.strip()).strip() or column.strip()
    for text in (column.strip(), plain):
        if text in NAMES or text.casefold() in NAMES:
            return NAMES.get(text) or NAMES[text.casefold()]
    for each in ontology.node_types.values():
        if not each.abstract and not each.link and plain.casefold() in node_type_words(each):
            return each.name
    return ""


def _property(column: str, node_type: NodeType) -> PropertyType | None:
    text = column.strip().casefold()
    for kind in node_type.properties.values():
        if (
            kind.name != "name"
            and not kind.companion_of
            and text in (kind.name.casefold(), kind.label.zh.casefold(), kind.label.en.casefold())
        ):
            return kind
    return None


def _identifiers(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Scheme → column whose texts are valid identifiers of it."""
    found: dict[str, str] = {}
    for column in columns:
        texts = [text for row in rows if (text := row.get(column, "").strip())]
        for scheme in SNIFFED:
            if texts and scheme not in found and sum(_valid(scheme, text) for text in texts) >= SHARE * len(texts):
                found[scheme] = column
                break
    return found


def _valid(scheme: str, text: str) -> bool:
    try:
        cleaned = VALUE_TYPES[scheme].clean(text, Context())
    except ValueProblem:
        return False
    return cleaned.identifier and cleaned.value is not None


def _columns_of(node: DraftNode) -> Iterator[str]:
    yield node.name
    if node.identifier:
        yield node.identifier[1]
    yield from (column for column, _ in node.properties)


def _node_lines(node: DraftNode, nodes: Sequence[DraftNode], name: str) -> Iterator[str]:
    yield f"  {node.key}:"
    yield f"    type: {node.type.name}   # {node.type.label.zh}: told from the heading {node.name!r}"
    own = f"source: {name}-{node.key}, "
    if node.type.name == PERSON:
        home = next((each.name for each in nodes if "Organization" in (each.type.name, *each.type.ancestors)), "")
        yield f"    id: {{{own}columns: [{_listed(filter(None, (node.name, home)))}], hashed: true}}   # a name alone is never a person"
    elif node.identifier:
        scheme, column = node.identifier
        yield "    id:"
        yield f"      - {{scheme: {scheme}, column: {_quoted(column)}}}   # its check digits hold"
        yield f"      - {{{own}column: {_quoted(node.name)}}}"
    else:
        yield f"    id: {{{own}column: {_quoted(node.name)}}}"
    yield "    properties:"
    yield f"      name: {_quoted(node.name)}"
    for column, kind in node.properties:
        yield f"      {_quoted(kind.name)}: {_quoted(column)}"


def _relationship_lines(nodes: Sequence[DraftNode], ontology: Ontology) -> list[str]:
    """One relationship for each two nodes that the ontology lets be joined; what else it could be stands beside it."""
    lines = []
    for number, one in enumerate(nodes):
        for other in nodes[number + 1 :]:
            fitting = [(name, one, other) for name in _between(one.type, other.type, ontology)]
            fitting += [(name, other, one) for name in _between(other.type, one.type, ontology)]
            if fitting:
                name, start, end = fitting[0]
                others = ", ".join(dict.fromkeys(each for each, *_ in fitting[1:]))
                told = f"   # or {others}" if others else ""
                lines.append(f"  {start.key}-{end.key}: {{type: {name}, from: {start.key}, to: {end.key}}}{told}")
    return ["relationships:", *lines] if lines else []


def _between(start: NodeType, end: NodeType, ontology: Ontology) -> list[str]:
    """Relationship types that may lead from one to the other, the one that claims least first: who is employed somewhere need not direct
    it."""
    fitting = [
        each
        for each in ontology.relationship_types.values()
        if not each.derived and _among(start, each.sources) and _among(end, each.targets)
    ]
    fitting.sort(key=lambda each: (start.name in each.sources) + (end.name in each.targets))
    return [each.name for each in fitting]


def _among(node_type: NodeType, names: Iterable[str]) -> bool:
    return any(name in names for name in (node_type.name, *node_type.ancestors))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(text: str) -> str:
    return (
        text
        if _PLAIN.match(text) and text.lower() not in ("no", "yes", "on", "off", "null", "true", "false")
        else json.dumps(text, ensure_ascii=False)
    )
