"""What experts have achieved (the platform's list) and what studio workers have innovated in the year."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.sample.city import ACCEPTED_STATES, Achievement, Expert, Innovation, Need
from ingest.sample.days import between, shifted
from ingest.sample.distribution import apportion, distribution, drawn_to_sum, pools
from ingest.sample.stage import Stage
from ingest.sample.topics import worded

CO_OWNER_SHARE = 0.15
TRANSFORMED_SHARE = 0.35
PATENT_SHARE = 0.4
LAST_DAY = "2020-09-05"


def make_achievements(stage: Stage) -> tuple[Achievement, ...]:
    """The experts' results, by owner. Those taken up are in use at an enterprise whose need the owner accepted."""
    random_numbers = stage.stream("achievements")
    numbers = distribution().achievements
    able = [expert for expert in stage.team.experts if expert.topics]
    owners = sorted(random_numbers.sample(able, min(len(able), stage.count(numbers.owners))), key=lambda expert: expert.number)
    total = stage.count(sum(numbers.trl.values()))
    sizes = drawn_to_sum([random_numbers.lognormvariate(0.7, 0.8) for _ in owners], total, 1, numbers.most)
    levels = _levels(random_numbers, total)
    colleagues: dict[tuple[str, str], list[int]] = {}
    for expert in able:
        colleagues.setdefault((expert.organisation, expert.topics[0].field), []).append(expert.number)
    served = _served(stage.needs)
    found: list[Achievement] = []
    titles: set[tuple[str, str]] = set()
    for owner, size in zip(owners, sizes, strict=True):
        firms = [] if owner.number in stage.team.bridges else served.get(owner.number, [])
        near = colleagues[owner.organisation, owner.topics[0].field]
        for _ in range(size):
            draft = _achievement(random_numbers, owner, _title(random_numbers, owner, titles), levels.pop(), near)
            patent = f"ZL{draft.completed[:4]}XN{len(found) + 1:06d}" if random_numbers.random() < PATENT_SHARE else ""
            found.append(_taken_up(random_numbers, replace(draft, patent=patent), firms))
    return tuple(found)


def _levels(random_numbers: random.Random, total: int) -> list[int]:
    groups = distribution().achievements.trl
    levels: list[int] = []
    for group, count in zip(groups, apportion(list(groups.values()), total), strict=True):
        first, last = map(int, group.split("-"))
        levels += [random_numbers.randint(first, last) for _ in range(count)]
    random_numbers.shuffle(levels)
    return levels


def _served(needs: Sequence[Need]) -> Mapping[int, list[tuple[int, str]]]:
    """Expert → (enterprise, day) of the needs that went on to work."""
    found: dict[int, list[tuple[int, str]]] = {}
    for need in needs:
        if need.state in ACCEPTED_STATES[1:]:
            for acceptance in need.acceptances:
                found.setdefault(acceptance.expert, []).append((need.enterprise, acceptance.on))
    return found


def _title(random_numbers: random.Random, owner: Expert, titles: set[tuple[str, str]]) -> str:
    """A title that the organisation has not used yet."""
    words = pools()
    while True:
        phrase = worded(random_numbers, random_numbers.choice(owner.topics))
        title = random_numbers.choice(words.achievement_modifiers) + phrase + random_numbers.choice(words.achievement_forms)
        if (title, owner.organisation) in titles:
            title += f"（{random_numbers.randint(2, 99)}型）"
        if (title, owner.organisation) not in titles:
            titles.add((title, owner.organisation))
            return title


def _achievement(random_numbers: random.Random, owner: Expert, title: str, trl: int, near: Sequence[int]) -> Achievement:
    """One result; a colleague of the same home and field (``near``) sometimes shares it."""
    other = random_numbers.choice(near)
    shared = random_numbers.random() < CO_OWNER_SHARE and other != owner.number
    owners = (owner.number, other) if shared else (owner.number,)
    discipline = random_numbers.choice(pools().fields[owner.topics[0].field].disciplines)
    completed = between(random_numbers, "2012-01-01", "2020-06-30")[:7]
    return Achievement(title, owners, owner.organisation, discipline, trl, "", completed, None, "")


def _taken_up(random_numbers: random.Random, draft: Achievement, firms: Sequence[tuple[int, str]]) -> Achievement:
    """Some results are in use at a firm that the owner served."""
    if not firms or random_numbers.random() >= TRANSFORMED_SHARE:
        return draft
    firm, day = random_numbers.choice(firms)
    on = min(shifted(max(day, f"{draft.completed}-28"), random_numbers.randint(20, 90)), LAST_DAY)
    return replace(draft, taken_up_by=firm, taken_up_on=on)


def make_innovations(stage: Stage) -> tuple[Innovation, ...]:
    """The studio workers' own results of the year, so many of them used in their works."""
    random_numbers = stage.stream("innovations")
    numbers = distribution().worker_innovations
    words = pools()
    total = stage.count(numbers.completed)
    used = [place < stage.count(numbers.transformed) for place in range(total)]
    random_numbers.shuffle(used)
    found: list[Innovation] = []
    titles: set[tuple[str, int]] = set()
    for transformed in used:
        studio = random_numbers.choice(stage.studios)
        worker = random_numbers.choice([*(leader.name for leader in studio.leaders), *(member.name for member in studio.members)])
        title = random_numbers.choice(words.innovation_subjects) + random_numbers.choice(words.innovation_verbs)
        while (title, studio.number) in titles:
            title = random_numbers.choice(words.achievement_modifiers) + title
        titles.add((title, studio.number))
        completed = between(random_numbers, f"{numbers.year}-01-03", f"{numbers.year}-08-10")
        on = between(random_numbers, shifted(completed, 5), f"{numbers.year}-09-08") if transformed else ""
        found.append(Innovation(title, worker, studio.number, random_numbers.randint(6, 9), completed[:7], on))
    return tuple(found)
