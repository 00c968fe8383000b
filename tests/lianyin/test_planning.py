"""What planners ask, as readers of each clearance are told: nobody is named, and no enterprise's own affairs, to whom may not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import Forbidden, QueryProblem, ValueProblem, WrongParameters
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import Source
from lianyin.client import Client
from lianyin.settings import Settings
from tests.cooperation.world import ONTOLOGY, build, build_more
from tests.graph.ledger.builders import Clock, link, load, node, row


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[int], Client]]:
    """A small district, opened for a reader of a clearance."""
    store = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ONTOLOGY)
    build(store)
    build_more(store)
    rows = [
        row(1, link("EXPERT_IN", "p:zhang", "f:weld"), node("n:1", "Need", name="焊接", state="已发布", mustHaves=("秘密工艺",))),
        row(2, link("POSTED", "e:acme", "n:1"), link("PAIRED_WITH", "s:zhao", "p:zhang", validFrom="2020-01-01")),
    ]
    load(Ledger(store, ONTOLOGY, Clock()), Source("more", "More", "2020-09-01"), rows, "more")

    def reader(clearance: int) -> Client:
        return Client(store, ONTOLOGY, Settings(today="2020-09-10", language="zh", clearance=clearance))  # type: ignore[arg-type]

    yield reader
    store.close()


def test_people_are_named_to_whom_may_know_them(opened: Callable[[int], Client]) -> None:
    named: Any = opened(2).listing("pairs").document
    assert named["lines"][0]["cells"]["expert"]["caption"] == "张拟"
    for clearance in (0, 1):
        told = str(opened(clearance).listing("pairs").document)
        assert "张拟" not in told and "p:zhang" not in told
        assert "张拟" not in str(opened(clearance).match("n:1").document)


def test_what_an_enterprise_must_have_is_not_told_to_everybody(opened: Callable[[int], Client]) -> None:
    inside: Any = opened(1).match("n:1").document
    assert inside["near"][0]["fails"] == ["must: 秘密工艺"] and inside["smallest_change"]["lift"] == ["must: 秘密工艺"]
    outside: Any = opened(0).match("n:1").document
    assert outside["near"][0]["fails"] == ["must"] and "秘密" not in str(outside)


@pytest.mark.parametrize("name", ["6", "13", "14", "16", "18"])
def test_questions_of_a_higher_class_are_refused(opened: Callable[[int], Client], name: str) -> None:
    with pytest.raises(Forbidden, match="class 1"):
        opened(0).question(name)


def test_bad_questions_say_what_and_where(opened: Callable[[int], Client]) -> None:
    client = opened(2)
    with pytest.raises(QueryProblem, match="takes no parameter 'colour'") as unknown:
        client.question("1", {"colour": "red"})
    assert unknown.value.where == {"parameter": "colour"}
    with pytest.raises(ValueProblem, match="not a valid date") as day:
        client.question("1", as_of="soon")
    assert day.value.where == {"parameter": "as_of"}
    with pytest.raises(WrongParameters, match="limit"):
        client.question("1", limit=-1)
    with pytest.raises(QueryProblem, match="There is no 'fortune'"):
        client.insight("fortune")
    with pytest.raises(QueryProblem, match="matched with people"):
        client.match("示例重工")


def test_a_line_has_its_rows_and_more_is_told_as_more(opened: Callable[[int], Client]) -> None:
    document: Any = opened(2).listing("absent-studios", {"year": 2020}, limit=1).document
    assert (document["total"], len(document["lines"]), document["truncated"], document["limit"]) == (2, 1, True, "rows")
    assert document["lines"][0]["rows"][0].keys() == {"load", "file", "sheet", "row"}
