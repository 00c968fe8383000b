"""Paths and connections."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, cast

from pydantic import Field

from api.schemas.common import AsOf, Audience, Cell, Direction, Label, Lack, Model, NodeBrief, PathKind, Text
from lianyin.conditions import conditions_of, weights_of
from lianyin.options import CommonOptions, ConditionOptions, ConnectOptions, NeighbourhoodOptions, PathOptions, TableOptions

INT32 = 2**31 - 1

TYPES = "Node types by name or label in either language."
NODES = "Nodes by id, identifier or caption."

Types: TypeAlias = Annotated[list[Text], Field(max_length=50)]
Nodes: TypeAlias = Annotated[list[Text], Field(max_length=50)]
Day: TypeAlias = Annotated[Text, Field(description="A day such as `2020-09-10`.")]


class ConditionParameters(Model):
    """What every path of an answer must keep to; the command line's options of the same names."""

    as_of: AsOf = "any"
    from_date: Day = Field(default="", description="Only relationships that held on this day or later.")
    to_date: Day = Field(default="", description="Only relationships that held on this day or before.")
    together: bool = Field(default=False, description="All relationships of a path must have held on one common day.")
    include: Types = Field(default=[], description=f"Also pass nodes of these hub or link types. {TYPES}")
    only: Types = Field(default=[], description=f"Pass nodes of these types only. {TYPES}")
    never: Types = Field(default=[], description=f"Never pass nodes of these types. {TYPES}")
    avoid: Nodes = Field(default=[], description=f"Never pass these nodes. {NODES}")
    through: Nodes = Field(default=[], description=f"Pass all of these nodes. {NODES}")
    via: Types = Field(default=[], description="Pass a node of each of these types; `A|B` is either.")
    max_degree: int = Field(default=0, ge=0, le=INT32, description="Pass no node with more relationships than this; 0 leaves it open.")
    relationship: Types = Field(default=[], description="Only walk relationships of these types.")
    direction: Direction = Field(default="any", description="Which way relationships are walked.")
    min_trust: int = Field(
        default=1, ge=1, le=3, description="1: inferred relationships too; 2: said by a source; 3: said by two, or confirmed by a person."
    )
    pattern: Text = Field(
        default="", description="The whole shape of a path: `University < SECONDED_FROM < Person > ACCEPTED > Need < POSTED < Enterprise`."
    )

    @property
    def conditions(self) -> ConditionOptions:
        """As the client takes them."""
        return conditions_of(self.model_dump())


class QuestionParameters(ConditionParameters):
    """The conditions, and which graph is asked: what is known now, or what was known then."""

    recorded_as_of: Text = Field(
        default="", description="Ask of what was known on this day (`2020-05-01`) or at this time, however it was seen later."
    )


class PathParameters(QuestionParameters):
    """How two nodes are connected. Ends are ids, identifiers (`pic:999977172`) or captions."""

    from_: Text = Field(alias="from", min_length=1, examples=["扬州大学"])
    to: Text = Field(min_length=1, examples=["扬州示例重工有限公司"])
    kind: PathKind = Field(
        default="shortest",
        description="One shortest; all shortest; the `limit` best by `weight`; all within `max_hops`; those that share only their ends.",
    )
    max_hops: int = Field(default=6, ge=1, le=64, description="Relationships in a path at most.")
    limit: int = Field(
        default=20, ge=1, le=1_000_000, description="Paths listed of a kind that has several; the total is exact all the same."
    )
    weight: Literal["hops", "fresh", "attested"] = Field(
        default="hops", description="What makes a hop of `k-shortest` cost less: nothing; being fresh; being said by more sources."
    )
    weights: list[Text] = Field(default=[], max_length=50, description="Costs of relationship types of your own: `EMPLOYED_BY=2.5`.")

    @property
    def options(self) -> PathOptions:
        """As the client takes them."""
        return PathOptions(
            **self.conditions,
            kind=self.kind,
            max_hops=self.max_hops,
            limit=self.limit,
            weight=self.weight,
            weights=weights_of(self.weights),
        )


class ConnectionParameters(QuestionParameters):
    """Which nodes of one type connect to which of another."""

    from_type: Text = Field(min_length=1, examples=["高校"], description=TYPES)
    to_type: Text = Field(min_length=1, examples=["企业"], description=TYPES)
    from_: Nodes = Field(default=[], alias="from", description=f"Only from these. {NODES}")
    to: Nodes = Field(default=[], description=f"Only to these. {NODES}")
    max_hops: int = Field(default=3, ge=1, le=64)
    limit: int = Field(default=100, ge=1, le=1_000_000, description="Rows listed; the total is exact all the same.")
    count: bool = Field(default=False, description="Only how many pairs there are.")

    @property
    def options(self) -> TableOptions:
        """As the client takes them."""
        return TableOptions(
            **self.conditions,
            from_nodes=tuple(self.from_),
            to_nodes=tuple(self.to),
            max_hops=self.max_hops,
            limit=self.limit,
            count=self.count,
        )


class PictureParameters(ConditionParameters):
    """Either `from` and `to` (their paths), or `around` (a node and what is next to it)."""

    from_: Text | None = Field(default=None, alias="from", min_length=1, examples=["扬州大学"])
    to: Text | None = Field(default=None, min_length=1, examples=["扬州示例重工有限公司"])
    around: Text | None = Field(default=None, min_length=1)
    kind: PathKind = Field(default="all-shortest", description="Which paths.")
    audience: Audience = Field(default="public", description="`public`: people appear by role and unit; `internal`: by name.")
    max_hops: int = Field(default=6, ge=1, le=64)
    form: Literal["html", "svg"] = Field(default="html", description="An interactive page, or one still sheet without a script.")
    theme: Literal["light", "dark"] = Field(default="light", description="The ground of a still sheet; a page follows its reader's choice.")
    language: Literal["zh", "en"] | None = Field(default=None, description="The one the picture opens in; else by `Accept-Language`.")

    @property
    def options(self) -> PathOptions:
        """As the client takes them."""
        return cast("PathOptions", {**self.conditions, "kind": self.kind, "max_hops": self.max_hops})


class Dated(Model):
    """What every answer ends with: which limit cut it, whether everything was looked at all the same (`finished`; if not, no row may
    mean that none was found yet), which days count, when it was known (null: now), how old the data is."""

    truncated: bool
    finished: bool
    limit: str | None
    as_of: str
    recorded_as_of: str | None
    data_date: str
    lacks: list[Lack]


class Fact(Model):
    """A relationship on a path, in its own direction, with the rows that say so. `unknown` names dates that should be known;
    `word` is the source's own word for it (`consultant of`), where its type keeps one."""

    type: str
    source: str
    target: str
    valid_from: str | None
    valid_to: str | None
    ended: bool
    unknown: list[str]
    sources: list[Cell]
    word: str | None = None


class Hop(Fact):
    """One step; `parallel` are further relationships between the same two nodes."""

    parallel: list[Fact]


class Path(Model):
    hops: int
    nodes: list[NodeBrief]
    relationships: list[Hop]
    text: Label


class FoundPath(Path):
    """`cost` is what the path costs where weights rank it (1 for a plain hop), else null."""

    cost: float | None


class PathAnswer(Dated):
    """`total` counts all paths of that `kind`, whatever is listed (null: a limit kept them from being counted). `order` says in which order
    they stand, `note` why there is none."""

    kind: PathKind
    paths: list[FoundPath]
    total: int | None
    note: Label | None
    order: Label


class Connection(Model):
    """A pair with its first shortest path; `others` more are as short."""

    from_: NodeBrief = Field(alias="from")
    to: NodeBrief
    hops: int
    paths: int
    via: list[NodeBrief]
    others: int
    relationships: list[Hop]
    text: Label


class ConnectionAnswer(Dated):
    """`total` and `by_hops` are null where the search was stopped; there are `at_least` so many pairs."""

    total: int | None
    at_least: int
    by_hops: dict[str, int] | None
    rows: list[Connection]
    order: Label


class CommonParameters(QuestionParameters):
    """Which nodes stand next to every one of several. Conditions on whole paths hold for every two of these, over the neighbour."""

    node: Annotated[list[Text], Field(min_length=1, max_length=50)] = Field(
        description=f"Two or more. {NODES}", examples=[["扬州大学", "扬州示例重工有限公司"]]
    )
    limit: int = Field(default=100, ge=1, le=1_000_000, description="Nodes listed; the total is exact all the same.")

    @property
    def options(self) -> CommonOptions:
        """As the client takes them, without the nodes."""
        return CommonOptions(**self.conditions, limit=self.limit)


class CommonNeighbour(Model):
    """A node with what joins it to each of those asked about, in their order."""

    node: NodeBrief
    relationships: list[Hop]
    text: Label


class CommonAnswer(Dated):
    """`rows` by id; `total` and `by_type` count all of them, and are null where the search was stopped: there are `at_least` so many."""

    nodes: list[NodeBrief]
    total: int | None
    at_least: int
    by_type: dict[str, int] | None
    rows: list[CommonNeighbour]


class NeighbourhoodParameters(QuestionParameters):
    """What is around a node: counted first, then listed page by page. Under conditions on whole paths: whom such paths lead to."""

    node: Text = Field(min_length=1, description="By id, identifier or caption.", examples=["扬州大学"])
    max_hops: int = Field(default=1, ge=1, le=64, description="How far.")
    type: Types = Field(default=[], description=f"List nodes of these types. {TYPES}")
    list_relationship: Types = Field(default=[], description="List nodes that these relationships join to the hop before.")
    hop: int = Field(default=0, ge=0, le=64, description="List nodes so many hops away only; 0: at any hop.")
    after: Text = Field(default="", description="The list goes on after this node (`next` of the page before).")
    skip: int = Field(default=0, ge=0, le=INT32, description="Leave out so many more (`next` of the page before).")
    limit: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000,
        description="Nodes listed. By default none unless `type`, `list_relationship`, `hop` or `after` asks for some.",
    )

    @property
    def options(self) -> NeighbourhoodOptions:
        """As the client takes them, without the node."""
        own = {"max_hops": self.max_hops, "list_types": tuple(self.type), "list_relationships": tuple(self.list_relationship)}
        page = {"hop": self.hop, "after": self.after, "skip": self.skip} | ({} if self.limit is None else {"limit": self.limit})
        return cast("NeighbourhoodOptions", {**self.conditions, **own, **page})


class TypeCount(Model):
    """`nodes` of `type` at `hop`, of which `hubs` are not walked through."""

    hop: int
    type: str
    nodes: int
    hubs: int


class RelationshipCount(Model):
    """`nodes` of `type` at `hop` that a `relationship` joins to the hop before; a node joined in several ways counts in each."""

    hop: int
    type: str
    relationship: str
    direction: Literal["forward", "backward"]
    nodes: int


class Neighbour(Model):
    """A node `hop` hops away, by one shortest path."""

    node: NodeBrief
    hop: int
    hub: bool
    path: Path


class Page(Model):
    """Where the next page begins."""

    after: str
    skip: int


class NeighbourhoodAnswer(Dated):
    """`total` nodes, told by `types` and by `counts`; `matching` of them are of those that were to be listed, by hop and then id. Both
    are null where the search was stopped; there are `at_least` so many nodes, and `types` and `counts` tell of these."""

    node: NodeBrief
    total: int | None
    at_least: int
    types: list[TypeCount]
    counts: list[RelationshipCount]
    matching: int | None
    rows: list[Neighbour]
    next: Page | None


class ConnectParameters(QuestionParameters):
    """The fewest relationships that connect several nodes; `direction` and `pattern`, which take a start and an end, are refused."""

    node: Annotated[list[Text], Field(min_length=1, max_length=50)] = Field(
        description=f"Two or more. {NODES}", examples=[["扬州大学", "扬州示例重工有限公司"]]
    )
    max_hops: int = Field(default=6, ge=1, le=64, description="The longest gap from one of the nodes to the next.")

    @property
    def options(self) -> ConnectOptions:
        """As the client takes them, without the nodes."""
        return ConnectOptions(**self.conditions, max_hops=self.max_hops)


class TreeNode(NodeBrief):
    """`asked` about, or added between them."""

    asked: bool


class ConnectAnswer(Dated):
    """A tree. `exact`: there is no smaller one; else it has at most `guarantee` times the fewest hops. `groups` are the nodes asked about
    as they hang together; where there are several, nothing is drawn and `note` says why."""

    nodes: list[TreeNode]
    hops: int | None
    relationships: list[Hop]
    exact: bool
    guarantee: float
    groups: list[list[NodeBrief]]
    text: Label
    note: Label | None
