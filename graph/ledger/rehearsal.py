"""Trying a load out: records are checked and compared with what their documents said before, and nothing is written."""

from __future__ import annotations

from graph.ledger.recording import Recording
from graph.model import PublishedTotals


class Rehearsal(Recording):
    """A recording that says of every record what it would be (new, updated, unchanged) and forgets it. What it would change in the graph
    is only known by folding, so the totals it publishes are zero and carry no load."""

    def publish(self) -> PublishedTotals:
        return PublishedTotals("", self._store.head().revision)

    def abandon(self) -> None:
        """Nothing to take back."""

    def _append(self) -> None:
        self._pending.clear()
