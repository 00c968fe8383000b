"""Files of strangers are read in a process of their own: as they are read here, and a file that is too much ends that process only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from graph.errors import FileProblem
from ingest.readers import FormatOptions, preview, raw_rows, read_rows
from ingest.readers.apart import Bounds, current, reading_apart
from ingest.readers.base import header_of
from ingest.readers.properties import saved_on

ROOMY = Bounds(1_000_000_000, 60)
OPTIONS = FormatOptions()


@pytest.fixture
def apart() -> Iterator[None]:
    with reading_apart(ROOMY):
        yield


def workbook(path: Path, rows: int = 3, far: str = "") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["编号", "单位", "数"])
    for number in range(rows):
        sheet.append([f"G-{number}", "江北机械厂", number])
    if far:
        sheet[far] = "x"
    made.save(path)
    return path


def merged_without_end(path: Path) -> Path:
    """Tens of thousands of merged ranges over the same rows: each row is filled from each of them."""
    content = workbook(path, rows=4_000).read_bytes()
    merges = "".join('<mergeCell ref="A2:A4000"/>' for _ in range(60_000))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</sheetData>", f'</sheetData><mergeCells count="60000">{merges}</mergeCells>'.encode())
            new.writestr(name, text)
    path.write_bytes(target.getvalue())
    return path


def everything(path: Path) -> list[object]:
    """All that the readers tell of a file."""
    found: list[object] = [saved_on(path)]
    for table in preview(path):
        header = header_of(table.rows[0][1])
        rows = read_rows(path, table, table.rows[0][0], header)
        found += [table, list(rows()), rows.late, list(raw_rows(path, table, OPTIONS))]
    return found


def test_a_file_reads_apart_as_it_reads_here(tmp_path: Path) -> None:
    files = [workbook(tmp_path / "册.xlsx", rows=1_700)]
    for name, text in {
        "a.csv": "编号,单位\nG-1,江北机械厂\nG-2\n,,,备注\n",
        "b.jsonl": '{"a": "1", "b": ["x"]}\n{"a": 2}\n',
        "c.json": '{"rows": [{"a": "1"}, {"a": "2"}]}',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        files.append(tmp_path / name)
    here = [everything(path) for path in files]
    with reading_apart(ROOMY):
        assert [everything(path) for path in files] == here
    assert current() is None


@pytest.mark.usefixtures("apart")
def test_a_problem_of_the_file_comes_back_as_it_is_told_here(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_bytes(b"")
    with pytest.raises(FileProblem) as caught:
        preview(path)
    assert caught.value.where == {"file": "空.csv"} and caught.value.detail.zh


@pytest.mark.usefixtures("apart")
def test_rows_may_be_left_unread_and_read_in_turns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", rows=1_700)
    (table,) = preview(path)
    rows = read_rows(path, table, 1, header_of(table.rows[0][1]))
    first, second = rows.read([]), rows.read([])
    assert [next(first).row, next(second).row, next(first).row] == [2, 2, 3]
    del first
    assert len(list(second)) == 1_699
    assert len(list(rows())) == 1_700


def test_a_file_that_needs_too_much_memory_ends_its_reader_only(tmp_path: Path) -> None:
    path = workbook(tmp_path / "远.xlsx", far="ALL20000")
    with reading_apart(Bounds(50_000_000, 60)), pytest.raises(FileProblem, match="more than 50 MB of memory") as caught:
        preview(path)
    assert caught.value.where == {"file": "远.xlsx"}
    with reading_apart(ROOMY):
        assert len(preview(workbook(tmp_path / "b.xlsx"))) == 1


def test_a_file_that_takes_too_long_ends_its_reader_only(tmp_path: Path) -> None:
    path = merged_without_end(tmp_path / "并.xlsx")
    with reading_apart(Bounds(1_000_000_000, 1)), pytest.raises(FileProblem, match="more than 1 s to be read"):
        everything(path)
    with reading_apart(ROOMY):
        assert len(preview(workbook(tmp_path / "b.xlsx"))) == 1


def test_the_same_process_reads_the_next_upload(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    processes = []
    for _ in range(3):
        with reading_apart(Bounds(300_000_000, 2)):
            processes.append(current())
            preview(path)
    assert processes[0] is processes[1] is processes[2]
