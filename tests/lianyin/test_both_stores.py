"""Both stores give the same JSON to the same questions, and refuse alike."""

from __future__ import annotations

import os
from collections.abc import Iterator

import orjson
import pytest

import lianyin
from lianyin.settings import Settings
from tests import neo4j_server
from tests.lianyin.conftest import EXAMPLE, MAPPING, TODAY, Command

pytestmark = pytest.mark.neo4j

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("path", "示例大学", "示例重工有限公司", "--all"),
    ("path", "样本理工大学", "样例泵业有限公司", "--as-of", "2022-01-01"),
    ("path", "设想医学院", "拟设新材料有限公司"),
    ("connections", "高校", "企业"),
    ("connections", "University", "Enterprise", "--via", "Person", "--as-of", "2019-06-01"),
    ("search", "示例"),
    ("search", "liyangben"),
    ("show", "示例大学"),
    ("show", "轻量化焊接工艺"),
    (
        "cypher",
        "MATCH (p:Person)-[r:EMPLOYED_BY]->(u) RETURN p.name AS person, r.validFrom AS since, u.name AS unit ORDER BY person, unit",
    ),
    ("cypher", "MATCH (n:University) RETURN n ORDER BY n.id LIMIT 2"),
    ("cypher", "MATCH (n:Entity) RETURN n.entityType AS type, count(n) AS number ORDER BY type"),
    ("schema",),
    ("verify",),
)
REFUSED: tuple[tuple[str, ...], ...] = (
    ("cypher", "CREATE (n:Entity {id: 'x'})"),
    ("cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"),
    ("cypher", "MATCH (n) CALL { WITH n DETACH DELETE n } RETURN 1"),
    ("show", "nobody"),
    ("show", "李样本"),
    ("undo", "L77"),
    ("path", "示例大学", "示例重工有限公司", "--max-hops", "0"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[neo4j_server.Server]:
    """A real Neo4j with the first example in it."""
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    running = neo4j_server.shared()
    running.wipe()
    with lianyin.open(settings=Settings(store=running.url)) as client:
        client.ingest([EXAMPLE], MAPPING, date="2022-06-01")
    yield running
    running.wipe()


@pytest.fixture
def on_neo4j(server: neo4j_server.Server, loaded: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The same command line, on the server."""

    def call(*arguments: str) -> object:
        with monkeypatch.context() as patched:
            patched.setenv("LIANYIN_STORE", server.url)
            patched.setenv("LIANYIN_TODAY", TODAY)
            return loaded(*arguments)

    return call  # type: ignore[return-value]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_same_question_has_the_same_answer(
    loaded: Command, on_neo4j: Command, monkeypatch: pytest.MonkeyPatch, question: tuple[str, ...]
) -> None:
    if question[0] == "cypher":  # on Neo4j only those who may see everything ask so
        monkeypatch.setenv("LIANYIN_CLEARANCE", "3")
    here, there = loaded(*question, "--json"), on_neo4j(*question, "--json")
    assert here.status == there.status == 0, here.err + there.err
    assert orjson.loads(here.out) == orjson.loads(there.out)
    assert here.err == there.err


@pytest.mark.parametrize("question", REFUSED, ids=" ".join)
def test_the_same_refusal_in_the_same_words(loaded: Command, on_neo4j: Command, question: tuple[str, ...]) -> None:
    here, there = loaded(*question), on_neo4j(*question)
    assert (here.status, here.err, here.out) == (there.status, there.err, there.out)
    assert here.status != 0


def test_the_export_is_the_same_to_the_byte(loaded: Command, on_neo4j: Command) -> None:
    assert loaded("export", "-o", "-").out == on_neo4j("export", "-o", "-").out


def test_a_wrong_password_is_told_without_telling_it(
    on_neo4j: Command, server: neo4j_server.Server, loaded: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert on_neo4j("stats").status == 0
    monkeypatch.setenv("LIANYIN_STORE", f"neo4j://neo4j:geheim@127.0.0.1:{server.port}")
    ran = loaded("stats")
    assert ran.status == 6
    assert "geheim" not in ran.err and os.linesep not in ran.error
