"""Who people and organisations are to each other where one heading alone does not say: boards, owners, laboratories, first authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.interpretation.saying import said

DIRECTORS = (
    "company_no,company,director,appointed,resigned\n"
    "09876543,Quay Motors Ltd,Anna Keane,2015-05-01,2019-04-30\n"
    "01234567,Harbour Textiles plc,Anna Keane,2019-06-01,\n"
)
TRUSTEES = "Trustee;Organisation;From;To\nAnna Keane;Harbour Trust;2015-05;2019-04\nTom Lang;Lantern Foundation;2018-01;\n"
SHAREHOLDERS = (
    "Company,Shareholder,Share %,Since\n"
    "Quay Motors Ltd,Anna Keane,25,2015\nQuay Motors Ltd,Harbour Trust,75,2012\nLantern Works Ltd,Quay Motors Ltd,60,2019\n"
)
DONORS = (
    "Donor,Recipient,Amount (£k),Date\n"
    "Anna Keane,Harbour Trust,5,2015-05-01\nQuay Motors Ltd,Northby College,120,2016-03-02\nTom Lang,Harbour Trust,1.5,2017-09-09\n"
)
LABORATORIES = (
    "联合实验室名称,高校,企业,主任,成立时间\n低温泵联合实验室,江北大学,江北泵业有限公司,周涛,2019年5月\n"
    "染料联合实验室,江南学院,江南染料有限公司,钱进,2020年6月\n"
)
SPIN_OFFS = (
    "Spin-off,University,Founders,CEO,Incorporated\n"
    "Elm Pumps Ltd,University of Elmford,Anna Keane; Ben Ash,Tom Lang,2015\nTide Energy Ltd,Northby College,Ida Moor,Ida Moor,2018\n"
)
UNIONS = "工会名称,主席,所属单位,会员人数\n江北泵业工会委员会,周涛,江北泵业有限公司,120\n江南染料工会,钱进,江南染料有限公司,80\n"
HONOURED = "姓名,授予单位,荣誉称号,授予时间\n周涛,江北大学,客座教授,2019年5月\n钱进,江南学院,兼职教授,2020年6月\n"
PAPERS = (
    "论文题目,作者,第一作者单位,期刊,发表年份\n低温泵噪声研究,周涛;钱进,江北大学,机械学报,2019\n"
    "船体钢板藻类附着,吴用;周涛,江南学院,海洋快报,2020\n"
)
PLACED = (
    "Student,University,Placement company,Company mentor,Start,End\n"
    "Amy Poole,University of Elmford,Quay Motors Ltd,Tom Lang,2019-06,2019-09\n"
    "Joe Hart,Northby College,Harbour Textiles plc,Ida Moor,2019-07,\n"
)
ROLES = (
    "Company,Role,Academic,Home institution,Term\n"
    "Quay Motors Ltd,Scientific adviser,Dr Anna Keane,University of Elmford,Mar 2019 – Feb 2022\n"
    "Quay Motors Ltd,Non-executive director,Prof Tom Lang,Northby College,since Sept 2020\n"
    "2 roles,,,,\n"
)


@pytest.mark.parametrize(
    ("table", "ties"),
    [
        (
            DIRECTORS,
            {
                ("DIRECTOR_OF", "Anna Keane", "Quay Motors Ltd", "2015-05-01", "2019-04-30"),
                ("DIRECTOR_OF", "Anna Keane", "Harbour Textiles plc", "2019-06-01", ""),
            },
        ),
        (
            TRUSTEES,
            {
                ("DIRECTOR_OF", "Anna Keane", "Harbour Trust", "2015-05", "2019-04"),
                ("DIRECTOR_OF", "Tom Lang", "Lantern Foundation", "2018-01", ""),
            },
        ),
        (
            SHAREHOLDERS,
            {
                ("SHAREHOLDER_OF", "Anna Keane", "Quay Motors Ltd", "2015", ""),
                ("SHAREHOLDER_OF", "Harbour Trust", "Quay Motors Ltd", "2012", ""),
                ("SHAREHOLDER_OF", "Quay Motors Ltd", "Lantern Works Ltd", "2019", ""),
            },
        ),
        (
            DONORS,
            {
                ("FUNDER_OF", "Anna Keane", "Harbour Trust", "2015-05-01", ""),
                ("FUNDER_OF", "Quay Motors Ltd", "Northby College", "2016-03-02", ""),
                ("FUNDER_OF", "Tom Lang", "Harbour Trust", "2017-09-09", ""),
            },
        ),
        (
            LABORATORIES,
            {
                ("LEADS", "周涛", "低温泵联合实验室", "", ""),
                ("LEADS", "钱进", "染料联合实验室", "", ""),
                ("UNIT_OF", "低温泵联合实验室", "江北大学", "", ""),
                ("UNIT_OF", "染料联合实验室", "江南学院", "", ""),
                ("PARTNER_OF", "低温泵联合实验室", "江北泵业有限公司", "", ""),
                ("PARTNER_OF", "染料联合实验室", "江南染料有限公司", "", ""),
            },
        ),
        (
            SPIN_OFFS,
            {
                ("TIED_TO", "Anna Keane", "Elm Pumps Ltd", "", ""),
                ("TIED_TO", "Ben Ash", "Elm Pumps Ltd", "", ""),
                ("TIED_TO", "Ida Moor", "Tide Energy Ltd", "", ""),
                ("DIRECTOR_OF", "Tom Lang", "Elm Pumps Ltd", "", ""),
                ("DIRECTOR_OF", "Ida Moor", "Tide Energy Ltd", "", ""),
                ("PARTNER_OF", "Elm Pumps Ltd", "University of Elmford", "", ""),
                ("PARTNER_OF", "Tide Energy Ltd", "Northby College", "", ""),
            },
        ),
        (
            UNIONS,
            {
                ("DIRECTOR_OF", "周涛", "江北泵业工会委员会", "", ""),
                ("DIRECTOR_OF", "钱进", "江南染料工会", "", ""),
                ("UNIT_OF", "江北泵业工会委员会", "江北泵业有限公司", "", ""),
                ("UNIT_OF", "江南染料工会", "江南染料有限公司", "", ""),
            },
        ),
        (HONOURED, {("TIED_TO", "周涛", "江北大学", "2019-05", ""), ("TIED_TO", "钱进", "江南学院", "2020-06", "")}),
        (
            PAPERS,
            {
                ("CREATED", "周涛", "低温泵噪声研究", "", ""),
                ("CREATED", "钱进", "低温泵噪声研究", "", ""),
                ("CREATED", "吴用", "船体钢板藻类附着", "", ""),
                ("CREATED", "周涛", "船体钢板藻类附着", "", ""),
                ("EMPLOYED_BY", "周涛", "江北大学", "", ""),
                ("EMPLOYED_BY", "吴用", "江南学院", "", ""),
            },
        ),
        (
            PLACED,
            {
                ("STUDIED_AT", "Amy Poole", "University of Elmford", "2019-06", "2019-09"),
                ("STUDIED_AT", "Joe Hart", "Northby College", "2019-07", ""),
                ("TIED_TO", "Amy Poole", "Quay Motors Ltd", "2019-06", "2019-09"),
                ("TIED_TO", "Joe Hart", "Harbour Textiles plc", "2019-07", ""),
                ("SUPERVISES", "Tom Lang", "Amy Poole", "2019-06", "2019-09"),
                ("SUPERVISES", "Ida Moor", "Joe Hart", "2019-07", ""),
                ("EMPLOYED_BY", "Tom Lang", "Quay Motors Ltd", "", ""),
                ("EMPLOYED_BY", "Ida Moor", "Harbour Textiles plc", "", ""),
            },
        ),
        (
            ROLES,
            {
                ("ADVISES", "Anna Keane", "Quay Motors Ltd", "2019-03", "2022-02"),
                ("DIRECTOR_OF", "Tom Lang", "Quay Motors Ltd", "2020-09", ""),
                ("EMPLOYED_BY", "Anna Keane", "University of Elmford", "", ""),
                ("EMPLOYED_BY", "Tom Lang", "Northby College", "", ""),
            },
        ),
    ],
    ids=["directors", "trustees", "shareholders", "donors", "labs", "spin-offs", "unions", "honours", "papers", "placements", "roles"],
)
def test_every_tie_and_no_other(tmp_path: Path, table: str, ties: set[tuple[str, str, str, str, str]]) -> None:
    assert said(tmp_path, table).dated == ties


def test_who_merely_stands_beside_a_firm_is_asked_about(tmp_path: Path) -> None:
    found = said(tmp_path, "Name,Company,City\nAnna Keane,Quay Motors Ltd,Leeds\nTom Lang,Harbour Textiles plc,York\n")
    (proposal,) = found.interpretation.tables
    (doubt,) = proposal.doubts
    assert doubt.column == "Company" and doubt.proposed == "organisation/linked" and "Anna Keane" in doubt.question.en
    assert found.ties == {("TIED_TO", "Anna Keane", "Quay Motors Ltd"), ("TIED_TO", "Tom Lang", "Harbour Textiles plc")}


@pytest.mark.parametrize("heading", ["所在单位", "Employer", "Affiliation"])
def test_a_heading_that_says_where_they_work_leaves_nothing_to_ask(tmp_path: Path, heading: str) -> None:
    found = said(tmp_path, f"Name,{heading}\nAnna Keane,Quay Motors Ltd\nTom Lang,Harbour Textiles plc\n")
    assert found.interpretation.tables[0].doubts == ()
    assert ("EMPLOYED_BY", "Anna Keane", "Quay Motors Ltd") in found.ties


def test_a_matrix_whose_corner_is_empty(tmp_path: Path) -> None:
    found = said(tmp_path, ",北浜大学,江南学院\n江北泵业有限公司,√,\n江南轴承厂,,√\n江南船舶有限公司,√,√\n")
    assert ("PARTNER_OF", "江北泵业有限公司", "北浜大学") in found.ties and len(found.ties) == 4


def test_people_of_japan_and_firms_in_one_column(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        "氏名・団体,関係,相手先,開始\n山田花子,顧問,北浜精機株式会社,2019年4月\n株式会社南浜食品,出資,北浜精機株式会社,2020年\n佐藤健,卒業,南浜大学,2005\n",
    )
    assert found.dated == {
        ("ADVISES", "山田花子", "北浜精機株式会社", "2019-04", ""),
        ("SHAREHOLDER_OF", "株式会社南浜食品", "北浜精機株式会社", "2020", ""),
        ("STUDIED_AT", "佐藤健", "南浜大学", "2005", ""),
    }


def test_a_second_row_of_headings_makes_nobody_of_its_words(tmp_path: Path) -> None:
    found = said(
        tmp_path, "姓名,派出单位,挂职\n,学校,单位\n周涛,江北大学,江北泵业有限公司\n钱进,江南学院,江南轴承厂\n吴用,江南学院,江南轴承厂\n"
    )
    assert ("Person", "单位") not in found.nodes
