"""The names of conditions: options, parameters and fields say the same, and errors name what the asker wrote."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.schemas.paths import QuestionParameters
from graph.errors import QueryProblem
from graph.paths.ask.query import Conditions
from lianyin.cli.conditions import NAMES, OPTIONS
from lianyin.conditions import conditions_of, parameters_of, weights_of, with_ids
from lianyin.options import ConditionOptions
from tests.lianyin.conftest import Command

SCHOOL, FIRM = "示例大学", "示例重工有限公司"
TYPES = st.lists(st.sampled_from(["Person", "项目", "A|B"]), max_size=2).map(tuple)
TEXTS = st.lists(st.text(min_size=1, max_size=5), max_size=2).map(tuple)
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "as_of": st.sampled_from(["any", "now", "2020-09-10"]),
        "recorded_as_of": st.sampled_from(["", "2020-05-01"]),
        "together": st.booleans(),
        "window": st.sampled_from([("2019-01-01", ""), ("", "2020-01-01"), ("2019-01-01", "2020-01-01")]),
        "include_types": TYPES,
        "only_types": TYPES,
        "never_types": TYPES,
        "avoid": TEXTS,
        "max_degree": st.integers(0, 9),
        "through": TEXTS,
        "through_types": TYPES,
        "relationship_types": TYPES,
        "direction": st.sampled_from(["any", "forward", "backward"]),
        "min_trust": st.integers(1, 3),
        "pattern": st.sampled_from(["", "University < EMPLOYED_BY < Person"]),
    },
)


def test_every_condition_is_a_field_an_option_and_a_parameter() -> None:
    assert {field.name for field in fields(Conditions)} | {"recorded_as_of"} == set(ConditionOptions.__annotations__)
    assert len(OPTIONS) == len(NAMES)
    assert set(NAMES) == set(QuestionParameters.model_fields)


@given(CONDITIONS)
def test_parameters_become_the_same_conditions_again(chosen: ConditionOptions) -> None:
    said = {name: value for name, value in chosen.items() if value not in ("", ())}
    assert conditions_of({name: list(each) if isinstance(each, tuple) else each for name, each in parameters_of(chosen).items()}) == said


@given(st.lists(st.tuples(st.sampled_from(["EMPLOYED_BY", "任职", "A=B"]), st.floats(0, 1e9)), max_size=3).map(tuple))
def test_weights_travel_exactly(weights: tuple[tuple[str, float], ...]) -> None:
    assert weights_of(parameters_of({"weights": weights}).get("weights", ())) == weights  # type: ignore[arg-type] # texts


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

    found = with_ids({"avoid": ("a",), "from_nodes": ("b", "c"), "only_types": ("d",)}, id_of)
    assert found == {"avoid": ("A",), "from_nodes": ("B", "C"), "only_types": ("d",)}
    assert asked == [("a", "avoid"), ("b", "from"), ("c", "from")]


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
    assert ran.status in (2, 3) and f"参数 {parameter}" in ran.error.replace(f"--{parameter}", f"参数 {parameter}"), ran.err
