"""Agreements: co-building ones between studio and expert (the pairs), and those that experts brought about between enterprises and institutions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from ingest.sample.city import SIGNED_STATES, Agreement, Need, Studio, Term
from ingest.sample.days import between, month_ends, shifted
from ingest.sample.distribution import distribution, scaled, stream
from ingest.sample.enterprises import Firmament
from ingest.sample.people import Team

KINDS = {"技术开发": 35, "技术服务": 25, "技术咨询": 15, "技术转让": 10, "意向": 15}
PAIRING_BATCHES = (12, 13)
HOME_SHARE = 0.6
LAST_DAY = "2020-09-09"


def make_agreements(
    seed: int, scale: float, team: Team, firms: Firmament, studios: Sequence[Studio], isolated: Sequence[int], needs: Sequence[Need]
) -> tuple[Agreement, ...]:
    """All agreements, numbered by the day of signing. Quiet firms and isolated studios sign none."""
    random_numbers = stream(seed, "agreements")
    total = scaled(distribution().agreements_per_term * len(team.terms), 1)
    drafts = _pairs(random_numbers, scale, team, [s for s in studios if s.number not in isolated and s.enterprise not in firms.parts.quiet])
    drafts += _on_needs(random_numbers, team, needs, firms.parts.quiet)
    drafts += _of_terms(random_numbers, team, firms, total - len(drafts))
    drafts.sort(key=lambda draft: (draft.signed, draft.expert, draft.enterprise or 0, draft.institution))
    width = len(str(len(drafts)))
    return tuple(replace(draft, number=f"XY-{number:0{width}d}") for number, draft in enumerate(drafts, start=1))


def _pairs(random_numbers: random.Random, scale: float, team: Team, studios: Sequence[Studio]) -> list[Agreement]:
    """A studio pairs with one expert of the last batches, for the rest of his term."""
    numbers = distribution().pairs
    able = [
        term
        for term in team.terms
        if term.batch in PAIRING_BATCHES and term.expert not in team.bridges and team.experts[term.expert].topics
    ]
    wanted = min(scaled(numbers.total, scale), len(able), len(studios))
    demonstrations = [True] * min(wanted, scaled(numbers.demonstration, scale))
    demonstrations += [False] * (wanted - len(demonstrations))
    chosen = zip(random_numbers.sample(list(studios), wanted), random_numbers.sample(able, wanted), demonstrations, strict=True)
    found = []
    for studio, term, demonstration in chosen:
        signed = between(random_numbers, f"{term.start}-12", "2020-08-25" if term.batch == 13 else "2020-05-20")
        found.append(
            Agreement("", "共建", term.expert, None, studio.number, "", "", signed, month_ends(term.end), None, None, demonstration)
        )
    return found


def _on_needs(random_numbers: random.Random, team: Team, needs: Sequence[Need], quiet: frozenset[int]) -> list[Agreement]:
    """A need that stands as signed or further has one agreement with the home of the expert who accepted first."""
    found = []
    for need in needs:
        if need.state in SIGNED_STATES and need.acceptances and need.enterprise not in quiet:
            first = min(need.acceptances, key=lambda acceptance: (acceptance.on, acceptance.expert))
            signed = min(shifted(first.on, random_numbers.randint(10, 60)), LAST_DAY)
            kind = random_numbers.choice(["技术开发", "技术服务", "技术咨询"])
            home = team.experts[first.expert].organisation
            found.append(_with_enterprise(random_numbers, kind, first.expert, need.enterprise, home, need.number, signed))
    return found


def _of_terms(random_numbers: random.Random, team: Team, firms: Firmament, wanted: int) -> list[Agreement]:
    """The other agreements fall on terms by their months so far; a term draws on one to eight institutions, home the first of them."""
    terms = [term for term in team.terms if term.expert not in team.bridges]
    weights = [_months(term) * random_numbers.uniform(0.3, 1.7) for term in terms]
    institutions = {id(term): _institutions(random_numbers, team, term) for term in terms}
    near: dict[str, list[int]] = {}
    for enterprise in firms.enterprises:
        if enterprise.number not in firms.parts.quiet:
            near.setdefault(enterprise.district, []).append(enterprise.number)
    everywhere = [number for numbers in near.values() for number in numbers]
    kinds, kind_weights = list(KINDS), list(KINDS.values())
    found = []
    for term in random_numbers.choices(terms, weights, k=max(0, wanted)):
        home, *others = institutions[id(term)]
        institution = home if not others or random_numbers.random() < HOME_SHARE else random_numbers.choice(others)
        signed = between(random_numbers, f"{term.start}-15", min(month_ends(term.end), LAST_DAY))
        (kind,) = random_numbers.choices(kinds, kind_weights)
        firm = random_numbers.choice(near.get(term.district) or everywhere)
        found.append(_with_enterprise(random_numbers, kind, term.expert, firm, institution, "", signed))
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


def _with_enterprise(
    random_numbers: random.Random, kind: str, expert: int, enterprise: int, institution: str, need: str, signed: str
) -> Agreement:
    contract = paid = None
    if kind != "意向":
        contract = max(2, round(random_numbers.lognormvariate(2.9, 0.8)))
        paid = round(contract * random_numbers.choice((0, 0.3, 0.5, 0.7, 1)))
    until = shifted(signed, random_numbers.choice((365, 730, 1095)) - 1)
    return Agreement("", kind, expert, enterprise, None, institution, need, signed, until, contract, paid, False)
