"""The twenty questions on a small town whose answers were worked out by hand.

Two districts, 邗江 and 高邮; three universities; five experts: Zhang (南, in place until 2021), Li (南, in place), Wang (东, in place,
batch 12, ends in a month), Old (东, left in 2018), Adviser (扬, left in 2019, advises 高邮). Firms Acme and Beta in 邗江, Gamma in 高邮,
Delta silent. Acme's studio is paired with Zhang, Gamma's with nobody since 2019.
"""

from __future__ import annotations

import datetime

import pytest

from cooperation.questions.register import QUESTIONS, question_named
from graph.errors import NotFound, QueryProblem, ValueProblem
from tests.cooperation.facts import DAY, Facts, cells, lines


@pytest.fixture
def town() -> Facts:
    facts = Facts()
    facts.node("city", "City")
    for district in ("邗江", "高邮"):
        facts.node(district, "District")
        facts.link("PART_OF", district, "city")
    facts.node("镇", "Town")
    facts.link("PART_OF", "镇", "邗江")
    for university in ("南", "东", "扬"):
        facts.node(university, "University")
    for firm, place in (("acme", "镇"), ("beta", "邗江"), ("gamma", "高邮"), ("delta", "高邮")):
        facts.node(firm, "Enterprise")
        facts.link("LOCATED_IN", firm, place)
        facts.node(f"{firm}-account", "Account", status="已开通")
        facts.link("OF", f"{firm}-account", firm)
    for field in ("焊接", "泵", "软件"):
        facts.node(field, "Field", level=2)
    facts.expert("zhang", "南", "镇", "2019-08", "2021-07-31")
    facts.expert("li", "南", "邗江", "2020-08", "2021-07-31")
    facts.expert("wang", "东", "高邮", "2019-10", "2020-10-10")
    facts.expert("old", "东", "邗江", "2017-08", "2018-07-31")
    facts.expert("adviser", "扬", "高邮", "2018-08", "2019-07-31")
    facts.link("ADVISES", "adviser", "高邮", validFrom="2019-08-01")
    for number in (12, 13):
        facts.node(f"batch{number}", "Batch", no=number)
    for person, number in (("wang", 12), ("zhang", 13), ("li", 13)):
        facts.link("IN_BATCH", f"{person}-term", f"batch{number}")
    for person, field in (("zhang", "焊接"), ("li", "焊接"), ("wang", "泵"), ("old", "泵")):
        facts.link("EXPERT_IN", person, field)
    facts.need("n1", "acme", "焊接", "对接中", postedOn="2020-06-01", name="焊接")
    facts.need("n2", "beta", "泵", "已接单", postedOn="2020-07-01", name="泵")
    facts.need("n3", "gamma", "软件", "已发布", postedOn="2020-08-10", name="软件")
    facts.need("n4", "gamma", "泵", "已发布", postedOn="2020-08-11", name="泵密封")
    facts.link("ACCEPTED", "zhang", "n1", at="2020-06-10", validFrom="2020-06-10")
    facts.link("ACCEPTED", "wang", "n2", at="2020-07-05", validFrom="2020-07-05")
    facts.node("acme-studio", "Studio")
    facts.link("BASED_AT", "acme-studio", "acme")
    facts.link("PAIRED_WITH", "acme-studio", "zhang", validFrom="2020-03-01", demo=True)
    facts.node("gamma-studio", "Studio")
    facts.link("BASED_AT", "gamma-studio", "gamma")
    facts.link("PAIRED_WITH", "gamma-studio", "adviser", validFrom="2018-09-01", validTo="2019-07-31")
    return facts


def ask(number: int, facts: Facts, day: datetime.date = DAY, then: Facts | None = None, **given: object) -> list[tuple[object, ...]]:
    return cells(QUESTIONS[number], facts, day, then, **given)


def test_01_which_university_connects_to_which_enterprise_through_whom(town: Facts) -> None:
    nan = ("南", "zhang", "n1", "acme", "2020-06-10", "2019-08", "2021-07-31", True)
    dong = ("东", "wang", "n2", "beta", "2020-07-05", "2019-10", "2020-10-10", True)
    assert ask(1, town) == [dong, nan]
    assert ask(1, town, university="南") == [nan] == ask(1, town, enterprise="acme") == ask(1, town, expert="zhang")
    assert ask(1, town, district="高邮") == []
    assert [row[-1] for row in ask(1, town, datetime.date(2020, 10, 11))] == [False, True]  # wang's term is over, the way stays told


def test_02_needs_that_no_expert_is_near(town: Facts) -> None:
    """n3 and n4 are Gamma's, which nobody in place is tied to; the adviser's term is over. One meeting of Li at Gamma brings both near."""
    assert [(row[0], row[1]) for row in ask(2, town)] == [("泵", "n4"), ("软件", "n3")]
    town.node("visit", "Visit", date="2020-09-01")
    town.link("INVOLVES", "visit", "li")
    town.link("INVOLVES", "visit", "gamma")
    assert ask(2, town) == []  # li – visit – gamma – need: three hops
    assert [row[1] for row in ask(2, town, hops=2)] == ["n4", "n3"]


def test_03_studios_without_a_partner(town: Facts) -> None:
    assert ask(3, town) == [(["高邮"], "gamma-studio", ["gamma"], "2019-07-31")]
    assert ask(3, town, district="邗江") == []
    assert [row[1] for row in ask(3, town, datetime.date(2019, 1, 1))] == ["acme-studio"]


def test_04_who_bridges_communities(town: Facts) -> None:
    """Among people, enterprises, universities, studios and needs two lie between others, of 136 pairs of the 17 others each (4 more people,
    3 universities, 4 firms, 2 studios, 4 needs). Old – 东 – Wang – n2 – Beta is a path of five: Wang lies between 2 × 2 = 4 pairs. Li – 南
    – Zhang leads to a square of Zhang, studio, Acme and n1: Zhang lies between 2 × 3 pairs, and on one of two shortest ways from the studio
    to n1."""
    (zhang, wang) = ask(4, town)
    assert zhang[:2] == ("zhang", round(6.5 / 136, 6)) and wang[:2] == ("wang", round(4 / 136, 6))
    assert {zhang[2], wang[2]} <= {1, 2}


def test_05_a_batch_ends_and_who_is_left_with_nobody(town: Facts) -> None:
    assert ask(5, town, batch=12) == [
        ("企业", "beta", ["wang"]),
        ("需求", "n2", ["wang"]),
        ("高校", "东", ["wang"]),
    ]
    assert [row[1] for row in ask(5, town, batch=13)] == ["acme", "acme-studio", "n1", "南"]
    town.link("ADVISES", "wang", "高邮", validFrom="2020-10-11")
    assert ask(5, town, batch=12) == []  # the tie is kept


def test_06_which_results_fit_a_need(town: Facts) -> None:
    town.node("r1", "Achievement", name="泵密封装置", trl=7)
    town.node("r2", "Achievement", name="数据软件", trl=9)
    town.nodes["n4"] = town.nodes["n4"].__class__("n4", "Need", {**town.nodes["n4"].properties, "hasTrl": 6})
    rows = ask(6, town, need="n4")
    assert [(row[0], row[2], row[4]) for row in rows] == [("r1", 7.0, None), ("r2", 9.0, "topic")]
    with pytest.raises(ValueProblem, match="requires the parameter 'need'"):
        ask(6, town)


def test_07_progress_by_district(town: Facts) -> None:
    """497 completed of 500 wanted reads 未达标; 2 of the 3 completed in 邗江 are put to use, of one nobody said."""
    town.node("t1", "Target", name="2020 全市 革新发明创新成果", year=2020, value=500, reported=497)
    town.link("FOR", "t1", "city")
    for id, used in (("a1", True), ("a2", True), ("a3", None)):
        known = {} if used is None else {"transformed": used}
        town.node(id, "Achievement", kind="职工创新", finishedOn="2020-05", **known)
        town.link("PRODUCED", "acme-studio", id)
    rows = {(row[0], row[1]): row[2:] for row in ask(7, town, year=2020)}
    assert rows["city", "革新发明创新成果"] == (500.0, 3, 497.0, 497.0, "未达标")
    assert rows["邗江", "成果转化率"] == (None, 0.6667, None, None, "未知")
    assert rows["邗江", "共建示范工作室"] == (None, 1, None, None, "未知")
    assert ("高邮", "成果转化率") not in rows


def test_08_pairs_that_have_not_met(town: Facts) -> None:
    """Paired on 2020-03-01 and never met: 193 days by 2020-09-10. A meeting 89 days back quiets the list, one 90 days back does not."""
    assert ask(8, town) == [("acme-studio", "zhang", "2020-03-01", None, 193)]
    for id, day, silent in (("m1", "2020-06-12", 90), ("m2", "2020-06-13", None)):
        town.node(id, "Meeting", date=day)
        town.link("INVOLVES", id, "zhang")
        town.link("INVOLVES", id, "acme-studio")
        assert ask(8, town) == ([] if silent is None else [("acme-studio", "zhang", "2020-03-01", day, silent)])
    assert [row[4] for row in ask(8, town, days=89)] == [89]


def test_09_needs_that_nobody_takes_on(town: Facts) -> None:
    """On 2020-09-10 n3 is 31 days old and n4 30: more than 30 is asked for."""
    assert ask(9, town) == [(["软件"], "n3", ["gamma"], "2020-08-10", 31)]
    assert [row[1] for row in ask(9, town, days=29)] == ["n4", "n3"]


def test_10_from_taking_on_to_signing(town: Facts) -> None:
    """Of 4 needs 2 are taken on; n1 is signed on 2020-06-30, 20 days after; n2 40 days after: the median is 30."""
    for id, need, on in (("g1", "n1", "2020-06-30"), ("g2", "n2", "2020-08-14")):
        town.node(id, "Agreement", signedOn=on)
        town.link("COVERS", id, need)
    assert ask(10, town) == [("发单", 4, 1.0, None), ("接单", 2, 0.5, None), ("签约", 2, 0.5, 30.0), ("完成", 0, 0.0, None)]


def test_11_supply_and_demand_by_field(town: Facts) -> None:
    """焊接: one need, Zhang and Li. 泵: two needs, Wang (Old has left). 软件: one need, nobody."""
    assert ask(11, town) == [("泵", 2, 1, 1), ("软件", 1, 0, 1), ("焊接", 1, 2, -1)]
    town.node("激光焊", "Field", level=3)
    town.link("BROADER", "激光焊", "焊接")
    town.expert("sun", "扬", "邗江", "2020-08", "2021-07-31")
    town.link("EXPERT_IN", "sun", "激光焊")
    assert ask(11, town)[-1] == ("焊接", 1, 3, -2)


def test_12_universities_that_hang_on_one_expert(town: Facts) -> None:
    """南 has Zhang and Li, 扬 nobody in place."""
    assert ask(12, town) == [("东", "wang", 1, ["beta"])]
    assert ask(12, town, datetime.date(2020, 10, 11)) == []
    assert ask(12, town, district="邗江") == []


def test_13_former_experts_who_fit_a_need(town: Facts) -> None:
    rows = ask(13, town, need="n4")
    assert [(row[0], row[2], row[3]) for row in rows] == [("old", "2018-07-31", "2018-07-31")]
    town.node("m", "Meeting", date="2020-01-05")
    town.link("INVOLVES", "m", "old")
    assert ask(13, town, need="n4")[0][3] == "2020-01-05"


def test_14_enterprises_that_are_silent(town: Facts) -> None:
    assert ask(14, town) == [(["高邮"], "delta", "已开通")]
    town.node("v", "Visit", date="2020-01-01")
    town.link("INVOLVES", "v", "delta")
    assert ask(14, town) == []
    assert QUESTIONS[14].clearance == 1


def test_15_who_brought_which_team(town: Facts) -> None:
    town.node("team", "TalentTeam")
    town.link("INTRODUCED", "zhang", "team", at="2020-05-01")
    assert ask(15, town) == [("team", "zhang", "2020-05-01", None)]
    town.link("BASED_AT", "team", "acme")
    assert ask(15, town) == [("team", "zhang", "2020-05-01", "acme")] == ask(15, town, enterprise="acme")
    assert ask(15, town, enterprise="beta") == []


def test_16_contracted_and_paid(town: Facts) -> None:
    """南 signs 50 with 20 paid, and one without any sum in the same year; unknown stays unknown."""
    for id, university, on, sums in (
        ("g1", "南", "2020-06-30", {"contractWan": 50.0, "paidWan": 20.0}),
        ("g2", "南", "2020-07-01", {}),
        ("g3", "东", "2019-01-01", {}),
    ):
        town.node(id, "Agreement", signedOn=on, **sums)
        town.link("SIGNED_BY", id, university, side="乙方")
        town.link("SIGNED_BY", id, "acme", side="甲方")
    assert ask(16, town) == [("2019", "东", 1, None, None, 1), ("2020", "南", 2, 50.0, 20.0, 1)]
    assert [row[1] for row in ask(16, town, university="东")] == ["东"]


def test_17_training_and_upgrades(town: Facts) -> None:
    """45 by number and 2 by name (the mentor does not count); one tells nothing. 8 upgrades told, 1 entered."""
    town.node("wu", "Person")
    town.node("feng", "Person")
    town.node("master", "Person")
    town.link("MENTORS", "master", "wu")
    for id, known in (
        ("t1", {"attendees": 45, "certificates": "高级工8人"}),
        ("t2", {}),
        ("t3", {}),
    ):
        town.node(id, "Training", kind="师带徒", date="2020-06", **known)
        town.link("INVOLVES", id, "acme-studio")
    for person in ("wu", "feng", "master"):
        town.link("INVOLVES", "t2", person)
    town.link("ATTAINED", "wu", "t2", level="技师")
    assert ask(17, town, year=2020) == [("acme-studio", "师带徒", 3, 47.0, 9, 1)]
    assert ask(17, town, year=2019) == []


def test_18_reviewers_without_a_conflict(town: Facts) -> None:
    """The project is Acme's studio's, paired with Zhang of 南: Zhang and his colleague Li are out, Wang is left; Old is not in place."""
    town.node("project", "Project")
    town.link("RUN_BY", "project", "acme-studio")
    assert [row[:2] for row in ask(18, town, project="project")] == [("wang", "东")]
    town.node("g", "Agreement")
    town.link("COVERS", "g", "wang")
    town.link("SIGNED_BY", "g", "acme", side="甲方")
    assert ask(18, town, project="project") == []


def test_19_partners_for_a_studio(town: Facts) -> None:
    """Gamma's studio makes pumps: Wang, of its district too. Who leads it is not proposed, nor who is paired with it."""
    town.node("made", "Achievement", name="泵")
    town.link("PRODUCED", "gamma-studio", "made")
    rows = ask(19, town, studio="gamma-studio")
    assert rows[0][0] == "wang" and rows[0][2:] == ("泵", True, 0, 1)
    assert len(rows) == 3
    town.link("PAIRED_WITH", "gamma-studio", "wang", validFrom="2020-01-01")
    assert [row[0] for row in ask(19, town, studio="gamma-studio")] == ["li", "zhang"]


def test_20_what_was_known_then(town: Facts) -> None:
    """Then Delta was known by another name, the studio not at all, and Epsilon, which is gone now, was."""
    then = Facts()
    then.nodes, then.relationships = (
        dict(town.nodes),
        [each for each in town.relationships if "acme-studio" not in (each.source, each.target)],
    )
    del then.nodes["acme-studio"]
    then.node("delta", "Enterprise", name="Delta & Co")
    then.node("epsilon", "Enterprise")
    rows = ask(20, town, then=then, known_at="2020-05-01")
    assert ("当时未知", "Studio", "acme-studio", None, "") in rows
    assert ("现已不载", "Enterprise", "epsilon", None, "") in rows
    assert ("有改动", "Enterprise", "delta", None, "name") in rows
    assert {row[0] for row in rows if row[1] == "PAIRED_WITH"} == {"当时未知"}
    assert ask(20, town, then=then, known_at="2020-05-01", node="delta") == [("有改动", "Enterprise", "delta", None, "name")]


def test_all_twenty_are_there_and_go_by_number_or_name(town: Facts) -> None:
    assert list(QUESTIONS) == list(range(1, 21))
    assert question_named("12") is question_named("Single-Points")
    with pytest.raises(QueryProblem, match="no question '21'"):
        question_named("21")
    with pytest.raises(NotFound):
        lines(QUESTIONS[1], town, university="nowhere")
