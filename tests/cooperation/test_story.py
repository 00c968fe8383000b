"""The whole of it, once: from a need that an enterprise has to a path that was not there before. On both stores, through the same doors
that people use: the platform (acts) and planning (questions)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cooperation.agreements import project_of
from cooperation.incentives.rubric import WEIGHTS
from graph.errors import Forbidden, RuleBroken
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import PERSON, Source
from lianyin.client import Client
from lianyin.operations.paths import AskPaths
from lianyin.settings import Settings
from tests.contract.conftest import server, store_url
from tests.cooperation.world import ONTOLOGY, build, build_more
from tests.graph.ledger.builders import Clock, link, load, node, row

__all__ = ["server", "store_url"]

FIRM, DISTRICT, TALENT, UNION, STUDIO = "企业:示例重工", "县区:邗江区", "人才办", "总工会", "工作室:赵拟工作室"
ZHANG, LI = "专家:张拟", "专家:李样本"
NEED, AGREEMENT = "platform:need-weld", "platform:agreement-weld"
PROJECT = project_of(AGREEMENT)


@pytest.fixture
def town(store_url: str) -> Iterator[Client]:
    """The district on 2020-09-10, with three experts in place who work on welding or near it."""
    store = open_store(store_url, ONTOLOGY)
    build(store)
    build_more(store)
    about = {"p:zhang": "轻量化激光焊接", "p:li": "铝合金焊接", "p:mate": "车身轻量化焊接工艺"}
    rows = [row(1, node("c", "City", name="示例市"), link("PART_OF", "gb2260:321003", "c"), link("PART_OF", "gb2260:321084", "c"))]
    for number, (person, words) in enumerate(about.items(), start=2):
        rows.append(row(number, node(f"f:{person}", "Field", name=words, level=3), link("EXPERT_IN", person, f"f:{person}")))
    rows.append(row(9, node("t:1", "Target", name="2020 革新发明创新成果", year=2020, value=1.0), link("FOR", "t:1", "c")))
    load(Ledger(store, ONTOLOGY, Clock()), Source("roster", "Roster", "2020-09-01"), rows, "roster")
    yield Client(store, ONTOLOGY, Settings(today="2020-09-10", language="zh"))  # type: ignore[arg-type]
    store.close()


def on(client: Client, day: str) -> Client:
    """The same graph on another day."""
    import datetime

    return client.read_by(today=datetime.date.fromisoformat(day))


def counted(client: Client) -> dict[str, float | None]:
    """What counts towards the city's targets of the year."""
    document: Any = client.targets(2020, "示例市").document
    return {each["indicator"]: each["counted"] for each in document["rows"]}


def nodes(client: Client, type: str) -> list[str]:
    return [node.id for node in client.models.world.nodes(type)]


def test_from_a_need_to_a_path_that_was_not_there(town: Client) -> None:
    before = counted(town)
    assert town.question("1", {"enterprise": "示例重工"}).document["total"] is None  # nobody has taken on a need yet: it lacks the tie

    # An expert arrives: the district enters the term.
    given = {"expert": "李样本", "home": "样例学院", "place": "示例镇", "since": "2020-08-01", "until": "2021-07-31", "post": "副镇长"}
    town.on_behalf_of(DISTRICT).act("second", given)

    # An enterprise posts a need; the office sends it back once, then publishes it.
    town.on_behalf_of(FIRM).post_need(name="铝合金车身轻量化焊接", kind="技术", due="2020-12-31", field=("焊接",), need=NEED)
    town.on_behalf_of(FIRM).move_need(NEED, "submit")
    with pytest.raises(Forbidden):
        town.on_behalf_of(FIRM).move_need(NEED, "publish")
    town.on_behalf_of(DISTRICT).move_need(NEED, "return", reason="请写明材料")
    town.on_behalf_of(FIRM).edit_need(need=NEED, detail="6 系铝合金，2 毫米", budget_wan=60.0)
    town.on_behalf_of(FIRM).move_need(NEED, "submit")
    town.on_behalf_of(DISTRICT).move_need(NEED, "publish")

    # Matching proposes three experts with reasons, each of which rests on a row.
    match: Any = town.match(NEED).document
    assert {each["node"]["caption"] for each in match["fit"]} == {"张拟", "李样本", "卫例"}
    assert all(reason["rows"] for each in match["fit"] for reason in each["reasons"])
    assert all(each["score"] == pytest.approx(sum(reason["points"] for reason in each["reasons"])) for each in match["fit"])

    # Two take it on. They talk, and meet twice.
    town.on_behalf_of(ZHANG).move_need(NEED, "accept")
    town.on_behalf_of(LI).move_need(NEED, "accept")
    with pytest.raises(RuleBroken, match="already"):
        town.on_behalf_of(LI).move_need(NEED, "accept")
    town.on_behalf_of(FIRM).move_need(NEED, "talk")
    town.on_behalf_of(STUDIO).act("pair", {"studio": "赵拟工作室", "expert": "张拟", "since": "2020-09-10"})
    town.on_behalf_of(UNION).act("demonstrate", {"studio": "赵拟工作室", "expert": "张拟"})
    for kind in ("会商", "咨询会诊"):
        town.on_behalf_of(ZHANG).act(
            "meet", {"kind": kind, "studio": ["赵拟工作室"], "expert": ["张拟"], "need": [NEED], "place": "示例镇"}
        )

    # Both sides sign. The project and its milestones come into being, once.
    given = {"kind": "技术开发", "first": "示例重工", "second": "示例大学", "need": [NEED], "expert": ["张拟"], "studio": ["赵拟工作室"]}
    terms = {"contract_wan": 50, "milestone": ["2020-10-31 样件", "2020-11-30 量产"], "name": "轻量化焊接开发"}
    town.on_behalf_of(FIRM).act("draw-up", {**given, **terms}, id=AGREEMENT)
    with pytest.raises(RuleBroken, match="signed by both sides"):
        town.on_behalf_of(FIRM).move_need(NEED, "sign", agreement=AGREEMENT)
    town.on_behalf_of(FIRM).act("sign", {"agreement": AGREEMENT})
    town.on_behalf_of(TALENT).act("sign", {"agreement": AGREEMENT, "for": "示例大学"})
    for again in (FIRM, TALENT):
        with pytest.raises(RuleBroken, match="already"):
            town.on_behalf_of(again).act("sign", {"agreement": AGREEMENT, **({"for": "示例大学"} if again == TALENT else {})})
    assert [each for each in nodes(town, "Project") if each != "j:cooling"] == [PROJECT]
    assert nodes(town, "Milestone") == [f"{PROJECT}-1", f"{PROJECT}-2"]
    town.on_behalf_of(FIRM).move_need(NEED, "sign", agreement=AGREEMENT)
    town.on_behalf_of(ZHANG).move_need(NEED, "start")

    # Work: people are trained, a result is made and put to use, sums are paid, milestones reached.
    then = on(town, "2020-11-20")
    then.on_behalf_of(STUDIO).act(
        "train", {"kind": "师徒传帮带", "studio": ["赵拟工作室"], "mentor": ["赵拟"], "trainee": ["吴例"], "attendees": 8}
    )
    made = {"name": "铝合金焊接工艺", "kind": "职工创新", "maker": ["赵拟"], "studio": ["赵拟工作室"], "project": [PROJECT], "need": [NEED]}
    then.on_behalf_of(STUDIO).act("record", {**made, "trl": "TRL8", "on": "2020-11-10"}, id="platform:result-weld")
    then.on_behalf_of(FIRM).act("transform", {"result": "platform:result-weld", "enterprise": "示例重工"})
    then.on_behalf_of(FIRM).act("pay", {"agreement": AGREEMENT, "amount_wan": 30})
    for number in (1, 2):
        then.on_behalf_of(ZHANG).act("reach", {"milestone": f"{PROJECT}-{number}", "evidence": f"检测报告 {number} 号"})
    then.on_behalf_of(ZHANG).move_need(NEED, "deliver")
    then.on_behalf_of(FIRM).move_need(NEED, "complete", evidence="验收报告 2020-11-20")

    # The yearly review: a colleague may not judge, a stranger may; the grant rests on it and is raised because it is excellent.
    december = on(town, "2020-12-10")
    december.on_behalf_of(UNION).act("catalogue", {"project": PROJECT, "year": 2020, "rapid": True, "effective": True})
    with pytest.raises(RuleBroken, match="Conflict of interest"):
        december.on_behalf_of(UNION).act("assign", {"project": PROJECT, "reviewer": "陈仿", "year": 2020})
    december.on_behalf_of(UNION).act("assign", {"project": PROJECT, "reviewer": "孙虚", "year": 2020}, id="platform:review-weld")
    scores = {name: round(most * 0.95, 2) for name, most in WEIGHTS.items()}
    december.on_behalf_of("评审:孙虚").act("score", {"review": "platform:review-weld", "score": scores})
    december.on_behalf_of(UNION).act("grant", {"project": PROJECT, "amount_wan": 2, "year": 2020}, id="platform:grant-weld")
    december.on_behalf_of(UNION).act("raise", {"funding": "platform:grant-weld", "amount_wan": 1, "year": 2020})
    ranking: Any = on(town, "2020-12-10").listing("ranking", {"year": 2020}).document
    assert [(line["cells"]["place"], line["cells"]["project"]["id"], line["cells"]["verdict"]) for line in ranking["lines"]] == [
        (1, PROJECT, "优秀")
    ]

    # The targets have moved by just that.
    after = counted(town)
    moved = {name: (before.get(name) or 0, value) for name, value in after.items() if value != before.get(name)}
    assert moved == {"demonstrations": (0, 1), "innovations": (0, 1), "transformation": (0, 1.0), "training": (0, 8)}

    # Which university connects to this enterprise, through whom, since when, and who says so.
    answer: Any = town.question("1", {"enterprise": "示例重工", "university": "样例学院"}).document
    assert [(line["cells"]["expert"]["caption"], line["cells"]["on"], line["cells"]["since"]) for line in answer["lines"]] == [
        ("李样本", "2020-09-10", "2020-08-01")
    ]
    (path,) = town.find_paths(AskPaths("u:one", "e:acme", kind="all-shortest")).paths
    assert [node.id for node in path.nodes] == ["u:one", "e:acme"]
    acts = town.ledger.relationship_evidence(town.store.facts(touching=(NEED,)).relationships)
    assert {claim.source.removeprefix(PERSON) for claims in acts.values() for claim in claims} >= {"expert:p:zhang", "enterprise:e:acme"}

    # The history says who did what, and every step of it is an act of its own.
    events: Any = town.on_behalf_of(TALENT).need_history(NEED).document["events"]
    assert [each["move"] for each in events] == [
        "post", "submit", "return", "edit", "submit", "publish", "accept", "accept", "talk", "sign", "start", "deliver", "complete",
    ]  # fmt: skip
    assert len({each["act"] for each in events}) == len(events)
