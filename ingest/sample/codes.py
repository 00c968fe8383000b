"""Identifiers that are well formed and belong to nobody: credit codes with the body ``XN######``, telephone numbers from 100…."""

from __future__ import annotations

from stdnum.cn import uscc

from graph.values.codes import organisation_check_character


def credit_code(region: str, number: int) -> str:
    """A company's code (91) in a region (six digits); ``number`` below a million tells firms apart."""
    body = f"XN{number:06d}"
    first = f"91{region}{body}{organisation_check_character(body)}"
    return first + str(uscc.calc_check_digit(first))


def mobile(number: int) -> str:
    """Eleven digits in a range that is not assigned."""
    return f"100{number:08d}"


def landline(number: int) -> str:
    """A number of the city's area code that no exchange gives out."""
    return f"0514-{number:08d}"
