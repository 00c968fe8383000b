"""Uploads: tried out, recorded, taken back; and what a hostile one is told."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.schemas.loads import ReportAnswer
from graph.model import Head
from lianyin.answers.loading import LoadsAnswer, UndoAnswer
from lianyin.requests import adapter
from tests.api.conftest import EXAMPLE, MAPPING, graph_of, serving
from tests.ingest.test_apart import workbook

EXPERTS, PROJECTS = ((EXAMPLE / f"{name}.csv").read_bytes() for name in ("experts", "projects"))
Part = tuple[str, tuple[str, bytes]]
OWN_MAPPING: Part = ("mapping_file", ("mapping.yaml", MAPPING.read_bytes()))
NEW = "学校,姓名,职称,到校,离校\n示例大学,新来的,教授,2021-09,\n示例大学,,教授,2021-09,\n".encode()


def state(client: TestClient) -> tuple[Head, int, int]:
    graph = graph_of(client)
    return graph.store.head(), len(graph.loads()), client.get("/v1/stats").json()["nodes"]


def test_a_preview_says_what_a_load_would_and_records_nothing(own: TestClient) -> None:
    before = state(own)
    parts: list[Part] = [("files", ("experts.csv", EXPERTS + NEW.partition(b"\n")[2])), OWN_MAPPING]
    tried = own.post("/v1/loads?preview=true", files=parts).json()
    ReportAnswer.model_validate(tried)
    assert state(own) == before
    assert tried["load"] == ""
    assert tried["totals"] == {"read": 9, "new": 1, "updated": 0, "unchanged": 7, "rejected": 1}
    assert tried["rejected"][0]["column"] == "姓名"
    done = own.post("/v1/loads", files=parts).json()
    assert done["load"] == "L2"
    same = ("totals", "facts", "files", "rejected")
    assert {name: done[name] for name in same} == {name: tried[name] for name in same}
    assert done["facts"]["nodes_new"] == 1


def test_a_preview_notices_an_updated_row(own: TestClient) -> None:
    changed = EXPERTS.replace("示例大学,张拟,教授,2012-09".encode(), "示例大学,张拟,研究员,2012-09".encode())
    tried = own.post("/v1/loads?preview=true", files=[("files", ("experts.csv", changed)), OWN_MAPPING]).json()
    assert (tried["totals"]["updated"], tried["totals"]["unchanged"]) == (1, 6)


def test_load_and_undo_leave_the_graph_as_it_was(own: TestClient) -> None:
    before = own.get("/v1/export?audience=internal").content
    loaded = own.post("/v1/loads", files=[("files", ("more.csv", NEW)), OWN_MAPPING])
    assert loaded.status_code == 200
    assert own.get("/v1/export?audience=internal").content != before
    undone = own.post(f"/v1/loads/{loaded.json()['load']}/undo")
    adapter(UndoAnswer).validate_python(undone.json())
    assert own.get("/v1/export?audience=internal").content == before
    loads = adapter(LoadsAnswer).validate_python(own.get("/v1/loads").json()).loads
    assert [(load.id, load.state) for load in loads] == [("L1", "published"), ("L2", "undone"), ("L3", "published")]
    last = adapter(LoadsAnswer).validate_python(own.get("/v1/loads?kind=ingest&limit=1").json())
    assert ([load.id for load in last.loads], last.truncated, last.limit) == (["L2"], True, "loads")
    assert [own.get(f"/v1/loads?{asked}").status_code for asked in ("limit=0", "kind=other", "limit=1000000")] == [422] * 3
    again = own.post(f"/v1/loads/{loaded.json()['load']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert own.post("/v1/loads/L99/undo").status_code == 404


@pytest.mark.parametrize("preview", ["", "?preview=true"])
def test_a_workbook_that_is_too_much_is_refused_and_the_server_goes_on(example_store: Path, tmp_path: Path, preview: str) -> None:
    shutil.copytree(example_store, tmp_path / "store")
    path = workbook(tmp_path / "远.xlsx", far="ALL20000")
    with serving(tmp_path / "store", max_reading_bytes=50_000_000) as client:
        refused = client.post(f"/v1/loads{preview}", files=[("files", (path.name, path.read_bytes())), OWN_MAPPING])
        assert (refused.status_code, refused.json()["code"], refused.json()["where"]) == (422, "file", {"file": "远.xlsx"})
        assert "50 MB" in refused.json()["detail_en"]
        assert client.post("/v1/loads", files=[("files", ("more.csv", NEW)), OWN_MAPPING]).status_code == 200


def test_the_report_is_kept_with_the_store(own: TestClient, tmp_path: Path) -> None:
    own.post("/v1/loads", files=[("files", ("more.csv", NEW)), OWN_MAPPING])
    assert (tmp_path / "store" / "reports" / "L2.json").is_file()


def test_files_of_a_folder_that_fit_nothing_are_passed_over_and_named(own: TestClient) -> None:
    strange: Part = ("folder_files", ("office/strange.csv", b"a,b\n1,2\n"))
    parts: list[Part] = [("folder_files", ("office/more.csv", NEW)), strange, OWN_MAPPING]
    report = own.post("/v1/loads?preview=true", files=parts).json()
    assert [each["file"] for each in report["files"]] == ["more.csv"]
    assert [each["file"] for each in report["skipped"]] == ["strange.csv"]
    alone = own.post("/v1/loads?preview=true", files=[strange, OWN_MAPPING])
    assert (alone.status_code, alone.json()["code"]) == (422, "mapping")
    assert "office" in alone.json()["detail"] and tempfile.gettempdir() not in alone.text


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        ([], 400, "query"),
        ([("files", ("empty.csv", b""))], 422, "file"),
        ([("files", ("torn.xlsx", b"PK\x03\x04torn"))], 422, "file"),
        ([("files", ("strange.csv", b"a,b\n1,2\n"))], 422, "mapping"),
        ([("files", ("bad:name.csv", NEW))], 422, "file"),
        ([("files", ("x" * 300 + ".csv", NEW))], 422, "file"),
        ([("files", ("more.csv", NEW)), ("mapping_file", ("m.yaml", b"mapping: [")), OWN_MAPPING][:2], 422, "mapping"),
        ([("files", ("a/more.csv", NEW)), ("files", ("b/more.csv", NEW)), OWN_MAPPING], 422, "file"),
    ],
)
def test_what_cannot_be_loaded_is_told_without_our_folders(own: TestClient, parts: list[Part], status: int, code: str) -> None:
    before = state(own)
    response = own.post("/v1/loads", files=parts or {"other": ("x", b"")})
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert tempfile.gettempdir() not in response.text
    assert state(own)[::2] == before[::2]


@pytest.mark.parametrize("name", ["/etc/passwd", "../../mapping.yaml", "mapping.yaml", "C:\\m.yml"])
def test_a_mapping_is_chosen_by_name_never_by_a_path_of_the_server(own: TestClient, name: str) -> None:
    response = own.post("/v1/loads?preview=true", files=[("files", ("more.csv", NEW))], data={"mapping": name})
    assert (response.status_code, response.json()["where"]) == (400, {"parameter": "mapping"})


@pytest.mark.parametrize("name", ["../../more.csv", "..\\..\\more.csv", "/tmp/more.csv"])
def test_a_name_leads_nowhere_else(own: TestClient, name: str) -> None:
    report = own.post("/v1/loads?preview=true", files=[("files", (name, NEW)), OWN_MAPPING]).json()
    assert report["files"][0]["file"] == "more.csv"


def test_nothing_sent_stays_behind(own: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    own.post("/v1/loads", files=[("files", ("more.csv", NEW)), OWN_MAPPING])
    own.post("/v1/loads", files=[("files", ("strange.csv", b"a\n1"))])
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_is_said_of_single_tables_is_taken(own: TestClient) -> None:
    parts: list[Part] = [("files", ("experts.csv", EXPERTS)), OWN_MAPPING]
    told = own.post("/v1/loads?preview=true", files=parts, data={"tables": '{"experts.csv": {"date": "2023-05"}}'}).json()
    ReportAnswer.model_validate(told)
    assert [(each["date"], each["date_origin"]) for each in told["files"]] == [("2023-05", "answer")]
    refused = ("no JSON", '{"a": {"date": "Mai"}}', '{"a": {"edition_of": "L1", "new_series": true}}', '{"a": {"b": 1}}')
    for said in refused:
        assert own.post("/v1/loads?preview=true", files=parts, data={"tables": said}).status_code in (400, 422), said
