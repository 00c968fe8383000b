"""Why a value won, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.ledger.deciding import Decision, Rule, decide
from graph.model import Claim, Node
from graph.privacy import property_class
from lianyin.answers.reader import Plain, Reader, plain

WORDS: Mapping[Rule, tuple[str, str]] = {
    Rule.ONLY: ("只有一处说到", "only one row says it"),
    Rule.AGREED: ("各处说法一致", "all rows agree"),
    Rule.ALL: ("可有多个值：各处所说合在一起", "it holds many values: all that was said is kept"),
    Rule.ACT: ("采用平台上的操作：高于任何表格", "what was done on the platform stands above any file"),
    Rule.PRECEDENCE: (
        "采用更权威的来源 {source}（优先级 {precedence}，高于 {other_source} 的 {other_precedence}）",
        "the more authoritative source {source} stands (precedence {precedence}, above {other_precedence} of {other_source})",
    ),
    Rule.DATE: (
        "采用日期更近的来源（{date}，晚于 {other_date}）",
        "the later source stands ({date}, after {other_date})",
    ),
    Rule.ORDER: (
        "两处来源同样权威、日期相同，无从判断：取文字排序在前的一个，请核对",
        "both sources are as authoritative and of one date, so nothing decides: the first by the order of texts is taken; look at it",
    ),
}


@dataclass(frozen=True)
class Reason:
    """Why a value stands among several."""

    rule: Literal["only", "agreed", "all", "act", "precedence", "date", "order"]
    zh: str
    en: str


@dataclass(frozen=True)
class Contradiction:
    """A row that says otherwise."""

    value: Plain
    source: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Disputed:
    """A property about which rows disagree."""

    property: str
    value: Plain
    reason: Reason
    against: list[Contradiction]


def reason_of(decision: Decision) -> Reason:
    """The rule that decided, in words."""
    against = decision.against or decision.winner
    values = {
        "source": decision.winner.source,
        "precedence": decision.winner.precedence,
        "date": decision.winner.source_date,
        "other_source": against.source,
        "other_precedence": against.precedence,
    }
    zh, en = WORDS[decision.rule]
    return Reason(
        decision.rule.value,
        zh.format(**values, other_date=against.source_date or "未注明日期的"),
        en.format(**values, other_date=against.source_date or "one without a date"),
    )


def disputed(node: Node, claims: Sequence[Claim], reader: Reader, shown: Callable[[str], str]) -> list[Disputed]:
    """The properties about which rows disagree, as far as the reader may see them."""
    told: list[Disputed] = []
    for name, value in sorted(node.properties.items()):
        if property_class(reader.ontology, node, name) > reader.clearance:
            continue
        decision = decide(claims, name, value)
        if decision is None or decision.against is None:
            continue
        against = [
            Contradiction(plain(claim.values[name]), claim.source, shown(claim.file), shown(claim.sheet), claim.row)
            for claim in claims
            if name in claim.values and claim.values[name] != value
        ]
        told.append(Disputed(name, plain(value), reason_of(decision), against))
    return told
