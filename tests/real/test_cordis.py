"""The main job on real data, on both stores: EU Horizon 2020 participations, against figures computed independently of this code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

import lianyin
from lianyin.client import Client
from lianyin.settings import read_settings
from tests import neo4j_server

PATHS = [
    ("999847677", "949155865", 2, 1),
    ("999836813", "993894011", 4, 2),
    ("999984253", "943385141", 6, 137),
    ("999807228", "998915701", 6, 27),
    ("995671536", "931975516", 6, 5),
    ("999903355", "942524266", 6, 161),
    ("997151562", "964846488", 6, 76),
    ("998513636", "925680604", None, 0),
    ("999889872", "930081591", None, 0),
]
COMPANIES = {"999977172": 294, "999977366": 589, "999879881": 586}


@dataclass(frozen=True)
class Loaded:
    client: Client
    files: tuple[Path, Path]
    totals: tuple[dict[str, int], ...]


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")])])
def loaded(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """Loaded file by file, as two loads."""
    url = f"kglite://{tmp_path_factory.mktemp('cordis').as_posix()}"
    if request.param == "neo4j":
        if not neo4j_server.installed():
            pytest.skip("no Neo4j here: run 'make neo4j'")
        server = neo4j_server.shared()
        server.wipe()
        url = server.url
    folder = shared_data / "cordis_h2020"
    files = (folder / "participation_2014_2016.csv", folder / "organisations_2017.csv")
    with lianyin.open(url, settings=read_settings(clearance=3)) as client:
        yield Loaded(client, files, tuple(dict(client.ingest([file]).to_json()["totals"]) for file in files))


def exported(loaded: Loaded) -> bytes:
    stream = BytesIO()
    loaded.client.export("jsonl", stream, "internal")
    return stream.getvalue()


pytestmark = pytest.mark.shared_data


def test_every_row_becomes_a_fact(loaded: Loaded) -> None:
    assert [totals["new"] for totals in loaded.totals] == [47_973, 15_235]
    assert [totals["rejected"] for totals in loaded.totals] == [0, 0]
    counted = loaded.client.cypher("MATCH (n:Entity) RETURN n.entityType AS type, count(n) AS number ORDER BY type").to_dict()["rows"]
    assert {str(name): number for name, number in counted} == {
        "Enterprise": 10_661,
        "Institute": 1_886,
        "Organization": 1_878,
        "University": 1_700,
        "Agency": 1_303,
        "Project": 10_030,
    }
    assert loaded.client.cypher("MATCH ()-[r:PARTICIPATES_IN]->() RETURN count(r) AS n").to_dict()["rows"] == [[47_973]]
    unnamed = loaded.client.cypher("MATCH (n:Organization) WHERE n.named = false RETURN count(n) AS n").to_dict()["rows"]
    assert unnamed == [[2_193]]
    namibia = loaded.client.cypher("MATCH (n:Organization) WHERE n.country = 'NA' RETURN count(n) AS n").to_dict()["rows"]
    assert namibia[0][0] > 0


def test_pairs_of_university_and_company_that_share_a_project(loaded: Loaded) -> None:
    assert loaded.client.connections("University", "Enterprise", max_hops=2, limit=1).to_dict()["total"] == 49_924
    for pic, companies in COMPANIES.items():
        found = loaded.client.connections("高校", "企业", from_=(f"pic:{pic}",), max_hops=2, limit=1).to_dict()
        assert found["total"] == companies


@pytest.mark.parametrize(("start", "end", "hops", "count"), PATHS)
def test_shortest_paths(loaded: Loaded, start: str, end: str, hops: int | None, count: int) -> None:
    answer = loaded.client.paths(f"pic:{start}", f"pic:{end}", kind="all-shortest", limit=200).to_dict()
    assert len(answer["paths"]) == count
    assert {path["hops"] for path in answer["paths"]} == ({hops} if hops else set())
    assert answer["truncated"] is False
    for path in answer["paths"]:
        assert all(step["sources"] for step in path["relationships"]), "every hop names its rows"


def test_a_second_load_and_an_undo_change_nothing(loaded: Loaded) -> None:
    before = exported(loaded)
    again = loaded.client.ingest(list(loaded.files)).to_json()["totals"]
    assert again == {"read": 63_208, "new": 0, "updated": 0, "unchanged": 63_208, "rejected": 0}
    assert exported(loaded) == before
    weekly = loaded.client.ingest([loaded.files[0].with_name("organization_2023-05-29.csv")]).to_json()
    assert weekly["totals"]["read"] == 5_153
    names = [load["id"] for load in loaded.client.loads().to_dict()["loads"] if load["state"] == "published"]
    assert exported(loaded) != before
    loaded.client.undo(names[-1])
    assert exported(loaded) == before


def test_the_read_model_equals_the_store(loaded: Loaded) -> None:
    found = loaded.client.verify().to_dict()
    assert found["nodes"] == 27_458
    assert found["differences"] == []
