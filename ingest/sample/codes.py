"""Identifiers that are well formed and belong to nobody: credit codes with the body ``XN######``, telephone numbers from 100…."""

from __future__ import annotations

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_check(body: str) -> str:
    """The check digit of GB 11714 over the 8 characters of an organisation code."""
    rest = sum(weight * ORGANISATION_CHARACTERS.index(sign) for weight, sign in zip(ORGANISATION_WEIGHTS, body, strict=True)) % 11
    return {10: "X", 11: "0"}.get(11 - rest, str(11 - rest))


def credit_check(first: str) -> str:
    """The check digit of GB 32100 over the first 17 characters of a 统一社会信用代码."""
    total = sum(CREDIT_CHARACTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return CREDIT_CHARACTERS[(31 - total % 31) % 31]


def credit_code(region: str, number: int) -> str:
    """A company's code (91) in a region (six digits); ``number`` below a million tells firms apart."""
    body = f"XN{number:06d}"
    first = f"91{region}{body}{organisation_check(body)}"
    return first + credit_check(first)


def mobile(number: int) -> str:
    """Eleven digits in a range that is not assigned."""
    return f"100{number:08d}"


def landline(number: int) -> str:
    """A number of the city's area code that no exchange gives out."""
    return f"0514-{number:08d}"
