"""A planner's first three minutes on the start page, in Chromium, with the network off."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from api import create_app
from graph.factory import open_store
from lianyin.operations import all_operations
from lianyin.settings import Settings, load_types
from tests.api.conftest import MAPPING, example_store
from tests.api.running import running
from tests.browser.conftest import requests

__all__ = ["example_store"]

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>\u202e“大学”&amp;</script>"
SECONDS = 60
"""A patient limit: a machine that does other work compiles the kernels and draws at the same time."""


@pytest.fixture(scope="module")
def page(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    """The start page's address, over the first example and one school with a hostile name."""
    import lianyin

    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(example_store, folder / "store")
    settings = Settings(store=f"kglite://{folder / 'store'}", today="2020-09-10", language="zh")  # type: ignore[arg-type]
    (folder / "hostile.csv").write_text(f'学校,姓名,职称,到校,离校\n"{HOSTILE}","{HOSTILE}甲",教授,2012-09,\n', "utf-8")
    with lianyin.open(settings=settings) as client:
        client.ingest([folder / "hostile.csv"], str(MAPPING))
    store = open_store(settings.store_url(), load_types(settings))
    with running(create_app(settings, store)) as address:
        yield address.replace("127.0.0.1", "localhost")  # the one name that this Chromium may look up
    store.close()


@pytest.fixture
def browser(chromium: Chrome, page: str) -> Iterator[Chrome]:
    """Chromium on the start page, its logs read out before."""
    chromium.get("about:blank")
    for log in ("performance", "browser"):
        chromium.get_log(log)
    chromium.get(page)
    until(chromium, lambda: chromium.execute_script("return document.documentElement.dataset.ready") == "true")
    yield chromium
    # Chromium itself notes every answer of 404 and 409; whatever a script did wrong comes from elsewhere.
    assert [entry for entry in chromium.get_log("browser") if entry["level"] == "SEVERE" and entry["source"] != "network"] == []
    assert [address for address in requests(chromium) if not address.startswith((page, "about:", "data:"))] == []
    chromium.get("about:blank")


def until(browser: Chrome, holds: Callable[[], object]) -> None:
    WebDriverWait(browser, SECONDS, 0.05).until(lambda _: holds())


def one(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def texts(browser: Chrome, selector: str) -> list[str]:
    """In one step, so that nothing is drawn anew in between."""
    script = "return [...document.querySelectorAll(arguments[0])].map(each => each.innerText.trim())"
    found: list[str] = browser.execute_script(script, selector)
    return found


def suggested(browser: Chrome, box: str, text: str) -> list[str]:
    """Types into a box; what it suggests."""
    one(browser, f"#{box}").send_keys(text)
    until(browser, lambda: texts(browser, f"#{box}-list [role=option] .name"))
    return texts(browser, f"#{box}-list [role=option] .name")


def answered(browser: Chrome) -> None:
    until(browser, lambda: one(browser, "#answer").get_attribute("aria-busy") == "false" and texts(browser, "#answer h2"))


def test_the_first_three_minutes(browser: Chrome) -> None:
    assert one(browser, "h1").text == "谁把这两家连在一起？"
    assert "数据日期 2022-06-01" in one(browser, "#about").text
    # A part of a name, in pinyin: the suggestions tell type and what sets them apart.
    assert suggested(browser, "from", "shili")[:2] == ["示例大学", "示例重工有限公司"]
    assert texts(browser, "#from-list [role=option] .type")[:2] == ["高校", "企业"]
    assert "张拟" in texts(browser, "#from-list .hint")[0]
    one(browser, "#from").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert one(browser, "#from").get_attribute("value") == "示例大学"
    assert suggested(browser, "to", "重工") == ["示例重工有限公司"]
    one(browser, "#to-list [role=option]").click()
    answered(browser)
    # The answer: in words, hop by hop, with dates and rows.
    assert "相隔 3 步，最短路径 2 条" in one(browser, "#answer .count").text
    assert "李样本任职于示例大学（2015-07 起，结束日期不详）" in one(browser, "#answer .words").text
    assert texts(browser, "details[open] .node .name") == ["示例大学", "李样本", "轻量化焊接工艺", "示例重工有限公司"]
    assert texts(browser, "details[open] .rows code") == [
        "experts.csv 第3行",
        "projects.csv 第3行",
        "projects.csv 第2行",
        "projects.csv 第3行",
    ]
    assert "2019-03 至 2021-12" in texts(browser, "details[open] .when")
    assert texts(browser, "#answer summary")[1] == "第 2 条 张拟 → 轻量化焊接工艺"
    see_the_picture(browser, "示例大学 与 示例重工有限公司 怎样相连？", "人员 1")
    # English is one click away, for the answer that stands and for the picture.
    one(browser, "#language").click()
    assert one(browser, "h1").text == "Who connects these two?"
    assert browser.execute_script("return document.documentElement.lang") == "en"
    assert "李样本 works at 示例大学" in one(browser, "#answer .words").text
    assert texts(browser, "details[open] .rows code")[0] == "experts.csv row 3"
    see_the_picture(browser, "How is 示例大学 connected to 示例重工有限公司?", "person 1")


def see_the_picture(browser: Chrome, title: str, person: str) -> None:
    frame = one(browser, "iframe")
    browser.switch_to.frame(frame)
    try:
        until(browser, lambda: browser.execute_script("return document.documentElement.dataset.drawn") == "true")
        assert one(browser, "h1").text == title
        assert person in one(browser, "#nodes").text
        assert browser.execute_script("return self.origin") == "null"  # it can ask this server nothing
    finally:
        browser.switch_to.default_content()


def test_names_in_the_picture_are_asked_for(browser: Chrome) -> None:
    one(browser, "#try button").click()
    answered(browser)
    one(browser, "figcaption input").click()
    until(browser, lambda: "audience=internal" in str(one(browser, "iframe").get_attribute("src")))
    see_the_picture(browser, "示例大学 与 示例重工有限公司 怎样相连？", "李样本")


def test_a_name_of_two_people_asks_which(browser: Chrome) -> None:
    one(browser, "#from").send_keys("李样本")
    one(browser, "#to").send_keys("虚拟电缆集团有限公司", Keys.ENTER)
    answered(browser)
    assert one(browser, "#answer h2").text == "有多个同名，请选您要的："
    hints = texts(browser, "#answer .hint")
    assert sorted(hints) == ["样本理工大学、电缆在线检测", "示例大学、轻量化焊接工艺"]
    browser.find_elements(By.CSS_SELECTOR, "#answer button.name")[hints.index("样本理工大学、电缆在线检测")].click()
    until(browser, lambda: texts(browser, "#answer .count"))
    assert texts(browser, "#answer .path .node .name") == ["李样本", "电缆在线检测", "虚拟电缆集团有限公司"]


def test_no_path_on_a_day_says_until_when_there_was_one(browser: Chrome) -> None:
    suggested(browser, "from", "样本理工")
    one(browser, "#from").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    suggested(browser, "to", "泵业")
    one(browser, "#to").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    answered(browser)
    one(browser, "input[value=day]").click()
    browser.execute_script("const d=document.getElementById('day');d.value='2021-05-01';d.dispatchEvent(new Event('change'))")
    until(browser, lambda: texts(browser, "#answer h2") == ["没有路径"])
    assert "2020-12" in one(browser, "#answer .lead").text
    browser.back()
    until(browser, lambda: any("⟷" in text for text in texts(browser, "#answer h2")))


def test_more_conditions_are_one_fold_away(browser: Chrome) -> None:
    one(browser, "#try button").click()
    answered(browser)
    assert not one(browser, "#avoid").is_displayed()
    one(browser, "#more summary").send_keys(Keys.ENTER)  # by keyboard: the summary opens
    until(browser, lambda: one(browser, "#avoid").is_displayed())
    through = texts(browser, "#answer details[open] .node .name")[1]
    assert suggested(browser, "avoid", through)[:2] == [through, through], "two people of one name"
    at = texts(browser, "#avoid-list [role=option] .hint").index("示例大学、轻量化焊接工艺")
    one(browser, "#avoid").send_keys(*[Keys.ARROW_DOWN] * (at + 1), Keys.ENTER)
    until(browser, lambda: f"避开 {through}" in " ".join(texts(browser, "#answer .count")))
    assert "最短路径 1 条" in one(browser, "#answer .count").text
    assert through not in one(browser, "#answer .paths").text
    assert "avoid=" in str(one(browser, "iframe").get_attribute("src"))
    browser.refresh()  # the address holds the whole question
    until(browser, lambda: f"避开 {through}" in " ".join(texts(browser, "#answer .count")) and one(browser, "#avoid").is_displayed())
    one(browser, "#avoid").clear()
    one(browser, "#avoid").send_keys(Keys.TAB)
    until(browser, lambda: "最短路径 2 条" in " ".join(texts(browser, "#answer .count")))


def test_every_kind_of_path_is_offered_and_named(browser: Chrome) -> None:
    one(browser, "#try button").click()
    answered(browser)
    one(browser, "#more summary").click()
    kind = Select(one(browser, "#kind"))
    assert [option.text for option in kind.options] == ["最短的", "最短的和稍远的", "互不相干的：一条断了还有别的", "四步以内的全部"]
    for value, said in (("simple", "路径 2 条"), ("k-shortest", "由近到远 2 条路径"), ("disjoint", "互不共用中间节点的路径 1 条")):
        kind.select_by_value(value)
        until(browser, lambda said=said: said in " ".join(texts(browser, "#answer .count")))
        assert f"kind={value}" in browser.current_url
    one(browser, "#language").click()
    until(browser, lambda: "1 independent path" in " ".join(texts(browser, "#answer .count")))


def test_a_node_is_searched_and_shown_with_its_rows(browser: Chrome) -> None:
    suggested(browser, "search", "zhangni")
    one(browser, "#search").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    answered(browser)
    assert one(browser, "#answer h2").text.startswith("张拟")
    assert "示例大学" in texts(browser, "#answer .near button.name")
    assert "experts.csv 第2行" in texts(browser, "#answer .cells code")
    one(browser, "#answer .go button").click()
    assert one(browser, "#from").get_attribute("value") == "张拟"


def test_everything_is_done_with_the_keyboard(browser: Chrome) -> None:
    reached: list[str] = []
    for _ in range(12):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        reached.append(browser.execute_script("const e=document.activeElement;return e.id||e.name||e.className||e.tagName"))
    assert [name for name in reached if name in ("search", "language", "from", "swap", "to", "go", "as_of")] == [
        "search",
        "language",
        "from",
        "swap",
        "to",
        "go",
        "as_of",
    ]
    box = one(browser, "#from")
    assert suggested(browser, "from", "示例") and box.get_attribute("aria-expanded") == "true"
    box.send_keys(Keys.ARROW_UP)
    marked = box.get_attribute("aria-activedescendant")
    assert one(browser, f"#{marked}").get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ESCAPE)
    assert (box.get_attribute("aria-expanded"), box.get_attribute("value")) == ("false", "示例")
    box.send_keys("大学")
    one(browser, "#to").send_keys("示例重工有限公司", Keys.ENTER)
    answered(browser)
    assert "相隔 3 步" in one(browser, "#answer .count").text


def test_a_name_half_typed_is_asked_back(browser: Chrome) -> None:
    one(browser, "#from").send_keys("shilidaxue")
    one(browser, "#to").send_keys("示例重工有限公司", Keys.ENTER)
    answered(browser)
    assert one(browser, "#answer h2").text == "没有这个名字。您要找的是不是："
    one(browser, "#answer button.name").click()
    until(browser, lambda: texts(browser, "#answer .count"))
    assert one(browser, "#from").get_attribute("value") == "示例大学"


def test_what_is_not_there_is_said(browser: Chrome) -> None:
    one(browser, "#from").send_keys("没有这所大学")
    one(browser, "#to").send_keys("示例重工有限公司", Keys.ENTER)
    answered(browser)
    assert one(browser, "#answer [role=alert] h2").text == "没有找到"


def test_hostile_names_are_shown_as_text(browser: Chrome) -> None:
    assert any(name.startswith("<img src=x onerror=alert(1)>") for name in suggested(browser, "search", "onerror"))
    one(browser, "#search").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    answered(browser)
    assert "<img src=x onerror=alert(1)>" in one(browser, "#answer h2").text
    assert "</script>" in one(browser, "#answer").text
    assert len(browser.find_elements(By.TAG_NAME, "img")) == 1  # the sign in the head
    assert len(browser.find_elements(By.TAG_NAME, "script")) == 3
    assert browser.execute_script("return typeof alerted") == "undefined"


def test_nothing_is_wider_than_a_telephone(browser: Chrome) -> None:
    size = browser.get_window_size()
    browser.set_window_size(400, 900)
    try:
        one(browser, "#try button").click()
        answered(browser)
        time.sleep(0.3)
        assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        browser.set_window_size(size["width"], size["height"])


def test_the_reference_page_lists_every_address_and_asks_nobody_else(browser: Chrome, page: str) -> None:
    browser.get(f"{page}/docs")
    addresses = {operation.address for operation in all_operations() if operation.address}
    until(browser, lambda: addresses <= {text.replace("\u200b", "") for text in texts(browser, ".opblock-summary-path")})
    assert "联姻" in one(browser, "h2.title, h1.title").text
