"""What only the embedded store must stand: other processes, a killed writer, torn files, a full disk."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import OntologyProblem, StoreDamaged, StoreHeld, StoreProblem
from graph.factory import default_store_url, open_store
from graph.ontology.schema import Label, NodeType, Ontology, PropertyType
from graph.store import QueryLimits
from graph.stores.embedded import FILE
from tests.contract.world import ONTOLOGY, everything, node, publish

ROOT = Path(__file__).resolve().parents[2]


OPENING = """
import sys
from graph.factory import open_store
from tests.contract.world import *
store = open_store(sys.argv[1], ONTOLOGY)
"""


def start(code: str, url: str) -> subprocess.Popen[str]:
    """Another process that runs this code with ``store`` open."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", OPENING + code, url]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"kglite://{(tmp_path / 'store').as_posix()}"


def test_only_its_owner_may_look_into_the_folder(tmp_path: Path) -> None:
    open_store(f"kglite://{(tmp_path / 'new' / 'store').as_posix()}", ONTOLOGY).close()
    assert (tmp_path / "new" / "store").stat().st_mode & 0o077 == 0


def test_a_second_process_is_told_who_holds_the_store(url: str) -> None:
    other = start("publish(store, node('a'))\nprint('open', flush=True)\nsys.stdin.read()\n", url)
    try:
        assert other.stdout is not None and other.stdout.readline().strip() == "open", other.communicate()
        with pytest.raises(StoreHeld, match=f"process {other.pid} since 20") as held:
            open_store(url, ONTOLOGY)
        assert held.value.hint
    finally:
        other.kill()
        other.communicate()
    store = open_store(url, ONTOLOGY)  # the lock goes with the process, and what it committed is there
    assert sorted(everything(store)[0]) == ["a"]
    store.close()


def test_a_second_opening_in_this_process_is_refused(url: str) -> None:
    store = open_store(url, ONTOLOGY)
    with pytest.raises(StoreHeld, match="in this process"):
        open_store(url, ONTOLOGY)
    store.close()
    open_store(url, ONTOLOGY).close()


WRITER = """
revision = 0
while True:
    revision = store.head().revision + 1
    names = [f"{revision}-{index}" for index in range(200)]
    links = (knows(a, b) for a, b in zip(names, names[1:]))
    publish(store, *(node(name, turn=revision) for name in names), *links)
    print(revision, flush=True)
"""


def test_a_killed_writer_leaves_whole_commits(url: str) -> None:
    """Killed at a random moment again and again: every acknowledged revision is there, and each is whole."""
    rng = random.Random(7)
    for _ in range(4):
        writer = start(WRITER, url)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        assert first, writer.communicate()[1]
        time.sleep(rng.uniform(0.0, 0.25))
        writer.send_signal(signal.SIGKILL)
        acknowledged = max(int(line) for line in [first, *writer.communicate()[0].splitlines()])
        store = open_store(url, ONTOLOGY)
        revision = store.head().revision
        nodes, relationships = everything(store)
        assert acknowledged <= revision <= acknowledged + 1
        assert len(nodes) == 200 * revision and len(relationships) == 199 * revision
        assert {change.revision for change in store.changes(0)} == set(range(1, revision + 1))
        store.close()


FILLER = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
publish(store, node('a'))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from graph.errors import StoreFull
try:
    publish(store, *(node(f'n{index}', text='x' * 1000) for index in range(2_000)))
except StoreFull as error:
    print('full', sorted(everything(store)[0]), store.head().revision, flush=True)
import os
os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
def test_a_full_disk_keeps_nothing_of_the_step(url: str) -> None:
    output, errors = start(FILLER, url).communicate()
    assert output.strip() == "full ['a'] 1", errors
    store = open_store(url, ONTOLOGY)
    assert sorted(everything(store)[0]) == ["a"] and store.head().revision == 1
    publish(store, node("b"))
    store.close()


def test_damaged_files_are_named(url: str, tmp_path: Path) -> None:
    store = open_store(url, ONTOLOGY)
    publish(store, *(node(f"n{index}") for index in range(100)))
    store.close()
    file = tmp_path / "store" / FILE
    whole = file.read_bytes()
    for broken in (b"this is no graph", whole[: len(whole) // 2], b""):
        file.write_bytes(broken)
        with pytest.raises(StoreDamaged, match="store"):
            open_store(url, ONTOLOGY)
        assert file.read_bytes() == broken  # evidence is left alone
    file.write_bytes(whole)
    store = open_store(url, ONTOLOGY)
    assert len(everything(store)[0]) == 100
    store.close()


def test_another_format_is_refused(url: str) -> None:
    import kglite

    folder = Path(url.removeprefix("kglite://"))
    open_store(url, ONTOLOGY).close()
    with kglite.open_session(str(folder / FILE), durable="full") as session:
        session.execute("MATCH (h:Head) SET h.format = 99")
    with pytest.raises(StoreDamaged, match="format 99"):
        open_store(url, ONTOLOGY)


def test_a_place_that_cannot_be_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for bad in (f"kglite://{tmp_path}/file", f"kglite://{tmp_path}/file/below", "kglite://", "kglite:///"):
        with pytest.raises(StoreProblem):
            open_store(bad, ONTOLOGY)


@pytest.mark.parametrize("bad", ["", "somewhere", "http://example.org", "sqlite:///x", "neo4j", "bolt+s"])
def test_an_unknown_address_names_the_accepted_forms(bad: str) -> None:
    with pytest.raises(StoreProblem, match=r"kglite:///.*neo4j://"):
        open_store(bad, ONTOLOGY)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(StoreProblem) as refused:
        open_store("postgres://user:hunter2@host/db", ONTOLOGY)
    assert "hunter2" not in str(refused.value)


def test_relative_folders_and_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("kglite://here/it is 图", ONTOLOGY)
    assert store.url == f"kglite://{tmp_path}/here/it is 图"
    store.close()
    assert (tmp_path / "here" / "it is 图" / FILE).is_file()
    assert default_store_url().startswith("kglite:///") and default_store_url().endswith("lianyin/store")


def test_an_ontology_that_takes_a_reserved_name_is_refused(url: str) -> None:
    label = Label("标签", "label")

    def ontology(name: str, key: str) -> Ontology:
        properties = {key: PropertyType(key, "text", False, 0, 0, label)}
        return Ontology({name: NodeType(name, label, (), False, False, False, (), "#000000", 0, properties, (), "")}, {})

    for name, key in (("Claim", "x"), ("Entity", "x"), ("Person", "title"), ("Person", "revision"), ("Per`son", "x")):
        with pytest.raises(OntologyProblem):
            open_store(url, ontology(name, key))
    open_store(url, ontology("Person", "x")).close()


def test_a_grown_ontology_opens_the_old_store(url: str) -> None:
    store = open_store(url, ONTOLOGY)
    publish(store, node("a"))
    store.close()
    more = dict(ONTOLOGY.node_types)
    more["Ship"] = NodeType("Ship", Label("船", "ship"), (), False, False, False, (), "#000000", 0, {}, (), "")
    store = open_store(url, Ontology(more, ONTOLOGY.relationship_types))
    publish(store, node("s", "Ship"))
    assert [row[0] for row in store.cypher("MATCH (n:Ship) RETURN n.id", {}, QueryLimits()).rows] == ["s"]
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_its_owner_reads_the_files_of_a_store_however_they_were_made(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    open_store(f"kglite://{folder}", ONTOLOGY).close()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    store = open_store(f"kglite://{folder}", ONTOLOGY)
    opened = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (folder, *folder.iterdir())}
    store.close()
    closed = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (folder, *folder.iterdir())}
    assert (opened, closed) == ({0}, {0})
