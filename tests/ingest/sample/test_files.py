"""The files as files: the same bytes each time, headers, encodings, marked names, valid codes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.errors import FileProblem
from graph.values.codes import is_uscc
from ingest.sample.city import City
from ingest.sample.distribution import distribution, pools
from ingest.sample.names import is_fictitious_firm, is_fictitious_person
from ingest.sample.tables import ACCOUNTS, AGREEMENTS, HEADERS, MEMBERS, NEEDS, ROSTER
from ingest.sample.write import CityFiles, write_city
from tests.ingest.sample.reading import cells, records

NEEDED = {
    ROSTER: "序号,批次,县(市、区),姓名,派出单位,职称,研究方向,挂职职务,起止时间,手机",
    MEMBERS: "工作室,姓名,工种,技能等级,进入时间",
    ACCOUNTS: "企业名称,统一社会信用代码,行业,镇街,联系人,电话",
    NEEDS: "编号,企业,需求名称,领域,投入(万元),截止,状态,接单人",
    AGREEMENTS: "协议号,甲方,乙方,类型,签订日期,合同额,到账",
}


def contents(files: CityFiles) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (*files.files, *([files.truth] if files.truth else []))}


@pytest.mark.parametrize("dirt", [False, True])
def test_same_seed_same_bytes_and_another_seed_others(tmp_path: Path, dirt: bool) -> None:
    first, again, other = (contents(write_city(tmp_path / name, seed, 0.1, dirt)) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    assert first == again
    assert first.keys() == other.keys() and all(first[name] != other[name] for name in first if name != "指标.xlsx")


def test_no_time_of_writing_is_left_in_a_workbook(clean: CityFiles) -> None:
    for path in clean.files:
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
                assert {part.date_time for part in book.infolist()} == {(2020, 9, 10, 0, 0, 0)}
                assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", book.read("docProps/core.xml"))) == {b"2020-09-10T00:00:00Z"}


def test_twelve_files_with_the_offices_headers(clean: CityFiles) -> None:
    assert [path.name for path in clean.files] == list(HEADERS)
    assert len(clean.files) == 12
    for path in clean.files:
        assert list(cells(path)[0]) == HEADERS[path.name]
        assert ",".join(HEADERS[path.name]).startswith(NEEDED.get(path.name, ""))


def test_a_clean_workbook_has_no_merged_cells_and_no_padding(clean: CityFiles) -> None:
    for path in clean.files:
        if path.suffix == ".xlsx":
            assert all(not sheet.merged_cells.ranges for sheet in load_workbook(path).worksheets)
        for row in cells(path):
            assert all(cell == cell.strip() for cell in row)


def test_encodings(clean: CityFiles) -> None:
    by_name = {path.name: path.read_bytes() for path in clean.files}
    by_name[MEMBERS].decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        by_name[MEMBERS].decode("utf-8")
    assert by_name[AGREEMENTS].startswith(b"\xef\xbb\xbf")
    assert not by_name[ACCOUNTS].startswith(b"\xef\xbb\xbf")


def test_lists_run_in_step(clean: CityFiles) -> None:
    by_name = {path.name: path for path in clean.files}
    steps = {
        "劳模创新工作室台账.xlsx": ("领衔人", "荣誉称号"),
        NEEDS: ("接单人", "接单人单位", "接单日期"),
        "会商走访记录.xlsx": ("参加人", "参加人单位"),
        "项目评审资助.xlsx": ("专家", "专家单位"),
    }
    for name, columns in steps.items():
        for row in records(by_name[name]):
            assert len({len(row[column].split("、")) for column in columns}) == 1


def test_every_name_in_a_file_is_known_to_another(clean: CityFiles) -> None:
    """People by name and home, studios by name, firms by present or former name: the links of the clean files are exact."""
    by_name = {path.name: path for path in clean.files}
    people = {(row["姓名"], row["派出单位"]) for row in records(by_name[ROSTER])}
    firms = {row[name] for row in records(by_name[ACCOUNTS]) for name in ("企业名称", "曾用名")}
    studios = {row["工作室名称"]: row["所在单位"] for row in records(by_name["劳模创新工作室台账.xlsx"])}
    numbers = {row["编号"] for row in records(by_name[NEEDS])}
    assert firms.issuperset(studios.values())
    assert studios.keys() == {row["工作室"] for row in records(by_name[MEMBERS])}
    for row in records(by_name[NEEDS]):
        assert row["企业"] in firms
        assert not row["接单人"] or people.issuperset(zip(row["接单人"].split("、"), row["接单人单位"].split("、"), strict=True))
    for row in records(by_name[AGREEMENTS]):
        assert row["甲方"] in (studios if row["类型"] == "共建" else firms)
        assert (row["经办团员"], row["经办团员单位"]) in people
        assert not row["需求编号"] or row["需求编号"] in numbers
    for row in records(by_name["科技成果.xlsx"]):
        assert all((name, row["单位"]) in people for name in row["完成人"].split("、"))


def test_people_and_firms_are_marked_as_invented(city: City) -> None:
    names = [who.name for who in city.experts]
    names += [worker.name for studio in city.studios for worker in (*studio.leaders, *studio.members)]
    assert [name for name in names if not is_fictitious_person(name)] == []
    assert [firm.name for firm in city.enterprises if not is_fictitious_firm(firm.name)] == []
    assert not is_fictitious_person("王建国") and not is_fictitious_firm("扬州扬杰电子科技股份有限公司")
    assert all(who.phone.startswith("100") and len(who.phone) == 11 for who in city.experts)
    assert {surname for surname in pools().polyphones if any(who.name.startswith(surname) for who in city.experts)} == set(
        pools().polyphones
    )


def test_codes_are_valid_and_distinct(city: City) -> None:
    codes = [firm.uscc for firm in city.enterprises]
    assert len(set(codes)) == 400
    assert all(is_uscc(code) and code[8:10] == "XN" for code in codes)
    assert {code[2:8] for code in codes} == {district.code for district in distribution().districts}


def test_home_organisations(city: City) -> None:
    homes = distribution().organisations
    assert [sum(home.kind == kind for home in homes) for kind in ("高校", "科研院所", "机关")] == [68, 20, 7]
    universities = [home for home in homes if home.kind == "高校"]
    assert round(100 * sum(home.jiangsu for home in universities) / 68) == 62
    jiangsu = {home.name for home in homes if home.jiangsu}
    assert 0.58 <= sum(who.organisation in jiangsu for who in city.experts) / len(city.experts) <= 0.66
    assert all(re.search(r"(大学|(?<!科)学院)$", home.name) for home in universities)
    assert all(re.search(r"(研究所|研究院|科学院|设计院|总院)$", home.name) for home in homes if home.kind == "科研院所")


@pytest.mark.shared_data
def test_universities_are_real(shared_data: Path) -> None:
    listed = (shared_data / "cn_universities" / "universities.csv").read_text(encoding="utf-8")
    assert [home.name for home in distribution().organisations if home.kind == "高校" and f",{home.name}," not in listed] == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FileProblem, match="taken"):
        write_city(tmp_path / "taken", 7, 0.1)


def test_clean_files_come_without_truth_unless_asked(tmp_path: Path) -> None:
    files = write_city(tmp_path, 7, 0.1)
    assert files.truth is None and files.spots == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(HEADERS)
