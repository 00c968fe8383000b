"""Questions about what is missing: 2, 3, 8, 9, 11, 14."""

from __future__ import annotations

import datetime

from cooperation.needs.moves import State, state_of
from cooperation.ownership import districts
from cooperation.parameters import count
from cooperation.periods import period_of
from cooperation.questions.lacking import draws_on, requires
from cooperation.questions.links import DISTRICT
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids, refs
from cooperation.ways import experts, in_place
from cooperation.world import World, on_day, text
from graph.model import Node, Relationship
from graph.ontology.schema import Label
from graph.values import first_day, last_day

REACH = ("ACCEPTED", "POSTED", "BASED_AT", "LEADS", "MEMBER_OF", "PAIRED_WITH", "COVERS", "SIGNED_BY", "INVOLVES", "SOLVES", "CREATED")
"""Along which relationships a need is near an expert. Fields, districts, cities and batches are hubs: through them all is near all."""

OPEN = frozenset(State) - {State.DRAFT, State.COMPLETED, State.WITHDRAWN, State.EXPIRED, State.TERMINATED}


def without_expert(asked: QuestionContext) -> list[Line]:
    """Needs that no expert in place on the day reaches within so many hops."""
    hops = 3 if asked.given.count("hops") is None else asked.given.count("hops") or 0
    reached = reached_by(asked.world, [each for each in experts(asked.world) if in_place(asked.world, each, asked.day)], hops)
    lines = []
    for need in asked.world.nodes("Need"):
        if need.id in reached or state_of(need) not in OPEN or not _in(asked, districts(asked.world, need.id)):
            continue
        fields, posted = asked.world.out(need.id, "IN_FIELD"), asked.world.into(need.id, "POSTED")
        first = fields[0].target if fields else ""
        cells = (
            Ref(first) if first else None,
            Ref(need.id),
            refs([each.source for each in posted]),
            state_of(need).value,
            text(need, "postedOn") or None,
        )
        lines.append((text(asked.world.node(first), "name"), need.id, Line(cells, ids(need, *fields, *posted))))
    return [line for _, _, line in sorted(lines, key=lambda each: each[:2])]


def reached_by(world: World, start: list[str], hops: int) -> set[str]:
    """All nodes within so many hops of these, along ``REACH`` in either direction."""
    reached = edge = set(start)
    for _ in range(hops):
        near = {end for id in edge for each in world.touching(id, *REACH) for end in (each.source, each.target)}
        edge = near - reached
        reached = reached | near
    return reached


def _in(asked: QuestionContext, places: tuple[str, ...]) -> bool:
    wanted = asked.given.text("district")
    return not wanted or wanted in places


def without_partner(asked: QuestionContext) -> list[Line]:
    """Studios that are paired with nobody on the day."""
    lines = []
    for studio in asked.world.nodes("Studio"):
        pairs, places = asked.world.out(studio.id, "PAIRED_WITH"), districts(asked.world, studio.id)
        if on_day(pairs, asked.day) or not _in(asked, places):
            continue
        last = max((period_of(each).end for each in pairs), default="")
        based = asked.world.out(studio.id, "BASED_AT")
        cells = (refs(places), Ref(studio.id), refs([each.target for each in based]), last or None)
        lines.append((places, studio.id, Line(cells, ids(studio, *based, *pairs))))
    return [line for _, _, line in sorted(lines, key=lambda each: each[:2])]


def silent_pairs(asked: QuestionContext) -> list[Line]:
    """Pairs that hold on the day whose last meeting, or else whose beginning, lies so many days back or more."""
    days = 90 if asked.given.count("days") is None else asked.given.count("days") or 0
    lines = []
    for pair in on_day(sorted(asked.world.links("PAIRED_WITH"), key=lambda each: each.id), asked.day):
        if not concerns_district(asked, pair):
            continue
        met = meetings(asked.world, pair, asked.day)
        last = max((text(each, "date") for each in met), default="")
        since = max(last, period_of(pair).start) or ""
        silent = (asked.day - last_day(since)).days if since else None
        if silent is None or silent >= days:
            cells = (Ref(pair.source), Ref(pair.target), period_of(pair).start or None, last or None, silent)
            lines.append(Line(cells, ids(pair, *met[-1:])))
    return sorted(
        lines, key=lambda line: (-(10**6 if line.cells[4] is None else int(str(line.cells[4]))), str(line.cells[0]), str(line.cells[1]))
    )


def concerns_district(asked: QuestionContext, pair: Relationship) -> bool:
    """Whether a pair is the district's that is asked about: its studio lies there, or its expert is posted there on the day."""
    return _in(asked, (*districts(asked.world, pair.source), *districts(asked.world, pair.target, asked.day)))


def meetings(world: World, pair: Relationship, day: datetime.date) -> list[Node]:
    """The meetings and visits of a studio and its expert up to a day, the oldest first."""
    events = {each.source for each in world.into(pair.source, "INVOLVES")} & {each.source for each in world.into(pair.target, "INVOLVES")}
    known = [node for id in events if (node := world.node(id)) is not None and node.type in ("Meeting", "Visit")]
    dated = [node for node in known if text(node, "date") and first_day(text(node, "date")) <= day]
    return sorted(dated, key=lambda node: (text(node, "date"), node.id))


def ageing(asked: QuestionContext) -> list[Line]:
    """Needs published and not taken on, by how long ago they were published."""
    days = 30 if asked.given.count("days") is None else asked.given.count("days") or 0
    lines = []
    for need in asked.world.nodes("Need"):
        since = text(need, "stateSince") or text(need, "postedOn")
        if state_of(need) is not State.PUBLISHED or not _in(asked, districts(asked.world, need.id)):
            continue
        age = (asked.day - first_day(since)).days if since else None
        if age is None or age > days:
            fields, posted = asked.world.out(need.id, "IN_FIELD"), asked.world.into(need.id, "POSTED")
            cells = (refs([each.target for each in fields]), Ref(need.id), refs([each.source for each in posted]), since or None, age)
            lines.append(Line(cells, ids(need, *fields, *posted)))
    return sorted(
        lines, key=lambda line: (str(line.cells[0]), -(10**6 if line.cells[4] is None else int(str(line.cells[4]))), str(line.cells[1]))
    )


def supply_and_demand(asked: QuestionContext) -> list[Line]:
    """Open needs of each field against the experts in place whose field it is, is a branch of it or has its name, or who
    took on needs of it."""
    world = asked.world
    places = [each for each in experts(world) if in_place(world, each, asked.day)]
    supply: dict[str, dict[str, Relationship]] = {}
    for person in places:
        for link in world.out(person, "EXPERT_IN"):
            for field in broader(world, link.target):
                supply.setdefault(field, {}).setdefault(person, link)
        for taken in world.out(person, "ACCEPTED"):
            for link in world.out(taken.target, "IN_FIELD"):
                supply.setdefault(link.target, {}).setdefault(person, taken)
    demand: dict[str, dict[str, Relationship]] = {}
    for need in world.nodes("Need"):
        if state_of(need) in OPEN and _in(asked, districts(world, need.id)):
            for link in world.out(need.id, "IN_FIELD"):
                demand.setdefault(link.target, {})[need.id] = link
    by_name = {text(world.node(field), "name"): field for field in demand}
    for field in list(supply):
        named = by_name.get(text(world.node(field), "name"))
        if named is not None and named != field:
            supply.setdefault(named, {}).update(supply[field])
    lines = []
    for field in sorted(demand.keys() | {each for each in supply if asked.given.flag("all")}):
        wanted, given = demand.get(field, {}), supply.get(field, {})
        lines.append(Line((Ref(field), len(wanted), len(given), len(wanted) - len(given)), ids(*wanted.values(), *given.values())))
    return sorted(lines, key=lambda line: (-int(str(line.cells[3])), str(line.cells[0])))


def broader(world: World, field: str) -> set[str]:
    """A field and all above it."""
    found, edge = {field}, {field}
    while edge:
        edge = {each.target for id in edge for each in world.out(id, "BROADER")} - found
        found |= edge
    return found


def silent_enterprises(asked: QuestionContext) -> list[Line]:
    """Enterprises with an account that posted nothing and were never visited."""
    lines = []
    for link in sorted(asked.world.links("OF"), key=lambda each: each.id):
        firm = link.target
        if not asked.world.is_a(asked.world.node(firm), "Enterprise") or not _in(asked, districts(asked.world, firm)):
            continue
        visited = [each for each in asked.world.into(firm, "INVOLVES") if asked.world.is_a(asked.world.node(each.source), "Visit")]
        if not visited and not asked.world.out(firm, "POSTED"):
            lines.append(
                Line(
                    (refs(districts(asked.world, firm)), Ref(firm), text(asked.world.node(link.source), "status") or None), ids(link, firm)
                )
            )
    unique = {line.cells[1]: line for line in lines}
    return sorted(unique.values(), key=lambda line: (str(line.cells[0]), str(line.cells[1])))


_NEED, _FIELD, _FIRM = column("need", "需求", "need"), column("field", "领域", "field"), column("enterprise", "企业", "enterprise")
_STUDIO, _PLACE = column("studio", "工作室", "studio"), column("district", "县区", "district")

QUESTIONS = (
    Question(
        2,
        "without-expert",
        Label("哪些需求附近没有专家", "Needs that no expert is near"),
        Label(
            "当日在任专家沿接单、发单、结对、领衔、协议、会商等关系三步内到不了的未结需求，按领域列出",
            "open needs that no expert in place reaches within 3 hops along what people and organisations do, by field",
        ),
        (count("hops", "步数", "hops; 3 if not given"), DISTRICT),
        (_FIELD, _NEED, _FIRM, column("state", "状态", "state"), column("on", "发布日期", "posted on")),
        without_expert,
        needs=(requires("Need"), requires("HAS_TERM")),
    ),
    Question(
        3,
        "without-partner",
        Label("哪些工作室没有结对专家", "Studios without a partner"),
        Label("当日没有有效结对的工作室，按县区列出", "studios that are paired with nobody on the day, by district"),
        (DISTRICT,),
        (_PLACE, _STUDIO, column("enterprise", "所在企业", "based at"), column("last", "上次结对至", "last paired until")),
        without_partner,
        needs=(requires("Studio"), draws_on("PAIRED_WITH")),
    ),
    Question(
        8,
        "silent-pairs",
        Label("哪些结对久未会商", "Pairs that have not met"),
        Label(
            "当日有效、距上次会商或走访（没有则距结对）满 90 天的结对",
            "pairs of the day whose last meeting or visit (else whose beginning) is 90 days back or more",
        ),
        (count("days", "天数", "days; 90 if not given"), DISTRICT),
        (
            _STUDIO,
            column("expert", "专家", "expert"),
            column("since", "结对日期", "paired since"),
            column("last", "上次会商", "last met"),
            column("days", "静默天数", "days silent", number=True),
        ),
        silent_pairs,
        needs=(requires("PAIRED_WITH"), draws_on("Meeting", "Visit")),
    ),
    Question(
        9,
        "ageing",
        Label("哪些需求发布已久无人接单", "Needs that nobody takes on"),
        Label("已发布、超过 30 天无人接单的需求，按领域与天数列出", "published more than 30 days ago and not taken on, by field and age"),
        (count("days", "天数", "days; 30 if not given"), DISTRICT),
        (_FIELD, _NEED, _FIRM, column("since", "发布日期", "published"), column("days", "天数", "days", number=True)),
        ageing,
        needs=(requires("Need"),),
    ),
    Question(
        11,
        "supply-demand",
        Label("各领域供需缺口", "Supply and demand by field"),
        Label(
            "未结需求数减去在任专家数（研究方向同名或属其下位，或接过该领域的单）",
            "open needs less experts in place in it: by their field, one below it or of its name, or by needs taken on",
        ),
        (DISTRICT,),
        (
            _FIELD,
            column("needs", "未结需求", "open needs", number=True),
            column("experts", "在任专家", "experts in place", number=True),
            column("gap", "缺口", "gap", number=True),
        ),
        supply_and_demand,
        needs=(requires("Need"), requires("IN_FIELD"), requires("HAS_TERM")),
    ),
    Question(
        14,
        "silent-enterprises",
        Label("哪些企业从未发声", "Enterprises that are silent"),
        Label("有账号而从未发单、从未被走访的企业", "with an account, without a need posted and without a visit"),
        (DISTRICT,),
        (_PLACE, _FIRM, column("status", "账号状态", "account")),
        silent_enterprises,
        needs=(requires("Account"), draws_on("POSTED"), draws_on("Visit")),
        clearance=1,
    ),
)
