"""Nearly the same: one character wrong, missing or too many, and short forms whose characters follow in order."""

from __future__ import annotations

from graph.search.text import is_han

SHORTEST_WITH_A_MISTAKE = 4
"""Shorter texts get no help with mistakes: one wrong character in three is another name (刘 is not 柳)."""


SHORTEST_REORDERED = 6
"""Characters of the names that may be told from the same characters in another order."""


def one_mistake(typed: str, name: str) -> bool:
    """Whether ``typed`` stands in ``name`` with at most one character wrong, missing or too many (Sellers' approximate substring), or
    with two neighbours swapped, or, if long, with its words in another order (南京航天航空大学)."""
    if len(typed) < SHORTEST_WITH_A_MISTAKE:
        return typed in name
    column = list(range(len(typed) + 1))
    best = column[-1]
    for letter in name:
        previous, column[0] = column[0], 0
        for at, wanted in enumerate(typed, start=1):
            previous, column[at] = column[at], min(previous + (wanted != letter), column[at] + 1, column[at - 1] + 1)
        best = min(best, column[-1])
    if len(typed) >= SHORTEST_REORDERED and len(typed) == len(name) and sorted(typed) == sorted(name):
        return True
    return best <= 1 or (best == 2 and any(_swapped(typed, at) in name for at in range(len(typed) - 1)))


def _swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


SLIPPING = 3
"""Characters of the names of which a slip is told whole: most people's. In shorter ones it is another name."""


def slips(name: str) -> tuple[str, ...]:
    """What a name of three Chinese characters keeps when one is mistaken or two are swapped: the same three with one left open, and the
    three in any order. None for other names."""
    if len(name) != SLIPPING or not is_han(name):
        return ()
    return (f"?{name[1:]}", f"{name[0]}?{name[2]}", f"{name[:2]}?", "".join(sorted(name)))


def is_slip(typed: str, name: str) -> bool:
    """Whether ``typed`` is a name of three characters with one of them wrong, or with two neighbours swapped."""
    wrong = [at for at in range(SLIPPING) if typed[at] != name[at]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and typed[wrong[0]] == name[wrong[1]] and typed[wrong[1]] == name[wrong[0]]
    return len(wrong) == 1 or swapped


def stands_for(short: str, name: str) -> bool:
    """Whether ``short`` may abbreviate ``name``: the same first character, the rest in order (扬大 for 扬州大学)."""
    if len(short) < 2 or len(name) <= len(short) or short[0] != name[0]:
        return False
    letters = iter(name)
    return all(letter in letters for letter in short)


def university_short_form(short: str, name: str) -> bool:
    """Whether ``short`` ends as the usual short form of a university does (南大 for 南京大学)."""
    return short.endswith("大") and name.endswith("大学") and stands_for(short, name)
