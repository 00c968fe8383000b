"""What a person may say of a load besides its files and mapping."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """``date`` (ISO, may be partial) is that of all its tables; ``today`` the day of the load, which is the date of tables that state none.
    ``close_gone``: the files are full lists, so that what rows said that are missing now is taken back. ``edition_of`` names the load of
    whose tables these are other editions; ``new_series`` says that they are of none (``ingest.editions``)."""

    date: str = ""
    today: datetime.date = field(default_factory=datetime.date.today)
    close_gone: bool = False
    edition_of: str = ""
    new_series: bool = False
