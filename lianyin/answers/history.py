"""When the properties of a node changed, from one edition of a source to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.ledger.history import Said
from graph.model import Node
from graph.privacy import property_class
from lianyin.answers.reader import Plain, Reader, plain


@dataclass(frozen=True)
class PastValue:
    """A value, since when a source said it, and the row that says so."""

    value: Plain
    since: str | None
    load: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class PropertyHistory:
    """A property that changed from one edition of its source to another, oldest value first."""

    property: str
    zh: str
    en: str
    values: list[PastValue]


def histories(
    node: Node, history: Mapping[str, Sequence[Said]], reader: Reader, shown: Callable[[str], str] = str, only: str | None = None
) -> list[PropertyHistory]:
    """The properties that changed; only ``only``, where one is named. What the reader may not see is left out."""
    return [
        PropertyHistory(name, *_words(said), [_past(each, shown) for each in said])
        for name, said in sorted(history.items())
        if only in (None, name) and property_class(reader.ontology, node, name) <= reader.clearance
    ]


def _past(said: Said, shown: Callable[[str], str]) -> PastValue:
    claim = said.claim
    return PastValue(plain(said.value), said.since or None, claim.load, shown(claim.file), shown(claim.sheet), claim.row)


def _words(said: Sequence[Said]) -> tuple[str, str]:
    """``院士，自 2024 年的那一期起；此前为教授（2020）``, and in English."""
    last, earlier = said[-1], said[-2::-1]
    zh = "、".join(f"{each.value}（{each.since}）" for each in earlier)
    en = ", ".join(f"{each.value} ({each.since})" for each in earlier)
    return (
        f"{last.value}：自 {last.since} 一期起；此前为 {zh}",
        f"{last.value} since the edition of {last.since}; before that {en}",
    )
