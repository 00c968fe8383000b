"""Why a value won, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graph.ledger.deciding import Decision, Rule, decide
from graph.model import Claim, Node
from graph.privacy import property_class
from lianyin.answers.reader import Document, Reader, plain

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


def reason_document(found: Decision) -> Document:
    """``{"rule", "zh", "en"}``."""
    against = found.against or found.winner
    values = {
        "source": found.winner.source,
        "precedence": found.winner.precedence,
        "date": found.winner.source_date,
        "other_source": against.source,
        "other_precedence": against.precedence,
    }
    zh, en = WORDS[found.rule]
    return {
        "rule": found.rule.value,
        "zh": zh.format(**values, other_date=against.source_date or "未注明日期的"),
        "en": en.format(**values, other_date=against.source_date or "one without a date"),
    }


def disputed(node: Node, claims: Sequence[Claim], reader: Reader, shown: Callable[[str], str]) -> list[Document]:
    """The properties about which rows disagree, as far as the reader may see them: ``{"property", "value", "reason", "against":
    [{"value", "source", "file", "sheet", "row"}]}``."""
    told: list[Document] = []
    for name, value in sorted(node.properties.items()):
        if property_class(reader.ontology, node, name) > reader.clearance:
            continue
        found = decide(claims, name, value)
        if found is None or found.against is None:
            continue
        against = [
            {
                "value": plain(claim.values[name]),
                "source": claim.source,
                "file": shown(claim.file),
                "sheet": shown(claim.sheet),
                "row": claim.row,
            }
            for claim in claims
            if name in claim.values and claim.values[name] != value
        ]
        told.append({"property": name, "value": plain(value), "reason": reason_document(found), "against": against})
    return told
