"""The watch of the process that runs analysts' queries: an answer that is ready is never taken for one that needs too much."""

from __future__ import annotations

import pytest

from graph.stores.embedded import child
from graph.stores.embedded.messages import OUT_OF_MEMORY, OUT_OF_TIME, Question

QUESTION = Question("RETURN 1", {}, milliseconds=60_000, rows=10, bytes=1_000)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> child.Watch:
    """One that looks only when it is told to."""
    monkeypatch.setattr(child.Watch, "_watch", lambda self: None)
    monkeypatch.setattr(child, "limit_address_space", lambda more: None)
    return child.Watch()


def test_a_question_that_ends_while_memory_is_measured_meets_no_limit(watch: child.Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.begin(QUESTION)

    def measured() -> int:
        watch.end()
        return 500

    monkeypatch.setattr(child, "resident_bytes", measured)
    assert watch.look() is None


def test_each_limit_is_met_by_its_own_code(watch: child.Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.begin(QUESTION)
    assert watch.look() is None
    monkeypatch.setattr(child, "resident_bytes", lambda: 1 << 60)
    assert watch.look() == OUT_OF_MEMORY
    monkeypatch.setattr(child.time, "monotonic", lambda: 1e12)
    assert watch.look() == OUT_OF_TIME
    watch.end()
    monkeypatch.setattr(child.time, "monotonic", lambda: 2e12)
    assert watch.look() == 0
