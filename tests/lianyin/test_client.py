"""The same in Python."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.errors import Ambiguous, NotFound, QueryProblem, StoreProblem
from graph.model import LoadState
from lianyin.client import Client
from lianyin.settings import Settings


@pytest.fixture
def folder(example_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_store, tmp_path / "store"))


@pytest.fixture
def client(folder: Path) -> Iterator[Client]:
    with lianyin.open(f"kglite://{folder}") as opened:
        yield opened


def with_clearance(folder: Path, clearance: int) -> Client:
    return lianyin.open(settings=Settings(store=f"kglite://{folder}", clearance=clearance))


def test_answers_are_data_tables_and_frames(client: Client) -> None:
    table = client.connections("University", "Enterprise")
    frame = table.to_pandas()
    assert len(frame) == len(table) == table.to_dict()["total"] == 5
    assert set(frame["from"]) == {"示例大学", "样本理工大学", "虚构师范学院"}
    assert client.cypher("MATCH (n:Person) RETURN count(n) AS people").to_pandas()["people"].tolist() == [7]
    assert client.cypher("MATCH (n:University {name: $name}) RETURN n.id", {"name": "示例大学"}).rows[0][0] == "first-graph-school:示例大学"
    assert len(client.paths("示例大学", "示例重工有限公司", kind="all-shortest")) == 2


def test_a_node_goes_by_id_code_or_caption(client: Client) -> None:
    node = client.node("示例大学")
    assert client.node(node.id) == node
    with pytest.raises(Ambiguous) as caught:
        client.node("李样本")
    assert len(caught.value.candidates) == 2
    with pytest.raises(NotFound, match="示例大学"):
        client.node("示例大学院")


def test_networkx_holds_what_may_be_seen(client: Client, folder: Path) -> None:
    graph = client.to_networkx()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (20, 18)
    names = {data["name"] for _, data in graph.nodes(data=True)}
    assert "张拟" in names
    client.close()
    with with_clearance(folder, 0) as public:
        hidden = public.to_networkx()
    assert (hidden.number_of_nodes(), hidden.number_of_edges()) == (20, 18)
    assert not {"张拟", "李样本"} & {data["name"] for _, data in hidden.nodes(data=True)}
    assert not any(str(node).startswith("first-graph-person:") for node in hidden)


def test_read_models_follow_what_is_loaded(client: Client, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        client.paths("新大学", "示例大学")
    extra = tmp_path / "extra.csv"
    extra.write_text("学校,姓名,职称,到校,离校\n新大学,新人甲,教授,2020-01,\n", encoding="utf-8")
    report = client.ingest([extra], str(Path(__file__).parents[2] / "examples" / "first-graph" / "mapping.yaml"))
    assert len(client.paths("新大学", "新人甲")) == 1
    client.undo(report.facts.load)
    with pytest.raises(NotFound):
        client.node("新大学")


def test_a_reader_without_clearance_sees_no_name_anywhere(folder: Path) -> None:
    with with_clearance(folder, 0) as public:
        answers = [
            public.connections("University", "Enterprise"),
            public.paths("示例大学", "示例重工有限公司", kind="all-shortest"),
            public.show("示例大学"),
            public.search("张拟"),
            public.why("示例大学"),
        ]
        for answer in answers:
            told = repr(answer.document) + repr(answer.rows)
            assert "张拟" not in told and "李样本" not in told
        assert public.search("张拟").rows == []
        with pytest.raises(NotFound):
            public.node("张拟")
        with pytest.raises(QueryProblem, match="clearance"):
            public.cypher("MATCH (n:University) RETURN n.name")
        for page in (
            public.picture("示例大学", "示例重工有限公司", audience="internal"),
            public.picture(around="示例大学", audience="internal"),
        ):
            assert "张拟" not in page and "李样本" not in page


def test_a_file_that_is_named_after_a_person_names_nobody(client: Client, folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "张拟的履历.csv"
    named.write_text("学校,姓名,职称,到校,离校\n示例大学,王他人,教授,2020-01,\n", encoding="utf-8")
    client.ingest([named], str(Path(__file__).parents[2] / "examples" / "first-graph" / "mapping.yaml"))
    assert "张拟的履历.csv" in repr(client.why("王他人").document)
    assert "张拟" not in client.picture(around="王他人")
    client.close()
    with with_clearance(folder, 0) as public:
        answers = [
            public.why("示例大学"),
            public.connections("University", "Person", from_=("示例大学",)),
            public.loads(),
        ]
        for answer in answers:
            told = repr(answer.document) + repr(answer.rows)
            assert "张拟" not in told
            assert "＊＊的履历.csv" in told


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (n:Person) RETURN n.name ORDER BY n.name LIMIT 1",
        "MATCH (n) WHERE n.name IN ['张拟'] RETURN n",
        "MATCH (n:Person) RETURN collect(n.name)[0]",
        "MATCH (n:Person) RETURN collect(n.name)[0..2]",
        "RETURN [1, 2] AS list",
        "MATCH (n:Person) RETURN count(DISTINCT [n.name, n.id])",
        "UNWIND [1, 2] AS x WITH DISTINCT x, [x] AS xs WHERE x IN [1] OR x IN [2] RETURN CASE WHEN x IN [1] THEN [x] ELSE [0] END",
        "MATCH (n:Person) RETURN [x IN collect(n.name) | x][0]",
        "MATCH (a)-[r:EMPLOYED_BY]->(b) RETURN a.name, r, b.name",
    ],
)
def test_ordinary_queries_pass(client: Client, query: str) -> None:
    assert len(client.cypher(query)) >= 1


def test_a_type_whose_definition_is_gone_is_named(folder: Path, tmp_path: Path) -> None:
    types, rows, mapping = tmp_path / "types", tmp_path / "robots.csv", tmp_path / "robots.yaml"
    types.mkdir()
    (types / "robots.yaml").write_text(
        'node_types: {Robot: {zh: 机器人, en: robot, color: "#aabbcc", column: 2,'
        " properties: {name: {value: text, zh: 名称, en: name}}}}\n",
        encoding="utf-8",
    )
    rows.write_text("机\n小白\n", encoding="utf-8")
    mapping.write_text(
        "mapping: robots\nsource: {id: robots, name: 机器人}\ncolumns: {required: [机]}\n"
        "nodes: {robot: {type: Robot, id: {source: robot, column: 机}, properties: {name: 机}}}\n",
        encoding="utf-8",
    )
    with lianyin.open(settings=Settings(store=f"kglite://{folder}", ontology=(types,))) as known:
        load = known.ingest([rows], str(mapping)).facts.load
    with lianyin.open(f"kglite://{folder}") as client:
        for ask in (lambda: client.export("jsonl", io.BytesIO()), lambda: client.undo(load)):
            with pytest.raises(NotFound, match="'Robot'"):
                ask()
        assert [each.state for each in client.ledger.loads()][-1] is LoadState.WITHDRAWN
        assert client.cypher("MATCH (n:Robot) RETURN count(n)").rows == [[1]]


def test_a_closed_graph_says_so(folder: Path) -> None:
    client = lianyin.open(f"kglite://{folder}")
    client.close()
    client.close()
    with pytest.raises(StoreProblem):
        client.stats()


def test_an_identifier_above_the_clearance_is_not_shown(folder: Path, tmp_path: Path) -> None:
    rows, mapping = tmp_path / "people.csv", tmp_path / "people.yaml"
    rows.write_text("姓名,号\n有号者,0000-0002-1825-0097\n", encoding="utf-8")
    mapping.write_text(
        "mapping: people\nsource: {id: people, name: 人员}\ncolumns: {required: [姓名, 号]}\n"
        "nodes: {person: {type: Person, id: {source: people, column: 姓名, hashed: true}, same: [{scheme: orcid, column: 号}],"
        " properties: {name: 姓名, published: {value: 'true'}}}}\n",
        encoding="utf-8",
    )
    with lianyin.open(settings=Settings(store=f"kglite://{folder}", clearance=3)) as client:
        client.ingest([rows], str(mapping))
        for clearance, seen in ((1, False), (2, True)):
            reading = client.read_by(clearance=clearance)
            for answer in (reading.show("有号者"), reading.why("有号者")):
                assert ("0000-0002-1825-0097" in repr(answer.document)) is seen


def test_matrices_and_tables_hold_what_may_be_seen(client: Client) -> None:
    whole, hidden = client.read_by(clearance=3), client.read_by(clearance=0)
    for reading in (whole, client, hidden):
        matrices, tables = reading.to_scipy(), reading.to_arrow()
        assert (len(matrices.ids), int(matrices.matrix.sum())) == (20, 18)
        assert (tables.nodes.num_rows, tables.relationships.num_rows) == (20, 18)
        assert set(tables.nodes["id"].to_pylist()) == set(matrices.ids)
        graph = reading.to_networkx()
        assert set(matrices.ids) == set(graph)
        employed = matrices.by_type["EMPLOYED_BY"].tocoo()
        pairs = {(matrices.ids[row], matrices.ids[column]) for row, column in zip(*employed.coords, strict=True)}
        assert pairs == {(a, b) for a, b, data in graph.edges(data=True) if data["type"] == "EMPLOYED_BY"}
    assert "张拟" in whole.to_arrow().nodes["name"].to_pylist()
    seen = hidden.to_arrow()
    assert "张拟" not in seen.nodes["name"].to_pylist()
    assert not any(id.startswith("first-graph-person:") for id in (*hidden.to_scipy().ids, *seen.relationships["source"].to_pylist()))


def test_the_past_is_asked_as_it_was_known(client: Client, tmp_path: Path) -> None:
    (first,) = client.store.loads()
    extra = tmp_path / "extra.csv"
    extra.write_text("学校,姓名,职称,到校,离校\n设想医学院,张拟,教授,2020-01,\n", encoding="utf-8")
    mapping = str(Path(__file__).parents[2] / "examples" / "first-graph" / "mapping.yaml")
    client.ingest([extra], mapping)
    now = client.connections("高校", "企业").document["total"]
    then = client.connections("高校", "企业", recorded_as_of=first.beat)
    assert then.document["total"] == 5
    assert then.document["recorded_as_of"] == first.beat
    assert client.connections("高校", "企业").document["recorded_as_of"] is None and isinstance(now, int)
    path = client.paths("示例大学", "示例重工有限公司", recorded_as_of=first.beat)
    assert path.document["paths"] == client.paths("示例大学", "示例重工有限公司").document["paths"]
    with pytest.raises(NotFound, match=f"was not known on 1999-01-01; it has been known since {first.beat}") as unknown:
        client.paths("示例大学", "示例重工有限公司", recorded_as_of="1999-01-01")
    assert unknown.value.where == {"parameter": "from"}
    with pytest.raises(NotFound, match="There is no node '无名大学'"):
        client.paths("无名大学", "示例重工有限公司", recorded_as_of="1999-01-01")
    with pytest.raises(QueryProblem, match="neither a date nor a time") as caught:
        client.analyse("degree", recorded_as_of="gestern")
    assert caught.value.where == {"parameter": "recorded_as_of"}
