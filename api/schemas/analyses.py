"""Analyses of the graph as a whole."""

from __future__ import annotations

from typing import Literal, TypeAlias, cast

from pydantic import ConfigDict, Field

from api.schemas.common import Label, Model, NodeBrief, Text
from api.schemas.paths import INT32, NODES, TYPES, Dated, Nodes, QuestionParameters, Types
from lianyin.options import AnalysisOptions, CoverageOptions, PredictionOptions, WhatIfOptions

AnalysisName: TypeAlias = Literal[
    "degree",
    "pagerank",
    "personalised-pagerank",
    "betweenness",
    "k-core",
    "components",
    "bridges",
    "cut-nodes",
    "brokers",
    "communities",
]
Measure: TypeAlias = Literal["adamic-adar", "common-neighbours", "jaccard", "resource-allocation", "preferential-attachment"]
Figure: TypeAlias = int | float | None


class AnalysisParameters(QuestionParameters):
    """One analysis of the part of the graph that the conditions leave. Conditions on single paths (`through`, `via`, `pattern`,
    `together`) are refused."""

    name: AnalysisName = Field(examples=["degree"])
    type: Types = Field(default=[], description=f"List nodes of these types only; all take part. {TYPES}")
    node: Nodes = Field(default=[], description=f"Where `personalised-pagerank` starts from. {NODES}")
    parallel: bool = Field(default=False, description="Count parallel relationships each.")
    damping: float = Field(default=0.85, gt=0, lt=1, description="PageRank's.")
    resolution: float = Field(default=1.0, gt=0, le=1e6, description="That of communities: more makes smaller groups.")
    seed: int = Field(default=1, ge=0, lt=2**32, description="Fixes what is random.")
    limit: int = Field(default=20, ge=1, le=1_000_000, description="Rows listed; the total is exact all the same.")
    members: int = Field(default=10, ge=1, le=1_000_000, description="Nodes named of each group.")

    @property
    def options(self) -> AnalysisOptions:
        """As the client takes them, without the name."""
        own = {name: getattr(self, name) for name in ("parallel", "damping", "resolution", "seed", "limit", "members")}
        return cast("AnalysisOptions", {**self.conditions, **own, "list_types": tuple(self.type), "nodes": tuple(self.node)})


class FigureColumn(Model):
    """A figure of each row: its key there, and what people read above it."""

    key: str
    label: Label


class Part(Model):
    """What would be separated from the rest."""

    size: int
    members: list[NodeBrief]


class AnalysisRow(Model):
    """A node (`node`), a group (`members`, `types`), or what would fall apart (`nodes`, `separated_parts`), with its figures by the keys of
    `columns`."""

    model_config = ConfigDict(extra="allow")

    rank: int
    node: NodeBrief | None = None
    members: list[NodeBrief] | None = None
    types: dict[str, int] | None = None
    nodes: list[NodeBrief] | None = None
    separated_parts: list[Part] | None = None


class AnalysisAnswer(Dated):
    """`definition` says what was computed and in which order the rows stand; `figures` hold what belongs to the whole."""

    name: AnalysisName
    definition: Label
    columns: list[FigureColumn]
    rows: list[AnalysisRow]
    total: int
    nodes: int
    relationships: int
    links: int
    figures: dict[str, Figure]


class CoverageParameters(QuestionParameters):
    """Where two types meet and where they do not."""

    rows_type: Text = Field(min_length=1, examples=["领域"], description=TYPES)
    columns_type: Text = Field(min_length=1, examples=["区县"], description=TYPES)
    counted: Text = Field(
        default="", examples=["需求"], description="Count nodes of this type that are near both; else the shortest paths between the two."
    )
    max_hops: int = Field(default=3, ge=1, le=64, description="How near.")
    row: Nodes = Field(default=[], description=f"Only these rows. {NODES}")
    column: Nodes = Field(default=[], description=f"Only these columns. {NODES}")
    row_relationship: Types = Field(default=[], description="How counted nodes reach the rows.")
    column_relationship: Types = Field(default=[], description="How counted nodes reach the columns.")
    zeros: int = Field(default=100, ge=0, le=1_000_000, description="Empty cells that are listed by name.")

    @property
    def options(self) -> CoverageOptions:
        """As the client takes them, without the two types."""
        own = {
            "counted_type": self.counted,
            "max_hops": self.max_hops,
            "rows": tuple(self.row),
            "columns": tuple(self.column),
            "row_relationship_types": tuple(self.row_relationship),
            "column_relationship_types": tuple(self.column_relationship),
            "zeros": self.zeros,
        }
        return cast("CoverageOptions", {**self.conditions, **own})


class EmptyCell(Model):
    """Two nodes that do not meet."""

    row: NodeBrief
    column: NodeBrief


class CoverageAnswer(Dated):
    """`cells[i][j]` belongs to `rows[i]` and `columns[j]`. Totals count each node once."""

    definition: Label
    rows: list[NodeBrief]
    columns: list[NodeBrief]
    cells: list[list[int]]
    row_totals: list[int]
    column_totals: list[int]
    zero_cells: int | None
    zeros: list[EmptyCell]


class PredictionParameters(QuestionParameters):
    """Which two nodes, not linked yet, look most like being linked."""

    measure: Measure = "adamic-adar"
    from_type: Text = Field(default="", examples=["Person"], description=TYPES)
    to_type: Text = Field(default="", examples=["Need"], description=TYPES)
    hold_out: float = Field(default=0.1, ge=0, le=0.5, description="Share of links that is hidden to test the guesses; 0 does not test.")
    seed: int = Field(default=1, ge=0, lt=2**32, description="Fixes what is random.")
    limit: int = Field(default=20, ge=1, le=1_000_000)

    @property
    def options(self) -> PredictionOptions:
        """As the client takes them."""
        own = {name: getattr(self, name) for name in ("measure", "from_type", "to_type", "hold_out", "seed", "limit")}
        return cast("PredictionOptions", {**self.conditions, **own})


class PredictedLink(Model):
    """Two nodes that are not linked, with what they share."""

    rank: int
    source: NodeBrief
    target: NodeBrief
    score: float
    common: int
    through: list[NodeBrief]


class PredictionAnswer(Dated):
    """`total` is the number of candidate pairs; `auc` how often each measure set a hidden link above a pair that is not linked."""

    measure: Measure
    definition: Label
    rows: list[PredictedLink]
    total: int | None
    nodes: int
    relationships: int
    links: int
    auc: dict[str, float]
    held_out: int


class WhatIfParameters(QuestionParameters):
    """What would change if nodes left, or nodes and relationships were added. The graph itself is not touched."""

    leave: Nodes = Field(default=[], examples=[["扬州示例重工有限公司"]], description=f"These leave, with all their relationships. {NODES}")
    leave_relationship: Nodes = Field(default=[], description="These relationships end, by id.")
    add_node: list[Text] = Field(default=[], max_length=50, description="New nodes: `NAME TYPE`.")
    add: list[Text] = Field(default=[], max_length=50, description="New relationships between nodes, old or new: `A TYPE B`.")
    from_type: Text = Field(default="University", min_length=1, description=f"Pairs from this type. {TYPES}")
    to_type: Text = Field(default="Enterprise", min_length=1, description=f"Pairs to this type. {TYPES}")
    max_hops: int = Field(default=6, ge=1, le=64)
    limit: int = Field(default=100, ge=1, le=INT32, description="Pairs listed of each change; the totals are exact all the same.")

    @property
    def options(self) -> WhatIfOptions:
        """As the client takes them."""
        own = {
            "leave": tuple(self.leave),
            "leave_relationships": tuple(self.leave_relationship),
            "add_nodes": tuple(self.add_node),
            "add": tuple(self.add),
            "from_type": self.from_type,
            "to_type": self.to_type,
            "max_hops": self.max_hops,
            "limit": self.limit,
        }
        return cast("WhatIfOptions", {**self.conditions, **own})


class State(Model):
    """The graph before or after. `pairs` are those joined within the hop limit; null where they were not counted to the end."""

    nodes: int
    relationships: int
    components: int
    largest_component: int
    pairs: int | None
    mean_hops: float | None


class PairChange(Model):
    """Two nodes and the hops between them before and after; null: not joined within the hop limit."""

    from_: NodeBrief = Field(alias="from")
    to: NodeBrief
    hops_before: int | None
    hops_after: int | None


class WhatIfAnswer(Dated):
    """The difference: which pairs are cut off, joined, farther or nearer; which nodes of the second type are left alone, or no longer."""

    definition: Label
    left: list[NodeBrief]
    before: State
    after: State
    lost: list[PairChange]
    gained: list[PairChange]
    longer: list[PairChange]
    shorter: list[PairChange]
    stranded: list[NodeBrief]
    rescued: list[NodeBrief]
    totals: dict[str, int | None]
