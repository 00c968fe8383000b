"""What the client answers with: plain data, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic

from typing_extensions import TypeVar

if TYPE_CHECKING:
    import pandas


A = TypeVar("A", default=Any)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: its key, its heading in both languages; numbers are set to the right. A ``detail`` is left out of a table on
    a screen; files have it."""

    key: str
    zh: str
    en: str
    number: bool = False
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as people read it: ``title`` stands before the rows, ``notes`` beside them. One that is not ``tabular`` shows its title
    alone on a screen; ``status`` is what a command then returns."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    title: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tabular: bool = True
    status: int = 0


@dataclass(frozen=True)
class Result(Generic[A]):
    """``answer`` is what was answered, ``document`` the same as plain data (``docs/json.md``); ``columns`` and ``rows`` are its table."""

    answer: A
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]

    @cached_property
    def document(self) -> Mapping[str, object]:
        """The whole answer as plain data."""
        return plain_data(self.answer)

    @property
    def finished(self) -> bool:
        """Whether everything was looked at. If not, the rows are a part, and none may mean that none was found yet."""
        return self.document.get("finished") is not False

    @property
    def lacks(self) -> Sequence[Mapping[str, object]]:
        """What the graph lacks for this answer: of an ``essential`` one there is no answer, whatever the rows say."""
        found = self.document.get("lacks") or ()
        return found if isinstance(found, (list, tuple)) else ()

    def to_dict(self) -> dict[str, object]:
        """The whole answer: what ``--json`` prints."""
        return dict(self.document)

    def to_pandas(self) -> pandas.DataFrame:
        """The table, one column a key."""
        import pandas

        return pandas.DataFrame([list(row) for row in self.rows], columns=[column.key for column in self.columns])

    def __len__(self) -> int:
        return len(self.rows)


def plain_data(answer: object) -> Mapping[str, object]:
    """An answer as JSON holds it, its members in the order of their declaration, whoever made it."""
    if isinstance(answer, Mapping):
        return answer
    import orjson

    option = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS
    document: Mapping[str, object] = orjson.loads(orjson.dumps(answer, default=_members, option=option))
    return document


def _members(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError
    return {field.name: getattr(value, field.name) for field in fields(value)}
