"""Questions about who connects whom, and what hangs on it: 1, 5, 12, 15."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from cooperation.ownership import districts
from cooperation.parameters import count, node
from cooperation.periods import period_of
from cooperation.questions.lacking import TIES, requires
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids, refs
from cooperation.ties import only_through, people_at, ties_of, ties_to_organisations
from cooperation.ways import Way, advises, experts, terms_of, ways
from cooperation.world import World, figure, on_day
from graph.model import Relationship
from graph.ontology.schema import Label

DISTRICT = node("district", "县区", "only in this district", "District", required=False)


def who_connects(asked: QuestionContext) -> list[Line]:
    """U<-SENT_BY-(term)<-HAS_TERM-P-ACCEPTED->N<-POSTED-E."""
    wanted = {name: asked.given.text(name) for name in ("university", "enterprise", "expert", "district")}
    lines = []
    for way in ways(asked.world):
        if wanted["university"] not in ("", way.home) or not asked.world.is_a(asked.world.node(way.home), "University"):
            continue
        if wanted["enterprise"] not in ("", way.enterprise) or wanted["expert"] not in ("", way.expert):
            continue
        if wanted["district"] and wanted["district"] not in districts(asked.world, way.enterprise):
            continue
        on = text_of(way.accepted, "at") or text_of(way.accepted, "validFrom")
        stands = way.term.period.covers(asked.day) and period_of(way.accepted).covers(asked.day)
        cells = (Ref(way.home), Ref(way.expert), Ref(way.need), Ref(way.enterprise), on or None)
        lines.append(
            Line(
                (*cells, way.term.period.start or None, way.term.period.end or None, stands),
                ids(way.sent, way.term.id, *way.term.links[:1], way.accepted, way.posted),
            )
        )
    return sorted(lines, key=lambda line: [str(cell) for cell in line.cells])


def text_of(relationship: Relationship, name: str) -> str:
    """A property of a relationship as text."""
    return str(relationship.properties.get(name, ""))


def batch_ends(asked: QuestionContext) -> list[Line]:
    """Without the terms of a batch: which needs, studios, enterprises and universities have nobody left in place on the day after, though
    they had somebody in it. Who has another term, or advises a district, stays in place. With ``person``: what hangs on them alone."""
    world = asked.world
    if asked.given.text("person"):
        return without(asked, asked.given.text("person"))
    number = asked.given.count("batch")
    ending = {each.source for each in world.links("IN_BATCH") if number is None or figure(world.node(each.target), "no") == number}
    leaving = [person for person in experts(world) if {term.id for term in terms_of(world, person)} & ending]
    staying = {person for person in leaving if stays(world, person, ending, asked.day)}
    gone = {person for person in leaving if person not in staying}
    lines = []
    for kind, id, holders in _held(world, asked.day):
        lost = [person for person in holders if person in gone]
        if lost and not [person for person in holders if person not in gone]:
            facts = [link for person in lost for link in holders[person]]
            lines.append(Line((kind, Ref(id), refs(lost)), ids(id, *facts)))
    return sorted(lines, key=lambda line: (str(line.cells[0]), str(line.cells[1])))


def stays(world: World, person: str, ending: set[str], day: datetime.date) -> bool:
    """Whether an expert is there without these terms: by another term that covers the day, or as an adviser on or after it."""
    others = [term for term in terms_of(world, person) if term.id not in ending]
    return any(term.period.covers(day) for term in others) or any(
        not (end := period_of(each).end) or end >= day.isoformat()[: len(end)] for each in advises(world, person)
    )


def _held(world: World, day: datetime.date) -> Iterator[tuple[str, str, Mapping[str, list[Relationship]]]]:
    """Everything that experts hold, with who does and by which facts: a need taken on, a studio paired with, the enterprises and
    universities that these tie together."""
    needs: dict[str, dict[str, list[Relationship]]] = {}
    firms: dict[str, dict[str, list[Relationship]]] = {}
    studios: dict[str, dict[str, list[Relationship]]] = {}
    homes: dict[str, dict[str, list[Relationship]]] = {}
    for link in on_day(world.links("ACCEPTED"), day):
        needs.setdefault(link.target, {}).setdefault(link.source, []).append(link)
        for posted in world.into(link.target, "POSTED"):
            firms.setdefault(posted.source, {}).setdefault(link.source, []).extend((link, posted))
    for link in on_day(world.links("PAIRED_WITH"), day):
        studios.setdefault(link.source, {}).setdefault(link.target, []).append(link)
    for person in experts(world):
        for term in terms_of(world, person):
            if term.period.covers(day):
                for sent in (each for each in term.links if each.type == "SENT_BY"):
                    homes.setdefault(sent.target, {}).setdefault(person, []).append(sent)
    known = (("需求", needs), ("工作室", studios), ("企业", firms), ("高校", homes))
    for kind, held in known:
        for id, holders in sorted(held.items()):
            if kind != "高校" or world.is_a(world.node(id), "University"):
                yield kind, id, holders


def single_points(asked: QuestionContext) -> list[Line]:
    """Universities whose only expert in place on the day is one person, with the enterprises that this person ties to them; where the graph
    has no terms, organisations with one person, and what only this person connects with them."""
    if not experts(asked.world):
        return single_holders(asked)
    people: dict[str, dict[str, list[object]]] = {}
    for person in experts(asked.world):
        for term in terms_of(asked.world, person):
            if term.period.covers(asked.day):
                for home in term.homes:
                    people.setdefault(home, {}).setdefault(person, []).extend((term.id, *term.links))
    taken: dict[str, list[Way]] = {}
    for way in ways(asked.world):
        taken.setdefault(way.expert, []).append(way)
    wanted, lines = asked.given.text("district"), []
    for home, held in sorted(people.items()):
        if len(held) != 1 or not asked.world.is_a(asked.world.node(home), "University"):
            continue
        ((person, facts),) = held.items()
        if wanted and wanted not in districts(asked.world, person):
            continue
        at_risk = {way.enterprise: way for way in taken.get(person, []) if way.home == home and period_of(way.accepted).covers(asked.day)}
        links = [link for way in at_risk.values() for link in (way.accepted, way.posted)]
        lines.append(Line((Ref(home), Ref(person), len(at_risk), refs(sorted(at_risk))), ids(*facts, *links)))
    return lines


def single_holders(asked: QuestionContext) -> list[Line]:
    """Organisations to which exactly one person has a tie on the day, with what nobody and nothing else connects with them."""
    world, wanted, lines = asked.world, asked.given.text("district"), []
    for place in sorted({tie.other for tie in ties_to_organisations(world)}):
        held = people_at(world, place, asked.day)
        if len(held) != 1 or (wanted and wanted not in districts(world, place)):
            continue
        ((person, facts),) = held.items()
        lost = only_through(world, person, place, asked.day, asked.day)
        links = [tie.link for tie in ties_of(world, person) if tie.other in lost and tie.period.covers(asked.day)]
        lines.append(Line((Ref(place), Ref(person), len(lost), refs(lost)), ids(*facts, *links)))
    return lines


def without(asked: QuestionContext, person: str) -> list[Line]:
    """What one person has a tie to on the day, and nobody else."""
    lines = []
    for tie in ties_of(asked.world, person):
        node = asked.world.node(tie.other)
        if node is None or node.type == "Person" or not tie.period.covers(asked.day):
            continue
        held = people_at(asked.world, tie.other, asked.day)
        if set(held) == {person}:
            kind = asked.world.ontology.node_types[node.type].label.zh
            lines.append(Line((kind, Ref(tie.other), refs([person])), ids(tie.other, *held[person])))
    unique = {line.cells[1]: line for line in lines}
    return sorted(unique.values(), key=lambda line: (str(line.cells[0]), str(line.cells[1])))


def who_brought(asked: QuestionContext) -> list[Line]:
    """P-INTRODUCED->T, and the enterprises that the team is based at or works for in a project."""
    world, wanted, lines = asked.world, asked.given.text("enterprise"), []
    for link in sorted(world.links("INTRODUCED"), key=lambda each: each.id):
        firms = {each.target: [each] for each in world.out(link.target, "BASED_AT")}
        for member in world.into(link.target, "MEMBER_OF"):
            for part in world.out(member.source, "PARTICIPATES_IN"):
                for other in world.into(part.target, "PARTICIPATES_IN"):
                    if world.is_a(world.node(other.source), "Enterprise"):
                        firms.setdefault(other.source, [member, part, other])
        on = text_of(link, "at") or text_of(link, "validFrom") or None
        for firm, facts in sorted(firms.items()) or [("", [])]:
            if wanted in ("", firm):
                lines.append(Line((Ref(link.target), Ref(link.source), on, Ref(firm) if firm else None), ids(link, *facts)))
    return lines


_UNIVERSITY = column("university", "高校", "university")
_EXPERT = column("expert", "专家", "expert")
_ENTERPRISE = column("enterprise", "企业", "enterprise")

QUESTIONS = (
    Question(
        1,
        "who-connects",
        Label("哪校通过谁联系哪企", "Which university connects to which enterprise, through whom"),
        Label("派出高校—任期—专家—接单—需求—发单企业", "university – term – expert – need taken on – enterprise that posted it"),
        (
            node("university", "高校", "only this university", "University", required=False),
            node("enterprise", "企业", "only this enterprise", "Enterprise", required=False),
            node("expert", "专家", "only through this expert", "Person", required=False),
            DISTRICT,
        ),
        (
            _UNIVERSITY,
            column("expert", "通过谁", "through"),
            column("need", "需求", "need"),
            _ENTERPRISE,
            column("on", "接单日期", "taken on"),
            column("since", "任期开始", "term from"),
            column("until", "任期结束", "term to"),
            column("stands", "当日有效", "stands on the day"),
        ),
        who_connects,
        needs=(requires("HAS_TERM"), requires("SENT_BY"), requires("ACCEPTED"), requires("POSTED")),
    ),
    Question(
        5,
        "batch-ends",
        Label("某批结束后谁失去联系", "A batch ends: who is left with nobody"),
        Label(
            "去掉该批任期（另有任期或受聘顾问者仍在），当日有人联系而去掉后无人联系的需求、工作室、企业、高校",
            "Without the terms of the batch (who has another term or advises stays): what somebody held on the day and nobody holds then",
        ),
        (
            count("batch", "批次", "number of the batch; all if not given"),
            node("person", "人员", "this person leaves instead, whatever their ties", "Person", required=False),
        ),
        (column("kind", "类别", "kind"), column("left", "对象", "left with nobody"), column("leaving", "离任者", "leaving")),
        batch_ends,
        needs=(requires("HAS_TERM", unless="person"), requires("IN_BATCH", unless="person")),
    ),
    Question(
        12,
        "single-points",
        Label("单点高校", "Universities that hang on one expert"),
        Label(
            "当日在任者恰为一人的高校，及此人所联系的企业；没有挂职的图：只有一人的单位，及只经此人相连者",
            "one expert in place on the day, and the enterprises this expert ties to it; without terms: organisations with one person",
        ),
        (DISTRICT,),
        (
            _UNIVERSITY,
            column("expert", "唯一在任者", "only expert in place"),
            column("enterprises", "涉及企业数", "enterprises", number=True),
            column("at_risk", "涉及企业", "enterprises at risk"),
        ),
        single_points,
        needs=(TIES,),
    ),
    Question(
        15,
        "who-brought",
        Label("团队经谁引进到哪企", "Who brought which talent team to which enterprise"),
        Label("引进人—团队—所在或合作企业", "expert – team – enterprise that it is based at or works for"),
        (node("enterprise", "企业", "only to this enterprise", "Enterprise", required=False),),
        (column("team", "团队", "team"), column("by", "引进人", "brought by"), column("on", "引进日期", "on"), _ENTERPRISE),
        who_brought,
        needs=(requires("INTRODUCED"),),
    ),
)
