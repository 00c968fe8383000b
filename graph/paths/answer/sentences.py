"""Paths as sentences, in Chinese and English: a clause a hop, from the ontology's own, with dates in brackets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.captions import Named
from graph.ontology.clauses import clause
from graph.ontology.schema import Label, Ontology
from graph.paths.answer.values import Fact, Hop


def path_words(hops: Sequence[Hop], nodes: Sequence[Named], ontology: Ontology) -> Label:
    """``剑桥大学参加项目“X”（2015-03-01 至 2018-08-31，已结束）；…。`` Each clause reads in its relationship's own direction."""
    by_id = {each.id: each.caption for each in nodes}
    clauses = [_clause(hop, by_id, ontology) for hop in hops]
    zh, en = "；".join(each.zh for each in clauses), "; ".join(each.en for each in clauses)
    return Label(f"{zh}。", f"{en}.")


def _clause(hop: Hop, captions: Mapping[str, Label], ontology: Ontology) -> Label:
    fact = hop.fact
    source, target = captions[fact.source], captions[fact.target]
    known = ontology.relationship_types.get(fact.type)
    told = clause(fact.type, known, source, target, fact.word)
    brackets_zh, brackets_en = _dates_zh(fact), _dates_en(fact)
    if hop.parallel:
        brackets_zh.append(f"另有 {len(hop.parallel)} 项关系")
        brackets_en.append(f"and {len(hop.parallel)} more")
    return Label(
        told.zh + (f"（{'，'.join(brackets_zh)}）" if brackets_zh else ""),
        told.en + (f" ({', '.join(brackets_en)})" if brackets_en else ""),
    )


def _dates_zh(fact: Fact) -> list[str]:
    if fact.valid_from and fact.valid_to:
        words = [f"{fact.valid_from} 至 {fact.valid_to}"]
    elif fact.valid_from:
        words = [f"{fact.valid_from} 起", "结束日期不详"]
    elif fact.valid_to:
        words = [f"至 {fact.valid_to}"]
    else:
        words = ["日期不详"] if fact.unknown else []
    return [*words, "已结束"] if fact.ended else words


def _dates_en(fact: Fact) -> list[str]:
    if fact.valid_from and fact.valid_to:
        words = [f"{fact.valid_from} to {fact.valid_to}"]
    elif fact.valid_from:
        words = [f"from {fact.valid_from}", "end not known"]
    elif fact.valid_to:
        words = [f"until {fact.valid_to}"]
    else:
        words = ["dates not known"] if fact.unknown else []
    return [*words, "ended"] if fact.ended else words
