"""Needs over HTTP: the way through, who may, and the same documents as through the client of a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api import create_app
from graph.errors import Forbidden, LianyinError, RuleBroken, WrongParameters
from graph.factory import open_store
from lianyin.operations.needs import (
    EditNeed,
    ListNeeds,
    MoveNeed,
    OneNeed,
    PostNeed,
    edit_need,
    move_need,
    need,
    need_history,
    needs,
    post_need,
)
from lianyin.settings import Settings, load_types
from tests.api.conftest import HOME, TOKEN, Door, graph_of, through
from tests.cooperation.world import build

POSTED = {"name": "轻量化焊接", "kind": "技术", "budget_wan": 50, "due": "2020-12-31", "field": ["焊接"], "need": "n:1"}


def acting(text: str) -> dict[str, str]:
    return {"lianyin-actor": quote(text, safe="")}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(store=f"kglite://{tmp_path}/store", today="2020-09-10", language="zh")  # type: ignore[arg-type]
    store = open_store(settings.store_url(), load_types(settings))
    build(store)
    with TestClient(create_app(settings, store, token=TOKEN), base_url=HOME, raise_server_exceptions=False) as client:
        yield client
    store.close()


def published(served: TestClient) -> None:
    assert served.post("/v1/needs", json=POSTED, headers=acting("企业:示例重工")).json()["state"] == "草稿"
    for actor, move in (("企业:示例重工", "submit"), ("县区:邗江区", "publish")):
        done = served.post("/v1/needs/n:1/moves", json={"move": move}, headers=acting(actor))
        assert done.status_code == 200, done.text


def test_a_need_is_posted_reviewed_taken_on_and_told(served: TestClient) -> None:
    published(served)
    assert served.post("/v1/needs/n:1/moves", json={"move": "接单"}, headers=acting("专家:张拟")).json()["state"] == "已接单"
    listed = served.get("/v1/needs?state=已接单&district=邗江区", headers=acting("talent")).json()
    assert (listed["total"], listed["by_state"]) == (1, {"已接单": 1})
    assert listed["needs"][0]["enterprises"] == [{"id": "e:acme", "caption": "示例重工"}]
    found = served.get("/v1/needs/轻量化焊接", headers=acting("enterprise:示例重工")).json()
    assert [each["move"] for each in found["moves"]] == ["talk", "withdraw"]
    events = served.get("/v1/needs/n:1/history", headers=acting("talent")).json()["events"]
    assert [(each["actor"], each["move"]) for each in events] == [
        ("enterprise:示例重工", "post"),
        ("enterprise:示例重工", "submit"),
        ("district:邗江区", "publish"),
        ("expert:张拟", "accept"),
    ]
    changed = served.patch("/v1/needs/n:1", json={"name": "换一个"}, headers=acting("企业:示例重工"))
    assert (changed.status_code, changed.json()["rule"]) == (409, "need.edit.state")


@pytest.mark.parametrize(
    ("actor", "made", "status", "code", "rule"),
    [
        ("专家:张拟", {"move": "publish"}, 403, "forbidden", "need.publish"),
        ("企业:示例泵业", {"move": "withdraw", "reason": "…"}, 403, "forbidden", "need.withdraw"),
        ("企业:示例重工", {"move": "start"}, 409, "rule-broken", "need.start.state"),
        ("企业:示例重工", {"move": "withdraw"}, 422, "value", ""),
        ("企业:示例重工", {"move": "fly"}, 400, "query", ""),
        ("谁", {"move": "accept"}, 400, "query", ""),
        ("企业:没有", {"move": "withdraw"}, 404, "not-found", ""),
        ("专家:张拟", {"move": "accept", "expected": 1}, 409, "rule-broken", "stale-revision"),
        ("专家:张拟", {"move": "accept", "expected": -1}, 422, "parameters", ""),
    ],
)
def test_what_may_not_be_is_a_problem_that_names_the_rule(
    served: TestClient, actor: str, made: dict[str, object], status: int, code: str, rule: str
) -> None:
    published(served)
    before = served.get("/v1/needs/n:1", headers=acting("talent")).json()
    refused = served.post("/v1/needs/n:1/moves", json=made, headers=acting(actor))
    assert (refused.status_code, refused.json()["code"], refused.json().get("rule", "")) == (status, code, rule), refused.text
    assert served.get("/v1/needs/n:1", headers=acting("talent")).json() == before


def test_nobody_acts_without_saying_who(served: TestClient) -> None:
    assert served.get("/v1/needs").status_code == 422
    assert served.post("/v1/needs", json=POSTED).status_code == 422


def test_a_secret_need_keeps_its_inside(served: TestClient) -> None:
    secret = {**POSTED, "secret": True, "detail": "军品", "need": "n:2"}
    assert served.post("/v1/needs", json=secret, headers=acting("企业:示例重工")).status_code == 200
    assert served.get("/v1/needs/n:2", headers=acting("专家:张拟")).status_code == 404
    for actor, move in (("企业:示例重工", "submit"), ("talent", "publish")):
        served.post("/v1/needs/n:2/moves", json={"move": move}, headers=acting(actor))
    outside = served.get("/v1/needs/n:2", headers=acting("专家:张拟"))
    assert "军品" not in outside.text and "示例重工" not in outside.text
    assert served.get("/v1/needs/n:2/history", headers=acting("专家:张拟")).status_code == 403
    served.post("/v1/needs/n:2/moves", json={"move": "accept"}, headers=acting("专家:张拟"))
    assert "军品" in served.get("/v1/needs/n:2", headers=acting("专家:张拟")).text


def test_experts_are_not_named_to_readers_who_may_not_see_names(served: TestClient) -> None:
    published(served)
    served.post("/v1/needs/n:1/moves", json={"move": "accept"}, headers=acting("专家:张拟"))
    told = served.get("/v1/needs/n:1/history", headers={**acting("talent"), "lianyin-clearance": "1"})
    assert told.json()["events"][-1]["actor"] == "expert"
    assert "张拟" not in told.text and "p:zhang" not in told.text


def test_through_a_server_everything_is_the_same(served: TestClient) -> None:
    here, there = graph_of(served).transport, through(served)
    firm = "企业:示例重工"
    assert there.answer(post_need, PostNeed(name="轻量化焊接", kind="技术", field=("焊接",), need="n:1"), firm).state == "草稿"
    there.answer(edit_need, EditNeed(need="n:1", budget_wan=80.0), firm)
    there.answer(move_need, MoveNeed("n:1", "submit"), firm)
    there.answer(move_need, MoveNeed("n:1", "publish"), "talent")
    for operation, request, actor in (
        (needs, ListNeeds(state=("已发布",), district="邗江区"), "talent"),
        (needs, ListNeeds(mine=True, overdue=True), firm),
        (need, OneNeed("n:1"), "talent"),
        (need_history, OneNeed("n:1"), "talent"),
    ):
        assert there.answer(operation, request, actor) == here.answer(operation, request, actor)
    for actor, kind in (("专家:张拟", Forbidden), ("talent", RuleBroken), ("", WrongParameters)):
        told: list[LianyinError] = []
        for door in (here, there):
            with pytest.raises(kind) as refused:
                door.answer(move_need, MoveNeed("n:1", "publish"), actor)
            told.append(refused.value)
        assert kind is WrongParameters or (str(told[0]) == str(told[1]) and vars(told[0]) == vars(told[1]))


def test_questions_and_matches_as_a_role_sees_them(served: TestClient) -> None:
    published(served)
    here, there = Door(graph_of(served).transport), Door(through(served))
    for actor in ("", "talent", "县区:邗江区"):
        for door in (here, there):
            assert door.on_behalf_of(actor).question("9", {"days": 0}, "2020-10-20").answer.total == 1
    for question in (
        lambda door: door.on_behalf_of("县区:高邮市").question("9", {"days": 0}, "2020-10-20"),
        lambda door: door.question("9", {"days": 0}, "2020-10-20"),
        lambda door: door.on_behalf_of("企业:示例重工").match("n:1"),
        lambda door: door.on_behalf_of("public").targets(2020),
        lambda door: door.on_behalf_of("union").reconcile({"needs": 1}),
        lambda door: door.lists(),
    ):
        assert question(there) == question(here)
    assert here.on_behalf_of("县区:高邮市").question("9", {"days": 0}, "2020-10-20").answer.total == 0
    for refused in (
        lambda door: door.on_behalf_of("public").listing("pairs"),
        lambda door: door.on_behalf_of("县区:高邮市").question("9", {"district": "邗江区"}),
        lambda door: door.on_behalf_of("企业:示例泵业").match("n:1"),
        lambda door: door.on_behalf_of("public").reconcile({"needs": 1}),
    ):
        for door in (here, there):
            with pytest.raises(Forbidden):
                refused(door)
    assert served.get("/v1/lists/pairs", headers=acting("nobody")).status_code == 400


def test_a_secret_need_is_at_no_address_but_the_desks(served: TestClient) -> None:
    """Below the class: every address that takes a node, a text or types, whatever it answers."""
    secret = {**POSTED, "name": "秘密课题", "secret": True, "detail": "军品", "must_have": ["暗号"], "need": "n:2"}
    served.post("/v1/needs", json=secret, headers=acting("企业:示例重工"))
    for actor, move in (("企业:示例重工", "submit"), ("talent", "publish")):
        served.post("/v1/needs/n:2/moves", json={"move": move}, headers=acting(actor))
    addresses = (
        "/v1/search?text=秘密课题 /v1/autocomplete?text=秘密 /v1/nodes/n:2 /v1/nodes/示例重工 /v1/nodes/n:2/why "
        "/v1/neighbourhood?node=示例重工&max_hops=2&type=Need /v1/connections?from_type=Enterprise&to_type=Need&max_hops=2 "
        "/v1/match/n:2 /v1/questions/9 /v1/insights/radar /v1/targets/2020 /v1/stats /v1/loads "
        "/v1/pictures?around=示例重工&audience=internal "
        "/v1/export?format=jsonl&audience=internal /v1/analyses?name=degree /v1/coverage?rows_type=Enterprise&columns_type=Need"
    ).split()
    canaries = ("秘密课题", "军品", "暗号", r"(?<!\w)n:2(?!\w)")  # no part of a style such as margin:26px
    for address in addresses:
        assert served.get(address).status_code == 200, f"with the class {address} is answered"
        for clearance in ("0", "1"):
            told = served.get(address, headers={"lianyin-clearance": clearance})
            assert not [canary for canary in canaries if re.search(canary, told.text) and not re.search(canary, address)], address
    assert served.get("/v1/nodes/n:2", headers={"lianyin-clearance": "1"}).status_code == 404
    telling = [address for address in addresses if "秘密课题" in served.get(address).text]
    assert {"/v1/nodes/n:2", "/v1/nodes/示例重工", "/v1/search?text=秘密课题", "/v1/pictures?around=示例重工&audience=internal"} <= set(
        telling
    )
