"""The projection's file through the client: when it is used, when it is left aside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import lianyin
from graph.ontology import default_ontology
from graph.projection import follow
from lianyin.client import Client
from lianyin.kept_projection import FILE, file_path
from lianyin.settings import read_settings
from tests.graph.ledger.builders import NEW, OLD, everything, link, load, node, row
from tests.graph.projection.histories import contents


def participations(numbers: range) -> list:
    return [
        row(n, node(f"pic:{n % 3}", "Enterprise", name=f"企业{n % 3}"), node(f"cordis-project:{n}", "Project", name=f"项目{n}"),
            link("PARTICIPATES_IN", f"pic:{n % 3}", f"cordis-project:{n}", role="partner"))
        for n in numbers
    ]  # fmt: skip


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a store is read whole for the projection."""
    seen: list[str] = []
    known = follow.projected
    monkeypatch.setattr(follow, "projected", lambda store, ontology: (seen.append(store.url), known(store, ontology))[1])
    return seen


def opened(folder: Path) -> Client:
    return lianyin.open(f"kglite://{folder.as_posix()}")


def anew(client: Client) -> dict[str, object]:
    from graph.projection import build_projection

    facts = everything(client.store)
    return contents(build_projection(facts.nodes, facts.relationships, default_ontology(), client.store.head().revision))


def test_the_next_opening_maps_the_file_and_follows_what_changed(tmp_path, scans):
    with opened(tmp_path / "s") as client:
        load(client.ledger, OLD, participations(range(4)))
        first = contents(client.models.projection)
    assert (tmp_path / "s" / FILE).stat().st_mode & 0o777 == 0o600
    with opened(tmp_path / "s") as client:
        assert contents(client.models.projection) == first
        load(client.ledger, NEW, participations(range(2, 9)))
        assert contents(client.models.projection) == anew(client)
    with opened(tmp_path / "s") as client:
        kept = client.models.kept.opened()
        assert kept is not None
        assert kept.revision == 2, "kept at closing"
        client.ledger.undo("L2")
    with opened(tmp_path / "s") as client:
        assert contents(client.models.projection) == anew(client)
    assert len(scans) == 1


def test_a_store_put_back_from_a_copy_has_another_history(tmp_path, scans):
    with opened(tmp_path / "s") as client:
        load(client.ledger, OLD, participations(range(3)))
    shutil.copytree(tmp_path / "s", tmp_path / "copy")
    with opened(tmp_path / "s") as client:
        load(client.ledger, NEW, participations(range(5)))
        assert client.models.projection.revision == 2
    (tmp_path / "copy" / FILE).unlink(missing_ok=True)
    shutil.copy(tmp_path / "s" / FILE, tmp_path / "copy" / FILE)
    with opened(tmp_path / "copy") as client:
        assert client.models.kept.opened() is None, "of a revision that is yet to come"
        load(client.ledger, NEW, participations(range(7)))
        assert client.store.head().revision == 2
        assert client.models.kept.opened() is None, "of the same number, but another commit"
        assert contents(client.models.projection) == anew(client)
    assert len(scans) == 2


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[: len(whole) // 2], lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]), lambda _: b""]
)
def test_a_damaged_file_is_left_aside_and_written_anew(tmp_path, scans, damage):
    with opened(tmp_path / "s") as client:
        load(client.ledger, OLD, participations(range(3)))
        # The last array ends where the file does, so that its last byte counts.
        expected = contents(client.models.projection)
    path = tmp_path / "s" / FILE
    whole = path.read_bytes().rstrip(b"\0")
    path.write_bytes(damage(whole))
    with opened(tmp_path / "s") as client:
        assert client.models.kept.damage()
        assert contents(client.models.projection) == expected
        assert client.models.kept.damage() == ""
    assert len(scans) == 2


def test_it_can_be_switched_off_or_put_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("LIANYIN_PROJECTION_FOLDER", str(tmp_path / "elsewhere"))
    with opened(tmp_path / "s") as client:
        load(client.ledger, OLD, participations(range(3)))
        assert client.models.projection.edge_count == 3
    assert not (tmp_path / "s" / FILE).exists()
    assert len(list((tmp_path / "elsewhere").iterdir())) == 1
    monkeypatch.setenv("LIANYIN_KEEP_PROJECTION", "false")
    with opened(tmp_path / "t") as client:
        load(client.ledger, OLD, participations(range(3)))
        assert client.models.projection.edge_count == 3
    assert len(list((tmp_path / "elsewhere").iterdir())) == 1
    assert not (tmp_path / "t" / FILE).exists()


def test_a_folder_that_cannot_be_written_is_no_error_of_the_question(tmp_path, monkeypatch):
    (tmp_path / "a-file").write_text("in the way")
    monkeypatch.setenv("LIANYIN_PROJECTION_FOLDER", str(tmp_path / "a-file"))
    with opened(tmp_path / "s") as client:
        load(client.ledger, OLD, participations(range(3)))
        assert client.models.projection.edge_count == 3


def test_a_server_store_has_its_file_in_the_cache():
    settings = read_settings()
    one, two = (file_path(f"neo4j://host{n}:7687", settings) for n in (1, 2))
    assert one is not None and two is not None and one != two
    assert one.parent.name == "projections"
