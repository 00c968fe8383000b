"""The graph that a question is asked of: as it is known now, or as it was known at a moment of the past, with the rows of then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import NotFound
from graph.messages import message
from graph.privacy import some_name_above
from lianyin.emptiness import check_not_empty
from lianyin.evidence import rows_behind, words_seen

if TYPE_CHECKING:
    from graph.model import Node
    from graph.paths import AnswerContext
    from graph.projection import Projection
    from graph.store import Store
    from lianyin.session import Session


LATEST = "9999"
"""Later than any moment of a load."""


class Known(NamedTuple):
    """``id_of`` takes what names a node and the parameter that an error names."""

    projection: Projection
    context: AnswerContext
    id_of: Callable[[str, str], str]


def knows(client: Session, id: str) -> bool:
    """Whether the client's reader may know of the node of this id, and of its id; of one that is gone only who may know of all."""
    if not some_name_above(client.ontology, client.reader.clearance):
        return True
    projection = client.models.projection
    number = projection.node_ids.find(id)
    return number >= 0 and max(int(projection.id_classes[number]), projection.kind(number).privacy) <= client.reader.clearance


def known_at(client: Session, recorded_as_of: str) -> Known:
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


def known_filled(session: Session, recorded_as_of: str) -> Known:
    """Likewise, for a question that may name neither node nor type. Raises ``EmptyGraph`` where nothing was loaded at all."""
    known = known_at(session, recorded_as_of)
    if not known.projection.node_count:
        check_not_empty(session.store, session.ontology)
    return known


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
