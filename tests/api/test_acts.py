"""Actions over HTTP: what there is to do, a preview, doing it, and what is refused."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from cooperation.actions.register import ACTIONS
from graph.errors import RuleBroken
from tests.api.conftest import Door, graph_of, through
from tests.api.test_needs import acting, served

__all__ = ["served"]

GIVEN = {"studio": "赵拟工作室", "expert": "张拟", "since": "2020-09-01"}
PAIR = {"given": GIVEN}


def test_an_action_is_previewed_done_and_undone(served: TestClient) -> None:
    seen = served.post("/v1/acts/pair", json={**PAIR, "preview": True}, headers=acting("studio:赵拟工作室")).json()
    assert seen["states"] == [{"type": "PAIRED_WITH", "subject": "s:zhao", "object": "p:zhang", "values": {"validFrom": "2020-09-01"}}]
    assert not [each for each in served.get("/v1/nodes/s:zhao").json()["relationships"] if each["type"] == "PAIRED_WITH"]
    done = served.post("/v1/acts/结对", json=PAIR, headers=acting("工作室:赵拟工作室")).json()
    assert (done["action"], done["subject"], done["preview"], done["states"]) == ("pair", "s:zhao", False, [])
    again = served.post("/v1/acts/pair", json=PAIR, headers=acting("studio:赵拟工作室"))
    assert (again.status_code, again.json()["rule"]) == (409, "pairing.pair.overlap")


def test_what_there_is_to_do_depends_on_who_asks(served: TestClient) -> None:
    found = {
        actor: {each["action"] for each in served.get("/v1/acts", headers=acting(actor)).json()["actions"]}
        for actor in ("studio:赵拟工作室", "union", "public")
    }
    assert found["public"] == set()
    assert "score" not in found["union"] and "grant" in found["union"] and "grant" not in found["studio:赵拟工作室"]
    assert found["union"] <= set(ACTIONS)


@pytest.mark.parametrize(
    ("name", "given", "status", "parameter"),
    [
        ("pair", {"studio": "赵拟工作室"}, 422, "expert"),
        ("pair", {"studio": "赵拟工作室", "expert": "无人"}, 404, "expert"),
        ("pair", {"studio": "赵拟工作室", "expert": "张拟", "since": "1. Mai"}, 422, "since"),
        ("pair", {"studio": "赵拟工作室", "expert": "张拟", "colour": "red"}, 400, "colour"),
        ("dance", {}, 400, "action"),
    ],
)
def test_what_does_not_fit_is_told_with_its_parameter(
    served: TestClient, name: str, given: dict[str, str], status: int, parameter: str
) -> None:
    refused = served.post(f"/v1/acts/{name}", json={"given": given}, headers=acting("studio:赵拟工作室"))
    assert (refused.status_code, refused.json()["where"]["parameter"]) == (status, parameter), refused.text


def test_through_a_server_everything_is_the_same(served: TestClient) -> None:
    here, there = Door(graph_of(served).transport), Door(through(served))
    for door in (here, there):
        assert door.on_behalf_of("union").act("pair", GIVEN, preview=True).answer.subject == "s:zhao"
    assert there.on_behalf_of("union").actions() == here.on_behalf_of("union").actions()
    assert there.on_behalf_of("union").act("pair", GIVEN, preview=True) == here.on_behalf_of("union").act("pair", GIVEN, preview=True)
    assert there.on_behalf_of("union").act("pair", GIVEN).answer.subject == "s:zhao"
    assert there.on_behalf_of("talent").notices() == here.on_behalf_of("talent").notices()
    told = []
    for door in (there, here):
        with pytest.raises(RuleBroken, match="paired already") as refused:
            door.on_behalf_of("union").act("pair", GIVEN)
        told.append((refused.value.rule, refused.value.detail))
    assert told[0] == told[1]


def test_score_sheets_are_a_reviewers_own(served: TestClient) -> None:
    refused = served.get("/v1/acts/sheets", headers=acting("talent"))
    assert (refused.status_code, refused.json()["rule"]) == (403, "incentive.sheets")
    assert served.get("/v1/acts/sheets", headers=acting("reviewer:张拟")).json() == {
        "actor": "reviewer:p:zhang",
        "sheets": [],
        "waiting": 0,
    }
