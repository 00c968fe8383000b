from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreDamaged
from graph.projection import build_projection
from graph.projection.delta import Delta, with_delta
from graph.projection.texts import Texts, found_in, spliced
from tests.graph.paths.graphs import ONTOLOGY, node, relationship
from tests.graph.projection.histories import COMMITS, Facts, contents


@given(commits=COMMITS)
def test_following_any_commits_equals_building_anew(commits):
    facts = Facts()
    projection = build_projection((), (), ONTOLOGY, 0)
    for steps in commits:
        before = contents(projection)
        followed = with_delta(projection, facts.commit(steps))
        anew = build_projection(facts.nodes.values(), facts.relationships.values(), ONTOLOGY, facts.revision)
        assert contents(followed) == contents(anew)
        assert contents(projection) == before, "whoever reads the old one goes on reading it"
        projection = followed


@given(commits=COMMITS)
def test_many_commits_may_be_followed_at_once(commits):
    facts = Facts()
    projection = build_projection((), (), ONTOLOGY, 0)
    first, *rest = commits
    projection = with_delta(projection, facts.commit(first))
    nodes, edges = {}, {}
    for steps in rest:
        delta = facts.commit(steps)
        nodes |= dict.fromkeys([*(each.id for each in delta.nodes), *delta.gone_nodes])
        edges |= dict.fromkeys([*(each.id for each in delta.relationships), *delta.gone_relationships])
    whole = Delta(
        facts.revision,
        [facts.nodes[id] for id in nodes if id in facts.nodes],
        [facts.relationships[id] for id in edges if id in facts.relationships],
        [id for id in nodes if id not in facts.nodes],
        [id for id in edges if id not in facts.relationships],
    )
    anew = build_projection(facts.nodes.values(), facts.relationships.values(), ONTOLOGY, facts.revision)
    assert contents(with_delta(projection, whole)) == contents(anew)


def test_codes_grow_and_shrink_with_the_number_of_kinds():
    """Past 32,768 kinds of edges a code needs 32 bits; when they go it does not."""
    nodes = [node("a", "Project"), node("b", "Project")]
    days = [datetime.date.fromordinal(700_000 + i).isoformat() for i in range(32_768)]
    many = [relationship(f"r{i:05}", "JOINS", "a", "b", day) for i, day in enumerate(days)]
    projection = build_projection(nodes, many, ONTOLOGY, 1)
    assert projection.adjacency.codes.dtype == np.uint16
    more = [relationship("s1", "JOINS", "b", "a", "2020", "2021"), relationship("s2", "WORKS_AT", "b", "b", "2020")]
    wide = with_delta(projection, Delta(2, relationships=more))
    assert wide.adjacency.codes.dtype == np.uint32
    assert contents(wide) == contents(build_projection(nodes, [*many, *more], ONTOLOGY, 2))
    narrow = with_delta(wide, Delta(3, gone_relationships=["s1", "s2"]))
    assert contents(narrow) == contents(replace(projection, revision=3))


def test_a_relationship_that_lost_or_never_had_an_end_is_named():
    nodes, edges = [node("a", "Project"), node("b", "Project")], [relationship("r1", "JOINS", "a", "b")]
    projection = build_projection(nodes, edges, ONTOLOGY, 1)
    torn = with_delta(projection, Delta(2, gone_nodes=["b"]))
    assert (torn.edge_count, torn.dangling) == (0, ("r1",))
    odd = with_delta(projection, Delta(2, relationships=[relationship("r0", "JOINS", "a", "c"), relationship("r1", "JOINS", "a", "c")]))
    assert (odd.edge_count, odd.dangling) == (0, ("r0", "r1"))
    healed = with_delta(odd, Delta(3, [node("c", "Project")], [relationship("r1", "JOINS", "a", "c")], gone_relationships=["r0"]))
    assert (healed.edge_count, healed.dangling) == (1, ())


def test_a_date_that_is_none_is_damage():
    projection = build_projection([node("a", "Project")], [], ONTOLOGY, 1)
    with pytest.raises(StoreDamaged, match="'NA'"):
        with_delta(projection, Delta(2, relationships=[relationship("r1", "JOINS", "a", "a", "NA")]))


@given(st.lists(st.text(max_size=5), max_size=12), st.data())
def test_packed_texts_are_spliced_like_lists(texts, data):
    removed = sorted(data.draw(st.sets(st.sampled_from(range(len(texts)))) if texts else st.just(set())))
    inserted = sorted(data.draw(st.lists(st.tuples(st.integers(0, len(texts)), st.text(max_size=5)), max_size=6)), key=lambda each: each[0])
    expected = []
    for place in range(len(texts) + 1):
        expected += [text for at, text in inserted if at == place]
        expected += [texts[place]] if place < len(texts) and place not in removed else []
    assert list(spliced(Texts.of(texts), np.array(removed, np.int64), inserted)) == expected


@given(st.sets(st.text(max_size=4), max_size=20), st.lists(st.text(max_size=4), max_size=8))
def test_texts_are_found_where_sorting_puts_them(known, wanted):
    ordered = sorted(known)
    found, places = found_in(Texts.of(ordered), wanted)
    assert found.tolist() == [text in known for text in wanted]
    assert places.tolist() == [sum(1 for text in ordered if text < each) for each in wanted]
