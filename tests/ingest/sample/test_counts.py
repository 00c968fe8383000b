"""The article's counts, counted again from the written files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import QueryProblem
from ingest.sample.city import City, terms_by_expert
from ingest.sample.distribution import distribution
from ingest.sample.generate import generate
from ingest.sample.tables import ACCOUNTS, ACHIEVEMENTS, AGREEMENTS, INDICATORS, MEMBERS, NEEDS, ROSTER, STUDIOS, TRAININGS, UPDATES
from ingest.sample.write import CityFiles
from tests.ingest.sample.reading import records


@pytest.fixture(scope="module")
def folder(clean: CityFiles) -> Path:
    return clean.files[0].parent


def test_roster_has_627_terms_of_581_people(folder: Path) -> None:
    rows = records(folder / ROSTER)
    people = Counter((row["姓名"], row["派出单位"]) for row in rows)
    assert len(rows) == 627
    assert len(people) == 581
    assert Counter(people.values()) == {1: 535, 2: 46}
    assert sum(row["批次"] == "第十三批" for row in rows) == 63
    assert [sum(row["批次"] == name for row in rows) for name in ("第九批", "第十批")] == [74, 65]
    last = Counter(row["县(市、区)"] for row in rows if row["批次"] == "第十三批")
    assert list(last.values()) == [9, 9, 10, 9, 9, 7, 5, 3, 2]
    assert len({row["派出单位"] for row in rows}) == 95
    assert Counter(row["派出单位"] for row in rows).most_common(1)[0][0] == "扬州大学"


def test_studios_and_their_people(folder: Path) -> None:
    rows = records(folder / STUDIOS)
    leaders = [name for row in rows for name in row["领衔人"].split("、")]
    honours = [honour for row in rows for honour in row["荣誉称号"].split("、")]
    members = records(folder / MEMBERS)
    assert (len(rows), len(leaders), len(honours), len(members)) == (195, 246, 246, 850)
    assert Counter(honour[:2] for honour in honours) == {"全国": 10, "江苏": 66, "扬州": 170}
    assert [sum(row["所属工会"].startswith(d.name) for row in rows) for d in distribution().districts] == [36, 38, 25, 27, 22, 20, 15, 4, 2]
    assert sum(row["所属工会"] == "扬州市总工会" for row in rows) == 6
    sizes = Counter(row["工作室"] for row in members)
    assert min(sizes.values()) >= 2 and max(sizes.values()) <= 15
    for row in rows:
        assert int(row["成员人数"]) == sizes[row["工作室名称"]] + len(row["领衔人"].split("、"))


def test_platform_counts(folder: Path) -> None:
    numbers = distribution()
    accounts, needs = records(folder / ACCOUNTS), records(folder / NEEDS)
    assert (len(accounts), len(needs), len(records(folder / UPDATES))) == (400, 436, 104)
    assert Counter(row["领域"] for row in needs) == numbers.need_fields
    assert Counter(row["状态"] for row in needs) == numbers.need_states
    district = {row[name]: row["县(市、区)"] for row in accounts for name in ("企业名称", "曾用名") if row[name]}
    assert [Counter(row["县(市、区)"] for row in accounts)[d.name] for d in numbers.districts] == [d.accounts for d in numbers.districts]
    assert [Counter(district[row["企业"]] for row in needs)[d.name] for d in numbers.districts] == [d.needs for d in numbers.districts]


def test_needs_per_account(city: City) -> None:
    posted = Counter(need.enterprise for need in city.needs)
    assert Counter(posted[firm.number] for firm in city.enterprises) == distribution().needs_per_account


def test_achievements_and_innovations(folder: Path) -> None:
    rows, innovations = records(folder / ACHIEVEMENTS, "科技成果"), records(folder / ACHIEVEMENTS, "职工创新")
    levels = [int(row["成熟度"].removeprefix("TRL")) for row in rows]
    owned = Counter(row["完成人"].split("、")[0] + row["单位"] for row in rows)
    assert len(rows) == 1277
    assert [sum(low <= level <= low + 2 for level in levels) for low in (1, 4, 7)] == [230, 600, 447]
    assert len(owned) == 390 and max(owned.values()) <= 24
    assert len(innovations) == 512
    assert sum(row["转化情况"] == "已转化" for row in innovations) == 415


def test_cooperation_counts(city: City, folder: Path) -> None:
    agreements = records(folder / AGREEMENTS)
    pairs = [row for row in agreements if row["类型"] == "共建"]
    assert len(agreements) == 2195  # 3.5 for each of 627 terms
    assert (len(pairs), sum(row["示范"] == "是" for row in pairs)) == (60, 22)
    met = Counter(meeting.studio for meeting in city.meetings if meeting.studio is not None)
    assert len(met) == 60 and all(2 <= count <= 6 for count in met.values())
    assert sum(training.person_times for training in city.trainings) == 5070
    trained = Counter[str]()
    for row in records(folder / TRAININGS):
        heads = row["学员/人数"]
        trained[row["工作室"]] += int(heads) if heads.isdigit() else len(heads.split("、"))
    assert trained.total() == 5070 and max(trained.values()) <= 150 and len(trained) == 195


def test_figures_are_counted_from_the_other_files(city: City, folder: Path) -> None:
    rows = {(row["指标"], row["县区"]): row for row in records(folder / INDICATORS)}
    assert rows["成果转化率", "全市"]["分子"] == "415" and rows["成果转化率", "全市"]["分母"] == "512"
    assert float(rows["成果转化率", "全市"]["完成"]) == pytest.approx(415 / 512, abs=1e-4)
    assert rows["共建示范工作室", "全市"]["完成"] == "22"
    for name in ("共建示范工作室", "革新发明创新成果", "培训职工"):
        parts = [int(row["完成"]) for (kind, place), row in rows.items() if kind == name and place != "全市"]
        assert sum(parts) == int(rows[name, "全市"]["完成"])
    assert rows["高技能人才总量", "全市"]["完成"] == "", "an outside stock is never counted here"
    assert float(rows["高技能人才总量", "全市"]["目标"]) == 240_000


def test_terms_of_one_person_do_not_overlap(city: City) -> None:
    for terms in terms_by_expert(city.terms).values():
        for earlier, later in zip(terms, terms[1:], strict=False):
            assert earlier.end < later.start
    assert all((term.end > term.start) for term in city.terms)
    assert {int(term.end[:4]) - int(term.start[:4]) for term in city.terms if term.leader} == {2}


def test_acceptances_fit_and_keep_the_order_of_days(city: City) -> None:
    first_day = {number: terms[0].start for number, terms in terms_by_expert(city.terms).items()}
    for need in city.needs:
        assert need.posted < need.due
        assert bool(need.acceptances) == (need.state in ("已接单", "对接中", "已签约", "实施中", "已完成"))
        for acceptance in need.acceptances:
            expert = city.experts[acceptance.expert]
            assert need.topic.field in {topic.field for topic in expert.topics}
            assert need.posted < acceptance.on <= city.reference_date
            assert first_day[expert.number] <= acceptance.on[:7]
    graded = [grade for need in city.needs for grade in [city.fits(need).get(a.expert, 0) for a in need.acceptances]]
    assert graded.count(2) > 0.5 * len(graded)


@pytest.mark.parametrize("scale", [0.1, 2])
def test_other_scales_keep_the_proportions(scale: float) -> None:
    city = generate(3, scale)
    assert len(city.terms) == round(627 * scale + 0.001)
    assert len(city.enterprises) == 400 * scale
    assert len(city.needs) == round(436 * scale)
    assert len(city.achievements) == round(1277 * scale)
    assert len(city.studios) == round(195 * scale + 0.001)
    assert len(city.plants.unreachable_needs) == max(1, round(15 * scale + 0.001))
    assert len({(who.name, who.organisation) for who in city.experts}) == len(city.experts)


@pytest.mark.parametrize("scale", [0, 0.05, -1, 41, float("nan")])
def test_a_scale_that_cannot_be_made_is_refused(scale: float) -> None:
    with pytest.raises(QueryProblem, match="scale"):
        generate(7, scale)
