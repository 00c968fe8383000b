"""The graph that a question is asked of: as it is known now, or as it was known at a moment of the past, with the rows of then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from graph.stop import Stop

if TYPE_CHECKING:
    from graph.model import Claim
    from graph.paths import AnswerContext
    from graph.projection import Projection
    from lianyin.client import Client


class Known(NamedTuple):
    """``id_of`` takes what names a node and the parameter that an error names."""

    projection: Projection
    context: AnswerContext
    id_of: Callable[[str, str], str]


def known_at(client: Client, recorded_as_of: str) -> Known:
    """``recorded_as_of`` is a date or time (ISO), "" = now. Names are looked up as they are now; an id may be one of then. Raises
    ``QueryProblem`` for what is neither."""
    if not recorded_as_of:
        return Known(client.models.projection, client.context(), client.id_of)
    from graph.ledger.recorded import instant, published_by

    past = client.models.as_recorded(recorded_as_of)
    ids = past.projection.node_ids

    shown = client.file_names(client.settings.clearance, past.projection)

    def id_of(text: str, parameter: str) -> str:
        return text if ids.find(text) >= 0 else client.id_of(text, parameter)

    def evidence(relationships: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        return rows_behind(past.recorded.evidence(relationships), shown)

    loads = published_by(client.store.loads(), instant(recorded_as_of))
    data_date = max((load.data_date for load in loads), default="")
    return Known(past.projection, replace(client.context(), evidence=evidence, data_date=data_date), id_of)


def rows_behind(found: Mapping[str, Sequence[Claim]], shown: Callable[[str], str]) -> dict[str, list[dict[str, object]]]:
    """The claims behind each relationship as ``{"load", "file", "sheet", "row"}``; ``shown`` is how the reader sees names of files."""
    return {
        id: [{"load": claim.load, "file": shown(claim.file), "sheet": shown(claim.sheet), "row": claim.row} for claim in claims]
        for id, claims in found.items()
    }


def context_of(client: Client) -> AnswerContext:
    """For whom and when an answer about paths is made, and what it may cost."""
    from graph.paths import AnswerContext, Bounds

    chosen = client.settings
    bounds = Bounds(
        max_hops=chosen.max_hops,
        paths=chosen.max_paths,
        rows=chosen.max_rows,
        degree=chosen.max_degree,
        milliseconds=chosen.max_milliseconds,
        work=chosen.max_work,
        bytes=chosen.max_bytes,
    )
    return AnswerContext(client.today, client.data_date or "", chosen.clearance, client.evidence, bounds, client.stop or Stop())
