"""Nearly the same: one character wrong, missing or too many, and short forms whose characters follow in order."""

from __future__ import annotations

SHORTEST_WITH_A_MISTAKE = 4
"""Shorter texts get no help with mistakes: one wrong character in three is another name (刘 is not 柳)."""


def one_mistake(typed: str, name: str) -> bool:
    """Whether ``typed`` stands in ``name`` with at most one character wrong, missing or too many (Sellers' approximate substring)."""
    if len(typed) < SHORTEST_WITH_A_MISTAKE:
        return typed in name
    column = list(range(len(typed) + 1))
    best = column[-1]
    for letter in name:
        previous, column[0] = column[0], 0
        for at, wanted in enumerate(typed, start=1):
            previous, column[at] = column[at], min(previous + (wanted != letter), column[at] + 1, column[at - 1] + 1)
        best = min(best, column[-1])
    return best <= 1


def stands_for(short: str, name: str) -> bool:
    """Whether ``short`` may abbreviate ``name``: the same first character, the rest in order (扬大 for 扬州大学)."""
    if len(short) < 2 or len(name) <= len(short) or short[0] != name[0]:
        return False
    letters = iter(name)
    return all(letter in letters for letter in short)


def university_short_form(short: str, name: str) -> bool:
    """Whether ``short`` ends as the usual short form of a university does (南大 for 南京大学)."""
    return short.endswith("大") and name.endswith("大学") and stands_for(short, name)
