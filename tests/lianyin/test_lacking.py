"""Never a false zero: a graph without what an answer rests on says so at every door, and exits with its own code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import lianyin
from api import create_app
from cooperation.insight import INSIGHTS
from cooperation.questions.register import QUESTIONS
from graph.factory import open_store
from graph.ontology import default_ontology
from lianyin.cli.exits import LACKING
from lianyin.settings import Settings
from tests.lianyin.conftest import Command

STAFF = """姓名,单位,开始,结束
甲示例,示例博物馆,2018-01-01,2020-11-30
甲示例,示例基金会,2019-01-01,
乙示例,示例博物馆,2017-01-01,
"""
MAPPING = """
mapping: staff
source: {id: staff, name: {zh: 职员表, en: Staff}}
columns: {required: [姓名, 单位, 开始, 结束]}
nodes:
  person:
    type: Person
    id: {source: staff-person, columns: [姓名], hashed: true}
    properties: {name: 姓名}
  place:
    type: Agency
    id: {source: staff-place, columns: [单位]}
    properties: {name: 单位}
relationships:
  works: {type: EMPLOYED_BY, from: person, to: place, valid_from: 开始, valid_to: 结束}
"""
ALONE = {"5", "6", "13", "18", "19", "20"}
"""Questions that cannot be asked of an empty graph at all: they name a node, or a moment; or, like 5, answer for a person."""


@pytest.fixture
def museum(command: Command, tmp_path: Path) -> Command:
    """The command line on a museum's staff."""
    (tmp_path / "staff.csv").write_text(STAFF, encoding="utf-8")
    (tmp_path / "staff.yaml").write_text(MAPPING, encoding="utf-8")
    assert command("ingest", tmp_path / "staff.csv", "--mapping", tmp_path / "staff.yaml").status == 0
    return command


def test_an_office_of_employments_has_its_radar(museum: Command) -> None:
    document = museum("insight", "radar", "--json").json
    (line,) = document["lines"]  # type: ignore[misc]
    assert document["lacks"] == []
    assert (line["cells"]["expert"]["type"], line["cells"]["end"]) == ("Person", "2020-11-30")  # type: ignore[index]
    assert line["cells"]["enterprise"]["caption"] == "示例基金会"  # type: ignore[index]
    assert line["rows"]  # type: ignore[index]


def test_what_the_graph_does_not_know_is_said_with_what_to_load(museum: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = museum("ask", "1")
    assert ran.status == LACKING == 15
    assert "答不了" in ran.out and "接单" in ran.out and "city-needs" in ran.out and "共 0 条" not in ran.out
    document = museum("ask", "1", "--json").json
    assert document["total"] is None
    assert [each["types"] for each in document["lacks"]] == [["HAS_TERM"], ["SENT_BY"], ["ACCEPTED"], ["POSTED"]]  # type: ignore[attr-defined]
    monkeypatch.setenv("LIANYIN_LANGUAGE", "en")
    assert museum("ask", "1").out.startswith("Cannot be told: the graph has no 'has a term'")


@pytest.mark.parametrize(
    "arguments",
    [
        ("connections", "高校", "企业"),
        ("connections", "高校", "企业", "--count"),
        ("coverage", "领域", "区县", "--counted", "需求"),
        ("what-if", "--leave", "乙示例"),
        ("targets", "--year", "2020"),
    ],
    ids=" ".join,
)
def test_types_that_are_asked_about_and_not_there_are_no_zero(museum: Command, arguments: tuple[str, ...]) -> None:
    ran = museum(*arguments)
    assert ran.status == 15
    assert "答不了" in ran.out + ran.err
    assert not ran.out.strip().isdigit()


def test_what_can_be_done_without_is_told_beside_the_answer(museum: Command) -> None:
    ran = museum("list", "pairs")
    assert (ran.status, "图中没有结对" in ran.err) == (0, True)
    document = museum("list", "pairs", "--json").json
    assert document["total"] == 0
    assert [each["essential"] for each in document["lacks"]] == [False]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", [str(number) for number in QUESTIONS if str(number) not in ALONE])
def test_an_empty_store_answers_no_question(command: Command, name: str) -> None:
    ran = command("ask", name)
    assert ran.status == 15
    assert ran.out.startswith("答不了")


@pytest.mark.parametrize("name", [name for name, each in INSIGHTS.items() if not any(one.required for one in each.parameters)])
def test_an_empty_store_has_no_insight(command: Command, name: str) -> None:
    assert command("insight", name).status == 15


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "扬州"),
        ("show", "扬州大学"),
        ("why", "扬州大学"),
        ("path", "扬州大学", "某企业"),
        ("connect", "扬州大学", "某企业"),
        ("common-neighbours", "扬州大学", "某企业"),
        ("neighbourhood", "扬州大学"),
        ("pairs", "高校", "企业"),
        ("connections", "高校", "企业"),
        ("analyse", "degree"),
        ("what-if", "--leave", "张拟"),
        ("match", "某需求"),
        ("list", "pairs"),
        ("ask", "6", "--need", "某需求"),
        ("need", "list", "--as", "district:邗江区"),
        ("picture", "--around", "扬州大学", "-o", "x.html"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_empty_store_says_that_it_is_empty(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = command(*arguments)
    assert ran.status == 15, ran
    assert "lianyin ingest" in ran.err or "答不了" in ran.out + ran.err
    assert not ran.out.strip().isdigit() and "没有找到" not in ran.err


def test_an_empty_store_says_so_over_http(command: Command, store: Path) -> None:
    assert command("stats").status == 0, "what only counts answers as ever"
    settings = Settings(store=f"kglite://{store}")
    opened = open_store(settings.store, default_ontology())
    try:
        with TestClient(create_app(settings, opened), base_url="http://127.0.0.1") as served:
            for address in (
                "/v1/search?text=扬州",
                "/v1/nodes/扬州大学",
                "/v1/paths?from=扬州大学&to=某企业",
                "/v1/lists/pairs",
                "/v1/analyses?name=degree",
            ):
                problem = served.get(address)
                assert (problem.status_code, problem.json()["code"]) == (404, "empty"), (address, problem.text)
            assert "lianyin ingest" in problem.json()["hint"]
            assert served.get("/v1/autocomplete?text=扬").json() == {"hits": []}, "what is typed is no question yet"
    finally:
        opened.close()


def test_a_type_of_a_pair_that_is_not_there_is_no_zero(museum: Command) -> None:
    ran = museum("pairs", "高校", "企业")
    assert ran.status == 15 and "答不了：图中没有高校" in ran.err and ran.out == ""


def test_a_batch_that_nobody_loaded_leaves_nobody_behind(museum: Command) -> None:
    assert museum("ask", "5").status == 15
    ran = museum("ask", "5", "--person", "甲示例")
    assert (ran.status, "示例基金会" in ran.out) == (0, True)


def test_a_file_says_itself_that_it_holds_no_answer(museum: Command, tmp_path: Path) -> None:
    path = tmp_path / "ways.csv"
    assert museum("ask", "1", "-o", str(path)).status == 15
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row[0][:3] for row in csv.reader(file)][-1] == "答不了"


def test_http_and_python_say_the_same(museum: Command, store: Path) -> None:
    here = museum("ask", "1", "--json").json
    with lianyin.open(settings=Settings(store=f"kglite://{store}", today="2020-09-10")) as client:  # type: ignore[arg-type]
        found = client.question("1")
        assert list(found.lacks) == here["lacks"]
    ontology = default_ontology()
    opened = open_store(f"kglite://{store}", ontology)
    try:
        app = create_app(Settings(store=f"kglite://{store}", today="2020-09-10"), opened)  # type: ignore[arg-type]
        with TestClient(app, base_url="http://127.0.0.1") as served:
            told = served.get("/v1/questions/1").json()
            assert (told["total"], told["lacks"]) == (None, here["lacks"])
            assert served.get("/v1/connections?from_type=高校&to_type=企业").json()["total"] is None
    finally:
        opened.close()
