"""One small table of each kind that offices keep, and what a careful reader takes from it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ingest.interpretation.saying import said, said_of


def test_a_roster_of_people_seconded(tmp_path: Path) -> None:
    table = "姓名,选派单位,职称,接收单位,拟任职务,任职开始,任职结束\n"
    table += "周涛,江北大学,教授,江北市科技局,副局长,2020.9,2021.8\n"
    table += "孙明,江南学院,讲师,江北泵业有限公司,总工,2020.9,至今\n"
    found = said(tmp_path, table)
    assert ("EMPLOYED_BY", "周涛", "江北大学") in found.ties
    assert ("SECONDED_TO", "周涛", "江北市科技局", "2020-09", "2021-08") in found.dated
    assert ("Agency", "江北市科技局") in found.nodes and ("Enterprise", "江北泵业有限公司") in found.nodes
    assert not any(kind in ("Organization", "Enterprise") and name == "周涛" for kind, name in found.nodes)


def test_a_ledger_of_two_parties_with_a_contact(tmp_path: Path) -> None:
    table = (
        "合同编号,课题,委托方,受托方,院方负责人,企业方联系人,签订日期,金额（万元）\n"
        "A-1,焊接工艺,江北泵业有限公司,江北大学,周涛,孙明,2021年3月4日,30\n"
        "A-2,轴承寿命,江南轴承厂,江北大学,钱进,李强,2021年5月6日,15\n"
    )
    found = said(tmp_path, table)
    assert {("PARTICIPATES_IN", "江北泵业有限公司", "焊接工艺"), ("PRINCIPAL_INVESTIGATOR_OF", "周涛", "焊接工艺")} <= found.ties
    assert not any(type in ("ACCEPTED", "EMPLOYED_BY") and start == "孙明" for type, start, _ in found.ties)


def test_only_who_takes_a_need_on_accepts_it(tmp_path: Path) -> None:
    table = (
        "需求单位,技术难题,联络人,提出时间,揭榜专家,揭榜时间\n"
        "江北泵业有限公司,泵体密封,孙明,2022-02-01,周涛（江北大学）,2022-05\n"
        "江南轴承厂,轴承降噪,李强,2022-03-01,,\n"
    )
    found = said(tmp_path, table)
    assert {tie for tie in found.ties if tie[0] == "ACCEPTED"} == {("ACCEPTED", "周涛", "泵体密封")}
    assert ("EMPLOYED_BY", "周涛", "江北大学") in found.ties
    assert ("POSTED", "江南轴承厂", "轴承降噪", "2022-03-01", "") in found.dated


def test_supervisors_and_students(tmp_path: Path) -> None:
    table = (
        "Doctoral student;Erstbetreuer;Zweitbetreuer;Hochschule\n"
        "Anna Keane;Prof. Karl Weber;Ines Roth;Universität Nordhafen\n"
        "Tom Lang;Prof. Karl Weber;;Universität Nordhafen\n"
    )
    found = said(tmp_path, table)
    assert {tie for tie in found.ties if tie[0] == "SUPERVISES"} == {
        ("SUPERVISES", "Karl Weber", "Anna Keane"),
        ("SUPERVISES", "Ines Roth", "Anna Keane"),
        ("SUPERVISES", "Karl Weber", "Tom Lang"),
    }
    assert not any(type == "EMPLOYED_BY" and start == "Anna Keane" for type, start, _ in found.ties)


def test_patents_with_several_in_one_cell(tmp_path: Path) -> None:
    table = "出願番号,発明の名称,出願人,発明者\n"
    table += "2020-1,ポンプ装置,北浜電機株式会社；北浜大学,山田 太郎；佐藤 花子\n2020-2,検査方法,北浜大学,山田 太郎\n"
    found = said(tmp_path, table)
    assert ("Patent", "ポンプ装置") in found.nodes
    assert {tie for tie in found.ties if tie[2] == "ポンプ装置"} == {
        ("APPLICANT_OF", "北浜電機株式会社", "ポンプ装置"),
        ("APPLICANT_OF", "北浜大学", "ポンプ装置"),
        ("CREATED", "山田太郎", "ポンプ装置"),
        ("CREATED", "佐藤花子", "ポンプ装置"),
    }


def test_an_edge_list_in_any_wording(tmp_path: Path) -> None:
    table = (
        "Actor A,Actor B,Nature of relationship,Since\n"
        "Anna Keane,Northbank Pumps Ltd,consultant to,2019\n"
        "Anna Keane,Northbank University,lectures at,2015\n"
        "Northbank Holding plc,Northbank Pumps Ltd,shareholder of,2011\n"
        "Tom Lang,Anna Keane,supervised by,2018\n"
        "Tom Lang,Ines Roth,cousin of,\n"
    )
    found = said(tmp_path, table)
    assert found.ties == {
        ("ADVISES", "Anna Keane", "Northbank Pumps Ltd"),
        ("EMPLOYED_BY", "Anna Keane", "Northbank University"),
        ("SHAREHOLDER_OF", "Northbank Holding plc", "Northbank Pumps Ltd"),
        ("SUPERVISES", "Anna Keane", "Tom Lang"),
        ("TIED_TO", "Tom Lang", "Ines Roth"),
    }
    assert ("ADVISES", "Anna Keane", "Northbank Pumps Ltd", "2019", "") in found.dated


def test_a_matrix_of_ticks(tmp_path: Path) -> None:
    table = "高校,江北泵业有限公司,江南轴承厂,江东钢铁集团,合计\n江北大学,√,,3项,2\n江南学院,,√,,1\n合计,1,1,1,\n"
    found = said(tmp_path, table)
    assert found.ties == {
        ("PARTNER_OF", "江北大学", "江北泵业有限公司"),
        ("PARTNER_OF", "江北大学", "江东钢铁集团"),
        ("PARTNER_OF", "江南学院", "江南轴承厂"),
    }
    assert len(found.nodes) == 5


def test_nested_objects(tmp_path: Path) -> None:
    records = [
        {"company": "Northbank Pumps Ltd", "founders": [{"name": "Anna Keane", "position": "CEO"}, {"name": "Tom Lang"}],
         "mentor": {"name": "Ines Roth", "affiliation": "Northbank University"}, "rounds": [{"investor": "Roth Ventures GmbH"}]},
        {"company": "Southbank Motors Ltd", "founders": [{"name": "Karl Weber"}],
         "mentor": {"name": "Ines Roth", "affiliation": "Northbank University"}, "rounds": []},
    ]  # fmt: skip
    found = said(tmp_path, json.dumps({"updated": "2023", "tenants": records}), "tenants.json")
    assert {
        ("TIED_TO", "Tom Lang", "Northbank Pumps Ltd"),
        ("ADVISES", "Ines Roth", "Southbank Motors Ltd"),
        ("EMPLOYED_BY", "Ines Roth", "Northbank University"),
        ("SHAREHOLDER_OF", "Roth Ventures GmbH", "Northbank Pumps Ltd"),
    } <= found.ties


def test_files_that_refer_to_each_other_by_code(tmp_path: Path) -> None:
    people, projects = tmp_path / "people.csv", tmp_path / "projects.csv"
    people.write_text("人员编号,姓名,工作单位\nP1,周涛,江北大学\nP2,周涛,江南学院\n", encoding="utf-8")
    projects.write_text("课题编号,课题名称,负责人编号\nK1,泵体密封,P2\nK2,轴承降噪,P1\n", encoding="utf-8")
    found = said_of([people, projects])
    leaders = {draft for draft in found.ties if draft[0] == "PRINCIPAL_INVESTIGATOR_OF"}
    assert leaders == {("PRINCIPAL_INVESTIGATOR_OF", "周涛", "泵体密封"), ("PRINCIPAL_INVESTIGATOR_OF", "周涛", "轴承降噪")}
    assert len(found.mapped.ids("Person")) == 2


def test_the_board_that_a_title_names(tmp_path: Path) -> None:
    table = (
        "江北教育基金会第二届理事会名单,,,\n姓名,会内职务,任期起,工作单位及职务\n周涛,理事长,2020-01,江北大学校长\n孙明,理事,2020-01,退休\n"
    )
    found = said(tmp_path, table)
    assert found.ties == {
        ("DIRECTOR_OF", "周涛", "江北教育基金会"),
        ("DIRECTOR_OF", "孙明", "江北教育基金会"),
        ("EMPLOYED_BY", "周涛", "江北大学"),
    }


def test_events_and_who_came(tmp_path: Path) -> None:
    table = (
        "workshop\tdate\tfirst name\tsurname\tinstitution\temail\nPump Day\t2022-03-01\tAnna\tKeane\tNorthbank University\ta@example.org\n"
    )
    found = said(tmp_path, table, "attendance.tsv")
    assert found.ties == {("INVOLVES", "Pump Day", "Anna Keane"), ("EMPLOYED_BY", "Anna Keane", "Northbank University")}


def test_visits_join_visitors_and_hosts(tmp_path: Path) -> None:
    table = "走访时间,走访部门,走访人,走访企业,接待人\n2021-01-04,江北市科技局,周涛、钱进,江北泵业有限公司,孙明\n"
    found = said(tmp_path, table)
    assert {end for type, _, end in found.ties if type == "INVOLVES"} == {"周涛", "钱进", "江北泵业有限公司", "孙明"}
    assert ("EMPLOYED_BY", "钱进", "江北市科技局") in found.ties and ("EMPLOYED_BY", "孙明", "江北市科技局") not in found.ties


def test_alumni_under_headings_of_two_rows(tmp_path: Path) -> None:
    table = (
        "Alumnus,,Degree,,Current employment,,\n"
        "Name,E-mail,Institution,Year,Employer,Position,Since\n"
        "Anna Keane,a@example.org,Northbank College,2001,Roth Museum,Curator,2010\n"
    )
    found = said(tmp_path, table)
    assert ("STUDIED_AT", "Anna Keane", "Northbank College") in found.ties
    assert ("EMPLOYED_BY", "Anna Keane", "Roth Museum", "2010", "") in found.dated


def test_a_code_that_is_unique_is_the_key_and_two_cities_are_two_organisations(tmp_path: Path) -> None:
    table = (
        "Grant No,Title,Institution,City,Start\n"
        "G-1,Seal wear,Trinity College,Nordhafen,2019\nG-2,Seal wear,Northbank University,Northbank,2020\n"
        "G-3,Travel,Trinity College,Northbank,2021\n"
    )
    found = said(tmp_path, table)
    assert len(found.mapped.ids("Project")) == 3
    assert len(found.mapped.ids("University")) == 3


def test_a_code_of_nothing_that_is_named_makes_no_organisation(tmp_path: Path) -> None:
    found = said(tmp_path, "Name,Department code,Email\nWei Wang,ME,a@example.org\nAnna Keane,CS,b@example.org\n")
    assert {type for type, _ in found.nodes} == {"Person"}


def test_totals_and_remarks_name_nobody(tmp_path: Path) -> None:
    table = "研究課題,代表者,所属機関\nポンプの研究,山田 太郎,北浜大学\n合計,1件,\n注：未確定を含む,,\n"
    found = said(tmp_path, table)
    assert found.nodes == {("Project", "ポンプの研究"), ("Person", "山田太郎"), ("University", "北浜大学")}


def test_two_groups_with_the_same_headings(tmp_path: Path) -> None:
    table = "甲方,,乙方,\n名称,负责人,名称,负责人\n江北泵业有限公司,孙明,江北大学,周涛\n江南轴承厂,李强,江南学院,钱进\n"
    found = said(tmp_path, table)
    assert ("PARTNER_OF", "江北泵业有限公司", "江北大学") in found.ties
    assert {("EMPLOYED_BY", "孙明", "江北泵业有限公司"), ("EMPLOYED_BY", "周涛", "江北大学")} <= found.ties
