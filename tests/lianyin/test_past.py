"""The read model of a moment of the past."""

from __future__ import annotations

import datetime

import pytest

import lianyin
from graph.errors import QueryProblem
from graph.ledger import Ledger
from lianyin.operations.paths import AskConnections, stream_connections
from tests.graph.ledger.builders import NEW, OLD, Clock, link, load, node, row
from tests.graph.projection.histories import contents


def participations(numbers: range) -> list:
    return [
        row(n, node(f"pic:{n % 3}", "Enterprise"), node(f"p:{n}", "Project"), link("PARTICIPATES_IN", f"pic:{n % 3}", f"p:{n}"))
        for n in numbers
    ]


def test_paths_can_be_asked_of_what_was_known(tmp_path):
    with lianyin.open(f"kglite://{tmp_path.as_posix()}/s") as client:
        clock = Clock()
        client.ledger = Ledger(client.store, client.ontology, clock)
        load(client.ledger, OLD, participations(range(3)))
        first, then = contents(client.models.projection), clock.now
        clock.now += datetime.timedelta(days=10)
        load(client.ledger, NEW, participations(range(2, 8)))
        client.ledger.undo("L1")
        past = client.models.as_recorded(then.date().isoformat())
        assert contents(past.projection) == first
        assert client.models.projection_as_recorded(then.isoformat()) is past.projection, "one state, read once"
        assert contents(client.models.projection_as_recorded("2021")) == contents(client.models.projection)
        (rows,) = past.recorded.evidence([past.projection.relationship_ids[0]]).values()
        assert [(claim.file, claim.source) for claim in rows] == [("list.csv", "old")]
        assert client.models.projection_as_recorded("2019").node_count == 0
        assert len(client.models._pasts) == 2
        with pytest.raises(QueryProblem):
            client.models.as_recorded("once")


def test_pairs_are_streamed_of_what_was_known(tmp_path):
    with lianyin.open(f"kglite://{tmp_path.as_posix()}/s") as client:
        clock = Clock()
        client.ledger = Ledger(client.store, client.ontology, clock)
        load(client.ledger, OLD, participations(range(3)))
        then = clock.now.date().isoformat()
        clock.now += datetime.timedelta(days=10)
        load(client.ledger, NEW, participations(range(2, 8)))
        for moment, pairs in ((then, 3), ("", 8)):
            options = {"max_hops": 1, **({"recorded_as_of": moment} if moment else {})}
            table = client.connections("Enterprise", "Project", count=True, **options)
            asked = AskConnections("Enterprise", "Project", **options)
            streamed = [row for part in stream_connections(client, asked) for row in part.rows]
            assert (len(streamed), table.document["total"]) == (pairs, pairs)
