"""How a named question is answered within a session: what the reader may ask and see, and the rows behind what is told."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from graph.errors import Forbidden, QueryProblem, ValueProblem
from graph.messages import message
from lianyin.answers.common import lacks_told
from lianyin.answers.lacking import lacks_of
from lianyin.answers.questions import Facts, LinesAnswer, Rows, columns_told, lines_told
from lianyin.emptiness import check_not_empty
from lianyin.evidence import rows_behind

if TYPE_CHECKING:
    from cooperation.parameters import Arguments
    from cooperation.questions.question import Question, QuestionContext
    from cooperation.questions.seen import VisibilityFilter
    from cooperation.world import World
    from graph.analytics import AnalysisAnswer, AnalysisQuery
    from lianyin.session import Session

MOST_LISTED = 10_000
"""Lines in one answer: beyond it nobody reads."""


def named(questions: Mapping[str, Question], text: str) -> Question:
    """The question of this name or Chinese label. Raises ``QueryProblem``."""
    chosen = questions.get(text.strip().casefold()) or next((one for one in questions.values() if one.label.zh == text.strip()), None)
    if chosen is None:
        raise QueryProblem(
            message("There is no '{text}'.", text=text),
            hint=message("There are: {known}.", known=tuple(map(str, questions))),
            where={"parameter": "name"},
        )
    return chosen


def lines_answer(session: Session, question: Question, given: Mapping[str, object], as_of: str, limit: int) -> LinesAnswer:  # noqa: PLR0917
    """Lines with the rows behind them. Raises ``Forbidden``, and what reading the parameters raises."""
    from cooperation.reading import read_given

    _check_asks(session, question)
    world, day = session.world, day_of(session, as_of)
    seen = _seen(session, question, read_given(question, given, session.node, session.ontology), day)
    lacks = lacks_told(lacks_of(world, [required for required in question.needs if not seen.given.has(required.unless)]))
    missing = any(lack.essential for lack in lacks)
    if not missing:
        check_not_empty(session.store, session.ontology)
    asked = _asked(session, day, seen.given, limit if seen.whole else MOST_LISTED)
    lines = [] if missing else [line for line in question.answer(asked) if seen.sees(line)]
    return LinesAnswer(
        number=question.number or None,
        name=question.name,
        zh=question.label.zh,
        en=question.label.en,
        how_zh=question.how.zh,
        how_en=question.how.en,
        as_of=day.isoformat(),
        data_date=session.data_date,
        revision=world.revision,
        columns=columns_told(question.columns),
        total=None if missing else len(lines),
        lines=lines_told(lines[:limit], question.columns, session.reader, facts_of(session)),
        truncated=len(lines) > limit,
        limit="rows" if len(lines) > limit else None,
        lacks=lacks,
    )


def _check_asks(session: Session, question: Question) -> None:
    """Raises ``Forbidden`` before any name is looked up: what there is, is theirs to know only then."""
    from cooperation.questions.seen import check_asks

    if session.actor is not None:
        check_asks(question, session.actor)
    if session.reader.clearance < question.clearance:
        raise Forbidden(
            message(
                "'{name}' concerns data of class {clearance}; this reader may see class {reader_clearance}.",
                name=question.name,
                clearance=question.clearance,
                reader_clearance=session.reader.clearance,
            ),
            rule="clearance",
            hint=message("Raise LIANYIN_CLEARANCE if you are entitled to."),
        )


def _seen(session: Session, question: Question, given: Arguments, day: datetime.date) -> VisibilityFilter:
    from cooperation.questions.seen import VisibilityFilter, seen_of

    if session.actor is None:
        return VisibilityFilter(given, lambda _: True)
    return seen_of(question, session.actor, given, session.world, day)


def _asked(session: Session, day: datetime.date, given: Arguments, limit: int) -> QuestionContext:
    from dataclasses import replace

    from cooperation.questions.question import QuestionContext
    from cooperation.world import World
    from graph.analytics import analyse
    from graph.privacy import HIGHEST

    def analysed(query: AnalysisQuery) -> AnalysisAnswer:
        # The answer's own names are taken from the world, as far as the reader may know them.
        return analyse(session.models.projection, query, replace(session.context(), clearance=HIGHEST, knows=session.reader.clearance))

    def known_at(moment: str) -> World:
        recorded = session.models.as_recorded(moment).recorded
        then = World.of(session.ontology, recorded.revision, recorded.facts.nodes, recorded.facts.relationships)
        return then.known_to(session.reader.clearance)

    return QuestionContext(
        session.world, day, given, limit, analysed, known_at, lambda: session.models.matcher_for(session.reader.clearance)
    )


def counts_only(session: Session) -> bool:
    """Whether the actor sees counts, and none of the rows behind them."""
    from cooperation.roles import Resource, may

    return session.actor is not None and not may(session.actor, "read.rows", Resource())


def facts_of(session: Session) -> Facts:
    """Where an answer of this session looks up nodes, and the rows behind them: none for who sees counts only."""
    world = session.world

    def rows(ids: Sequence[str]) -> Rows:
        if counts_only(session):
            return {}
        nodes = [node for id in ids if (node := world.node(id)) is not None]
        others = [id for id in ids if world.node(id) is None]
        shown = session.file_names(session.settings.clearance)
        behind = dict(session.evidence(others)) if others else {}
        return cast("Rows", {**behind, **rows_behind(session.ledger.nodes_evidence(nodes), shown)})

    return Facts(world.node, rows)


def day_of(session: Session, text: str) -> datetime.date:
    """The day of an ISO date, today of an empty text. Raises ``ValueProblem``."""
    if not text:
        return session.today
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueProblem(
            message("'{text}' is not a valid date.", text=text),
            value=text,
            hint=message("Write it as 2020-09-10."),
            where={"parameter": "as_of"},
        ) from None
