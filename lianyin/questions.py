"""The questions about paths and about the graph as a whole that are asked alike of a graph that is open here (``lianyin.client``) and of
one that a server holds (``lianyin.remote``): either gives the document, the table is made from it in one place."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Unpack

from lianyin.answers.reader import Document, Reader
from lianyin.options import (
    AnalysisOptions,
    CommonOptions,
    ConnectOptions,
    CoverageOptions,
    NeighbourhoodOptions,
    PathOptions,
    PredictionOptions,
    TableOptions,
    WhatIfOptions,
)
from lianyin.results import Result


class Questions(ABC):
    """``document`` answers by the question's name, its options by the names of ``lianyin.options``."""

    @property
    @abstractmethod
    def reader(self) -> Reader:
        """Who is reading."""

    @abstractmethod
    def document(self, question: str, **options: object) -> Document:
        """The answer as plain data."""

    def paths(self, a: str, b: str, **options: Unpack[PathOptions]) -> Result:
        """How two nodes (ids, identifiers or captions) are connected, by the paths of one ``kind``, with dates and the rows behind each
        hop."""
        from lianyin.answers.paths import paths_result

        return paths_result(self.document("paths", start=a, end=b, **options), self.reader)

    def connections(self, from_type: str, to_type: str, **options: Unpack[TableOptions]) -> Result:
        """Which nodes of one type connect to which of another, through whom. Types go by name or label in either language."""
        from lianyin.answers.paths import connections_result

        return connections_result(self.document("connections", from_type=from_type, to_type=to_type, **options), self.reader)

    def common_neighbours(self, *nodes: str, **options: Unpack[CommonOptions]) -> Result:
        """Which nodes stand next to every one of these (two or more)."""
        from lianyin.answers.paths import common_result

        return common_result(self.document("common-neighbours", nodes=nodes, **options), self.reader)

    def connect_nodes(self, *nodes: str, **options: Unpack[ConnectOptions]) -> Result:
        """The fewest relationships that connect all of these nodes (two or more)."""
        from lianyin.answers.paths import connect_result

        return connect_result(self.document("connect", nodes=nodes, **options), self.reader)

    def neighbourhood(self, node: str, **options: Unpack[NeighbourhoodOptions]) -> Result:
        """What is around a node: first how much of what, then as many as asked for, page by page."""
        from lianyin.answers.paths import neighbourhood_result

        return neighbourhood_result(self.document("neighbourhood", node=node, **options), self.reader)

    def analyse(self, name: str, **options: Unpack[AnalysisOptions]) -> Result:
        """One analysis of the graph as a whole, such as ``pagerank``; see ``graph.analytics.query.AnalysisName``."""
        from lianyin.answers.analyses import analysis_result

        return analysis_result(self.document("analyse", name=name, **options), self.reader)

    def coverage(self, rows_type: str, columns_type: str, **options: Unpack[CoverageOptions]) -> Result:
        """Where two types meet and where they do not, such as fields and districts: one row and one column a node."""
        from lianyin.answers.analyses import coverage_result

        return coverage_result(self.document("coverage", rows_type=rows_type, columns_type=columns_type, **options), self.reader)

    def predict(self, **options: Unpack[PredictionOptions]) -> Result:
        """Which two nodes, not linked yet, look most like being linked, and how well such guesses would have done."""
        from lianyin.answers.analyses import prediction_result

        return prediction_result(self.document("predict", **options), self.reader)

    def what_if(self, **options: Unpack[WhatIfOptions]) -> Result:
        """What would change if nodes left, or nodes and relationships were added. The graph itself is not touched."""
        from lianyin.answers.analyses import what_if_result

        return what_if_result(self.document("what-if", **options), self.reader)
