"""Compiling takes nothing from a question's time, is told of, and is done by ``warm`` for everything that is asked later."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from graph.kernels.arrays import Int64s
from graph.kernels.progress import Compiling, listening
from graph.paths.ask.query import Bounds
from graph.paths.search.deadline import answering, stopping, why_stop
from tests.graph.paths import graphs

KERNEL = """
from graph.kernels.compiled import compiled

@compiled
def inner(budget):
    total = 0
    for place in range(budget.shape[0]):
        total += budget[place]
    return total

@compiled
def look(budget):
    return inner(budget) * 0 + budget[1]
"""


@pytest.fixture
def kernel(tmp_path: Path) -> ModuleType:
    """Two functions that nobody has compiled yet."""
    path = tmp_path / "made_for_a_test.py"
    path.write_text(KERNEL, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("graph.kernels.made_for_a_test", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_question_whose_kernel_is_compiled_has_all_of_its_time(kernel: ModuleType) -> None:
    budget: Int64s = np.array((1, 0, 0), np.int64)
    asked = graphs.context(bounds=Bounds(milliseconds=30))
    began = time.monotonic()
    with answering(asked), stopping(budget, asked):
        stopped = kernel.look(budget)
        assert time.monotonic() - began > 0.06, "compiling was too quick to show anything"
        assert stopped == 0
        assert why_stop(asked) is None


def test_who_listens_is_told_of_each_function_once(kernel: ModuleType) -> None:
    heard: list[Compiling] = []
    with listening(heard.append):
        kernel.look(np.zeros(3, np.int64))
        kernel.look(np.ones(3, np.int64))
    assert [(each.module, each.function) for each in heard] == [("made_for_a_test", "look"), ("made_for_a_test", "inner")]
    assert all(each.ready < each.known for each in heard)


ASKED = """
import lianyin
from graph.kernels import compiled
from graph.warming import warm
from lianyin.settings import Settings

warm(lambda step, done, steps: None)
before = compiled.signatures()
with lianyin.open(settings=Settings(store="kglite://{store}")) as client:
    client.ingest(["{example}"], "{example}/mapping.yaml")
    ends = ("示例大学", "示例重工有限公司")
    for kind in ("shortest", "all-shortest", "k-shortest", "simple", "disjoint"):
        client.paths(*ends, kind=kind)
        client.paths(*ends, kind=kind, via=("Person",))
    client.paths(*ends, kind="k-shortest", weight="fresh")
    client.paths(*ends, together=True, avoid=())
    client.connections("University", "Enterprise")
    client.connections("University", "Enterprise", count=True)
    client.connections("University", "Enterprise", via=("Person",))
    client.connections("University", "Enterprise", to=("示例重工有限公司",))
    client.neighbourhood("示例大学", via=("Person",), max_hops=3)
    client.analyse("betweenness")
    client.analyse("cut-nodes")
print(compiled.signatures() - before)
"""


def test_nothing_is_compiled_for_a_question_after_warming(tmp_path: Path, checkout: Path) -> None:
    program = ASKED.format(store=tmp_path / "store", example=checkout / "examples" / "first-graph")
    ran = subprocess.run([sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.returncode) == ("set()", 0), ran.stderr
