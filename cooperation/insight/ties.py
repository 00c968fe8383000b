"""The tie that stays: what went on between an expert and a place after their last term there was over."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation.ownership import districts
from cooperation.periods import period_of
from cooperation.questions.lacking import ENDING_TIES
from cooperation.questions.links import DISTRICT
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids
from cooperation.ties import connected, ties_of, ties_that_end
from cooperation.ways import TERM, advises, experts, terms_of
from cooperation.world import World, text
from graph.model import Relationship
from graph.ontology.schema import Label
from graph.values import first_day, last_day


def ties_that_stay(asked: QuestionContext) -> list[Line]:
    """One line an expert whose terms are over and a thing that was done, signed, held or begun after them, up to the day."""
    lines = []
    for person in experts(asked.world):
        terms = terms_of(asked.world, person)
        ends = [term.period.end for term in terms]
        if not all(ends) or max(map(last_day, ends)) >= asked.day:
            continue
        if asked.given.text("district") and asked.given.text("district") not in districts(asked.world, person):
            continue
        over = max(map(last_day, ends))
        for kind, other, on, links in went_on(asked.world, person):
            if on and over < first_day(on) <= asked.day:
                lines.append(Line((Ref(person), over.isoformat(), kind, Ref(other), on), ids(*links, *(term.id for term in terms))))
    lines += stayed(asked)
    return sorted(lines, key=lambda line: (str(line.cells[0]), str(line.cells[4]), str(line.cells[2]), str(line.cells[3])))


def stayed(asked: QuestionContext) -> list[Line]:
    """The same of people without terms whose ties to an organisation are all over: what they were tied to afterwards that is that
    organisation, or connected with it on the day."""
    world, lines = asked.world, []
    left = {(tie.person, tie.other) for tie in ties_that_end(world) if world.is_a(world.node(tie.other), "Organization")}
    for person, place in sorted(left):
        ties = ties_of(world, person)
        ends = [tie.period.end for tie in ties if tie.other == place]
        if world.out(person, TERM) or not all(ends) or max(map(last_day, ends)) >= asked.day:
            continue
        wanted, over = asked.given.text("district"), max(map(last_day, ends))
        if wanted and wanted not in (*districts(world, person), *districts(world, place)):
            continue
        for tie in (each for each in ties if each.period.start and over < first_day(each.period.start) <= asked.day):
            if connected(world, place, tie.other, asked.day, person):
                kind = world.ontology.relationship_types[tie.link.type].label.zh
                cells = (Ref(person), over.isoformat(), kind, Ref(tie.other), tie.period.start)
                lines.append(Line(cells, ids(tie.link, *(each.link for each in ties if each.other == place))))
    return lines


def went_on(world: World, person: str) -> Iterator[tuple[str, str, str, tuple[Relationship, ...]]]:
    """Everything dated that ties a person to others: kind, the other end, the day, the facts."""
    for link in advises(world, person):
        yield "顾问", link.target, period_of(link).start, (link,)
    for link in world.out(person, "ACCEPTED"):
        yield "接单", link.target, period_of(link).start, (link,)
    for link in world.into(person, "PAIRED_WITH"):
        yield "结对", link.source, period_of(link).start, (link,)
    for link in world.into(person, "INVOLVES"):
        event = world.node(link.source)
        if event is not None and event.type in ("Meeting", "Visit", "Training"):
            yield "会商", link.source, text(event, "date"), (link,)
    for link in world.into(person, "COVERS", "SIGNED_BY"):
        yield "协议", link.source, text(world.node(link.source), "signedOn"), (link,)


QUESTION = Question(
    0,
    "ties-that-stay",
    Label("人走线在", "Ties that stay"),
    Label(
        "任期（没有挂职的，任职等）全部结束之后仍发生的顾问、接单、结对、会商、协议等",
        "advising, needs, pairings, meetings and agreements after all terms were over (without terms: employments and other ties)",
    ),
    (DISTRICT,),
    (
        column("expert", "专家", "expert"),
        column("ended", "任期结束", "last term ended"),
        column("kind", "联系", "tie"),
        column("other", "对象", "with"),
        column("on", "日期", "on"),
    ),
    ties_that_stay,
    needs=(ENDING_TIES,),
)
