"""What every bounded answer says at its end: whether a limit was met, which one, and of which dates it speaks."""

from __future__ import annotations


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

    def tail(self) -> dict[str, object]:
        """The tail's JSON: ``truncated``, ``limit``, ``as_of``, ``data_date``."""
        return {"truncated": self.truncated, "limit": self.limit, "as_of": self.as_of, "data_date": self.data_date}
