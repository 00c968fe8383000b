"""Readers against dirt: each way a table can be written, each way a row can be broken, row numbers as a person counts."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers import BrokenRow, FormatOptions, Limits, SourceRow, header_of, list_files, preview, read_rows
from ingest.readers.base import DEFAULT_LIMITS, NO_OPTIONS, Remark, repeated_headings


def read(
    path: Path, options: FormatOptions = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS, header_row: int = 0
) -> list[SourceRow | BrokenRow]:
    table = preview(path, options, limits)[0]
    at = next(index for index, (row, _) in enumerate(table.rows) if not header_row or row == header_row)
    row, cells = table.rows[at]
    return list(read_rows(path, table, row, header_of(cells), options, limits)())


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030")]
)
def test_an_encoding_is_detected(tmp_path: Path, encoding: str, found: str) -> None:
    path = write(tmp_path / "a.csv", "姓名,单位\n张拟,南京大学\n", encoding)
    assert preview(path)[0].encoding == found
    assert read(path) == [SourceRow(2, {"姓名": "张拟", "单位": "南京大学"})]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "a.txt", f"甲{delimiter}乙\n1，2、3{delimiter}x\n")
    assert preview(path)[0].delimiter == delimiter
    assert read(path) == [SourceRow(2, {"甲": "1，2、3", "乙": "x"})]


def test_a_record_has_the_number_of_its_first_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'a,b\n1,"two\nlines"\n\n3,4\r\n5,6')
    assert read(path) == [
        SourceRow(2, {"a": "1", "b": "two\nlines"}),
        SourceRow(5, {"a": "3", "b": "4"}),
        SourceRow(6, {"a": "5", "b": "6"}),
    ]


def test_unquoted_text_keeps_its_quotes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", 'a\tb\n"开口\t1\n二"\t2\n', "gb18030")
    assert read(path, FormatOptions(quoting="none")) == [SourceRow(2, {"a": '"开口', "b": "1"}), SourceRow(3, {"a": '二"', "b": "2"})]


def test_one_open_quote_costs_one_row(tmp_path: Path) -> None:
    lines = ["a,b"] + [f"{n},x{n}" for n in range(2, 102)]
    lines[49] = '50,"open'
    found = read(write(tmp_path / "a.csv", "\n".join(lines) + "\n"))
    broken = [row for row in found if isinstance(row, BrokenRow)]
    assert [(row.row, row.reason) for row in broken] == [(50, "broken quoting")]
    assert [row.row for row in found] == list(range(2, 102))


def test_a_file_whose_quoting_is_wrong_throughout_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b\n" + '"x"y,1\n' * 30)
    with pytest.raises(FileProblem, match="more than 10 rows have broken quotes") as caught:
        read(path, limits=Limits(quoting_errors=10))
    assert caught.value.where["row"] == 12


def test_shifted_columns_are_told_from_blank_ends(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "年度,指标,目标\n2020,培训,5000,\n2020,培训,4,870\n2020,培训\n,,\n2020\n")
    table = preview(path)[0]
    rows = read_rows(path, table, 1, header_of(table.rows[0][1]))
    found = list(rows())
    assert found[0] == SourceRow(2, {"年度": "2020", "指标": "培训", "目标": "5000"})
    assert found[1] == BrokenRow(3, "shifted columns", message("{expected} columns expected, {found} found", expected=3, found=4))
    assert found[2] == SourceRow(4, {"年度": "2020", "指标": "培训", "目标": ""})
    assert found[3] == SourceRow(6, {"年度": "2020", "指标": "", "目标": ""})
    assert rows.late == [Remark("short", 4, times=2)]


def test_headers_are_cleaned_and_renamed() -> None:
    assert header_of(["\ufeff 姓　名 ", "ＰＩＣ", "多\n行", "", ""], {"PIC": "pic"}) == ("姓名", "pic", "多行")
    assert header_of(["企业（甲方）", "* 备 注 ", "PIC  code", "PIC 码"]) == ("企业(甲方)", "备注", "PIC code", "PIC码")


def test_a_heading_that_comes_again_is_numbered() -> None:
    assert header_of(["备注", "姓名", "备 注", "", "备注"]) == ("备注", "姓名", "备注#2", "", "备注#3")
    assert repeated_headings(header_of(["备注", "姓名", "备注"])) == [("备注#2", "备注")]
    aliases = {"单位": "派出单位", "选派单位": "派出单位"}
    assert header_of(["派出单位", "单位"], aliases) == ("派出单位", "单位"), "who bears the name itself is meant"
    assert header_of(["选派单位", "单位"], aliases) == ("派出单位", "派出单位#2")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=2),
        max_size=8,
    )
)
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    path = write(tmp_path_factory.mktemp("csv") / "a.csv", text.getvalue())
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    assert [
        [*row.cells.values()] for row in read(path, FormatOptions(delimiter=",", encoding="utf-8")) if isinstance(row, SourceRow)
    ] == expected


def workbook(path: Path, rows: list[list[object]], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.create_sheet("藏").append(["x"])
    book["藏"].sheet_state = "hidden"
    book.save(path)
    return path


def test_a_workbook_reads_as_a_person_would_type(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["科技镇长团团员花名册"],
        ["县区", "姓名", "数", "日"],
        ["邗江区", "张拟", 5.0, datetime.date(2020, 9, 10)],
        [None, "李样本", 2.5, datetime.datetime(2020, 9, 10, 8, 30)],
        [],
        ["仪征", "王虚构", True, "44084"],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, merge="A3:A4")
    table = preview(path)
    assert [(each.sheet, each.rows[0][0]) for each in table] == [("Sheet", 1)]
    assert read(path, header_row=2) == [
        SourceRow(3, {"县区": "邗江区", "姓名": "张拟", "数": "5", "日": "2020-09-10"}),
        SourceRow(4, {"县区": "邗江区", "姓名": "李样本", "数": "2.5", "日": "2020-09-10 08:30:00"}),
        SourceRow(6, {"县区": "仪征", "姓名": "王虚构", "数": "TRUE", "日": "44084"}),
    ]


def test_a_hidden_sheet_is_read_only_when_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["1"]])
    assert [each.sheet for each in preview(path, FormatOptions(sheets=("藏",)))] == ["藏"]
    with pytest.raises(FileProblem, match="no sheet '没有'") as caught:
        preview(path, FormatOptions(sheets=("没有",)))
    assert "Sheet, 藏" in caught.value.hint


def test_a_long_number_keeps_its_digits(tmp_path: Path) -> None:
    text = '{"code": 123456789012345678901234567890, "sum": 0.12345678901234567890, "small": 1.5}\n'
    assert read(write(tmp_path / "a.jsonl", text)) == [
        SourceRow(1, {"code": "123456789012345678901234567890", "sum": "0.12345678901234567890", "small": "1.5"})
    ]


def test_json_lines_are_flat_by_dots(tmp_path: Path) -> None:
    text = '{"id": 1, "a": {"b": "x", "none": null}, "tags": ["甲", "乙"], "labels": [{"label": "名"}]}\n\n[1]\n{"id": }\n'
    found = read(write(tmp_path / "a.jsonl", text + '{"id": 2, "ok": true}\n'))
    assert found[0] == SourceRow(1, {"id": "1", "a.b": "x", "tags": "甲；乙", "labels.0.label": "名"})
    assert [(row.row, row.reason) for row in found[1:3] if isinstance(row, BrokenRow)] == [(3, "broken json"), (4, "broken json")]
    assert found[3] == SourceRow(5, {"id": "2", "ok": "true"})


def test_a_folder_is_searched_without_lock_files(tmp_path: Path) -> None:
    for name in ("b.csv", "a.XLSX", "sub/c.jsonl", "~$a.xlsx", ".hidden.csv", ".git/x.csv", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a")
    assert [(path.name, named) for path, named in list_files([tmp_path, tmp_path / "b.csv"])] == [
        ("a.XLSX", False),
        ("b.csv", True),
        ("c.jsonl", False),
    ]
