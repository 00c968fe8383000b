"""A file that changes while it is read is refused, whole: no row of it is recorded, and it loads when it is at rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import FileProblem
from graph.model import LoadState
from ingest import pipeline
from ingest.pipeline import Progress
from lianyin.client import Client
from lianyin.client import open as open_graph
from lianyin.settings import Settings

HEADER = "编号,企业,需求名称,领域,状态"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with open_graph(settings=Settings(store=f"kglite://{tmp_path}/store")) as opened:
        yield opened


def write(path: Path, count: int) -> Path:
    rows = [f"XQ-{number:03},扬州示例重工有限公司,需求{number},装备,已发布" for number in range(count)]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def appended(path: Path) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\nXQ-900,扬州示例重工有限公司,新的,装备,已发布")


def replaced(path: Path) -> None:
    write(path.with_suffix(".new"), 3).replace(path)


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(("change", "told"), [(appended, "was written to"), (replaced, "was replaced"), (removed, "disappeared")])
@pytest.mark.parametrize("moment", ["while it is read", "after it was read"])
def test_it_is_refused_and_nothing_is_recorded(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], told: str, moment: str
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 10)
    path, other = write(tmp_path / "甲.csv", 50), write(tmp_path / "乙.csv", 5)
    done: list[str] = []

    def meanwhile(at: Progress) -> None:
        wanted = "乙.csv" if moment == "after it was read" else "甲.csv"
        if at.file == wanted and not done:
            done.append(at.file)
            change(path)

    with pytest.raises(FileProblem, match=f"甲.csv {told} while it was being read: nothing") as problem:
        client.ingest([path, other], progress=meanwhile)
    assert problem.value.where == {"file": "甲.csv"}
    assert client.store.head().revision == 0
    assert [each.state for each in client.ledger.loads()] == [LoadState.WITHDRAWN]
    assert client.ingest([write(path, 50), other]).totals.rejected == 0


def test_a_trial_load_refuses_it_too(client: Client, tmp_path: Path) -> None:
    path = write(tmp_path / "甲.csv", 5)
    with pytest.raises(FileProblem, match="while it was being read"):
        client.preview([path], progress=lambda _: appended(path))
