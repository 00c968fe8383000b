"""What title lines and single cells say: the event of a sign-in sheet, words in a matrix, years beside names, an office before a colon."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.interpretation import interpret, read_tables
from tests.ingest.interpretation.saying import Said, said, said_of
from tests.ingest.reading import default_types

SHEETS = (
    (
        "3月",
        (
            ("主题：低温泵对接会",),
            ("时间：2024年3月8日    地点：江北会馆",),
            ("姓名", "单位", "签名"),
            ("周涛", "江北大学", ""),
            ("钱进", "江南轴承厂", ""),
        ),
    ),
    ("5月", (("主题：染料回收培训",), ("时间：2024-05-17",), ("姓名", "单位", "签名"), ("周涛", "江北大学", ""), ("吴用", "江南学院", ""))),
)


def workbook(folder: Path) -> Said:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in SHEETS:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "签到.xlsx"
    book.save(path)
    return said_of([path])


def test_each_sheet_is_of_the_event_that_its_title_names(tmp_path: Path) -> None:
    found = workbook(tmp_path)
    assert {tie for tie in found.ties if tie[0] == "INVOLVES"} == {
        ("INVOLVES", "低温泵对接会", "周涛"),
        ("INVOLVES", "低温泵对接会", "钱进"),
        ("INVOLVES", "染料回收培训", "周涛"),
        ("INVOLVES", "染料回收培训", "吴用"),
    }
    assert len([node for node in found.nodes if node == ("Person", "周涛")]) == 1


@pytest.mark.parametrize("title", ["Attendance list – Harbour Innovation Day, 12 March 2019", "Harbour Innovation Day: participants"])
def test_a_title_that_calls_the_table_a_list_of_those_who_came(tmp_path: Path, title: str) -> None:
    found = said(tmp_path, f'"{title}",\nName,Employer\nAnna Keane,Quay Motors Ltd\nTom Lang,Harbour Trust\n')
    assert {("INVOLVES", "Harbour Innovation Day", "Anna Keane"), ("EMPLOYED_BY", "Tom Lang", "Harbour Trust")} <= found.ties


def test_words_in_the_cells_of_a_matrix(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        "专家,所在单位,江北泵业有限公司,江南染料有限公司\n周涛,江北大学,顾问,独立董事\n钱进,江南学院,,股东\n吴用,江南学院,总工程师,\n",
    )
    assert (
        found.ties
        == {
            ("EMPLOYED_BY", "周涛", "江北大学"),
            ("EMPLOYED_BY", "钱进", "江南学院"),
            ("EMPLOYED_BY", "吴用", "江南学院"),
            ("ADVISES", "周涛", "江北泵业有限公司"),
            ("DIRECTOR_OF", "周涛", "江南染料有限公司"),
            ("SHAREHOLDER_OF", "钱进", "江南染料有限公司"),
            ("TIED_TO", "吴用", "江北泵业有限公司"),
        }
        or ("EMPLOYED_BY", "吴用", "江北泵业有限公司") in found.ties
    )


def test_years_beside_names_are_since_when(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        "Company,Chair,Other directors (year appointed)\n"
        "Quay Motors Ltd,Anna Keane,Tom Lang (2015); Ida Moor (2012–2016)\nHarbour Textiles plc,Tom Lang,Anna Keane (2019)\n",
    )
    assert {
        ("DIRECTOR_OF", "Tom Lang", "Quay Motors Ltd", "2015", ""),
        ("DIRECTOR_OF", "Ida Moor", "Quay Motors Ltd", "2012", "2016"),
        ("DIRECTOR_OF", "Anna Keane", "Harbour Textiles plc", "2019", ""),
    } <= found.dated


def test_an_office_before_a_colon_holds_for_all_who_follow(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        "走访日期,企业名称,接待人及职务,走访组\n"
        "2023-02-07,江北泵业有限公司,李强 厂长,江北区科技局：周涛、钱进；江北区税务局：吴用\n"
        "2023-03-01,江南染料有限公司,郑和 副总,江北区科技局：钱进\n",
    )
    employed = {tie[1:] for tie in found.ties if tie[0] == "EMPLOYED_BY"}
    assert employed == {("周涛", "江北区科技局"), ("钱进", "江北区科技局"), ("吴用", "江北区税务局")}
    assert ("CONTACT_FOR", "李强", "江北泵业有限公司") in found.ties


def test_a_table_in_an_encoding_that_nothing_proves_is_drafted_and_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "alumni.csv"
    path.write_bytes("Name,Employer\nZoë Keane,Café Merle Ltd\nJörg Lang,Harbour Trust\n".encode("cp1252"))
    (proposal,) = interpret(read_tables(path), default_types()).tables
    assert "encoding: cp1252" in proposal.text
    assert any("Zoë Keane" in doubt.question.en for doubt in proposal.doubts)
    assert ("EMPLOYED_BY", "Zoë Keane", "Café Merle Ltd") in said_of([path]).ties


def test_a_japanese_table_with_hardly_any_kana(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_bytes(
        "研究題目,研究代表者,所属機関,契約期間\n低温用ポンプの試作,山田 花子,北浜大学,令和4年4月1日〜令和5年3月31日\n"
        "藻類の培養,佐藤 健,南浜大学,令和5年5月1日〜令和6年3月31日\n".encode("cp932")
    )
    assert ("PRINCIPAL_INVESTIGATOR_OF", "山田花子", "低温用ポンプの試作", "2022-04-01", "2023-03-31") in said_of([path]).dated
