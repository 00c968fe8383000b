"""What every test shares: the public data beside the checkout, a clean environment, and skips that are loud.

Suites that need something outside the checkout carry a marker (``neo4j``, ``browser``, ``shared_data``). Where that thing is absent
they skip, and the end of the run says so in capitals; with ``CI`` set, a skipped ``neo4j`` or ``browser`` test is a failure
(unless ``.ci/run`` found that the registry itself refuses the download: ``LIANYIN_CI_REFUSED``).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

from tests.examples import FACTOR, examples

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
HASH_KEY = "5a" * 32
"""The key of people's ids in tests: their order must not change from run to run."""

SHARED_DATA_VARIABLE = "LIANYIN_SHARED_DATA"
REFUSED_IN_CI = os.environ.get("LIANYIN_CI_REFUSED", "").split(",")
REQUIRED_IN_CI = [name for name in ("neo4j", "browser") if name not in REFUSED_IN_CI]
HOW_TO_GET = {
    "neo4j": "make neo4j",
    "browser": "install chromium and chromium-driver",
    "shared_data": f"put the public data beside the checkout, or set {SHARED_DATA_VARIABLE}",
}

EXAMPLES = examples(50)
settings.register_profile("same", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("explore", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("explore" if FACTOR else "same")


def shared_data_folder() -> Path:
    """Where the public data sets would be, whether they are there or not."""
    chosen = os.environ.get(SHARED_DATA_VARIABLE)
    return Path(chosen) if chosen else ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the public data sets (``cordis_h2020`` …); skips where it is absent."""
    folder = shared_data_folder()
    if not folder.is_dir():
        pytest.skip(f"the public data is not at {folder}: {HOW_TO_GET['shared_data']}")
    return folder


def fixed_key(folder: Path) -> Path:
    """A file with the tests' own key."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "hash.key"
    place.write_text(HASH_KEY, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes its user's data, and all of them hash people under one key."""
    home = tmp_path_factory.getbasetemp() / "home"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(home / name.lower()))
        fixed_key(home / "xdg_data_home" / "lianyin")
        yield home


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads this machine's settings, and every answer comes in Chinese unless asked otherwise."""
    for name in [name for name in os.environ if name.startswith("LIANYIN_") and not name.startswith(("LIANYIN_SHARED", "LIANYIN_NEO4J"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LIANYIN_LANGUAGE", "zh")
    yield


def pytest_runtest_setup() -> None:
    """Tests talk to this machine only."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one server run in one worker, so that it is started once."""
    for item in items:
        if item.get_closest_marker("neo4j") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("neo4j"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a required suite that skips has failed."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    marked = [name for name in REQUIRED_IN_CI if item.get_closest_marker(name)]
    if IN_CI and marked and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI skips nothing of {marked}: {report.longrepr}"
    return report  # type: ignore[return-value]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the suites that did not run, and what would make them run."""
    skipped: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        skipped.update(name for name in HOW_TO_GET if name in report.keywords)
    for name, count in sorted(skipped.items()):
        terminalreporter.write_line(f"NOT RUN: {count} tests of the {name} suite. To run them: {HOW_TO_GET[name]}.", yellow=True, bold=True)
