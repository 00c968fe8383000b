"""Which day a source speaks of: read from what the file says of itself, never from its mapping."""

from ingest.dating.source_date import ORIGINS, Origin, SourceDate, Stated, answered_date, checked_date, date_of

__all__ = ["ORIGINS", "Origin", "SourceDate", "Stated", "answered_date", "checked_date", "date_of"]
