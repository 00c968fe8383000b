"""Names of people: what looks like one, and what is put before and after it."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.naming.organisations import REMEMBERED, organisation_kind
from ingest.naming.words import name_words

_HAN = re.compile(r"[\u3400-\u9fff々〆]+(?:[ ·][\u3400-\u9fff々]+)*")
_KANA_NAME = re.compile(r"[\u3400-\u9fff々ヶ]{1,4}[ ]?[\u3400-\u9fff々\u3040-\u30ff]{1,6}|[\u30a0-\u30ff・=]{2,20}")
_NO_GIVEN = re.compile(r"[市区県府都町村郡道州場館駅港湾社業研製工商店院所部課学校林域]$|^[山川島]$")
"""What ends names of places and firms rather than given names of Japan."""
_STATE = re.compile(r"(?:待|未|暂|暫|拟|尚)[\u4e00-\u9fff]{1,3}$|^人数$")
"""How far something has come, where a name might stand: 待揭榜."""
_PLACE_END = re.compile(r"[市区県县省]$")
_SPACED_KANA = re.compile(r"[\u3400-\u9fff々ヶ]{1,3} [\u3040-\u30ff]{1,5}")
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
        known = any(name[:length] in name_words().japan for length in (3, 2))
        return (expected or known or bool(_SPACED_KANA.fullmatch(name))) and _KANA_NAME.fullmatch(name) is not None
    return _is_spaced_person(name, expected)


def _is_han_person(name: str, expected: bool) -> bool:
    words = name_words()
    if "·" in name:
        return len(name) <= 20
    plain = name.replace(" ", "")
    if words.posts.fullmatch(plain) or _STATE.match(plain):
        return False
    if plain[:2] in words.compound and 3 <= len(plain) <= 4:
        return True
    if plain[:1] in words.surnames and 2 <= len(plain) <= 3 and not words.posts.search(plain[1:]) and not _PLACE_END.search(plain):
        return True
    if _is_of_japan(name, plain):
        return True
    return expected and 2 <= len(plain) <= 6 and (len(plain) <= 4 or " " in name)


def _is_of_japan(name: str, plain: str) -> bool:
    """A surname of Japan and one to three characters more; one of a single character where a space follows it."""
    words = name_words()
    surname = name.partition(" ")[0] if " " in name else next((plain[:length] for length in (3, 2) if plain[:length] in words.japan), "")
    given = plain[len(surname) :]
    known = surname in words.japan or (surname in words.surnames and len(surname) == 1)
    return known and 1 <= len(given) <= 3 and not words.posts.search(given) and not _NO_GIVEN.search(given)


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


def is_plainly_person(name: str) -> bool:
    """Whether a text, with its titles, is a person's name by more than its shape: by a title, a given name that is known, or a surname of
    China or Japan. A firm may be called by two words with a capital each (``Quay Motors``)."""
    plain = without_titles(name)
    ordered = in_order(plain)
    if not is_person(ordered):
        return False
    if plain != name or re.search(r"[\u3040-\u9fff\uac00-\ud7a3]", ordered):
        return True
    first = ordered.split()[0]
    return first.casefold() in name_words().given or _INITIAL.fullmatch(first) is not None


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
