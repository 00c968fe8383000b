"""What kind of organisation a name tells."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.values.normal import name_form, narrow
from ingest.naming.words import name_words

REMEMBERED = 20_000

UNSAID = "organisation"
"""The kind of an organisation whose name tells no other."""

_BRACKETS = re.compile(r"\((?!有限合伙|普通合伙|株|有|주)[^()]*\)$")
_BARE = re.compile(r"学校|学院|大学|研究[所院]|医院|中心|集团|公司")
_LETTERS = re.compile(r"[^\W\d_]")
_HAN_COLLEGE = re.compile(r"[\u4e00-\u9fff]学院$")
_HAN_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]系$|大学.+(?:学院|系|部|中心|实验室|研究所)$")
_OF_UNIVERSITY = re.compile(r"大学(?:医学院|医学部)?(?:第[一二三四五六七八九十]|附属|医院)")


@lru_cache(maxsize=REMEMBERED)
def organisation_kind(name: str) -> str:
    """``university``, ``company``, ``institute``, ``agency``, ``hospital``, ``union``, ``department``, ``organisation``, or ``""`` where
    nothing in the name (a text in normal form) tells an organisation."""
    plain = _BRACKETS.sub("", name).strip() or name
    words = name_words()
    if not _LETTERS.search(plain) or len(plain) < 2:
        return ""
    if _HAN_DEPARTMENT.search(plain) and not _OF_UNIVERSITY.search(plain):
        return "department"
    if _HAN_COLLEGE.search(plain):
        return "department" if words.department.match(plain) else "university"
    return next((kind for kind, pattern in words.kinds if _found(pattern, plain)), "")


def _found(pattern: re.Pattern[str], plain: str) -> bool:
    """A Han ending needs something before it: 公司 alone names nobody."""
    match = pattern.search(plain)
    return match is not None and (match.start() > 0 or match.end() < len(plain))


def organisation_key(name: str) -> str:
    """How names of organisations are compared within one list: without case, dots and commas (``Acme Ltd.`` is ``ACME Ltd``)."""
    return re.sub(r"\s+", " ", re.sub(r"[.,，。]+(?=\s|$)", "", name)).strip().casefold() or name.casefold()


def is_wrapped(text: str) -> bool:
    """Whether a text of several lines is one organisation's name that was broken to fit its cell: what stands on the first line alone
    names none (``信息工程`` ⏎ ``学院``)."""
    first, *_, last = map(narrow, text.strip().splitlines())
    bare = _BARE.fullmatch(last) is not None
    return bare or (not organisation_kind(first) and bool(organisation_kind(name_form(text))))
