"""Whoever may write a thing may read it: every action by every role, looked for in every list that shows what it wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest

from cooperation.acting import Desk
from cooperation.actions.desk import ActionDesk
from cooperation.actions.register import ACTIONS, action_named
from cooperation.insight import INSIGHTS
from cooperation.lists import LISTS
from cooperation.matching.ranking import Matcher
from cooperation.parameters import Arguments, ParameterType
from cooperation.questions.question import Line, Question, QuestionContext, Ref
from cooperation.questions.register import QUESTIONS
from cooperation.questions.seen import seen_of
from cooperation.reading import read_given
from cooperation.roles import READING, Actor, Role
from cooperation.world import World
from graph.analytics import AnalysisAnswer, AnalysisQuery
from graph.errors import Forbidden, LianyinError
from graph.model import Source
from tests.cooperation.acts import finder
from tests.cooperation.world import ACME, BETA, DAY, GAOYOU, HANJIANG, LI, ONTOLOGY, STUDIO, TALENT, UNION, ZHANG, build_more
from tests.graph.ledger.builders import link, load, node, row

OTHER_STUDIO, REVIEWER = Actor(Role.STUDIO, "s:qian"), Actor(Role.REVIEWER, "p:sun")
ACTORS = (ACME, BETA, ZHANG, LI, STUDIO, OTHER_STUDIO, HANJIANG, GAOYOU, TALENT, UNION, REVIEWER)

SUMS = {"funnel", "supply-demand", "missing-pairs", "outcomes", "contract-paid", "progress"}
"""Their lines count over what is several parties': nobody's own."""

OVER_THE_WHOLE_GRAPH = {"bridges", "known-then"}
"""They ask for analyses and for the past, not for what was written."""

SHOWN: Mapping[str, Question] = {
    question.name: question
    for question in (*QUESTIONS.values(), *INSIGHTS.values(), *LISTS.values())
    if question.name not in SUMS | OVER_THE_WHOLE_GRAPH
    and not any(each.required and each.takes is ParameterType.NODE for each in question.parameters)
}

FULL = {"先进性": 10, "创新性": 10, "难度": 10, "经济效益": 40, "社会效益": 10, "成熟度": 10, "应用推广": 10}

ACTS: Mapping[str, Sequence[Mapping[str, object]]] = {
    "second": [{"expert": "p:li", "home": "u:two", "place": "t:town", "since": "2020-07-01", "until": "2021-07-31"}],
    "advise": [{"expert": "p:li", "district": "gb2260:321003"}],
    "plan": [{"team": "g:team13", "year": 2021}],
    "item": [
        {"plan": "l:one", "name": "讲座", "kind": "素质提升", "studio": ["s:qian"]},
        {"plan": "l:one", "name": "攻关", "kind": "技术攻关", "need": ["n:1"], "expert": ["p:li"]},
    ],
    "done": [{"item": item, "outcome": "完成"} for item in ("l:studio", "l:need", "l:expert")],
    "pair": [{"studio": "s:zhao", "expert": "p:li"}, {"studio": "s:qian", "expert": "p:zhang"}],
    "unpair": [{"studio": "s:qian", "expert": "p:mate", "on": "2020-09-10", "reason": "期满"}],
    "demonstrate": [{"studio": "s:qian", "expert": "p:mate"}],
    "embed": [{"project": "j:paired", "expert": "p:mate"}],
    "meet": [
        {"kind": "会商", "studio": ["s:qian"], "expert": ["p:mate"]},
        {"kind": "会商", "need": ["n:1"], "expert": ["p:li"]},
        {"kind": "会商", "enterprise": ["e:beta"], "expert": ["p:zhang"]},
    ],
    "visit": [{"kind": "走访", "enterprise": ["e:beta"], "expert": ["p:zhang"]}],
    "draw-up": [
        {"kind": "共建", "first": "e:acme", "second": "u:one"},
        {"kind": "共建", "first": "s:qian", "second": "p:zhang"},
    ],
    "sign": [{"agreement": "g:open"}, {"agreement": "g:open", "for": "u:one"}],
    "pay": [{"agreement": "g:signed", "amount_wan": 5}],
    "register": [{"agreement": "g:signed", "number": "2020-1"}],
    "introduce": [{"name": "新团队", "by": ["p:zhang"], "enterprise": ["e:beta"]}],
    "apply": [
        {"name": "联合项目", "run_by": ["s:qian"], "expert": ["p:zhang"], "organisation": ["e:acme"]},
        {"name": "企业项目", "run_by": ["e:beta"]},
    ],
    "advance": [{"project": "j:joint", "phase": "立项"}, {"project": "j:joint", "phase": "撤回"}],
    "milestone": [{"project": project, "name": "样件", "due": "2020-12-31"} for project in ("j:joint", "j:cooling", "j:paired")],
    "reach": [{"milestone": "i:joint", "evidence": "报告"}],
    "record": [
        {"name": "新工艺", "kind": "职工创新", "studio": ["s:qian"]},
        {"name": "新方法", "kind": "高校成果", "maker": ["p:zhang"], "need": ["n:1"]},
    ],
    "transform": [{"result": "x:one", "enterprise": "e:beta"}],
    "train": [{"kind": "专家讲师团", "studio": ["s:qian"], "mentor": ["p:zhang"], "attendees": 20}],
    "mentor": [{"mentor": "p:zhao", "apprentice": "p:wu"}],
    "upgrade": [{"person": "p:wu", "training": "v:training", "level": "技师"}],
    "catalogue": [{"project": project, "year": 2020} for project in ("j:joint", "j:cooling")],
    "rubric": [{"year": 2021, "weight": {"创新": 100}}],
    "assign": [{"project": "j:paired", "reviewer": "p:sun"}],
    "score": [{"review": "r:one", "score": FULL}],
    "grant": [{"project": "j:paired", "amount_wan": 10}],
    "raise": [{"funding": "f:one", "amount_wan": 10}],
    "report": [{"title": "动态", "body": "…", "district": ["gb2260:321003"], "expert": ["p:zhang"]}],
}


def stage() -> Iterable[object]:
    """What the acts above are on: a joint project, plans, pairs, agreements, a training, a review, a grant."""
    yield from (
        node("n:1", "Need", name="焊接", state="已接单"),
        link("POSTED", "e:acme", "n:1"),
        link("ACCEPTED", "p:zhang", "n:1"),
        node("j:joint", "Project", name="联合攻关", phase="申报", catalogueYear=2020),
        link("PARTICIPATES_IN", "e:beta", "j:joint"),
        link("PARTICIPATES_IN", "p:li", "j:joint"),
        link("PRINCIPAL_INVESTIGATOR_OF", "p:zhang", "j:joint"),
        node("i:joint", "Milestone", name="第一步", dueDate="2020-10-01"),
        link("MILESTONE_OF", "i:joint", "j:joint"),
        node("j:paired", "Project", name="改造", phase="实施"),
        link("RUN_BY", "j:paired", "s:qian"),
        link("PAIRED_WITH", "s:qian", "p:mate", validFrom="2020-01-01"),
        node("l:one", "Plan", name="计划", year=2020),
        link("PLAN_OF", "l:one", "g:team13"),
        *(node(f"l:{name}", "PlanItem", name=name, kind="技术攻关") for name in ("studio", "need", "expert")),
        *(link("ITEM_OF", f"l:{name}", "l:one") for name in ("studio", "need", "expert")),
        *(link("CONCERNS", f"l:{name}", id) for name, id in (("studio", "s:qian"), ("need", "n:1"), ("expert", "p:li"))),
        *(node(f"g:{name}", "Agreement", name=name, kind="共建") for name in ("open", "signed")),
        *(link("BETWEEN", f"g:{name}", "e:acme", side="甲方") for name in ("open", "signed")),
        *(link("BETWEEN", f"g:{name}", "u:one", side="乙方") for name in ("open", "signed")),
        link("SIGNED_BY", "g:signed", "e:acme", side="甲方"),
        link("SIGNED_BY", "g:signed", "u:one", side="乙方"),
        node("x:one", "Achievement", name="成果", kind="高校成果"),
        link("CREATED", "p:zhang", "x:one"),
        node("v:training", "Training", name="培训", kind="专家讲师团", date="2020-09-01"),
        link("INVOLVES", "v:training", "s:qian"),
        link("INVOLVES", "v:training", "p:wu"),
        node("r:one", "Review", name="评审", year=2020),
        link("WROTE", "p:sun", "r:one"),
        link("EVALUATES", "r:one", "j:joint"),
        *(node(f"r:{name}", "Review", name="评审", year=2020, total=95.0) for name in ("joint", "paired")),
        *(link("WROTE", "p:chen", f"r:{name}") for name in ("joint", "paired")),
        *(link("EVALUATES", f"r:{name}", f"j:{name}") for name in ("joint", "paired")),
        node("f:one", "Funding", name="资助", year=2020, amountWan=10),
        link("FUNDS", "f:one", "j:joint"),
    )


@pytest.fixture
def staged(desk: Desk) -> Iterator[Desk]:
    build_more(desk.store)
    rows = [row(number, draft) for number, draft in enumerate(stage(), start=1)]  # type: ignore[arg-type]
    load(desk.ledger, Source("stage", "The stage", "2020-09-02"), rows, "stage")
    yield desk


def asked(world: World, given: Arguments) -> QuestionContext:
    def analyse(query: AnalysisQuery) -> AnalysisAnswer:
        raise AssertionError(f"{query}: these lists look at facts alone")

    def known_at(moment: str) -> World:
        raise AssertionError(f"{moment}: these lists look at the present alone")

    return QuestionContext(world, DAY, given, 1_000, analyse, known_at, lambda: Matcher(world))


def tells_of(line: Line, ids: set[str]) -> bool:
    told = {each.id for cell in line.cells for each in (cell if isinstance(cell, tuple) else (cell,)) if isinstance(each, Ref)}
    return bool(ids & (told | set(line.rests_on)))


def lines_for(actor: Actor, question: Question, world: World) -> list[Line]:
    """The lines that the actor is told; none where they have no right to the answer."""
    try:
        seen = seen_of(question, actor, Arguments({}), world, DAY)
    except Forbidden:
        return []
    return [line for line in question.answer(asked(world, seen.given)) if seen.sees(line)]


def test_every_action_is_tried() -> None:
    assert ACTS.keys() == ACTIONS.keys()


@pytest.mark.parametrize("name", ACTS)
def test_whoever_may_write_a_thing_may_read_it(staged: Desk, name: str) -> None:
    action, done = action_named(name), 0
    for raw in ACTS[name]:
        given = read_given(action, raw, finder(staged), ONTOLOGY)
        for actor in ACTORS:
            before = staged.store.head().revision
            try:
                act = ActionDesk(staged).do(actor, action, given, f"new:{done}" if action.creates else "")
            except LianyinError:
                assert staged.store.head().revision == before
                continue
            done += 1
            written = {change.subject for change in staged.store.changes(before)}
            world = World.read(staged.store, ONTOLOGY)
            for question in SHOWN.values():
                lines = [line for line in question.answer(asked(world, Arguments({}))) if tells_of(line, written)]
                if actor.role in READING[f"read.{question.name}"]:
                    missing = [line for line in lines if line not in lines_for(actor, question, world)]
                    assert not missing, (actor.id, name, raw, question.name)
            staged.ledger.undo(act.act)
    assert done, f"nobody could {name}"


def test_what_an_expert_sets_they_and_the_studio_see(staged: Desk) -> None:
    """The case it was found by."""
    action = action_named("milestone")
    given = read_given(action, {"project": "j:joint", "name": "样件", "due": "2020-12-31"}, finder(staged), ONTOLOGY)
    ActionDesk(staged).do(LI, action, given, "i:new")
    world = World.read(staged.store, ONTOLOGY)
    for actor, expected in ((LI, True), (ZHANG, True), (BETA, True), (ACME, False), (STUDIO, False)):
        lines = lines_for(actor, LISTS["milestones"], world)
        assert any(tells_of(line, {"i:new"}) for line in lines) is expected, actor.id
