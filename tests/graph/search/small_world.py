"""A small ontology and a few dozen fictitious nodes, so that these tests stand on nothing but search itself."""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import Node, Value
from graph.ontology.schema import Label, NodeType, Ontology, PropertyType, RelationshipType


def property_type(name: str, value: str = "text", privacy: int = 0, published: int | None = None, many: bool = False) -> PropertyType:
    return PropertyType(name, value, many, privacy, privacy if published is None else published, Label(name, name))


def node_type(name: str, zh: str, properties: list[PropertyType], ancestors: tuple[str, ...] = (), column: int = 0) -> NodeType:
    return NodeType(
        name=name,
        label=Label(zh, name),
        ancestors=ancestors,
        abstract=False,
        link=False,
        hub=False,
        identifiers=(),
        color="#4466aa",
        column=column,
        properties={each.name: each for each in properties},
        edges=(),
        vocabulary="",
    )


ORGANISATION = [
    property_type("name"),
    property_type("aliases", many=True),
    property_type("shortName"),
    property_type("stockCode"),
    property_type("city"),
    property_type("foundedOn", "date"),
    property_type("contact", privacy=2),
    property_type("uscc"),
]
PERSON = [property_type("name", privacy=2, published=0), property_type("orcid", privacy=2), property_type("post")]


def small_ontology(relationship_types: Mapping[str, RelationshipType] | None = None) -> Ontology:
    types = [
        node_type("Organization", "单位", ORGANISATION),
        node_type("University", "高校", ORGANISATION, ("Organization",), 1),
        node_type("Enterprise", "企业", ORGANISATION, ("Organization",), 4),
        node_type("Person", "人员", PERSON, (), 2),
    ]
    return Ontology({each.name: each for each in types}, relationship_types or {})


def node(identifier: str, kind: str, name: str, *, identifiers: tuple[str, ...] = (), **properties: Value) -> Node:
    return Node(identifier, kind, {"name": name, **properties}, identifiers)


NODES = (
    node("school:4132011117", "University", "扬州大学", aliases=("扬大", "苏北农学院"), city="扬州"),
    node("school:4132010284", "University", "南京大学", aliases=("南大",)),
    node("school:4136010403", "University", "南昌大学", aliases=("南大",)),
    node("school:4132010286", "University", "东南大学", aliases=("中央大学", "南京工学院")),
    node("school:4150010611", "University", "重庆大学"),
    node("u:hospital", "University", "扬州大学附属医院"),
    node("pic:999977172", "University", "THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE", shortName="UCAM"),
    node("pic:999836813", "University", "Universität Klagenfurt"),
    node("pic:999977366", "University", "TECHNISCHE UNIVERSITEIT DELFT", shortName="TU Delft"),
    node("uscc:91321003XN0000012M", "Enterprise", "扬州示例重工有限公司", stockCode="000999", city="扬州", contact="甲先生"),
    node("e:pump", "Enterprise", "示例泵业股份有限公司", identifiers=("uscc:91321012XN0000020H",)),
    node("e:cable", "Enterprise", "示例电缆集团", city="高邮"),
    node("e:bank", "Enterprise", "示例银行"),
    node("e:lv", "Enterprise", "吕氏示例铝业"),
    node("p:1", "Person", "曾诚"),
    node("p:2", "Person", "单样"),
    node("p:3", "Person", "仇例"),
    node("p:4", "Person", "刘样本", orcid="9999-0002-1825-0097"),
    node("p:5", "Person", "柳样本"),
    node("p:6", "Person", "王军", post="董事"),
    node("p:7", "Person", "王军"),
    node("p:8", "Person", "赵公开", published=True),
)
HINTS = {"p:6": "示例重工", "p:7": "示例泵业", "school:4132010284": "南京"}
