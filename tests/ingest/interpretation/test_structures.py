"""Tables known by their shape, in several languages: edge lists, matrices, groups of headings, workbooks of codes, graph files."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.ingest.interpretation.saying import Said, said, said_of


def workbook(folder: Path, sheets: dict[str, list[list[object]]], merges: tuple[str, ...] = ()) -> Said:
    """What a workbook of these sheets says; ``merges`` are merged in each."""
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in merges:
            sheet.merge_cells(cells)
    path = folder / "table.xlsx"
    book.save(path)
    return said_of([path])


def test_an_edge_list_of_people_and_organisations_in_one_column(tmp_path: Path) -> None:
    table = (
        "who;whom;link;since;till\n"
        "Odile Brandt;Nordhafen Trust;treasurer of;2011;2014\n"
        "Odile Brandt;Paul Sandoz;cousin of;;\n"
        "Paul Sandoz;Universität Nordhafen;employed by;2016-09;\n"
        "Rita Molnar;Sandoz Pumpen GmbH;consultant to;2018;\n"
        "Rita Molnar;Odile Brandt;co-author of;2020;\n"
    )
    found = said(tmp_path, table)
    assert {("Person", "Paul Sandoz"), ("University", "Universität Nordhafen"), ("Enterprise", "Sandoz Pumpen GmbH")} <= found.nodes
    assert len(found.nodes) == 6
    assert ("EMPLOYED_BY", "Paul Sandoz", "Universität Nordhafen", "2016-09", "") in found.dated
    assert ("DIRECTOR_OF", "Odile Brandt", "Nordhafen Trust", "2011", "2014") in found.dated
    assert ("TIED_TO", "Odile Brandt", "Paul Sandoz") in found.ties
    assert ("TIED_TO", "Rita Molnar", "Odile Brandt", "2020", "") in found.dated
    assert len(found.ties) == 5


def test_an_italian_edge_list(tmp_path: Path) -> None:
    table = (
        "chi;con chi;tipo;dal;al\n"
        "Giulia Ferrero;Università di Montalto;docente;01/10/2015;\n"
        "Marco Bellini;Bellini Pompe S.r.l.;azionista;2009;2019\n"
        "Giulia Ferrero;Marco Bellini;moglie di;2012;\n"
        "Sara Conti;Università di Montalto;laureata;;2014\n"
        "Sara Conti;Bellini Pompe S.r.l.;consulente;2018;\n"
    )
    found = said(tmp_path, table)
    assert ("EMPLOYED_BY", "Giulia Ferrero", "Università di Montalto", "2015-10-01", "") in found.dated
    assert ("SHAREHOLDER_OF", "Marco Bellini", "Bellini Pompe S.r.l.", "2009", "2019") in found.dated
    assert ("TIED_TO", "Giulia Ferrero", "Marco Bellini", "2012", "") in found.dated
    assert {("STUDIED_AT", "Sara Conti", "Università di Montalto"), ("ADVISES", "Sara Conti", "Bellini Pompe S.r.l.")} <= found.ties
    assert len(found.ties) == 5


def test_a_chinese_edge_list_of_people(tmp_path: Path) -> None:
    table = "人物A,人物B,关系,起始年月\n周涛,孙明,师徒,2010.9\n孙明,钱进,同学,2003\n周涛,李强,同事,2012.3\n李强,孙明,同学,2001\n"
    found = said(tmp_path, table)
    assert {type for type, _ in found.nodes} == {"Person"} and len(found.nodes) == 4
    assert ("TIED_TO", "孙明", "钱进", "2003", "") in found.dated and ("TIED_TO", "周涛", "李强", "2012-03", "") in found.dated
    assert {frozenset(tie[1:]) for tie in found.ties} == {
        frozenset(pair) for pair in (("周涛", "孙明"), ("孙明", "钱进"), ("周涛", "李强"), ("李强", "孙明"))
    }


def test_a_matrix_of_people_and_companies(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["专家/企业", "江北泵业有限公司", "江南轴承厂", "东陵药业股份有限公司"],
        ["周涛", "有", None, "有"],
        ["孙明", None, "有", None],
        ["钱进", "有", "有", None],
    ]
    found = workbook(tmp_path, {"对接情况": rows})
    assert {("Person", "周涛"), ("Enterprise", "江南轴承厂")} <= found.nodes and len(found.nodes) == 6
    assert {tie[1:] for tie in found.ties} == {
        ("周涛", "江北泵业有限公司"),
        ("周涛", "东陵药业股份有限公司"),
        ("孙明", "江南轴承厂"),
        ("钱进", "江北泵业有限公司"),
        ("钱进", "江南轴承厂"),
    }


def test_a_french_matrix_of_events_and_people(tmp_path: Path) -> None:
    table = (
        "Participant;Colloque de mars 2021;Atelier céramique;Journée portes ouvertes\n"
        "Odile Brandt;X;;X\nPaul Sandoz;;X;\nRita Molnar;X;X;\n"
    )
    found = said(tmp_path, table, "presences.csv")
    assert {name for type, name in found.nodes if type == "Event"} == {
        "Colloque de mars 2021",
        "Atelier céramique",
        "Journée portes ouvertes",
    }
    assert ("INVOLVES", "Atelier céramique", "Paul Sandoz") in found.ties and len(found.ties) == 5


def test_a_german_workbook_of_codes(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        {
            "Einrichtungen": [
                ["Kürzel", "Bezeichnung"],
                ["E01", "Universität Nordhafen"],
                ["E02", "Roth Pumpen GmbH"],
                ["E03", "Roth Stiftung"],
            ],
            "Personen": [
                ["Pers.-Nr.", "Name", "Einr."],
                ["M7", "Anna Keane", "E01"],
                ["M8", "Karl Weber", "E02"],
                ["M9", "Ines Roth", "E01"],
            ],
            "Vorhaben": [
                ["Nr.", "Titel", "Leitung", "Partner", "Beginn"],
                ["V1", "Leise Pumpen", "M7", "E02", "01.02.2020"],
                ["V2", "Hafenarchiv", "M9", "E03", "01.10.2021"],
            ],
        },
    )
    assert {("EMPLOYED_BY", "Anna Keane", "Universität Nordhafen"), ("EMPLOYED_BY", "Karl Weber", "Roth Pumpen GmbH")} <= found.ties
    assert ("PRINCIPAL_INVESTIGATOR_OF", "Ines Roth", "Hafenarchiv", "2021-10-01", "") in found.dated
    assert ("PARTICIPATES_IN", "Roth Pumpen GmbH", "Leise Pumpen", "2020-02-01", "") in found.dated
    assert len(found.ties) == 7


def test_groups_of_headings_that_say_who_gives_and_who_gets(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["捐赠方", None, "受赠方", None, "捐赠情况", None],
        ["企业", "联系人", "学校", "院长", "金额（元）", "日期"],
        ["江北泵业有限公司", "孙明", "江北大学", "周涛", 50000, "2021-05-01"],
        ["江南轴承厂", "李强", "江南学院", "钱进", 12000, "2021-07-15"],
        ["江北泵业有限公司", "孙明", "江南学院", "钱进", 8000, "2022-02-01"],
        ["合计", None, None, None, 70000, None],
    ]
    found = workbook(tmp_path, {"2021": rows}, ("A1:B1", "C1:D1", "E1:F1"))
    assert ("FUNDER_OF", "江北泵业有限公司", "江北大学", "2021-05-01", "") in found.dated
    assert ("FUNDER_OF", "江北泵业有限公司", "江南学院", "2022-02-01", "") in found.dated
    assert ("CONTACT_FOR", "李强", "江南轴承厂", "", "") in found.dated
    assert {frozenset(tie[1:]) for tie in found.ties if "周涛" in tie} == {frozenset(("周涛", "江北大学"))}
    assert not any(name == "合计" for _, name in found.nodes)


def test_the_nodes_and_edges_of_a_graph_file(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed"><nodes>'
        '<node id="a" label="周涛"/><node id="b" label="江北大学"/><node id="c" label="周涛"/></nodes>'
        '<edges><edge id="0" source="a" target="b"/><edge id="1" source="c" target="a"/></edges></graph></gexf>'
    )
    found = said(tmp_path, text, "net.gexf")
    assert found.nodes == {("Person", "周涛"), ("University", "江北大学")} and len(found.mapped.ids("Person")) == 2
    assert found.ties == {("TIED_TO", "周涛", "江北大学"), ("TIED_TO", "周涛", "周涛")}


def test_a_matrix_of_two_columns_that_are_names(tmp_path: Path) -> None:
    table = "Firma,Universität Nordhafen,Hochschule Montalto\nRoth Pumpen GmbH,3,\nKeane Optik AG,1,2\nWeber Stahl GmbH,,1\n"
    found = said(tmp_path, table)
    assert found.ties == {
        ("PARTNER_OF", "Roth Pumpen GmbH", "Universität Nordhafen"),
        ("PARTNER_OF", "Keane Optik AG", "Universität Nordhafen"),
        ("PARTNER_OF", "Keane Optik AG", "Hochschule Montalto"),
        ("PARTNER_OF", "Weber Stahl GmbH", "Hochschule Montalto"),
    }


def test_columns_of_numbers_under_plain_headings_are_no_matrix(tmp_path: Path) -> None:
    found = said(tmp_path, "Company,Universities,Schools\nRoth Pumpen GmbH,3,1\nKeane Optik AG,1,2\n")
    assert found.nodes == {("Enterprise", "Roth Pumpen GmbH"), ("Enterprise", "Keane Optik AG")} and not found.ties


def test_a_matrix_whose_rows_are_events(tmp_path: Path) -> None:
    table = "活动\\人员,周涛,孙明,钱进,李强\n校企对接会,√,,√,\n成果路演,,√,√,√\n技术沙龙,√,√,,\n"
    found = said(tmp_path, table)
    assert {name for type, name in found.nodes if type == "Event"} == {"校企对接会", "成果路演", "技术沙龙"}
    assert ("INVOLVES", "校企对接会", "周涛") in found.ties and len(found.ties) == 7


def test_sheets_that_number_what_they_list_refer_by_what_the_heading_says(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        {
            "机构": [["机构ID", "机构名称"], [1, "江北大学"], [2, "江北泵业有限公司"]],
            "人员": [["人员ID", "姓名", "机构ID"], [1, "周涛", 1], [2, "孙明", 2], [3, "钱进", 1]],
            "项目": [["项目ID", "项目名称", "负责人ID", "合作机构ID", "开始时间"], [1, "泵体密封", 1, 2, "2020-02-01"]],
        },
    )
    assert found.dated == {
        ("EMPLOYED_BY", "周涛", "江北大学", "", ""),
        ("EMPLOYED_BY", "孙明", "江北泵业有限公司", "", ""),
        ("EMPLOYED_BY", "钱进", "江北大学", "", ""),
        ("PRINCIPAL_INVESTIGATOR_OF", "周涛", "泵体密封", "2020-02-01", ""),
        ("PARTICIPATES_IN", "江北泵业有限公司", "泵体密封", "2020-02-01", ""),
    }


def test_an_edge_list_in_words_that_nothing_knows(tmp_path: Path) -> None:
    table = (
        "quem;a quem;ligação;desde\nAna Prado;Universidade de Montalto;catedrática;2011\n"
        "Rui Tavares;Ana Prado;irmão de;\nTavares Bombas S.A.;Universidade de Montalto;mecenas;2016\n"
    )
    found = said(tmp_path, table)
    assert found.nodes == {
        ("Person", "Ana Prado"),
        ("Person", "Rui Tavares"),
        ("Enterprise", "Tavares Bombas S.A."),
        ("University", "Universidade de Montalto"),
    }
    assert ("TIED_TO", "Rui Tavares", "Ana Prado") in found.ties
    assert {tie[1:3] for tie in found.dated if tie[3]} == {
        ("Ana Prado", "Universidade de Montalto"),
        ("Tavares Bombas S.A.", "Universidade de Montalto"),
    }


def test_a_french_workbook_of_codes(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        {
            "Structures": [["id_structure", "intitulé"], ["S1", "Université de Montalto"], ["S2", "Brandt Énergie SA"]],
            "Agents": [["id_agent", "nom complet", "id_structure"], ["A1", "Odile Brandt", "S1"], ["A2", "Paul Sandoz", "S2"]],
            "Projets": [["id_projet", "titre", "responsable", "partenaire", "début"], ["P1", "Vents marins", "A1", "S2", "2020-02-01"]],
        },
    )
    assert found.dated == {
        ("EMPLOYED_BY", "Odile Brandt", "Université de Montalto", "", ""),
        ("EMPLOYED_BY", "Paul Sandoz", "Brandt Énergie SA", "", ""),
        ("PRINCIPAL_INVESTIGATOR_OF", "Odile Brandt", "Vents marins", "2020-02-01", ""),
        ("PARTICIPATES_IN", "Brandt Énergie SA", "Vents marins", "2020-02-01", ""),
    }


def test_a_row_over_its_total_is_no_heading(tmp_path: Path) -> None:
    table = (
        "合同编号,合同名称,委托方,受托方,签订日期,成交额（万元）\nH-1,泵体密封,江北泵业有限公司,江北大学,2022-03-15,120\n"
        "H-2,轴承降噪,江南轴承厂,江南学院,2022年6月,面议\n总计,,,,,120\n"
    )
    assert ("Enterprise", "江北泵业有限公司") in said(tmp_path, table).nodes


def test_a_tie_to_what_only_a_code_tells_makes_a_mapping_that_holds(tmp_path: Path) -> None:
    found = workbook(
        tmp_path,
        {
            "Companies": [["company_no", "company"], ["C1", "Roth Pumps Ltd"], ["C2", "Weber Steel Inc."]],
            "Directors": [["director", "company_no", "appointed"], ["Anna Keane", "C1", "2010-01-01"], ["Karl Weber", "C2", "2012-01-01"]],
        },
    )
    assert {tie[1:] for tie in found.ties} == {("Anna Keane", "Roth Pumps Ltd"), ("Karl Weber", "Weber Steel Inc.")}
