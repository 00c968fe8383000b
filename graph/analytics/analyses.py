"""Which function answers which analysis, once the question is checked."""

from __future__ import annotations

from collections.abc import Callable

from graph.analytics.answer import AnalysisAnswer
from graph.analytics.asked import AnalysisContext, listed_nodes
from graph.analytics.betweenness import between
from graph.analytics.brokers import brokers
from graph.analytics.checks import check_analysis_query
from graph.analytics.communities import communities
from graph.analytics.components import components, cores
from graph.analytics.cuts import bridges, cut_nodes
from graph.analytics.degree import degrees
from graph.analytics.naming import Names
from graph.analytics.pagerank import pagerank, personalised
from graph.analytics.query import AnalysisName, AnalysisQuery
from graph.analytics.scope import subgraph
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import answering
from graph.projection import Projection

ANALYSES: dict[AnalysisName, Callable[[AnalysisContext], AnalysisAnswer]] = {
    "degree": degrees,
    "pagerank": pagerank,
    "personalised-pagerank": personalised,
    "betweenness": between,
    "k-core": cores,
    "components": components,
    "bridges": bridges,
    "cut-nodes": cut_nodes,
    "brokers": brokers,
    "communities": communities,
}


def run(projection: Projection, query: AnalysisQuery, context: AnswerContext) -> AnalysisAnswer:
    """See ``graph.analytics.analyse``."""
    check_analysis_query(query, context, tuple(ANALYSES))
    with answering(context):
        part = subgraph(projection, query, context)
        listed = listed_nodes(projection, query.list_types, part, "list_types")
        return ANALYSES[query.name](AnalysisContext(projection, query, context, part, listed, Names(projection, context.clearance)))
