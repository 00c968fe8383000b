"""The lists of the desk: who sees what, and that a list which followed the changes is the list built anew."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.acting import Desk, link_draft, node_draft
from cooperation.actors import source_of
from cooperation.needs import MOVES, NeedDesk
from cooperation.needs.columns import Columns
from cooperation.needs.deciding import MoveDetails, NeedText
from cooperation.needs.listing import Wanted, sees, sees_inside, selected
from cooperation.needs.moves import State
from cooperation.needs.need_list import NeedList, followed, read_needs
from cooperation.needs.rows import Addresses, NeedRow
from cooperation.roles import Actor, Resource, Role
from graph.values import last_day
from tests.cooperation.world import ACME, BETA, DAY, GAOYOU, HANJIANG, LI, OFFICE_FILE, ONTOLOGY, STUDIO, TALENT, UNION, ZHANG
from tests.graph.ledger.builders import link, load, row

STEPS = {"draft": (), "review": ("submit",), "out": ("submit", "publish"), "taken": ("submit", "publish", "accept")}


@pytest.fixture
def needs(desk: Desk) -> NeedDesk:
    """A need in each of these states for each enterprise, those of 示例泵业 secret; all due at the end of September."""
    found = NeedDesk(desk)
    for actor in (ACME, BETA):
        for name, steps in STEPS.items():
            text = NeedText(f"{actor.name} {name}", "技术", due=datetime.date(2020, 9, 30), fields=("f:weld",), secret=actor is BETA)
            found.post(actor, text, f"n:{actor.node[2:]}-{name}")
            for step in steps:
                found.move({"submit": actor, "publish": TALENT, "accept": ZHANG}[step], f"n:{actor.node[2:]}-{name}", MOVES[step])
    return found


def ids(listed: NeedList, actor: Actor) -> set[str]:
    found = selected(listed, actor, Wanted(), DAY, 100)
    assert {each.id for each in found.rows} == {each.id for each in listed.rows.values() if sees(actor, each)}
    assert found.total == len(found.rows) == sum(found.by_state.values())
    return {each.id.removeprefix("n:") for each in found.rows}


def chosen(listed: NeedList, actor: Actor, wanted: Wanted, day: datetime.date = DAY) -> list[str]:
    return [each.id for each in selected(listed, actor, wanted, day, 100).rows]


def test_everybody_sees_what_the_table_says(needs: NeedDesk) -> None:
    listed = read_needs(needs.desk.store, ONTOLOGY)
    out = {"acme-out", "acme-taken", "beta-out", "beta-taken"}
    assert ids(listed, ACME) == {"acme-draft", "acme-review", *out}
    assert ids(listed, ZHANG) == ids(listed, LI) == ids(listed, STUDIO) == ids(listed, Actor(Role.ANALYST)) == out
    assert ids(listed, HANJIANG) == {f"acme-{name}" for name in STEPS}
    assert ids(listed, GAOYOU) == {f"beta-{name}" for name in STEPS}
    assert ids(listed, TALENT) == ids(listed, UNION) == {f"{each}-{name}" for each in ("acme", "beta") for name in STEPS}
    counted = selected(listed, Actor(Role.PUBLIC), Wanted(), DAY, 100)
    assert (counted.rows, counted.total) == ((), 4) and counted.by_state == {State.PUBLISHED: 2, State.ACCEPTED: 2}


def test_a_secret_need_shows_its_inside_to_its_own_only(needs: NeedDesk) -> None:
    row_of = read_needs(needs.desk.store, ONTOLOGY).rows["n:beta-taken"]
    seeing = [actor.id for actor in (ACME, BETA, ZHANG, LI, HANJIANG, GAOYOU, TALENT, STUDIO, UNION) if sees_inside(actor, row_of)]
    assert seeing == [BETA.id, ZHANG.id, GAOYOU.id, TALENT.id]
    assert all(sees_inside(actor, read_needs(needs.desk.store, ONTOLOGY).rows["n:acme-out"]) for actor in (ACME, LI, STUDIO))


def test_mine_overdue_and_by_district(needs: NeedDesk) -> None:
    listed = read_needs(needs.desk.store, ONTOLOGY)
    mine = Wanted(mine=True)
    assert set(chosen(listed, ZHANG, mine)) == {"n:acme-taken", "n:beta-taken"}
    assert len(chosen(listed, ACME, mine)) == len(chosen(listed, HANJIANG, mine)) == 4
    assert len(chosen(listed, TALENT, mine)) == 8
    assert chosen(listed, Actor(Role.PUBLIC), mine) == []
    overdue = Wanted(overdue=True)
    assert chosen(listed, TALENT, overdue, datetime.date(2020, 9, 30)) == []
    assert len(chosen(listed, TALENT, overdue, datetime.date(2020, 10, 1))) == 8
    assert chosen(listed, TALENT, Wanted(states=(State.ACCEPTED,), district="gb2260:321084")) == ["n:beta-taken"]
    assert chosen(listed, ACME, Wanted(district="gb2260:321084")) == ["n:beta-out", "n:beta-taken"]


@given(
    st.lists(st.tuples(st.sampled_from(State), st.sampled_from(("", "2020", "2020-09", "2020-09-10", "2021-01-01"))), max_size=30),
    st.integers(0, 12),
    st.booleans(),
)
def test_the_first_rows_are_those_of_sorting_all(made: list[tuple[State, str]], limit: int, overdue: bool) -> None:
    rows = {
        f"n:{number:02}": NeedRow(
            f"n:{number:02}",
            "…",
            "技术",
            state,
            due,
            "",
            False,
            ("e:1",),
            (),
            Resource(frozenset({"e:1"}), frozenset(), frozenset({"d:1"})),
        )
        for number, (state, due) in enumerate(made)
    }
    listed = NeedList(1, rows, Columns.of_rows(rows), {}, Addresses.empty(ONTOLOGY))
    found = selected(listed, TALENT, Wanted(overdue=overdue), DAY, limit)
    wanted = [each for each in rows.values() if not overdue or each.is_overdue(DAY.isoformat())]
    ordered = sorted(wanted, key=lambda each: (last_day(each.due or "9999"), each.id))
    assert [each.id for each in found.rows] == [each.id for each in ordered[:limit]]
    assert found.total == len(wanted)


def test_a_list_that_followed_is_the_list_built_anew(needs: NeedDesk) -> None:
    store = needs.desk.store
    listed = read_needs(store, ONTOLOGY)
    steps = (
        lambda: needs.move(LI, "n:acme-out", MOVES["accept"]),
        lambda: needs.move(ZHANG, "n:acme-taken", MOVES["decline"]),
        lambda: needs.move(ACME, "n:acme-draft", MOVES["withdraw"], MoveDetails(reason="不需要了")),
        lambda: needs.post(BETA, NeedText("新需求", "人才"), "n:new"),
        lambda: needs.edit(BETA, "n:new", NeedText(name="改名")),
        lambda: needs.desk.ledger.act(source_of(TALENT), "rename", lambda: [node_draft("Enterprise", "e:beta", {"name": "新泵业"})]),
        lambda: needs.desk.ledger.act(source_of(TALENT), "move", lambda: [link_draft("LOCATED_IN", "e:beta", "gb2260:321003")]),
        lambda: load(
            needs.desk.ledger, OFFICE_FILE, [row(77, link("POSTED", "e:acme", "n:beta-out"), link("LOCATED_IN", "e:beta", "t:town"))]
        ),
        lambda: needs.desk.ledger.undo(needs.desk.ledger.loads()[-1].id),
        lambda: needs.move(LI, "n:beta-out", MOVES["accept"]),
        lambda: needs.desk.ledger.undo(needs.desk.ledger.loads()[-1].id),
        lambda: load(needs.desk.ledger, OFFICE_FILE, [row(78, link("PART_OF", "gb2260:321003", "gb2260:321084"))]),
        lambda: needs.desk.ledger.undo(needs.desk.ledger.loads()[-1].id),
    )
    for step in steps:
        step()
        listed = followed(store, listed)
        anew = read_needs(store, ONTOLOGY)
        assert listed.rows == anew.rows
        owners = {owner for each in (listed, anew) for owner in each.columns.of}
        assert {owner: listed.columns.ids_of(owner) for owner in owners} == {owner: anew.columns.ids_of(owner) for owner in owners}
        for actor in (ACME, ZHANG, TALENT):
            everything = Wanted()
            assert selected(listed, actor, everything, DAY, 100) == selected(anew, actor, everything, DAY, 100)
        assert {id: listed.names[id] for id in anew.names} == anew.names
        assert listed.revision == store.head().revision
    assert followed(store, listed) is listed
    assert DAY.isoformat() in {each.since for each in listed.rows.values()}
