"""Files that mean harm, or look as if: refused in one line that names file, sheet, row and column, with nothing loaded; or read, and
what is odd about them said."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from graph.errors import FileProblem
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import Node
from graph.ontology.schema import Ontology
from graph.store import Store
from ingest.mapping import MappingSpec, load_mapping_text
from ingest.pipeline import ingest
from ingest.report import Report

MAPPING = """\
mapping: needs
source: {id: needs, name: 需求, date: "2020-09-10"}
columns: {required: [编号, 需求名称], optional: [截止]}
record: [编号]
nodes:
  need:
    type: Need
    id: {source: need, column: 编号}
    properties: {name: 需求名称, dueDate: {column: 截止, on_error: drop_value}}
"""
HEADER = ("编号", "需求名称", "截止")
ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="表">'
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"

Load = Callable[[Path], Report]


@pytest.fixture
def store(tmp_path: Path, ontology: Ontology) -> Iterator[Store]:
    opened = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ontology)
    yield opened
    opened.close()


@pytest.fixture
def load(store: Store, ontology: Ontology) -> Load:
    needs: dict[str, MappingSpec] = load_mapping_text(MAPPING, "needs.yaml", ontology)
    return lambda path: ingest([path], ledger=Ledger(store, ontology), ontology=ontology, mappings=needs)


def book(*rows: tuple[object, ...], sheets: int = 0) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    for row in rows:
        sheet.append(list(row))
    for number in range(sheets):
        made.create_sheet(f"空{number}")
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def far_cell() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet["XFD1048576"] = "x"
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, part)
    return stream.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            text = old.read(member)
            new.writestr(member, change(text) if member == name else text)
    return stream.getvalue()


def states_less_than_it_holds() -> bytes:
    """Its sheet unpacks to five million bytes, and its directory says one thousand."""
    content = changed(book(HEADER, ("1", "a", "")), "xl/worksheets/sheet1.xml", lambda text: text + b" " * 5_000_000)
    real = next(each.file_size for each in zipfile.ZipFile(io.BytesIO(content)).infolist() if each.filename == "xl/worksheets/sheet1.xml")
    return content.replace(real.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def open_document(rows: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{ODS_HEAD}{rows}{ODS_TAIL}")
        archive.writestr(
            "META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
    return stream.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
ENDLESS_CELL = cell("x", ' table:number-columns-repeated="16384"')
ENDLESS = f'<table:table-row table:number-rows-repeated="1048576">{ENDLESS_CELL}'
LONG = "焊" * 10_000_000

REFUSED: dict[str, tuple[str, Callable[[], bytes], str, dict[str, object]]] = {
    "a thousand empty sheets": ("a.xlsx", lambda: book(sheets=1_000), "contains no row in any visible sheet", {}),
    "16,384 columns": (
        "a.xlsx",
        lambda: book((*HEADER, *range(16_381)), ("1", "a", "")),
        "has 16384 columns in row 1; at most 1000 are read",
        {"row": 1},
    ),
    "one cell far away": (
        "a.xlsx",
        far_cell,
        "sheet Sheet: its cells reach to row 1,048,576 and column 16,384",
        {"sheet": "Sheet"},
    ),
    "one cell repeated without end": (
        "a.ods",
        lambda: open_document(ENDLESS + "</table:table-row>"),
        "sheet 表: its cells reach to row 1,048,576 and column 16,384",
        {"sheet": "表"},
    ),
    "a part larger than it states": ("a.xlsx", states_less_than_it_holds, "does not have the stated size", {}),
    "entities": (
        "a.xlsx",
        lambda: changed(book(HEADER), "xl/worksheets/sheet1.xml", lambda text: ENTITIES + text),
        "defines entities in its XML",
        {},
    ),
    "a cell of 10 MB in a workbook": (
        "a.ods",
        lambda: open_document(
            "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (HEADER, ("1", LONG, "2020")))
        ),
        "sheet 表, row 2, column '需求名称': a cell is longer than 1,000,000 characters",
        {"sheet": "表", "row": 2, "column": "需求名称"},
    ),
    "a quoted cell of 10 MB behind one with a comma": (
        "a.csv",
        f'编号,需求名称,截止\n1,a,\n2,"b, ""c""","{LONG}"\n'.encode,
        "row 3, column 3: a cell is longer than 1,000,000 characters",
        {"row": 3, "column": 3},
    ),
    "a cell of 10 MB in a text file": (
        "a.csv",
        f"编号,需求名称,截止\n1,a,\n2,{LONG},\n".encode,
        "row 3, column 2: a cell is longer than 1,000,000 characters",
        {"row": 3, "column": 2},
    ),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_hostile_file_is_refused_and_nothing_is_loaded(tmp_path: Path, store: Store, load: Load, case: str) -> None:
    name, content, what, where = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(FileProblem) as caught:
        load(path)
    assert what in caught.value.detail and caught.value.hint
    assert {"file": name, **where}.items() <= dict(caught.value.where).items()
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 500
    assert nodes(store) == []


def nodes(store: Store) -> list[Node]:
    return list(store.scan()[1])


def told(report: Report) -> list[tuple[int, str, str, str]]:
    return [(row.row, row.column, row.reason.en, row.hint.en) for row in report.notices]


def test_one_filled_sheet_among_a_thousand_empty_ones_is_read(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(HEADER, ("1", "焊接", "2020-12-31"), sheets=1_000))
    report = load(path)
    assert [(each.sheet, each.totals.new) for each in report.files] == [("表", 1)]


def test_macros_and_links_are_neither_run_nor_followed_and_said(tmp_path: Path, load: Load) -> None:
    content = with_part(book(HEADER, ("1", "焊接", "")), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    content = with_part(content, "xl/externalLinks/externalLink1.xml", b'<externalLink xmlns:r="r" r:id="file:///etc/passwd"/>')
    path = tmp_path / "a.xlsm"
    path.write_bytes(content)
    report = load(path)
    assert report.totals.new == 1
    assert [reason for _, _, reason, _ in told(report)] == [
        "the workbook holds macros: they are never run",
        "the workbook links to other files: they are not read, saved values are taken",
    ]


def saved(content: bytes, cells: dict[str, str]) -> bytes:
    """The workbook with these cells as Excel saves formulas: with their results."""

    def change(text: bytes) -> bytes:
        for place, written in cells.items():
            text = re.sub(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)'.encode(), written.encode(), text)
        return text

    return changed(content, "xl/worksheets/sheet1.xml", change)


def test_formulas_give_the_value_that_was_saved(tmp_path: Path, load: Load, store: Store) -> None:
    path = tmp_path / "a.xlsx"
    content = book(HEADER, ("=1", "焊接", "=2"))
    id, due = '<c r="A2" t="str"><f>"XQ-"&amp;1</f><v>XQ-1</v></c>', '<c r="C2"><f>DATE(2020,12,31)</f><v>44196</v></c>'
    path.write_bytes(saved(content, {"A2": id, "C2": due}))
    assert told(load(path)) == []
    assert [(node.id, node.properties["dueDate"]) for node in nodes(store)] == [("need:XQ-1", "2020-12-31")]


def test_formulas_without_a_result_and_errors_are_told_cell_by_cell(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "a.xlsx"
    content = book((*HEADER, "备注"), ("1", "焊接", "=1/0", "=1/0"), ("2", '="a"&"b"', "2020", ""), ("3", "c", "=A1", ""))
    error = '<c r="{}2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    path.write_bytes(saved(content, {"C2": error.format("C"), "D2": error.format("D")}))
    report = load(path)
    assert report.totals.new == 3
    assert [each[:3] for each in told(report)] == [
        (2, "截止", "the cell holds an error of its formula: read as empty"),
        (3, "需求名称", "the formula was saved without its result: read as empty"),
        (4, "截止", "the formula was saved without its result: read as empty"),
    ], "a column that the mapping does not know is nobody's concern"


def test_hidden_rows_are_read_and_named(tmp_path: Path, load: Load) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (HEADER, *((str(each), "焊接", "") for each in range(1, 16))):
        sheet.append(list(row))
    for number in range(3, 15):
        sheet.row_dimensions[number].hidden = True
    path = tmp_path / "a.xlsx"
    made.save(path)
    report = load(path)
    assert report.totals.new == 15
    rows = ", ".join(map(str, range(3, 13)))
    hint = f"Rows {rows} and 2 more: delete them and load again if they should not count."
    assert told(report) == [(3, "", "hidden rows: read like the others", hint)]


def test_hidden_rows_of_an_open_document_are_named(tmp_path: Path, load: Load) -> None:
    rows = f"<table:table-row>{''.join(map(cell, HEADER))}</table:table-row>"
    rows += f'<table:table-row table:visibility="filter">{cell("1")}{cell("焊接")}</table:table-row>'
    rows += (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = tmp_path / "a.ods"
    path.write_bytes(open_document(rows))
    report = load(path)
    assert (report.totals.new, [each[0] for each in told(report)]) == (1, [2])


@pytest.mark.parametrize(("epoch", "serial"), [(CALENDAR_WINDOWS_1900, 44196), (CALENDAR_MAC_1904, 42734)], ids=["1900", "1904"])
def test_days_are_counted_from_where_the_workbook_says(tmp_path: Path, load: Load, store: Store, epoch: datetime, serial: int) -> None:
    made = openpyxl.Workbook()
    made.epoch = epoch
    sheet = made.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(["1", "焊接", serial])
    path = tmp_path / "a.xlsx"
    made.save(path)
    load(path)
    assert [node.properties["dueDate"] for node in nodes(store)] == ["2020-12-31"]


def test_line_breaks_in_cells_and_headers_pasted_again(tmp_path: Path, load: Load, store: Store) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(HEADER, ("1", "轻量化\n焊接", ""), HEADER, ("2", "密封\nGasket", "")))
    report = load(path)
    assert [(row.row, row.reason.en) for row in report.rejected] == [(3, "the header again")]
    assert sorted(str(node.properties["name"]) for node in nodes(store)) == ["密封 Gasket", "轻量化焊接"]
