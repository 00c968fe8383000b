"""What a hop costs. Costs are whole millionths, so that sums are exact and the order of paths is the same everywhere.

A hop stands for all its parallel relationships; the cheapest allowed one counts. The cost of a relationship is what ``weight`` says, times
the user's own number for its type (1 where none is given). Costs are inverse strengths, as in M. E. J. Newman, "Scientific collaboration
networks. II", Physical Review E 64, 016132 (2001): a tie half as strong is twice as long.

``hops``: 1.
``fresh``: 2 ** (years from its end to the day asked, or to today, / 5), from 1 to 16; 1 while it has not ended or its end is not known.
That ties fade steadily once nothing renews them is the finding of R. S. Burt, "Decay functions", Social Networks 22 (2000); halving in five
years is ours: the terms in such data are of one to three years, so that a tie of two terms ago counts half.
``attested``: 3 / trust: 3 inferred, 1.5 said by one source, 1 said by two or confirmed by a person.
"""

from __future__ import annotations

import math

import numpy as np

from graph.errors import QueryProblem
from graph.kernels.arrays import Int64s
from graph.messages import message
from graph.paths.ask.checks import reference_day
from graph.paths.ask.conditions import naming
from graph.paths.ask.query import AnswerContext, PathQuery, WeightName
from graph.projection import Projection

MICRO = 1_000_000
"""Parts of one cost."""

HALVING_YEARS = 5.0
DAYS_A_YEAR = 365.25
FADED = 16.0
"""The most that ``fresh`` makes of one hop: after twenty years a tie is no weaker for being older still."""

MOST_WEIGHT = 1_000_000.0
"""The largest number of a user: beyond it a type is better left out."""

NAMES: tuple[WeightName, ...] = ("hops", "fresh", "attested")


def hop_costs(projection: Projection, query: PathQuery, context: AnswerContext) -> Int64s | None:
    """The cost of a relationship in millionths, by the code of its adjacency entry; ``None`` where every hop costs the same. Raises
    ``QueryProblem`` for a weight that is none, ``NotFound`` for a relationship type that nobody knows."""
    if query.weight not in NAMES:
        raise QueryProblem(
            message("'{weight}' is not a valid weight.", weight=query.weight),
            hint=message("Weights: {names}.", names=tuple(NAMES)),
            where={"parameter": "weight"},
        )
    own = _own(projection, query.weights)
    if query.weight == "hops" and not own:
        return None
    edges = projection.edge_kinds
    costs = np.ones(len(edges.types))
    if query.weight == "fresh":
        day = reference_day(query.as_of, context.today)
        years = np.maximum(day - edges.last.astype(np.int64), 0) / DAYS_A_YEAR
        costs = np.minimum(np.exp2(np.minimum(years / HALVING_YEARS, 10)), FADED)
    elif query.weight == "attested":
        costs = 3 / edges.trust.astype(np.float64)
    factors = np.array([own.get(name, 1.0) for name in projection.relationship_types])
    if len(factors):
        costs = costs * factors[edges.types]
    return np.repeat(np.rint(costs * MICRO).astype(np.int64), 2)


def _own(projection: Projection, weights: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """The user's number for each relationship type that they named."""
    own: dict[str, float] = {}
    for name, number in weights:
        with naming("weights"):
            type = projection.ontology.relationship_type(name).name
        if not (math.isfinite(number) and 0 <= number <= MOST_WEIGHT):
            raise QueryProblem(
                message(
                    "The weight of {name} is {number}, which is not a number from 0 to {most_weight:,.0f}.",
                    name=name,
                    number=number,
                    most_weight=MOST_WEIGHT,
                ),
                hint=message("Give a number: a higher one makes a path over such relationships longer, 0 makes them free."),
                where={"parameter": "weights"},
            )
        if own.setdefault(type, number) != number:
            raise QueryProblem(
                message("{type} is given two weights.", type=type), hint=message("Give it one."), where={"parameter": "weights"}
            )
    return own
