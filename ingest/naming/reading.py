"""One cell that names somebody, taken apart: ``张三（江北大学）``, ``Trinity College Dublin – Prof. X``, ``示例公司董事长``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.values.normal import close_han_gaps, narrow
from ingest.naming.organisations import REMEMBERED, UNSAID, organisation_kind
from ingest.naming.people import in_order, is_person, without_titles
from ingest.naming.words import name_words

Expected = Literal["person", "organisation", "either"]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a cell says. ``person`` and ``organisation`` are names, ``kind`` is that of the organisation
    (``ingest.naming.organisations.organisation_kind``), ``post`` what the person is there; each is ``""`` where the cell does not say
    it."""

    person: str = ""
    organisation: str = ""
    kind: str = ""
    post: str = ""


NOBODY = Naming()

_CONTACT = re.compile(r"\S+@\S+\.\w+|(?:(?:tel|fon|phone|电话|手机|mobil|mob)\.?\s?[:：]?\s*)?[+(]?\d[\d\s()/-]{5,}\d", re.IGNORECASE)
_BRACKET = re.compile(r"^(?P<main>[^()\[\]]+?)\s*[(\[](?P<inner>[^()\[\]]+)[)\]]\s*(?P<rest>.*)$")
_PARTED = re.compile(r"\s+[-–—−|@]\s+|\s*[–—|@/／:：,，;·]\s*|\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+|\s+at\s+|\s+of\s+(?=the )")
_NO_NAME = re.compile(r"[-–—/\\.*#+_?？×xX√✓0-9\s]*")
NOTE = (
    r"^\s*(?:[*※†‡•]|注\s*\d*[:：.]|备注|说明|附注|填报|填表|制表|审核|截至|数据来源|资料来源|単位[:：]|注記|作成"
    r"|notes?\b|sources?\s?:|compiled|prepared|last updated|updated|figures|quelle|stand\s?:|hinweis|anmerkung|remarque|nota\b|fuente|fonte"
    r"|(?:grand |sub)?totals?\s*[:：]?\s*$|summe\s*[:：]?\s*$|合计|总计|小计|合計|共?\s*\d+\s*[人件名家项个社校条位所]"
    r"|[^:：]{1,8}[:：]\s*[\d./-]+$)"
)
"""What no name begins with: a remark below a table, a sum, a count."""
_NOTE = re.compile(NOTE, re.IGNORECASE)
_AND_OTHERS = re.compile(
    r"\s*(?:等\s*(?:共?[\d一二两三四五六七八九十]+余?\s*[人名位]|人)?|(?:他|ほか)\s*\d+\s*[名人]"
    r"|[,，]?\s*\b(?:et al|u\. ?a|et coll|y otros|e altri)\.?)$",
    re.IGNORECASE,
)
"""That there were others besides who are not named: ``张三等3人``."""
_POSTS_BETWEEN = 12
LONGEST_NAME = 200
"""Characters of a cell that names somebody; a longer one is prose."""


@lru_cache(maxsize=REMEMBERED)
def read_name(text: str, expected: Expected = "either") -> Naming:
    """What a cell's text says; ``NOBODY`` for a text that names neither a person nor an organisation. ``expected`` is what a heading
    promises: people, organisations, or either."""
    if len(text) > LONGEST_NAME:
        return NOBODY
    plain = _CONTACT.sub("", narrow(text)).strip(" ,，;；、\u3000")
    plain = _AND_OTHERS.sub("", plain) if expected == "person" else plain
    if _NO_NAME.fullmatch(plain) or _NOTE.match(plain) or plain.casefold().strip(".() ") in name_words().none:
        return NOBODY
    found = _organisation(plain) if expected == "organisation" else _anybody(plain, expected == "person")
    return Naming(close_han_gaps(found.person), close_han_gaps(found.organisation), found.kind, found.post)


def _anybody(plain: str, person_expected: bool) -> Naming:
    """A text under a heading that promises people, or nothing in particular."""
    whole = in_order(without_titles(plain))
    if is_person(whole, person_expected):
        return Naming(person=whole)
    both = _both(plain, person_expected)
    if both is not None:
        return both
    kind = organisation_kind(plain)
    if kind:
        return Naming(organisation=plain, kind=kind)
    return NOBODY if person_expected else Naming(organisation=plain, kind=UNSAID)


def _organisation(plain: str) -> Naming:
    """A text under a heading that promises organisations: itself one, unless it says both."""
    both = _both(plain, False)
    if both is not None and both.organisation:
        return both
    kind = organisation_kind(plain)
    if kind:
        return Naming(organisation=plain, kind=kind)
    if is_person(in_order(without_titles(plain))) and name_words().titles_before.match(plain):
        return Naming(person=in_order(without_titles(plain)))
    return Naming(organisation=plain, kind=UNSAID)


def _both(plain: str, person_expected: bool) -> Naming | None:
    """A person and an organisation, or an organisation and a post, in one text; ``None`` where it is not so."""
    bracket = _BRACKET.match(plain)
    if bracket:
        found = _of_parts(bracket["main"].strip(), f"{bracket['inner']} {bracket['rest']}".strip(), person_expected)
        if found is not None:
            return found
        name = in_order(without_titles(bracket["main"].strip()))
        if is_person(name, person_expected):
            return Naming(person=name, post=bracket["inner"].strip())
    for match in _PARTED.finditer(plain):
        found = _of_parts(plain[: match.start()].strip(), plain[match.end() :].strip(), person_expected)
        if found is not None:
            return found
    return _run_together(plain)


def _of_parts(one: str, other: str, person_expected: bool) -> Naming | None:
    for first, second in ((one, other), (other, one)):
        person, kind = in_order(without_titles(first)), organisation_kind(second)
        if kind and is_person(person, person_expected):
            return Naming(person, second, kind, _title_of(first, person))
    kind = organisation_kind(one)
    if kind and not organisation_kind(other) and _is_post(other):
        return Naming(organisation=one, kind=kind, post=other)
    return None


def _is_post(text: str) -> bool:
    return len(text) <= _POSTS_BETWEEN and name_words().posts.search(text) is not None


def _title_of(text: str, person: str) -> str:
    return text.replace(person, "").strip(" ,.()") if person in text else ""


def _run_together(plain: str) -> Naming | None:
    """``虚构投资有限公司董事长``, ``示例大学张三教授``: what follows the last ending of an organisation's name is a post, or a person."""
    if not re.search(r"[\u3400-\u9fff]", plain):
        return None
    for match in reversed(list(name_words().ends.finditer(plain))):
        organisation, rest = plain[: match.end()], plain[match.end() :]
        kind = organisation_kind(organisation)
        if not rest or not kind or organisation_kind(plain) == "department":
            continue
        person = without_titles(rest)
        if person != rest and is_person(person):
            return Naming(person, organisation, kind, rest.removeprefix(person))
        if _is_post(rest) and not organisation_kind(rest):
            return Naming(organisation=organisation, kind=kind, post=rest)
    return None
