"""Rejected rows handed back: as they stood, with the reason, and loadable once mended."""

from __future__ import annotations

import stat
from pathlib import Path

import openpyxl
import pytest

from graph.errors import FileProblem
from ingest.contacts import LEFT_OUT
from ingest.mapping import select_mappings
from ingest.pipeline import ingest
from ingest.rejected import ADDED, write_rejected
from ingest.report import Report
from ingest.sample.write import write_city
from lianyin.client import open as open_graph
from lianyin.settings import Settings
from tests.ingest.reading import default_types

HEADER = "编号,企业,需求名称,领域,状态,截止,备注"
GOOD = "XQ-001,扬州示例重工有限公司,轻量化焊接,装备,已发布,2020-12-31,0012"
SHIFTED = "XQ-002,扬州示例泵业有限公司,密封,材料,新材料,已发布,44196,,多了一格"
NO_NUMBER = ",扬州示例电缆有限公司,在线检测,电子,已发布,2020-12-31,=1+1"
BROKEN = 'XQ-004,"扬州示例阀门有限公司,密封,材料,已发布,,'


def load(paths: list[Path], store: Path) -> Report:
    mappings = select_mappings("city", default_types(), ())
    with open_graph(settings=Settings(store=f"kglite://{store}")) as client:
        return ingest(paths, ledger=client.ledger, ontology=client.ontology, mappings=mappings, named=True, contacts=LEFT_OUT)


def test_rows_come_back_as_they_stood_and_load_once_mended(tmp_path: Path) -> None:
    path = tmp_path / "需求.csv"
    path.write_bytes("\r\n".join([HEADER, GOOD, SHIFTED, NO_NUMBER, BROKEN]).encode("gb18030"))
    report = load([path], tmp_path / "store")
    assert (report.totals.new, report.totals.rejected) == (1, 3)
    (back,) = write_rejected(report, [path], tmp_path / "退回")
    assert back.name == "需求.csv.rejected.xlsx"
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    sheet = openpyxl.load_workbook(back).active
    rows = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]
    width = SHIFTED.count(",") + 1
    assert rows[0] == [*HEADER.split(","), "", "", *ADDED]
    assert rows[1][:width] == SHIFTED.split(",") and rows[1][width] == "3" and "shifted columns" in rows[1][width + 2]
    assert rows[2][: len(HEADER.split(","))] == NO_NUMBER.split(",") and rows[2][width + 1] == "编号"
    assert rows[3][0] == BROKEN and "broken quoting" in rows[3][width + 2]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    _mend(
        back, {3: {1: "XQ-003"}, 2: dict(enumerate("XQ-002,扬州示例泵业有限公司,密封材料,新材料,已发布,44196,".split(","), 1)), 4: {1: ""}}
    )
    again = load([back], tmp_path / "store")
    assert (again.totals.new, again.totals.rejected) == (2, 1)


def _mend(path: Path, cells: dict[int, dict[int, str]]) -> None:
    book = openpyxl.load_workbook(path)
    for row, values in cells.items():
        for column in range(1, 10):
            book.active.cell(row, column).value = (
                values.get(column, book.active.cell(row, column).value) if column in values or row == 3 else None
            )
    book.save(path)


def test_the_dirty_city_hands_back_exactly_its_rejected_rows(tmp_path: Path) -> None:
    write_city(tmp_path / "city", seed=7, scale=0.1, dirt=True)
    report = load([tmp_path / "city"], tmp_path / "store")
    assert report.totals.rejected > 0
    found = []
    for path in write_rejected(report, [tmp_path / "city"], tmp_path / "back"):
        for sheet in openpyxl.load_workbook(path):
            header = [cell.value for cell in sheet[1]]
            numbers = [row[header.index(ADDED[0])].value for row in sheet.iter_rows(min_row=2)]
            found += [(path.name.removesuffix(".rejected.xlsx"), int(number)) for number in numbers]
    assert sorted(found) == sorted((each.file, each.row) for each in report.rejected)


def test_a_file_that_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "需求.csv"
    path.write_text("\n".join([HEADER, GOOD, NO_NUMBER]), encoding="utf-8")
    report = load([path], tmp_path / "store")
    path.write_text("\n".join([HEADER, GOOD]), encoding="utf-8")
    with pytest.raises(FileProblem, match="has changed since it was loaded"):
        write_rejected(report, [path], tmp_path / "back")
