"""The picture as people meet it: in Chromium, with the network off."""

from __future__ import annotations

import base64
import itertools
import re
import time
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By

from graph.model import Relationship
from tests.browser.conftest import Opened, requests
from tests.visualize.example_graph import NODES, ONTOLOGY, QUESTION, node, path_view, star_view
from tests.visualize.test_choosing import KINDS, wide_view
from tests.visualize.test_page import HOSTILE, hostile_view
from visualize.audience import Reader
from visualize.pyvis_page import render
from visualize.view import Drawn
from visualize.views import around

pytestmark = pytest.mark.browser

LEAST_FONT = 11
INK = (
    "const c=document.querySelector('#drawing canvas'),d=c.getContext('2d').getImageData(0,0,c.width,c.height).data;"
    "let n=0;for(let i=3;i<d.length;i+=4){if(d[i])n++}return n"
)


def visible(browser: Chrome, selector: str) -> str:
    return str(browser.find_element(By.CSS_SELECTOR, selector).text)


def labels(browser: Chrome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.execute_script("return lianyinPicture.labels()")
    return found


def legible(browser: Chrome) -> int:
    """How many labels are seen whole; none may be too small or lie upon another."""
    width, height = browser.execute_script("const d=document.getElementById('drawing');return [d.clientWidth,d.clientHeight]")
    found = labels(browser)
    assert all(each["size"] >= LEAST_FONT for each in found)
    for one, other in itertools.combinations(found, 2):
        assert (
            one["right"] <= other["left"] or other["right"] <= one["left"] or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
        )
    return sum(each["left"] >= 0 and each["top"] >= 0 and each["right"] <= width and each["bottom"] <= height for each in found)


def until(browser: Chrome, script: str, expected: object) -> None:
    """Waits until a script says what is expected, at most a few seconds."""
    for _ in range(50):
        if browser.execute_script(script) == expected:
            return
        time.sleep(0.1)
    assert browser.execute_script(script) == expected


def click_on(browser: Chrome, key: str) -> None:
    """A click of the pointer on a card."""
    browser.execute_script("document.getElementById('drawing').scrollIntoView({block:'center'})")
    x, y = browser.execute_script(
        "const p=lianyinPicture.at(arguments[0]),b=document.getElementById('drawing').getBoundingClientRect();"
        "return [b.left+p.x,b.top+p.y]",
        key,
    )
    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(int(x), int(y))
    actions.click().perform()


def test_it_opens_with_the_network_off_and_asks_for_nothing(opened: Opened) -> None:
    browser = opened(render(path_view()))
    asked = requests(browser)
    assert len(asked) == 1
    assert asked[0].startswith("file://")
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_what_is_drawn_is_what_the_legend_and_the_tables_count(opened: Opened) -> None:
    view = path_view()
    browser = opened(render(view))
    drawn = browser.execute_script("return [lianyinPicture.nodes.length, lianyinPicture.edges.length]")
    counts = [int(each.get_attribute("data-count") or 0) for each in browser.find_elements(By.CSS_SELECTOR, "#legend [data-count]")]
    assert drawn == [len(view.nodes), len(view.edges)]
    assert sum(counts) == len(view.nodes)
    assert len(browser.find_elements(By.CSS_SELECTOR, "#nodes tbody tr")) == len(view.nodes)
    assert len(browser.find_elements(By.CSS_SELECTOR, "#edges tbody tr")) == len(view.edges)
    assert browser.execute_script(INK) > 10_000


@pytest.mark.parametrize(("size", "least"), [(5, 5), (23, 23), (167, 50), (300, 50), (653, 50)])
def test_labels_can_be_read_in_the_first_view_and_at_every_zoom(opened: Opened, size: int, least: int) -> None:
    browser = opened(render(star_view(size - 1)))
    assert legible(browser) >= least
    for factor in (0.2, 0.5, 2, 6):
        browser.execute_script(
            "const n=lianyinPicture.network;n.moveTo({scale:n.getScale()*arguments[0],animation:false});n.redraw()", factor
        )
        time.sleep(0.1)
        legible(browser)


def test_a_large_picture_counts_everything_and_unfolds(opened: Opened) -> None:
    view = wide_view()
    browser = opened(render(view))
    counted = {each.get_attribute("data-count") for each in browser.find_elements(By.CSS_SELECTOR, "#legend [data-count]")}
    assert counted == {"1", *map(str, KINDS.values())}
    assert f"共 {len(view.nodes):,} 行" in visible(browser, "#nodes-count")
    assert f"共 {len(view.edges):,} 行" in visible(browser, "#edges-count")
    group = browser.execute_script("return lianyinPicture.data.groups[0]")
    before = browser.execute_script("return lianyinPicture.nodes.length")
    click_on(browser, group["id"])
    assert browser.execute_script("return lianyinPicture.nodes.length") == before + len(group["members"])
    assert browser.execute_script("return lianyinPicture.nodes.getIds().includes(arguments[0])", group["members"][0])
    legible(browser)
    click_on(browser, group["id"])
    assert browser.execute_script("return lianyinPicture.nodes.length") == before


def test_the_lines_drawn_stand_for_every_line(opened: Opened) -> None:
    view = wide_view()
    browser = opened(render(view))
    page = browser.execute_script("return [lianyinPicture.data.nodes.length, lianyinPicture.data.edges.length]")
    assert page == [len(view.nodes), len(view.edges)]
    browser.execute_script("lianyinPicture.data.groups.forEach(g=>lianyinPicture.state.unfolded.add(g.id))")
    browser.find_element(By.ID, "language").click()  # draws anew
    assert browser.execute_script("return lianyinPicture.edges.length") == len(view.edges)


def test_positions_are_ours_and_nothing_moves(opened: Opened) -> None:
    browser = opened(render(path_view()))
    first = browser.execute_script("return lianyinPicture.network.getPositions()")
    time.sleep(0.4)
    assert browser.execute_script("return lianyinPicture.network.getPositions()") == first
    assert browser.execute_script("return lianyinPicture.network.physics.options.enabled") is False


def test_hostile_names_are_shown_as_text(opened: Opened) -> None:
    browser = opened(render(hostile_view()))
    assert "<img src=x onerror=alert(1)>" in visible(browser, "h1")
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert len(browser.find_elements(By.TAG_NAME, "script")) == 3
    key = browser.execute_script("return lianyinPicture.data.nodes.find(n => n.caption[0].includes('onerror')).id")
    click_on(browser, key)
    time.sleep(0.6)
    tooltip = browser.find_element(By.CSS_SELECTOR, "div.vis-tooltip")
    assert tooltip.is_displayed()
    assert HOSTILE.split("\u2028")[0].strip() in tooltip.text
    assert {each.tag_name for each in browser.find_elements(By.CSS_SELECTOR, "div.vis-tooltip *")} <= {"br"}
    assert "<img" in visible(browser, "#detail")
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert len(requests(browser)) == 1


def test_chinese_first_and_english_one_click_away(opened: Opened) -> None:
    browser = opened(render(path_view()))
    assert visible(browser, "h1") == "哪所高校，通过谁，连着哪家企业？"
    assert visible(browser, "#edges tbody tr td:nth-child(2)").startswith("挂职派出")
    browser.find_element(By.ID, "language").click()
    assert visible(browser, "h1") == "Which university connects to which enterprise, through whom?"
    assert visible(browser, "#edges tbody tr td:nth-child(2)").startswith("seconded from")
    assert "2020-08 to 2021-07" in visible(browser, "#edges tbody")
    assert "Source: 花名册.xlsx, row 3" in visible(browser, "#edges tbody")
    assert "showing 5 of 12 paths" in visible(browser, "#shown")
    assert browser.execute_script("return document.documentElement.lang") == "en"
    assert "University" in visible(browser, "#legend")


def test_everything_is_reached_without_a_mouse(opened: Opened) -> None:
    view = path_view()
    browser = opened(render(view))
    wanted = {each.key for each in (*view.nodes, *view.edges)}
    reached: set[str] = set()
    tools: set[str] = set()
    browser.find_element(By.TAG_NAME, "body").send_keys("")
    for _ in range(len(wanted) + 24):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        found = browser.execute_script("const e=document.activeElement;return [e.dataset.node||e.dataset.edge||'', e.id]")
        reached.add(found[0])
        tools.add(found[1])
    assert wanted <= reached
    assert {"language", "theme", "search", "day", "play", "save-png", "save-svg", "print", "drawing", "nearer", "farther", "whole"} <= tools
    browser.find_element(By.CSS_SELECTOR, "button[data-node=n0]").send_keys(Keys.ENTER)
    assert browser.execute_script("return lianyinPicture.state.focus") == "n0"
    assert "chosen" in (browser.find_element(By.CSS_SELECTOR, "tr[data-node=n0]").get_attribute("class") or "")
    browser.find_element(By.CSS_SELECTOR, "button[data-edge=e0]").send_keys(Keys.SPACE)
    assert browser.execute_script("return lianyinPicture.state.line") == "e0"


def test_the_drawing_itself_obeys_the_keyboard(opened: Opened) -> None:
    browser = opened(render(wide_view()))
    drawing = browser.find_element(By.ID, "drawing")
    scale = browser.execute_script("return lianyinPicture.network.getScale()")
    drawing.send_keys("+")
    time.sleep(0.3)
    assert browser.execute_script("return lianyinPicture.network.getScale()") > scale
    drawing.send_keys("0", Keys.ARROW_RIGHT, Keys.ENTER)
    focus = browser.execute_script("return lianyinPicture.state.focus || [...lianyinPicture.state.unfolded][0]")
    assert focus
    drawing.send_keys(Keys.ESCAPE)
    assert browser.execute_script("return lianyinPicture.state.focus") == ""


def test_the_legend_filters_and_the_search_finds(opened: Opened) -> None:
    view = path_view()
    browser = opened(render(view))
    browser.find_element(By.CSS_SELECTOR, "#legend button[data-type=Need]").click()
    assert browser.execute_script("return lianyinPicture.nodes.length") == sum(each.type != "Need" for each in view.nodes)
    assert "Need" not in {each.text for each in browser.find_elements(By.CSS_SELECTOR, "#nodes tbody td:nth-child(2)")}
    browser.find_element(By.CSS_SELECTOR, "#legend button[data-type=Need]").click()
    search = browser.find_element(By.ID, "search")
    search.send_keys("焊接")
    assert visible(browser, "#hits") == "1 处"
    assert [each.text for each in browser.find_elements(By.CSS_SELECTOR, "#nodes tbody button")] == ["轻量化焊接"]
    search.send_keys(Keys.ENTER)
    focus = browser.execute_script("return lianyinPicture.state.focus")
    assert next(each.caption.zh for each in view.nodes if each.key == focus) == "轻量化焊接"


def test_what_is_folded_is_found(opened: Opened) -> None:
    browser = opened(render(wide_view()))
    search = browser.find_element(By.ID, "search")
    search.send_keys("示例Person301", Keys.ENTER)
    time.sleep(0.4)
    assert browser.execute_script("return lianyinPicture.nodes.getIds().includes(lianyinPicture.state.focus)")
    assert any(each["key"] == browser.execute_script("return lianyinPicture.state.focus") for each in labels(browser))


def test_a_day_shows_what_held_then(opened: Opened) -> None:
    view = path_view()
    browser = opened(render(view))
    slider = browser.find_element(By.ID, "day")
    slider.send_keys(Keys.ARROW_RIGHT)
    day = visible(browser, "#today")
    held = [
        each for each in view.edges if (not each.valid_from or each.valid_from <= day) and (not each.valid_to or day[:7] <= each.valid_to)
    ]
    assert day == "2018-08-01"
    assert len(held) == 1
    until(browser, "return lianyinPicture.edges.length", 1)
    slider.send_keys(Keys.HOME)
    until(browser, "return lianyinPicture.edges.length", len(view.edges))
    browser.find_element(By.ID, "play").click()
    until(browser, "return lianyinPicture.state.day", "2018-08-01")
    browser.find_element(By.ID, "play").click()


def test_zoom_buttons_change_the_scale(opened: Opened) -> None:
    browser = opened(render(star_view(47)))
    before = browser.execute_script("return lianyinPicture.network.getScale()")
    browser.find_element(By.ID, "nearer").click()
    time.sleep(0.5)
    assert browser.execute_script("return lianyinPicture.network.getScale()") > before
    browser.find_element(By.ID, "whole").click()
    assert abs(browser.execute_script("return lianyinPicture.network.getScale()") - before) < 0.01


def test_fifteen_hundred_nodes_are_drawn(opened: Opened) -> None:
    people = [node(f"s{at}", "Need", f"示例{at}号") for at in range(1499)]
    lines = [Relationship(f"r{at}", "ACCEPTED", f"s{at}", f"s{at // 3}" if at else "u1") for at in range(1499)]
    browser = opened(render(around("u1", Drawn([NODES[0], *people], lines), ONTOLOGY, QUESTION, Reader())))
    assert browser.execute_script("return lianyinPicture.data.nodes.length") == 1500
    assert legible(browser) >= 20


def test_every_label_lies_inside_the_drawing(opened: Opened) -> None:
    browser = opened(render(path_view()))
    assert legible(browser) == len(path_view().nodes)


@pytest.mark.parametrize("page", [render(path_view()), render(wide_view(), "en")], ids=["paths", "many"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opened, page: str, theme: str) -> None:
    import axe_core_python

    browser = opened(page)
    if browser.execute_script("return document.documentElement.dataset.theme") != theme:
        browser.find_element(By.ID, "theme").click()
    # As the browser's own tool it is not held back by the page's policy.
    script = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
    found = browser.execute_async_script(
        "const done=arguments[0];axe.run().then(r=>done(r.violations.map(v=>[v.id,v.nodes.map(n=>n.html)])))"
    )
    assert found == []


def test_the_sheet_is_saved_with_its_colours(opened: Opened) -> None:
    browser = opened(render(path_view()))
    browser.execute_script(
        "window.saved=[];URL.createObjectURL=b=>{window.saved.push(b);return 'blob:x'};HTMLAnchorElement.prototype.click=()=>{}"
    )
    browser.find_element(By.ID, "save-svg").click()
    svg = browser.execute_async_script("const done=arguments[0];window.saved[0].text().then(done)")
    assert svg.startswith("<svg") and 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert "var(--" not in svg
    assert "#00785a" in svg
    assert "哪所高校" in svg
    browser.find_element(By.ID, "save-png").click()
    for _ in range(50):
        if browser.execute_script("return window.saved.length") > 1:
            break
        time.sleep(0.1)
    kind, size = browser.execute_script("return [window.saved[1].type, window.saved[1].size]")
    assert kind == "image/png" and size > 10_000


def test_it_is_printed_on_one_page(opened: Opened) -> None:
    browser = opened(render(wide_view()))
    assert browser.execute_script("return getComputedStyle(document.querySelector('.sheet')).display") == "none"
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed["data"]))) == 1


def test_a_phone_shows_words_too(opened: Opened) -> None:
    browser = opened(render(path_view()))
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        browser.refresh()
        assert legible(browser) >= 8
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
