"""Judging over HTTP: what is proposed, judged, previewed, taken back, refused; the same through the client of a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph.errors import Forbidden, LianyinError, NotFound
from lianyin.labels import read_labels
from tests.api.conftest import Door, graph_of, serving, through
from tests.api.test_needs import acting

ACCOUNTS = """企业名称,统一社会信用代码,行业,镇街,联系人,电话,"县(市、区)"
扬州示例重工有限公司,,C34,示例镇,甲,,邗江区
示例重工,,C34,示例镇,甲,,邗江区
扬州设想泵业有限公司,,C34,示例镇,乙,,邗江区
设想电缆集团,,C38,示例镇,丙,,邗江区
"""
FULL, SHORT = "city-enterprise:扬州示例重工有限公司", "city-enterprise:示例重工"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[TestClient]:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "企业账号.csv").write_text(ACCOUNTS, "utf-8")
    with serving(tmp_path / "store") as client:
        graph_of(client).ingest([folder / "企业账号.csv"], "city")
        yield client


def judged(client: TestClient, verdict: str, **further: object) -> int:
    body = {"left": FULL, "right": SHORT, "verdict": verdict, **further}
    return client.post("/v1/review/judgements", json=body, headers=acting("人才办")).status_code


def test_a_pair_is_proposed_judged_and_taken_back(served: TestClient) -> None:
    found = served.get("/v1/review/candidates").json()
    (pair,) = found["candidates"]
    assert ({pair["left"]["id"], pair["right"]["id"]}, found["total"]) == ({FULL, SHORT}, 1)
    assert pair["score"] >= 0.85 and len({each["feature"] for each in pair["reasons"]}) > 1
    before = served.get("/v1/export?format=jsonl&audience=internal").content
    assert judged(served, "same", preview=True) == 200
    assert served.get("/v1/export?format=jsonl&audience=internal").content == before
    assert judged(served, "same", note="同一电话") == 200
    assert judged(served, "same") == 409
    assert served.get(f"/v1/nodes/{SHORT}").json()["node"]["id"] == served.get(f"/v1/nodes/{FULL}").json()["node"]["id"]
    (told,) = served.get("/v1/review/judgements").json()["judgements"]
    assert (told["verdict"], told["note"], told["actor"]) == ("same", "同一电话", "talent")
    done = served.delete("/v1/review/judgements", params={"left": FULL, "right": SHORT}, headers=acting("union"))
    assert (done.status_code, done.json()["verdict"]) == (200, "withdrawn")
    assert served.get("/v1/export?format=jsonl&audience=internal").content == before
    last = graph_of(served).store.loads()[-1]
    assert (last.kind, last.name) == ("undo", f"undo {told['load']}, union"), "who took it back is recorded"


@pytest.mark.parametrize(
    ("left", "right", "actor", "status", "code"),
    [
        (FULL, SHORT, "analyst", 403, "forbidden"),
        (FULL, "city-enterprise:没有", "talent", 404, "not-found"),
        (FULL, FULL, "talent", 400, "query"),
        ("", SHORT, "talent", 422, "parameters"),
    ],
)
def test_what_cannot_be_judged_is_refused(served: TestClient, left: str, right: str, actor: str, status: int, code: str) -> None:  # noqa: PLR0917
    body = {"left": left, "right": right, "verdict": "same"}
    refused = served.post("/v1/review/judgements", json=body, headers=acting(actor))
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert served.get("/v1/review/judgements").json()["judgements"] == []


def test_through_a_server_everything_is_the_same(served: TestClient, tmp_path: Path) -> None:
    here, there = Door(graph_of(served).transport), Door(through(served))
    labels = tmp_path / "labels.csv"
    labels.write_text(f"left,right,same\n{FULL},{SHORT},1\n{FULL},city-enterprise:设想电缆集团,0\n", "utf-8")
    assert there.candidates() == here.candidates()
    assert there.candidates(10, 0.0) == here.candidates(10, 0.0)
    assert there.candidate_quality(read_labels(labels)) == here.candidate_quality(read_labels(labels))
    assert there.on_behalf_of("union").judge(FULL, SHORT, "same", preview=True) == here.on_behalf_of("union").judge(
        FULL, SHORT, "same", preview=True
    )
    there.on_behalf_of("union").judge(FULL, SHORT, "different", "两家")
    assert there.judgements() == here.judgements()
    assert there.contradictions() == here.contradictions()
    for gone in ("city-enterprise:没有", "city-enterprise:不在了"):
        told: list[LianyinError] = []
        for door in (there, here):
            with pytest.raises(NotFound, match="any more") as refused:
                door.on_behalf_of("union").judge(FULL, gone, "same")
            told.append(refused.value)
        assert (told[0].detail, told[0].hint, told[0].where) == (told[1].detail, told[1].hint, told[1].where)
    assert there.on_behalf_of("union").withdraw_judgement(FULL, SHORT).document["verdict"] == "withdrawn"
    assert here.judgements().rows == []


def test_who_may_not_be_named_is_neither_proposed_nor_told_nor_judged(tmp_path: Path) -> None:
    rows = "序号,批次,县(市、区),姓名,派出单位,职称,研究方向,挂职职务,起止时间,手机\n"
    rows += "1,第十三批,邗江区,张拟,南京大学,副教授,焊接,示例镇副镇长,2020.8-2021.8,10000000001\n"
    rows += "2,第十三批,邗江区,张拟,东南大学,副教授,焊接,示例镇副镇长,2020.8-2021.8,10000000001\n"
    path = tmp_path / "科技镇长团团员花名册.csv"
    path.write_text(rows, "utf-8")
    with serving(tmp_path / "store", clearance=2) as client:
        graph = graph_of(client)
        graph.ingest([path], "city")
        one, other = sorted(node.id for node in graph.store.scan()[1] if node.type == "Person")
        public = Door(through(client, 1))
        with pytest.raises(Forbidden, match="clearance"):
            public.on_behalf_of("talent").judge(one, other, "same")
        graph.on_behalf_of("talent").judge(one, other, "different", "张拟有两人")
        assert public.judgements().document == {"judgements": [], "withheld": 1}
        assert public.candidates(100, 0.0).document["compared"] == 0
        with pytest.raises(Forbidden, match="clearance"):
            public.on_behalf_of("talent").withdraw_judgement(one, other)
