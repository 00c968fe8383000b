"""Exports: whole, in order, read back equal, and without what the reader may not see."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryProblem
from graph.model import Node, Relationship
from tests.visualize.example_graph import NODES, ONTOLOGY, PEOPLE, RELATIONSHIPS, node
from visualize.audience import Audience, Reader
from visualize.export import Format, export, format_of

INTERNAL = Reader(Audience.INTERNAL)


def written(form: Format, nodes: Sequence[Node] = NODES, reader: Reader = INTERNAL, lines: Sequence[Relationship] = RELATIONSHIPS) -> bytes:
    stream = io.BytesIO()
    export(nodes, lines, form, stream, ONTOLOGY, reader)
    return stream.getvalue()


@pytest.mark.parametrize("form", list(Format))
def test_equal_graphs_make_equal_files(form: Format) -> None:
    assert written(form) == written(form, tuple(reversed(NODES)), lines=tuple(reversed(RELATIONSHIPS)))


def test_jsonl_reads_back_equal() -> None:
    lines = [json.loads(line) for line in written(Format.JSONL).decode().splitlines()]
    nodes = [Node(each["id"], each["type"], each["properties"], tuple(each["identifiers"])) for each in lines if each["kind"] == "node"]
    ties = [
        Relationship(each["id"], each["type"], each["source"], each["target"], each["properties"])
        for each in lines
        if each["kind"] == "relationship"
    ]
    expected = [
        Node(each.id, each.type, {name: value for name, value in each.properties.items() if name != "phone"}, each.identifiers)
        for each in sorted(NODES, key=lambda each: each.id)
    ]
    assert nodes == expected
    assert [(each.id, each.type, each.source, each.target) for each in ties] == [
        (each.id, each.type, each.source, each.target) for each in sorted(RELATIONSHIPS, key=lambda each: each.id)
    ]
    assert ties[-1].properties == {"validFrom": "2020-08"}
    assert [each["kind"] for each in lines] == ["node"] * len(nodes) + ["relationship"] * len(ties)


def test_graphml_reads_back_equal_in_networkx() -> None:
    graph = networkx.read_graphml(io.BytesIO(written(Format.GRAPHML)), force_multigraph=True)
    assert set(graph) == {each.id for each in NODES}
    assert graph.nodes["p1"] == {"name": "王虚构", "nodeType": "Person"}
    edges = {(source, target, key): data for source, target, key, data in graph.edges(keys=True, data=True)}
    assert len(edges) == len(RELATIONSHIPS)
    for each in RELATIONSHIPS:
        data = edges[each.source, each.target, each.id]
        assert data["relationshipType"] == each.type
        assert data.get("validFrom") == each.properties.get("validFrom")


def test_csv_is_two_tables_and_runs_nothing() -> None:
    nodes = [
        *NODES,
        *(node(f"h{at}", "Need", text) for at, text in enumerate(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '示例,"引号"\n换行'])),
    ]
    with zipfile.ZipFile(io.BytesIO(written(Format.CSV, nodes))) as archive:
        assert archive.namelist() == ["nodes.csv", "relationships.csv"]
        text = archive.read("nodes.csv")
        rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
        ties = list(csv.DictReader(io.StringIO(archive.read("relationships.csv").decode("utf-8-sig"), newline="")))
    names = {row["id"]: row["name"] for row in rows}
    assert [names[f"h{at}"] for at in range(6)] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", '示例,"引号"\n换行']
    assert names["u1"] == "扬州大学"
    assert len(ties) == len(RELATIONSHIPS)
    assert {row["id"]: row["validTo"] for row in ties}["SECONDED_FROM:p1:u1"] == "2021-07"


@pytest.mark.parametrize("form", [Format.JSONL, Format.GRAPHML])
def test_the_public_export_names_nobody(form: Format) -> None:
    link = node("t:王虚构", "Secondment", "王虚构 挂职")
    lines = [*RELATIONSHIPS, Relationship("d", "ACCEPTED", "u1", "x1", {"via": link.id}), Relationship("王虚构|x", "ACCEPTED", "p1", "x1")]
    text = written(form, [*NODES, link], Reader(Audience.PUBLIC), lines).decode()
    assert all(name not in text for name in PEOPLE.values())
    assert '"p1"' not in text
    assert "10000000001" not in text
    assert "Secondment-1" in text
    assert "salary" not in written(form).decode()
    assert "revision" not in text


@given(st.dictionaries(st.sampled_from(["post", "name"]), st.text(max_size=20), max_size=2))
def test_any_text_survives_jsonl_and_graphml_reads_it(properties: dict[str, str]) -> None:
    each = Node("p9", "Person", {"name": "示例", **properties})
    encodable = "".join(properties.values()).encode("utf-8", "surrogatepass").decode("utf-8", "replace") == "".join(properties.values())
    if encodable:
        assert json.loads(written(Format.JSONL, [each], lines=()))["properties"] == each.properties
    networkx.read_graphml(io.BytesIO(written(Format.GRAPHML, [each], lines=())))


def test_an_unknown_format_is_refused() -> None:
    assert format_of("JSONL") is Format.JSONL
    with pytest.raises(QueryProblem, match="gexf"):
        format_of("gexf")


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_no_table_holds_a_formula(sign: str) -> None:
    zipped = zipfile.ZipFile(io.BytesIO(written(Format.CSV, (node("e9", "Enterprise", name=f"{sign}1+1"),), lines=())))
    rows = list(csv.reader(io.StringIO(zipped.read("nodes.csv").decode("utf-8-sig"), newline="")))
    assert f"'{sign}1+1" in rows[1]
