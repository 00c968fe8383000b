"""Every message has its Chinese text, with the same values, and nothing in the catalogue is stale."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from graph import errors
from graph.errors import LianyinError, QueryProblem
from graph.messages import CATALOGUE, Either, Message, message, read_catalogue, said, together, verbatim
from graph.ontology.schema import Label
from tools.messages import ROOMS, messages_in_code, read

ERRORS = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, LianyinError)}


@pytest.fixture(scope="module")
def calls(checkout: Path) -> list[tuple[str, ast.Call]]:
    """Every call in the rooms whose function is named, with its place."""
    return list(_calls(checkout))


def _calls(checkout: Path) -> Iterator[tuple[str, ast.Call]]:
    for room in ROOMS:
        for path in sorted((checkout / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(checkout)}:{node.lineno}", node


def _named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _fields(template: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None}


def test_every_message_is_a_constant_with_its_values(calls: list[tuple[str, ast.Call]]) -> None:
    wrong = []
    for place, call in calls:
        if not isinstance(call.func, ast.Name) or call.func.id != "message" or "messages.py" in place:
            continue
        template = call.args[0] if len(call.args) == 1 else None
        if not isinstance(template, ast.Constant) or not isinstance(template.value, str):
            wrong.append(f"{place}: the template is no constant")
        elif call.keywords and all(word.arg for word in call.keywords):
            given, named = {str(word.arg) for word in call.keywords}, {name for name, _ in _fields(template.value)}
            if given != named:
                wrong.append(f"{place}: gives {sorted(given)}, names {sorted(named)}")
    assert wrong == []


def test_no_error_is_raised_with_bare_text(calls: list[tuple[str, ast.Call]]) -> None:
    bare = [
        f"{place}: {ast.unparse(text)}"
        for place, call in calls
        if _named(call) in ERRORS and not place.startswith("cooperation/incentives/conflicts.py")
        for text in [*call.args[:1], *(word.value for word in call.keywords if word.arg in ("detail", "hint"))]
        if isinstance(text, (ast.Constant, ast.JoinedStr, ast.BinOp))
    ]
    assert bare == []


def test_the_catalogue_reads_as_babel_reads_it() -> None:
    expected = {entry.id: entry.string for entry in read(CATALOGUE) if entry.id and entry.string}
    assert dict(read_catalogue(CATALOGUE.read_text(encoding="utf-8"))) == expected


def test_a_message_is_english_text_that_knows_its_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "{file} has {count:,} rows of {types}: {names}. {why}": "{file} 有 {count:,} 行{types}：{names}。{why}",
        "Load it.": "请导入。",
        "{first} {second}": "{first}{second}",
    }
    monkeypatch.setattr("graph.messages.catalogue", lambda: texts)
    found = message(
        "{file} has {count:,} rows of {types}: {names}. {why}",
        file="a.csv",
        count=1234,
        types=Either(["Person", Label("企业", "enterprise"), "Studio"]),
        names=("x", "y"),
        why=message("Load it."),
    )
    assert found == "a.csv has 1,234 rows of Person, enterprise or Studio: x, y. Load it."
    assert said(found, "en") == found
    assert said(found, "zh") == "a.csv 有 1,234 行Person、企业或Studio：x、y。请导入。"
    assert pickle.loads(pickle.dumps(found)).zh == found.zh
    assert together(message("Load it."), message("Load it.")).zh == "请导入。请导入。"
    assert together(message("Load it."), verbatim("")).en == "Load it."
    assert found.changed(lambda text: text.replace("a.csv", "b.csv")).zh.startswith("b.csv 有")


def test_text_that_is_not_ours_stands_as_it_is() -> None:
    text = verbatim("Neo.ClientError {x}")
    assert (text, text.zh, said("plain", "zh")) == ("Neo.ClientError {x}", "Neo.ClientError {x}", "plain")


def test_an_error_prints_in_english() -> None:
    problem = QueryProblem(message("The query is empty."), hint=message("Ask again."))
    assert str(problem) == "The query is empty. Ask again."
    assert isinstance(problem.detail, Message)


def test_every_message_of_the_code_is_in_the_catalogue_and_nothing_else() -> None:
    in_code, in_catalogue = {text for text, _ in messages_in_code()}, {str(entry.id) for entry in read(CATALOGUE) if entry.id}
    assert in_code - in_catalogue == set(), "run `make messages`, then translate"
    assert in_catalogue - in_code == set(), "run `make messages`"
