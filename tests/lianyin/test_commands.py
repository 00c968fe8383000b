"""What each command answers, in every form, on the first example. The expected values are counted from its two tables."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lianyin.cli.app import COMMANDS
from tests.lianyin.conftest import EXAMPLE, MAPPING, Command

READING = {
    "loads": (),
    "search": ("示例",),
    "show": ("示例大学",),
    "why": ("示例大学",),
    "path": ("示例大学", "示例重工有限公司"),
    "connections": ("University", "Enterprise"),
    "neighbourhood": ("示例大学", "--expand", "人员"),
    "common-neighbours": ("轻量化焊接工艺", "示例大学"),
    "connect": ("示例大学", "示例重工有限公司", "张拟"),
    "analyse": ("cut-nodes",),
    "coverage": ("高校", "企业"),
    "predict": (),
    "what-if": ("--leave", "王虚构"),
    "cypher": ("MATCH (n:Person) RETURN n.name AS name, n ORDER BY name",),
    "schema": (),
    "stats": (),
    "verify": (),
}


def data(value: object) -> Any:
    return value


def number_or_text(cell: str) -> object:
    """A workbook keeps 16 digits of a fraction, a CSV file 17."""
    try:
        return pytest.approx(float(cell), rel=1e-12)
    except ValueError:
        return cell


def test_every_command_has_help(command: Command) -> None:
    for name in COMMANDS:
        ran = command(name, "--help")
        assert ran.status == 0 and ran.out.startswith(f"用法：lianyin {name}")


@pytest.mark.parametrize("name", READING)
def test_every_reading_command_answers_in_every_form(loaded: Command, name: str, tmp_path: Path) -> None:
    arguments = (name, *READING[name])
    plain, as_json = loaded(*arguments), loaded(*arguments, "--json")
    assert plain.status == as_json.status == 0
    assert plain.out and isinstance(as_json.json, dict)
    assert loaded(*arguments, "--format", "json").json == as_json.json
    rows = list(csv.reader(io.StringIO(loaded(*arguments, "--format", "csv").out, newline="")))
    assert rows and all(len(row) == len(rows[0]) for row in rows)
    book = tmp_path / "answer.xlsx"
    written = loaded(*arguments, "-o", book)
    assert written.status == 0 and written.out == ""
    sheet = data(load_workbook(book).active)
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)][1:]
    assert [[number_or_text(cell) for cell in row] for row in cells] == [[number_or_text(cell) for cell in row] for row in rows[1:]]


def test_ingest_reports_and_loading_again_changes_nothing(command: Command, store: Path) -> None:
    first = command("ingest", EXAMPLE, "--mapping", MAPPING, "--json")
    assert first.status == 0
    assert first.json["totals"] == {"read": 14, "new": 14, "updated": 0, "unchanged": 0, "rejected": 0}
    assert [one["file"] for one in data(first.json["files"])] == ["experts.csv", "projects.csv"]
    kept = json.loads((store / "reports" / "L1.json").read_text(encoding="utf-8"))
    assert kept == first.json
    again = command("ingest", EXAMPLE, "--mapping", MAPPING, "--json")
    assert again.json["totals"] == {"read": 14, "new": 0, "updated": 0, "unchanged": 14, "rejected": 0}
    assert all(count == 0 for count in data(again.json["facts"]).values())
    assert command("verify").status == 0


def test_ingest_proposes_and_says_so(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mappings"
    folder.mkdir()
    shutil.copy(MAPPING, folder / "first-graph.yaml")
    monkeypatch.setenv("LIANYIN_MAPPINGS", str(folder))
    ran = command("ingest", EXAMPLE / "experts.csv")
    assert ran.status == 0
    assert "first-graph-experts" in ran.out and "proposed" in ran.out


def test_the_report_goes_where_it_is_told(command: Command, tmp_path: Path) -> None:
    ran = command("ingest", EXAMPLE, "--mapping", MAPPING, "--report", tmp_path / "r.json")
    assert ran.status == 0 and json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["load"] == "L1"


def test_undo_takes_back_exactly(loaded: Command, tmp_path: Path) -> None:
    before = tmp_path / "before.jsonl"
    assert loaded("export", "-o", before).status == 0
    extra = tmp_path / "extra.csv"
    extra.write_text("学校,姓名,职称,到校,离校\n示例大学,张拟,院士,2012-09,\n新大学,新人甲,教授,2020-01,\n", encoding="utf-8")
    assert loaded("ingest", extra, "--mapping", MAPPING).status == 0
    changed = tmp_path / "changed.jsonl"
    loaded("export", "-o", changed)
    assert changed.read_bytes() != before.read_bytes()
    undone = loaded("undo", "L2", "--json")
    assert undone.status == 0 and undone.json["undone"] == "L2"
    after = tmp_path / "after.jsonl"
    loaded("export", "-o", after)
    assert after.read_bytes() == before.read_bytes()
    assert loaded("undo", "L2").status == 9


def test_path_has_the_documented_shape(loaded: Command) -> None:
    ran = loaded("path", "示例大学", "示例重工有限公司", "--all", "--json")
    document = data(ran.json)
    assert {"paths", "truncated", "limit", "as_of", "data_date"} <= document.keys()
    assert (document["truncated"], document["limit"], document["as_of"], document["data_date"]) == (False, None, "any", "2022-06-01")
    assert [path["hops"] for path in document["paths"]] == [3, 3]
    through = {path["nodes"][1]["caption"] for path in document["paths"]}
    assert through == {"张拟", "李样本"}
    path = next(path for path in document["paths"] if path["nodes"][1]["caption"] == "张拟")
    assert path["nodes"][0].keys() >= {"id", "type", "caption"}
    employment = path["relationships"][0]
    assert employment.keys() >= {"type", "source", "target", "valid_from", "valid_to", "ended", "sources"}
    assert (employment["type"], employment["valid_from"], employment["valid_to"], employment["ended"]) == (
        "EMPLOYED_BY",
        "2012-09",
        None,
        False,
    )
    assert {(one["load"], one["file"], one["row"]) for one in employment["sources"]} == {("L1", "experts.csv", 2)}
    assert path["relationships"][1]["ended"] is False  # it ends after the reader's day, whatever day the data is of
    assert path["text"].keys() == {"zh", "en"} and "张拟" in path["text"]["zh"]


def test_path_says_when_there_was_one(loaded: Command) -> None:
    ran = loaded("path", "样本理工大学", "样例泵业有限公司", "--as-of", "2022-01-01")
    assert ran.status == 0
    assert "2022-01-01" in ran.out and "2020-12-31" in ran.out


def test_a_path_that_is_cut_says_so(loaded: Command) -> None:
    ran = loaded("path", "示例大学", "示例重工有限公司", "--all", "--limit", "1")
    assert "未列全" in ran.err
    document = loaded("path", "示例大学", "示例重工有限公司", "--all", "--limit", "1", "--json").json
    assert (document["truncated"], document["limit"], document["total"]) == (True, "rows", 2)


def test_no_path_is_an_answer(loaded: Command) -> None:
    ran = loaded("path", "设想医学院", "拟设新材料有限公司")
    assert ran.status == 0 and "没有路径" in ran.out


def test_connections_answers_through_whom(loaded: Command) -> None:
    document = data(loaded("connections", "高校", "企业", "--json").json)
    assert document["total"] == 5 and not document["truncated"]
    found = {(row["from"]["caption"], row["to"]["caption"], row["hops"], row["paths"]) for row in document["rows"]}
    assert found == {
        ("示例大学", "示例重工有限公司", 3, 2),
        ("样本理工大学", "样例泵业有限公司", 3, 1),
        ("样本理工大学", "示例重工有限公司", 3, 1),
        ("样本理工大学", "虚拟电缆集团有限公司", 3, 1),
        ("虚构师范学院", "虚拟电缆集团有限公司", 3, 1),
    }
    pump = next(row for row in document["rows"] if row["to"]["caption"] == "样例泵业有限公司")
    assert [node["caption"] for node in pump["via"]] == ["王虚构", "密封材料寿命"]


def test_connections_can_be_narrowed_and_counted(loaded: Command) -> None:
    assert loaded("connections", "University", "Enterprise", "--count").out == "5\n"
    assert loaded("connections", "University", "Enterprise", "--from", "样本理工大学", "--count").out == "3\n"
    assert loaded("connections", "University", "Enterprise", "--to", "示例重工有限公司", "--count").out == "2\n"
    assert loaded("connections", "University", "Enterprise", "--via", "Person", "--count").out == "5\n"
    assert loaded("connections", "University", "Enterprise", "--max-hops", "2", "--count").out == "0\n"
    assert loaded("connections", "University", "Enterprise", "--as-of", "2022-01-01", "--count").out == "2\n"
    cut = loaded("connections", "University", "Enterprise", "--limit", "2", "--json").json
    assert (cut["total"], len(data(cut["rows"])), cut["limit"]) == (5, 2, "rows")


def test_why_names_the_rows(loaded: Command) -> None:
    document = data(loaded("why", "王虚构", "--json").json)
    assert [(one["file"], one["row"], one["load"]) for one in document["sources"]] == [
        ("experts.csv", 5, "L1"),
        ("projects.csv", 4, "L1"),
        ("projects.csv", 7, "L1"),
    ]
    titled = data(loaded("why", "王虚构", "职称", "--json").json)
    assert titled["property"] == "professionalTitle" and titled["value"] == "教授"
    assert [(one["file"], one["row"], one["chosen"]) for one in titled["sources"]] == [("experts.csv", 5, True)]
    assert loaded("why", "王虚构", "shoe size").status == 3


def test_search_finds_by_pinyin_and_tells_namesakes_apart(loaded: Command) -> None:
    hits = data(loaded("search", "liyangben", "--json").json)["hits"]
    assert [hit["caption"] for hit in hits] == ["李样本", "李样本"]
    assert {hit["hint"].split("、")[0] for hit in hits} == {"示例大学", "样本理工大学"}
    assert all(hit.keys() == {"id", "type", "caption", "hint", "score"} for hit in hits)
    assert data(loaded("search", "示例", "--type", "企业", "--json").json)["hits"][0]["type"] == "Enterprise"


def test_cypher_has_the_documented_shape(loaded: Command) -> None:
    ran = loaded("cypher", "MATCH (n:University) RETURN n.name AS name ORDER BY name", "--json")
    assert ran.json["columns"] == ["name"]
    assert sorted(row[0] for row in data(ran.json["rows"])) == ["样本理工大学", "示例大学", "虚构师范学院", "设想医学院"]


def test_picture_shows_names_to_the_internal_reader_only(loaded: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran = loaded("picture", "示例大学", "示例重工有限公司", "-o", page)
    assert ran.status == 0 and ran.out == ""
    public = page.read_text(encoding="utf-8")
    assert "示例重工有限公司" in public and "李样本" not in public and "张拟" not in public
    assert loaded("picture", "示例大学", "示例重工有限公司", "-o", page, "--audience", "internal").status == 0
    internal = page.read_text(encoding="utf-8")
    assert "李样本" in internal and "张拟" in internal
    assert loaded("picture", "--around", "示例大学", "-o", page, "--audience", "internal").status == 0
    assert "李样本" in page.read_text(encoding="utf-8")


def test_no_picture_of_no_path(loaded: Command, tmp_path: Path) -> None:
    ran = loaded("picture", "设想医学院", "拟设新材料有限公司", "-o", tmp_path / "x.html")
    assert ran.status == 3 and not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("form", ["jsonl", "graphml", "csv"])
def test_export_writes_everything_once(loaded: Command, tmp_path: Path, form: str) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for path in (first, second):
        ran = loaded("export", "--format", form, "-o", path, "--audience", "internal")
        assert ran.status == 0 and "20" in ran.err and "18" in ran.err
    assert first.read_bytes() == second.read_bytes()


def test_export_to_stdout(loaded: Command) -> None:
    lines = [json.loads(line) for line in loaded("export", "-o", "-").out.splitlines()]
    assert sum(line["kind"] == "node" for line in lines) == 20 and sum(line["kind"] == "relationship" for line in lines) == 18


def test_verify_finds_both_alike(loaded: Command) -> None:
    document = loaded("verify", "--json").json
    assert (document["equal"], document["nodes"], document["relationships"], document["differences"]) == (True, 20, 18, [])


def test_english_is_spoken_where_it_is_asked_for(loaded: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANYIN_LANGUAGE", "en")
    assert "pairs" in loaded("connections", "University", "Enterprise").out
    assert loaded("show", "nobody").error.startswith("error: Not found:")
