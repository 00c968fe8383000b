"""What stands in a cell where there is nothing to say: placeholders, words for "it goes on", numbers that lost their digits.

The words are data (``words.yaml``) and are compared as whole cells, so that names which hold one of them are names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from graph.values.normal import DASH_TABLE, narrow, unwrapped

LONGEST = 40
"""Characters of the longest cell that is compared with the words."""

DOUBLE_PRECISION = 15
"""Decimal digits that a spreadsheet's number keeps."""

_MARKS = re.compile(r"[-/\\*?!…~.,、。_|#()\[\]{}<>=+'\"`´·•:;^〃″〻 ]+")
_CROSSES = re.compile(r"[x×]{2,}", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[<{【《〈「](.*)[)\]>}】》〉」]")
_ZEROS = re.compile(r"0[0 ./-]*")
_ONE_DIGIT = re.compile(r"(\d)\1{5,}")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d*)?E\+\d+|[+-]?\d+[.,]\d*E-?\d+", re.IGNORECASE)
_ROUNDED = re.compile(rf"\d{{{DOUBLE_PRECISION}}}0{{3,}}(?:\.0*)?")

SURNAMES = frozenset({"Na", "Null", "Nan", "Nil", "Ka"})
"""Words that are also names of people; as a person's they are taken for one when they are written like one."""


class Words(NamedTuple):
    """``words.yaml``, ready to be compared."""

    empty: frozenset[str]
    no_value: frozenset[str]
    no_end: frozenset[str]
    no_end_days: re.Pattern[str]
    no_employer: frozenset[str]
    no_organisation: re.Pattern[str]
    beginnings: frozenset[str]
    """Letters that a word of ``no_value`` may begin with: most cells begin otherwise, and are told by that."""
    employer_beginnings: frozenset[str]
    """The same of ``no_employer``."""


@cache
def words() -> Words:
    """The table, read once."""
    with (Path(__file__).parent / "words.yaml").open(encoding="utf-8") as stream:
        found: dict[str, Any] = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    empty, unknown, no_end = (_folded(found[name]) for name in ("empty", "unknown", "no_end"))
    employer = frozenset(map(_word, found["no_employer"]))
    days = re.compile("|".join(found["no_end_days"]))
    organisation = _patterns(found["no_organisation"])
    begin = _beginnings(empty | unknown | {"x", "×"})
    return Words(empty, empty | unknown, no_end, days, employer, organisation, begin, _beginnings(employer))


def _beginnings(folded: frozenset[str]) -> frozenset[str]:
    return frozenset(letter for word in folded for letter in (word[0], word[0].upper()))


def _folded(by_language: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(_word(each) for texts in by_language.values() for each in texts)


def _patterns(spec: Mapping[str, Any]) -> re.Pattern[str]:
    text = "|".join(spec["patterns"])
    for name in ("NUMBER", "LETTER", "ROLE", "KIND"):
        text = text.replace(name, spec[name])
    return re.compile(text)


def _word(text: str) -> str:
    """A cell as it is compared: plain width, one kind of dash and apostrophe, without case."""
    return narrow(text).translate(DASH_TABLE).replace("’", "'").replace(" / ", "/").casefold()


def _among(text: str, known: frozenset[str]) -> bool:
    """Whether a cell is one of the words, as it stands, or without brackets around it or a stop behind it."""
    if len(text) > LONGEST:
        return False
    word = _word(unwrapped(text))
    if word in known:
        return True
    match = _BRACKETS.fullmatch(word)
    inner = (match[1] if match else word).strip(" .。!:-")
    return inner in known


def says_nothing(text: str) -> bool:
    """Whether a cell holds a mark for "nothing" (``-``, ``/``, ``N/A``, ``无``); not whether it says that something is unknown."""
    known = words()
    return _may_be_among(text, known.beginnings) and (_is_mark(text) or _among(text, known.empty))


def _may_be_among(text: str, beginnings: frozenset[str]) -> bool:
    """Cheap, and true of every cell that is one of the words that begin so: what begins with another letter, or is long, is none."""
    first = text[:1]
    return len(text) <= LONGEST and (first in beginnings or not first.isalnum() or first >= "\uff00")


def _is_mark(text: str) -> bool:
    return _MARKS.fullmatch(narrow(text).translate(DASH_TABLE)) is not None


def no_value(text: str) -> bool:
    """Whether a cell states an absence: ``says_nothing``, or that the value is not known or not told (``不详``, ``TBD``)."""
    known = words()
    if not _may_be_among(text, known.beginnings):
        return False
    return _is_mark(text) or _CROSSES.fullmatch(narrow(text)) is not None or _among(text, known.no_value)


def no_person(text: str) -> bool:
    """Whether a cell that should hold a person's name, or a part of one, states an absence. ``Null`` is a surname, ``NULL`` is none."""
    return text.strip() not in SURNAMES and no_value(text)


def no_end(text: str) -> bool:
    """Whether a cell that should hold an end says that there is none yet (``至今``, ``present``)."""
    return _among(text, words().no_end)


def no_end_day(plain: str) -> bool:
    """Whether a date in plain digits stands for "no end" (``9999-12-31``)."""
    return words().no_end_days.fullmatch(plain) is not None


@lru_cache(maxsize=4096)
def no_organisation(text: str) -> bool:
    """Whether a cell that should name an organisation names none: it states an absence, an occupation (``自由职业``), or somebody who is
    not told (``供应商三``, ``A公司``). Each key of a row asks it of the same name."""
    if not text or len(text) > LONGEST:
        return False
    if no_value(text):
        return True
    known = words()
    named = _may_be_among(text, known.employer_beginnings) and _among(text, known.no_employer)
    return named or known.no_organisation.fullmatch(narrow(text)) is not None


def no_number(text: str) -> bool:
    """Whether a code stands where there is none: zeros only, or one digit six times or more."""
    if not text[:1].isdigit() or (text.isascii() and text.isalnum() and text.count(text[0]) < len(text)):
        return False
    plain = narrow(text)
    return _ZEROS.fullmatch(plain) is not None or _ONE_DIGIT.fullmatch(plain.replace(" ", "").replace("-", "")) is not None


def lost_digits(text: str) -> bool:
    """Whether a code went through a number that cannot hold it: scientific notation, or zeros from the sixteenth digit on."""
    if not text[:1].isdigit() and text[:1] not in "+-":
        return False
    if len(text) <= DOUBLE_PRECISION and text.isascii() and text.isdigit():
        return False
    plain = narrow(text)
    return _SCIENTIFIC.fullmatch(plain) is not None or _ROUNDED.fullmatch(plain) is not None
