"""Names of people and firms, all distinct, all bearing a mark that they are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator

from ingest.sample.distribution import pools

HERO = "王虚构"
HERO_FIRM = "扬州示例重工有限公司"


def is_fictitious_person(name: str) -> bool:
    """Whether the given name comes from the marked pool."""
    words = pools()
    return (
        any(name == surname + name[-2:] for surname in words.surnames) and name[-2] in words.given_marks and name[-1] in words.given_second
    )


def is_fictitious_firm(name: str) -> bool:
    """Whether the firm bears a mark after its place."""
    return any(name.startswith(f"扬州{mark}") for mark in pools().firm_marks)


class People:
    """Gives out names, each once. The first ones carry the surnames with a reading of their own; frequent surnames come more often."""

    def __init__(self, random_numbers: random.Random) -> None:
        words = pools()
        self._random = random_numbers
        self._given = [mark + second for mark in words.given_marks for second in words.given_second]
        self._surnames = words.surnames
        self._weights = [1 / (place + 8) ** 0.6 for place in range(len(self._surnames))]
        self._left: dict[str, list[str]] = {}
        self._first = [self._of(surname) for surname in words.polyphones]

    def _of(self, surname: str) -> str:
        if surname not in self._left:
            deck = self._given.copy()
            self._random.shuffle(deck)
            self._left[surname] = [given for given in deck if surname + given != HERO]
        return surname + self._left[surname].pop()

    def take(self) -> str:
        """The next name."""
        if self._first:
            return self._first.pop()
        while True:
            (surname,) = self._random.choices(self._surnames, self._weights)
            if self._left.get(surname, [surname]):
                return self._of(surname)


class Firms:
    """Gives out names of firms with their kind of industry, each once."""

    def __init__(self, random_numbers: random.Random) -> None:
        self._random = random_numbers
        self._decks: dict[str, Iterator[tuple[str, str]]] = {}

    def _deck(self, field: str) -> Iterator[tuple[str, str]]:
        words = pools()
        plain = [(f"{mark}{kind}", code) for mark in words.firm_marks for kind, code in words.fields[field].firms]
        branded = [
            (f"{mark}{brand}{kind}", code)
            for mark in words.firm_marks
            for brand in words.firm_brands
            for kind, code in words.fields[field].firms
        ]
        for deck in (plain, branded):
            self._random.shuffle(deck)
            for middle, code in deck:
                name = f"扬州{middle}有限公司"
                if name != HERO_FIRM:
                    yield name, code

    def take(self, field: str) -> tuple[str, str]:
        """The next firm of a field: its name and its GB/T 4754 code."""
        if field not in self._decks:
            self._decks[field] = self._deck(field)
        return next(self._decks[field])
