from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from graph.errors import FileProblem, QueryProblem
from lianyin.cli.output import FORMATS, Answer, Output, choose_output, emit, encode, write_file
from lianyin.results import Column, Result

NAMES = Column("name", "名称", "name")
COUNT = Column("count", "数", "count", number=True)
ANSWER = Answer(
    Result({"rows": [["扬州大学", 2], ["=cmd|' /C calc'!A0", 3]]}, (NAMES, COUNT), [["扬州大学", 2], ["=cmd|' /C calc'!A0", 3]])
)


def test_json_is_the_document() -> None:
    assert json.loads(encode(ANSWER, Output("json", None, "zh"))) == ANSWER.result.document


@pytest.mark.parametrize("language", ["zh", "en"])
def test_csv_has_headings_in_the_language_and_no_formula(language: str) -> None:
    text = encode(ANSWER, Output("csv", None, language)).decode("utf-8")  # type: ignore[arg-type]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["名称", "数"] if language == "zh" else ["name", "count"], ["扬州大学", "2"], ["'=cmd|' /C calc'!A0", "3"]]


def test_a_csv_file_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    emit(ANSWER, Output("csv", tmp_path / "a.csv", "zh"))
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeff名称".encode())


def test_xlsx_holds_numbers_as_numbers_and_no_formula(tmp_path: Path) -> None:
    emit(ANSWER, Output("xlsx", tmp_path / "a.xlsx", "zh"))
    rows = list(load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows == [("名称", "数"), ("扬州大学", 2), ("'=cmd|' /C calc'!A0", 3)]


@given(st.text())
def test_no_text_becomes_a_formula_or_breaks_a_form(text: str) -> None:
    answer = Answer(Result({"text": text}, (NAMES,), [[text]]))
    cell = list(csv.reader(io.StringIO(encode(answer, Output("csv", None, "zh")).decode("utf-8", "surrogatepass"), newline="")))[1:]
    assert not cell or not cell[0] or cell[0][0][:1] not in tuple("=+-@\t\r")
    for form in FORMATS:
        assert encode(answer, Output(form, None, "zh"))


def test_the_table_is_not_cut_off_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    long = "很长的名称" * 60
    emit(Answer(Result({}, (NAMES, COUNT), [[long, 1], ["[red]x[/red]\x1b[2J", 2]]), notes=("未列全",)), Output("table", None, "zh"))
    seen = capsys.readouterr()
    assert long in seen.out
    assert "[red]x[/red] [2J" in seen.out
    assert seen.err == "未列全\n"


def test_the_ending_chooses_the_form(tmp_path: Path) -> None:
    assert choose_output(None, False, str(tmp_path / "a.xlsx"), "zh").format == "xlsx"
    assert choose_output("csv", False, str(tmp_path / "a.xlsx"), "zh").format == "csv"
    assert choose_output(None, True, None, "zh").format == "json"
    assert choose_output(None, False, None, "zh").format == "table"


def test_contradictions_and_missing_folders_are_refused_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QueryProblem, match="contradict"):
        choose_output("csv", True, None, "zh")
    with pytest.raises(FileProblem, match="no folder"):
        choose_output(None, False, str(tmp_path / "none" / "a.csv"), "zh")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(QueryProblem, match="workbook"):
        choose_output("xlsx", False, None, "zh")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(FileProblem):
        write_file(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
