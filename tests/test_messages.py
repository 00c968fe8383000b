"""Every message has its Chinese text, with the same values, and nothing in the catalogue is stale."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Literal

import httpx2
import orjson
import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.problems import problem_document
from graph import errors
from graph.errors import LianyinError, QueryProblem
from graph.explanations import pydantic_reason, system_reason
from graph.messages import CATALOGUE, Either, Message, catalogue, message, read_catalogue, said, together, verbatim
from graph.ontology.schema import Label
from lianyin.cli.app import run
from lianyin.cli.exits import USAGE
from lianyin.remote import problem_of
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


def test_every_message_has_chinese_with_the_same_values() -> None:
    wrong = [f"{english!r}: {fault}" for english in {text for text, _ in messages_in_code()} if (fault := _fault(english))]
    assert wrong == [], "fill in msgstr in the catalogue (docs/messages.md)"


def _fault(english: str) -> str:
    chinese = catalogue().get(english, "")
    if not chinese:
        return "has no Chinese text"
    if _values_of(english) != _values_of(chinese):
        return f"other values in {chinese!r}"
    words = re.sub(r"\{[^{}]*\}", "", english)
    if re.search(r"[a-z]{2}", words) and not re.search(r"[\u4e00-\u9fff]", chinese):
        return f"no Chinese in {chinese!r}"
    return f"words of the machinery in {chinese!r}" if re.search("投影|折叠|账本|枢纽点|修订号", chinese) else ""


def _values_of(template: str) -> set[tuple[str, str]]:
    try:
        return _fields(template)
    except ValueError:  # a text without values may hold braces
        return set()


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("path", "a"), "错误 用法有误：缺少参数 'B'。用法见 lianyin path --help。", "Missing argument 'B'. See lianyin path --help."),
        (("path", "a", "b", "--max-hops", "x"), "'x' 不是", "'x' is not a valid"),
        (("pth",), "没有命令 'pth'", "No such command 'pth'"),
        (("stats", "--colour"), "没有选项 '--colour'", "No such option '--colour'."),
        (("stats", "a", "b"), "多出参数（a b）。", "Got unexpected extra arguments (a b)"),
    ],
)
def test_usage_errors_are_said_in_the_readers_language(
    arguments: tuple[str, ...], zh: str, en: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, expected in (("zh", zh), ("en", en)):
        monkeypatch.setenv("LIANYIN_LANGUAGE", language)
        assert run(arguments) == USAGE
        assert expected in capsys.readouterr().err


class _Point(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int = Field(ge=1, le=9)
    kind: Literal["a", "b", "c"] = "a"
    name: str = Field(default="", max_length=3, pattern="^x*$")


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        ({}, "必填", "this is required"),
        ({"size": "many"}, "应为整数", "a whole number is expected"),
        ({"size": 10}, "须为 9 或以下", "it must be 9 or less"),
        ({"size": 1, "kind": "d"}, "应为以下之一：a、b或c", "one of these is expected: a, b or c"),
        ({"size": 1, "name": "xxxx"}, "最多 3 字", "it must have 3 characters or fewer"),
        ({"size": 1, "name": "y"}, "须符合 ^x*$", "it must match ^x*$"),
        ({"size": 1, "other": 1}, "没有这一项", "this is unknown"),
    ],
)
def test_pydantics_common_errors_are_said_in_both_languages(values: dict[str, object], zh: str, en: str) -> None:
    with pytest.raises(ValidationError) as problem:
        _Point.model_validate(values)
    reason = pydantic_reason(problem.value.errors()[0])
    assert (reason.zh, reason.en) == (zh, en)


def test_the_systems_reasons_are_said_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as problem:
        (tmp_path / "nothing").read_text(encoding="utf-8")
    assert system_reason(problem.value).zh == "不存在"
    assert system_reason(OSError(99999, "Strange")).zh == "Strange"


def test_paths_and_other_errors_inside_a_message_can_be_hidden() -> None:
    told = Message(
        "{path}: {error} of {names}", {"path": Path("/tmp/x/a.csv"), "error": OSError("no /tmp/x/a.csv"), "names": [Path("/tmp/x/b")]}
    )
    assert told.changed(lambda text: text.replace("/tmp/x/", "")).en == "a.csv: no a.csv of b"
    assert verbatim("see /tmp/x/a").changed(lambda text: text.replace("/tmp/x/", "")) == "see a"


def test_a_problem_document_keeps_both_languages_for_whoever_reads_it_next() -> None:
    problem = QueryProblem(message("The query is empty."), hint=message("Ask again."))
    document = problem_document(problem, "zh")
    assert (document["detail"], document["detail_en"], document["hint_zh"]) == ("查询是空的。", "The query is empty.", "请再试一次。")
    again = problem_of(httpx2.Response(400, content=orjson.dumps(document)))
    assert (str(again), again.detail.zh) == (str(problem), problem.detail.zh)
