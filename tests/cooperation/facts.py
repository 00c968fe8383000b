"""Small worlds for questions, fact by fact."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from cooperation.matching.ranking import Matcher
from cooperation.questions.question import Cell, Line, Question, QuestionContext, Ref
from cooperation.reading import read_given
from cooperation.world import World
from graph.analytics import AnalysisAnswer, AnalysisQuery, analyse
from graph.errors import NotFound
from graph.model import Node, Relationship
from graph.paths import AnswerContext, Bounds
from graph.privacy import HIGHEST
from graph.projection import build_projection
from graph.stop import Stop
from tests.cooperation.world import ONTOLOGY

DAY = datetime.date(2020, 9, 10)


class Facts:
    """Nodes and relationships as they are written down; ``world`` reads them."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.relationships: list[Relationship] = []

    def node(self, id: str, type: str, **properties: object) -> str:
        named: Mapping[str, object] = {"name": id, **properties}
        self.nodes[id] = Node(id, type, named)  # type: ignore[arg-type]
        return id

    def link(self, type: str, source: str, target: str, **properties: object) -> str:
        id = f"{type}:{len(self.relationships):04}"
        self.relationships.append(Relationship(id, type, source, target, properties))  # type: ignore[arg-type]
        return id

    def expert(self, id: str, home: str, place: str, since: str, until: str, **properties: object) -> str:
        """A person with one term ``<id>-term``."""
        self.node(id, "Person", **properties)
        term = self.node(f"{id}-term", "Secondment", startDate=since, endDate=until)
        for type, end in (("SENT_BY", home), ("POSTED_TO", place)):
            self.link(type, term, end)
        self.link("HAS_TERM", id, term)
        self.link("EMPLOYED_BY", id, home)
        return id

    def need(self, id: str, firm: str, field: str, state: str = "已发布", **properties: object) -> str:
        self.node(id, "Need", state=state, **properties)
        self.link("POSTED", firm, id)
        self.link("IN_FIELD", id, field)
        return id

    @property
    def world(self) -> World:
        return World.of(ONTOLOGY, 1, self.nodes.values(), self.relationships)


def context() -> AnswerContext:
    bounds = Bounds(max_hops=6, paths=100, rows=10_000, degree=10_000, milliseconds=60_000, work=10**9, bytes=10**9)
    return AnswerContext(DAY, "", HIGHEST, lambda _: {}, bounds, Stop())


def asked(question: Question, facts: Facts, day: datetime.date = DAY, then: Facts | None = None, **given: object) -> QuestionContext:
    """What the question is asked of."""
    world = facts.world

    def find(text: str, parameter: str) -> Node:
        if text not in facts.nodes:
            raise NotFound(text, where={"parameter": parameter})
        return facts.nodes[text]

    def analysed(query: AnalysisQuery) -> AnalysisAnswer:
        return analyse(build_projection(facts.nodes.values(), facts.relationships, ONTOLOGY, 1), query, context())

    read = read_given(question, given, find, ONTOLOGY)
    return QuestionContext(world, day, read, 100, analysed, lambda _: (then or facts).world, lambda: Matcher(world))


def lines(question: Question, facts: Facts, day: datetime.date = DAY, then: Facts | None = None, **given: object) -> list[Line]:
    """The answer; every line rests on facts that are there."""
    found = list(question.answer(asked(question, facts, day, then, **given)))
    known = {*facts.nodes, *(each.id for each in facts.relationships), *(then.nodes if then else {})}
    known |= {each.id for each in then.relationships} if then else set()
    for line in found:
        assert len(line.cells) == len(question.columns)
        assert set(line.rests_on) <= known
        assert line.rests_on or 0 in line.cells
    return found


def cells(
    question: Question, facts: Facts, day: datetime.date = DAY, then: Facts | None = None, **given: object
) -> list[tuple[object, ...]]:
    """The cells alone, nodes by their ids."""
    return [tuple(map(plain, line.cells)) for line in lines(question, facts, day, then, **given)]


def plain(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [each.id for each in cell]
    return cell.id if isinstance(cell, Ref) else cell
