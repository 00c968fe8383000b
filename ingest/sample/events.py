"""What happened: consultations and visits, training, reviews with their funding, notices, and the year's figures."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from ingest.sample.city import (
    Agreement,
    Enterprise,
    Indicator,
    Innovation,
    Meeting,
    Need,
    Project,
    Studio,
    Training,
    WorkUpdate,
)
from ingest.sample.days import between
from ingest.sample.distribution import apportion, distribution, drawn_to_sum, pools, scaled, stream
from ingest.sample.people import Team

LAST_DAY = "2020-09-09"
REVIEWERS = 5
TRAINING_SPAN = ("2020-01-06", "2020-09-05")
UPDATE_SPANS = {("2020-01-08", "2020-07-31"): 44, ("2020-08-01", LAST_DAY): 60}


def _links(needs: Sequence[Need], quiet: frozenset[int]) -> list[tuple[int, int, str]]:
    """(expert, enterprise, day) of every acceptance at a firm that is not quiet."""
    return [(a.expert, need.enterprise, a.on) for need in needs if need.enterprise not in quiet for a in need.acceptances]


def make_meetings(
    seed: int,
    scale: float,
    enterprises: Sequence[Enterprise],
    studios: Sequence[Studio],
    agreements: Sequence[Agreement],
    needs: Sequence[Need],
    quiet: frozenset[int],
) -> tuple[Meeting, ...]:
    """Two to six consultations for each pair from its signing on, and visits by experts to firms whose need they accepted; by day."""
    random_numbers = stream(seed, "meetings")
    words = pools()
    numbers = distribution().pairs
    found = []
    for pair in agreements:
        if pair.studio is None:
            continue
        studio = studios[pair.studio]
        home = enterprises[studio.enterprise]
        for _ in range(random_numbers.randint(numbers.least_meetings, numbers.most_meetings)):
            day = between(random_numbers, pair.signed, min(pair.valid_to, LAST_DAY))
            kind, result = random_numbers.choice(words.meeting_kinds), random_numbers.choice(words.meeting_results)
            worker = studio.leaders[0].name
            found.append(Meeting(day, home.town, pair.expert, worker, studio.number, home.number, kind, result))
    links = _links(needs, quiet)
    for expert, firm, accepted in random_numbers.choices(links, k=scaled(distribution().visits, scale)) if links else ():
        day = between(random_numbers, accepted, LAST_DAY)
        result = random_numbers.choice(words.meeting_results)
        found.append(Meeting(day, enterprises[firm].town, expert, "", None, firm, "走访调研", result))
    return tuple(sorted(found, key=lambda meeting: (meeting.date, meeting.enterprise, meeting.expert)))


def make_trainings(seed: int, scale: float, studios: Sequence[Studio], agreements: Sequence[Agreement]) -> tuple[Training, ...]:
    """The year's training by studio: named apprentices, counted classes, and lectures by the paired expert."""
    random_numbers = stream(seed, "training")
    numbers = distribution().training
    partner = {pair.studio: pair for pair in agreements if pair.studio is not None}
    draws = [random_numbers.lognormvariate(3.0, 0.7) for _ in studios]
    sizes = drawn_to_sum(draws, scaled(numbers.person_times, scale), 2, numbers.most)
    found: list[Training] = []
    for studio, size in zip(studios, sizes, strict=True):
        found += _trainings(random_numbers, studio, size, partner.get(studio.number))
    return tuple(found)


def _trainings(random_numbers: random.Random, studio: Studio, size: int, pair: Agreement | None) -> list[Training]:
    words = pools()
    mentor = studio.leaders[0].name
    apprentices = tuple(member.name for member in studio.members[: random_numbers.randint(1, 2)])
    day = between(random_numbers, *TRAINING_SPAN)
    found = [Training(studio.number, "师带徒", mentor, None, apprentices, 0, day, random_numbers.choice(words.skills[1:]))]
    left = size - len(apprentices)
    while left > 0:
        heads = left if left <= 15 else random_numbers.randint(8, min(45, left))
        left -= heads
        day = between(random_numbers, *TRAINING_SPAN)
        if pair is not None and day > pair.signed and day <= pair.valid_to:
            found.append(Training(studio.number, "专家讲师团", "", pair.expert, (), heads, day, ""))
        else:
            certificate = f"高级工{max(1, heads // 4)}人" if random_numbers.random() < 0.4 else ""
            found.append(Training(studio.number, "新型学徒制", mentor, None, (), heads, day, certificate))
    return found


def make_projects(
    seed: int,
    scale: float,
    team: Team,
    studios: Sequence[Studio],
    isolated: Sequence[int],
    agreements: Sequence[Agreement],
    quiet: frozenset[int],
) -> tuple[Project, ...]:
    """Reviewed innovation projects of the studios that are not isolated; no reviewer is paired with the studio."""
    random_numbers = stream(seed, "projects")
    words = pools()
    able = [studio for studio in studios if studio.number not in isolated and studio.enterprise not in quiet]
    experts = [expert.number for expert in team.experts if expert.topics and expert.number not in team.bridges]
    paired = {(pair.studio, pair.expert) for pair in agreements if pair.studio is not None}
    found: list[Project] = []
    titles: set[tuple[str, int]] = set()
    for _ in range(scaled(distribution().projects, scale)):
        studio = random_numbers.choice(able)
        title = random_numbers.choice(words.innovation_subjects) + random_numbers.choice(words.innovation_verbs) + "项目"
        if (title, studio.number) in titles:
            title = f"{title}（{len(found) + 1}）"
        titles.add((title, studio.number))
        reviewers = tuple(each for each in random_numbers.sample(experts, REVIEWERS + 1) if (studio.number, each) not in paired)[:REVIEWERS]
        score = round(sum(random_numbers.randint(62, 96) for _ in reviewers) / len(reviewers), 1)
        flags = tuple(flag for flag in words.flags if random_numbers.random() < 0.35)
        funding = 3.0 if score >= 85 else 2.0 if score >= 78 else 1.0 if score >= 72 else 0.0
        found.append(Project(title, studio.number, score, reviewers, funding, random_numbers.choice((2019, 2020)), flags))
    return tuple(sorted(found, key=lambda project: (project.year, project.studio, project.name)))


def make_updates(
    seed: int, scale: float, team: Team, enterprises: Sequence[Enterprise], needs: Sequence[Need], quiet: frozenset[int]
) -> tuple[WorkUpdate, ...]:
    """Notices, most in August and September 2020; each speaks of one expert at a firm whose need he had accepted by then."""
    random_numbers = stream(seed, "updates")
    links = sorted(_links(needs, quiet), key=lambda link: (link[2], link[0], link[1]))
    accepted = [link[2] for link in links]
    found: list[WorkUpdate] = []
    titles: set[str] = set()
    counts = apportion(list(UPDATE_SPANS.values()), scaled(distribution().work_updates, scale))
    for span, count in zip(UPDATE_SPANS, counts, strict=True):
        for _ in range(count):
            day = between(random_numbers, *span)
            known = bisect_right(accepted, day)
            expert, firm, _on = random_numbers.choice(links[:known] if known else links)
            enterprise = enterprises[firm]
            name = enterprise.name_on(day)
            title = random_numbers.choice(("走访", "对接", "调研", "服务")) + name
            if title in titles:
                title = f"{title}（{day[5:7]}月{day[8:]}日，{len(found) + 1}）"
            titles.add(title)
            who = team.experts[expert]
            text = f"{who.organisation}{who.name}到{name}对接技术需求，现场会商。"
            found.append(WorkUpdate(title, day, enterprise.district, text, expert, firm))
    return tuple(sorted(found, key=lambda update: (update.date, update.title)))


def make_indicators(
    scale: float,
    enterprises: Sequence[Enterprise],
    studios: Sequence[Studio],
    agreements: Sequence[Agreement],
    innovations: Sequence[Innovation],
    trainings: Sequence[Training],
) -> tuple[Indicator, ...]:
    """The year's figures for the city, counted from the same records, then those of each district; the stock of skilled workers has targets only."""
    targets = distribution().targets
    year = distribution().worker_innovations.year
    district = {studio.number: enterprises[studio.enterprise].district for studio in studios}
    demonstrations = [district[pair.studio] for pair in agreements if pair.studio is not None and pair.demonstration]
    completed = [district[each.studio] for each in innovations]
    transformed = [district[each.studio] for each in innovations if each.transformed_on]
    trained = [district[each.studio] for each in trainings for _ in range(each.person_times)]
    found: list[Indicator] = []
    for name in ("全市", *(each.name for each in distribution().districts)):
        counts = {
            kind: sum(1 for place in places if name in ("全市", place))
            for kind, places in zip("dcut", (demonstrations, completed, transformed, trained), strict=True)
        }
        found += _district_figures(year, name, counts, scale if name == "全市" else None, targets)
    stock = ("高技能人才总量", "技师总量", "高级技师总量")
    return (*found, *(Indicator(year, name, targets[name], None, "全市", "人") for name in stock))


def _district_figures(
    year: int, district: str, counts: Mapping[str, int], scale: float | None, targets: Mapping[str, float]
) -> list[Indicator]:
    """Four figures; only the whole city has targets, which grow with the scale, except for the share."""

    def target(name: str) -> float | None:
        return None if scale is None else float(scaled(targets[name], scale))

    share = round(counts["u"] / counts["c"], 4) if counts["c"] else None
    return [
        Indicator(year, "共建示范工作室", target("共建示范工作室"), counts["d"], district, "家"),
        Indicator(year, "革新发明创新成果", target("革新发明创新成果"), counts["c"], district, "项"),
        Indicator(year, "成果转化率", None if scale is None else targets["成果转化率"], share, district, "比率", counts["u"], counts["c"]),
        Indicator(year, "培训职工", target("培训职工"), counts["t"], district, "人次"),
    ]
