"""Columns that are read as names (``names:``), and columns that every row has alike (``constants:``): what they give, for each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.clean import AS_IT_STANDS, REMEMBERED, Cells, Wording
from ingest.mapping.spec import NAMED, NamesSpec
from ingest.naming import Naming, read_name
from ingest.naming.organisations import organisation_key
from ingest.naming.people import person_key
from ingest.outcome import Notice
from ingest.text import normal

PERSON = "person"


@dataclass(frozen=True, slots=True)
class Derived:
    """Cells that a row gets besides its own, and what is to be said of them."""

    cells: Mapping[str, str]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesPart:
    """A compiled column of names."""

    name: str
    spec: NamesSpec
    wording: Wording = field(default_factory=lambda: AS_IT_STANDS)
    _known: dict[str, Derived] = field(default_factory=dict)

    @property
    def column(self) -> str:
        return self.spec.column

    def derive(self, cells: Cells) -> Derived:
        """What the row's cell names, under ``NAME.person`` and so on."""
        text = cells.get(self.spec.column, "")
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._read(text)
        return found

    def _read(self, text: str) -> Derived:
        word = self.wording.get(self.spec.column)
        naming = self._settled(word(text) if word else text)
        parts = (
            naming.person,
            person_key(naming.person),
            naming.organisation,
            organisation_key(naming.organisation),
            naming.kind,
            naming.post,
        )
        return Derived({f"{self.name}.{part}": said for part, said in zip(NAMED, parts, strict=True)})

    def _settled(self, text: str) -> Naming:
        settled = self.spec.kinds.get(normal(text))
        if settled is None:
            return read_name(text, self.spec.expect)
        if settled == PERSON:
            return Naming(person=read_name(text, "person").person or normal(text))
        return Naming(organisation=normal(text), kind=settled)


@dataclass(frozen=True, slots=True)
class ConstantsPart:
    """Columns that a mapping adds to every row."""

    constants: Mapping[str, str]

    @property
    def column(self) -> str:
        return ""

    def derive(self, _: Cells) -> Derived:
        return Derived(self.constants)
