"""Killed in the middle of a load, of a publication in batches, or of an undo: the graph is whole, and the same again ends the same.

``python -m benchmarks.killing`` does it 20 times on each store.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sample.tables import NEEDS, ROSTER
from tests import neo4j_server
from tests.interrupted import kills, prepare

SCALE, FILES = 0.1, (ROSTER, NEEDS)
HERE, ON_A_SERVER = 4, 2
"""Kills that must meet the work; a server that has just started is slow."""


def test_killed_on_the_embedded_store(tmp_path: Path) -> None:
    stage = prepare(f"kglite://{tmp_path / 'store'}", tmp_path, SCALE, FILES)
    seen = list(kills(stage, HERE, seed=1))
    assert sum(each.hit for each in seen) >= HERE
    assert sum(each.withdrawn for each in seen) > 0


@pytest.mark.neo4j
def test_killed_on_neo4j(tmp_path: Path) -> None:
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    server = neo4j_server.shared()
    server.wipe()
    stage = prepare(server.url, tmp_path, SCALE, FILES)
    seen = list(kills(stage, ON_A_SERVER, seed=2))
    assert sum(each.hit for each in seen) >= ON_A_SERVER
    assert sum(each.withdrawn for each in seen) > 0
    server.wipe()
