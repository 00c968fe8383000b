"""Reading files of strangers in a process beside this one: with a limit of memory and a clock, and nothing lost when it ends.

``with reading_apart(Bounds(…)):`` lets every reader of this thread ask that process instead of parsing a file itself.
"""

from ingest.readers.apart.messages import Bounds
from ingest.readers.apart.reading import current, reading_apart, warm

__all__ = ["Bounds", "current", "reading_apart", "warm"]
