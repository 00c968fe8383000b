"""How tables would be read, before anything is loaded."""

from __future__ import annotations

from api.schemas.common import Label, Model
from api.schemas.loads import UnusedColumn


class ReadColumn(Model):
    """What a column is taken for: `used_for` names the nodes and relationships of the mapping that take it (none: it is not used),
    `confidence` is 0 to 1, `why` what it was told by, `examples` two of its texts, masked where they are personal."""

    column: str
    kind: str
    concept: str
    used_for: list[str]
    confidence: float
    why: Label
    examples: list[str]


class DoubtOption(Model):
    """One answer to a doubt; `key` is what `answers` takes."""

    key: str
    label: Label


class Doubt(Model):
    """A question to whoever knows the table; `proposed` is the option that was taken for now."""

    column: str
    question: Label
    options: list[DoubtOption]
    proposed: str


class RowSentences(Model):
    """What one of the first rows would say; `lost` are its cells that would not be loaded, with why."""

    row: int
    sentences: list[Label]
    lost: list[Label]
    rejected: bool


class TableReading(Model):
    """One table. `chosen` says how its mapping came: `named`, `proposed` (one that is known) or `interpreted`; null where nothing can be
    made of the table. `near` names a known mapping that has all its columns but not those that tell its kind."""

    file: str
    sheet: str
    mapping: str | None
    chosen: str | None
    sure: bool
    near: str | None
    nodes: int | None
    relationships: int | None
    columns: list[ReadColumn]
    unused: list[UnusedColumn]
    doubts: list[Doubt]
    sentences: list[RowSentences]


class UnderstoodAnswer(Model):
    """How each table would be read. `mapping` is a mapping file (YAML) for what was interpreted: edit it, and send it to `POST /v1/loads`
    as `mapping_file` with the same tables."""

    tables: list[TableReading]
    mapping: str
