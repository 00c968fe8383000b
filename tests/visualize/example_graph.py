"""A small fictitious city: who connects which university to which enterprise. Places and universities are real, nobody else is."""

from __future__ import annotations

from graph.model import Node, Relationship, Value
from graph.ontology.schema import Label, NodeType, Ontology, PropertyType, RelationshipType
from visualize.audience import Audience, Reader
from visualize.view import Drawn, Emphasis, Question, SourceRow, View
from visualize.views import around, from_paths


def _property(name: str, privacy: int = 0, published: int = 0) -> PropertyType:
    return PropertyType(name, "text", False, privacy, published, Label(name, name))


def _node_type(name: str, zh: str, color: str, column: int, *properties: PropertyType, link: bool = False) -> NodeType:
    known = {each.name: each for each in (properties or (_property("name"),))}
    return NodeType(name, Label(zh, name), (), False, link, False, (), color, column, known, (), "")


def _relationship_type(name: str, zh: str, en: str, *properties: PropertyType) -> RelationshipType:
    label = Label(zh, en)
    return RelationshipType(name, label, label, label, (), (), (), True, False, {each.name: each for each in properties})


ONTOLOGY = Ontology(
    {
        each.name: each
        for each in (
            _node_type("University", "高校", "#94b8e0", 0),
            _node_type("Person", "专家", "#58c440", 1, _property("name", 2, 0), _property("post", 1), _property("phone", 3, 3)),
            _node_type("Need", "需求", "#f4c84c", 2),
            _node_type("Enterprise", "企业", "#d094ac", 3),
            _node_type("Secondment", "挂职", "#777777", 1, link=True),
        )
    },
    {
        each.name: each
        for each in (
            _relationship_type("SECONDED_FROM", "挂职派出", "seconded from", _property("post"), _property("salary", 3)),
            _relationship_type("ACCEPTED", "接单", "accepted"),
            _relationship_type("POSTED", "发单", "posted"),
        )
    },
)

UNIVERSITIES = {"u1": "扬州大学", "u2": "东南大学", "u3": "南京大学"}
PEOPLE = {"p1": "王虚构", "p2": "李样本", "p3": "张拟", "p4": "赵示例"}
NEEDS = {"x1": "轻量化焊接", "x2": "密封材料", "x3": "在线检测", "x4": "低温铸造工艺改进"}
FIRMS = {"e1": "扬州示例重工有限公司", "e2": "示例泵业股份有限公司", "e3": "示例电缆集团"}


def node(identifier: str, kind: str, name: str, **properties: Value) -> Node:
    return Node(identifier, kind, {"name": name, **properties})


NODES = (
    *(node(key, "University", name) for key, name in UNIVERSITIES.items()),
    *(node(key, "Person", name, phone="10000000001") for key, name in PEOPLE.items()),
    *(node(key, "Need", name) for key, name in NEEDS.items()),
    *(node(key, "Enterprise", name) for key, name in FIRMS.items()),
)


def _relationship(kind: str, source: str, target: str, start: str = "", end: str = "", **more: Value) -> Relationship:
    dates = {name: value for name, value in (("validFrom", start), ("validTo", end)) if value}
    return Relationship(f"{kind}:{source}:{target}", kind, source, target, {**dates, **more})


RELATIONSHIPS = (
    _relationship("SECONDED_FROM", "p1", "u1", "2020-08", "2021-07", post="示例镇副镇长", salary=1),
    _relationship("SECONDED_FROM", "p2", "u2", "2020-08", "2022-07", post="示例园区副主任"),
    _relationship("SECONDED_FROM", "p3", "u3", "2018-08", "2019-08", post="示例镇党委副书记"),
    _relationship("SECONDED_FROM", "p4", "u1", "2020-08"),
    _relationship("ACCEPTED", "p1", "x1", "2020-09-03"),
    _relationship("ACCEPTED", "p1", "x4", "2020-09-05"),
    _relationship("ACCEPTED", "p2", "x2", "2020-08-21"),
    _relationship("ACCEPTED", "p3", "x2", "2019-03-01", "2019-06-30"),
    _relationship("ACCEPTED", "p4", "x3", "2020-09-01"),
    _relationship("POSTED", "e1", "x1", "2020-08-20"),
    _relationship("POSTED", "e2", "x2", "2020-08-01"),
    _relationship("POSTED", "e3", "x3", "2020-08-28"),
    _relationship("POSTED", "e1", "x4", "2020-08-25"),
)
SOURCES = {
    each.id: (SourceRow({"SECONDED_FROM": "花名册.xlsx", "ACCEPTED": "企业需求.xlsx", "POSTED": "企业需求.xlsx"}[each.type], 3 + number),)
    for number, each in enumerate(RELATIONSHIPS)
}
PATHS = (("u1", "p1", "x1", "e1"), ("u1", "p1", "x4", "e1"), ("u2", "p2", "x2", "e2"), ("u3", "p3", "x2", "e2"), ("u1", "p4", "x3", "e3"))
QUESTION = Question(
    asked=Label("哪所高校，通过谁，连着哪家企业？", "Which university connects to which enterprise, through whom?"),
    answer=Label(
        "扬州大学 → 王虚构 → 轻量化焊接 → 扬州示例重工有限公司：王虚构 2020-08 至 2021-07 挂职，2020-09-03 接单。",
        "扬州大学 → 王虚构 → 轻量化焊接 → 扬州示例重工有限公司: seconded 2020-08 to 2021-07, took the need on 2020-09-03.",
    ),
    data_date="2020-09-10",
    reference="2020-09-10",
    emphasis=Emphasis(("u1", "p1", "x1", "e1"), {"p1": Label("唯一联系人：离开则断线", "the only link: if this person leaves, it breaks")}),
)
HINTS = {"p1": "扬州大学", "p2": "东南大学", "p3": "南京大学", "p4": "扬州大学"}
DRAWN = Drawn(NODES, RELATIONSHIPS, SOURCES)


def path_view(audience: Audience = Audience.INTERNAL, total: int = 12) -> View:
    return from_paths(DRAWN, PATHS, ONTOLOGY, QUESTION, Reader(audience, hints=HINTS), total=total)


def ego_view(audience: Audience = Audience.INTERNAL) -> View:
    question = Question(Label("扬州大学周围有谁？", "Who is around 扬州大学?"), data_date="2020-09-10", reference="2020-09-10")
    near = [each for key in ("p1", "p4", "x1", "x4", "x3", "e1", "e3", "u1") for each in NODES if each.id == key]
    return around(
        "u1",
        Drawn(near, RELATIONSHIPS, SOURCES),
        ONTOLOGY,
        question,
        Reader(audience, hints=HINTS),
        totals={"Person": 12, "Need": 9, "Enterprise": 4},
    )


def star_view(size: int) -> View:
    """A centre with many neighbours, which are all connected to it."""
    people = [node(f"s{at}", "Person", f"示例{at}号") for at in range(size)]
    lines = [_relationship("SECONDED_FROM", each.id, "u1", "2020-08", "2021-07") for each in people]
    return around("u1", Drawn([NODES[0], *people], lines), ONTOLOGY, QUESTION, Reader(Audience.INTERNAL))
