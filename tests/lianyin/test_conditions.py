"""The names of conditions: options, parameters and fields say the same, and errors name what the asker wrote."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryProblem
from graph.paths.ask.query import Conditions
from lianyin.operations.conditions import PathConditions, conditions_of, weights_of
from tests.lianyin.conftest import Command

SCHOOL, FIRM = "示例大学", "示例重工有限公司"


def test_every_condition_of_the_graph_is_asked_of_paths() -> None:
    told = conditions_of(PathConditions(), lambda text, _: text)
    assert told == {field.name: field.default for field in fields(Conditions)}


@given(st.lists(st.tuples(st.sampled_from(["EMPLOYED_BY", "任职", "A=B"]), st.floats(0, 1e9)), max_size=3).map(tuple))
def test_weights_are_read_exactly(weights: tuple[tuple[str, float], ...]) -> None:
    assert weights_of(f"{type}={number!r}" for type, number in weights) == weights


@pytest.mark.parametrize("text", ["", "EMPLOYED_BY", "EMPLOYED_BY=", "=2", "EMPLOYED_BY=much"])
def test_a_weight_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(QueryProblem) as caught:
        weights_of([text])
    assert caught.value.where == {"parameter": "weights"}


def test_nodes_go_by_id_and_the_parameter_is_told() -> None:
    asked: list[tuple[str, str]] = []

    def id_of(text: str, parameter: str) -> str:
        asked.append((text, parameter))
        return text.upper()

    told = conditions_of(PathConditions(avoid=("a",), through=("b", "c"), only=("d",)), id_of)
    assert (told["avoid"], told["through"], told["only_types"]) == (("A",), ("B", "C"), ("d",))
    assert asked == [("a", "avoid"), ("b", "through"), ("c", "through")]


def test_avoiding_and_passing_by_name(loaded: Command) -> None:
    assert "张拟" not in loaded("path", SCHOOL, FIRM, "--all", "--avoid", "张拟").out
    assert "没有路径" in loaded("path", SCHOOL, FIRM, "--never", "Person").out


@pytest.mark.parametrize(
    ("arguments", "parameter"),
    [
        (("--avoid", "没有这个人"), "avoid"),
        (("--through", "没有这个人"), "through"),
        (("--as-of", "2020-13-01"), "as_of"),
        (("--min-trust", "7"), "min_trust"),
        (("--weights", "EMPLOYED_BY"), "weights"),
        (("--max-hops", "99"), "max_hops"),
        (("--all", "--kind", "simple"), "kind"),
    ],
)
def test_an_error_names_its_parameter(loaded: Command, arguments: tuple[str, ...], parameter: str) -> None:
    ran = loaded("path", SCHOOL, FIRM, *arguments)
    assert ran.status in (2, 3) and parameter in ran.error, ran.err
