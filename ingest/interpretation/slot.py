"""A node of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.interpretation.headings import NO_HEADING, Heading


@dataclass(frozen=True, slots=True)
class Slot:
    """One node of a row. ``key`` is its name in the mapping; ``column`` names it (``""``: nothing does, it is a mention by ``code``, or a
    visit); ``place`` is where the column stands; ``objects`` the JSON list and ``separators`` the marks of a list cell that hold several;
    ``code`` the column of its own code, of ``registry`` or of the list's own; ``given`` the column of the given name where ``column`` holds
    the family name; ``constant`` a name that the title says; ``mixed``: the column names people in some rows and organisations in others,
    and has a slot for each; ``first``: only the first of a list; ``properties``: property → (column, options)."""

    key: str
    kind: str
    concept: str
    column: str
    place: int
    heading: Heading = NO_HEADING
    group: str = ""
    objects: str = ""
    separators: str = ""
    code: str = ""
    registries: tuple[tuple[str, str], ...] = ()
    given: str = ""
    constant: str = ""
    reference: str = ""
    mixed: bool = False
    first: bool = False
    properties: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    step: str = field(default="")

    @property
    def many(self) -> str:
        """The name of the list in which it stands, or ``""``."""
        return self.step or (f"{self.key}-list" if self.objects or self.separators else "")


def unused_key(wanted: str, found: Sequence[Slot]) -> str:
    """A name for a node that no other has."""
    taken = {slot.key for slot in found}
    return next(name for name in _numbered(wanted) if name not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
