"""What a graph lacks for an answer, as every door says it: which types, and what to load. A zero that only means that nobody loaded
anything is never said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from graph.ontology.schema import Label, Ontology
from lianyin.answers.reader import Document, documents
from lianyin.language import Language, say

if TYPE_CHECKING:
    from cooperation.questions.lacking import Requirement
    from cooperation.world import World

Lacks = list[Document]

MAPPINGS_NAMED = 3
"""Mappings named in one line."""


def lacks_of(world: World, requirements: Iterable[Requirement]) -> Lacks:
    """``[{"types", "zh", "en", "essential", "mappings"}]``, the essential first: what the graph would have to hold, and the built-in
    mappings whose tables bring it."""
    from cooperation.questions.lacking import lacking

    return [
        _lack(each.types, each.label(world.ontology), world.ontology, essential=each.essential) for each in lacking(world, requirements)
    ]


def lacks_of_types(present: Callable[[str], bool], types: Iterable[str], ontology: Ontology) -> Lacks:
    """Likewise for a question that names node types itself. ``present`` says whether the reader's graph has any of a type."""
    found = []
    for type in dict.fromkeys(ontology.node_type(each).name for each in types if each):
        if not any(present(each) for each in ontology.descendants(type)):
            found.append(_lack((type,), ontology.node_types[type].label, ontology, essential=True))
    return found


def _lack(types: Sequence[str], label: Label, ontology: Ontology, *, essential: bool) -> Document:
    mappings = [name for name, written in written_by(ontology) if not written.isdisjoint(_with_subtypes(types, ontology))]
    return {"types": list(types), "zh": label.zh, "en": label.en, "essential": essential, "mappings": mappings}


def _with_subtypes(types: Iterable[str], ontology: Ontology) -> set[str]:
    return {each for type in types for each in (ontology.descendants(type) if type in ontology.node_types else (type,))}


Written = Sequence[tuple[str, frozenset[str]]]

_written: list[tuple[Ontology, Written]] = []
"""Of the ontology that was asked about last; one has no hash."""


def written_by(ontology: Ontology) -> Written:
    """Each built-in mapping with the node and relationship types that its tables bring, those included that its links imply."""
    known = next((written for of, written in _written if of is ontology), None)
    if known is None:
        known = _read_mappings(ontology)
        _written[:] = [(ontology, known)]
    return known


def _read_mappings(ontology: Ontology) -> Written:
    from ingest.mapping import load_mappings

    found = []
    for name, mapping in load_mappings(ontology).items():
        nodes = {type for node in mapping.nodes.values() if not node.mention for type in node.type.names}
        implied = {edge.type for type in nodes if type in ontology.node_types for edge in ontology.node_types[type].edges}
        found.append((name, frozenset(nodes | {each.type for each in mapping.relationships.values()} | implied)))
    return tuple(found)


def cannot_be_told(document: Document) -> bool:
    """Whether the graph lacks something without which there is no answer."""
    return any(each["essential"] for each in documents(document, "lacks")) if "lacks" in document else False


def lacking_lines(document: Document, language: Language) -> tuple[str, ...]:
    """A line for what there is no answer without, one for what was taken for none."""
    if not document.get("lacks"):
        return ()
    lines = []
    for essential in (True, False):
        told = [each for each in documents(document, "lacks") if each["essential"] is essential]
        if told:
            lines.append(_line(told, language, essential=essential))
    return tuple(lines)


def _line(lacks: Sequence[Document], language: Language, *, essential: bool) -> str:
    names = "、".join(str(each["zh"]) for each in lacks) if language == "zh" else ", ".join(f"'{each['en']}'" for each in lacks)
    mappings = _best([_listed(each["mappings"]) for each in lacks])
    own = say(language, "按自己的表写映射（lianyin mapping）", "tables of your own (lianyin mapping)")
    known = say(language, f"映射 {'、'.join(mappings)} 的表，或", f"the tables of {', '.join(mappings)}, or ") if mappings else ""
    if essential:
        return say(
            language,
            f"答不了：图中没有{names}，不等于没有结果。请导入：{known}{own}。",
            f"Cannot be told: the graph has no {names}. Load {known}{own}.",
        )
    return say(
        language, f"注意：图中没有{names}，以上按没有计。", f"Note: the graph has no {names}; the answer takes it that there is none."
    )


def _best(mappings: Sequence[Sequence[object]]) -> list[str]:
    """Of the mappings that bring each thing that is lacking, few that bring most of them, the most useful first."""
    counts = Counter(str(name) for names in mappings for name in names)
    return [name for name, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))][:MAPPINGS_NAMED]


def _listed(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
