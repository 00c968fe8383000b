"""The command line on a store of its own, and the first example loaded into one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

import lianyin
from lianyin.cli.app import run
from lianyin.settings import Settings

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "first-graph"
MAPPING = str(EXAMPLE / "mapping.yaml")
TODAY = "2020-09-10"


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = orjson.loads(self.out)
        return found

    @property
    def error(self) -> str:
        """The one line of an error."""
        (line,) = self.err.splitlines()
        return line


Command = Callable[..., Ran]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An embedded store that this test's commands use; empty."""
    folder = tmp_path / "store"
    monkeypatch.setenv("LIANYIN_STORE", f"kglite://{folder}")
    monkeypatch.setenv("LIANYIN_TODAY", TODAY)
    return folder


@pytest.fixture
def command(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:  # noqa: ARG001 - the store is chosen by then
    """Runs ``lianyin …`` in this process."""

    def call(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        status = run([os.fspath(argument) for argument in arguments])
        seen = capfdbinary.readouterr()
        return Ran(status, seen.out.decode(), seen.err.decode())

    return call


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the first example in it; copied, never written."""
    folder = tmp_path_factory.mktemp("example") / "store"
    with lianyin.open(settings=Settings(store=f"kglite://{folder}")) as client:
        report = client.ingest([EXAMPLE], MAPPING, date="2022-06-01")
    assert report.totals.rejected == 0
    return folder


@pytest.fixture
def loaded(command: Command, store: Path, example_store: Path) -> Command:
    """The command line with the first example loaded."""
    shutil.copytree(example_store, store)
    return command
