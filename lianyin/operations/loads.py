"""Loads: listed, compared, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from graph.model import LoadKind
from lianyin.answers.differences import ComparisonAnswer, comparison_table
from lianyin.answers.loading import LoadsAnswer, UndoAnswer, loads_table, undo_table
from lianyin.operation import operation
from lianyin.requests import Help, NonemptyText, Request

if TYPE_CHECKING:
    from lianyin.session import Session

Load = Annotated[NonemptyText, Help("导入编号", "The id of a load.", "LOAD", positional=True, example="L1")]


@dataclass(frozen=True, slots=True)
class ListLoads(Request):
    """Which loads to list: every act is a load, and nobody reads half a million of them."""

    kind: Annotated[
        tuple[LoadKind, ...],
        Field(max_length=10),
        Help("只列某类", "Only loads of this kind; may be repeated."),
    ] = ()
    limit: Annotated[int, Field(ge=1, le=100_000), Help("最多列出最近几次", "So many of the last ones.")] = 1_000


@dataclass(frozen=True, slots=True)
class TwoLoads(Request):
    """Two loads."""

    load: Load
    other: Load


@dataclass(frozen=True, slots=True)
class OneLoad(Request):
    """A load by its id."""

    load: Load


@operation("GET /v1/loads", loads_table, command="loads")
def loads(session: Session, asked: ListLoads) -> LoadsAnswer:
    """List the loads, oldest first, and what to do about one that was interrupted. What is done on the platform is a load of its own, of
    kind act. 导入记录。"""
    from graph.model import LoadState
    from lianyin.answers.loading import loads_told
    from lianyin.known import knows

    last = session.ledger.loads(asked.kind, asked.limit + 1)
    recorded = [*session.ledger.loads(("ingest",)), *session.store.loads((LoadState.UNDONE,))]
    shown = session.file_names(session.settings.clearance)
    truncated = len(last) > asked.limit
    told = loads_told(last[-asked.limit :], recorded, shown, partial(knows, session))
    return LoadsAnswer(told, truncated, "loads" if truncated else None)


@operation("GET /v1/loads/{load}/comparison/{other}", comparison_table, command="loads compare", heavy=True)
def compare_loads(session: Session, asked: TwoLoads) -> ComparisonAnswer:
    """What the files of two loads say differently, from the first to the second, such as two editions of one file. What stands the same in
    both counts for both, whichever load read it first. 比较两次导入。"""
    from lianyin.answers.differences import LISTED, comparison_answer

    comparison = session.ledger.compare(asked.load, asked.other, LISTED)
    return comparison_answer(comparison, session.reader, session.file_names(session.settings.clearance))


@operation("POST /v1/loads/{load}/undo", undo_table, command="undo", heavy=True, problems=(400, 403, 404, 409, 507))
def undo(session: Session, asked: OneLoad) -> UndoAnswer:
    """Take a load back, exactly: the graph is as if it had never been loaded. 撤销一次导入。"""
    from lianyin.answers.differences import fact_totals

    totals = session.ledger.undo(asked.load)
    return UndoAnswer(asked.load, totals.load, totals.revision, fact_totals(totals))
