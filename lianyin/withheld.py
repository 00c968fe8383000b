"""What a reader's clearance withholds from a raw query: all above it is taken out of the copy that the query runs on (``graph.view``).

A reader who may not see every name gets no raw query at all: ids are made of names. With the highest clearance nothing is taken out.
"""

from __future__ import annotations

from graph.errors import QueryProblem
from graph.messages import message
from graph.privacy import HIGHEST, some_name_above
from graph.view import View, view_of
from lianyin.answers.reader import Reader


def view_for(reader: Reader) -> View | None:
    """What a raw query of this reader may meet; ``None``: everything. Raises ``QueryProblem`` for a reader who gets none."""
    if reader.clearance >= HIGHEST:
        return None
    if some_name_above(reader.ontology, reader.clearance):
        raise QueryProblem(
            message("The query cannot be run: {why}.", why=message("a raw query may read any name, and some are above your clearance")),
            hint=message("Use search, show, path or connections."),
            where={"parameter": "query"},
        )
    return view_of(reader.ontology, reader.clearance)
