"""The harness of ``make bench`` in its smallest form: engines agree, reports are whole. No timing is looked at."""

from __future__ import annotations

import json

import networkx as nx
import numpy as np
import pytest

from benchmarks import kinds, live, machine, others, ours, peers, shaped, shortest, tables
from benchmarks.c_baseline import CompiledSearch, compiler
from benchmarks.graphs import TINY, ends_and_types, made, random_pairs, simple_edges
from benchmarks.measuring import Engine, check_equal, interleaved, ratio
from benchmarks.options import Options
from benchmarks.report import Section, Target, as_json, markdown

QUICK = Options(TINY, quick=True)


def test_the_graph_is_seeded_and_fits_the_ontology():
    projection = made(TINY)
    assert (projection.node_count, projection.edge_count) == (TINY.nodes, TINY.edges)
    sources, targets, codes = ends_and_types(projection)
    known = projection.ontology.relationship_types
    types = projection.edge_kinds.types[codes]
    for number, name in enumerate(projection.relationship_types):
        if name == "ACCEPTED":
            ends = {
                (projection.kind(int(a)).type, projection.kind(int(b)).type)
                for a, b in zip(sources[types == number], targets[types == number], strict=True)
            }
            assert ends == {("Person", "Need")} and known[name].sources == ("Person",)


def test_a_tenth_of_the_nodes_are_hubs():
    degrees = np.sort(np.diff(made(TINY).adjacency.starts))[::-1]
    assert degrees[: TINY.nodes // 10].sum() > 0.3 * degrees.sum()  # a tenth of one half of the ends, half of the other


def test_simple_edges_are_those_of_networkx():
    projection = made(TINY)
    graph = nx.Graph()
    sources, targets, _ = ends_and_types(projection)
    graph.add_edges_from((a, b) for a, b in zip(sources.tolist(), targets.tolist(), strict=True) if a != b)
    first, second = simple_edges(projection)
    assert set(zip(first.tolist(), second.tolist(), strict=True)) == {tuple(sorted(edge)) for edge in graph.edges}


def test_the_c_search_answers_as_networkx():
    command = compiler()
    if not command:
        pytest.skip("no C compiler here")
    search = CompiledSearch(made(TINY), command)
    theirs = peers.networkx_search(TINY)
    for pair in random_pairs(TINY, 50):
        path = search.shortest(pair, ours.MAX_HOPS)
        assert len(path) == len(theirs(pair)) and (not path or (path[0], path[-1]) == pair)
    assert len(search.timed([(0, 1)], ours.MAX_HOPS)) == 1
    search.close()


@pytest.mark.parametrize("suite", [shortest, live, tables])
def test_a_suite_runs_and_its_engines_agree(suite):
    (section,) = suite.run(QUICK)
    assert section.targets and (section.rows or section.table) and not section.failed


def test_shaped_tables_agree_with_products_and_with_pairs_asked_alone():
    (section,) = shaped.run(QUICK)
    assert len(section.table) == 2 + len(shaped.OTHERS) and not section.failed


def test_kinds_of_paths_agree_with_networkx():
    for section in (kinds.all_shortest(TINY), kinds.k_shortest(TINY), kinds.typed(TINY, 40)):
        assert {row.name for row in section.rows} >= {"Lianyin", "networkx"}


def test_engines_that_disagree_are_found_out():
    found = interleaved([Engine("a", lambda n: n), Engine("b", lambda n: n if n != 7 else 0, share=5)], range(20), 4)
    assert len(found["a"].times) == 20 and len(found["b"].times) == 20
    with pytest.raises(AssertionError, match="Question 7: b answers 0, a 7"):
        check_equal(found, "a", lambda answer: answer)
    assert ratio(found["a"], found["a"], 50) == 1


def test_a_suite_of_its_own_process_that_misses_its_bound_ends_no_run():
    short = others.missed("Reading", "a table", "noise\n10,000 rows: 84 times the bare loop (at most 60).")
    assert not short.failed and [(each.measured, each.met) for each in short.targets] == [
        ("10,000 rows: 84 times the bare loop (at most 60).", False)
    ]
    assert others.missed("Reading", "", "Traceback (most recent call last):\nValueError: no").failed
    assert others.missed("Reading", "", "").failed


def test_the_report_tells_what_could_not_be_measured():
    sections = [
        Section("One", notes=("a note",), targets=(Target("work", "≤ 2×", "3×", False), Target("other", "1", "no server here", None)))
    ]
    report = markdown(sections, machine.machine())
    assert (
        "| work | ≤ 2× | 3× | **not met** |" in report and "| other | 1 | no server here | not measured |" in report and "a note" in report
    )
    assert json.loads(as_json(sections, []))["sections"][0]["targets"][0]["met"] is False
