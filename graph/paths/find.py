"""How two nodes are connected: the shortest paths between them, told with their evidence, or why there is none."""

from __future__ import annotations

from graph.kernels.arrays import Job
from graph.paths.answer import PathAnswer
from graph.paths.checks import check_path_query, visible_number
from graph.paths.conditions import Rules, check_ends, compile_conditions
from graph.paths.evidence import Evidence
from graph.paths.query import AnswerContext, PathQuery
from graph.paths.search import Shortest
from graph.paths.simple import Extent, least_paths, simple_paths
from graph.paths.stopping import answering, stopping, why_stop
from graph.paths.telling import Teller
from graph.paths.validity import why_none
from graph.paths.workspace import job
from graph.projection import Projection


def find_paths(projection: Projection, query: PathQuery, context: AnswerContext) -> PathAnswer:
    """Answers a ``PathQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is not there
    or not for this reader."""
    check_path_query(query, context)
    with answering(context):
        return _answer(projection, query, context)


def _answer(projection: Projection, query: PathQuery, context: AnswerContext) -> PathAnswer:
    ends = (
        visible_number(projection, query.start, "start", context.clearance),
        visible_number(projection, query.end, "end", context.clearance),
    )
    rules = compile_conditions(projection, query, context)
    check_ends(projection, query, rules, ends)
    task = job(projection, rules.allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
    with stopping(task.budget, context):
        found = search_paths(task, projection, query, rules, ends)
    limit = found.limit
    if limit is None and query.kind in ("all-shortest", "simple") and found.total is not None and found.total > len(found.paths):
        limit = "rows"
    note = None if found.paths else why_none(projection, query, context, ends, rules.day, found.limit)
    paths = Teller(projection, rules.allowed, context, Evidence(projection, rules)).tell(found.paths)
    if len(paths) < len(found.paths):
        limit = why_stop(context) or "milliseconds"
    return PathAnswer(tuple(paths), found.total, limit, query.as_of, context.data_date, note)


def search_paths(task: Job, projection: Projection, query: PathQuery, rules: Rules, ends: tuple[int, int]) -> Shortest:
    """What is found before it is told: the paths of the query's kind as node numbers, in the kind's order."""
    limit = 1 if query.kind == "shortest" else query.limit
    if query.kind in ("shortest", "all-shortest"):
        return least_paths(task, projection, rules, ends, query.max_hops, limit=limit)
    extent: Extent = "every" if query.kind == "simple" else "first"
    return simple_paths(task, projection, rules, ends, query.max_hops, limit=limit, extent=extent)
