"""``verify`` finds whatever the read model or its file holds otherwise than the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import lianyin
from graph.model import Node
from graph.projection import Projection, build_projection
from graph.projection.file import write
from lianyin.client import Client
from lianyin.kept_projection import FILE, commit_token
from lianyin.verification import verify
from tests.graph.ledger.builders import NEW, OLD, everything, load
from tests.lianyin.test_past import participations


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path / "s") as client:
        load(client.ledger, OLD, participations(range(4)))
        assert client.models.projection.edge_count == 4
    return tmp_path / "s"


def opened(folder: Path) -> Client:
    return lianyin.open(f"kglite://{folder.as_posix()}")


def test_all_is_alike_and_the_file_is_named(folder):
    with opened(folder) as client:
        found = client.verify().to_dict()
    assert (found["equal"], found["nodes"], found["relationships"]) == (True, 7, 4)
    assert found["file"] == {"revision": 1, "state": "whole"}


def test_each_kind_of_difference_is_reported(folder):
    with opened(folder) as client:
        facts = everything(client.store)
        nodes = [Node("p:9", "Project", {"name": "9"}), *(each for each in facts.nodes if each.id != "p:3")]
        nodes = [replace(each, properties={"name": "another"}) if each.id == "p:1" else each for each in nodes]
        edges = [
            replace(each, properties={**each.properties, "trust": 3}) if each.target == "p:0" else each for each in facts.relationships
        ]
        wrong = build_projection(nodes, [each for each in edges if each.target != "p:3"], client.ontology, 1)
        found = verify(client.store, wrong, client.ontology)
    told = {(each.what, each.id.partition(":")[0], each.difference.partition(" (")[0]) for each in found.differences}
    assert told == {
        ("node", "p", "store"),
        ("node", "p", "only in the store"),
        ("node", "p", "only in the read model"),
        ("relationship", "PARTICIPATES_IN", "only in the store"),
        ("relationship", "PARTICIPATES_IN", "store"),
    }
    assert (found.equal, found.different, found.by_kind) == (False, 5, {"node": 3, "relationship": 2})


def test_ends_that_disagree_about_a_relationship_are_found(folder):
    with opened(folder) as client:
        right = client.models.projection
        codes = right.adjacency.codes.copy()
        codes[0] ^= 1
        wrong = replace(right, adjacency=right.adjacency._replace(codes=codes))
        assert not verify(client.store, wrong, client.ontology).equal


def test_a_damaged_file_is_found_and_then_written_anew(folder):
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[: len(whole) // 2])
    with opened(folder) as client:
        found = client.verify().to_dict()
    assert (found["equal"], found["by_kind"], found["file"]["state"]) == (False, {"file": 1}, "damaged")
    assert "cut short" in found["differences"][0]["difference"]
    with opened(folder) as client:
        assert client.verify().to_dict()["equal"]


def test_a_file_whose_arrays_are_whole_but_wrong_is_found(folder):
    with opened(folder) as client:
        right = client.models.projection
        wrong: Projection = replace(right, name_classes=np.full(right.node_count, 3, np.uint8))
        write(wrong, commit_token(client.store, 1), folder / FILE)
        found = client.verify().to_dict()
        assert (found["equal"], found["by_kind"]) == (False, {"file": 7}), "this process has the right arrays in memory"
    with opened(folder) as client:
        assert client.verify().to_dict()["by_kind"]["node"] == 7, "the next one would answer from the wrong ones"


def test_a_file_of_another_history_is_not_used_and_no_difference(folder):
    with opened(folder) as client:
        write(client.models.projection, "another commit", folder / FILE)
        found = client.verify().to_dict()
    assert (found["equal"], found["file"]["state"]) == (True, "other")


def test_a_file_that_is_behind_is_compared_as_it_would_be_opened(folder):
    with opened(folder) as client:
        load(client.ledger, NEW, participations(range(2, 9)))
        found = client.verify().to_dict()
    assert (found["equal"], found["revision"], found["file"]["state"], found["file"]["revision"]) == (True, 2, "whole", 1)
