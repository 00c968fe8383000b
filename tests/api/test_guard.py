"""Who may ask, and what every answer carries, while there is no log-in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import TOKEN, serving


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8707", "localhost", "LOCALHOST:1", "[::1]:8707"])
def test_this_machine_may_ask(shared: TestClient, host: str) -> None:
    assert shared.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8707", "10.0.0.1", "", "[::1].evil"])
def test_another_name_that_leads_here_may_not(shared: TestClient, host: str) -> None:
    for address in ("/", "/healthz", "/v1/stats"):
        response = shared.get(address, headers={"host": host})
        assert (response.status_code, response.json()["code"]) == (421, "host")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_another_sites_page_may_change_nothing(own: TestClient, headers: dict[str, str]) -> None:
    for address in ("/v1/loads/L1/undo", "/v1/cypher", "/v1/loads"):
        response = own.post(address, headers=headers)
        assert (response.status_code, response.json()["code"]) == (403, "origin")
    assert own.get("/v1/stats").json()["nodes"] == 20


def test_another_sites_page_may_ask_nothing(own: TestClient) -> None:
    for address in ("/v1/stats", "/v1/connections?from=University&to=Enterprise"):
        response = own.get(address, headers={"sec-fetch-site": "cross-site"})
        assert (response.status_code, response.json()["code"]) == (403, "origin")
    assert own.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200  # a link from elsewhere opens the page


def test_a_body_of_two_lengths_is_refused_and_the_connection_closed(own: TestClient) -> None:
    headers = {"content-length": "5", "transfer-encoding": "chunked"}
    response = own.post("/v1/cypher", headers=headers, content=b"0\r\n\r\n")
    assert (response.status_code, response.json()["code"], response.headers["connection"]) == (400, "body", "close")


def test_our_own_page_may(own: TestClient) -> None:
    headers = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    assert own.post("/v1/loads/L1/undo", headers=headers).status_code == 200


def test_a_wrong_token_is_refused_and_the_right_one_raises_the_clearance(shared: TestClient) -> None:
    assert shared.get("/readyz", headers={"lianyin-token": "other"}).json()["code"] == "token"
    assert shared.get("/readyz", headers={"lianyin-token": TOKEN}).status_code == 200
    assert shared.get("/readyz", headers={"lianyin-clearance": "9"}).status_code == 400
    assert shared.get("/readyz", headers={"lianyin-today": "tomorrow"}).status_code == 400


def test_only_the_token_raises_the_clearance(example_store: Path, tmp_path: Path) -> None:
    shutil.copytree(example_store, tmp_path / "store")
    with serving(tmp_path / "store", clearance=0) as client:
        address = "/v1/paths?from=示例大学&to=示例重工有限公司"

        def second(**headers: str) -> str:
            found: str = client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}).json()["paths"][0][
                "nodes"
            ][1]["caption"]
            return found

        assert second() == second(lianyin_clearance="2") == "人员 1"
        assert second(lianyin_clearance="2", lianyin_token=TOKEN) == "李样本"
        assert second() == "人员 1"


@pytest.mark.parametrize("address", ["/", "/docs", "/static/start.js", "/v1/stats", "/nowhere", "/v1/pictures?around=示例大学", "/healthz"])
def test_every_answer_is_guarded(shared: TestClient, address: str) -> None:
    headers = shared.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert ("access-control-allow-origin" in headers, "server" in headers) == (False, False)
    assert "frame-ancestors 'self'" in headers["content-security-policy"] if "pictures" in address else True


def test_scripts_come_from_our_own_files_only(shared: TestClient) -> None:
    policy = shared.get("/").headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert "sandbox allow-scripts" in shared.get("/v1/pictures?around=示例大学").headers["content-security-policy"]


@pytest.mark.parametrize("name", ["../guard.py", "..%2Fguard.py", "start.html", "nothing.js"])
def test_nothing_but_the_pages_parts_is_served(shared: TestClient, name: str) -> None:
    assert shared.get(f"/static/{name}").status_code == 404


def test_pages_and_parts_name_no_other_place(shared: TestClient) -> None:
    for address in ("/", "/static/start.js", "/static/words.js", "/static/suggest.js", "/static/start.css", "/docs", "/static/docs.js"):
        response = shared.get(address)
        assert response.status_code == 200
        assert "://" not in response.text
        again = shared.get(address, headers={"if-none-match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_what_is_sent_is_bounded(example_store: Path, tmp_path: Path) -> None:
    shutil.copytree(example_store, tmp_path / "store")
    with serving(tmp_path / "store", max_body_bytes=1000, max_upload_bytes=5000, max_upload_files=2) as client:
        said = client.post("/v1/cypher", json={"query": "x" * 1000})
        assert (said.status_code, said.json()["code"]) == (413, "too-large")

        def pieces() -> object:
            for _ in range(100):
                yield b"x" * 100

        unsaid = client.post("/v1/cypher", content=pieces(), headers={"content-type": "application/json"})  # type: ignore[arg-type]
        assert (unsaid.status_code, unsaid.json()["code"]) == (413, "too-large")
        large = client.post("/v1/loads?preview=true", files={"files": ("a.csv", b"x" * 6000)})
        assert large.status_code == 413
        many = client.post("/v1/loads?preview=true", files=[("files", (f"{n}.csv", b"a\n1")) for n in range(3)])
        assert (many.status_code, many.json()["code"]) == (400, "query")
