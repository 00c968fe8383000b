"""Sharing out, and sizes that sum."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sample.days import month_after, month_ends
from ingest.sample.distribution import apportion, distribution, drawn_to_sum
from ingest.sample.tables import batch_name


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40), st.integers(0, 5000), st.integers(0, 3))
def test_apportioned_parts_sum_and_keep_the_order_of_weights(weights: list[int], total: int, least: int) -> None:
    parts = apportion(weights, total, least)
    assert sum(parts) == total
    assert min(parts) >= (least if least * len(weights) <= total else 0)
    for a, part in zip(weights, parts, strict=True):
        assert all(part >= other for b, other in zip(weights, parts, strict=True) if a > b)


def test_apportioning_by_the_whole_changes_nothing() -> None:
    numbers = list(distribution().need_states.values())
    assert apportion(numbers, sum(numbers)) == numbers


@given(st.integers(1, 60), st.integers(0, 2**32), st.floats(0, 1))
def test_drawn_sizes_sum_within_their_bounds(count: int, seed: int, share: float) -> None:
    draws = [random.Random(seed + place).uniform(0.1, 9) for place in range(count)]
    total = 2 * count + round(share * 13 * count)
    sizes = drawn_to_sum(draws, total, 2, 15)
    assert sum(sizes) == total and all(2 <= size <= 15 for size in sizes)


def test_sizes_that_cannot_sum_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot sum"):
        drawn_to_sum([1.0, 2.0], 100, 1, 10)


def test_months_and_batches() -> None:
    assert month_after("2020-08", 11) == "2021-07" and month_after("2019-12", 1) == "2020-01"
    assert month_ends("2020-02") == "2020-02-29"
    assert [batch_name(number) for number in (3, 10, 13, 20, 21)] == ["第三批", "第十批", "第十三批", "第二十批", "第二十一批"]
