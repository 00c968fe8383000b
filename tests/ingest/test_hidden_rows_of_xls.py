"""Hidden rows of the old format: read like the others, and told; where the formats are torn it is said that nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlrd
import xlwt

from ingest.readers import FormatOptions, Limits, preview
from ingest.readers.base import Remark
from ingest.remarks import notices_of


def book(path: Path) -> Path:
    """A header and three rows, of which the second is hidden."""
    written = xlwt.Workbook()
    sheet = written.add_sheet("表")
    for row, cells in enumerate((("编号", "名称"), ("1", "甲"), ("2", "乙"), ("3", "丙"))):
        for column, text in enumerate(cells):
            sheet.write(row, column, text)
    sheet.row(2).hidden = True
    written.save(str(path))
    return path


def test_a_hidden_row_is_told_and_read(tmp_path: Path) -> None:
    (table,) = preview(book(tmp_path / "a.xls"), FormatOptions(), Limits())
    assert [each for each in table.remarks if each.kind == "hidden"] == [Remark("hidden", 3)]
    assert [cells for _, cells in table.rows][2] == ("2", "乙")
    ((row, notice),) = notices_of(table.remarks, ("编号", "名称"), 1, {"编号"})
    assert row == 3 and "第 3 行" in notice.hint.zh and "Rows 3" in notice.hint.en


def test_torn_formats_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """xlrd stumbles over formats in many ways; the cells are read all the same."""
    whole = xlrd.open_workbook

    def torn(*given: object, **chosen: object) -> object:
        if chosen.get("formatting_info"):
            raise AssertionError("a format record that does not fit")
        return whole(*given, **chosen)

    monkeypatch.setattr(xlrd, "open_workbook", torn)
    (table,) = preview(book(tmp_path / "a.xls"), FormatOptions(), Limits())
    ((_, notice),) = notices_of(table.remarks, ("编号", "名称"), 1, {"编号"})
    assert "无从得知" in notice.reason.zh and len(table.rows) == 4
