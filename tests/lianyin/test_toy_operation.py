"""An operation that is declared in one place is found at every door."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi.testclient import TestClient
from pydantic import Field

from api import create_app
from graph.errors import LianyinError, WrongParameters
from graph.factory import open_store
from lianyin.answers.reader import Reader
from lianyin.client import Client
from lianyin.methods import Methods
from lianyin.operation import REGISTER, Operation, operation
from lianyin.operations import all_operations
from lianyin.operations_page import http_page, json_part
from lianyin.remote import problem_of
from lianyin.requests import Help, Request
from lianyin.results import Column, Table
from lianyin.session import Session
from lianyin.settings import Settings, load_types
from lianyin.transport import Http, Transport
from tests.lianyin.conftest import Command


@dataclass(frozen=True, slots=True)
class AskToys(Request):
    """Which toys."""

    node: Annotated[str, Help("谁的", "Whose toys.", "NODE", positional=True)]
    from_: Annotated[str, Help("来源", "Who gave them.", "GIVER")] = ""
    colour: Annotated[tuple[str, ...], Help("颜色", "Only of this colour; may be repeated.")] = ()
    limit: Annotated[int, Field(ge=1, le=9), Help("最多", "Toys listed.")] = 3


@dataclass(frozen=True, slots=True)
class ToysAnswer:
    """Toys of a node."""

    owner: str
    toys: list[str]
    total: int


def toys_table(answer: ToysAnswer, reader: Reader) -> Table:
    return Table((Column("toy", "玩具", "toy"),), [(toy,) for toy in answer.toys], title=(f"{answer.owner} {reader.language}",))


def toys(session: Session, asked: AskToys) -> ToysAnswer:
    """The toys of a node. 玩具一览。"""
    owner = session.node(asked.node)
    every = [f"{colour} {asked.from_}".strip() for colour in asked.colour or ("red", "green", "blue", "grey")]
    return ToysAnswer(owner.caption, every[: asked.limit], len(every))


@pytest.fixture
def toy() -> Iterator[Operation[AskToys, ToysAnswer]]:
    declared = operation("GET /v1/toys/{node}", toys_table, command="toys", heavy=lambda asked: asked.limit > 5, kept=True)(toys)
    yield declared
    REGISTER.remove(declared)


@pytest.fixture
def served(example_store: Path, tmp_path: Path, toy: Operation[AskToys, ToysAnswer]) -> Iterator[TestClient]:  # noqa: ARG001 - declared by then
    folder = shutil.copytree(example_store, tmp_path / "served")
    settings = Settings(store=f"kglite://{folder}", today="2020-09-10", language="zh")  # type: ignore[arg-type]
    store = open_store(settings.store_url(), load_types(settings))
    with TestClient(create_app(settings, store), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client
    store.close()


def test_on_the_command_line_and_in_its_help(loaded: Command, toy: Operation[AskToys, ToysAnswer]) -> None:  # noqa: ARG001
    document = loaded("toys", "示例大学", "--from", "A", "--colour", "red", "--colour", "blue", "--json").json
    assert document == {"owner": "示例大学", "toys": ["red A", "blue A"], "total": 2}
    assert loaded("toys", "示例大学").out.split()[-3:] == ["red", "green", "blue"]
    assert "玩具一览。" in loaded("--help").out
    told = loaded("toys", "--help").out
    assert "--from GIVER" in told and "来源" in told and "[默认：3]" in told
    assert loaded("toys", "示例大学", "--limit", "10").status == 2 and "limit" in loaded("toys", "示例大学", "--limit", "10").error


def test_over_http_and_in_openapi(served: TestClient) -> None:
    answered = served.get("/v1/toys/示例大学?from=A&colour=red&colour=blue")
    assert answered.json() == {"owner": "示例大学", "toys": ["red A", "blue A"], "total": 2}
    assert (
        served.get("/v1/toys/示例大学?from=A&colour=red&colour=blue", headers={"if-none-match": answered.headers["etag"]}).status_code
        == 304
    )
    wrong = served.get("/v1/toys/示例大学?limit=10&size=1")
    assert wrong.status_code == 422
    assert {each["parameter"] for each in wrong.json()["errors"]} == {"limit", "size"}
    described: Any = served.get("/openapi.json").json()["paths"]["/v1/toys/{node}"]["get"]
    assert {each["name"]: each["in"] for each in described["parameters"]} == {
        "node": "path",
        "from": "query",
        "colour": "query",
        "limit": "query",
    }
    assert described["description"] == "The toys of a node. 玩具一览。"


class Anywhere(Methods):
    """A client over any transport."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def transport(self) -> Transport:
        return self._transport


def test_in_the_python_client_here_and_remote(served: TestClient) -> None:
    def ask(method: str, path: str, **what: object) -> object:
        answered = served.request(method, path, **what)  # type: ignore[arg-type]
        if answered.is_success:
            return answered
        raise problem_of(answered)  # type: ignore[arg-type]

    here = served.app.state.client  # type: ignore[attr-defined]
    doors: list[Any] = [here, Anywhere(Http(here.reader, ask))]
    answers = [door.toys("示例大学", colour=("red",)) for door in doors]
    assert answers[0] == answers[1] and answers[0].answer == ToysAnswer("示例大学", ["red"], 1)
    told: list[LianyinError] = []
    for door in doors:
        with pytest.raises(WrongParameters) as wrong:
            door.toys("示例大学", limit=10)
        told.append(wrong.value)
    assert told[0].where == told[1].where == {"parameter": "limit"}


def test_in_the_reference_pages(toy: Operation[AskToys, ToysAnswer]) -> None:  # noqa: ARG001
    page = http_page(REGISTER, "derived")
    assert "### GET /v1/toys/{node}" in page and "Only of this colour; may be repeated." in page and "`lianyin toys`" in page
    assert "### ToysAnswer" in json_part(REGISTER)


def test_every_operation_tells_what_it_is_in_both_languages() -> None:
    for each in all_operations():
        assert each.help and not each.help.isascii(), each.name
        assert each.request.__doc__ and each.run.__doc__, each.name


def test_the_python_client_has_every_operation() -> None:
    assert [each.name for each in all_operations() if not hasattr(Client, each.name)] == []
