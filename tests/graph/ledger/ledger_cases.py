"""What the ledger promises, as functions of a store: run on the embedded store here and on both stores in ``tests/contract``."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import Conflict, NotFound
from graph.ledger import Ledger
from graph.model import PLATFORM, Draft, LoadState, RecordDrafts, RecordOutcome
from graph.ontology import default_ontology
from graph.store import ClaimSelection, Store
from tests.graph.ledger.builders import NEW, OFFICER, OLD, REGISTER, Clock, different, everything, link, load, node, plain, row, same

ONTOLOGY = default_ontology()


def ledger_of(store: Store, **settings: int) -> Ledger:
    return Ledger(store, ONTOLOGY, Clock(), **settings)


def participation(number: int, org: str, project: str, **values: object) -> RecordDrafts:
    return row(number, node(org, "Enterprise"), node(project, "Project"), link("PARTICIPATES_IN", org, project, **values))


def second_load_changes_nothing(store: Store) -> None:
    ledger = ledger_of(store)
    rows = [participation(n, f"pic:{n % 3}", f"cordis-project:{n}", role="partner") for n in range(10)]
    first = load(ledger, NEW, rows)
    assert (first.nodes_new, first.relationships_new, first.revision) == (13, 10, 1)
    before = everything(store)
    recording = ledger.begin("again")
    assert recording.record(NEW, "new/list.csv", rows) == [RecordOutcome.UNCHANGED] * 10
    again = recording.publish()
    assert again.nodes_new + again.nodes_updated + again.relationships_new + again.relationships_updated + again.nodes_removed == 0
    assert everything(store) == before


def repeated_rows_are_each_evidence(store: Store) -> None:
    ledger = ledger_of(store)
    rows = [row(2, node("u:1", name="甲"), key="k"), row(3, node("u:1", name="甲"), key="k")]
    load(ledger, NEW, rows)
    _, evidence, _ = ledger.node_evidence("u:1")
    assert [claim.row for claim in evidence] == [2, 3]
    recording = ledger.begin("again")
    assert recording.record(NEW, "new/list.csv", rows) == [RecordOutcome.UNCHANGED] * 2
    recording.publish()


def one_changed_row_is_one_update(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, [row(n, node(f"u:{n}", name="甲")) for n in range(5)])
    recording = ledger.begin("again")
    rows = [row(n, node(f"u:{n}", name="乙" if n == 3 else "甲")) for n in range(5)]
    outcomes = recording.record(NEW, "new/list.csv", rows)
    assert outcomes == [RecordOutcome.UNCHANGED] * 3 + [RecordOutcome.UPDATED, RecordOutcome.UNCHANGED]
    totals = recording.publish()
    assert (totals.nodes_new, totals.nodes_updated) == (0, 1)
    assert [(c.subject, c.deleted) for c in store.changes(totals.revision - 1)] == [("u:3", False)]
    old = [c for c in store.claims(ClaimSelection(nodes=["u:3"], open_only=False)) if c.recorded_to]
    assert [(c.values["name"], c.closed_by) for c in old] == [("甲", "L2")]


def undo_restores_the_graph_exactly(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, [participation(n, f"pic:{n % 3}", f"cordis-project:{n}", role="partner") for n in range(6)])
    before = everything(store)
    changed = [participation(n, f"pic:{n % 2}", f"cordis-project:{n}", role="coordinator") for n in range(6)]
    later = load(ledger, NEW, [*changed, row(9, node("u:9", name="新"))])
    assert everything(store) != before
    with pytest.raises(Conflict, match="L2"):
        ledger.undo("L1")
    undone = ledger.undo(later.load)
    assert everything(store) == before
    assert undone.revision == 3
    assert [load.state for load in ledger.loads()] == [LoadState.PUBLISHED, LoadState.UNDONE, LoadState.PUBLISHED]
    with pytest.raises(Conflict, match="already been undone"):
        ledger.undo(later.load)
    with pytest.raises(Conflict, match="itself an undo"):
        ledger.undo(undone.load)
    with pytest.raises(NotFound):
        ledger.undo("L99")
    ledger.undo("L1")
    assert len(everything(store)) == 0


def rows_that_are_gone_are_told_and_closed_only_when_asked(store: Store) -> None:
    ledger = ledger_of(store)
    rows = [participation(n, f"pic:{n}", "project:1") for n in (1, 2, 3)]
    load(ledger, OLD, rows)
    load(ledger, NEW, [participation(9, "pic:3", "project:1")])
    before = plain(everything(store))
    for close in ((), ("other/list.csv",)):
        recording = ledger.begin("again")
        recording.record(OLD, "old/list.csv", rows[:1])
        assert [(gone.file, gone.row) for gone in recording.gone(close)] == [("list.csv", 2), ("list.csv", 3)]
        recording.publish()
        assert plain(everything(store)) == before
    recording = ledger.begin("full list")
    recording.record(OLD, "old/list.csv", rows[:1])
    recording.gone(("old/list.csv",))
    done = recording.publish()
    nodes, relationships = plain(everything(store))
    assert {"pic:1", "pic:3", "project:1"} == nodes.keys() and len(relationships) == 2, "pic:3 is still said by the other list"
    assert done.nodes_removed == 1
    fresh = ledger.begin("new file")
    assert fresh.gone() == []
    fresh.abandon()
    ledger.undo(done.load)
    assert plain(everything(store)) == before


def undo_in_the_middle(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, OLD, [row(1, node("u:1", name="旧名"), node("u:2", name="乙"))])
    middle = load(ledger, NEW, [row(1, node("u:1", name="新名"), node("u:3", name="丙"), link("SUCCEEDED_BY", "u:1", "u:3"), file="b.csv")])
    load(ledger, REGISTER, [row(1, node("u:2", name="登记名", city="扬州"), file="c.csv")])
    ledger.undo(middle.load)
    nodes, relationships = plain(everything(store))
    assert relationships == {}
    assert {id: properties["name"] for id, (_, properties, _) in nodes.items()} == {"u:1": "旧名", "u:2": "登记名"}


def order_of_loads_does_not_matter(store: Store, other: Store) -> None:
    first = [
        row(1, node("stock:1", "Enterprise", name="甲公司"), same("stock:1", "uscc:1")),
        participation(2, "stock:1", "p:1", role="partner"),
    ]
    second = [participation(1, "uscc:1", "p:1", role="partner", contributionEur=5.0), row(2, node("uscc:1", "Enterprise", name="甲股份"))]
    one, two = ledger_of(store), ledger_of(other)
    load(one, OLD, first)
    load(one, NEW, second)
    load(two, NEW, second)
    load(two, OLD, first)
    assert everything(store) == everything(other)
    nodes, relationships = plain(everything(store))
    assert set(nodes) == {"uscc:1", "p:1"}
    assert nodes["uscc:1"][2] == ("stock:1",)
    assert len(relationships) == 1


def merging_and_unmerging_is_exact(store: Store) -> None:
    ledger = ledger_of(store)
    rows = [
        participation(1, "stock:1", "p:1", role="partner"),
        participation(2, "uscc:1", "p:2", role="partner"),
        participation(3, "uscc:1", "p:1", role="partner"),
    ]
    load(ledger, OLD, rows)
    apart = everything(store)
    assert len(apart.relationships) == 3
    judgement = load(ledger, REGISTER, [row(1, same("stock:1", "uscc:1"), file="judgements")])
    merged = everything(store)
    assert {n.id for n in merged.nodes} == {"uscc:1", "p:1", "p:2"}
    assert len(merged.relationships) == 2
    assert {r.source for r in merged.relationships} == {"uscc:1"}
    _, evidence, why = ledger.node_evidence("uscc:1")
    assert len(evidence) == 3
    assert [(c.subject, c.object) for c in why] == [("stock:1", "uscc:1")]
    (both,) = (r for r in merged.relationships if r.target == "p:1")
    assert {c.row for c in ledger.relationship_evidence([both])[both.id]} == {1, 3}
    ledger.undo(judgement.load)
    assert everything(store) == apart


def a_different_judgement_parts(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, OLD, [row(1, node("a:1", "Enterprise"), same("a:1", "b:1")), row(2, node("b:1", "Enterprise"))])
    assert len(everything(store).nodes) == 1
    load(ledger, REGISTER, [row(1, different("a:1", "b:1"), file="judgements")])
    assert {n.id for n in everything(store).nodes} == {"a:1", "b:1"}


def a_link_node_writes_direct_relationships(store: Store) -> None:
    ledger = ledger_of(store)
    term = [
        node("term:1", "Secondment", name="挂职", startDate="2020-08", endDate="2021-07"),
        node("person:1", "Person", name="王虚构"),
        node("school:1", name="示例大学"),
        link("HAS_TERM", "person:1", "term:1"),
        link("SENT_BY", "term:1", "school:1"),
    ]
    load(ledger, OLD, [row(17, *term)])
    (direct,) = (r for r in everything(store).relationships if r.type == "SECONDED_FROM")
    assert (direct.source, direct.target, direct.properties["validTo"]) == ("person:1", "school:1", "2021-07")
    assert [c.row for c in ledger.relationship_evidence([direct])[direct.id]] == [17]
    extended = load(ledger, NEW, [row(1, node("term:1", "Secondment", endDate="2022-07"), file="extensions.csv")])
    (direct,) = (r for r in everything(store).relationships if r.type == "SECONDED_FROM")
    assert direct.properties["validTo"] == "2022-07"
    ledger.undo(extended.load)
    (direct,) = (r for r in everything(store).relationships if r.type == "SECONDED_FROM")
    assert direct.properties["validTo"] == "2021-07"
    ledger.undo("L1")
    assert len(everything(store)) == 0


def a_relationship_waits_for_its_end(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, OLD, [row(1, node("p:1", "Project"), link("PARTICIPATES_IN", "pic:1", "p:1", role="partner"))])
    assert everything(store).relationships == ()
    load(ledger, NEW, [row(1, node("pic:1", "Enterprise"), file="b.csv")])
    assert len(everything(store).relationships) == 1


def a_staged_publication_equals_a_small_one(store: Store, other: Store) -> None:
    rows = [participation(n, f"pic:{n % 7}", f"cordis-project:{n}", role="partner") for n in range(60)]
    load(ledger_of(store, one_transaction=10), NEW, rows)
    load(ledger_of(other), NEW, rows)
    assert everything(store) == everything(other)
    assert sorted(c.subject for c in store.changes(0)) == sorted(c.subject for c in other.changes(0))


def what_was_left_unpublished_is_withdrawn(store: Store) -> None:
    ledger = ledger_of(store, one_transaction=10)
    load(ledger, NEW, [row(1, node("u:1", name="甲"))])
    before = everything(store)
    recording = ledger.begin("torn")
    recording.record(NEW, "new/torn.csv", [row(n, node(f"v:{n}")) for n in range(50)])
    recording._append()
    assert [left.id for left in ledger.recover(0)] == ["L2"]
    assert everything(store) == before
    assert list(store.claims(ClaimSelection(loads=["L2"], open_only=False))) == []
    assert ledger.recover(0) == []


def erring_drafts_record_nothing(store: Store) -> None:
    ledger = ledger_of(store)
    recording = ledger.begin("bad")
    with pytest.raises(Exception, match="not a type"):
        recording.record(NEW, "new/list.csv", [row(1, node("u:1", "Unicorn"))])
    recording.abandon()
    assert len(everything(store)) == 0


def an_act_is_what_stands_whatever_files_say(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, [row(1, node("need:1", "Need", name="焊接", state="已发布"))])
    moved = ledger.act(OFFICER, "sign", lambda: [node("need:1", "Need", state="已签约")])
    assert (moved.nodes_updated, moved.revision) == (1, 2)
    load(ledger, NEW, [row(1, node("need:1", "Need", name="焊接", state="已完成"))])
    ledger.act(OFFICER, "start", lambda: [node("need:1", "Need", state="实施中")])
    found, evidence, _ = ledger.node_evidence("need:1")
    assert found.properties["state"] == "实施中"
    acts = [claim for claim in evidence if claim.precedence == PLATFORM]
    assert [claim.values["state"] for claim in acts] == ["实施中", "已签约"]
    assert acts[0].source_date > acts[1].source_date
    assert {claim.source for claim in acts} == {OFFICER.id}


def an_act_decides_on_what_stands_and_leaves_nothing_when_it_is_forbidden(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, [row(1, node("need:1", "Need", name="焊接"))])
    before, loads = everything(store), len(store.loads((LoadState.PUBLISHED,)))

    def forbidden() -> list[Draft]:
        assert [each.id for each in store.facts(nodes=("need:1",)).nodes] == ["need:1"]
        raise Conflict("no")

    with pytest.raises(Conflict, match="no"):
        ledger.act(OFFICER, "forbidden", forbidden)
    assert ledger.act(OFFICER, "idle", list).load == ""
    assert everything(store) == before
    assert len(store.loads((LoadState.PUBLISHED,))) == loads
    assert store.head().publishing == ""
    with pytest.raises(ValueError, match="person:"):
        ledger.act(NEW, "no person", list)


def of_acts_at_once_each_sees_the_one_before(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, [row(1, node("need:1", "Need", name="焊接", budgetWan=0))])

    def add() -> list[Draft]:
        stands = store.facts(nodes=("need:1",)).nodes[0].properties["budgetWan"]
        return [node("need:1", "Need", budgetWan=int(stands) + 1)]  # type: ignore[arg-type]

    with ThreadPoolExecutor(4) as several:
        revisions = list(several.map(lambda _: ledger.act(OFFICER, "add", add).revision, range(8)))
    assert sorted(revisions) == list(range(2, 10))
    assert store.facts(nodes=("need:1",)).nodes[0].properties["budgetWan"] == 8


def an_act_is_undone_the_last_one_first_and_holds_what_it_stands_on(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, [row(1, node("need:1", "Need", name="焊接"))])
    before = everything(store)
    first = ledger.act(OFFICER, "first", lambda: [node("need:1", "Need", state="已发布")]).load
    second = ledger.act(OFFICER, "second", lambda: [node("need:1", "Need", state="已接单")]).load
    with pytest.raises(Conflict, match=second):
        ledger.undo(first)
    with pytest.raises(Conflict, match=f"{first}.*{second}"):
        ledger.undo("L1")
    ledger.undo(second)
    ledger.undo(first)
    assert everything(store) == before
    ledger.undo("L1")
    assert len(everything(store)) == 0


ON_ONE_STORE: list[Callable[[Store], None]] = [
    second_load_changes_nothing,
    repeated_rows_are_each_evidence,
    one_changed_row_is_one_update,
    undo_restores_the_graph_exactly,
    rows_that_are_gone_are_told_and_closed_only_when_asked,
    undo_in_the_middle,
    merging_and_unmerging_is_exact,
    a_different_judgement_parts,
    a_link_node_writes_direct_relationships,
    a_relationship_waits_for_its_end,
    what_was_left_unpublished_is_withdrawn,
    erring_drafts_record_nothing,
    an_act_is_what_stands_whatever_files_say,
    an_act_decides_on_what_stands_and_leaves_nothing_when_it_is_forbidden,
    of_acts_at_once_each_sees_the_one_before,
    an_act_is_undone_the_last_one_first_and_holds_what_it_stands_on,
]

ON_TWO_STORES: list[Callable[[Store, Store], None]] = [order_of_loads_does_not_matter, a_staged_publication_equals_a_small_one]
