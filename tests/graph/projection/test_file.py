from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ontology.schema import Ontology
from graph.projection import build_projection
from graph.projection.delta import with_delta
from graph.projection.file import Unusable, belonging, read, write
from tests.graph.paths.graphs import ONTOLOGY, node, relationship, worlds
from tests.graph.projection.histories import COMMITS, Facts, contents

NODES = (node("a", "Project"), node("人", "Person"))
EDGES = (relationship("r1", "JOINS", "a", "人", "2019", "2020-03"),)


@given(world=worlds())
def test_what_is_read_is_what_was_written(world):
    projection = world.projection
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(projection, "token", path)
        found, token = read(path, ONTOLOGY)
        assert token == "token"
        assert contents(found) == contents(projection)
        assert os.listdir(folder) == ["file"], "no half of it is left"


@given(commits=COMMITS)
def test_a_mapped_one_follows_commits_too(commits):
    facts = Facts()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(build_projection((), (), ONTOLOGY, 0), "t", path)
        for steps in commits:
            projection = with_delta(read(path, ONTOLOGY)[0], facts.commit(steps))
            write(projection, "t", path)
        anew = build_projection(facts.nodes.values(), facts.relationships.values(), ONTOLOGY, facts.revision)
        assert contents(read(path, ONTOLOGY)[0]) == contents(anew)


def test_only_its_user_may_read_it(tmp_path):
    path = tmp_path / "file"
    write(build_projection(NODES, EDGES, ONTOLOGY, 3), "token", path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert belonging(path)[1:] == (3, "token")


@given(st.data())
def test_any_torn_or_altered_byte_is_noticed(data):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        projection = build_projection(NODES, EDGES, ONTOLOGY, 3)
        write(projection, "token", path)
        whole = path.read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            path.write_bytes(whole[:place])
        else:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :])
        try:
            found = read(path, ONTOLOGY)[0]
        except Unusable:
            return
        assert contents(found) == contents(projection), "only padding between arrays may go unnoticed"


def test_other_definitions_another_version_and_other_files_are_refused(tmp_path):
    path = tmp_path / "file"
    write(build_projection(NODES, EDGES, ONTOLOGY, 3), "token", path)
    with pytest.raises(Unusable, match="other type definitions"):
        read(path, Ontology({}, {}))
    whole = path.read_bytes()
    path.write_bytes(whole[:8] + b"\x63" + whole[9:])
    with pytest.raises(Unusable, match="format 99"):
        read(path, ONTOLOGY)
    path.write_bytes(b"something else altogether")
    with pytest.raises(Unusable, match="no file of this kind"):
        read(path, ONTOLOGY)
    path.write_bytes(b"")
    with pytest.raises(Unusable, match="cut short"):
        read(path, ONTOLOGY)
