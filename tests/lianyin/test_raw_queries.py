"""A raw query runs on what its reader may see: no words, no computed name, no comparison and no error tells more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.errors import LianyinError, QueryProblem
from graph.ontology import default_ontology
from graph.view import view_of
from lianyin.client import Client
from tests.graph.ledger.builders import NEW, link, load, node, row

PHONES = "13800001234", "13900005678"
ATTACKS = [
    "MATCH (n:Person) RETURN n.phone",
    "MATCH (n:Person) RETURN n.`phone`",
    "MATCH (n:Person) RETURN n['pho' + 'ne']",
    "MATCH (n:Person) WITH n, 'phone' AS k RETURN n[k]",
    "MATCH (n:Person) RETURN [k IN keys(n) | n[k]]",
    "MATCH (n:Person) WHERE n.phone STARTS WITH '138' RETURN count(n)",
    "MATCH (n:Person) RETURN n.name ORDER BY n.phone, n.name",
    "MATCH (n:Person) RETURN n {.phone}",
    "MATCH (n:Person) RETURN n {.*}",
    "MATCH (n:Person) RETURN properties(n)",
    "MATCH (n:Person) RETURN toString(properties(n))",
    "MATCH (n:Person) RETURN size(keys(n))",
    "MATCH (a:Person), (b:Person) RETURN properties(a) = properties(b), a = b",
    "MATCH (n:Person) RETURN n",
    "MATCH p = (n:Person)-->(u) RETURN p",
    "MATCH (n:Person) RETURN date(n['pho' + 'ne'])",
    "MATCH (n:Person) RETURN toInteger(n.phone) + date('2020-01-01')",
    "MATCH (n:Person) RETURN duration({days: n.phone})",
    "MATCH (n:Person) RETURN valid_at(n, '2020-01-01', 'pho' + 'ne', 'pho' + 'ne')",
    "MATCH (c:Claim) RETURN c",
    "MATCH (c) WHERE labels(c) = ['Cl' + 'aim'] RETURN c",
    "MATCH (c) WHERE c.claimType = 'Person' RETURN properties(c)",
    "MATCH (c) RETURN c.values, c['ra' + 'w']",
    "MATCH (c) WHERE c.`values` CONTAINS '138' RETURN count(c)",
    "MATCH (c) RETURN labels(c), count(c)",
    "MATCH (n) UNWIND keys(n) AS key RETURN DISTINCT key ORDER BY key",
    "MATCH ()-[r]->() RETURN properties(r)",
]
UNKNOWN = ["RETURN valid_at(1, 2, 'a', 'b')", "RETURN `sleep`(1)", "MATCH (n) RETURN readFile('/etc/passwd')", "RETURN db_info()"]


def opened(folder: Path, phone: str) -> Client:
    client = lianyin.open(f"kglite://{folder.as_posix()}")
    drafts = [
        node("p:1", "Person", name="张拟", phone=phone, idHash=phone[::-1]),
        node("p:2", "Person", name="李样本"),
        node("u:1", "University", name="示例大学"),
        link("EMPLOYED_BY", "p:1", "u:1"),
        link("EMPLOYED_BY", "p:2", "u:1"),
    ]
    load(client.ledger, NEW, [row(1, *drafts)])
    return client


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Client]]:
    """Two graphs that differ in nothing but a telephone and a hash, each open for its whole desk."""
    first, second = (opened(tmp_path_factory.mktemp("raw") / "s", phone) for phone in PHONES)
    yield first, second
    first.close()
    second.close()


def told(client: Client, query: str) -> str:
    try:
        return repr(client.cypher(query).document)
    except LianyinError as problem:
        return f"{problem.detail} {problem.hint} {dict(problem.where)}"


@pytest.mark.parametrize("query", ATTACKS)
def test_what_is_hidden_changes_no_answer_and_no_error(both: tuple[Client, Client], query: str) -> None:
    first, second = (told(each.read_by(clearance=2), query) for each in both)
    assert first == second
    assert not any(phone in first or phone[::-1] in first for phone in PHONES)


def test_the_highest_clearance_reads_everything(both: tuple[Client, Client]) -> None:
    everything = both[0].read_by(clearance=3)
    assert everything.cypher("MATCH (n:Person) RETURN n.phone ORDER BY n.name").rows == [[PHONES[0]], [None]]
    assert PHONES[0] in told(everything, "MATCH (c:Claim) RETURN c.values")
    assert both[0].read_by(clearance=2).cypher("MATCH (n:Person) RETURN n.phone").rows == [[None], [None]]


def test_nodes_are_counted_as_the_reader_is_told_that_there_are(both: tuple[Client, Client]) -> None:
    reader = both[0].read_by(clearance=2)
    assert reader.cypher("MATCH (n) RETURN count(n)").rows == [[reader.stats().to_dict()["nodes"]]]
    assert reader.cypher("MATCH ()-[r]->() RETURN count(r)").rows == [[reader.stats().to_dict()["relationships"]]]


def test_a_change_is_read_at_once(both: tuple[Client, Client]) -> None:
    reader = both[1].read_by(clearance=2)
    before = reader.cypher("MATCH (n) RETURN count(n)").rows[0][0]
    load(both[1].ledger, NEW, [row(7, node("u:7", name="样本学院"))])
    assert reader.cypher("MATCH (n) RETURN count(n)").rows == [[before + 1]]


@pytest.mark.parametrize("query", UNKNOWN)
def test_functions_that_are_not_listed_are_refused_by_name(both: tuple[Client, Client], query: str) -> None:
    with pytest.raises(QueryProblem, match="the function"):
        both[0].read_by(clearance=3).cypher(query)


def test_what_the_engine_cannot_do_is_told_by_kind(both: tuple[Client, Client]) -> None:
    with pytest.raises(QueryProblem, match="met a value that it cannot take") as caught:
        both[0].read_by(clearance=3).cypher("MATCH (n:Person) WHERE n.phone IS NOT NULL RETURN date(n.phone)")
    assert PHONES[0] not in str(caught.value)


def test_what_nobody_classified_and_what_a_published_list_shows() -> None:
    view = view_of(default_ontology(), 2)
    assert not view.keeps_of_node("Person", "inventedLater", published=True)
    assert not view.keeps_of_node("Unicorn", "name", published=False)
    assert view.keeps_of_node("Unicorn", "entityType", published=False)
    assert not view.keeps_of_relationship("EMPLOYED_BY", "inventedLater") and view.keeps_of_relationship("EMPLOYED_BY", "validFrom")
    assert not view.keeps_of_node("Person", "phone", published=False)
