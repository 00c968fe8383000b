"""Makes the whole city from a seed: people, firms, studios, and then what they do with each other."""

from __future__ import annotations

from ingest.sample.achievements import make_achievements, make_innovations
from ingest.sample.agreements import make_agreements
from ingest.sample.city import Bridge, City, Plants
from ingest.sample.distribution import check_scale, distribution, stream
from ingest.sample.enterprises import make_enterprises
from ingest.sample.events import make_meetings, make_projects, make_trainings, make_updates
from ingest.sample.figures import make_indicators
from ingest.sample.names import People
from ingest.sample.needs import make_needs, with_renamings
from ingest.sample.people import make_team
from ingest.sample.stage import Stage
from ingest.sample.studios import make_studios


def generate(seed: int = 7, scale: float = 1.0) -> City:
    """The same city for the same seed and scale, on any machine. Raises ``QueryProblem`` for a scale that cannot be made."""
    check_scale(scale)
    people = People(stream(seed, "names"))
    team = make_team(seed, scale, people)
    firms = make_enterprises(seed, scale, team)
    plan = make_studios(seed, scale, firms, people)
    needs = make_needs(seed, team, firms)
    enterprises = with_renamings(firms, needs)
    stage = Stage(seed, scale, team, enterprises, plan.studios, needs, firms.parts.quiet, frozenset(plan.isolated))
    innovations = make_innovations(stage)
    agreements = make_agreements(stage)
    trainings = make_trainings(stage, agreements)
    bridges = tuple(Bridge(expert, bridged) for expert, bridged in zip(team.bridges, firms.parts.bridged, strict=True))
    unreachable = tuple(need.number for need in needs if need.enterprise in firms.parts.unreachable)
    return City(
        seed=seed,
        scale=scale,
        reference_date=distribution().reference_date,
        experts=team.experts,
        terms=team.terms,
        enterprises=enterprises,
        studios=plan.studios,
        needs=needs,
        achievements=make_achievements(stage),
        innovations=innovations,
        agreements=agreements,
        meetings=make_meetings(stage, agreements),
        trainings=trainings,
        projects=make_projects(stage, agreements),
        updates=make_updates(stage),
        indicators=make_indicators(stage, agreements, innovations, trainings),
        plants=Plants(bridges, plan.isolated, unreachable, firms.parts.renamed, team.homonyms),
    )
