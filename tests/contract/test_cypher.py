"""The read-only query language: what it answers, where it stops, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import QueryProblem
from graph.model import Table
from graph.store import QueryLimits, Store
from graph.stores.base import GraphStore
from graph.view import View
from tests.contract.world import everything, knows, node, publish

LIMITS = QueryLimits()

ATTACKS = [
    "CREATE (n:Person {id: 'x'})",
    "create (n)",
    "MATCH (n) SET n.name = 'x' RETURN n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) DETACH/**/DELETE n",
    "MATCH (n) /* harmless */ DELETE n",
    "MERGE (n:Person {id: 'x'}) RETURN n",
    "MATCH (n) FOREACH (x IN [1] | SET n.a = x)",
    "MATCH (n) CALL { WITH n SET n.a = 1 } RETURN n",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 1 ROWS",
    "MATCH (n) CALL (n) { RETURN 1 AS one } IN 3 CONCURRENT TRANSACTIONS RETURN one",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD/**/CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD // comment\nCSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load csv with headers from 'http://127.0.0.1/x' as line return line",
    "UNWIND [1] AS x LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line",
    "\\u004cOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "RETURN '\\u0027 CREATE (n) //'",
    "RETURN 1 \\U00000043REATE (n)",
    "CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
    "CALL/**/apoc.cypher.doIt('CREATE (n)', {})",
    "CALL `apoc`.`cypher`.`doIt`('CREATE (n)', {})",
    "CALL dbms.listConfig()",
    "CALL dbms.security.createUser('a', 'b')",
    "CALL db.createLabel('x')",
    "CALL\n  db . createLabel('x')",
    "CALL db.index.fulltext.drop('x')",
    "CALL tx.setMetaData({a: 1})",
    "RETURN apoc.util.sleep(1)",
    "RETURN `apoc`.cypher.runFirstColumnSingle('CREATE (n) RETURN n', {})",
    "CREATE INDEX FOR (n:Person) ON (n.a)",
    "DROP CONSTRAINT lianyin_entity_id",
    "SHOW USERS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "GRANT ROLE admin TO x",
    "USE system SHOW USERS",
    "USE neo4j MATCH (n) RETURN n",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) DELETE n",
    "CYPHER runtime=slotted MATCH (n) DELETE n",
    "RETURN 1; CREATE (n)",
    "RETURN 1;; MATCH (n) DELETE n;",
    "RETURN 1 AS `a` CREATE (n:`b`)",
    "RETURN '\\'' CREATE (n) //'",
    'RETURN "\\"" CREATE (n) //"',
    "RETURN 'a\\\\' CREATE (n) //'",
    "RETURN 1.CREATE (n)",
    "RETURN 1. CREATE (n)",
    "RETURN {a: 1} CREATE (n)",
    "MATCH (n) RETURN n.name CREATE (m)",
    "// comment \r CREATE (n)",
    "// comment \u2028 CREATE (n)",
    "RETURN 1 /* open",
    "RETURN 'open",
    "RETURN `open",
    "INSERT (n:Person)",
    "FOR VALID_TIME AS OF date('2020-01-01') MATCH (n) RETURN n",
    "MATCH (n) RETURN n.name FORMAT CSV",
    "",
    "   // nothing but a comment",
    "this is no query",
    "MATCH (n RETURN n",
    "MATCH (n) RETURN nobody",
    "RETURN $missing",
]

HARMLESS = [
    ("MATCH (n:Person) RETURN n.name ORDER BY n.name", [("a",), ("b",)]),
    ("MATCH (n:Person) RETURN n.name ORDER BY n.name;", [("a",), ("b",)]),
    ("MATCH (n:Person {name: 'a'}) // CREATE (n)\nRETURN n.name /* DELETE n */ AS x", [("a",)]),
    ("RETURN 'CREATE (n) DELETE n; // LOAD CSV' AS text", [("CREATE (n) DELETE n; // LOAD CSV",)]),
    ("RETURN 'http://example.org/*x*/' AS text", [("http://example.org/*x*/",)]),
    ("WITH 1 AS `set` RETURN `set`", [(1,)]),
    ("MATCH (n:Person {name: 'a'}) RETURN n.set IS NULL AS x, n.delete IS NULL AS y", [(True, True)]),
    ("WITH {set: 1, create: 2} AS map RETURN map.set + map.create AS x", [(3,)]),
    ("UNWIND [1, 2, 3] AS load WITH load WHERE load > 1 RETURN sum(load) AS x", [(5,)]),
    ("MATCH (a)-[:KNOWS]->(b) RETURN a.id + '>' + b.id AS x", [("a>b",)]),
    ("MATCH (a {id: $id}) RETURN a.size AS x", [(3,)]),
    ("OPTIONAL MATCH (a:University) RETURN a IS NULL AS x", [(True,)]),
    ("CALL { MATCH (n:Person) RETURN count(n) AS c } RETURN c", [(2,)]),
    ("MATCH (n:Person) WHERE EXISTS { (n)-[:KNOWS]->() } RETURN n.id", [("a",)]),
    ("RETURN date('2020-08-03').year AS y, 1.5 AS f, true AS t, null AS n, [1, 'x'] AS l", [(2020, 1.5, True, None, [1, "x"])]),
    ("RETURN duration.between(date('2020-01-01'), date('2020-01-31')).days AS d", [(30,)]),
    ("MATCH (n) WHERE n.name = 'a' AND n.`size` = 3 RETURN n.id", [("a",)]),
    ("MATCH (n:Person) RETURN n.name AS `姓名` ORDER BY `姓名` LIMIT 1", [("a",)]),
]


@pytest.fixture
def store_with_two(store: Store) -> Store:
    publish(store, node("a", size=3), node("b"), knows("a", "b", properties={"validFrom": "2020"}))
    return store


def test_attacks_are_refused_and_nothing_changes(store_with_two: Store) -> None:
    before = (everything(store_with_two), store_with_two.head())
    for text in ATTACKS:
        with pytest.raises(QueryProblem):
            store_with_two.cypher(text, {}, LIMITS)
            pytest.fail(f"not refused: {text}")
    assert (everything(store_with_two), store_with_two.head()) == before


@pytest.mark.parametrize(
    "text",
    [
        "RETURN " + "(" * 3_000 + "1" + ")" * 3_000,
        "RETURN " + "[" * 3_000 + "]" * 3_000,
        "RETURN " + "not " * 3_000 + "true",
        "CALL { " * 5_000 + "RETURN 1 AS x" + " } RETURN x" * 5_000,
        "RETURN 1 AS x UNION " * 5_000 + "RETURN 1 AS x",
        "RETURN " + "1+" * 60_000 + "1",
    ],
    ids=["brackets", "lists", "prefixes", "subqueries", "unions", "length"],
)
def test_what_would_exhaust_a_parser_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryProblem, match="cannot contain"):
        store.cypher(text, {}, LIMITS)


def test_a_file_is_never_read(store_with_two: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\n", encoding="utf-8")
    for text in (f"LOAD CSV FROM 'file://{secret}' AS line RETURN line", f"LOAD/**/CSV FROM 'file://{secret}' AS line RETURN line"):
        with pytest.raises(QueryProblem) as refused:
            store_with_two.cypher(text, {}, LIMITS)
        assert "LOAD CSV" in str(refused.value)


def test_the_engine_refuses_what_might_slip_through(store_with_two: Store) -> None:
    """The second lock: the guard is left out here on purpose."""
    assert isinstance(store_with_two, GraphStore)
    for text in (
        "CREATE (n:Person {id: 'x'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.a = 1",
        "CREATE INDEX x FOR (n:P) ON (n.a)",
    ):
        with pytest.raises(QueryProblem):
            store_with_two._runner.query(text, {}, LIMITS)
    assert sorted(everything(store_with_two)[0]) == ["a", "b"]


@pytest.mark.parametrize(("text", "rows"), HARMLESS, ids=[text for text, _ in HARMLESS])
def test_reading_is_answered(store_with_two: Store, text: str, rows: list[tuple[object, ...]]) -> None:
    table = store_with_two.cypher(text, {"id": "a"}, LIMITS)
    assert list(table.rows) == rows and table.truncated == ""


def test_nodes_relationships_and_paths_are_plain(store_with_two: Store) -> None:
    table = store_with_two.cypher(
        "MATCH p = (a {id: 'a'})-[r]->(b) RETURN a, r, p, [a] AS list, {one: r} AS map, properties(b) AS q", {}, LIMITS
    )
    a = {"id": "a", "type": "Person", "properties": {"entityType": "Person", "id": "a", "name": "a", "revision": 1, "size": 3}}
    b = {"id": "b", "type": "Person", "properties": {"entityType": "Person", "id": "b", "name": "b", "revision": 1}}
    r = {"id": "KNOWS:a>b", "type": "KNOWS", "properties": {"id": "KNOWS:a>b", "revision": 1, "validFrom": "2020"}}
    assert table.columns == ("a", "r", "p", "list", "map", "q")
    assert table.rows == ((a, r, [a, r, b], [a], {"one": r}, b["properties"]),)


def test_rows_beyond_the_limit_are_cut_and_it_says_so(store: Store) -> None:
    text = "UNWIND range(1, 10) AS x RETURN x"
    assert store.cypher(text, {}, QueryLimits(rows=3)) == Table(("x",), ((1,), (2,), (3,)), "rows")
    assert store.cypher(text, {}, QueryLimits(rows=10)) == Table(("x",), tuple((x,) for x in range(1, 11)))
    assert store.cypher(text + " LIMIT 3", {}, QueryLimits(rows=3)).truncated == ""


def test_a_query_that_takes_too_long_is_cut_and_it_says_so(store: Store) -> None:
    text = "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b UNWIND range(1, 1000) AS c RETURN count(a + b + c) AS n"
    assert store.cypher(text, {}, QueryLimits(milliseconds=300)).truncated == "milliseconds"


def test_what_the_engine_cannot_run_is_the_querys_fault(store_with_two: Store) -> None:
    """Neo4j finds no shortest path from a node to itself, and calls that a failure of its own."""
    try:
        assert store_with_two.cypher("MATCH (a), (b), p = shortestPath((a)-[*]-(b)) RETURN count(p)", {}, LIMITS).rows
    except QueryProblem:
        pass


def test_limits_are_positive(store: Store) -> None:
    for limits in (QueryLimits(rows=0), QueryLimits(milliseconds=0)):
        with pytest.raises(QueryProblem):
            store.cypher("RETURN 1", {}, limits)


def test_what_a_view_leaves_out_is_not_met(store_with_two: Store) -> None:
    """Of Neo4j there is no copy to cut down: whoever may not see everything is refused."""
    view = View(2, ("Person",), {}, {}, {}, {})
    limits = QueryLimits(view=view)
    try:
        assert store_with_two.cypher("MATCH (n) RETURN count(n)", {}, limits).rows == ((0,),)
    except QueryProblem as problem:
        assert store_with_two.url.startswith(("neo4j", "bolt")) and "highest clearance" in problem.detail
