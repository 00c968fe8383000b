"""Every file that cannot be read is refused in one line that says what, where and what to do."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from graph.errors import FileProblem
from ingest.readers import FormatOptions, Limits, header_of, list_files, preview, read_rows
from ingest.readers.base import DEFAULT_LIMITS, NO_OPTIONS


def book() -> bytes:
    found = io.BytesIO()
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in range(200):
        sheet.append([f"列{column} {row}" for column in range(5)])
    made.save(found)
    return found.getvalue()


def encrypted() -> bytes:
    found = io.BytesIO()
    OOXMLFile(io.BytesIO(book())).encrypt("secret", found)
    return found.getvalue()


def bomb() -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    return found.getvalue()


def archive() -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as made:
        made.writestr("a.csv", "a,b")
    return found.getvalue()


CASES: dict[str, tuple[str, Callable[[], bytes], str, str]] = {
    "empty": ("a.csv", lambda: b"", "is empty", "header row"),
    "only a byte-order mark": ("a.csv", lambda: b"\xef\xbb\xbf\r\n", "nothing but white space", "header row"),
    "pdf": ("a.csv", lambda: b"%PDF-1.7\n%\xe2\xe3", "is a PDF document", "Export the table"),
    "gzip": ("a.csv", lambda: b"\x1f\x8b\x08\0", "is a gzip archive", "Unpack"),
    "zip": ("a.xlsx", archive, "is a zip archive, not an XLSX", "Unpack"),
    "torn workbook": ("a.xlsx", lambda: book()[:3000], "is incomplete", "again"),
    "torn workbook named csv": ("a.csv", lambda: book()[:3000], "is incomplete", "again"),
    "encrypted workbook": ("a.xlsx", encrypted, "is an encrypted workbook", "remove the password"),
    "old document": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of the old format, but not a workbook", ".xlsx"),
    "text named xlsx": ("a.xlsx", lambda: b"a,b\n1,2\n", "named a workbook but is not one", "name it .csv"),
    "zip bomb": ("a.xlsx", bomb, "would unpack to 20,000,000 bytes", "Save the table as CSV"),
    "torn utf-16": ("a.csv", lambda: b"\xff\xfea\x00\n\x00\x00\xd8", "begins as UTF-16", "CSV UTF-8"),
    "latin-1": (
        "a.csv",
        lambda: "name,city\nCafé,Orléans\n".encode("latin-1"),
        "byte 13 (line 2) is not UTF-8. It may be cp1252",
        "cp1252",
    ),
    "torn utf-8": ("a.csv", lambda: b"\xef\xbb\xbfa,b\n1,\xe4\xb8\n", "byte 9 (line 2)", "encoding"),
    "nul": ("a.csv", lambda: b"a,b\n1,2\n3,\x004\n", "NUL byte at 10 (line 3)", "Export"),
    "no object": ("a.jsonl", lambda: b"[1]\n2\n", "contains no JSON object", "one object per line"),
}


def read_all(path: Path, options: FormatOptions = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS) -> int:
    count = 0
    for table in preview(path, options, limits):
        row, cells = table.rows[0]
        count += sum(1 for _ in read_rows(path, table, row, header_of(cells), options, limits)())
    return count


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, case: str) -> None:
    name, content, what, hint = CASES[case]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(FileProblem) as caught:
        read_all(path)
    assert what in caught.value.detail
    assert hint in caught.value.hint
    assert caught.value.where["file"] == name
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="gone.csv does not exist"):
        list_files([tmp_path / "gone.csv"])
    (tmp_path / "notes.md").write_text("x")
    with pytest.raises(FileProblem, match="contains no table file"):
        list_files([tmp_path])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(FileProblem, match="not an ordinary file"):
        preview(pipe, NO_OPTIONS, DEFAULT_LIMITS)


def test_a_stated_encoding_is_held_to(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("甲,乙\n".encode("gb18030"))
    with pytest.raises(FileProblem, match="is not UTF-8, as it should be: byte 0"):
        preview(path, FormatOptions(encoding="utf-8"))


def test_limits_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1," + "x" * 50 + "\n")
    with pytest.raises(FileProblem, match="row 2, column 2: a cell is longer than 20 characters"):
        read_all(path, limits=Limits(cell_characters=20))
    with pytest.raises(FileProblem, match="has 2 columns in row 1; at most 1"):
        read_all(path, limits=Limits(columns=1))
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"a": "' + "x" * 50 + '"}\n')
    with pytest.raises(FileProblem, match="line 1 is longer than 20 bytes"):
        read_all(lines, limits=Limits(line_bytes=20))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_bad_byte_far_into_the_file_is_placed(tmp_path: Path, codec: str) -> None:
    """Beyond the first megabyte, so that chunks and characters across their border are counted right."""
    line = "甲乙丙丁,x\n".encode()
    content = b"name,b\n" + line * 120_000
    path = tmp_path / "a.csv"
    path.write_bytes(content + b"\xff,1\n")
    with pytest.raises(FileProblem) as caught:
        preview(path)
    assert f"byte {len(content)} (line 120002)" in caught.value.detail
