"""Pairings and reviews under random acts of everybody, some of them at once: no illegal state, no lost or doubled event, and each act a
load of its own. The model keeps plain sets and applies the rules a second time."""

from __future__ import annotations

import copy
import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cooperation.acting import Desk
from cooperation.incentives.rubric import WEIGHTS
from cooperation.roles import Actor, Role
from graph.errors import Forbidden, RuleBroken
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import RecordDrafts, Source
from graph.store import Store
from tests import neo4j_server
from tests.cooperation.acts import act
from tests.cooperation.test_machine import embedded
from tests.cooperation.world import ACME, DAY, GAOYOU, HANJIANG, LI, ONTOLOGY, TALENT, UNION, ZHANG, build, build_more
from tests.graph.ledger.builders import Clock, everything, link, load, node, row

REVIEWERS = {"p:sun": Actor(Role.REVIEWER, "p:sun"), "p:li": Actor(Role.REVIEWER, "p:li"), "p:chen": Actor(Role.REVIEWER, "p:chen")}
ACTORS = (ACME, GAOYOU, HANJIANG, LI, TALENT, UNION, ZHANG)
EXPERTS = ("p:zhang", "p:li")
CITY = {TALENT.id, UNION.id}
FULL = dict(WEIGHTS)

Move = tuple[str, str]
"""An action, and whom it concerns."""


@dataclass
class Model:
    """One studio with one project, as they should be. ``periods``: of each expert, from the first day to the last (``None``: still).
    ``fellows``: the two experts were paired with one studio in an earlier play."""

    studio: str
    fellows: bool = False
    periods: dict[str, list[list[datetime.date | None]]] = field(default_factory=lambda: {each: [] for each in EXPERTS})
    assigned: set[str] = field(default_factory=set)
    scored: set[str] = field(default_factory=set)
    granted: bool = False
    made: int = 0

    def paired(self, expert: str) -> bool:
        return bool(self.periods[expert]) and self.periods[expert][-1][1] is None

    def conflict(self, reviewer: str) -> bool:
        """Chen works at the university of Zhang; who was ever paired with the studio, or with one that its expert was paired with, is no
        stranger to it."""
        zhang, li = (bool(self.periods[each]) for each in EXPERTS)
        return {"p:sun": False, "p:li": li or (zhang and self.fellows), "p:chen": zhang}[reviewer]

    def may(self, actor: Actor, move: Move) -> bool:
        name, whom = move
        own = {HANJIANG.id, *CITY, f"studio:{self.studio}"}
        if name == "pair":
            return actor.id in own and not self.paired(whom)
        if name == "unpair":
            return actor.id in own | {f"expert:{whom}"} and self.paired(whom)
        if name == "assign":
            return actor.id in CITY and whom not in self.assigned and not self.conflict(whom)
        if name == "score":
            return actor.id == f"reviewer:{whom}" and whom in self.assigned - self.scored and not self.conflict(whom)
        return actor.id in CITY and bool(self.scored) and not self.granted

    def make(self, actor: Actor, move: Move, today: datetime.date) -> bool:
        if not self.may(actor, move):
            return False
        name, whom = move
        if name == "pair":
            self.periods[whom].append([today, None])
        elif name == "unpair":
            self.periods[whom][-1][1] = today - datetime.timedelta(days=1)
        elif name == "grant":
            self.granted = True
        else:
            (self.assigned if name == "assign" else self.scored).add(whom)
        self.made += 1
        return True


MOVES = [
    *((name, each) for name in ("pair", "unpair") for each in EXPERTS),
    *((n, each) for n in ("assign", "score") for each in REVIEWERS),
]
MOVES.append(("grant", ""))


class Mechanisms(RuleBasedStateMachine):
    """A studio, its project and two experts that everybody acts on; two days pass between any two acts."""

    store: Store

    @initialize()
    def begin(self) -> None:
        ledger = Ledger(self.store, ONTOLOGY, Clock())
        self.number = self.store.head().revision
        self.studio, self.project = f"s:{self.number}", f"j:{self.number}"
        load(ledger, Source(f"own{self.number}", "Own", "2020-09-01"), self.own())
        self.desk, self.model = Desk(self.store, ONTOLOGY, ledger, DAY), Model(self.studio, self.fellows())
        self.actors = (*ACTORS, *REVIEWERS.values(), Actor(Role.STUDIO, self.studio), Actor(Role.STUDIO, "s:qian"))
        self.before = self.acts()

    def own(self) -> tuple[RecordDrafts, ...]:
        return (
            row(1, node(self.studio, "Studio", name="工作室"), link("BASED_AT", self.studio, "e:acme")),
            row(2, node(self.project, "Project", name="项目"), link("RUN_BY", self.project, self.studio)),
        )

    def fellows(self) -> bool:
        """Whether the plays before, whose pairings stand in the same store, made the two experts fellows of a studio."""
        pairs = [each for each in self.store.facts(touching=EXPERTS).relationships if each.type == "PAIRED_WITH"]
        zhang, li = ({each.source for each in pairs if each.target == expert} for expert in EXPERTS)
        return not zhang.isdisjoint(li)

    def acts(self) -> int:
        """Acts that were published, whatever became of them."""
        return len([each for each in self.store.loads() if each.kind == "act" and each.revision])

    def review(self, reviewer: str) -> str:
        return f"v:{self.number}:{reviewer}"

    def tried(self, actor: Actor, move: Move) -> bool:
        name, whom = move
        day = self.desk.today
        given: dict[str, object] = {
            "pair": {"studio": self.studio, "expert": whom},
            "unpair": {"studio": self.studio, "expert": whom, "on": (day - datetime.timedelta(days=1)).isoformat(), "reason": "…"},
            "assign": {"project": self.project, "reviewer": whom, "year": 2020},
            "score": {"review": self.review(whom), "score": FULL},
            "grant": {"project": self.project, "amount_wan": 1, "year": 2020},
        }[name]
        if name == "score" and whom not in self.model.assigned:
            return False  # there is no review to name
        try:
            act(self.desk, actor, name, self.review(whom) if name == "assign" else "", **given)  # type: ignore[arg-type]
        except (RuleBroken, Forbidden):
            return False
        return True

    def later(self) -> None:
        self.desk = Desk(self.store, ONTOLOGY, self.desk.ledger, self.desk.today + datetime.timedelta(days=2))

    @rule(data=st.data(), move=st.sampled_from(MOVES))
    def somebody_tries_anything(self, data: st.DataObject, move: Move) -> None:
        self.later()
        actor = data.draw(st.sampled_from(self.actors))
        revision = self.store.head().revision
        expected = self.model.make(actor, move, self.desk.today)
        assert self.tried(actor, move) == expected
        assert self.store.head().revision == revision + expected

    @rule(data=st.data())
    def somebody_goes_on(self, data: st.DataObject) -> None:
        self.later()
        legal = [(actor, move) for actor in self.actors for move in MOVES if self.model.may(actor, move)]
        actor, move = data.draw(st.sampled_from(legal))
        assert self.model.make(actor, move, self.desk.today)
        assert self.tried(actor, move)

    @rule(data=st.data(), move=st.sampled_from(MOVES))
    def two_at_once(self, data: st.DataObject, move: Move) -> None:
        """Whichever came first, the outcome is that of one after the other."""
        self.later()
        two = data.draw(st.tuples(st.sampled_from(self.actors), st.sampled_from(self.actors)))
        with ThreadPoolExecutor(2) as both:
            made = list(both.map(lambda actor: self.tried(actor, move), two))
        fitting = []
        for order in ((0, 1), (1, 0)):
            model, won = copy.deepcopy(self.model), [False, False]
            for place in order:
                won[place] = model.make(two[place], move, self.desk.today)
            if won == made:
                fitting.append(model)
        assert fitting, f"{move} by {[each.id for each in two]}: {made}, neither order gives that"
        self.model = fitting[0]

    @invariant()
    def what_stands_is_what_happened(self) -> None:
        if not hasattr(self, "model"):
            return
        facts = self.store.facts(touching=(self.studio, self.project))
        pairs = sorted(
            (each.target, str(each.properties["validFrom"]), str(each.properties.get("validTo", "")))
            for each in facts.relationships
            if each.type == "PAIRED_WITH"
        )
        assert pairs == sorted(
            (expert, str(start), "" if end is None else str(end))
            for expert, periods in self.model.periods.items()
            for start, end in periods
        )
        reviews = {node.id: node for node in self.store.facts(nodes=[self.review(each) for each in REVIEWERS]).nodes}
        assert set(reviews) == {self.review(each) for each in self.model.assigned}
        assert {id for id, node in reviews.items() if "total" in node.properties} == {self.review(each) for each in self.model.scored}
        assert len([each for each in facts.relationships if each.type == "FUNDS"]) == self.model.granted
        assert self.acts() - self.before == self.model.made


def run_on(store: Store, examples: int, steps: int) -> None:
    """Plays on this store, then takes every act back, the last first: what was loaded is left."""
    build(store)
    build_more(store)
    before = everything(store)
    machine = type("OnThisStore", (Mechanisms,), {"store": store})
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None))
    ledger = Ledger(store, ONTOLOGY, Clock())
    for each in sorted(store.loads(), key=lambda each: -int(each.id[1:])):
        if each.kind == "act" and each.state.value == "published":
            ledger.undo(each.id)
    left = {node.id for node in everything(store).nodes} - {node.id for node in before.nodes}
    assert not [id for id in left if id.partition(":")[0] not in ("s", "j")]


def test_no_illegal_state_and_no_lost_or_doubled_event() -> None:
    with embedded() as store:
        run_on(store, 8, 12)


@pytest.mark.neo4j
def test_the_same_on_a_real_neo4j() -> None:
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    running = neo4j_server.shared()
    running.wipe()
    store = open_store(running.url, ONTOLOGY)
    run_on(store, 2, 8)
    store.close()
