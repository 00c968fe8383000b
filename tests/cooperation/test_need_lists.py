"""The lists of the desk: who sees what, and that a list which followed the changes is the list built anew."""

from __future__ import annotations

import datetime

import pytest

from cooperation.acting import Desk, link_draft, node_draft
from cooperation.actors import source_of
from cooperation.needs import MOVES, NeedDesk
from cooperation.needs.deciding import Given, NeedText
from cooperation.needs.listing import NeedList, chosen, followed, read_needs, sees_inside
from cooperation.needs.moves import State
from cooperation.roles import Actor, Role
from tests.cooperation.world import ACME, BETA, DAY, GAOYOU, HANJIANG, LI, OFFICE_FILE, STUDIO, TALENT, UNION, ZHANG
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
    return {each.id.removeprefix("n:") for each in listed.seen_by(actor, listed.rows.values())}


def test_everybody_sees_what_the_table_says(needs: NeedDesk) -> None:
    listed = read_needs(needs.desk.store)
    out = {"acme-out", "acme-taken", "beta-out", "beta-taken"}
    assert ids(listed, ACME) == {"acme-draft", "acme-review", *out}
    assert ids(listed, ZHANG) == ids(listed, LI) == ids(listed, STUDIO) == out
    assert ids(listed, HANJIANG) == {f"acme-{name}" for name in STEPS}
    assert ids(listed, GAOYOU) == {f"beta-{name}" for name in STEPS}
    assert ids(listed, TALENT) == ids(listed, UNION) == {f"{each}-{name}" for each in ("acme", "beta") for name in STEPS}
    assert ids(listed, Actor(Role.PUBLIC)) == set()


def test_a_secret_need_shows_its_inside_to_its_own_only(needs: NeedDesk) -> None:
    row_of = read_needs(needs.desk.store).rows["n:beta-taken"]
    seeing = [actor.id for actor in (ACME, BETA, ZHANG, LI, HANJIANG, GAOYOU, TALENT, STUDIO, UNION) if sees_inside(actor, row_of)]
    assert seeing == [BETA.id, ZHANG.id, GAOYOU.id, TALENT.id]
    assert all(sees_inside(actor, read_needs(needs.desk.store).rows["n:acme-out"]) for actor in (ACME, LI, STUDIO))


def test_mine_overdue_and_by_district(needs: NeedDesk) -> None:
    listed = read_needs(needs.desk.store)
    assert {each.id for each in listed.mine(ZHANG)} == {"n:acme-taken", "n:beta-taken"}
    assert len(listed.mine(ACME)) == len(listed.mine(HANJIANG)) == 4
    assert len(listed.mine(TALENT)) == 8
    assert listed.mine(Actor(Role.PUBLIC)) == []
    rows = listed.rows.values()
    assert chosen(rows, "2020-09-30", overdue=True) == []
    assert len(chosen(rows, "2020-10-01", overdue=True)) == 8
    assert [each.id for each in chosen(rows, "2020-10-01", states=(State.ACCEPTED,), district="gb2260:321084")] == ["n:beta-taken"]


def test_a_list_that_followed_is_the_list_built_anew(needs: NeedDesk) -> None:
    store = needs.desk.store
    listed = read_needs(store)
    steps = (
        lambda: needs.move(LI, "n:acme-out", MOVES["accept"]),
        lambda: needs.move(ZHANG, "n:acme-taken", MOVES["decline"]),
        lambda: needs.move(ACME, "n:acme-draft", MOVES["withdraw"], Given(reason="不需要了")),
        lambda: needs.post(BETA, NeedText("新需求", "人才"), "n:new"),
        lambda: needs.edit(BETA, "n:new", NeedText(name="改名")),
        lambda: needs.desk.ledger.act(source_of(TALENT), "rename", lambda: [node_draft("Enterprise", "e:beta", {"name": "新泵业"})]),
        lambda: needs.desk.ledger.act(source_of(TALENT), "move", lambda: [link_draft("LOCATED_IN", "e:beta", "gb2260:321003")]),
        lambda: load(needs.desk.ledger, OFFICE_FILE, [row(77, link("POSTED", "e:acme", "n:beta-out"))]),
        lambda: needs.desk.ledger.undo(needs.desk.ledger.loads()[-1].id),
    )
    for step in steps:
        step()
        listed = followed(store, listed)
        anew = read_needs(store)
        assert listed.rows == anew.rows
        assert {owner: sorted(each) for owner, each in listed.of.items()} == {owner: sorted(each) for owner, each in anew.of.items()}
        assert {id: listed.names[id] for id in anew.names} == anew.names
        assert listed.revision == store.head().revision
    assert followed(store, listed) is listed
    assert DAY.isoformat() in {each.since for each in listed.rows.values()}
