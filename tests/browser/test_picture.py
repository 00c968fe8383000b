"""The picture as people meet it: in Chromium, with the network off."""

from __future__ import annotations

import time

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By

from graph.model import Relationship
from tests.browser.conftest import Opened, requests
from tests.visualize.example_graph import NODES, ONTOLOGY, QUESTION, node, path_view, star_view
from tests.visualize.test_page import HOSTILE, hostile_view
from visualize.audience import Reader
from visualize.pyvis_page import render
from visualize.view import Drawn, around

pytestmark = pytest.mark.browser


def visible(browser: Chrome, selector: str) -> str:
    return str(browser.find_element(By.CSS_SELECTOR, selector).text)


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
    inked = browser.execute_script(
        "const c=document.querySelector('#drawing canvas'),d=c.getContext('2d').getImageData(0,0,c.width,c.height).data;"
        "let n=0;for(let i=3;i<d.length;i+=4){if(d[i])n++}return n"
    )
    assert inked > 10_000


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
    key = browser.execute_script("return lianyinPicture.nodes.get().filter(n => n.title.includes('onerror'))[0].id")
    shown = browser.execute_script(
        "const n=lianyinPicture.network,p=n.canvasToDOM(n.getPositions([arguments[0]])[arguments[0]]),"
        "b=document.getElementById('drawing').getBoundingClientRect();return [b.left+p.x,b.top+p.y]",
        key,
    )
    ActionChains(browser).move_by_offset(int(shown[0]), int(shown[1])).perform()
    time.sleep(0.6)
    tooltip = browser.find_element(By.CSS_SELECTOR, "div.vis-tooltip")
    assert tooltip.is_displayed()
    assert HOSTILE.split("\u2028")[0].strip() in tooltip.text
    assert {each.tag_name for each in browser.find_elements(By.CSS_SELECTOR, "div.vis-tooltip *")} <= {"br"}
    assert browser.find_elements(By.TAG_NAME, "img") == []
    assert len(requests(browser)) == 1
    ActionChains(browser).move_by_offset(-int(shown[0]), -int(shown[1])).perform()


def test_chinese_first_and_english_one_click_away(opened: Opened) -> None:
    browser = opened(render(path_view()))
    assert visible(browser, "h1") == "哪所高校，通过谁，连着哪家企业？"
    edge = browser.execute_script("return lianyinPicture.edges.get()[0].label")
    assert edge.startswith("挂职派出")
    browser.find_element(By.ID, "language").click()
    assert visible(browser, "h1") == "Which university connects to which enterprise, through whom?"
    assert browser.execute_script("return lianyinPicture.edges.get()[0].label") == "seconded from\n2020-08 to 2021-07"
    assert "showing 5 of 12 paths" in visible(browser, "#shown")
    assert browser.execute_script("return document.documentElement.lang") == "en"
    assert "University" in visible(browser, "#legend")


def test_everything_is_reached_without_a_mouse(opened: Opened) -> None:
    view = path_view()
    browser = opened(render(view))
    wanted = {each.key for each in (*view.nodes, *view.edges)}
    reached: set[str] = set()
    tools: set[str] = set()
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("")
    for _ in range(len(wanted) + 12):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        found = browser.execute_script("const e=document.activeElement;return [e.dataset.node||e.dataset.edge||'', e.id]")
        reached.add(found[0])
        tools.add(found[1])
    assert wanted <= reached
    assert {"language", "nearer", "farther", "whole"} <= tools
    button = browser.find_element(By.CSS_SELECTOR, "button[data-node=n0]")
    button.send_keys(Keys.ENTER)
    assert browser.execute_script("return lianyinPicture.network.getSelectedNodes()") == ["n0"]
    assert "chosen" in (browser.find_element(By.CSS_SELECTOR, "tr[data-node=n0]").get_attribute("class") or "")
    browser.find_element(By.CSS_SELECTOR, "button[data-edge=e0]").send_keys(Keys.SPACE)
    assert browser.execute_script("return lianyinPicture.network.getSelectedEdges()") == ["e0"]


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
    view = around("u1", Drawn([NODES[0], *people], lines), ONTOLOGY, QUESTION, Reader(), cap=1499)
    browser = opened(render(view))
    assert browser.execute_script("return lianyinPicture.nodes.length") == 1500


def test_every_label_lies_inside_the_drawing(opened: Opened) -> None:
    browser = opened(render(path_view()))
    boxes = browser.execute_script(
        "const n=lianyinPicture.network,r=document.getElementById('drawing').getBoundingClientRect();"
        "return lianyinPicture.nodes.getIds().map(i=>{const b=n.getBoundingBox(i),p=n.canvasToDOM({x:b.left,y:b.top}),"
        "q=n.canvasToDOM({x:b.right,y:b.bottom});return [p.x,p.y,q.x,q.y,r.width,r.height]})"
    )
    for left, top, right, bottom, width, height in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
