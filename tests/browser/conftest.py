"""One headless Chromium for all browser tests, with no way out: every host name fails to resolve, and every request is logged."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

Opened = Callable[[str], Chrome]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Skips loudly where Chromium or its driver is absent; ``tests/conftest.py`` turns that skip into a failure in CI."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("Chromium or its driver is not installed")
    options = ChromeOptions()
    options.binary_location = browser
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1280,1000",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost",
        # A page that still scrolls smoothly to its answer moves what is about to be clicked.
        "--force-prefers-reduced-motion",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    found = Chrome(options=options, service=ChromeService(executable_path=driver, log_output=os.devnull))
    found.set_page_load_timeout(60)
    yield found
    found.quit()


@pytest.fixture
def opened(chromium: Chrome, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page's text as a file and waits until it is drawn. Whatever a test does with it, the page may raise no error."""

    def open_page(text: str) -> Chrome:
        page = tmp_path / "picture.html"
        page.write_text(text, encoding="utf-8")
        chromium.get("about:blank")
        chromium.get_log("performance")
        chromium.get_log("browser")
        chromium.get(page.as_uri())
        assert chromium.execute_script("return document.documentElement.dataset.drawn") == "true", chromium.get_log("browser")
        return chromium

    yield open_page
    assert [entry for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"] == []


def requests(browser: Chrome) -> list[str]:
    """The addresses that the page asked for since the log was last read, itself included (not those of the browser's own first tab)."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent" and not message["params"]["documentURL"].startswith("chrome:"):
            found.append(message["params"]["request"]["url"])
    return found
