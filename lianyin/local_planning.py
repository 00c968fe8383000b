"""What planners ask, of a graph that is open here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.errors import Forbidden, QueryProblem, ValueProblem
from graph.messages import message
from lianyin.answers.lacking import lacks_of
from lianyin.answers.questions import Facts, Rows, lines_document, questions_document
from lianyin.answers.reader import Document, Reader, documents
from lianyin.emptiness import check_not_empty
from lianyin.planning import Family, Planning

if TYPE_CHECKING:
    from cooperation.parameters import Arguments
    from cooperation.questions.question import Question, QuestionContext
    from cooperation.questions.seen import VisibilityFilter
    from cooperation.roles import Actor
    from cooperation.world import World
    from graph.analytics import AnalysisAnswer, AnalysisQuery
    from graph.model import Node
    from lianyin.client import Client

Parameters = Mapping[str, object]

MOST_LISTED = 10_000
"""Lines in one answer: beyond it nobody reads."""


class LocalPlanning(Planning):
    """On a graph that is open here."""

    def __init__(self, client: Client, actor: Actor | None = None) -> None:
        """``actor`` is who asks; without one the reader's clearance decides alone."""
        self._client = client
        self._actor = actor

    @property
    def reader(self) -> Reader:
        return self._client.reader

    def tell(self, question: str, parameters: Parameters, actor: str = "") -> Document:
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        return _ANSWERS[question](self._for(actor) if actor else self, given)

    def _for(self, text: str) -> LocalPlanning:
        from cooperation.actors import read_actor
        from cooperation.roles import CLASS_OF

        client = self._client
        actor = read_actor(text, client.node, client.store, client.ontology)
        clearance = min(self.reader.clearance, CLASS_OF.get(actor.role, self.reader.clearance))
        return LocalPlanning(client.read_by(clearance=clearance), actor)

    def family(self, name: Family) -> Document:
        """What can be asked."""
        return questions_document(_family(name).values())

    def line_answer(self, family: Family, parameters: Parameters) -> Document:
        """Lines with the rows behind them."""
        from cooperation.questions.seen import check_asks
        from cooperation.reading import read_given

        given = dict(parameters)
        found = _named(family, str(given.pop("name", "")))
        if self._actor is not None:
            check_asks(found, self._actor)  # before a name is looked up: what there is, is theirs to know only then
        if self.reader.clearance < found.clearance:
            raise Forbidden(
                message(
                    "'{name}' concerns data of class {clearance}; this reader may see class {reader_clearance}.",
                    name=found.name,
                    clearance=found.clearance,
                    reader_clearance=self.reader.clearance,
                ),
                rule="clearance",
                hint=message("Raise LIANYIN_CLEARANCE if you are entitled to."),
            )
        day, limit = self._day(given.pop("as_of", "")), _limit(given.pop("limit", 100))
        world = self._world
        seen = self._seen(found, read_given(found, given, self._client.node, self._client.ontology), day)
        lacks = lacks_of(world, [each for each in found.needs if not seen.given.has(each.unless)])
        missing = any(each["essential"] for each in lacks)
        if not missing:
            check_not_empty(self._client.store, self._client.ontology)
        asked = self._asked(world, day, seen.given, limit if seen.whole else MOST_LISTED)
        lines = [] if missing else [line for line in found.answer(asked) if seen.sees(line)]
        return {
            "number": found.number or None,
            "name": found.name,
            "zh": found.label.zh,
            "en": found.label.en,
            "how_zh": found.how.zh,
            "how_en": found.how.en,
            "as_of": day.isoformat(),
            "data_date": self._client.data_date,
            "revision": world.revision,
            **lines_document(lines, found.columns, limit, self.reader, Facts(self.node, self.rows)),
            **({"total": None} if missing else {}),
            "lacks": lacks,
        }

    def _seen(self, question: Question, given: Arguments, day: datetime.date) -> VisibilityFilter:
        from cooperation.questions.seen import VisibilityFilter, seen_of

        return VisibilityFilter(given, lambda _: True) if self._actor is None else seen_of(question, self._actor, given, self._world, day)

    def matched(self, parameters: Parameters) -> Document:
        """Who fits a need, or which needs fit an expert."""
        from cooperation.matching.ranking import EXPERTS, KIND_NEEDS
        from cooperation.questions.seen import check_sees
        from lianyin.answers.matching import match_document

        node, limit = self._client.node(str(parameters.get("node", "")), "node"), _limit(parameters.get("limit", 10))
        day, kind = self._day(parameters.get("as_of", "")), str(parameters.get("kind", ""))
        if self._actor is not None:
            check_sees(self._world, self._actor, "read.match-need" if node.type == "Need" else "read.match-expert", node.id, day=day)
        matcher = self._client.models.matcher_for(self.reader.clearance)
        if node.type == "Need":
            ranking = matcher.for_need(node.id, day, kind or EXPERTS, limit)
        elif node.type == "Person" and not kind:
            ranking = matcher.for_person(node.id, day, limit)
        else:
            raise QueryProblem(
                message(
                    "'{name}' is of type {type}: needs are matched with people, studios and results, and people with needs.",
                    name=node.caption,
                    type=node.type,
                ),
                where={"parameter": "kind" if kind else "node"},
            )
        document = match_document(ranking, day.isoformat(), self.reader, Facts(self.node, self.rows))
        return {**document, "lacks": lacks_of(self._world, KIND_NEEDS[ranking.kind])}

    def targets_of(self, parameters: Parameters) -> Document:
        """Targets, counts and gaps of a year."""
        from cooperation.parameters import node
        from cooperation.questions.seen import own_district
        from cooperation.reading import read_node
        from cooperation.roles import Role
        from cooperation.targets import TARGET_NEEDS, progress
        from lianyin.answers.targets import targets_document

        year, given = int(str(parameters.get("year", self._client.today.year))), str(parameters.get("place", ""))
        wanted = node("place", "地区", "city or district", "City", "District")
        place = read_node(wanted, given, self._client.node, self._client.ontology) if given else ""
        if self._actor is not None and self._actor.role is Role.DISTRICT:
            place = own_district(self._actor, place, "read.targets")
        document = targets_document(progress(self._world, year, place), year, self.reader, Facts(self.node, self.rows))
        document = {**document, "lacks": lacks_of(self._world, TARGET_NEEDS)}
        if self._counts_only:
            rows = [{**row, "counted_from": [], "unknown_ids": []} for row in documents(document, "rows")]
            return {**document, "rows": rows}
        return document

    def reconciled(self, parameters: Parameters) -> Document:
        """The platform's counts beside ours."""
        from cooperation.reconciliation import reconcile
        from cooperation.roles import Resource, check_right
        from lianyin.answers.targets import reconciliation_document
        from lianyin.unloaded import read_unloaded

        if self._actor is not None:
            check_right(self._actor, "read.reconcile", Resource(), message("the platform's counts"))
        counts = parameters.get("counts", {})
        given = {str(name): int(str(number)) for name, number in counts.items()} if isinstance(counts, Mapping) else {}
        return reconciliation_document(
            reconcile(self._client.models.world, self._client.store, given, read_unloaded(parameters.get("unloaded")))
        )

    @property
    def _world(self) -> World:
        """The facts as far as the reader may know of them."""
        return self._client.models.world_for(self.reader.clearance)

    def node(self, id: str) -> Node | None:
        """A node of the world."""
        return self._world.node(id)

    @property
    def _counts_only(self) -> bool:
        from cooperation.roles import Resource, may

        return self._actor is not None and not may(self._actor, "read.rows", Resource())

    def rows(self, ids: Sequence[str]) -> Rows:
        """The rows behind nodes and relationships, by id; none for who sees counts only."""
        from lianyin.evidence import rows_behind

        if self._counts_only:
            return {}
        world = self._world
        nodes = [node for id in ids if (node := world.node(id)) is not None]
        others = [id for id in ids if world.node(id) is None]
        shown = self._client.file_names(self._client.settings.clearance)
        found = dict(self._client.evidence(others)) if others else {}
        return {**found, **rows_behind(self._client.ledger.nodes_evidence(nodes), shown)}

    def _asked(self, world: World, day: datetime.date, given: Arguments, limit: int) -> QuestionContext:  # noqa: PLR0917
        from dataclasses import replace

        from cooperation.questions.question import QuestionContext
        from cooperation.world import World
        from graph.analytics import analyse
        from graph.privacy import HIGHEST

        client = self._client

        def analysed(query: AnalysisQuery) -> AnalysisAnswer:
            # The answer's own names are taken from the world, as far as the reader may know them.
            return analyse(client.models.projection, query, replace(client.context(), clearance=HIGHEST, knows=self.reader.clearance))

        def known_at(moment: str) -> World:
            recorded = client.models.as_recorded(moment).recorded
            then = World.of(client.ontology, recorded.revision, recorded.facts.nodes, recorded.facts.relationships)
            return then.known_to(self.reader.clearance)

        return QuestionContext(world, day, given, limit, analysed, known_at, lambda: client.models.matcher_for(self.reader.clearance))

    def _day(self, text: object) -> datetime.date:
        if not text:
            return self._client.today
        try:
            return datetime.date.fromisoformat(str(text))
        except ValueError:
            raise ValueProblem(
                message("'{text}' is not a valid date.", text=text),
                value=str(text),
                hint=message("Write it as 2020-09-10."),
                where={"parameter": "as_of"},
            ) from None


def _limit(given: object) -> int:
    limit = int(str(given))
    if not 0 <= limit <= MOST_LISTED:
        raise QueryProblem(
            message("Between 0 and {most_listed:,} lines can be listed, not {limit:,}.", most_listed=MOST_LISTED, limit=limit),
            where={"parameter": "limit"},
        )
    return limit


def _family(name: Family) -> Mapping[str, Question]:
    if name == "questions":
        from cooperation.questions.register import QUESTIONS

        return {each.name: each for each in QUESTIONS.values()}
    if name == "insights":
        from cooperation.insight import INSIGHTS

        return INSIGHTS
    from cooperation.lists import LISTS

    return LISTS


def _named(family: Family, text: str) -> Question:
    if family == "questions":
        from cooperation.questions.register import question_named

        return question_named(text)
    known = _family(family)
    found = known.get(text.strip().casefold()) or next((each for each in known.values() if each.label.zh == text.strip()), None)
    if found is None:
        raise QueryProblem(
            message("There is no '{text}'.", text=text),
            hint=message("There are: {known}.", known=tuple(map(str, known))),
            where={"parameter": "name"},
        )
    return found


_ANSWERS: Mapping[str, Callable[[LocalPlanning, Parameters], Document]] = {
    "questions": lambda planning, _: planning.family("questions"),
    "insights": lambda planning, _: planning.family("insights"),
    "lists": lambda planning, _: planning.family("lists"),
    "question": lambda planning, asked: planning.line_answer("questions", asked),
    "insight": lambda planning, asked: planning.line_answer("insights", asked),
    "list": lambda planning, asked: planning.line_answer("lists", asked),
    "match": LocalPlanning.matched,
    "targets": LocalPlanning.targets_of,
    "reconcile": LocalPlanning.reconciled,
}
