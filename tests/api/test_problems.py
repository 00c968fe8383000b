"""Every failure is a problem document (RFC 9457), and every error of the tree has its status."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api import problems
from api.schemas.common import Problem
from graph import errors
from graph.errors import LianyinError
from tests.api.conftest import graph_of

CLASSES = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, LianyinError)]


def test_every_error_of_the_tree_has_a_status_and_no_status_is_without_an_error() -> None:
    assert {each.code for each in CLASSES} == set(problems.STATUS)
    assert all(400 <= status < 600 for status in problems.STATUS.values())


def test_no_code_means_two_things() -> None:
    codes = [kind.code for kind in problems.KINDS]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(problems.STATUS)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/nowhere", 404, "no-route"),
        ("/v1/nodes/没有此人", 404, "not-found"),
        ("/v1/nodes/", 422, "parameters"),
        ("/v1/nodes/李样本", 409, "ambiguous"),
        ("/v1/paths?from=示例大学&to=示例大学", 400, "query"),
        ("/v1/paths?from=示例大学", 422, "parameters"),
        ("/v1/paths?from=示例大学&to=示例重工有限公司&max_hop=3", 422, "parameters"),
        ("/v1/paths?from=示例大学&to=示例重工有限公司&max_hops=13", 400, "query"),
        ("/v1/paths?from=示例大学&to=示例重工有限公司&as_of=2020-02-30", 400, "query"),
        ("/v1/connections?from_type=高效&to_type=企业", 404, "not-found"),
        ("/v1/search?text=%20", 400, "query"),
        ("/v1/search?text=a%00b", 422, "parameters"),
        ("/v1/pictures?from=设想医学院&to=示例重工有限公司", 404, "not-found"),
        ("/v1/export?format=pdf", 422, "parameters"),
    ],
)
def test_a_failure_says_what_and_where(shared: TestClient, address: str, status: int, code: str) -> None:
    response = shared.get(address)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem = Problem.model_validate(response.json())
    assert (problem.status, problem.code, problem.type) == (status, code, f"urn:lianyin:problem:{code}")
    assert problem.detail and problem.title == problem.title_zh != problem.title_en
    assert "/work" not in response.text


def test_the_title_is_in_the_language_of_the_asker(shared: TestClient) -> None:
    problem = shared.get("/v1/nodes/没有此人", headers={"accept-language": "en"}).json()
    assert problem["title"] == problem["title_en"] == "Not found"


def test_an_ambiguous_name_brings_its_candidates(shared: TestClient) -> None:
    candidates = shared.get("/v1/nodes/李样本").json()["candidates"]
    assert {candidate["hint"] for candidate in candidates} == {"示例大学、轻量化焊接工艺", "样本理工大学、电缆在线检测"}
    assert shared.get(f"/v1/nodes/{candidates[0]['id']}").status_code == 200


def test_a_near_name_is_offered(shared: TestClient) -> None:
    assert "示例大学" in shared.get("/v1/nodes/示列大学").json()["hint"]


def test_every_wrong_parameter_is_named(shared: TestClient) -> None:
    problem = shared.get("/v1/connections?from_type=&limit=x").json()
    assert {each["parameter"] for each in problem["errors"]} == {"from_type", "to_type", "limit"}


def test_the_wrong_method_says_so(shared: TestClient) -> None:
    response = shared.post("/v1/stats")
    assert (response.status_code, response.json()["code"]) == (405, "method")
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_body_that_is_no_json_says_so(shared: TestClient) -> None:
    response = shared.post("/v1/cypher", content=b"{", headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (422, "parameters")


def test_a_defect_is_told_without_its_innards(own: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr(graph_of(own).store, "loads", broken)
    response = own.get("/v1/loads")
    assert (response.status_code, response.json()["code"]) == (500, "defect")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "a secret of the house" in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "RETURN $n", "parameters": {"n": 99999999999999999999999999}}',
        b'{"query": "RETURN $n", "parameters": {"n": [{"deep": -9223372036854775809}]}}',
        b'{"query": "RETURN $n", "parameters": {"n": "\\ud800"}}',
        b'{"query": "RETURN $n", "parameters": {"n": {"\\ud800": 1}}}',
        b'{"query": "RETURN 1", "more": 1}',
        b'{"query": ""}',
        b"[]",
        b"\xff\xfe",
    ],
)
def test_a_query_that_no_store_takes_is_refused(shared: TestClient, body: bytes) -> None:
    response = shared.post("/v1/cypher", content=body, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (422, "parameters")


def test_a_parameter_may_have_any_name(shared: TestClient) -> None:
    asked = {"query": "RETURN $self AS a, $text AS b", "parameters": {"self": 1, "text": [2]}}
    assert shared.post("/v1/cypher", json=asked).json()["rows"] == [[1, [2]]]


def test_a_body_too_deep_or_torn_is_refused(shared: TestClient) -> None:
    deep = shared.post("/v1/cypher", content=b"[" * 100_000, headers={"content-type": "application/json"})
    torn = shared.post("/v1/loads", content=b"torn", headers={"content-type": "multipart/form-data"})
    assert [(answer.status_code, answer.json()["code"]) for answer in (deep, torn)] == [(422, "parameters"), (400, "body")]
