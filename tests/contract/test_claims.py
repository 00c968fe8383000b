"""Claims: kept exactly, found by every way of selecting, closed once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, NotFound, ValueProblem
from graph.model import Claim, ClaimKind, Load, LoadState, Value
from graph.store import ClaimSelection, Commit, Store
from tests.contract.world import identity_claim, new_load, node_claim, published, relationship_claim
from tests.examples import examples

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
value = st.one_of(
    text, st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.lists(text).map(tuple)
)


def found(store: Store, **selection: object) -> list[str]:
    """Ids of the selected claims; a claim that came twice would be there twice."""
    return sorted(claim.id for claim in store.claims(ClaimSelection(**selection)))  # type: ignore[arg-type]


@pytest.fixture
def load(store: Store) -> Load:
    return new_load(store)


def test_loads_are_numbered_and_kept(store: Store) -> None:
    first, second = new_load(store, "first"), new_load(store, "第二")
    assert [first.id, second.id] == ["L1", "L2"]
    assert store.loads() == [first, second]
    done = replace(
        first, state=LoadState.PUBLISHED, revision=1, totals={"new": 3}, beat="2026-01-02T00:00:00Z", undone_by="L2", data_date="2020"
    )
    store.commit(Commit(1, loads=(done,)))
    assert store.loads() == [done, second]
    assert dict(store.loads()[0].totals) == {"new": 3}


def test_more_than_nine_loads_are_in_the_order_of_time(store: Store) -> None:
    assert [new_load(store).id for _ in range(12)] == [load.id for load in store.loads()] == [f"L{n}" for n in range(1, 13)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(30))
@given(values=st.dictionaries(text, value), raw=st.dictionaries(text, text), sheet=text, kind=st.sampled_from(ClaimKind))
def test_a_claim_reads_back_exactly(store: Store, values: dict[str, Value], raw: dict[str, str], sheet: str, kind: ClaimKind) -> None:
    load = new_load(store)
    claim = node_claim(load, 1, f"subject {load.id}")._replace(
        values=values,
        raw=raw,
        sheet=sheet,
        kind=kind,
        object="" if kind is ClaimKind.NODE else "汉 object",
        file=f"{sheet}.csv",
    )
    store.append_claims([claim], load)
    (read,) = store.claims(ClaimSelection(ids=[claim.id]))
    assert read == claim
    assert {key: repr(item) for key, item in read.values.items()} == {key: repr(item) for key, item in values.items()}


def test_each_way_of_selecting(store: Store, load: Load) -> None:
    other = new_load(store)
    store.append_claims(
        [
            node_claim(load, 1, "a"),
            node_claim(load, 2, "b"),
            relationship_claim(load, 3, "a", "b"),
            relationship_claim(load, 4, "b", "a"),
            relationship_claim(load, 5, "a", "b")._replace(type="EMPLOYED_BY"),
            identity_claim(load, 6, "a", "c"),
            identity_claim(load, 7, "c", "b", ClaimKind.DIFFERENT),
        ],
        load,
    )
    store.append_claims([node_claim(other, 1, "a")], other)
    assert found(store, nodes=["a"]) == ["L1:1", "L2:1"]
    assert found(store, starts=["a"]) == ["L1:3", "L1:5"]
    assert found(store, ends=["a", "zz"]) == ["L1:4"]
    assert found(store, starts=["a"], ends=["b"], nodes=["b"]) == ["L1:2", "L1:3", "L1:5"]
    assert found(store, pairs=[("KNOWS", "a", "b"), ("KNOWS", "b", "b")]) == ["L1:3"]
    assert found(store, identities=["a"]) == ["L1:6"]
    assert found(store, identities=["c", "b"]) == ["L1:6", "L1:7"]
    assert found(store, records=["record 1"]) == ["L1:1", "L2:1"]
    assert found(store, loads=["L2"]) == ["L2:1"]
    assert found(store, ids=["L1:7", "L1:2", "L9:9"]) == ["L1:2", "L1:7"]
    assert found(store) == []


def test_closed_claims_are_left_out_unless_asked_for(store: Store, load: Load) -> None:
    store.append_claims([node_claim(load, 1, "a"), node_claim(load, 2, "b")], load)
    store.commit(Commit(1, closed_claims=("L1:1",), closed_at="2026-02-01T00:00:00Z", closed_by="L7"))
    assert found(store, loads=["L1"]) == ["L1:2"]
    assert found(store, loads=["L1"], open_only=False) == ["L1:1", "L1:2"]
    assert found(store, closed_by=["L7"], open_only=False) == ["L1:1"]
    (closed,) = store.claims(ClaimSelection(ids=["L1:1"], open_only=False))
    assert closed == node_claim(load, 1, "a")._replace(recorded_to="2026-02-01T00:00:00Z", closed_by="L7")


@pytest.mark.parametrize("claims", [("L1:1", "L1:9"), ("L9:1",)])
def test_a_claim_that_is_not_open_cannot_be_closed(store: Store, load: Load, claims: tuple[str, ...]) -> None:
    store.append_claims([node_claim(load, 1, "a")], load)
    with pytest.raises(Conflict, match="already closed or do not exist"):
        store.commit(Commit(1, closed_claims=claims, closed_at="2026", closed_by="L1"))
    assert found(store, loads=["L1"]) == ["L1:1"] and store.head().revision == 0
    store.commit(Commit(1, closed_claims=("L1:1",), closed_at="2026", closed_by="L1"))
    with pytest.raises(Conflict):
        store.commit(Commit(2, closed_claims=("L1:1",), closed_at="2027", closed_by="L2"))


def test_claims_written_by_a_commit_may_belong_to_another_load(store: Store, load: Load) -> None:
    undo = new_load(store)
    restored = node_claim(undo, 1, "a")._replace(load=load.id)
    store.commit(Commit(1, claims=(restored,), loads=(published(undo, 1),)))
    assert found(store, loads=[load.id]) == ["L2:1"] and found(store, loads=["L2"]) == []


def test_a_claim_id_is_taken_once(store: Store, load: Load) -> None:
    store.append_claims([node_claim(load, 1, "a")], load)
    with pytest.raises(Conflict):
        store.append_claims([node_claim(load, 2, "b"), node_claim(load, 1, "c")], load)
    assert found(store, loads=["L1"]) == ["L1:1"]


def test_the_beat_is_kept_with_the_claims(store: Store, load: Load) -> None:
    store.append_claims([], replace(load, beat="2026-03-01T00:00:00Z"))
    assert store.loads()[0].beat == "2026-03-01T00:00:00Z"


def test_only_a_staging_load_takes_claims(store: Store, load: Load) -> None:
    store.commit(Commit(1, loads=(published(load, 1),)))
    with pytest.raises(Conflict):
        store.append_claims([node_claim(load, 1, "a")], load)
    with pytest.raises(Conflict):
        store.append_claims([], replace(load, id="L99"))
    assert found(store, nodes=["a"]) == []


@pytest.mark.parametrize("bad", [{"n": float("nan")}, {"n": 2**64}, {"t": "\ud800"}, {"d": {"a": 1}}], ids=ascii)
def test_values_that_cannot_be_kept_are_refused(store: Store, load: Load, bad: dict[str, object]) -> None:
    claims: list[Claim] = [node_claim(load, 1, "a"), node_claim(load, 2, "b", bad)]  # type: ignore[arg-type]
    with pytest.raises(ValueProblem):
        store.append_claims(claims, load)
    assert found(store, loads=["L1"]) == []


def test_a_withdrawn_load_leaves_no_claims(store: Store, load: Load) -> None:
    other = new_load(store)
    store.append_claims([node_claim(load, number, "a") for number in range(1, 6)], load)
    store.append_claims([node_claim(other, 1, "a")], other)
    store.withdraw(load.id)
    assert found(store, nodes=["a"]) == ["L2:1"]
    assert [item.state for item in store.loads()] == [LoadState.WITHDRAWN, LoadState.STAGING]
    with pytest.raises(Conflict):
        store.append_claims([node_claim(load, 9, "a")], load)
    store.withdraw(load.id)  # once more does no harm
    with pytest.raises(NotFound):
        store.withdraw("L99")


def test_a_published_load_cannot_be_withdrawn(store: Store, load: Load) -> None:
    store.append_claims([node_claim(load, 1, "a")], load)
    store.commit(Commit(1, loads=(published(load, 1),)))
    with pytest.raises(Conflict, match="undo"):
        store.withdraw(load.id)
    assert found(store, nodes=["a"]) == ["L1:1"]
