"""Agreements: of studio and expert (the pairs), and those that experts brought about between enterprises and institutions."""

from __future__ import annotations

import random
from dataclasses import replace

from ingest.sample.city import SIGNED_STATES, Agreement, Term
from ingest.sample.days import between, month_ends, shifted
from ingest.sample.distribution import distribution, scaled
from ingest.sample.people import LAST_BATCH, Team
from ingest.sample.stage import Stage

KINDS = {"技术开发": 35, "技术服务": 25, "技术咨询": 15, "技术转让": 10, "意向": 15}
PAIRING_BATCHES = (LAST_BATCH - 1, LAST_BATCH)
HOME_SHARE = 0.6
LAST_DAY = "2020-09-09"


def make_agreements(stage: Stage) -> tuple[Agreement, ...]:
    """All agreements, numbered by the day of signing. Quiet firms and isolated studios sign none."""
    random_numbers = stage.stream("agreements")
    total = scaled(distribution().agreements_per_term * len(stage.team.terms), 1)
    drafts = _pairs(random_numbers, stage)
    drafts += _on_needs(random_numbers, stage)
    drafts += _of_terms(random_numbers, stage, total - len(drafts))
    drafts.sort(key=lambda draft: (draft.signed, draft.expert, draft.enterprise or 0, draft.institution))
    width = len(str(len(drafts)))
    return tuple(replace(draft, number=f"XY-{number:0{width}d}") for number, draft in enumerate(drafts, start=1))


def _pairs(random_numbers: random.Random, stage: Stage) -> list[Agreement]:
    """A studio pairs with one expert of the last batches for the rest of his term; with one of its firm's field while there are any."""
    numbers, team, studios = distribution().pairs, stage.team, stage.open_studios()
    able = [t for t in team.terms if t.batch in PAIRING_BATCHES and t.expert not in team.bridges and team.experts[t.expert].topics]
    random_numbers.shuffle(able)
    wanted = min(stage.count(numbers.total), len(able), len(studios))
    found = []
    for place, studio in enumerate(random_numbers.sample(studios, wanted)):
        field = stage.enterprises[studio.enterprise].field
        term = next((t for t in able if team.experts[t.expert].topics[0].field == field), able[0])
        able.remove(term)
        signed = between(random_numbers, f"{term.start}-12", "2020-08-25" if term.batch == LAST_BATCH else "2020-05-20")
        shown = place < stage.count(numbers.demonstration)
        found.append(Agreement("", "共建", term.expert, None, studio.number, "", "", signed, month_ends(term.end), None, None, shown))
    return found


def _on_needs(random_numbers: random.Random, stage: Stage) -> list[Agreement]:
    """A need that stands as signed or further has one agreement with the home of the expert who accepted first."""
    found = []
    for need in stage.needs:
        if need.state in SIGNED_STATES and need.acceptances and need.enterprise not in stage.quiet:
            first = min(need.acceptances, key=lambda acceptance: (acceptance.on, acceptance.expert))
            signed = min(shifted(first.on, random_numbers.randint(10, 60)), LAST_DAY)
            kind = random_numbers.choice(["技术开发", "技术服务", "技术咨询"])
            home = stage.team.experts[first.expert].organisation
            draft = Agreement("", kind, first.expert, need.enterprise, None, home, need.number, signed, "", None, None, False)
            found.append(_with_terms(random_numbers, draft))
    return found


def _of_terms(random_numbers: random.Random, stage: Stage, wanted: int) -> list[Agreement]:
    """The other agreements fall on terms by their months so far; a term draws on one to eight institutions, home the first of them."""
    terms = [term for term in stage.team.terms if term.expert not in stage.team.bridges]
    weights = [_months(term) * random_numbers.uniform(0.3, 1.7) for term in terms]
    institutions = {term: _institutions(random_numbers, stage.team, term) for term in terms}
    near: dict[str, list[int]] = {}
    for enterprise in stage.enterprises:
        if enterprise.number not in stage.quiet:
            near.setdefault(enterprise.district, []).append(enterprise.number)
    everywhere = [number for numbers in near.values() for number in numbers]
    kinds, kind_weights = list(KINDS), list(KINDS.values())
    found = []
    for term in random_numbers.choices(terms, weights, k=max(0, wanted)):
        home, *others = institutions[term]
        institution = home if not others or random_numbers.random() < HOME_SHARE else random_numbers.choice(others)
        signed = between(random_numbers, f"{term.start}-15", min(month_ends(term.end), LAST_DAY))
        (kind,) = random_numbers.choices(kinds, kind_weights)
        firm = random_numbers.choice(near.get(term.district) or everywhere)
        draft = Agreement("", kind, term.expert, firm, None, institution, "", signed, "", None, None, False)
        found.append(_with_terms(random_numbers, draft))
    return found


def _months(term: Term) -> float:
    end = min(term.end, LAST_DAY[:7])
    return (int(end[:4]) - int(term.start[:4])) * 12 + int(end[5:]) - int(term.start[5:]) + 0.3


def _institutions(random_numbers: random.Random, team: Team, term: Term) -> list[str]:
    organisations = [home.name for home in distribution().organisations if home.kind != "机关"]
    weights = [1 / (place + 3) for place in range(len(organisations))]
    count = min(7, int(random_numbers.expovariate(1 / 2.4)))
    drawn = random_numbers.choices(organisations, weights, k=count)
    home = team.experts[term.expert]
    return list(dict.fromkeys([*([] if home.kind == "机关" else [home.organisation]), *drawn])) or [organisations[0]]


def _with_terms(random_numbers: random.Random, draft: Agreement) -> Agreement:
    """Sums, unless it is an intent only, and a validity of one to three years."""
    contract = paid = None
    if draft.kind != "意向":
        contract = max(2, round(random_numbers.lognormvariate(2.9, 0.8)))
        paid = round(contract * random_numbers.choice((0, 0.3, 0.5, 0.7, 1)))
    until = shifted(draft.signed, random_numbers.choice((365, 730, 1095)) - 1)
    return replace(draft, valid_to=until, contract=contract, paid=paid)
