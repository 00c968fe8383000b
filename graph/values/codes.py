"""Identifiers of organisations and people: cleaned to one form, verified by their check digits.

A code whose check fails is kept as text, flagged and never used as an identifier, because real ones exist (a firm registered as
``91350211M0000XUF46``). A text that has not even the shape of the code is refused.
"""

from __future__ import annotations

import re
from functools import cache

from stdnum import isni, numdb
from stdnum.cn import uscc
from stdnum.iso7064 import mod_97_10

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.absence import lost_digits, no_value
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.normal import DASH_TABLE, compact, narrow, whole_number_text

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: no I, O, Z, S, V, which could be misread."""

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
SCHOOL_KINDS = frozenset({"36", "41", "42", "91"})
"""41 普通高校, 42 成人高校, 91 培养研究生的科研机构; 36 stands in the Ministry's own list for some schools raised to 专科 lately."""

FAILED = "check-digit"

_SHAPES = {
    15: message("15 digits are a registration number from before 2015: look up the 18-character code that replaced it."),
    9: message("9 characters are an organisation code: they are characters 9 to 17 of the 18-character code."),
    17: message("A character is missing: the code has 18."),
}


def code_text(text: str) -> str:
    """A code as it is compared: plain width, capitals, one kind of dash, no spaces, no fraction that a spreadsheet added."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return whole_number_text(compact(text).translate(DASH_TABLE))


def organisation_check_character(body: str) -> str:
    """The check character of an organisation code (GB 11714) whose first 8 characters are given."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_uscc(code: str) -> bool:
    """Whether both check characters hold: the outer one over all 17, the inner one of the organisation code within.

    ``stdnum.cn.uscc.validate`` is not used: it refuses the letters that registration bodies other than the market regulator begin with
    (``N2`` are rural collectives), and knows nothing of the inner one."""
    return (
        len(code) == 18
        and all(character in USCC_ALPHABET for character in code)
        and code[17] == uscc.calc_check_digit(code[:17])
        and code[16] == organisation_check_character(code[8:16])
    )


def _uscc(text: str, _: Context) -> Cleaned:
    code = code_text(text).replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{18}", code):
        hint = _SHAPES.get(len(code), message("It has 18 digits and capital letters."))
        raise ValueProblem(message("'{text}' is not a unified social credit identifier", text=text), value=text, hint=hint)
    if is_uscc(code):
        return Cleaned(code)
    flags = (FAILED, "letter-for-digit") if set("OI") & set(code) else (FAILED,)
    return Cleaned(code, flags=flags, identifier=False, suggested=suggested_uscc(code) or "")


def suggested_uscc(code: str) -> str | None:
    """The valid code that a misread letter was probably meant to give (O for 0, I for 1, Z for 2, S for 5), or ``None``."""
    guess = code.translate(str.maketrans("OIZS", "0125"))
    return guess if guess != code and is_uscc(guess) else None


@cache
def provinces() -> frozenset[str]:
    """The first two digits of the codes of GB/T 2260, as python-stdnum knows them."""
    divisions = numdb.get("cn/loc")
    found = (f"{number:02d}" for number in range(11, 83))
    return frozenset(number for number in found if divisions.info(number)[0][1])


def _school(text: str, _: Context) -> Cleaned:
    code = code_text(text)
    if not re.fullmatch(r"\d{10}", code):
        hint = (
            message("Five digits are the older school number; the school code has ten.") if len(code) == 5 else message("It has 10 digits.")
        )
        raise ValueProblem(message("'{text}' is not a school code", text=text), value=text, hint=hint)
    if code[2:4] not in provinces():
        return Cleaned(code, flags=("unknown-province",), identifier=False)
    return Cleaned(code, flags=() if code[:2] in SCHOOL_KINDS and code[4] == "0" else ("unknown-kind",))


def _orcid(text: str, _: Context) -> Cleaned:
    code = re.sub(r"^(HTTPS?://)?(WWW\.)?ORCID\.ORG/|^ORCID:?", "", code_text(text)).replace("-", "")
    if not re.fullmatch(r"\d{15}[\dX]", code):
        raise ValueProblem(
            message("'{text}' is not an ORCID iD", text=text), value=text, hint=message("It looks like 0000-0002-1825-0097.")
        )
    value = "-".join(code[start : start + 4] for start in range(0, 16, 4))
    return Cleaned(value) if isni.is_valid(code) else Cleaned(value, flags=(FAILED,), identifier=False)


def ror_check_digits(body: str) -> str:
    """The two check digits (ISO 7064 MOD 97-10) of a ROR whose first 7 characters are given."""
    number = 0
    for character in body:
        number = number * 32 + CROCKFORD.index(character)
    return mod_97_10.calc_check_digits(str(number))


def _ror(text: str, _: Context) -> Cleaned:
    code = re.sub(r"^(https?://)?(www\.)?ror\.org/|^ror:", "", narrow(text).replace(" ", "").lower()).rstrip("/")
    if not re.fullmatch(r"0[0-9a-hjkmnp-tv-z]{6}\d{2}", code):
        raise ValueProblem(
            message("'{text}' is not a ROR ID", text=text),
            value=text,
            hint=message("It looks like 03tqb8s11 or https://ror.org/03tqb8s11."),
        )
    return Cleaned(code) if code[7:] == ror_check_digits(code[:7]) else Cleaned(code, flags=(FAILED,), identifier=False)


_EXCHANGES = ((re.compile(r"60|68|90"), "SH"), (re.compile(r"00|20|30"), "SZ"), (re.compile(r"4|8|92"), "BJ"))


def _stock(text: str, _: Context) -> Cleaned:
    code = code_text(text)
    moved = re.fullmatch(r"(SH|SZ|BJ)[.:]?(\d{6})", code)
    if moved:
        return Cleaned(f"{moved[2]}.{moved[1]}")
    if re.fullmatch(r"\d{6}\.(SH|SZ|BJ)|\d{4,5}\.HK|[A-Z0-9]{1,8}\.(?!SH|SZ|BJ|HK)[A-Z]{1,3}", code):
        return Cleaned(code)
    exchange = next((name for pattern, name in _EXCHANGES if pattern.match(code)), "") if re.fullmatch(r"\d{6}", code) else ""
    if exchange:
        return Cleaned(f"{code}.{exchange}", flags=("exchange-inferred",))
    hint = (
        message("Leading zeros were lost: format the column as text.")
        if re.fullmatch(r"\d{1,5}", code)
        else message("It looks like 002039.SZ.")
    )
    raise ValueProblem(message("'{text}' is not a stock code", text=text), value=text, hint=hint)


def _pattern(name: str, pattern: str, example: str, usual: str | None = None) -> CleanedBy:
    """A code without a check digit, known by its shape; one that has not the ``usual`` shape is flagged."""
    shape, common = re.compile(pattern), re.compile(usual) if usual else None

    def clean(text: str, _: Context) -> Cleaned:
        code = code_text(text)
        if lost_digits(code):
            raise ValueProblem(
                message("'{text}' lost its last digits", text=text),
                value=text,
                hint=message("Format the column as text and enter the whole number."),
            )
        if not shape.fullmatch(code):
            raise ValueProblem(
                message("'{text}' does not have the shape of '{name}'", text=text, name=name),
                value=text,
                hint=message("It looks like {example}.", example=example),
            )
        return Cleaned(code, flags=() if common is None or common.fullmatch(code) else ("unknown-kind",))

    return CleanedBy(name, clean, absent=no_value)


TYPES = (
    CleanedBy("uscc", _uscc),
    CleanedBy("school", _school),
    CleanedBy("orcid", _orcid),
    CleanedBy("ror", _ror),
    CleanedBy("stock", _stock),
    _pattern("pic", r"\d{9}", "999977172"),
    _pattern("cordis-project", r"\d{1,8}", "194261"),
    _pattern("cordis-grant", r"\d{3,9}", "651036 or 101000123", r"\d{6}|\d{9}"),
    _pattern("nsfc", r"[A-Z]?\d{1,11}", "71701001", r"\d{7,8}|\d{11}|[A-Z]\d{7}"),
    _pattern("nssfc", r"[0-9A-Z&]{3,12}", "09AZD001", r"\d\d(?:[A-Z]{3}|&ZD)\d{3}"),
    _pattern("tech-contract", r"[0-9A-Z-]{6,30}", "2020320000001234"),
    _pattern("platform", r"[0-9A-Z_./-]{1,64}", "XQ-001"),
    _pattern("nsfc-field", r"[A-H]\d{2,6}|[A-H]", "A0101", r"[A-H](?:\d\d){0,3}"),
)
