"""What judgements promise, as functions of a store: run on the embedded store here and on both stores in ``tests/contract``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.errors import Conflict, NotFound, QueryProblem
from graph.identity.judgements import Verdict
from graph.ledger.judging import Judging
from graph.model import Source
from graph.store import Store
from tests.graph.ledger.builders import NEW, OLD, everything, link, load, node, plain, row, same
from tests.graph.ledger.ledger_cases import ONTOLOGY, ledger_of

OFFICE = Source("person:talent", "talent office")
UNION = Source("person:union", "union")


def judging_of(store: Store) -> Judging:
    return Judging(store, ONTOLOGY, ledger_of(store))


def three(judging: Judging) -> None:
    """Three people, each with a post of their own."""
    rows = [row(n, node(f"p:{n}", "Person", name="张拟"), node(f"u:{n}"), link("EMPLOYED_BY", f"p:{n}", f"u:{n}")) for n in (1, 2, 3)]
    load(judging.ledger, NEW, rows)


def a_judgement_merges_and_taking_it_back_parts_exactly(store: Store) -> None:
    judging = judging_of(store)
    three(judging)
    before = everything(store)
    published = judging.judge(OFFICE, "p:2", "p:1", Verdict.SAME, " 同一手机 ")
    assert (published.nodes_removed, published.nodes_updated) == (1, 1)
    merged = everything(store)
    assert [n.identifiers for n in merged.nodes if n.id == "p:1"] == [("p:2",)]
    assert {r.target for r in merged.relationships if r.source == "p:1"} == {"u:1", "u:2"}
    [one] = judging.judgements()
    assert (one.left, one.right, one.verdict, one.actor, one.note, one.load) == ("p:1", "p:2", "same", "talent", "同一手机", published.load)
    judging.withdraw(OFFICE, "p:2", "p:1")
    assert everything(store) == before
    assert judging.judgements() == []
    with pytest.raises(NotFound, match="judged"):
        judging.withdraw(OFFICE, "p:1", "p:2")


def a_later_judgement_replaces_the_earlier_and_its_withdrawal_restores_it(store: Store) -> None:
    judging = judging_of(store)
    three(judging)
    apart = everything(store)
    judging.judge(OFFICE, "p:1", "p:2", Verdict.SAME)
    merged = everything(store)
    judging.judge(UNION, "p:2", "p:1", Verdict.DIFFERENT, "两个人")
    assert everything(store) == apart
    assert [(each.verdict, each.actor) for each in judging.judgements()] == [(Verdict.DIFFERENT, "union")]
    judging.judge(OFFICE, "p:1", "p:2", Verdict.UNSURE)
    assert everything(store) == apart
    assert [each.verdict for each in judging.judgements()] == [Verdict.UNSURE]
    for expected in (apart, merged, apart):
        judging.withdraw(OFFICE, "p:1", "p:2")
        assert everything(store) == expected


def a_judgement_outlives_its_files(store: Store) -> None:
    judging = judging_of(store)
    three(judging)
    judging.judge(OFFICE, "p:1", "p:2", Verdict.SAME)
    merged = everything(store)
    judging.ledger.undo("L1")
    assert len(everything(store)) == 0
    with pytest.raises(NotFound, match="p:1"):
        judging.judge(OFFICE, "p:1", "p:3", Verdict.SAME)
    three(judging)
    assert plain(everything(store)) == plain(merged)


def contradictions_are_listed_with_the_chain_that_leads_to_them(store: Store) -> None:
    judging = judging_of(store)
    three(judging)
    judging.judge(OFFICE, "p:1", "p:2", Verdict.SAME)
    judging.judge(OFFICE, "p:2", "p:3", Verdict.SAME)
    judging.judge(UNION, "p:1", "p:3", Verdict.DIFFERENT)
    [found] = judging.contradictions()
    assert (found.left, found.right, found.apart.source) == ("p:1", "p:3", "person:union")
    assert [(step.subject, step.object) for step in found.chain] == [("p:1", "p:2"), ("p:2", "p:3")]
    assert len([n for n in everything(store).nodes if n.type == "Person"]) == 2
    judging.withdraw(OFFICE, "p:1", "p:3")
    assert judging.contradictions() == []
    assert len([n for n in everything(store).nodes if n.type == "Person"]) == 1


def what_cannot_be_judged_is_refused_and_leaves_nothing(store: Store) -> None:
    judging = judging_of(store)
    three(judging)
    judging.judge(OFFICE, "p:1", "p:2", Verdict.SAME)
    before = everything(store)
    for pair, error, words in (
        (("p:1", "p:9"), NotFound, "p:9"),
        (("p:1", "p:1"), QueryProblem, "itself"),
        (("p:1", "u:1"), QueryProblem, "Person.*University"),
        (("p:2", "p:1"), Conflict, "by talent"),
    ):
        with pytest.raises(error, match=words):
            judging.judge(UNION, *pair, Verdict.SAME)
    with pytest.raises(QueryProblem, match="characters"):
        judging.judge(UNION, "p:1", "p:3", Verdict.SAME, "长" * 2_001)
    judging.judge(OFFICE, "p:2", "p:3", Verdict.SAME)
    with pytest.raises(Conflict, match="already one node"):
        judging.judge(UNION, "p:1", "p:3", Verdict.SAME)
    judging.withdraw(OFFICE, "p:2", "p:3")
    assert everything(store) == before


def an_id_that_a_file_gives_to_the_same_thing_names_the_same_judgement(store: Store) -> None:
    judging = judging_of(store)
    firms = [node(f"firm:{n}", "Enterprise", name="示例") for n in (1, 2)]
    load(judging.ledger, OLD, [row(1, *firms, same("firm:1", "stock:000001"))])
    judging.judge(OFFICE, "stock:000001", "firm:2", Verdict.DIFFERENT)
    judging.judge(OFFICE, "firm:1", "firm:2", Verdict.SAME)
    [one] = judging.judgements()
    assert one.verdict is Verdict.SAME
    assert len(everything(store).nodes) == 1
    assert judging.contradictions() == []


def a_preview_says_what_the_judgement_then_does(store: Store) -> None:
    judging = judging_of(store)
    three(judging)
    before = everything(store)
    loads = store.loads()
    told = judging.preview(OFFICE, "p:1", "p:2", Verdict.SAME, 10)
    assert (everything(store), store.loads()) == (before, loads)
    judging.judge(OFFICE, "p:1", "p:2", Verdict.SAME)
    after = everything(store)
    assert [n.id for n in told.gone.nodes] == ["p:2"]
    assert {n.id: n for n in told.after.nodes} == {n.id: n for n in after.nodes if n.id == "p:1"}
    assert {r.id for r in told.new.relationships} == {r.id for r in after.relationships} - {r.id for r in before.relationships}


PROMISES: list[Callable[[Store], None]] = [
    a_judgement_merges_and_taking_it_back_parts_exactly,
    a_later_judgement_replaces_the_earlier_and_its_withdrawal_restores_it,
    a_judgement_outlives_its_files,
    contradictions_are_listed_with_the_chain_that_leads_to_them,
    what_cannot_be_judged_is_refused_and_leaves_nothing,
    an_id_that_a_file_gives_to_the_same_thing_names_the_same_judgement,
    a_preview_says_what_the_judgement_then_does,
]
