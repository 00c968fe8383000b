"""Over HTTP: how a table would be read, with sentences and doubts; then loaded with the mapping that came back."""

from __future__ import annotations

from pathlib import Path

import orjson
from fastapi.testclient import TestClient

from api.schemas.understanding import UnderstoodAnswer
from tests.api.conftest import graph_of
from tests.lianyin.office_tables import TABLES

EDGES = next(table for table in TABLES if table.name == "edges")
VISITS = next(table for table in TABLES if table.name == "visits")


def sent(folder: Path, table: object) -> tuple[str, tuple[str, bytes]]:
    assert table in TABLES
    path = folder / table.file  # type: ignore[attr-defined]
    table.write(path)  # type: ignore[attr-defined]
    return "files", (path.name, path.read_bytes())


def test_a_table_is_told_and_nothing_is_recorded(own: TestClient, tmp_path: Path) -> None:
    before = graph_of(own).store.head()
    told = own.post("/v1/loads/understanding", files=[sent(tmp_path, EDGES)])
    assert told.status_code == 200
    UnderstoodAnswer.model_validate(told.json())
    (table,) = told.json()["tables"]
    assert (table["file"], table["chosen"], table["sure"]) == (EDGES.file, "interpreted", True)
    assert table["sentences"][0]["sentences"][0]["zh"] == "冯样远（人员）任职于蜀都样本大学（高校），2012 起"
    assert {each["column"] for each in table["columns"]} == {"主体", "关系", "客体", "开始年份"}
    assert graph_of(own).store.head() == before


def test_the_mapping_that_came_back_loads_the_table(own: TestClient, tmp_path: Path) -> None:
    part = sent(tmp_path, EDGES)
    mapping = own.post("/v1/loads/understanding", files=[part]).json()["mapping"]
    done = own.post("/v1/loads", files=[part, ("mapping_file", ("mapping.yaml", mapping.encode()))])
    assert done.status_code == 200 and done.json()["files"][0]["relationships"] == 4


def test_answers_settle_what_is_in_doubt(own: TestClient, tmp_path: Path) -> None:
    part = sent(tmp_path, VISITS)
    (table,) = own.post("/v1/loads/understanding", files=[part]).json()["tables"]
    (doubt,) = table["doubts"]
    assert doubt["column"] == "谈了什么" and not table["sure"] and "unused" in [each["key"] for each in doubt["options"]]
    answers = orjson.dumps({f"{VISITS.file}/Sheet1": {"谈了什么": "unused"}}).decode()
    (again,) = own.post("/v1/loads/understanding", files=[part], data={"answers": answers}).json()["tables"]
    assert again["sure"] and again["doubts"] == [] and "谈了什么" in [each["column"] for each in again["unused"]]


def test_answers_that_are_none_are_refused(own: TestClient, tmp_path: Path) -> None:
    refused = own.post("/v1/loads/understanding", files=[sent(tmp_path, EDGES)], data={"answers": "[1]"})
    assert refused.status_code == 400 and refused.json()["where"] == {"parameter": "answers"}
    assert own.post("/v1/loads/understanding").status_code == 400
