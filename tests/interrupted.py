"""Loads and undos that are killed (``kill -9``) at random moments, on either store, and what is found afterwards.

The work is done in a process of its own, forked from a clean one that has everything imported. After each kill the graph must be the one
before or the one after, to the byte; nothing unpublished may be left; and doing the same again must end as if nobody had been killed.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

import lianyin
from graph.ledger import Ledger
from graph.model import LoadState
from graph.store import ClaimSelection
from ingest.sample.write import write_city
from lianyin.client import Client
from lianyin.settings import Settings
from tests.conftest import fixed_key

MAPPING = "city"
SMALL = 200
"""Facts beyond which a publication is staged in batches, where that is what is tried."""

TRIES = 10

BEGUN, DONE = "begun", "done"


@dataclass(frozen=True, slots=True)
class Stage:
    """A store with a first edition of the files loaded, and a second edition of the same files that comes next."""

    settings: Settings
    first: Path
    second: Path


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: of ``load``, ``staged`` (a load too large for one transaction) or ``undo``, so many seconds after it began; ``hit`` when it
    was still at work, ``whole`` when its work was seen nevertheless (published just before), ``withdrawn`` how many loads its next
    opening took away."""

    action: str
    seconds: float
    hit: bool
    whole: bool
    withdrawn: int


def prepare(url: str, folder: Path, scale: float, files: Collection[str]) -> Stage:
    """Writes both editions of these files of the city (other rows in files of the same names) and loads the first."""
    first, second = folder / "first", folder / "second"
    write_city(first, seed=7, scale=scale)
    write_city(second, seed=8, scale=scale)
    stage = Stage(Settings(store=url, hash_key_file=fixed_key(folder)), first, second)
    for each in (*first.iterdir(), *second.iterdir()):
        if each.name not in files:
            each.unlink()
    with lianyin.open(settings=stage.settings) as client:
        client.ingest([first], MAPPING)
    return stage


def exported(client: Client) -> bytes:
    stream = io.BytesIO()
    client.export("jsonl", stream, "internal")
    return stream.getvalue()


def act(action: str, stage: Stage, sender: Connection | None = None) -> None:
    """What is killed, in a process of its own: says when it begins and when it is done."""
    with lianyin.open(settings=stage.settings) as client:
        if action == "staged":
            client.ledger = Ledger(client.store, client.ontology, one_transaction=SMALL)
        if sender is not None:
            sender.send(BEGUN)
        if action == "undo":
            client.undo(last_load(client))
        else:
            client.ingest([stage.second], MAPPING)
        if sender is not None:
            sender.send(DONE)


def last_load(client: Client) -> str:
    """The newest load of files that stands."""
    return [load.id for load in client.ledger.loads() if load.kind == "ingest" and load.state is LoadState.PUBLISHED][-1]


def kills(stage: Stage, times: int, seed: int) -> Iterator[Kill]:
    """Kills a load, a staged load and an undo in turn until ``times`` were hit at work, and one of them left something to take away (a kill
    may come before the work has written anything), checking after each; at most ``TRIES`` times as many."""
    chance = random.Random(seed)
    with lianyin.open(settings=stage.settings) as client:
        before = exported(client)
    took, graphs = {}, {"undo": before}
    for action in ("load", "undo", "staged", "undo"):
        took[action], _ = _in_a_process(action, stage, None)
        with lianyin.open(settings=stage.settings) as client:
            graphs[action] = exported(client)
    assert graphs["load"] == graphs["staged"] != graphs["undo"] == before
    hit, taken, tried = 0, 0, 0
    while tried < TRIES * times:
        for action in ("load", "undo", "staged", "undo"):
            if hit >= times and taken:
                return
            tried += 1
            starting = graphs["load"] if action == "undo" else before
            killed = _kill(action, stage, chance.uniform(0, took[action]), starting, graphs[action])
            if not killed.hit:  # a server gets quicker as it warms up
                took[action] = min(took[action], killed.seconds)
            hit += killed.hit
            yield replace(killed, withdrawn=killed.withdrawn - taken)
            taken = killed.withdrawn


def _kill(action: str, stage: Stage, seconds: float, before: bytes, after: bytes) -> Kill:
    _, hit = _in_a_process(action, stage, seconds)
    with lianyin.open(settings=stage.settings) as client:
        found = exported(client)
        loads = client.ledger.loads()
        withdrawn = [load.id for load in loads if load.state is LoadState.WITHDRAWN]
        # ``withdrawn`` counts all so far here, the caller takes the difference.
        assert found in (before, after), f"{action}, killed after {seconds:.3f} s: half of it is visible"
        assert client.store.head().publishing == "", loads
        assert not [load for load in loads if load.state is LoadState.STAGING], loads
        assert not list(client.store.claims(ClaimSelection(loads=withdrawn, open_only=False))) if withdrawn else True
        if found == before:  # the same again, as a person would
            client.undo(last_load(client)) if action == "undo" else client.ingest([stage.second], MAPPING)
        assert exported(client) == after, f"{action}, killed after {seconds:.3f} s: doing it again ends elsewhere"
        return Kill(action, seconds, hit, found == after, len(withdrawn))


def _in_a_process(action: str, stage: Stage, seconds: float | None) -> tuple[float, bool]:
    """How long it was at work, and whether a kill (``seconds`` after it began) met it there."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.interrupted", "ingest.map", "ingest.pipeline", "ingest.readers.spreadsheet"])
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=act, args=(action, stage, sender))
    process.start()
    sender.close()
    try:
        assert receiver.recv() == BEGUN
        began = time.monotonic()
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        done = _said_done(receiver)
        return time.monotonic() - began, not done
    finally:
        process.join()
        process.close()
        receiver.close()


def _said_done(receiver: Connection) -> bool:
    try:
        return bool(receiver.recv() == DONE)
    except EOFError:
        return False
