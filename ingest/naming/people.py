"""Names of people: what looks like one, and what is put before and after it."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.naming.organisations import REMEMBERED, organisation_kind
from ingest.naming.words import name_words

_HAN = re.compile(r"[\u3400-\u9fff々〆]+(?:[ ·][\u3400-\u9fff々]+)*")
_KANA_NAME = re.compile(r"[\u3400-\u9fff々ヶ]{1,4}[ ]?[\u3400-\u9fff々\u3040-\u30ff]{1,6}|[\u30a0-\u30ff・=]{2,20}")
_HAN_BEFORE_POST = r"[\u3400-\u9fff々]{2,4}|[\u3400-\u9fff々]{1,4} [\u3400-\u9fff々\u3040-\u30ff]{1,5}"
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}")
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_INITIAL = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")


@lru_cache(maxsize=REMEMBERED)
def is_person(name: str, expected: bool = False) -> bool:
    """Whether a text in normal form, without titles, reads as one person's name. ``expected``: a heading says that people stand here, so
    that a surname that no list knows, and names of Japan, will do."""
    if not name or re.search(r"[\d_@/\\|:：;；?？!！“”\"()（）<>]", name) or len(name) > 60 or name.casefold() in name_words().none:
        return False
    if organisation_kind(name):
        return False
    if _HAN.fullmatch(name):
        return _is_han_person(name, expected)
    if _HANGUL.fullmatch(name):
        return True
    if re.search(r"[\u3040-\u30ff]", name):
        return expected and _KANA_NAME.fullmatch(name) is not None
    return _is_spaced_person(name, expected)


def _is_han_person(name: str, expected: bool) -> bool:
    words = name_words()
    if "·" in name:
        return len(name) <= 20
    plain = name.replace(" ", "")
    if words.posts.fullmatch(plain):
        return False
    if plain[:2] in words.compound and 3 <= len(plain) <= 4:
        return True
    if plain[:1] in words.surnames and 2 <= len(plain) <= 3 and not words.posts.search(plain[1:]):
        return True
    return expected and 2 <= len(plain) <= 6 and (len(plain) <= 4 or " " in name)


def _is_spaced_person(name: str, expected: bool) -> bool:
    """Two to six words, each beginning with a capital, an initial, or a particle."""
    words = name_words()
    tokens = name.replace(",", " ").split()
    if not (1 if expected else 2) <= len(tokens) <= 6 or any(each.casefold() in words.common - words.particles for each in tokens):
        return False
    told = 0
    for token in tokens:
        if token.casefold().rstrip(".") in words.particles:
            continue
        if not _TOKEN.fullmatch(token) or not (token[0].isupper() or not token[0].islower()):
            return False
        told += not _INITIAL.fullmatch(token)
    return told >= 1


def without_titles(text: str) -> str:
    """The name without what is put before (``Prof. Dr.``) and after it (``PhD``, ``教授``)."""
    words = name_words()
    found = words.titles_after.sub("", text).strip(" ,")
    before = words.titles_before.match(found)
    if before and found[before.end() :].strip():
        found = found[before.end() :].strip()
    han = re.fullmatch(
        rf"([\u3400-\u9fff々]{{2,4}}|[\u3400-\u9fff々]{{1,4}} [\u3400-\u9fff々\u3040-\u30ff]{{1,5}})[ ]?(?:{words.posts.pattern})", found
    )
    return han.group(1) if han and len(han.group(1).replace(" ", "")) >= 2 else found


def in_order(name: str) -> str:
    """``Müller, Anna`` as ``Anna Müller``; ``MÜLLER Anna`` as ``Anna Müller``; anything else as it is."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first and not _HAN.search(name):
        return f"{first.strip()} {last.strip()}"
    tokens = name.split()
    capitals = [token for token in tokens if len(token) > 1 and token.isupper() and token.isalpha()]
    if len(tokens) in (2, 3) and len(capitals) == 1 and tokens[0] == capitals[0] and not _HAN.search(name):
        return " ".join([*tokens[1:], tokens[0].title()])
    return name


def person_key(name: str) -> str:
    """How names of people are compared within one list: without case, dots and spaces between Han characters."""
    plain = re.sub(r"\s+", " ", name.replace(".", " ")).strip().casefold()
    return plain.replace(" ", "") if re.search(r"[\u3040-\u9fff]", plain) else plain
