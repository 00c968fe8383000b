"""What may be asked of every path and of every relationship: the parameters that questions about the graph share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import Field

from graph.errors import QueryProblem
from graph.messages import message
from lianyin.answers.common import Lack, lacks_told
from lianyin.requests import Help, NonemptyText, Request, Text, Types

if TYPE_CHECKING:
    from graph.bounded import Bounded
    from lianyin.known import Known

INT32 = 2**31 - 1

IdOf: TypeAlias = Callable[[str, str], str]
"""The id of the node that a text names; the second is the parameter that an error names."""

Day: TypeAlias = Text
NodeType: TypeAlias = NonemptyText
Hops: TypeAlias = Annotated[int, Field(ge=1, le=64)]
Listed: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)]
Limit: TypeAlias = Annotated[Listed, Help("最多列出", "Listed at most; the total is exact all the same.")]
Several: TypeAlias = Annotated[
    tuple[Text, ...],
    Field(min_length=1, max_length=50),
    Help(
        "节点", "Two or more nodes by id, identifier or caption.", "A B [C…]", positional=True, example=["扬州大学", "扬州示例重工有限公司"]
    ),
]
Recorded: TypeAlias = Annotated[Text, Help("当时所知", "Ask of what was known then, however it was seen later.", "DATE")]
Direction: TypeAlias = Annotated[
    Literal["any", "forward", "backward"], Help("方向", "Walk relationships either way, along them, or against them.")
]


@dataclass(frozen=True, kw_only=True)
class GraphConditions(Request):
    """Which nodes and relationships take part."""

    as_of: Annotated[
        Text, Help("有效日期", "Count all facts, or those valid today or on a day such as 2020-09-10.", "any|now|DATE", example="any")
    ] = "any"
    from_date: Annotated[Day, Help("不早于", "Count facts that held on this day or later.", "DATE")] = ""
    to_date: Annotated[Day, Help("不晚于", "Count facts that held on this day or before.", "DATE")] = ""
    only: Annotated[Types, Help("只经过", "Pass nodes of this type only; repeat for several.", "TYPE")] = ()
    never: Annotated[Types, Help("不经过（类型）", "Never pass nodes of this type; may be repeated.", "TYPE")] = ()
    avoid: Annotated[Types, Help("避开（节点）", "Never pass this node; may be repeated.", "NODE")] = ()
    include: Annotated[Types, Help("也经过", "Also pass nodes of this hub or link type; may be repeated.", "TYPE")] = ()
    max_degree: Annotated[
        int, Field(ge=0, le=INT32), Help("关系数上限", "Pass no node with more relationships than this; 0 leaves it open.", "N")
    ] = 0
    relationship: Annotated[Types, Help("关系类型", "Walk relationships of this type only; may be repeated.", "TYPE")] = ()
    min_trust: Annotated[int, Field(ge=1, le=3), Help("可信度", "2: said by a source; 3: by two, or confirmed.", "1|2|3")] = 1


@dataclass(frozen=True, kw_only=True)
class PartConditions(GraphConditions):
    """Which part of the graph is looked at as a whole."""

    direction: Direction = "any"


@dataclass(frozen=True, kw_only=True)
class WholeConditions(GraphConditions):
    """What must be passed on the way."""

    through: Annotated[Types, Help("须经过（节点）", "Pass this node; repeat: pass them all.", "NODE")] = ()
    via: Annotated[Types, Help("须经过（类型）", "Pass a node of this type, A|B: of either; repeat: pass them all.", "TYPE")] = ()
    together: Annotated[bool, Help("同时有效", "All facts of a path must have held on one common day.")] = False


@dataclass(frozen=True, kw_only=True)
class PathConditions(WholeConditions):
    """What every path must keep to."""

    direction: Direction = "any"
    pattern: Annotated[Text, Help("路径式样", "The whole shape, as in 'University < SECONDED_FROM < Person'.", "SHAPE")] = ""

    @property
    def shaped(self) -> bool:
        """Whether more than nodes has to be told apart while searching."""
        return bool(self.pattern or self.through or self.via or self.together)


def conditions_of(asked: GraphConditions, id_of: IdOf) -> dict[str, Any]:
    """The fields of ``graph.paths.query.Conditions``."""
    found: dict[str, Any] = {
        "as_of": asked.as_of,
        "window": (asked.from_date, asked.to_date) if asked.from_date or asked.to_date else None,
        "include_types": asked.include,
        "only_types": asked.only,
        "never_types": asked.never,
        "avoid": ids_of(asked.avoid, "avoid", id_of),
        "max_degree": asked.max_degree,
        "relationship_types": asked.relationship,
        "min_trust": asked.min_trust,
    }
    if isinstance(asked, (PartConditions, PathConditions)):
        found["direction"] = asked.direction
    if isinstance(asked, WholeConditions):
        found |= {"through": ids_of(asked.through, "through", id_of), "through_types": asked.via, "together": asked.together}
    if isinstance(asked, PathConditions):
        found["pattern"] = asked.pattern
    return found


def ids_of(texts: Iterable[str], parameter: str, id_of: IdOf) -> tuple[str, ...]:
    """The ids of the nodes that are named."""
    return tuple(id_of(text, parameter) for text in texts)


def weights_of(texts: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """``EMPLOYED_BY=2.5`` as a pair. Raises ``QueryProblem``; whether the number may be is for ``graph.paths`` to say."""
    pairs = []
    for text in texts:
        type, sign, number = text.rpartition("=")
        try:
            if not (sign and type.strip()):
                raise ValueError(text)
            pairs.append((type.strip(), float(number)))
        except ValueError:
            raise QueryProblem(
                message("'{text}' is not a valid weight.", text=text),
                hint=message("Write a relationship type and a number: EMPLOYED_BY=2.5."),
                where={"parameter": "weights"},
            ) from None
    return tuple(pairs)


def lacks_among(known: Known, types: Iterable[str]) -> list[Lack]:
    """The node types asked about of which the reader's graph has none."""
    from lianyin.answers.lacking import lacks_of_types

    there = {kind.type for kind in known.projection.node_kinds if kind.privacy <= known.context.clearance}
    return lacks_told(lacks_of_types(there.__contains__, types, known.projection.ontology))


def tail_of(answer: Bounded, recorded_as_of: str, lacks: list[Lack]) -> dict[str, Any]:
    """The fields of ``lianyin.answers.common.Dated``."""
    return {
        "truncated": answer.truncated,
        "finished": answer.finished,
        "limit": answer.limit,
        "as_of": answer.as_of,
        "recorded_as_of": recorded_as_of or None,
        "data_date": answer.data_date,
        "lacks": lacks,
    }
