"""What every bounded answer says at its end: whether a limit was met, which one, and of which dates it speaks."""

from __future__ import annotations

UNFINISHED_BY = frozenset({"milliseconds", "work", "bytes", "cancelled"})
"""Limits that end a search before it has seen everything: what was counted by then is a part. The others (``rows``, ``hops``, ``degree``,
``count``) say how far was looked, and it was looked to the end."""


class Bounded:
    """The common tail of answers, for frozen dataclasses that declare these three fields. ``limit`` names the limit that was met, or is
    ``None``; ``as_of`` is what was asked (``any`` or a day), ``data_date`` the latest date of the sources."""

    __slots__ = ()

    limit: str | None
    as_of: str
    data_date: str

    @property
    def truncated(self) -> bool:
        """Whether a limit was met, so that the answer may not be whole."""
        return self.limit is not None

    @property
    def finished(self) -> bool:
        """Whether everything was looked at, within what was asked. If not, no row may mean that none was found yet."""
        return self.limit not in UNFINISHED_BY
