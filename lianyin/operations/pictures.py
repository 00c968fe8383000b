"""Pictures: the paths between two nodes, or what is around one, as a page or a still sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from graph.errors import QueryProblem
from graph.messages import message
from lianyin.answers.paths import PathKind
from lianyin.operation import operation
from lianyin.operations.conditions import Hops, PathConditions, conditions_of
from lianyin.requests import Help, NonemptyText
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from graph.paths import PathQuery
    from lianyin.answers.reader import Reader
    from lianyin.session import Session


@dataclass(frozen=True)
class DrawPicture(PathConditions):
    """Either ``from`` and ``to`` (their paths), or ``around`` (a node and what is next to it)."""

    from_: Annotated[NonemptyText | None, Help("从", "One end of the paths.", "A", positional=True, example="扬州大学")] = None
    to: Annotated[NonemptyText | None, Help("到", "The other end.", "B", positional=True, example="扬州示例重工有限公司")] = None
    around: Annotated[NonemptyText | None, Help("周围", "What is around this node.", "NODE")] = None
    kind: Annotated[PathKind, Help("哪些路径", "Which paths.")] = "all-shortest"
    audience: Annotated[Literal["public", "internal"], Help("给谁看", "public: people appear by role and unit; internal: by name.")] = (
        "public"
    )
    max_hops: Annotated[Hops, Help("最多步数", "Relationships in a path at most.")] = 6
    form: Annotated[Literal["html", "svg"], Help("形式", "An interactive page, or one still sheet without a script.")] = "html"
    theme: Annotated[Literal["light", "dark"], Help("底色", "The ground of a still sheet; a page follows its reader's choice.")] = "light"
    language: Annotated[Literal["zh", "en"] | None, Help("语言", "The one the picture opens in; else the reader's.")] = None


def media_of(asked: DrawPicture) -> str:
    """What the picture is sent as."""
    return "image/svg+xml" if asked.form == "svg" else "text/html"


def page_table(answer: str, reader: Reader) -> Table:  # noqa: ARG001
    """The page itself."""
    return Table((Column("page", "网页", "page"),), [(answer,)])


@operation("GET /v1/pictures", page_table, heavy=True, kept=True, media=media_of)
def picture(session: Session, asked: DrawPicture) -> str:
    """Draw the paths between two nodes, or what is around one: one HTML page that needs nothing else, or one SVG. 画成关系图。"""
    from lianyin.pictures import DRAWN_PATHS, draw_around, draw_paths
    from visualize.drawing import Look

    look = Look(asked.form, asked.theme)
    viewer = session.read_by(language=asked.language) if asked.language else session
    if asked.around is not None and asked.from_ is None and asked.to is None:
        return draw_around(viewer, asked.around, asked.audience, look)
    if asked.around is not None or asked.from_ is None or asked.to is None:
        raise QueryProblem(
            message("A picture shows either two nodes, or what is around one."), hint=message("Give A and B, or --around NODE.")
        )

    def query_of(start: str, end: str) -> PathQuery:
        from graph.paths import PathQuery

        options = conditions_of(asked, viewer.id_of)
        return PathQuery(start=start, end=end, kind=asked.kind, max_hops=asked.max_hops, limit=DRAWN_PATHS, **options)

    return draw_paths(viewer, (asked.from_, asked.to), asked.audience, look, query_of)
