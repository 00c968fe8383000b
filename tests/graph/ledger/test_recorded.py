"""What was known at a moment of the past equals the store as it was then."""

from __future__ import annotations

from contextlib import suppress
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, QueryProblem
from graph.factory import open_store
from graph.ledger import Ledger
from graph.ledger.moments import timestamp
from graph.ledger.recorded import instant
from tests.examples import examples
from tests.graph.ledger.builders import NEW, OLD, Clock, everything, link, load, node, plain, row
from tests.graph.ledger.ledger_cases import ONTOLOGY
from tests.graph.ledger.test_ledger import History, loads


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.one_of(loads(), st.integers(1, 6)), min_size=1, max_size=6))
def test_every_moment_of_any_history_is_as_it_was(history: History) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"kglite:///{folder}/store", ONTOLOGY)
        clock = Clock()
        ledger = Ledger(store, ONTOLOGY, clock)
        seen = []
        for step in history:
            seen.append((timestamp(clock), store.head().revision, plain(everything(store))))
            if isinstance(step, int):
                standing = [item for item in ledger.loads() if item.kind == "ingest"]
                if step <= len(standing):
                    with suppress(Conflict):
                        ledger.undo(standing[step - 1].id)
            else:
                load(ledger, *step)
        seen.append((timestamp(clock), store.head().revision, plain(everything(store))))
        for moment, revision, expected in seen:
            found = ledger.as_recorded(moment)
            assert plain(found.facts) == expected
            assert found.revision == revision
        rows = {id: [c.id for c in found] for id, found in ledger.as_recorded(seen[-1][0]).evidence(expected[1]).items()}
        now = {id: [c.id for c in found] for id, found in ledger.relationship_evidence(everything(store).relationships).items()}
        assert {id: sorted(ids) for id, ids in rows.items()} == {id: sorted(ids) for id, ids in now.items()}
        store.close()


def test_a_load_counts_from_its_publication_and_evidence_is_that_of_then(tmp_path):
    store = open_store(f"kglite://{tmp_path}/store", ONTOLOGY)
    clock = Clock()
    ledger = Ledger(store, ONTOLOGY, clock)
    rows = [row(7, node("pic:1", "Enterprise"), node("p:1", "Project"), link("PARTICIPATES_IN", "pic:1", "p:1", role="partner"))]
    load(ledger, OLD, rows)
    before = timestamp(clock)
    recording = ledger.begin("again")
    recording.record(OLD, "old/list.csv", [row(9, *rows[0].drafts, key="7")])
    recording.record(NEW, "new/other.csv", [row(3, *rows[0].drafts, file="other.csv")])
    during = timestamp(clock)
    recording.publish()
    (id,) = [each.id for each in everything(store).relationships]
    for moment, trust in ((before, 2), (during, 2), (timestamp(clock), 3)):
        found = ledger.as_recorded(moment)
        assert [each.properties["trust"] for each in found.facts.relationships] == [trust]
        assert [claim.row for claim in found.evidence([id])[id]] == ([7] if trust == 2 else [3, 7])
    assert len(ledger.as_recorded("2020-09-09T23:59:59.999999Z").facts) == 0
    assert ledger.as_recorded("2020-09-09T23:59:59.999999Z").evidence(["unknown"]) == {"unknown": []}
    store.close()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-05-01", "2020-05-01T23:59:59.999999Z"),
        ("2020-02", "2020-02-29T23:59:59.999999Z"),
        ("2020", "2020-12-31T23:59:59.999999Z"),
        ("2020-05-01T12:00:00+08:00", "2020-05-01T04:00:00.000000Z"),
        (" 2020-05-01T12:00:00.5Z ", "2020-05-01T12:00:00.500000Z"),
        ("2020-05-01 12:00", "2020-05-01T12:00:00.000000Z"),
    ],
)
def test_an_instant_is_a_date_or_a_time(text, moment):
    assert instant(text) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2020-02-30", "2020-13", "2020-05-01T25:00", "20.5.2020"])
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(QueryProblem, match="neither a date nor a time"):
        instant(text)
