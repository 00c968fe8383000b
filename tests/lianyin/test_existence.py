"""A node above the reader's class is as if it were not there: in every answer, picture, table and export."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.errors import NotFound, QueryProblem
from graph.model import Node
from graph.ontology import default_ontology, load_ontology
from graph.privacy import existence_class
from lianyin.client import Client
from lianyin.operations.paths import AskPaths
from tests.graph.ledger.builders import NEW, link, load, node, row


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with lianyin.open(f"kglite://{tmp_path.as_posix()}/s") as opened:
        drafts = [
            node("uscc:1", "Enterprise", name="示例企业"),
            node("platform:7", "Account", name="示例账号", status="在用"),
            node("p:1", "Project", name="示例项目"),
            node("review:1", "Review", name="示例评审"),
            link("OF", "platform:7", "uscc:1"),
            link("EVALUATES", "review:1", "p:1"),
            link("PARTICIPATES_IN", "uscc:1", "p:1"),
        ]
        load(opened.ledger, NEW, [row(1, *drafts)])
        yield opened


@pytest.fixture
def outsider(client: Client) -> Client:
    return client.read_by(clearance=0)


def test_the_types_that_are_not_public_say_so():
    ontology = default_ontology()
    assert {name for name in ontology.node_types if existence_class(ontology, Node("n", name, {}))} == {"Account", "Notice", "Review"}
    assert existence_class(ontology, Node("n", "Unicorn", {})) == 0


def test_a_subtype_has_the_class_of_what_it_extends_unless_it_says_otherwise(tmp_path):
    text = "node_types:\n"
    for name, more in (("OldAccount", ""), ("OpenAccount", "    privacy: 0\n")):
        text += f"  {name}:\n    zh: {name}\n    en: {name.lower()}\n    extends: Account\n    color: '#aabbcc'\n{more}"
    (tmp_path / "more.yaml").write_text(text, encoding="utf-8")
    ontology = load_ontology(tmp_path)
    assert [existence_class(ontology, Node("n", name, {})) for name in ("Account", "OldAccount", "OpenAccount")] == [1, 1, 0]


@pytest.mark.parametrize("text", ["示例账号", "platform:7", "review:1", "示例评审"])
def test_it_is_not_found_by_name_or_id(client, outsider, text):
    assert client.node(text).type in ("Account", "Review")
    for ask in (outsider.node, outsider.show, outsider.why):
        with pytest.raises(NotFound, match="There is no node"):
            ask(text)
    assert outsider.search(text).to_dict()["hits"] == []
    assert outsider.autocomplete(text[:3]).to_dict()["hits"] == [] or "示例" in text


def test_nothing_that_is_shown_names_or_counts_it(client, outsider):
    inside, outside = client.show("示例企业").to_dict(), outsider.show("示例企业").to_dict()
    assert (inside["total"], outside["total"]) == (2, 1)
    assert [each["other"]["caption"] for each in outside["relationships"]] == ["示例项目"]
    assert {hit["type"] for hit in outsider.search("示例").to_dict()["hits"]} == {"Enterprise", "Project"}
    told = outsider.stats().to_dict()
    assert (told["node_types"], told["relationship_types"]) == ({"Enterprise": 1, "Project": 1}, {"PARTICIPATES_IN": 1})
    assert client.stats().to_dict()["nodes"] == 4
    assert set(outsider.to_networkx().nodes) == {"uscc:1", "p:1"}
    assert outsider.to_networkx().number_of_edges() == 1


@pytest.mark.parametrize("form", ["jsonl", "graphml", "csv"])
def test_exports_leave_it_out(client, outsider, form):
    for reader, audience, expected in ((client, "internal", (4, 3)), (client, "public", (2, 1)), (outsider, "internal", (2, 1))):
        stream = io.BytesIO()
        assert reader.export(form, stream, audience) == expected
        if form == "jsonl":
            types = {json.loads(line)["type"] for line in stream.getvalue().splitlines()}
            assert ("Account" in types) == (expected == (4, 3))


def test_pictures_leave_it_out(client):
    assert "示例评审" in client.picture(around="示例项目", audience="internal")
    public = client.picture(around="示例项目", audience="public")
    assert "示例企业" in public and "示例评审" not in public
    with pytest.raises(NotFound, match="may not know"):
        client.picture(around="示例账号", audience="public")
    assert "示例账号" in client.picture("示例账号", "示例项目", audience="internal")
    with pytest.raises(NotFound, match="may not know"):
        client.picture("示例账号", "示例项目", audience="public")


def test_no_path_passes_it(client):
    drafts = [node("uscc:2", "Enterprise", name="另一企业"), link("OF", "platform:7", "uscc:2")]
    load(client.ledger, NEW, [row(2, *drafts)])
    assert client.find_paths(AskPaths("示例企业", "另一企业")).paths
    assert not client.read_by(clearance=0).find_paths(AskPaths("示例企业", "另一企业")).paths
    with pytest.raises(NotFound, match="There is no path"):
        client.picture("示例企业", "另一企业", audience="public")


def test_raw_queries_are_refused(outsider):
    with pytest.raises(QueryProblem, match="above your clearance"):
        outsider.cypher("MATCH (n:Account) RETURN count(n)")
