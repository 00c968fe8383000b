"""When the properties of a node changed, from one edition of a source to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graph.ledger.history import Said
from graph.model import Node
from graph.privacy import property_class
from lianyin.answers.reader import Document, Reader, plain


def history_document(
    node: Node, history: Mapping[str, Sequence[Said]], reader: Reader, shown: Callable[[str], str] = str, only: str | None = None
) -> list[Document]:
    """``[{"property", "zh", "en", "values": [{"value", "since", "load", "file", "sheet", "row"}]}]``, oldest value first; of the property
    ``only``, where one is named. What the reader may not see is left out."""
    return [
        {"property": name, **_words(said), "values": [_said_document(each, shown) for each in said]}
        for name, said in sorted(history.items())
        if only in (None, name) and property_class(reader.ontology, node, name) <= reader.clearance
    ]


def _said_document(said: Said, shown: Callable[[str], str]) -> Document:
    claim = said.claim
    return {
        "value": plain(said.value),
        "since": said.since or None,
        "load": claim.load,
        "file": shown(claim.file),
        "sheet": shown(claim.sheet),
        "row": claim.row,
    }


def _words(said: Sequence[Said]) -> dict[str, str]:
    """``院士，自 2024 年的那一期起；此前为教授（2020）``."""
    last, earlier = said[-1], said[-2::-1]
    zh = "、".join(f"{each.value}（{each.since}）" for each in earlier)
    en = ", ".join(f"{each.value} ({each.since})" for each in earlier)
    return {
        "zh": f"{last.value}：自 {last.since} 一期起；此前为 {zh}",
        "en": f"{last.value} since the edition of {last.since}; before that {en}",
    }
