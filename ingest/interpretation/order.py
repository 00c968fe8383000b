"""How dates and numbers of a table are written: whether the day stands before the month, whether a comma marks the decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.interpretation.roles import DATE, Role
from ingest.interpretation.tables import Table

_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2\d{4}(?!\d)")
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)")
_POINT = re.compile(r"\d,\d{3}(?!\d)|\d\.\d{1,2}(?!\d)")
_AMERICAN = re.compile(r"\b(?:inc|corp|llc|usd|zip|state)\b|\$", re.IGNORECASE)


def date_orders(table: Table, roles: Sequence[Role]) -> dict[str, str]:
    """Column of dates that end with the year → ``dmy`` or ``mdy``: told by the column's own numbers, else by those of the table's other
    columns, else by how such dates are written where the table comes from."""
    columns = [role.column for role in roles if role.kind == DATE]
    triples = {column: [match for text in table.texts(column) if (match := _YEAR_LAST.search(text))] for column in columns}
    told = {column: _told(matches) for column, matches in triples.items() if matches}
    common = next((order for order in told.values() if order), "") or ("mdy" if _is_american(table) else "dmy")
    return {column: order or common for column, order in told.items()}


def _told(matches: Sequence[re.Match[str]]) -> str:
    first, second = max(int(match[1]) for match in matches), max(int(match[3]) for match in matches)
    if first > 12 >= second or any(match[2] == "." for match in matches):
        return "dmy"
    return "mdy" if second > 12 >= first else ""


def _is_american(table: Table) -> bool:
    texts = [*table.header, *(text for row in table.rows[:50] for text in row.values())]
    return any(_AMERICAN.search(text) for text in texts) and not any(re.search(r"£|GBP|\bplc\b|\bLtd\b|€", text) for text in texts)


def has_decimal_comma(table: Table, roles: Sequence[Role]) -> bool:
    """Whether amounts are written ``12.500,50``."""
    texts = [text for role in roles if role.concept in ("money", "share") for text in table.texts(role.column)]
    commas = sum(_COMMA.search(text) is not None and _POINT.search(text) is None for text in texts)
    return commas > 0 and commas * 2 >= len([text for text in texts if "," in text or "." in text])
