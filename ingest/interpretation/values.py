"""What kinds of value a text may be: the evidence that a column itself gives, whatever its heading says."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.errors import ValueProblem
from graph.values import VALUE_TYPES, Context
from ingest.naming import read_name
from ingest.naming.organisations import organisation_kind
from ingest.text import normal

REGISTRIES = ("uscc", "orcid", "ror")
"""Identifiers that are known by their form and their check digits."""

DITTO = frozenset("同上 〃 ″ \" '' “ ” 々 同前 同左 ditto dito idem id. do. -\"- „ 上同 ibid ibid.".split())
YES = frozenset("√ ✓ ✔ ☑ x × ✕ ✗ ● ○ ◎ ■ ▲ ★ 是 有 yes y ja oui sí si true 1 o はい 有り".split())
NO = frozenset("- – — / 0 否 无 no n nein non false なし 無 ✗ ☐ □ .".split())
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")
_PHONE = re.compile(r"(?:tel\.?:?\s?)?[+(]?\d[\d\s()./-]{6,19}\d(?:\s?(?:x|ext\.?|转)\s?\d+)?", re.IGNORECASE)
_URL = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.,' ]\d{3})*(?:[.,]\d+)?|[-+]?\d+(?:[.,]\d+)?%?")
_MONEY = re.compile(
    r"(?:约|近|€|£|\$|¥|￥|[a-z]{3}\s|us\$)\s?[\d.,' ]+\s?(?:k|m|mn|million|万|亿|元)?|面议|待定"
    r"|[\d.,' ]+\s?(?:k|m|€|£|\$|¥|eur|usd|gbp|chf|cny|jpy|万元?|亿元?|元|千円|万円|円|원)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9./_-]*[A-Za-z0-9]|[A-Z]{1,3}\d+|(?=.*\d)[A-Z][A-Z0-9 ./()-]{3,}")
_YEARLIKE = re.compile(
    r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d)|(?<!\d)(?:19|20)\d{2}[01]\d(?:[0-3]\d)?(?!\d)|[年月]|令和|平成|昭和"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
)
_HAN_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:省|自治区|市|区|县|旗|镇|乡|街道|开发区|新区|都|道|府|県|町|村|郡)")
_MONTH = re.compile(
    r"\b(?:jan(?:uar[yi]?|vier)?|jän(?:ner)?|feb(?:ruar[yi]?)?|fév(?:rier)?|märz?|mars?|march|marzo|apr(?:il)?|avr(?:il)?|abr(?:il)?|may|mai|"
    r"mayo|jun[ei]?|juin|junio|jul[yi]?|juil(?:let)?|julio|aug(?:ust)?|août|agosto|sep(?:t(?:ember|embre)?)?|septiembre|o[ck]t(?:ober|obre)?|"
    r"octubre|nov(?:ember|embre|iembre)?|de[zcé]c?(?:ember|embre)?|dezember|décembre|diciembre|dicembre|enero|febrero|gennaio|febbraio|aprile|"
    r"maggio|giugno|luglio|settembre|ottobre|novembre)\b\.?\s+(?:de\s+)?\d",
    re.IGNORECASE,
)
_ONGOING = frozenset(
    "至今 现在 目前 在职 present now today ongoing current heute laufend actuellement aujourd'hui actualidad oggi 現在 継続中".split()
)


LONGEST_VALUE = 160
"""Characters; a longer text is prose, whatever it begins with."""


@lru_cache(maxsize=50_000)
def value_kinds(text: str) -> frozenset[str]:
    """Kinds that fit a filled cell's text: ``ditto tick email phone url number money date range code place person organisation text``, and
    the registries."""
    if len(text) > LONGEST_VALUE:
        return frozenset({"text"})
    plain = normal(text)
    folded = plain.casefold()
    if plain in DITTO or folded in DITTO:
        return frozenset({"ditto"})
    found = {name for name, known in (("tick", YES), ("no", NO)) if folded in known}
    found |= {
        name for name, pattern in (("email", _EMAIL), ("url", _URL), ("number", _NUMBER), ("money", _MONEY)) if pattern.fullmatch(plain)
    }
    if _PHONE.fullmatch(plain) and not re.fullmatch(r"\d+\.\d+", plain) and 7 <= len(re.sub(r"\D", "", plain)) <= 15:
        found.add("phone")
    if folded in _ONGOING or ((_YEARLIKE.search(plain) or _MONTH.search(plain)) and len(plain) <= 40):
        found |= _dates(plain)
        if found & {"date", "range"}:
            found.discard("phone")
    if _CODE.fullmatch(plain):
        found.add("code")
        found |= {scheme for scheme in REGISTRIES if _is_identifier(scheme, plain)}
    if _HAN_PLACE.fullmatch(plain):
        found.add("place")
    found |= _names(text)
    return frozenset(found) or frozenset({"text"})


def _names(text: str) -> set[str]:
    naming = read_name(text, "either")
    found = {"person"} if naming.person else set()
    if naming.organisation and organisation_kind(normal(naming.organisation)):
        found.add("organisation")
    return found


def _dates(plain: str) -> set[str]:
    if plain.casefold() in _ONGOING:
        return {"date", "ongoing"}
    for name in ("date", "date-range"):
        for order in ("", "dmy", "mdy"):
            try:
                VALUE_TYPES[name].clean(plain, Context(year=2000, options={"order": order} if order else {}))
            except ValueProblem:
                continue
            return {"range" if name == "date-range" else "date"}
    return {"date"} if _MONTH.search(plain) or re.search(r"令和|平成|昭和", plain) else set()


def _is_identifier(scheme: str, plain: str) -> bool:
    try:
        cleaned = VALUE_TYPES[scheme].clean(plain, Context())
    except ValueProblem:
        return False
    return cleaned.identifier and cleaned.value is not None
