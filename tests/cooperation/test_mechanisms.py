"""The five mechanisms as acts: what each states, and what each refuses without changing anything."""

from __future__ import annotations

import pytest

from cooperation.acting import Desk
from cooperation.actions.register import ACTIONS
from cooperation.agreements import project_of
from cooperation.incentives.sheets import sheets_of
from cooperation.roles import READING, RIGHTS, Actor, Resource, Role, may
from cooperation.world import World
from graph.errors import Forbidden, LianyinError, NotFound, QueryProblem, RuleBroken, ValueProblem
from graph.model import PERSON, PLATFORM
from graph.store import ClaimSelection
from tests.cooperation.acts import act
from tests.cooperation.world import ACME, BETA, GAOYOU, HANJIANG, LI, STUDIO, TALENT, UNION, ZHANG, build_more
from tests.graph.ledger.builders import OLD, everything, link, load, node, row

REVIEWER = Actor(Role.REVIEWER, "p:sun", "孙虚")


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """The district with a team, a project of the studio, and people at other places."""
    build_more(desk.store)
    return desk


def found(desk: Desk, id: str) -> dict[str, object]:
    return dict(desk.store.facts(nodes=(id,)).nodes[0].properties)


def links(desk: Desk, type: str, id: str) -> list[tuple[str, str, dict[str, object]]]:
    hidden = ("trust",)
    found = [
        (each.source, each.target, {name: value for name, value in each.properties.items() if name not in hidden})
        for each in desk.store.facts(touching=(id,)).relationships
        if each.type == type
    ]
    return sorted(found, key=str)


def refused(desk: Desk, kind: type[LianyinError], rule: str, actor: Actor, name: str, id: str = "", /, **given: object) -> LianyinError:
    """The action is refused by that rule (or, for a value, at that parameter), and nothing changes."""
    before, revision = everything(desk.store), desk.store.head().revision
    with pytest.raises(kind) as problem:
        act(desk, actor, name, id, **given)
    told = problem.value
    assert rule == getattr(told, "rule", told.where.get("parameter"))
    assert (everything(desk.store), desk.store.head().revision) == (before, revision)
    return told


def test_every_action_has_a_right_and_every_right_but_those_of_looking_an_action_or_a_move() -> None:
    from cooperation.needs import MOVES

    acted = {action.right for action in ACTIONS.values()} | {move.right for move in MOVES.values()}
    assert acted <= RIGHTS.keys()
    assert RIGHTS.keys() - READING.keys() - acted == {
        "need.post",
        "need.see",
        "need.see-published",
        "need.see-secret",
        "need.count",
        "identity.judge",
        "notice.see",
        "incentive.sheets",
        "notice.send",
        "project.decide",
    }


# ② Pairing


def test_a_pairing_begins_is_named_a_demonstration_and_ends(busy: Desk) -> None:
    act(busy, STUDIO, "pair", studio="s:zhao", expert="p:zhang", since="2020-03-01")
    act(busy, UNION, "demonstrate", studio="s:zhao", expert="p:zhang")
    assert links(busy, "PAIRED_WITH", "s:zhao") == [("s:zhao", "p:zhang", {"validFrom": "2020-03-01", "demo": True})]
    act(busy, ZHANG, "unpair", studio="s:zhao", expert="p:zhang", on="2020-08-31", reason="任期届满")
    act(busy, HANJIANG, "pair", studio="s:zhao", expert="p:zhang", until="2021-08-31")
    assert links(busy, "PAIRED_WITH", "s:zhao") == [
        ("s:zhao", "p:zhang", {"validFrom": "2020-03-01", "validTo": "2020-08-31", "demo": True}),
        ("s:zhao", "p:zhang", {"validFrom": "2020-09-10", "validTo": "2021-08-31"}),
    ]


def test_what_a_pairing_does_not_do(busy: Desk) -> None:
    act(busy, STUDIO, "pair", studio="s:zhao", expert="p:zhang", since="2020-03-01", until="2021-02-28")
    pair = {"studio": "s:zhao", "expert": "p:zhang"}
    told = refused(busy, RuleBroken, "pairing.pair.overlap", STUDIO, "pair", **pair, since="2021-02-28")
    assert "2020-03-01 – 2021-02-28" in str(told)
    refused(busy, RuleBroken, "pairing.pair.period", STUDIO, "pair", **pair, since="2022-02-01", until="2022-01-31")
    refused(busy, RuleBroken, "pairing.own", STUDIO, "pair", studio="s:zhao", expert="p:zhao")
    refused(busy, RuleBroken, "pairing.none", STUDIO, "unpair", studio="s:zhao", expert="p:li", reason="…")
    refused(busy, RuleBroken, "pairing.unpair.future", STUDIO, "unpair", **pair, on="2020-12-01", reason="…")
    refused(busy, RuleBroken, "pairing.unpair.period", STUDIO, "unpair", **pair, on="2020-02-01", reason="…")
    refused(busy, ValueProblem, "reason", STUDIO, "unpair", **pair)
    refused(busy, Forbidden, "pairing.pair", Actor(Role.STUDIO, "s:qian"), "pair", studio="s:zhao", expert="p:li")
    refused(busy, Forbidden, "pairing.pair", GAOYOU, "pair", studio="s:zhao", expert="p:li")
    refused(busy, Forbidden, "pairing.demonstrate", STUDIO, "demonstrate", **pair)
    refused(busy, ValueProblem, "expert", STUDIO, "pair", studio="s:zhao", expert="e:acme")
    refused(busy, NotFound, "expert", STUDIO, "pair", studio="s:zhao", expert="p:nobody")
    refused(busy, QueryProblem, "colour", STUDIO, "pair", **pair, colour="red")


def test_only_a_paired_expert_is_embedded(busy: Desk) -> None:
    refused(busy, RuleBroken, "pairing.embed.paired", STUDIO, "embed", project="j:cooling", expert="p:zhang")
    act(busy, STUDIO, "pair", studio="s:zhao", expert="p:zhang")
    act(busy, STUDIO, "embed", project="j:cooling", expert="p:zhang")
    assert links(busy, "PARTICIPATES_IN", "p:zhang") == [("p:zhang", "j:cooling", {"role": "嵌入专家", "validFrom": "2020-09-10"})]


def test_meetings_and_visits_say_who_was_there(busy: Desk) -> None:
    id = act(busy, ZHANG, "meet", kind="咨询会诊", studio=["s:zhao"], expert=["p:zhang"], place="示例镇", on="2020-09-01", attendees=4)
    assert {name: found(busy, id)[name] for name in ("name", "kind", "date", "attendees")} == {
        "name": "示例镇 咨询会诊",
        "kind": "咨询会诊",
        "date": "2020-09-01",
        "attendees": 4,
    }
    assert [each[1] for each in links(busy, "INVOLVES", id)] == ["p:zhang", "s:zhao"]
    visit = act(busy, HANJIANG, "visit", kind="走访", expert=["p:zhang"], enterprise=["e:acme"])
    assert busy.store.facts(nodes=(visit,)).nodes[0].type == "Visit"
    refused(busy, RuleBroken, "meeting.meet.future", ZHANG, "meet", kind="会商", studio=["s:zhao"], expert=["p:zhang"], on="2020-09-11")
    refused(busy, ValueProblem, "expert", ZHANG, "meet", kind="会商", expert=["p:zhang"])
    refused(busy, ValueProblem, "kind", ZHANG, "meet", kind="喝茶", studio=["s:zhao"], expert=["p:zhang"])
    refused(busy, Forbidden, "meeting.meet", LI, "meet", kind="会商", studio=["s:zhao"], expert=["p:zhang"])
    refused(busy, RuleBroken, "meeting.meet.once", ZHANG, "meet", id, kind="会商", studio=["s:zhao"], expert=["p:zhang"])


# ② Agreements, ③ the projects they bring about


def drawn_up(desk: Desk, **more: object) -> str:
    given = {"kind": "技术开发", "first": "e:acme", "second": "u:one", "expert": ["p:zhang"], "contract_wan": 50}
    given |= {"milestone": ["2020-12-31 样件", "2021-06-30 量产"]}
    return act(desk, ACME, "draw-up", "g:dev", **{**given, **more})


def test_the_last_signature_brings_about_the_project_exactly_once(busy: Desk) -> None:
    drawn_up(busy, name="轻量化焊接")
    act(busy, ACME, "sign", agreement="g:dev")
    assert not busy.store.facts(nodes=(project_of("g:dev"),)).nodes
    act(busy, TALENT, "sign", agreement="g:dev", **{"for": "u:one"}, on="2020-09-09")
    project = project_of("g:dev")
    assert found(busy, "g:dev")["signedOn"] == "2020-09-09"
    assert (found(busy, project)["name"], found(busy, project)["phase"]) == ("轻量化焊接项目", "实施")
    assert [(each[0], found(busy, each[0])["dueDate"]) for each in links(busy, "MILESTONE_OF", project)] == [
        (f"{project}-1", "2020-12-31"),
        (f"{project}-2", "2021-06-30"),
    ]
    assert {each[0] for each in links(busy, "PARTICIPATES_IN", project)} == {"e:acme", "u:one", "p:zhang"}
    assert links(busy, "COOPERATES_WITH", "e:acme")[0][2] == {"kind": "技术开发", "validFrom": "2020-09-09", "via": "g:dev"}
    refused(busy, RuleBroken, "agreement.sign.once", ACME, "sign", agreement="g:dev")
    assert len([each for each in everything(busy.store).nodes if each.type == "Project"]) == 2


def test_contracted_and_paid_are_kept_apart(busy: Desk) -> None:
    drawn_up(busy)
    refused(busy, RuleBroken, "agreement.signed", ACME, "pay", agreement="g:dev", amount_wan=10)
    act(busy, ACME, "sign", agreement="g:dev")
    act(busy, TALENT, "sign", agreement="g:dev", **{"for": "u:one"})
    act(busy, ACME, "pay", agreement="g:dev", amount_wan=20)
    act(busy, ACME, "pay", agreement="g:dev", amount_wan=15)
    assert (found(busy, "g:dev")["contractWan"], found(busy, "g:dev")["paidWan"]) == (50, 35)
    refused(busy, RuleBroken, "agreement.pay.contract", ACME, "pay", agreement="g:dev", amount_wan=15.01)
    refused(busy, ValueProblem, "amount_wan", ACME, "pay", agreement="g:dev", amount_wan=-1)


@pytest.mark.parametrize("sum", [-1, "inf", "nan", "viel", 1e10])
def test_a_sum_is_a_sum(busy: Desk, sum: object) -> None:
    refused(busy, ValueProblem, "contract_wan", ACME, "draw-up", kind="技术开发", first="e:acme", second="u:one", contract_wan=sum)


def test_what_an_agreement_does_not_do(busy: Desk) -> None:
    sides = {"kind": "技术开发", "first": "e:acme", "second": "u:one"}
    refused(busy, RuleBroken, "agreement.draw-up.sides", ACME, "draw-up", **{**sides, "second": "e:acme"})
    refused(busy, ValueProblem, "second", ACME, "draw-up", kind="技术开发", first="e:acme")
    refused(busy, RuleBroken, "agreement.draw-up.period", ACME, "draw-up", **sides, since="2021-01-02", until="2021-01-01")
    refused(busy, ValueProblem, "milestone", ACME, "draw-up", **sides, milestone=["soon 样件"])
    refused(busy, Forbidden, "agreement.draw-up", BETA, "draw-up", **sides)
    drawn_up(busy)
    refused(busy, Forbidden, "agreement.sign", BETA, "sign", agreement="g:dev")
    refused(busy, Forbidden, "agreement.sign.own", TALENT, "sign", agreement="g:dev", **{"for": "e:acme"})
    refused(busy, ValueProblem, "for", TALENT, "sign", agreement="g:dev")
    refused(busy, RuleBroken, "agreement.sign.future", ACME, "sign", agreement="g:dev", on="2020-09-11")


def test_a_letter_of_intent_brings_about_no_project(busy: Desk) -> None:
    drawn_up(busy, kind="意向")
    act(busy, ACME, "sign", agreement="g:dev")
    act(busy, TALENT, "sign", agreement="g:dev", **{"for": "u:one"})
    assert not busy.store.facts(nodes=(project_of("g:dev"),)).nodes


def test_a_project_is_applied_for_together_and_closes_when_its_milestones_are_reached(busy: Desk) -> None:
    id = act(busy, ZHANG, "apply", name="热成形", run_by=["s:zhao"], expert=["p:zhang"], organisation=["u:one"], amount_wan=30)
    refused(busy, RuleBroken, "project.advance.phase", ZHANG, "advance", project=id, phase="实施")
    refused(busy, Forbidden, "project.decide", ZHANG, "advance", project=id, phase="立项")
    act(busy, HANJIANG, "advance", project=id, phase="立项", on="2020-09-02")
    act(busy, STUDIO, "advance", project=id, phase="实施")
    step = act(busy, STUDIO, "milestone", project=id, name="样机", due="2020-12-01")
    told = refused(busy, RuleBroken, "project.advance.milestones", STUDIO, "advance", project=id, phase="结题")
    assert "样机" in str(told)
    act(busy, STUDIO, "reach", milestone=step, evidence="试验报告 3 号")
    refused(busy, RuleBroken, "project.reach.once", STUDIO, "reach", milestone=step, evidence="…")
    act(busy, STUDIO, "advance", project=id, phase="结题")
    assert (found(busy, id)["phase"], found(busy, id)["approvedOn"], found(busy, id)["closedOn"]) == ("结题", "2020-09-02", "2020-09-10")


def test_a_result_is_made_and_put_to_use(busy: Desk) -> None:
    id = act(busy, STUDIO, "record", name="耐磨涂层", kind="职工创新", maker=["p:zhao"], studio=["s:zhao"], trl="TRL6")
    refused(busy, Forbidden, "result.transform", STUDIO, "transform", result=id, enterprise="e:beta")
    act(busy, ACME, "transform", result=id, enterprise="e:acme", on="2020-09-08")
    assert found(busy, id)["transformed"] is True
    assert links(busy, "TRANSFORMED_AT", id) == [(id, "e:acme", {"validFrom": "2020-09-08", "on": "2020-09-08"})]
    refused(busy, RuleBroken, "result.transform.once", ACME, "transform", result=id, enterprise="e:acme")
    act(busy, BETA, "transform", result=id, enterprise="e:beta")
    assert found(busy, id)["transformedOn"] == "2020-09-08"
    refused(busy, ValueProblem, "maker", ACME, "record", name="无主", kind="职工创新")


def test_a_team_is_introduced_by_somebody_to_an_enterprise(busy: Desk) -> None:
    id = act(busy, ZHANG, "introduce", name="焊接团队", by=["p:zhang"], enterprise=["e:acme"], member=["p:li"])
    assert [each[:2] for each in links(busy, "INTRODUCED", id)] == [("p:zhang", id)]
    assert [each[:2] for each in links(busy, "BASED_AT", id)] == [(id, "e:acme")]
    refused(busy, Forbidden, "team.introduce", LI, "introduce", name="他人团队", by=["p:zhang"], enterprise=["e:acme"])


# ① Co-building, terms, ④ training


def test_a_plan_is_one_a_year_and_its_items_are_tied(busy: Desk) -> None:
    plan = act(busy, HANJIANG, "plan", team="g:team13", year=2020)
    refused(busy, RuleBroken, "plan.plan.once", HANJIANG, "plan", team="g:team13", year=2020)
    refused(busy, Forbidden, "plan.plan", GAOYOU, "plan", team="g:team13", year=2021)
    refused(busy, ValueProblem, "year", HANJIANG, "plan", team="g:team13", year=20)
    item = act(busy, HANJIANG, "item", plan=plan, name="焊接攻关", kind="技术攻关", studio=["s:zhao"])
    refused(busy, ValueProblem, "studio", HANJIANG, "item", plan=plan, name="空项", kind="技术攻关")
    act(busy, STUDIO, "done", item=item, outcome="三项工艺改进")
    refused(busy, RuleBroken, "plan.done.once", HANJIANG, "done", item=item, outcome="…")
    assert (found(busy, item)["doneOn"], found(busy, item)["outcome"]) == ("2020-09-10", "三项工艺改进")


def test_terms_do_not_overlap_and_end_after_they_begin(busy: Desk) -> None:
    term = {"expert": "p:li", "home": "u:two", "place": "t:town", "post": "副镇长"}
    act(busy, HANJIANG, "second", **term, since="2020-08-01", until="2021-07-31")
    assert links(busy, "SECONDED_FROM", "p:li")[0][2]["validTo"] == "2021-07-31"
    refused(busy, RuleBroken, "secondment.second.overlap", HANJIANG, "second", **term, since="2021-07-31", until="2022-07-30")
    refused(busy, RuleBroken, "secondment.second.period", HANJIANG, "second", **term, since="2022-08-01", until="2022-07-31")
    refused(busy, Forbidden, "secondment.second", GAOYOU, "second", **term, since="2022-08-01", until="2023-07-31")
    act(busy, HANJIANG, "advise", expert="p:li", district="gb2260:321003", since="2021-08-01")
    refused(busy, RuleBroken, "secondment.advise.overlap", HANJIANG, "advise", expert="p:li", district="gb2260:321003", since="2022-01-01")


def test_training_counts_people_and_raises_levels(busy: Desk) -> None:
    id = act(busy, STUDIO, "train", kind="新型学徒制", studio=["s:zhao"], mentor=["p:zhao"], trainee=["p:wu"], attendees=12, hours=16)
    act(busy, STUDIO, "upgrade", person="p:wu", training=id, level="技师")
    assert found(busy, "p:wu")["skillLevel"] == "技师"
    told = refused(busy, RuleBroken, "training.upgrade.level", STUDIO, "upgrade", person="p:wu", training=id, level="高级工")
    assert isinstance(told, RuleBroken) and told.legal == ("高级技师", "特级技师", "首席技师")
    refused(busy, RuleBroken, "training.upgrade.present", STUDIO, "upgrade", person="p:li", training=id, level="技师")
    refused(
        busy, RuleBroken, "training.train.attendees", STUDIO, "train", kind="新型学徒制", studio=["s:zhao"], trainee=["p:wu"], attendees=0
    )
    refused(busy, ValueProblem, "attendees", STUDIO, "train", kind="专家讲师团", studio=["s:zhao"], mentor=["p:zhang"])
    refused(
        busy, RuleBroken, "training.train.self", STUDIO, "train", kind="师徒传帮带", studio=["s:zhao"], mentor=["p:wu"], trainee=["p:wu"]
    )
    act(busy, STUDIO, "mentor", mentor="p:zhao", apprentice="p:wu", since="2020-06-01")
    refused(busy, RuleBroken, "training.mentor.overlap", STUDIO, "mentor", mentor="p:zhao", apprentice="p:wu")
    refused(busy, Forbidden, "training.train", ACME, "train", kind="新型学徒制", studio=["s:qian"], attendees=3)


# ⑤ Incentives

FULL = {"先进性": 9, "创新性": 9, "难度": 9, "经济效益": 38, "社会效益": 9, "成熟度": 9, "应用推广": 9}
"""92 of 100."""


def test_a_project_is_catalogued_reviewed_funded_and_raised(busy: Desk) -> None:
    act(busy, UNION, "catalogue", project="j:cooling", year=2020, rapid=True, effective=True)
    review = act(busy, UNION, "assign", project="j:cooling", reviewer="p:sun", year=2020)
    refused(busy, RuleBroken, "incentive.grant.review", UNION, "grant", project="j:cooling", amount_wan=2, year=2020)
    act(busy, REVIEWER, "score", review=review, score=FULL)
    assert (found(busy, review)["total"], found(busy, review)["verdict"]) == (92, "优秀")
    grant = act(busy, UNION, "grant", project="j:cooling", amount_wan=2, year=2020)
    refused(busy, RuleBroken, "incentive.grant.once", UNION, "grant", project="j:cooling", amount_wan=2, year=2020)
    more = act(busy, UNION, "raise", funding=grant, amount_wan=1, year=2020)
    assert [each[:2] for each in links(busy, "RAISES", more)] == [(more, grant)]
    assert {each[1] for each in links(busy, "AWARDED_FOR", more)} == {review}
    refused(busy, ValueProblem, "amount_wan", UNION, "raise", funding=grant, amount_wan=0, year=2020)


def test_a_reviewer_judges_blind(busy: Desk) -> None:
    """Title, flags and criteria of what they were asked to score, and their own scores: not who runs it, not what others gave."""
    act(busy, UNION, "rubric", year=2020, weight={"先进性": 40, "效益": 60})
    act(busy, UNION, "catalogue", project="j:cooling", year=2020, rapid=True)
    mine = act(busy, UNION, "assign", project="j:cooling", reviewer="p:sun", year=2020)
    others = act(busy, UNION, "assign", project="j:cooling", reviewer="p:chen", year=2020)
    world = World.read(busy.store, busy.ontology)
    (sheet,) = sheets_of(world, "p:sun")
    assert (sheet.review, sheet.flags, sheet.total, dict(sheet.scores)) == (mine, ("推进快",), None, {})
    assert dict(sheet.criteria) == {"先进性": 40, "效益": 60}
    act(busy, Actor(Role.REVIEWER, "p:chen"), "score", review=others, score={"先进性": 11, "效益": 22})
    act(busy, REVIEWER, "score", review=mine, score={"先进性": 33, "效益": 44})
    (scored,) = sheets_of(World.read(busy.store, busy.ontology), "p:sun")
    assert (scored.total, dict(scored.scores)) == (77, {"先进性": 33, "效益": 44})
    told = repr((sheet, scored))
    assert not [each for each in (others, "j:cooling", "p:chen", "11.0", "22.0") if each in told]
    assert may(REVIEWER, "incentive.sheets", Resource(takers=frozenset({"p:sun"})))
    others_may = [role for role in Role if may(Actor(role, "p:sun"), "incentive.sheets", Resource(takers=frozenset({"p:sun"})))]
    assert others_may == [Role.REVIEWER]


@pytest.mark.parametrize(
    ("reviewer", "shared"),
    [
        ("p:zhao", "own project"),  # leads the studio
        ("p:acme", "employer"),  # works at the studio's enterprise
        ("p:chen", "employer"),  # of the same university, by another department, as the paired expert
        ("p:zhang", "studio"),  # paired with the studio
        ("p:mate", "team"),  # of the paired expert's team
        ("p:signer", "agreement"),  # covered by an agreement of the studio
    ],
)
def test_a_colleague_does_not_review(busy: Desk, reviewer: str, shared: str) -> None:
    act(busy, STUDIO, "pair", studio="s:zhao", expert="p:zhang")
    told = refused(busy, RuleBroken, "incentive.conflict", UNION, "assign", project="j:cooling", reviewer=reviewer, year=2020)
    assert shared in str(told)


def test_a_conflict_that_came_up_since_keeps_a_reviewer_from_scoring(busy: Desk) -> None:
    review = act(busy, UNION, "assign", project="j:cooling", reviewer="p:sun", year=2020)
    act(busy, STUDIO, "pair", studio="s:zhao", expert="p:sun")
    refused(busy, RuleBroken, "incentive.conflict", REVIEWER, "score", review=review, score=FULL)


def test_scores_are_the_rubrics(busy: Desk) -> None:
    act(busy, UNION, "rubric", year=2020, weight={"先进性": 40, "效益": 60})
    review = act(busy, UNION, "assign", project="j:cooling", reviewer="p:sun", year=2020)
    refused(busy, RuleBroken, "incentive.assign.once", UNION, "assign", project="j:cooling", reviewer="p:sun", year=2020)
    refused(busy, ValueProblem, "score", REVIEWER, "score", review=review, score={"先进性": 41, "效益": 60})
    refused(busy, ValueProblem, "score", REVIEWER, "score", review=review, score=["先进性=-1", "效益=60"])
    refused(busy, ValueProblem, "score", REVIEWER, "score", review=review, score={"先进性": 40})
    refused(busy, ValueProblem, "score", REVIEWER, "score", review=review, score={**FULL, "效益": 1})
    refused(busy, Forbidden, "incentive.score", Actor(Role.REVIEWER, "p:chen"), "score", review=review, score={"先进性": 40, "效益": 60})
    act(busy, REVIEWER, "score", review=review, score=["先进性=30", "效益=40"])
    assert (found(busy, review)["total"], found(busy, review)["verdict"]) == (70, "合格")
    refused(busy, RuleBroken, "incentive.score.once", REVIEWER, "score", review=review, score={"先进性": 30, "效益": 40})
    refused(busy, RuleBroken, "incentive.rubric.scored", UNION, "rubric", year=2020, weight={"先进性": 100})
    grant = act(busy, UNION, "grant", project="j:cooling", amount_wan=2, year=2020)
    refused(busy, RuleBroken, "incentive.raise.excellent", UNION, "raise", funding=grant, amount_wan=1, year=2020)


def test_updates_are_told_once(busy: Desk) -> None:
    told = {"title": "走访示例重工", "body": "了解焊接需求", "district": ["gb2260:321003"], "enterprise": ["e:acme"]}
    id = act(busy, HANJIANG, "report", **told, on="2020-09-03")
    assert {each[1] for each in links(busy, "MENTIONS", id)} == {"gb2260:321003", "e:acme"}
    refused(busy, RuleBroken, "update.report.once", HANJIANG, "report", **told, on="2020-09-03")
    refused(busy, Forbidden, "update.report", ACME, "report", **told)


# All of them


GIVEN: dict[str, object] = {
    "expert": "p:zhang", "studio": "s:zhao", "project": "j:cooling", "agreement": "g:old", "team": "g:team13", "reason": "…",
    "home": "u:one", "place": "t:town", "since": "2020-01-01", "until": "2020-12-31", "district": "gb2260:321003", "year": 2020,
    "plan": "x:Plan", "item": "x:PlanItem", "name": "…", "first": "e:acme", "second": "u:one", "amount_wan": 1, "number": "1",
    "by": "p:zhang", "enterprise": "e:acme", "run_by": "s:zhao", "phase": "终止", "due": "2020-12-31", "milestone": "x:Milestone",
    "evidence": "…", "outcome": "…", "result": "x:Achievement", "maker": "p:zhao", "mentor": "p:zhao", "apprentice": "p:wu",
    "person": "p:wu", "training": "x:Training", "level": "技师", "reviewer": "p:sun", "review": "x:Review", "score": FULL,
    "weight": FULL, "funding": "x:Funding", "title": "…", "body": "…", "attendees": 1,
}  # fmt: skip
"""Something that fits, for every parameter of every action."""


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_public_does_nothing(busy: Desk, name: str) -> None:
    types = ("Plan", "PlanItem", "Milestone", "Achievement", "Training", "Review", "Funding")
    rows = [row(1, *(node(f"x:{type}", type) for type in types), link("MILESTONE_OF", "x:Milestone", "j:cooling"))]
    rows.append(row(2, link("FUNDS", "x:Funding", "j:cooling"), link("BETWEEN", "g:old", "u:one", side="乙方")))
    load(busy.ledger, OLD, rows, "things")
    optional = {
        "meet": ("studio", "expert"),
        "visit": ("studio", "expert"),
        "item": ("studio",),
        "record": ("studio",),
        "train": ("attendees",),
    }
    wanted = {
        each.name: each.choices[0] if each.choices else GIVEN[each.name]
        for each in ACTIONS[name].parameters
        if each.required or each.name in optional.get(name, ())
    }
    with pytest.raises(Forbidden):
        act(busy, Actor(Role.PUBLIC), name, **wanted)


def test_an_act_has_its_actor_as_source_and_can_be_undone(busy: Desk) -> None:
    before = everything(busy.store)
    act(busy, STUDIO, "pair", studio="s:zhao", expert="p:zhang")
    load_id = max(busy.store.loads(), key=lambda each: int(each.id[1:])).id
    (claim,) = busy.store.claims(ClaimSelection(loads=(load_id,)))
    assert (claim.source, claim.precedence) == (f"{PERSON}{STUDIO.id}", PLATFORM)
    busy.ledger.undo(load_id)
    assert everything(busy.store) == before
