"""Every answer is the command line's own, byte for byte as data, and fits the schema that the OpenAPI document promises."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from api.schemas.tables import Ready
from lianyin.answers.analyses import AnalysisAnswer, CoverageAnswer, PredictionAnswer, WhatIfAnswer
from lianyin.answers.loading import LoadsAnswer
from lianyin.answers.nodes import HitsAnswer, NodeAnswer, WhyAnswer, WhyPropertyAnswer
from lianyin.answers.paths import CommonAnswer, ConnectAnswer, ConnectionsAnswer, NeighbourhoodAnswer, PathsAnswer
from lianyin.answers.tables import CypherAnswer, SchemaAnswer, StatsAnswer, VerificationAnswer
from lianyin.client import Client
from tests.api.conftest import MAPPING, graph_of

SCHOOL = "first-graph-school:示例大学"
COUNT = "MATCH (p:Person)-[:EMPLOYED_BY]->(u:University) RETURN u.name AS school, count(p) AS people ORDER BY people DESC, school"
ANALYSES = ("degree", "pagerank", "betweenness", "k-core", "components", "bridges", "cut-nodes", "brokers", "communities")

GETS: list[tuple[str, type[Any], Callable[[Client], object]]] = [
    ("/v1/paths?from=示例大学&to=示例重工有限公司", PathsAnswer, lambda c: c.paths("示例大学", "示例重工有限公司")),
    (
        "/v1/paths?from=示例大学&to=示例重工有限公司&kind=all-shortest&limit=1&max_hops=4&as_of=2020-09-10",
        PathsAnswer,
        lambda c: c.paths("示例大学", "示例重工有限公司", kind="all-shortest", limit=1, max_hops=4, as_of="2020-09-10"),
    ),
    ("/v1/paths?from=设想医学院&to=示例重工有限公司", PathsAnswer, lambda c: c.paths("设想医学院", "示例重工有限公司")),
    ("/v1/connections?from_type=高校&to_type=企业", ConnectionsAnswer, lambda c: c.connections("高校", "企业")),
    (
        "/v1/connections?from_type=University&to_type=Enterprise&via=Project|Person&to=示例重工有限公司&limit=2",
        ConnectionsAnswer,
        lambda c: c.connections("University", "Enterprise", via=("Project|Person",), to=("示例重工有限公司",), limit=2),
    ),
    ("/v1/connections?from_type=高校&to_type=企业&count=true", ConnectionsAnswer, lambda c: c.connections("高校", "企业", count=True)),
    (
        "/v1/paths?from=示例大学&to=示例重工有限公司&avoid=张拟&via=Person|Project&never=Organization&min_trust=2"
        "&relationship=EMPLOYED_BY&relationship=LEADS&relationship=MEMBER_OF&relationship=PARTICIPATES_IN&max_degree=50",
        PathsAnswer,
        lambda c: c.paths(
            "示例大学",
            "示例重工有限公司",
            avoid=("张拟",),
            via=("Person|Project",),
            never=("Organization",),
            min_trust=2,
            relationship=("EMPLOYED_BY", "LEADS", "MEMBER_OF", "PARTICIPATES_IN"),
            max_degree=50,
        ),
    ),
    (
        "/v1/paths?from=示例大学&to=示例重工有限公司&from_date=2010-01-01&to_date=2020-01-01&together=true&direction=any",
        PathsAnswer,
        lambda c: c.paths("示例大学", "示例重工有限公司", from_date="2010-01-01", to_date="2020-01-01", together=True, direction="any"),
    ),
    (
        "/v1/connections?from_type=高校&to_type=企业&from=示例大学&only=Person&only=Project",
        ConnectionsAnswer,
        lambda c: c.connections("高校", "企业", from_=("示例大学",), only=("Person", "Project")),
    ),
    (
        "/v1/common-neighbours?node=轻量化焊接工艺&node=示例大学&limit=1",
        CommonAnswer,
        lambda c: c.common_neighbours(("轻量化焊接工艺", "示例大学"), limit=1),
    ),
    (
        "/v1/connecting?node=示例大学&node=示例重工有限公司&node=张拟&max_hops=4",
        ConnectAnswer,
        lambda c: c.connect_nodes(("示例大学", "示例重工有限公司", "张拟"), max_hops=4),
    ),
    ("/v1/connecting?node=设想医学院&node=示例大学", ConnectAnswer, lambda c: c.connect_nodes(("设想医学院", "示例大学"))),
    ("/v1/neighbourhood?node=示例大学&max_hops=3", NeighbourhoodAnswer, lambda c: c.neighbourhood("示例大学", max_hops=3)),
    (
        "/v1/neighbourhood?node=示例大学&type=人员&limit=1&hop=1",
        NeighbourhoodAnswer,
        lambda c: c.neighbourhood("示例大学", type=("人员",), limit=1, hop=1),
    ),
    *((f"/v1/analyses?name={name}&limit=5", AnalysisAnswer, lambda c, name=name: c.analyse(name, limit=5)) for name in ANALYSES),
    (
        "/v1/analyses?name=personalised-pagerank&node=示例大学&type=人员&never=Project&members=2",
        AnalysisAnswer,
        lambda c: c.analyse("personalised-pagerank", node=("示例大学",), type=("人员",), never=("Project",), members=2),
    ),
    (
        "/v1/coverage?rows_type=高校&columns_type=企业&counted=项目&max_hops=2&row=示例大学&zeros=1",
        CoverageAnswer,
        lambda c: c.coverage("高校", "企业", counted="项目", max_hops=2, row=("示例大学",), zeros=1),
    ),
    (
        "/v1/predictions?measure=jaccard&from_type=人员&to_type=项目&hold_out=0.2&seed=7",
        PredictionAnswer,
        lambda c: c.predict(measure="jaccard", from_type="人员", to_type="项目", hold_out=0.2, seed=7),
    ),
    (
        "/v1/what-if?leave=王虚构&add_node=新大学 高校&add=张拟 EMPLOYED_BY 新大学&max_hops=4",
        WhatIfAnswer,
        lambda c: c.what_if(leave=("王虚构",), add_node=("新大学 高校",), add=("张拟 EMPLOYED_BY 新大学",), max_hops=4),
    ),
    ("/v1/search?text=示例&type=高校&limit=3", HitsAnswer, lambda c: c.search("示例", ("高校",), 3)),
    ("/v1/autocomplete?text=shili", HitsAnswer, lambda c: c.autocomplete("shili")),
    (f"/v1/nodes/{SCHOOL}", NodeAnswer, lambda c: c.show(SCHOOL)),
    ("/v1/nodes/示例大学", NodeAnswer, lambda c: c.show("示例大学")),
    (f"/v1/nodes/{quote(SCHOOL, safe='')}/why", WhyAnswer, lambda c: c.why(SCHOOL)),
    (f"/v1/nodes/{SCHOOL}/why?property=名称", WhyPropertyAnswer, lambda c: c.why(SCHOOL, "name")),
    ("/v1/loads", LoadsAnswer, lambda c: c.loads()),
    ("/v1/stats", StatsAnswer, lambda c: c.stats()),
    ("/v1/schema", SchemaAnswer, lambda c: c.schema()),
    ("/v1/verification", VerificationAnswer, lambda c: c.verify()),
]


@pytest.mark.parametrize(("address", "model", "asked"), GETS, ids=[address for address, _, _ in GETS])
def test_the_same_json_as_the_command_line(shared: TestClient, address: str, model: type[Any], asked: Callable[[Client], object]) -> None:
    response = shared.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    expected = asked(graph_of(shared))
    assert response.json() == orjson.loads(orjson.dumps(expected.to_dict(), option=orjson.OPT_NON_STR_KEYS))  # type: ignore[attr-defined]
    TypeAdapter(model).validate_python(response.json())


def test_cypher_is_the_same_too(shared: TestClient) -> None:
    response = shared.post("/v1/cypher", json={"query": COUNT + " LIMIT $n", "parameters": {"n": 2}})
    assert response.json()["rows"] == [["样本理工大学", 2], ["示例大学", 2]]
    assert response.json() == graph_of(shared).cypher(COUNT + " LIMIT $n", {"n": 2}).to_dict()
    TypeAdapter(CypherAnswer).validate_python(response.json())


def test_a_writing_query_is_refused(shared: TestClient) -> None:
    response = shared.post("/v1/cypher", json={"query": "MATCH (n) DETACH DELETE n"})
    assert (response.status_code, response.json()["code"]) == (400, "query")
    assert shared.get("/v1/stats").json()["nodes"] == 20


def test_ids_with_slashes_and_colons_are_found(own: TestClient) -> None:
    table = "学校,姓名,职称,到校,离校\n大学/分校:甲?#%,李例,教授,2012-09,\n"
    mapping = ("mapping.yaml", MAPPING.read_bytes())
    sent = own.post("/v1/loads", files=[("files", ("experts.csv", table.encode())), ("mapping_file", mapping)])
    assert sent.status_code == 200, sent.text
    id = "first-graph-school:大学/分校:甲?#%"
    shown = own.get(f"/v1/nodes/{quote(id)}")
    assert shown.json()["node"]["id"] == id
    assert own.get(f"/v1/nodes/{quote(id, safe='')}/why").json()["sources"][0]["row"] == 2


@pytest.mark.parametrize("form", ["jsonl", "graphml", "csv"])
def test_the_export_is_the_same_bytes(shared: TestClient, form: str) -> None:
    data = io.BytesIO()
    nodes, relationships = graph_of(shared).export(form, data, "internal")
    response = shared.get(f"/v1/export?format={form}&audience=internal")
    assert response.content == data.getvalue()
    assert (
        (response.headers["lianyin-nodes"], response.headers["lianyin-relationships"]) == (str(nodes), str(relationships)) == ("20", "18")
    )


def test_the_picture_is_the_same_page_in_the_language_asked_for(shared: TestClient) -> None:
    client = graph_of(shared)
    address = "/v1/pictures?from=示例大学&to=示例重工有限公司"
    assert shared.get(address).text == client.picture("示例大学", "示例重工有限公司")
    english = shared.get(f"{address}&language=en&audience=internal").text
    assert english == client.read_by(language="en").picture("示例大学", "示例重工有限公司", audience="internal")
    assert shared.get(address, headers={"accept-language": "en-GB,zh"}).text == client.read_by(language="en").picture(
        "示例大学", "示例重工有限公司"
    )
    assert shared.get("/v1/pictures?around=示例大学").text == client.picture(around="示例大学")
    assert shared.get("/v1/pictures").status_code == 400


def test_health_asks_nobody_and_readiness_asks_the_store(own: TestClient) -> None:
    Ready.model_validate(own.get("/readyz").json())
    graph_of(own).store.close()
    assert own.get("/healthz").json() == {"status": "alive"}
    response = own.get("/readyz")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert own.get("/v1/paths?from=示例大学&to=示例重工有限公司").status_code == 500


def test_a_reader_of_lower_clearance_sees_less(shared: TestClient) -> None:
    address = "/v1/paths?from=示例大学&to=示例重工有限公司"
    names = [node["caption"] for node in shared.get(address, headers={"lianyin-clearance": "0"}).json()["paths"][0]["nodes"]]
    assert names == ["示例大学", "人员 1", "轻量化焊接工艺", "示例重工有限公司"]
    assert shared.get(address, headers={"lianyin-clearance": "3"}).json() == shared.get(address).json()
