"""What is said on stderr while kernels are compiled, and how far a server has come with compiling ahead."""

from __future__ import annotations

import io
import threading

import pytest

from graph.kernels.progress import Compiling
from graph.ontology.schema import Label
from lianyin import warming
from lianyin.cli import compiling
from tests.lianyin.conftest import Command


def test_a_pipe_is_told_once_and_then_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "SECONDS_BETWEEN_LINES", 0.0)
    told = io.StringIO()
    notice = compiling.CompileNotice("en", told)
    notice(Compiling("pairs", "gather", 0, 7))
    notice(Compiling("pairs", "keep", 1, 7))
    notice.finish()
    first, *rest = told.getvalue().splitlines()
    assert first.startswith("First use: compiling")
    assert [line.split() for line in rest] == [["pairs", "gather", "0/7"], ["pairs", "keep", "1/7"]]


def test_where_nothing_is_compiled_nothing_is_said() -> None:
    told = io.StringIO()
    compiling.CompileNotice("zh", told).finish()
    assert told.getvalue() == ""


def test_a_server_tells_which_step_it_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def compile_kernels(told: object) -> None:
        told(Label("路径", "paths"), 1, 3)  # type: ignore[operator]
        inside.set()
        assert go_on.wait(20)

    monkeypatch.setattr(warming, "compile_kernels", compile_kernels)
    ended: list[str] = []
    found = warming.Warming()
    assert found.over
    thread = found.start(lambda: None, lambda: ended.append("ended"))
    assert inside.wait(20)
    assert not found.over
    assert found.progress.as_json() == {"done": 1, "steps": 3, "step": {"zh": "路径", "en": "paths"}}
    go_on.set()
    thread.join(20)
    assert found.over
    assert (found.progress.done, found.progress.steps, ended) == (3, 3, ["ended"])


def test_warm_says_what_it_compiles_and_when_it_is_done(command: Command) -> None:
    ran = command("warm", "--first")
    assert ran.status == 0
    assert ran.out.startswith("已就绪")
    assert [line for line in ran.err.splitlines() if line.startswith("[")] == ["[1/2] 路径", "[2/2] 联系"]
