"""One relationship as a clause, in Chinese and English: in the words of its type, or in the source's own word where it keeps one."""

from __future__ import annotations

from graph.ontology.schema import Label, RelationshipType


def clause(type: str, known: RelationshipType | None, source: Label, target: Label, word: str = "") -> Label:
    """``张三任职于江北大学``. ``word`` is the text of the property by which a relationship of this type is worded (``consultant of``);
    ``""`` where it has none or the reader may not see it. A type that is not known is named."""
    if word:
        return Label(f"{source.zh}“{word}”{target.zh}", f"{source.en} “{word}” {target.en}")
    template = known.clause if known else Label(f"{{source}}（{type}）{{target}}", f"{{source}} ({type}) {{target}}")
    return Label(template.zh.format(source=source.zh, target=target.zh), template.en.format(source=source.en, target=target.en))
