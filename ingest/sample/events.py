"""What happened: consultations and visits, training, reviews with their funding, and notices."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence

from ingest.sample.city import Agreement, Meeting, Project, Studio, Training, WorkUpdate
from ingest.sample.days import between
from ingest.sample.distribution import apportion, distribution, drawn_to_sum, pools
from ingest.sample.stage import Stage

LAST_DAY = "2020-09-09"
REVIEWERS = 5
TRAINING_SPAN = ("2020-01-06", "2020-09-05")
UPDATE_SPANS = {("2020-01-08", "2020-07-31"): 44, ("2020-08-01", LAST_DAY): 60}
FUNDING = ((85, 3.0), (78, 2.0), (72, 1.0), (0, 0.0))
"""Least score and what it earns, in 万元."""


def make_meetings(stage: Stage, agreements: Sequence[Agreement]) -> tuple[Meeting, ...]:
    """Consultations of each pair from its signing on, and visits by experts to firms whose need they accepted; by day."""
    random_numbers = stage.stream("meetings")
    words = pools()
    found = [meeting for pair in agreements if pair.studio is not None for meeting in _consultations(random_numbers, stage, pair)]
    links = stage.links()
    for expert, firm, accepted in random_numbers.choices(links, k=stage.count(distribution().visits)):
        day = between(random_numbers, accepted, LAST_DAY)
        result = random_numbers.choice(words.meeting_results)
        found.append(Meeting(day, stage.enterprises[firm].town, expert, "", None, firm, "走访调研", result))
    return tuple(sorted(found, key=lambda meeting: (meeting.date, meeting.enterprise, meeting.expert)))


def _consultations(random_numbers: random.Random, stage: Stage, pair: Agreement) -> list[Meeting]:
    assert pair.studio is not None
    words, bounds = pools(), distribution().pairs
    studio = stage.studios[pair.studio]
    town = stage.enterprises[studio.enterprise].town
    found = []
    for _ in range(random_numbers.randint(bounds.least_meetings, bounds.most_meetings)):
        day = between(random_numbers, pair.signed, min(pair.valid_to, LAST_DAY))
        kind, result = random_numbers.choice(words.meeting_kinds), random_numbers.choice(words.meeting_results)
        found.append(Meeting(day, town, pair.expert, studio.leaders[0].name, studio.number, studio.enterprise, kind, result))
    return found


def make_trainings(stage: Stage, agreements: Sequence[Agreement]) -> tuple[Training, ...]:
    """The year's training by studio: named apprentices, counted classes, and lectures by the paired expert."""
    random_numbers = stage.stream("training")
    numbers = distribution().training
    partners = {pair.studio: pair for pair in agreements if pair.studio is not None}
    draws = [random_numbers.lognormvariate(3.0, 0.7) for _ in stage.studios]
    sizes = drawn_to_sum(draws, stage.count(numbers.person_times), 2, numbers.most)
    found: list[Training] = []
    for studio, size in zip(stage.studios, sizes, strict=True):
        found += _trainings(random_numbers, studio, size, partners.get(studio.number))
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
        if pair is not None and pair.signed < day <= pair.valid_to:
            found.append(Training(studio.number, "专家讲师团", "", pair.expert, (), heads, day, ""))
        else:
            certificate = f"高级工{max(1, heads // 4)}人" if random_numbers.random() < 0.4 else ""
            found.append(Training(studio.number, "新型学徒制", mentor, None, (), heads, day, certificate))
    return found


def make_projects(stage: Stage, agreements: Sequence[Agreement]) -> tuple[Project, ...]:
    """Reviewed innovation projects of the studios that are not isolated; no reviewer is paired with the studio."""
    random_numbers = stage.stream("projects")
    words = pools()
    able = stage.open_studios()
    experts = [expert.number for expert in stage.team.experts if expert.topics and expert.number not in stage.team.bridges]
    partners = {pair.studio: pair.expert for pair in agreements if pair.studio is not None}
    found: list[Project] = []
    titles: set[tuple[str, int]] = set()
    for number in range(1, stage.count(distribution().projects) + 1):
        studio = random_numbers.choice(able)
        title = random_numbers.choice(words.innovation_subjects) + random_numbers.choice(words.innovation_verbs) + "项目"
        title = f"{title}（{number}）" if (title, studio.number) in titles else title
        titles.add((title, studio.number))
        drawn = random_numbers.sample(experts, REVIEWERS + 1)
        reviewers = tuple(expert for expert in drawn if expert != partners.get(studio.number))[:REVIEWERS]
        score = round(sum(random_numbers.randint(62, 96) for _ in reviewers) / len(reviewers), 1)
        funding = next(sum for least, sum in FUNDING if score >= least)
        flags = tuple(flag for flag in words.flags if random_numbers.random() < 0.35)
        found.append(Project(title, studio.number, score, reviewers, funding, random_numbers.choice((2019, 2020)), flags))
    return tuple(sorted(found, key=lambda project: (project.year, project.studio, project.name)))


def make_updates(stage: Stage) -> tuple[WorkUpdate, ...]:
    """Notices, most in August and September 2020; each speaks of one expert at a firm whose need he had accepted by then."""
    random_numbers = stage.stream("updates")
    links = stage.links()
    accepted = [on for _, _, on in links]
    found: list[WorkUpdate] = []
    titles: set[str] = set()
    counts = apportion(list(UPDATE_SPANS.values()), stage.count(distribution().work_updates))
    for span, count in zip(UPDATE_SPANS, counts, strict=True):
        for _ in range(count):
            day = max(between(random_numbers, *span), accepted[0])
            expert, firm, _on = random_numbers.choice(links[: bisect_right(accepted, day)])
            enterprise = stage.enterprises[firm]
            name = enterprise.name_on(day)
            title = random_numbers.choice(("走访", "对接", "调研", "服务")) + name
            title = f"{title}（{day[5:7]}月{day[8:]}日，{len(found) + 1}）" if title in titles else title
            titles.add(title)
            who = stage.team.experts[expert]
            text = f"{who.organisation}{who.name}到{name}对接技术需求，现场会商。"
            found.append(WorkUpdate(title, day, enterprise.district, text, expert, firm))
    return tuple(sorted(found, key=lambda update: (update.date, update.title)))
