"""The questions whose answers are recorded, over HTTP and on the command line, by subject, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Asked(NamedTuple):
    """One request; ``body`` is sent as JSON, ``headers`` say who asks."""

    method: str
    address: str
    actor: str = ""
    clearance: str = ""
    body: Mapping[str, object] | None = None


A, B = "扬州大学", "扬州仿例特钢有限公司"
NEED = "city-need:XQ-01"
ENDS = f"from={A}&to={B}"
PAIRS = "from_type=高校&to_type=企业"


def get(*addresses: str, actor: str = "", clearance: str = "") -> tuple[Asked, ...]:
    return tuple(Asked("GET", address, actor, clearance) for address in addresses)


def post(address: str, body: Mapping[str, object], actor: str = "", method: str = "POST") -> Asked:
    return Asked(method, address, actor, body=body)


HTTP: Mapping[str, tuple[Asked, ...]] = {
    "nodes": (
        *get("/v1/search?text=特钢&limit=3", "/v1/search?text=yangzhou&type=高校&limit=3", "/v1/search?text="),
        *get("/v1/autocomplete?text=yzdx&limit=3", f"/v1/nodes/{A}", f"/v1/nodes/{B}/why", f"/v1/nodes/{B}/why?property=名称"),
        *get("/v1/nodes/没有此人", f"/v1/nodes/{B}/why?property=没有", "/v1/search?text=a&limit=0", "/v1/search?text=a&colour=red"),
        *get("/v1/search?text=特钢&limit=3", f"/v1/nodes/{NEED}", clearance="0"),
    ),
    "paths": (
        *get(f"/v1/paths?{ENDS}", f"/v1/paths?{ENDS}&kind=k-shortest&limit=2&weight=fresh&weights=SECONDED_FROM=2"),
        *get(f"/v1/paths?{ENDS}&kind=all-shortest&limit=2", f"/v1/paths?{ENDS}&kind=disjoint&limit=2&max_hops=4"),
        *get(f"/v1/paths?{ENDS}&as_of=2010-01-01", f"/v1/paths?{ENDS}&from_date=2015&to_date=2018&together=true"),
        *get(f"/v1/paths?{ENDS}&via=人员&never=协议&min_trust=2&max_degree=60", f"/v1/paths?from={A}&to={A}", "/v1/paths?from=无&to=无"),
        *get(f"/v1/paths?{ENDS}&kind=longest&max_hops=0", "/v1/paths", f"/v1/paths?{ENDS}&pattern=University > NOBODY > Person"),
        *get(f"/v1/paths?{ENDS}&only=Nobody", f"/v1/paths?{ENDS}&through=无人", f"/v1/paths?{ENDS}&weights=x", f"/v1/paths?{ENDS}&as_of=x"),
        *get(f"/v1/paths?{ENDS}", clearance="0"),
        *get(f"/v1/connections?{PAIRS}&limit=2", f"/v1/connections?{PAIRS}&count=true", f"/v1/connections?{PAIRS}&from={A}&to={B}"),
        *get("/v1/connections?from_type=高校&to_type=无", "/v1/connections?from_type=Patent&to_type=企业"),
        *get(f"/v1/common-neighbours?node={A}&node={B}&limit=2", f"/v1/common-neighbours?node={A}", "/v1/common-neighbours"),
        *get(f"/v1/connecting?node={A}&node={B}&node=南京大学", f"/v1/connecting?node={A}&node={B}&pattern=Person"),
        *get(
            f"/v1/neighbourhood?node={A}", f"/v1/neighbourhood?node={A}&type=人员&limit=2&max_hops=2", f"/v1/neighbourhood?node={B}&hop=1"
        ),
        *get(f"/v1/paths?{ENDS}&recorded_as_of=2000-01-01", "/v1/connections?from_type=高校&to_type=企业&recorded_as_of=x"),
    ),
    "analyses": (
        *get("/v1/analyses?name=degree&limit=3&type=企业", "/v1/analyses?name=communities&limit=2&members=2"),
        *get("/v1/analyses?name=cut-nodes&limit=2&members=2", f"/v1/analyses?name=personalised-pagerank&node={A}&limit=3"),
        *get("/v1/analyses?name=nothing", "/v1/analyses?name=degree&through=x", "/v1/analyses?name=degree&damping=2"),
        *get("/v1/coverage?rows_type=领域&columns_type=区县&counted=需求&row=人才&zeros=2", "/v1/coverage?rows_type=高校&columns_type=无"),
        *get("/v1/predictions?from_type=人员&to_type=企业&limit=2&seed=3", "/v1/predictions?measure=jaccard&limit=1&hold_out=0"),
        *get(f"/v1/what-if?leave={A}&limit=1", "/v1/what-if?add_node=新大学 高校&add=新大学 COOPERATES_WITH " + B + "&limit=1"),
        *get("/v1/what-if?add=x", "/v1/what-if?add_node=x", clearance="1"),
    ),
    "graph": (
        *get("/v1/stats", "/v1/schema", "/v1/verification", "/v1/stats?colour=red"),
        *get("/v1/stats", clearance="0"),
        post("/v1/cypher", {"query": "MATCH (n:Need) RETURN n.name AS need ORDER BY need LIMIT $n", "parameters": {"n": 2}}),
        post("/v1/cypher", {"query": "MATCH (n) DETACH DELETE n"}),
        post("/v1/cypher", {"question": 1}),
    ),
    "loads": get("/v1/loads", "/v1/loads?kind=undo", "/v1/loads?limit=0", "/v1/loads/L1/comparison/L1", "/v1/loads/L9/comparison/L1"),
    "needs": (
        *get("/v1/needs?limit=2", "/v1/needs?state=已发布&limit=1", "/v1/needs?state=无", "/v1/needs?limit=-1", actor="talent"),
        *get("/v1/needs?mine=true&limit=2", f"/v1/needs/{NEED}", actor="district:邗江区"),
        *get(f"/v1/needs/{NEED}", f"/v1/needs/{NEED}/history", "/v1/needs/无", actor="talent"),
        *get("/v1/needs?limit=1", actor="nobody"),
        *get("/v1/needs?limit=1"),
    ),
    "acts": (
        *get("/v1/acts", "/v1/acts/sheets", actor="talent"),
        *get("/v1/acts", actor="union"),
        post(
            "/v1/acts/pair",
            {"given": {"studio": "刘拟言劳模创新工作室", "expert": "车试中", "since": "2020-09-01"}, "preview": True},
            "union",
        ),
        post("/v1/acts/dance", {"given": {}}, "union"),
        post("/v1/acts/pair", {"given": {"studio": "刘拟言劳模创新工作室"}}, "union"),
    ),
    "planning": (
        *get("/v1/questions", "/v1/insights", "/v1/lists"),
        *(each for number in range(1, 21) for each in get(f"/v1/questions/{number}?limit=1")),
        *get("/v1/insights/radar?limit=2", "/v1/lists/pairs?limit=2", "/v1/lists/ranking?limit=2", "/v1/lists/milestones?limit=2"),
        *get("/v1/lists/pairs?limit=1", "/v1/questions/1?limit=1", "/v1/targets/2020?place=邗江区", actor="district:邗江区"),
        *get("/v1/questions/99", "/v1/questions/1?colour=red", "/v1/questions/1?as_of=x", "/v1/questions/1?limit=x", "/v1/lists/无"),
        *get(f"/v1/match/{NEED}?limit=2", f"/v1/match/{NEED}?kind=studios&limit=1", f"/v1/match/{A}", "/v1/match/x?kind=y"),
        *get("/v1/questions/6", "/v1/match/city-need:XQ-02?limit=1", clearance="0"),
        *get("/v1/targets/2020?place=邗江区", "/v1/targets/1"),
        post("/v1/reconciliation", {"counts": {"experts": 60, "needs": 44}}),
        post("/v1/reconciliation", {"counts": {"nothing": 60}}),
    ),
    "notices": get("/v1/notices", actor="talent") + get("/v1/notices", actor="public"),
    "review": (
        *get("/v1/review/candidates?limit=2&least=0.5", "/v1/review/judgements", "/v1/review/contradictions"),
        *get("/v1/review/candidates?least=2"),
        post("/v1/review/quality", {"labels": [{"left": "a", "right": "b", "same": True}]}),
    ),
    "acting": (
        post("/v1/needs", {"name": "新需求", "kind": "技术", "budget_wan": 50, "due": "2020-12-31", "need": "n:1"}, f"enterprise:{B}"),
        post("/v1/needs", {"name": "新需求", "due": "x"}, f"enterprise:{B}"),
        post("/v1/needs/n:1", {"detail": "更多", "field": ["新材料"]}, f"enterprise:{B}", "PATCH"),
        post("/v1/needs/n:1", {"colour": "red"}, f"enterprise:{B}", "PATCH"),
        post("/v1/needs/n:1/moves", {"move": "submit"}, f"enterprise:{B}"),
        post("/v1/needs/n:1/moves", {"move": "complete"}, f"enterprise:{B}"),
        *get("/v1/needs/n:1", "/v1/needs/n:1/history", actor=f"enterprise:{B}"),
        post("/v1/needs/expiry", {}, "talent"),
        post("/v1/acts/pair", {"given": {"studio": "刘拟言劳模创新工作室", "expert": "车试中", "since": "2020-09-01"}}, "union"),
        post("/v1/review/judgements", {"left": A, "right": "city-unit:南京大学", "verdict": "different"}, "talent"),
        post("/v1/review/judgements", {"left": "city-unit:扬州大学", "right": "city-unit:南京大学", "verdict": "different"}, "talent"),
        post("/v1/review/judgements", {"left": "city-unit:扬州大学", "right": "city-unit:南京大学", "verdict": "perhaps"}, "talent"),
        *get("/v1/review/judgements", "/v1/loads?kind=act"),
        Asked("DELETE", "/v1/review/judgements?left=city-unit:扬州大学&right=city-unit:南京大学", "talent"),
        post("/v1/notices/sending?limit=1", {}, "talent"),
        post("/v1/loads/L9/undo", {}),
        post("/v1/loads/L1/undo", {}),
    ),
}
"""What only reads comes first; ``acting`` is asked last, and changes the graph."""

LINES: Mapping[str, tuple[str, ...]] = {
    "nodes": ("search 特钢", f"show {A}", f"show {B}", f"why {B}", f"why {B} --property 名称", "search 没有这样的"),
    "paths": (
        f"path {A} {B}",
        f"path {A} {B} --all --limit 2",
        f"path {A} {B} --kind k-shortest --k 2 --weight fresh",
        f"path {A} {B} --as-of 2010-01-01",
        f"path {A} {B} --all --kind simple",
        f"path {A} 无此",
        f"path {A} {B} --max-hops x",
        "connections 高校 企业 --limit 3",
        "connections 高校 企业 --count",
        "connections Patent 企业",
        f"common-neighbours {A} {B}",
        f"connect {A} {B} 南京大学",
        f"neighbourhood {A}",
        f"neighbourhood {A} --type 人员 --limit 2",
        f"neighbourhood {A} --expand 人员 --limit 2",
    ),
    "analyses": (
        "analyse degree --limit 3",
        "analyse communities --limit 2 --members 2",
        "analyse cut-nodes --limit 2",
        "coverage 领域 区县 --counted 需求 --zeros 2",
        "predict --from-type 人员 --to-type 企业 --limit 2",
        f"what-if --leave {A} --limit 2",
        "what-if",
    ),
    "graph": ("stats", "schema", "schema 人员", "verify", "cypher RETURN_1"),
    "loads": ("loads", "loads --kind act", "undo L9"),
    "needs": (
        "need list --as talent --limit 3",
        f"need show {NEED} --as talent",
        f"need history {NEED} --as talent",
        "need list --as nobody",
        "need list",
    ),
    "acts": (
        "act list --as union",
        "act sheets --as union",
        "act dance",
        "act pair --as union --studio 刘拟言劳模创新工作室 --expert 车试中 --preview",
    ),
    "planning": (
        "ask",
        "ask 1 --limit 2",
        "ask single-points --limit 2",
        "ask 99",
        "insight",
        "insight radar --limit 2",
        "list milestones",
        "list pairs --as union --limit 2",
        f"match {NEED} --limit 2",
        "match",
        "targets --year 2020 --place 邗江区",
        "reconcile --experts 60 --needs 44",
    ),
    "notices": ("notices list --as talent", "notices list --as public"),
    "review": ("review candidates --limit 2 --least 0.5", "review judgements", "review contradictions"),
    "affiliations": ("affiliations read 苏大材化部 扬大附院",),
    "acting": (
        f"need post 新需求 --as enterprise:{B} --kind 技术 --due 2020-12-31 --id n:2",
        f"need edit n:2 --as enterprise:{B} --detail 更多",
        f"need move n:2 submit --as enterprise:{B}",
        "need expire --as talent",
        "act pair --as union --studio 刘拟言劳模创新工作室 --expert 车试中",
        "review judge city-unit:扬州大学 city-unit:南京大学 different --as talent",
        "review withdraw city-unit:扬州大学 city-unit:南京大学 --as talent",
        "notices send --as talent --limit 1",
        "undo L1",
        "stats",
    ),
}
"""As people are answered, on stdout and stderr, with the exit code."""
