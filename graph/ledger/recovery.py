"""Loads that were left behind, and waiting for those that were not.

A load whose process has ended on this machine, or that gave no sign of life for too long, is withdrawn: nothing of it was ever visible, and
its files can be loaded again. Whoever waits for its turn looks for such loads meanwhile, so that nobody waits for the dead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from graph.errors import Conflict
from graph.messages import message
from graph.model import Load, LoadState
from graph.processes import has_ended
from graph.store import Store

PATIENCE = 600.0
"""Seconds that a load waits for another one."""

SLICE = 2.0
"""Seconds between two looks whether the other one still lives."""

POLL = 0.1
"""Seconds between two looks whether the files of a load are free."""


def withdraw_left_behind(store: Store, silent_since: str = "") -> list[Load]:
    """Withdraws the loads whose process has ended, and those without a sign of life after ``silent_since`` (``""``: none of those);
    returns them. A server may still be carrying out the last thing that a killed process asked of it: a load that is published by then
    stands."""
    left = []
    for load in store.loads((LoadState.STAGING,)):
        if (silent_since and load.beat <= silent_since) or has_ended(load.owner):
            try:
                store.withdraw(load.id)
            except Conflict:
                if any(other.id == load.id for other in store.loads((LoadState.STAGING,))):
                    raise
            else:
                left.append(load)
    return left


def hold(store: Store, load_id: str, patience_seconds: float = PATIENCE) -> None:
    """Takes the right to publish for this load as soon as nobody alive has it. ``Conflict`` after ``patience_seconds``, or when the load
    itself was withdrawn meanwhile."""
    deadline = time.monotonic() + patience_seconds
    while True:
        left = deadline - time.monotonic()
        try:
            store.hold_publication(load_id, max(0.0, min(SLICE, left)))
            return
        except Conflict:
            if not any(load.id == load_id for load in store.loads((LoadState.STAGING,))):
                raise
            if left <= SLICE:
                raise Conflict(
                    message(
                        "The load {load} is being published; waited {seconds:g} s for it.",
                        load=store.head().publishing,
                        seconds=patience_seconds,
                    ),
                    hint=message("Try again when it is done; `lianyin loads` shows its state."),
                ) from None
            withdraw_left_behind(store)


def wait_for_documents(store: Store, load: Load, documents: Collection[str], beat: Callable[[], None]) -> None:
    """Waits until no load that was opened before this one still reads one of ``documents``: what they say is compared with what stands,
    so two at once would both take it for new. ``Conflict`` after ``PATIENCE``."""
    deadline = time.monotonic() + PATIENCE
    looked = time.monotonic()
    while other := _earlier(store, load, frozenset(documents)):
        if time.monotonic() > deadline:
            raise Conflict(
                message(
                    "{id} ({name}) is loading the same files; waited {patience:g} s for it.",
                    id=other.id,
                    name=other.name,
                    patience=PATIENCE,
                ),
                hint=message("Load them again when it is done."),
            )
        if time.monotonic() - looked > SLICE:
            withdraw_left_behind(store)
            beat()
            looked = time.monotonic()
        time.sleep(POLL)


def _earlier(store: Store, load: Load, documents: frozenset[str]) -> Load | None:
    for other in store.loads((LoadState.STAGING,)):
        if other.id == load.id:
            return None  # oldest first: whoever comes now waits for us
        if other.kind == "ingest" and not documents.isdisjoint(other.speaks_of):
            return other
    return None
