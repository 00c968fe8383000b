"""Captions are cut so that they still differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualize.captions import cut_apart
from visualize.wrapping import text_width

ALIKE = (
    "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EXAMPLETON",
    "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF SAMPLEFORD",
)


@pytest.mark.parametrize(("width", "lines"), [(26, 2), (18, 3), (12, 1)])
def test_names_that_begin_alike_stay_different(width: int, lines: int) -> None:
    one, other = cut_apart(ALIKE, width, lines)
    assert one != other
    assert "EXAMPLE" in one.replace("\n", "") and "SAMPLE" in other.replace("\n", "")
    assert all(text_width(line) <= width + 2 for line in (*one.split("\n"), *other.split("\n")))


def test_chinese_names_too() -> None:
    names = [f"扬州示例新能源汽车关键零部件制造有限公司第{at}分公司生产基地管理委员会" for at in "一二三"]
    assert len(set(cut_apart(names, 26, 2))) == 3


def test_what_fits_and_what_differs_already_is_left_alone() -> None:
    assert cut_apart(["示例大学", "示例大学", "示例学院"], 26, 2) == ["示例大学", "示例大学", "示例学院"]


@given(st.lists(st.text("ab 示例", max_size=60), max_size=6))
def test_cut_captions_fit(captions: list[str]) -> None:
    for text in cut_apart(captions, 12, 2):
        lines = text.split("\n")
        assert len(lines) <= 2
        assert all(text_width(line) <= 14 for line in lines)
