"""Judgements on the embedded store: the promises one by one, then random histories of judgements taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import LianyinError
from graph.factory import open_store
from graph.identity import derive_clusters
from graph.identity.judgements import Verdict
from graph.model import Claim, ClaimKind
from graph.store import Store
from tests.examples import examples
from tests.graph.identity.judging_cases import OFFICE, PROMISES, UNION, judging_of
from tests.graph.ledger.builders import NEW, everything, link, load, node, row
from tests.graph.ledger.ledger_cases import ONTOLOGY


@pytest.mark.parametrize("promise", PROMISES, ids=lambda f: f.__name__)
def test_promise(promise: Callable[[Store], None], tmp_path: Path) -> None:
    store = open_store(f"kglite:///{tmp_path}/store", ONTOLOGY)
    try:
        promise(store)
    finally:
        store.close()


@given(steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(Verdict)), max_size=7))
@settings(max_examples=examples(15))
def test_judgements_taken_back_last_first_leave_the_graph_as_it_was_at_each_step(steps: list[tuple[int, int, Verdict]]) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"kglite:///{folder}/store", ONTOLOGY)
        judging = judging_of(store)
        people = [row(n, node(f"p:{n}", "Person", name="李样"), node("u:1"), link("EMPLOYED_BY", f"p:{n}", "u:1")) for n in range(4)]
        load(judging.ledger, NEW, people)
        made, stood = [], [everything(store)]
        for left, right, verdict in steps:
            try:
                judging.judge(OFFICE, f"p:{left}", f"p:{right}", verdict)
            except LianyinError:
                assert everything(store) == stood[-1]
                continue
            made.append((f"p:{left}", f"p:{right}"))
            stood.append(everything(store))
        for pair in reversed(made):
            assert everything(store) == stood.pop()
            judging.withdraw(OFFICE, *pair)
        assert everything(store) == stood.pop()
        store.close()


def claim(number: int, left: int, right: int, kind: ClaimKind, day: int, source: str) -> Claim:
    return Claim(
        f"L{number}:1", f"L{number}", source, 9, f"2020-01-{day:02}", "", "", 1, "", kind, "Person", f"p:{left}", f"p:{right}", {}, {}, ""
    )


KINDS = (ClaimKind.SAME, ClaimKind.DIFFERENT, ClaimKind.UNSURE)
DRAWN = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 5), st.sampled_from(KINDS), st.integers(1, 28), st.sampled_from((OFFICE.id, UNION.id, "file"))
    ),
    max_size=14,
)


@given(drawn=DRAWN, order=st.randoms())
def test_clusters_keep_apart_what_is_judged_apart_whatever_the_order(
    drawn: list[tuple[int, int, ClaimKind, int, str]], order: object
) -> None:
    claims = [claim(number, *one) for number, one in enumerate(drawn) if one[0] != one[1]]
    clusters = derive_clusters(claims, {})
    shuffled = list(claims)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert derive_clusters(shuffled, {}) == clusters
    latest: dict[frozenset[str], Claim] = {}
    for one in sorted((c for c in claims if c.source != "file"), key=lambda c: (c.source_date, c.kind.value, c.id)):
        latest[frozenset((one.subject, one.object))] = one
    for one in latest.values():
        if one.kind is ClaimKind.DIFFERENT:
            assert clusters.of(one.subject) != clusters.of(one.object)
    said = {
        frozenset((c.subject, c.object)) for c in [*latest.values(), *(c for c in claims if c.source == "file")] if c.kind is ClaimKind.SAME
    }
    for members in clusters.members.values():
        reached = {members[0]}
        while more := {id for pair in said if pair & reached for id in pair if id in members} - reached:
            reached |= more
        assert reached == set(members)
