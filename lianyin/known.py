"""The graph that a question is asked of: as it is known now, or as it was known at a moment of the past, with the rows of then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import NotFound
from graph.messages import message
from graph.privacy import some_name_above
from graph.stop import Stop

if TYPE_CHECKING:
    from graph.model import Claim, Node
    from graph.ontology import Ontology
    from graph.paths import AnswerContext
    from graph.projection import Projection
    from graph.store import Store
    from lianyin.client import Client


WORD = "word"
"""Of a row behind a relationship (``graph.paths``): the source's own word for it."""

LATEST = "9999"
"""Later than any moment of a load."""


class Known(NamedTuple):
    """``id_of`` takes what names a node and the parameter that an error names."""

    projection: Projection
    context: AnswerContext
    id_of: Callable[[str, str], str]


def knows(client: Client, id: str) -> bool:
    """Whether the client's reader may know of the node of this id, and of its id; of one that is gone only who may know of all."""
    if not some_name_above(client.ontology, client.reader.clearance):
        return True
    projection = client.models.projection
    number = projection.node_ids.find(id)
    return number >= 0 and max(int(projection.id_classes[number]), projection.kind(number).privacy) <= client.reader.clearance


def known_at(client: Client, recorded_as_of: str) -> Known:
    """``recorded_as_of`` is a date or time (ISO), "" = now. Names are looked up as they are now; an id may be one of then. Raises
    ``QueryProblem`` for what is neither; ``id_of`` raises ``NotFound`` for what was not known then, with the moment since which it is."""
    if not recorded_as_of:
        return Known(client.models.projection, client.context(), client.id_of)
    from graph.ledger.recorded import instant, published_by

    past = client.models.as_recorded(recorded_as_of)
    ids = past.projection.node_ids

    shown = client.file_names(client.settings.clearance, past.projection)

    def id_of(text: str, parameter: str) -> str:
        if ids.find(text) >= 0:
            return text
        node = client.node(text, parameter)
        then = next((id for id in (node.id, *node.identifiers) if ids.find(id) >= 0), None)
        if then is None:
            raise not_known(client.store, node, (text, recorded_as_of, parameter))
        return then

    def evidence(relationships: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        return rows_behind(past.recorded.evidence(relationships), shown, words_seen(client.ontology, client.settings.clearance))

    loads = published_by(client.store.loads(), instant(recorded_as_of))
    data_date = max((load.data_date for load in loads if load.kind == "ingest"), default="")
    return Known(past.projection, replace(client.context(), evidence=evidence, data_date=data_date), id_of)


def not_known(store: Store, node: Node, asked: tuple[str, str, str]) -> NotFound:
    """What to say of a node that the reader may see and that was not known at the moment asked for. ``asked`` is what was typed, that
    moment and the parameter."""
    from graph.ledger.reading import writer
    from graph.ledger.recorded import instant, published_by
    from graph.store import ClaimSelection

    text, moment, parameter = asked
    later = {load.id: load.beat for load in published_by(store.loads(), LATEST) if load.beat > instant(moment)}
    claims = store.claims(ClaimSelection(nodes=(node.id, *node.identifiers), open_only=False))
    since = min((later[load] for load in {writer(claim.id) for claim in claims} if load in later), default="")
    if since:
        detail = message("'{text}' was not known on {moment}; it has been known since {since}.", text=text, moment=moment, since=since)
    else:
        detail = message("'{text}' was not known on {moment}.", text=text, moment=moment)
    hint = message("Ask of a later moment, or leave out recorded_as_of.")
    return NotFound(detail, hint=hint, where={"parameter": parameter})


def rows_behind(
    found: Mapping[str, Sequence[Claim]], shown: Callable[[str], str], worded: Callable[[Claim], str] = lambda _: ""
) -> dict[str, list[dict[str, object]]]:
    """The claims behind each relationship as ``{"load", "file", "sheet", "row"}``, with the source's own ``word`` where it keeps one;
    ``shown`` is how the reader sees names of files."""
    return {id: [_row_behind(claim, shown, worded(claim)) for claim in claims] for id, claims in found.items()}


def _row_behind(claim: Claim, shown: Callable[[str], str], word: str) -> dict[str, object]:
    row: dict[str, object] = {"load": claim.load, "file": shown(claim.file), "sheet": shown(claim.sheet), "row": claim.row}
    return {**row, WORD: word} if word else row


def words_seen(ontology: Ontology, clearance: int) -> Callable[[Claim], str]:
    """The word of a claim's own source for a relationship, if its type keeps one and a reader of this clearance may see it."""

    def word(claim: Claim) -> str:
        known = ontology.relationship_types.get(claim.type)
        if known is None or not known.worded_by or known.properties[known.worded_by].privacy > clearance:
            return ""
        return str(claim.values.get(known.worded_by, ""))

    return word


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
