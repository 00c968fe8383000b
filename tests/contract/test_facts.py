"""What is written reads back exactly, and what is absent reads absent."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import Conflict, LianyinError, NotFound, QueryProblem, ValueProblem
from graph.model import Facts, Node, Properties, Relationship, Value
from graph.store import Commit, Store
from tests.contract.world import everything, knows, node, publish
from tests.examples import examples

TEXTS = [
    "",
    " ",
    "汉字",
    "张  拟",
    "🎓👩‍🔬",
    "e\u0301",
    "\u202eabc",
    "a\x00b",
    'O\'Brien "q" \\n `x` $y {z}',
    "line\nline\r\n\ttab",
    "null",
    "007",
    "x" * 5000,
]
DATES = ["2020", "2020-08", "2020-08-03", "0001-01-01", "9999-12-31"]
NUMBERS = [0, -1, 2**63 - 1, -(2**63), 0.0, -0.0, 1.0, 0.1, 1e300, -5e-324]


def same(left: Properties, right: Properties) -> bool:
    """Equal in value and kind: ``1`` is not ``1.0``, ``True`` is not ``1``."""
    return {key: repr(value) for key, value in left.items()} == {key: repr(value) for key, value in right.items()}


@pytest.mark.parametrize(
    "value", [*TEXTS, *DATES, *NUMBERS, True, False, ("a",), ("b", "a", "b"), ("", "汉字"), ("2020-01-01", "1")], ids=ascii
)
def test_a_value_reads_back_exactly(store: Store, value: Value) -> None:
    publish(store, node("a", value=value), node("b"), knows("a", "b", "r", {"value": value}))
    facts = store.facts(["a", "b"], ["KNOWS:r"])
    assert same(facts.nodes[0].properties, {"name": "a", "value": value})
    assert same(facts.nodes[1].properties, {"name": "b"})
    assert same(facts.relationships[0].properties, {"value": value})


def test_each_kind_of_value_may_stand_under_one_key(store: Store) -> None:
    """One column of an engine must not bend the values of another node."""
    values: list[Value] = [1, 1.0, "1", True, ("1",), 2**53 + 1, "2020-01-01"]
    publish(store, *(node(f"n{index}", value=value) for index, value in enumerate(values)))
    found = store.facts([f"n{index}" for index in range(len(values))]).nodes
    assert [repr(item.properties["value"]) for item in found] == [repr(value) for value in values]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(40))
@given(
    properties=st.dictionaries(
        st.from_regex(r"[a-z][A-Za-z0-9_]{0,12}", fullmatch=True).filter(
            lambda key: key not in {"id", "name", "revision", "title", "type", "label", "identifiers"}
        ),
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs"])),
            st.integers(-(2**63), 2**63 - 1),
            st.floats(allow_nan=False, allow_infinity=False),
            st.booleans(),
            st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1).map(tuple),
        ),
    )
)
def test_any_properties_read_back(store: Store, properties: dict[str, Value]) -> None:
    publish(store, Node("any", "Person", {"name": "any", **properties}))
    assert same(store.facts(["any"]).nodes[0].properties, {"name": "any", **properties})


def test_a_hundred_properties(store: Store) -> None:
    many = {f"property{index}": ("text", index, index / 3, index % 2 == 0)[index % 4] for index in range(100)}
    publish(store, Node("wide", "Person", {"name": "wide", **many}))
    assert same(store.facts(["wide"]).nodes[0].properties, {"name": "wide", **many})


def test_writing_again_replaces_and_what_is_left_out_is_gone(store: Store) -> None:
    publish(store, node("a", city="扬州", size=3), node("b"), knows("a", "b", "r", {"validFrom": "2020", "role": "x"}))
    publish(store, node("a", size=4), knows("a", "b", "r", {"validTo": "2021"}))
    facts = store.facts(["a"], ["KNOWS:r"])
    assert facts.nodes[0].properties == {"name": "a", "size": 4}
    assert facts.relationships[0].properties == {"validTo": "2021"}
    publish(store, node("a", size=4))
    nodes, relationships = everything(store)
    assert sorted(nodes) == ["a", "b"] and sorted(relationships) == ["KNOWS:r"]


def test_identifiers_are_kept_apart_from_properties(store: Store) -> None:
    publish(store, Node("uscc:1", "University", {"name": "甲"}, ("pic:2", "ror:3")))
    assert store.facts(["uscc:1"]).nodes == (Node("uscc:1", "University", {"name": "甲"}, ("pic:2", "ror:3")),)
    publish(store, Node("uscc:1", "University", {"name": "甲"}))
    assert store.facts(["uscc:1"]).nodes[0].identifiers == ()


def test_an_empty_list_reads_absent(store: Store) -> None:
    publish(store, node("a", aliases=()))
    assert "aliases" not in store.facts(["a"]).nodes[0].properties


def test_a_node_that_changes_its_type_leaves_the_old_one(store: Store) -> None:
    publish(store, node("a", "University"), node("b", "University"))
    publish(store, node("a", "Person"), node("b", "Organization"))
    assert [item.id for item in store.page("University", "", 10)] == []
    assert [item.id for item in store.page("Organization", "", 10)] == ["b"]
    assert [item.type for item in store.facts(["a", "b"]).nodes] == ["Person", "Organization"]


def test_facts_come_as_asked(store: Store) -> None:
    publish(store, *(node(name) for name in "abcd"), knows("a", "b"), knows("b", "c"), knows("c", "c"), knows("a", "b", "parallel"))
    assert [item.id for item in store.facts(["c", "nobody", "a", "c"]).nodes] == ["c", "a"]
    assert [item.id for item in store.facts(relationships=["KNOWS:b>c", "none", "KNOWS:none", "KNOWS:a>b"]).relationships] == [
        "KNOWS:a>b",
        "KNOWS:b>c",
    ]
    assert [item.id for item in store.facts(touching=["b", "c"]).relationships] == ["KNOWS:a>b", "KNOWS:b>c", "KNOWS:c>c", "KNOWS:parallel"]
    assert [item.id for item in store.facts(relationships=["KNOWS:a>b"], touching=["a"]).relationships] == ["KNOWS:a>b", "KNOWS:parallel"]
    assert store.facts() == Facts() == store.facts(["nobody"], ["none"], ["nobody"])


def test_more_facts_than_one_batch(store: Store) -> None:
    ids = [f"n{index:05d}" for index in range(2_500)]
    publish(store, *(node(name) for name in ids), *(knows(a, b) for a, b in zip(ids, ids[1:], strict=False)))
    facts = store.facts(list(reversed(ids)), touching=ids)
    assert [item.id for item in facts.nodes] == list(reversed(ids))
    assert len(facts.relationships) == 2_499


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Node("x", "Spaceship", {"name": "x"}), NotFound),
        (Node("x", "person", {"name": "x"}), NotFound),
        (Node("x", "Entity", {"name": "x"}), NotFound),
        (Relationship("LIKES:x", "LIKES", "a", "b"), NotFound),
        (Node("", "Person", {"name": "x"}), ValueProblem),
        (Node("x" * 5000, "Person", {"name": "x"}), ValueProblem),
        (Node("x", "Person", {}), ValueProblem),
        (node("x", size=2**63), ValueProblem),
        (node("x", size=float("nan")), ValueProblem),
        (node("x", size=float("-inf")), ValueProblem),
        (node("x", text="\ud800"), ValueProblem),
        (node("x", many=("ok", "\udfff")), ValueProblem),
        (node("x", many=("ok", 1)), ValueProblem),  # type: ignore[arg-type]
        (node("x", many=None), ValueProblem),  # type: ignore[arg-type]
        (node("x", revision=7), ValueProblem),
        (node("x", title="Dr"), ValueProblem),
        (Node("x", "Person", {"name": "x", "a`b": 1}), ValueProblem),
        (knows("a", "b", "x", {"id": "y"}), ValueProblem),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_what_cannot_be_kept_exactly_is_refused_and_nothing_happens(
    store: Store, bad: Node | Relationship, error: type[LianyinError]
) -> None:
    publish(store, node("a"), node("b"))
    with pytest.raises(error):
        publish(store, node("new"), bad)
    assert sorted(everything(store)[0]) == ["a", "b"]
    assert store.head().revision == 1


def test_a_relationship_needs_both_ends(store: Store) -> None:
    publish(store, node("a"))
    with pytest.raises(Conflict, match="not in the store"):
        publish(store, node("new"), knows("a", "nobody"))
    assert sorted(everything(store)[0]) == ["a"]
    assert store.head().revision == 1 and list(store.changes(1)) == []


def test_one_relationship_id_cannot_join_other_ends(store: Store) -> None:
    publish(store, node("a"), node("b"), node("c"), knows("a", "b", "r"))
    with pytest.raises(Conflict):
        publish(store, knows("a", "c", "r"))
    assert store.facts(relationships=["KNOWS:r"]).relationships == (knows("a", "b", "r"),)


def test_scan_and_page_know_types_and_subtypes(store: Store) -> None:
    publish(store, node("p", "Person"), node("u", "University"), node("o", "Organization"), knows("p", "u"))
    _, nodes, relationships = store.scan(["organization"])
    assert sorted(item.id for item in nodes) == ["o", "u"]
    assert [item.id for item in relationships] == ["KNOWS:p>u"]
    with pytest.raises(NotFound):
        store.scan(["Spaceship"])
    with pytest.raises(NotFound):
        store.page("Spaceship", "", 10)
    with pytest.raises(QueryProblem):
        store.page("Person", "", 0)


def test_pages_are_ordered_by_code_point(store: Store) -> None:
    names = ["a", "B", "~", "é", "汉", "\uffee", "😀", "Z9", "a:10", "a:9"]
    publish(store, *(node(name) for name in names))
    assert [item.id for item in store.page("Person", "", 100)] == sorted(names)
    assert [item.id for item in store.page("Person", "é", 2)] == ["汉", "\uffee"]


def test_deleting_a_node_takes_its_relationships_along(store: Store) -> None:
    publish(store, node("a"), node("b"), node("c"), knows("a", "b"), knows("b", "c"), knows("c", "a"))
    publish(store, deleted=("b",), cut=("KNOWS:a>b", "KNOWS:b>c"))
    nodes, relationships = everything(store)
    assert sorted(nodes) == ["a", "c"] and sorted(relationships) == ["KNOWS:c>a"]
    publish(store, cut=("KNOWS:c>a", "never there"), deleted=("never there",))
    assert sorted(everything(store)[0]) == ["a", "c"] and everything(store)[1] == {}


def test_one_commit_cannot_both_write_and_delete(store: Store) -> None:
    with pytest.raises(Conflict):
        store.commit(Commit(1, upserts=Facts((node("a"),)), deleted_nodes=("a",)))
