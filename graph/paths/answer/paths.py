"""How two nodes are connected: the shortest paths between them, told with their evidence, or why there is none."""

from __future__ import annotations

from graph.kernels.arrays import Int64s, Job
from graph.paths.answer.no_path import why_none
from graph.paths.answer.renderer import PathRenderer
from graph.paths.answer.values import PathAnswer
from graph.paths.ask.checks import check_path_query, visible_number
from graph.paths.ask.conditions import Rules, check_ends, compile_conditions
from graph.paths.ask.query import AnswerContext, PathQuery
from graph.paths.ask.weights import hop_costs
from graph.paths.search.deadline import answering, stopping, why_stop
from graph.paths.search.disjoint import disjoint_paths
from graph.paths.search.disjoint_constrained import check_apart, disjoint_under
from graph.paths.search.evidence import Evidence
from graph.paths.search.plain import Shortest
from graph.paths.search.product import least_paths, prepare, simple_paths
from graph.paths.search.product_weighted import weighted_paths
from graph.paths.search.ranked import ranked_paths
from graph.paths.search.workspace import job
from graph.projection import Projection


def find_paths(projection: Projection, query: PathQuery, context: AnswerContext) -> PathAnswer:
    """Answers a ``PathQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is not there
    or not for this reader."""
    check_path_query(query, context)
    ends = (
        visible_number(projection, query.start, "start", context.clearance),
        visible_number(projection, query.end, "end", context.clearance),
    )
    rules = compile_conditions(projection, query, context)
    check_ends(projection, query.max_hops, rules, ends)
    if query.kind == "simple" or not rules.plain:
        prepare(projection, rules)
    with answering(context):
        return _answer(projection, query, context, rules, ends)


def _answer(projection: Projection, query: PathQuery, context: AnswerContext, rules: Rules, ends: tuple[int, int]) -> PathAnswer:
    task = job(projection, rules.allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
    costs = hop_costs(projection, query, context) if query.kind == "k-shortest" else None
    with stopping(task.budget, context):
        found = search_paths(task, projection, query, rules, ends, costs)
    limit = found.limit
    if limit is None and query.kind in ("all-shortest", "simple") and found.total is not None and found.total > len(found.paths):
        limit = "rows"
    note = None if found.paths else why_none(projection, query, context, ends, rules.day, found.limit)
    paths = PathRenderer(projection, rules.allowed, context, query.as_of, Evidence(projection, rules)).tell(found.paths)
    if len(paths) < len(found.paths):
        limit = why_stop(context) or "milliseconds"
    return PathAnswer(tuple(paths), found.total, limit, query.as_of, context.data_date, note, found.costs[: len(paths)])


def search_paths(
    task: Job, projection: Projection, query: PathQuery, rules: Rules, ends: tuple[int, int], costs: Int64s | None = None
) -> Shortest:
    """What is found before it is told: the paths of the query's kind as node numbers, in the kind's order. ``costs`` (of ``hop_costs``)
    are those of ``k-shortest``; ``None`` ranks by hops."""
    hops, limit = query.max_hops, 1 if query.kind == "shortest" else query.limit
    if query.kind in ("shortest", "all-shortest"):
        return least_paths(task, projection, rules, ends, hops, limit=limit)
    if query.kind == "simple":
        return simple_paths(task, projection, rules, ends, hops, limit=limit, extent="every")
    if query.kind == "disjoint":
        check_apart(query)
        if rules.plain:
            apart = disjoint_paths(task, ends, hops, limit, degree_asked=rules.degree_asked)
        else:
            apart = disjoint_under(task, projection, rules, ends, hops, limit)
        return Shortest(len(apart.paths[0]) - 1 if apart.paths else 0, apart.total, apart.paths, apart.limit)
    if rules.plain:
        ranked = ranked_paths(task, ends, hops, limit, costs, degree_asked=rules.degree_asked)
        least = len(ranked.paths[0]) - 1 if ranked.paths else 0
        return Shortest(least, ranked.total, ranked.paths, ranked.limit, ranked.costs if costs is not None else ())
    if costs is not None:
        return weighted_paths(task, projection, rules, ends, hops, limit=limit, costs=costs)
    return simple_paths(task, projection, rules, ends, hops, limit=limit, extent="first")
