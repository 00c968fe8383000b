"""Needs under random moves of everybody, some of them at once: no illegal state, no lost or doubled event, and a history that replays to
what stands. The model is the table of moves, written down a second time as plain sets."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cooperation.acting import Desk, link_draft, node_draft
from cooperation.actors import source_of
from cooperation.needs import MOVES, NeedDesk
from cooperation.needs.deciding import MoveDetails, NeedText
from cooperation.needs.history import replayed
from cooperation.needs.need_list import followed, read_needs
from cooperation.roles import Actor
from graph.errors import Forbidden, QueryProblem, RuleBroken
from graph.factory import open_store
from graph.ledger import Ledger
from graph.store import Store
from tests import neo4j_server
from tests.cooperation.world import ACME, BETA, DAY, GAOYOU, HANJIANG, LI, ONTOLOGY, STUDIO, TALENT, UNION, ZHANG, build
from tests.graph.ledger.builders import Clock

ACTORS = (ACME, BETA, ZHANG, LI, HANJIANG, GAOYOU, TALENT, UNION, STUDIO)
GIVEN = MoveDetails(reason="…", evidence="…", agreement="g:1")
REFUSED = (RuleBroken, Forbidden, QueryProblem)

OWN, OFFICES, EXPERTS = {ACME.id}, {HANJIANG.id, TALENT.id}, {ZHANG.id, LI.id}
AFTER: dict[tuple[str, str], str] = {
    ("草稿", "submit"): "待审核", ("退回", "submit"): "待审核",
    ("待审核", "return"): "退回", ("待审核", "publish"): "已发布",
    ("已接单", "talk"): "对接中", ("对接中", "sign"): "已签约", ("已签约", "start"): "实施中",
    ("实施中", "deliver"): "待验收", ("待验收", "rework"): "实施中", ("待验收", "complete"): "已完成",
    **{(state, "withdraw"): "撤回" for state in ("草稿", "待审核", "退回", "已发布", "已接单", "对接中")},
    **{(state, "terminate"): "终止" for state in ("已签约", "实施中", "待验收")},
}  # fmt: skip
"""What a move leads to, but for those that depend on who is left."""

BY: dict[str, set[str]] = {
    **dict.fromkeys(("submit", "rework", "complete", "withdraw"), OWN),
    **dict.fromkeys(("return", "publish"), OFFICES),
    **dict.fromkeys(("sign", "terminate"), OWN | OFFICES),
}
"""Who may, but for the moves of whoever took the need on."""


@dataclass
class Model:
    """One need as it should be."""

    state: str = "草稿"
    takers: set[str] = field(default_factory=set)
    moves: list[str] = field(default_factory=lambda: ["post"])

    def after(self, actor: Actor, move: str) -> tuple[str, set[str]] | None:
        """The state and takers that the move leads to, or nothing if it may not be made."""
        if move == "accept":
            fits = self.state in ("已发布", "已接单", "对接中") and actor.id in EXPERTS - self.takers
            return ("已接单" if self.state == "已发布" else self.state, self.takers | {actor.id}) if fits else None
        if move == "decline":
            left = self.takers - {actor.id}
            fits = self.state in ("已接单", "对接中") and actor.id in self.takers
            return (self.state if left else "已发布", left) if fits else None
        may = BY.get(move, OWN | self.takers if move in ("talk", "start", "deliver") else set())
        if move == "sign" and ZHANG.id not in self.takers:
            return None  # the university that signed is his
        state = AFTER.get((self.state, move))
        return (state, self.takers) if state and actor.id in may else None

    def make(self, actor: Actor, move: str) -> bool:
        found = self.after(actor, move)
        if found is None:
            return False
        (self.state, self.takers), _ = found, self.moves.append(move)
        return True


class Needs(RuleBasedStateMachine):
    """A need that two enterprises, two experts and the offices move about."""

    store: Store

    @initialize()
    def begin(self) -> None:
        self.desk = Desk(self.store, ONTOLOGY, Ledger(self.store, ONTOLOGY, Clock()), DAY)
        self.needs, self.model = NeedDesk(self.desk), Model()
        self.id = f"n:{self.store.head().revision}"
        self.needs.post(ACME, NeedText("焊接", "技术"), self.id)
        self.listed = read_needs(self.store, ONTOLOGY)
        drafts = [node_draft("Agreement", "g:1", {"name": "XY-1"}), link_draft("COVERS", "g:1", self.id)]
        drafts += [link_draft("SIGNED_BY", "g:1", end, side=end) for end in ("e:acme", "u:one")]
        self.desk.ledger.act(source_of(TALENT), "agreement", lambda: drafts)

    def tried(self, actor: Actor, move: str) -> bool:
        try:
            self.needs.move(actor, self.id, MOVES[move], GIVEN)
        except REFUSED:
            return False
        return True

    @rule(actor=st.sampled_from(ACTORS), move=st.sampled_from(sorted(set(MOVES) - {"edit", "expire"})))
    def somebody_tries_anything(self, actor: Actor, move: str) -> None:
        revision = self.store.head().revision
        expected = self.model.make(actor, move)
        assert self.tried(actor, move) == expected
        assert self.store.head().revision == revision + expected

    @rule(data=st.data())
    def somebody_goes_on(self, data: st.DataObject) -> None:
        """What may be done, so that needs come far."""
        legal = [(actor, move) for actor in ACTORS for move in sorted(MOVES) if self.model.after(actor, move)]
        legal = [each for each in legal if each[1] not in ("withdraw", "terminate", "decline")] or legal
        if legal:
            actor, move = data.draw(st.sampled_from(legal))
            assert self.model.make(actor, move)
            assert self.tried(actor, move)

    @rule(move=st.sampled_from(("publish", "return", "accept", "sign", "terminate")), data=st.data())
    def two_at_once(self, move: str, data: st.DataObject) -> None:
        """Whichever came first, the outcome is that of one after the other."""
        two = data.draw(st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS)))
        before = len(self.model.moves)
        with ThreadPoolExecutor(2) as both:
            made = list(both.map(lambda actor: self.tried(actor, move), two))
        orders = ((0, 1), (1, 0))
        outcomes = []
        for order in orders:
            model = Model(self.model.state, set(self.model.takers), list(self.model.moves))
            won = [False, False]
            for place in order:
                won[place] = model.make(two[place], move)
            outcomes.append((won, model))
        fitting = [model for won, model in outcomes if won == made]
        assert fitting, f"{move} by {[each.id for each in two]}: {made}, neither order gives that"
        self.model = fitting[0]
        assert len(self.model.moves) == before + sum(made)

    @invariant()
    def what_stands_is_what_happened(self) -> None:
        if not hasattr(self, "model"):
            return
        standing, history = self.needs.read(self.id), self.needs.history(self.id)
        assert standing.state.value == self.model.state
        assert {f"expert:{each}" for each in standing.takers} == self.model.takers
        assert [event.move for event in history] == self.model.moves
        state = replayed(history)
        assert state is not None and state.value == self.model.state
        assert len({event.at for event in history}) == len(history)
        self.listed = followed(self.store, self.listed)
        assert self.listed.rows[self.id].state.value == self.model.state


def run_on(store: Store, examples: int, steps: int) -> None:
    """Plays on this store; every play has a need of its own."""
    build(store)
    machine = type("OnThisStore", (Needs,), {"store": store})
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=steps))


@contextmanager
def embedded() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"kglite://{Path(folder).as_posix()}/store", ONTOLOGY)
        yield store
        store.close()


def test_no_illegal_state_and_no_lost_or_doubled_event() -> None:
    with embedded() as store:
        run_on(store, 20, 20)


@pytest.mark.neo4j
def test_the_same_on_a_real_neo4j() -> None:
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    running = neo4j_server.shared()
    running.wipe()
    store = open_store(running.url, ONTOLOGY)
    run_on(store, 2, 10)
    store.close()
