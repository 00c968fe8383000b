"""``lianyin affiliations``: texts, a column of a table, labels; and a load with a list of institutions."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph.affiliations.reading import year_of
from graph.errors import FileProblem
from lianyin.affiliations import load_gazetteer, measure, read_column
from lianyin.settings import Settings
from tests.lianyin.conftest import Command


def test_texts(command: Command) -> None:
    ran = command("affiliations", "read", "苏大材化部", "南大材料学院", "复旦大学附属中山医院", "--json")
    found = orjson.loads(ran.out)
    first, second, third = found["affiliations"]
    assert (first["universities"][0]["name"], first["universities"][0]["unit"]) == ("苏州大学", "材化部")
    assert second["questions"] == [{"written": "南大", "why": "shared", "candidates": ["南京大学", "南昌大学"]}]
    assert third["apart"] == [{"written": "复旦大学附属中山医院", "kind": "hospital", "of": "复旦大学"}]
    assert (found["texts"], found["named"], found["asked"]) == (3, 1, 1)


def test_a_year_and_a_place_decide(command: Command) -> None:
    ran = command("affiliations", "read", "四川师范学院", "--year", "1999", "--json")
    assert orjson.loads(ran.out)["affiliations"][0]["universities"][0]["name"] == "西华师范大学"
    ran = command("affiliations", "read", "南大", "--place", "南昌市", "--json")
    assert orjson.loads(ran.out)["affiliations"][0]["universities"][0]["decided_by"] == "南昌市"


def test_a_column(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名,单位,省\n甲,扬大,江苏\n乙,扬大,江苏\n丙,南大,江西\n丁,,\n", encoding="gb18030")
    ran = command("affiliations", "table", str(tmp_path / "a.csv"), "--column", "单位", "--place", "省", "--json")
    found = orjson.loads(ran.out)["affiliations"]
    said = [(each["text"], each["rows"], each["universities"][0]["name"]) for each in found]
    assert said == [
        ("扬大", 2, "扬州大学"),
        ("南大", 1, "南昌大学"),
    ]
    assert "2" in ran.err


@pytest.mark.parametrize("columns", [("工作单位", "", ""), ("单位", "省", ""), ("单位", "", "年")])
def test_a_column_that_is_not_there(tmp_path: Path, columns: tuple[str, str, str]) -> None:
    (tmp_path / "a.csv").write_text("姓名,单位\n甲,扬大\n", encoding="utf-8")
    missing = next(each for each in columns if each not in ("", "单位"))
    with pytest.raises(FileProblem, match=f"a.csv has no table with these columns: .*{missing}"):
        read_column(tmp_path / "a.csv", columns, load_gazetteer(Settings()))


def test_rows_that_do_not_split_are_told_and_never_left_out_of_labels(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text,universities\n"扬大,扬州大学\n南航,南京航空航天大学\n', encoding="utf-8")
    ran = command("affiliations", "table", tmp_path / "a.csv", "--column", "text")
    assert ran.status == 0 and "1 行分不出列，未读：2" in ran.err
    with pytest.raises(FileProblem, match="row 2"):
        measure(tmp_path / "a.csv", load_gazetteer(Settings()))


def test_quality(command: Command, tmp_path: Path) -> None:
    rows = "扬大,扬州大学,dev\n北京大学、南京大学,北京大学；南京大学,test\n示例公司,,test\n南大,南京大学,test\n杭州大学,杭州大学,dev\n"
    (tmp_path / "labels.csv").write_text("text,universities,half\n" + rows, encoding="utf-8")
    ran = command("affiliations", "quality", str(tmp_path / "labels.csv"), "--json")
    dev, test, all_of_them = orjson.loads(ran.out)["parts"]
    assert (dev["precision"], dev["recall"], test["precision"], test["recall"]) == (0.5, 0.5, 1.0, 0.6667)
    assert (all_of_them["labelled"], all_of_them["chosen"], all_of_them["right"], all_of_them["asked"]) == (5, 4, 3, 1)
    assert (all_of_them["none"], all_of_them["none_right"]) == (1, 1)
    assert {miss["text"]: (miss["wrong"], miss["missing"], miss["asked"]) for miss in all_of_them["misses"]} == {
        "南大": ([], ["南京大学"], ["南京大学", "南昌大学"]),
        "杭州大学": (["浙江大学"], ["杭州大学"], []),
    }


def test_no_score_without_a_choice(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("text,universities\n示例公司,\n", encoding="utf-8")
    scores = measure(tmp_path / "labels.csv", load_gazetteer(Settings()))[""]
    assert scores.precision is None and scores.recall is None


@pytest.mark.parametrize("head", ["name,code,address", "学校名称,学校标识码,所在地"])
def test_a_list_of_institutions(tmp_path: Path, head: str) -> None:
    (tmp_path / "list.csv").write_text(f"{head}\n江苏海洋大学,4132011641,连云港市\n示例大学,4132099999,扬州市\n", encoding="utf-8")
    gazetteer = load_gazetteer(Settings(institutions=tmp_path / "list.csv"))
    (sense,) = gazetteer.senses["示例大学"]
    assert gazetteer.whole and (sense.owner.code, sense.owner.province, sense.owner.city) == ("4132099999", "江苏", "扬州")
    assert gazetteer.senses["淮海工学院"][0].owner.name == "江苏海洋大学"


def test_a_list_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,code\n", encoding="utf-8")
    with pytest.raises(FileProblem):
        load_gazetteer(Settings(institutions=tmp_path / "list.csv"))
    with pytest.raises(FileProblem, match="none.csv"):
        load_gazetteer(Settings(institutions=tmp_path / "none.csv"))


def test_a_load_reads_units_with_the_list_of_the_settings(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.csv").write_text("name,code,address\n示例职业学院,4132099998,扬州市\n", encoding="utf-8")
    head, row = "项目批准号,项目名称,依托单位,负责人,起止年月", "51800001,示例,江苏扬州示例职业学院机电系,张拟,2018.01-2020.12"
    (tmp_path / "项目.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    monkeypatch.setenv("LIANYIN_INSTITUTIONS", str(tmp_path / "list.csv"))
    assert command("ingest", tmp_path / "项目.csv", "--mapping", "nsfc").status == 0
    assert '"University"' in command("show", "示例职业学院", "--json").out


YEARS = {"2009-05-01": 2009, "2009年": 2009, "09": 0, "0000-00-00": 0, "²³": 0, "": 0, "２００９": 2009}


@pytest.mark.parametrize("written", YEARS)
def test_what_is_a_year(written: str) -> None:
    assert year_of(written) == YEARS[written]
