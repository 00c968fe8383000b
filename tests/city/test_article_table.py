"""Every fact and capability of the article, one test each, in its order: what it says, and what shows that it works."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cooperation.needs import MOVES, NeedDesk
from cooperation.needs.deciding import MoveDetails, NeedText
from cooperation.targets import progress
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import Source
from graph.store import QueryLimits
from lianyin.client import Client
from lianyin.demonstration import COUNTS, DAY
from lianyin.operations.paths import AskPaths
from lianyin.settings import Settings
from tests.city.test_article import article, rows
from tests.cooperation.facts import Facts
from tests.cooperation.world import ONTOLOGY, build, build_more
from tests.graph.ledger.builders import Clock, link, load, node, row

__all__ = ["article"]

AS_OF = DAY.isoformat()
LIMITS = QueryLimits(1000, 60_000)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Client]:
    """A small district where things can be done."""
    store = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ONTOLOGY)
    build(store)
    build_more(store)
    places = [row(1, node("c", "City", name="示例市"), link("PART_OF", "gb2260:321003", "c"))]
    load(Ledger(store, ONTOLOGY, Clock()), Source("places", "Places", "2020-09-01"), places, "places")
    yield Client(store, ONTOLOGY, Settings(today=DAY, language="zh"))
    store.close()


def cells(client: Client, name: str, family: Any = "question", **given: object) -> list[dict[str, Any]]:
    document: Any = getattr(client, family)(name, given, AS_OF, 10_000).document
    assert all(line["rows"] for line in document["lines"] if 0 not in line["cells"].values())
    return [line["cells"] for line in document["lines"]]


def test_the_plan_of_two_issuers(article: Client) -> None:
    assert len(rows(article, "MATCH (p:Policy)-[:ISSUED_BY]->(o) RETURN o.name")) == 2


def test_the_team_of_a_district_and_batch_and_its_leader(article: Client) -> None:
    text = "MATCH (p:Person)-[:HAS_TERM]->(s:Secondment)-[:IN_TEAM]->(t:TownHeadTeam) WHERE s.role = '团长' RETURN p.name, t.name, s.id"
    ((name, team, term),) = rows(article, text)
    assert (name, team) == ("吴辉", "邗江区第13批科技镇长团")
    assert article.ledger.node_evidence(str(term))[1]


def test_a_visit_to_two_firms_in_one_town(article: Client) -> None:
    text = "MATCH (v:Visit)-[:INVOLVES]->(e:Enterprise)-[:LOCATED_IN]->(t:Town) RETURN v.id, e.id, t.id"
    found = rows(article, text)
    assert [len({row[column] for row in found}) for column in range(3)] == [1, 2, 1]


def test_terms_are_counted_apart_from_people(client: Client) -> None:
    counted = {each.label.en: client.store.cypher(each.query, {}, LIMITS).rows[0][0] for each in COUNTS}
    assert (counted["terms"], counted["batch 13"]) == (627, 63)
    assert counted["experts"] == 581 <= counted["terms"]


def test_behind_each_member_a_school_within_three_hops_with_dates(client: Client) -> None:
    first = cells(client, "1")[0]
    answer = client.find_paths(AskPaths(first["enterprise"]["id"], first["university"]["id"], kind="all-shortest", max_hops=3))
    document: Any = client.paths(first["enterprise"]["id"], first["university"]["id"], max_hops=3).document
    assert answer.total and all(len(path.nodes) <= 4 for path in answer.paths)
    facts = [fact for path in document["paths"] for fact in path["relationships"]]
    assert any(fact["valid_from"] for fact in facts) and all(fact["sources"] for fact in facts)


def test_the_registry_of_studios_honours_and_members(client: Client) -> None:
    counted = {each.label.en: client.store.cypher(each.query, {}, LIMITS).rows[0][0] for each in COUNTS}
    assert (counted["studios"], counted["model workers"], counted["studio members"]) == (195, 246, 850)


def test_1_studios_absent_from_the_plan(client: Client, town: Client) -> None:
    assert len(cells(client, "absent-studios", "listing", year=2020)) == 195
    assert {each["studio"]["id"] for each in cells(town, "absent-studios", "listing")} == {"s:zhao", "s:qian"}
    plan: Any = town.on_behalf_of("县区:邗江区").act("plan", {"team": "邗江区第13批科技镇长团", "year": 2020}).document
    town.on_behalf_of("县区:邗江区").act("item", {"plan": plan["subject"], "name": "焊接", "kind": "技术攻关", "studio": ["赵拟工作室"]})
    assert {each["studio"]["id"] for each in cells(town, "absent-studios", "listing")} == {"s:qian"}


def test_2_a_pair_without_a_meeting_for_90_days_is_flagged(client: Client, town: Client) -> None:
    assert len(cells(client, "8")) == 5
    town.on_behalf_of("总工会").act("pair", {"studio": "赵拟工作室", "expert": "张拟", "since": "2020-06-12"})
    assert [each["days"] for each in cells(town, "8")] == [90]
    town.on_behalf_of("工作室:赵拟工作室").act("meet", {"kind": "会商", "studio": ["赵拟工作室"], "expert": ["张拟"]})
    assert cells(town, "8") == []


def test_3_by_whom_a_team_was_introduced(town: Client) -> None:
    town.on_behalf_of("专家:张拟").act("introduce", {"name": "焊接团队", "by": ["张拟"], "enterprise": ["示例重工"], "member": ["李样本"]})
    ((team, by, firm),) = [(each["team"]["caption"], each["by"]["caption"], each["enterprise"]["caption"]) for each in cells(town, "15")]
    assert (team, by, firm) == ("焊接团队", "张拟", "示例重工")
    assert [str(node.caption.zh) for node in town.find_paths(AskPaths("张拟", "焊接团队")).paths[0].nodes] == ["张拟", "焊接团队"]


def test_4_trainees_by_kind_and_studio(client: Client) -> None:
    found = cells(client, "17", year=2020)
    assert {each["kind"] for each in found} >= {"新型学徒制", "专家讲师团", "师带徒"}
    assert sum(each["people"] or 0 for each in found) >= 5000


def test_5_the_ranking_is_the_same_again_and_a_raise_is_linked_to_the_review(client: Client, town: Client) -> None:
    first, again = (cells(client, "ranking", "listing", year=2020) for _ in range(2))
    assert first == again and [each["place"] for each in first] == sorted(each["place"] for each in first)
    town.on_behalf_of("总工会").act("assign", {"project": "冷却改造", "reviewer": "孙虚", "year": 2020}, id="v:1")
    town.on_behalf_of("总工会").act("rubric", {"year": 2020, "weight": ["效益=100"]})
    town.on_behalf_of("评审:孙虚").act("score", {"review": "v:1", "score": ["效益=95"]})
    town.on_behalf_of("总工会").act("grant", {"project": "冷却改造", "amount_wan": 2, "year": 2020}, id="b:1")
    town.on_behalf_of("总工会").act("raise", {"funding": "b:1", "amount_wan": 1, "year": 2020}, id="b:2")
    found = {each["funding"]["id"]: (each["mean"], [one["id"] for one in each["raises"]]) for each in cells(town, "grants", "listing")}
    assert found == {"b:1": (95.0, []), "b:2": (95.0, ["b:1"])}


def test_an_order_is_posted_taken_on_and_closed_with_who_and_when(town: Client) -> None:
    from tests.cooperation.world import ACME, TALENT, ZHANG

    needs = NeedDesk(town.desk)
    needs.post(ACME, NeedText("焊接", "人才"), "n:1")
    for actor, move in ((ACME, "submit"), (TALENT, "publish"), (ZHANG, "accept"), (ACME, "withdraw")):
        needs.move(actor, "n:1", MOVES[move], MoveDetails(reason="已自行解决"))
    history = needs.history("n:1")
    assert [event.move for event in history] == ["post", "submit", "publish", "accept", "withdraw"]
    assert all(event.actor and event.at for event in history)


def test_the_platforms_five_counts(client: Client) -> None:
    document: Any = client.reconcile({"experts": 581, "achievements": 1277, "needs": 436, "updates": 104, "accounts": 400}).document
    assert document["equal"]


def test_five_tags_of_outcome_by_district(town: Client) -> None:
    plan: Any = town.on_behalf_of("县区:邗江区").act("plan", {"team": "邗江区第13批科技镇长团", "year": 2020}).document
    for number, tag in enumerate(("项目研发", "技术攻关", "工艺改进", "成果转化", "人才培养")):
        item = {"plan": plan["subject"], "name": tag, "kind": tag, "studio": ["赵拟工作室"]}
        town.on_behalf_of("县区:邗江区").act("item", item, id=f"i:{number}")
        town.on_behalf_of("工作室:赵拟工作室").act("done", {"item": f"i:{number}", "outcome": "…"})
    found = cells(town, "outcomes", "listing", year=2020)
    assert {(each["district"]["caption"], each["tag"], each["done"]) for each in found} == {
        ("邗江区", tag, 1) for tag in ("项目研发", "技术攻关", "工艺改进", "成果转化", "人才培养")
    }


def test_497_of_500_reads_missed() -> None:
    facts = Facts()
    facts.node("c", "City")
    facts.node("t", "Target", name="2020 革新、发明、创新成果", year=2020, value=500)
    facts.link("FOR", "t", "c")
    for number in range(497):
        facts.node(f"a{number:03}", "Achievement", kind="职工创新", finishedOn="2020-05")
    (found,) = [each for each in progress(facts.world, 2020) if each.indicator.name == "innovations"]
    assert (found.value, found.target, found.gap, found.verdict) == (497, 500, 3, "未达标")
    assert found.counted is not None and len(found.counted.rows) == 497


def test_the_citys_stock_is_entered_with_its_source_and_never_counted(client: Client) -> None:
    document: Any = client.targets(2020, "扬州市").document
    stock = [each for each in document["rows"] if each["indicator"] in ("skilled", "technicians", "senior-technicians")]
    assert len(stock) == 3 and all(each["counted"] is None and each["rows"] for each in stock)


def test_the_day_is_the_articles() -> None:
    assert datetime.date(2020, 9, 10) == DAY
