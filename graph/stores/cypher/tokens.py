"""The pieces that a query's text is cut into."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """``kind`` is a group name of the guard's pattern; ``text`` is folded for words, unquoted for quoted names."""

    kind: str
    text: str
