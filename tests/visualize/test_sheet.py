"""The still sheet: whole without a script, in both languages, as SVG, PNG and PDF."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph.errors import FileProblem, QueryProblem
from tests.visualize.example_graph import PEOPLE, ego_view, path_view, star_view
from tests.visualize.test_page import HOSTILE, hostile_view
from visualize.audience import Audience
from visualize.drawing import Look, draw
from visualize.families import DARK
from visualize.forms import PictureForm, as_file, check_fonts, form_of
from visualize.sheet import FONTS
from visualize.view import View

SVG = Look("svg")


def words_of(svg: str) -> str:
    return "\n".join("".join(each.itertext()) for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("}text"))


@pytest.mark.parametrize("view", [path_view(), path_view(Audience.PUBLIC), ego_view(), star_view(652), hostile_view()])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_well_formed_and_asks_for_nothing(view: View, language: str) -> None:
    svg = draw(view, language, SVG)
    ElementTree.fromstring(svg)
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|image|style|foreignObject|a)\b|\bhref|url\(", svg)


def test_it_says_title_answer_legend_date_and_footer() -> None:
    words = words_of(draw(path_view(), "zh", SVG))
    for text in (
        "哪所高校，通过谁，连着哪家企业？",
        "显示 5 / 12 条路径，未列全",
        "数据日期 2020-09-10",
        "高校 3",
        "已结束",
        "唯一联系人：离开则断线",
        "接单",
        "2020-08-21 起",
        "仅供内部使用",
        "轻量化焊接",
    ):
        assert text in words
    english = words_of(draw(path_view(), "en", SVG))
    assert "showing 5 of 12 paths" in english and "For internal use only" in english


def test_the_public_sheet_holds_no_name() -> None:
    svg = draw(path_view(Audience.PUBLIC), "zh", SVG)
    assert all(name not in svg for name in PEOPLE.values())


def test_hostile_names_stay_text() -> None:
    assert HOSTILE.split("\u2028")[0][:12] in words_of(draw(hostile_view(), "zh", SVG))


def test_it_is_dark_where_that_is_asked_for() -> None:
    assert f'fill="{DARK.paper}"' in draw(path_view(), "zh", Look("svg", "dark"))


def test_a_png_is_twice_as_large_and_a_pdf_is_one_page() -> None:
    svg = draw(star_view(652), "zh", SVG)
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    png = as_file(svg, PictureForm.PNG)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (pytest.approx(2 * width, abs=2), pytest.approx(2 * height, abs=2))
    pdf = as_file(svg, PictureForm.PDF)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert re.search(rb"CJK|SC", pdf)


def test_another_extension_is_refused_and_fonts_are_named() -> None:
    assert form_of(Path("a.PNG")) is PictureForm.PNG
    with pytest.raises(QueryProblem, match="a.jpeg"):
        form_of(Path("a.jpeg"))
    check_fonts(frozenset(FONTS[2:3]))
    with pytest.raises(FileProblem, match="Noto Sans CJK SC"):
        check_fonts(frozenset({"DejaVu Sans"}))
