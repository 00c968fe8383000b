"""Needs and acceptances: the way through all states, who may do what, and everything that is refused."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from cooperation.acting import Desk, link_draft, node_draft
from cooperation.actors import read_actor, source_of
from cooperation.needs import MOVES, NeedDesk, State
from cooperation.needs.deciding import MoveDetails, NeedText
from cooperation.needs.history import replayed
from cooperation.needs.moves import ENDED, moves_from
from cooperation.roles import RIGHTS, Actor, Role
from graph.errors import Conflict, Forbidden, LianyinError, NotFound, QueryProblem, RuleBroken, ValueProblem
from graph.model import PERSON, PLATFORM
from tests.cooperation.world import ACME, BETA, DAY, GAOYOU, HANJIANG, LI, OFFICE_FILE, TALENT, UNION, ZHANG
from tests.graph.ledger.builders import everything, load, node, row

TEXT = NeedText("轻量化焊接", "技术", "铝合金车身", 50, datetime.date(2020, 12, 31), ("f:weld",))
NEED = "platform:need-1"


def moved(desk: Desk, *steps: tuple[Actor, str]) -> NeedDesk:
    """A posted need after these moves."""
    needs = NeedDesk(desk)
    needs.post(ACME, TEXT, NEED)
    for actor, name in steps:
        needs.move(actor, NEED, MOVES[name], MoveDetails(reason="…", evidence="检测报告 7 号", agreement="g:1"))
    return needs


REVIEWED = ((ACME, "submit"), (HANJIANG, "publish"))
IN_TALKS = (*REVIEWED, (ZHANG, "accept"), (ACME, "talk"))


def agree(desk: Desk, *signers: str, covers: str = NEED) -> None:
    """An agreement that covers the need and that these have signed, each on a side of their own."""
    drafts = [
        node_draft("Agreement", "g:1", {"name": "XY-1", "kind": "技术开发", "contractWan": 50.0}),
        link_draft("COVERS", "g:1", covers),
    ]
    drafts += [link_draft("SIGNED_BY", "g:1", signer, side=f"{number}") for number, signer in enumerate(signers)]
    desk.ledger.act(source_of(TALENT), "agreement", lambda: drafts)


def test_a_need_goes_all_the_way_and_its_history_says_who_moved_it(on_both: Desk) -> None:
    needs = moved(on_both, *IN_TALKS)
    needs.move(LI, NEED, MOVES["accept"])
    assert needs.read(NEED).takers == ("p:li", "p:zhang")
    agree(on_both, "e:acme", "u:one")
    for actor, name in ((ACME, "sign"), (ZHANG, "start"), (ZHANG, "deliver"), (ACME, "rework"), (ZHANG, "deliver"), (ACME, "complete")):
        needs.move(actor, NEED, MOVES[name], MoveDetails(reason="尺寸不符", evidence="检测报告 7 号", agreement="g:1"))
    history = needs.history(NEED)
    assert [(event.actor, event.move, event.state) for event in history] == [
        ("enterprise:e:acme", "post", "草稿"),
        ("enterprise:e:acme", "submit", "待审核"),
        ("district:gb2260:321003", "publish", "已发布"),
        ("expert:p:zhang", "accept", "已接单"),
        ("enterprise:e:acme", "talk", "对接中"),
        ("expert:p:li", "accept", ""),
        ("enterprise:e:acme", "sign", "已签约"),
        ("expert:p:zhang", "start", "实施中"),
        ("expert:p:zhang", "deliver", "待验收"),
        ("enterprise:e:acme", "rework", "实施中"),
        ("expert:p:zhang", "deliver", "待验收"),
        ("enterprise:e:acme", "complete", "已完成"),
    ]
    assert [event.at for event in history] == sorted({event.at for event in history})
    assert replayed(history) is needs.read(NEED).state is State.COMPLETED
    claims = on_both.ledger.node_evidence(NEED)[1]
    assert {claim.precedence for claim in claims} == {PLATFORM}
    assert all(claim.source.startswith(PERSON) for claim in claims)


def test_accepting_is_not_signing_and_an_agreement_needs_two_sides(desk: Desk) -> None:
    needs = moved(desk, *IN_TALKS)
    with pytest.raises(ValueProblem, match="agreement") as missing:
        needs.move(ACME, NEED, MOVES["sign"])
    assert missing.value.where == {"parameter": "agreement"}
    agree(desk, "e:acme")
    with pytest.raises(RuleBroken, match="signed by both sides") as broken:
        needs.move(ACME, NEED, MOVES["sign"], MoveDetails(agreement="g:1"))
    assert broken.value.rule == "need.agreement"
    assert needs.read(NEED).state is State.IN_TALKS


def test_an_agreement_on_something_else_does_not_do(desk: Desk) -> None:
    needs = moved(desk, *IN_TALKS)
    needs.post(BETA, TEXT, "platform:need-2")
    agree(desk, "e:acme", "u:one", covers="platform:need-2")
    with pytest.raises(RuleBroken, match="not an agreement on this need"):
        needs.move(ACME, NEED, MOVES["sign"], MoveDetails(agreement="g:1"))


@pytest.mark.parametrize(
    ("actor", "steps", "move"),
    [
        (BETA, (), "submit"),  # another's need
        (BETA, REVIEWED, "withdraw"),
        (GAOYOU, ((ACME, "submit"),), "publish"),  # another district
        (ACME, ((ACME, "submit"),), "publish"),  # one's own judge
        (ACME, REVIEWED, "accept"),  # an enterprise is no expert
        (ZHANG, REVIEWED, "talk"),  # has not taken it on
        (LI, IN_TALKS, "decline"),
        (UNION, ((ACME, "submit"),), "publish"),
        (Actor(Role.PUBLIC), REVIEWED, "accept"),
        (Actor(Role.ANALYST), REVIEWED, "withdraw"),
    ],
)
def test_nobody_acts_for_someone_else(desk: Desk, actor: Actor, steps: tuple[tuple[Actor, str], ...], move: str) -> None:
    needs = moved(desk, *steps)
    before, loads = everything(desk.store), desk.store.head().revision
    with pytest.raises(Forbidden) as refused:
        needs.move(actor, NEED, MOVES[move], MoveDetails(reason="…"))
    assert refused.value.rule == f"need.{move}"
    assert refused.value.where == {"parameter": "as"}
    assert (everything(desk.store), desk.store.head().revision) == (before, loads)


def test_every_move_that_the_table_does_not_have_is_refused_with_what_would_be_legal(desk: Desk) -> None:
    needs = moved(desk)
    agree(desk, "e:acme", "u:one")
    path = ["submit", "publish", "accept", "talk", "sign", "start", "deliver", "complete"]
    actors = {"publish": TALENT, "accept": ZHANG}
    given = MoveDetails(reason="…", agreement="g:1", evidence="…")
    for name in [*path, ""]:
        state = needs.read(NEED).state
        for move in set(MOVES.values()) - set(moves_from(state)):
            actor = next(each for each in (ACME, ZHANG, TALENT) if each.role in RIGHTS[move.right])
            with pytest.raises((RuleBroken, Forbidden)) as refused:
                needs.move(actor, NEED, move, given)
            if isinstance(refused.value, RuleBroken):
                assert refused.value.rule == f"need.{move.name}.state"
                assert set(refused.value.legal) <= {each.name for each in moves_from(state)}
        assert needs.read(NEED).state is state
        if name:
            needs.move(actors.get(name, ACME), NEED, MOVES[name], given)
    assert needs.read(NEED).state in ENDED


def test_a_deadline_is_kept_by_the_clock_that_is_passed_in(desk: Desk, later: Desk) -> None:
    moved(desk, *REVIEWED)
    with pytest.raises(RuleBroken, match="has not passed"):
        NeedDesk(desk).move(TALENT, NEED, MOVES["expire"])
    with pytest.raises(RuleBroken, match="2020-12-31 has passed") as late:
        NeedDesk(later).move(ZHANG, NEED, MOVES["accept"])
    assert late.value.rule == "need.deadline"
    NeedDesk(later).move(TALENT, NEED, MOVES["expire"])
    assert NeedDesk(later).read(NEED).state is State.EXPIRED


def test_the_same_expert_takes_a_need_on_once_and_may_step_back(desk: Desk) -> None:
    needs = moved(desk, *REVIEWED, (ZHANG, "accept"))
    with pytest.raises(RuleBroken, match="already"):
        needs.move(ZHANG, NEED, MOVES["accept"])
    needs.move(LI, NEED, MOVES["accept"])
    needs.move(ZHANG, NEED, MOVES["decline"])
    assert (needs.read(NEED).takers, needs.read(NEED).state) == (("p:li",), State.ACCEPTED)
    needs.move(LI, NEED, MOVES["decline"])
    assert (needs.read(NEED).takers, needs.read(NEED).state) == ((), State.PUBLISHED)
    needs.move(ZHANG, NEED, MOVES["accept"])
    assert needs.read(NEED).takers == ("p:zhang",)
    assert replayed(needs.history(NEED)) is State.ACCEPTED


def test_of_two_who_make_the_same_single_move_at_once_one_wins_and_the_other_is_told(on_both: Desk) -> None:
    needs = moved(on_both, (ACME, "submit"))

    def publish(actor: Actor) -> LianyinError | None:
        try:
            needs.move(actor, NEED, MOVES["publish"])
        except RuleBroken as told:
            return told
        return None

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(publish, (TALENT, HANJIANG)))
    (lost,) = [each for each in told if each is not None]
    assert isinstance(lost, RuleBroken) and lost.rule == "need.publish.state"
    assert [event.move for event in needs.history(NEED)] == ["post", "submit", "publish"]


def test_a_decision_on_an_old_revision_is_refused(desk: Desk) -> None:
    needs = moved(desk, (ACME, "submit"))
    seen = desk.store.head().revision
    needs.move(HANJIANG, NEED, MOVES["return"], MoveDetails(reason="写得太泛"))
    with pytest.raises(RuleBroken, match="changed since") as stale:
        needs.move(ACME, NEED, MOVES["submit"], expected=seen)
    assert stale.value.rule == "stale-revision"
    needs.move(ACME, NEED, MOVES["submit"], expected=desk.store.head().revision)
    with pytest.raises(QueryProblem, match="does not exist yet"):
        needs.move(HANJIANG, NEED, MOVES["publish"], expected=10_000)


@pytest.mark.parametrize("move", ["return", "withdraw"])
def test_what_is_sent_back_says_why(desk: Desk, move: str) -> None:
    needs = moved(desk, (ACME, "submit"))
    actor = HANJIANG if move == "return" else ACME
    with pytest.raises(ValueProblem, match="reason"):
        needs.move(actor, NEED, MOVES[move], MoveDetails(reason="  "))
    needs.move(actor, NEED, MOVES[move], MoveDetails(reason="写得太泛"))
    assert needs.history(NEED)[-1].reason == "写得太泛"


@pytest.mark.parametrize(
    ("text", "problem", "parameter"),
    [
        (NeedText("", "技术"), ValueProblem, "name"),
        (NeedText("焊接", "钱"), ValueProblem, "kind"),
        (NeedText("焊接", "技术", budget_wan=-1), ValueProblem, "budget_wan"),
        (NeedText("焊接", "技术", budget_wan=float("nan")), ValueProblem, "budget_wan"),
        (NeedText("焊接", "技术", due=DAY - datetime.timedelta(days=1)), RuleBroken, "due"),
        (NeedText("焊接", "技术", detail="长" * 10_001), ValueProblem, "detail"),
        (NeedText("焊接", "技术", fields=("f:none",)), NotFound, "field"),
    ],
)
def test_what_cannot_be_posted_is_refused_and_leaves_nothing(
    desk: Desk, text: NeedText, problem: type[LianyinError], parameter: str
) -> None:
    before = everything(desk.store)
    with pytest.raises(problem) as refused:
        NeedDesk(desk).post(ACME, text, NEED)
    assert refused.value.where == {"parameter": parameter}
    assert everything(desk.store) == before
    assert desk.store.head().publishing == ""


def test_a_draft_is_edited_and_not_posted_twice(desk: Desk) -> None:
    needs = moved(desk)
    with pytest.raises(RuleBroken, match="already"):
        needs.post(ACME, TEXT, NEED)
    needs.edit(ACME, NEED, NeedText("轻量化激光焊接", budget_wan=80))
    found = needs.read(NEED).node.properties
    assert (found["name"], found["budgetWan"], found["detail"]) == ("轻量化激光焊接", 80, "铝合金车身")
    needs.move(ACME, NEED, MOVES["submit"])
    with pytest.raises(RuleBroken, match="not possible"):
        needs.edit(ACME, NEED, NeedText("换一个"))
    with pytest.raises(Forbidden):
        needs.post(ZHANG, TEXT, "platform:need-9")


def test_once_moved_on_the_platform_no_file_moves_a_need(on_both: Desk) -> None:
    rows = [row(1, node("city-need:XQ-001", "Need", name="焊接", state="已发布"))]
    load(on_both.ledger, OFFICE_FILE, rows)
    needs = NeedDesk(on_both)
    needs.move(ZHANG, "city-need:XQ-001", MOVES["accept"])
    load(on_both.ledger, OFFICE_FILE, [row(1, node("city-need:XQ-001", "Need", name="焊接", state="已完成"))])
    assert needs.read("city-need:XQ-001").state is State.ACCEPTED
    history = needs.history("city-need:XQ-001")
    assert [(event.before, event.move, event.state) for event in history] == [("已发布", "accept", "已接单")]
    assert replayed(history) is State.ACCEPTED


def test_a_move_is_undone_the_last_first(desk: Desk) -> None:
    needs = moved(desk)
    before = everything(desk.store)
    submitted = needs.move(ACME, NEED, MOVES["submit"])
    published = needs.move(TALENT, NEED, MOVES["publish"])
    with pytest.raises(Conflict, match=published.act):
        desk.ledger.undo(submitted.act)
    desk.ledger.undo(published.act)
    desk.ledger.undo(submitted.act)
    assert everything(desk.store) == before


def test_actors_are_named_by_role_and_node(desk: Desk) -> None:
    nodes = {node.caption: node for node in everything(desk.store).nodes}

    def find(text: str, parameter: str):  # type: ignore[no-untyped-def]
        assert parameter == "as"
        return nodes[text]

    assert read_actor("enterprise:示例重工", find, desk.store, desk.ontology) == Actor(Role.ENTERPRISE, "e:acme", "示例重工")
    assert read_actor("专家:张拟", find, desk.store, desk.ontology).id == "expert:p:zhang"
    assert read_actor("人才办", find, desk.store, desk.ontology).id == "talent"
    assert read_actor("县区: 邗江区", find, desk.store, desk.ontology).node == "gb2260:321003"
    for text in ("", "king", "expert", "talent:张拟", "enterprise:张拟"):
        with pytest.raises(QueryProblem) as refused:
            read_actor(text, find, desk.store, desk.ontology)
        assert refused.value.where == {"parameter": "as"}
    desk.ledger.act(source_of(TALENT), "new", lambda: [node_draft("Enterprise", "e:new", {"name": "新企业"})])
    nodes["新企业"] = desk.store.facts(nodes=("e:new",)).nodes[0]
    with pytest.raises(Forbidden, match="no account"):
        read_actor("企业:新企业", find, desk.store, desk.ontology)


def test_who_takes_it_on_again_is_not_marked_as_having_left(on_both: Desk) -> None:
    needs = moved(on_both, *REVIEWED, (ZHANG, "accept"), (ZHANG, "decline"), (ZHANG, "accept"))
    (accepted,) = [each for each in on_both.store.facts(touching=(NEED,)).relationships if each.type == "ACCEPTED"]
    assert (accepted.properties["validFrom"], accepted.properties.get("validTo"), accepted.properties["state"]) == (
        "2020-09-10",
        None,
        "接单",
    )
    assert needs.read(NEED).takers == ("p:zhang",)


def test_an_edit_replaces_and_clears_and_is_undone_whole(on_both: Desk) -> None:
    needs = NeedDesk(on_both)
    load(on_both.ledger, OFFICE_FILE, (row(40, node("f:ai", "Field", name="智能")),), "fields")
    needs.post(ACME, replace(TEXT, must_haves=("有焊接机器人经验", "能驻厂")), NEED)
    before = everything(on_both.store)
    done = needs.edit(ACME, NEED, NeedText(fields=("f:ai",), must_haves=("能驻厂",), clear=("due", "budget_wan", "detail")))
    standing = needs.read(NEED)
    assert standing.fields == ("f:ai",)
    assert standing.node.properties["mustHaves"] == ("能驻厂",)
    assert not {"dueDate", "budgetWan", "detail"} & set(standing.node.properties)
    on_both.ledger.undo(done.act)
    assert everything(on_both.store) == before
    with pytest.raises(ValueProblem, match="cannot be cleared") as refused:
        needs.edit(ACME, NEED, NeedText(clear=("name",)))
    assert refused.value.where == {"parameter": "clear"}


@pytest.mark.parametrize("budget", [float("inf"), float("nan"), -1, 1e12])
def test_a_budget_is_a_sum(desk: Desk, budget: float) -> None:
    with pytest.raises(ValueProblem, match="budget") as refused:
        NeedDesk(desk).post(ACME, replace(TEXT, budget_wan=budget), NEED)
    assert refused.value.where == {"parameter": "budget_wan"}


def test_what_is_past_its_deadline_expires_by_the_clock_that_is_passed_in(desk: Desk, later: Desk) -> None:
    needs = moved(desk, *REVIEWED)
    needs.post(BETA, replace(TEXT, due=datetime.date(2021, 12, 31)), "n:later")
    needs.post(BETA, TEXT, "n:draft")
    assert NeedDesk(desk).expire_due(TALENT) == ()
    assert NeedDesk(later).expire_due(GAOYOU) == NeedDesk(later).expire_due(ACME) == ()  # not its district; not its right
    assert NeedDesk(later).expire_due(HANJIANG) == (NEED,)
    assert needs.read(NEED).state is State.EXPIRED
    assert NeedDesk(later).expire_due(TALENT) == ()
