"""What a cell that names somebody says: a person, an organisation of some kind, both, and the post between them."""

from ingest.naming.reading import Expected, Naming, read_name

__all__ = ["Expected", "Naming", "read_name"]
