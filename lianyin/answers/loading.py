"""Loads: what was recorded, and the report of a load."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.messages import said
from graph.model import Load, LoadedTable, LoadState
from graph.ontology.schema import Label
from lianyin.answers.differences import FactTotals
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.language import say
from lianyin.results import Column, Result, Table

LOAD_COLUMNS = (
    Column("id", "编号", "load"),
    Column("kind", "类别", "kind"),
    Column("name", "文件", "name"),
    Column("state", "状态", "state"),
    Column("recorded_at", "导入时间", "recorded at"),
    Column("data_date", "数据日期", "date of the data"),
    Column("date_told", "日期取自", "told by"),
    Column("records", "新增或更新行", "rows new or updated", number=True),
    Column("undone_by", "撤销于", "undone by"),
    Column("advice", "怎么办", "what to do"),
)

TOLD: dict[str, Label] = {
    "given": Label("--date", "--date"),
    "answer": Label("导入时所答", "answer at the load"),
    "file-name": Label("文件名", "file name"),
    "title": Label("标题行", "title row"),
    "sheet": Label("工作表名", "sheet name"),
    "properties": Label("工作簿属性", "workbook properties"),
    "load": Label("导入当日", "day of the load"),
}
"""Where the date of a table was told from (``ingest.dating.Origin``)."""

FILE_COLUMNS = (
    Column("file", "文件", "file"),
    Column("sheet", "工作表", "sheet"),
    Column("mapping", "映射", "mapping"),
    Column("chosen", "选定方式", "chosen"),
    Column("date", "数据日期", "date"),
    Column("read", "读取", "read", number=True),
    Column("new", "新增", "new", number=True),
    Column("updated", "更新", "updated", number=True),
    Column("unchanged", "未变", "unchanged", number=True),
    Column("rejected", "被拒", "rejected", number=True),
)

UNDO_COLUMNS = (
    Column("undone", "已撤销", "undone"),
    Column("load", "记为", "recorded as"),
    Column("nodes_removed", "删除节点", "nodes removed", number=True),
    Column("nodes_changed", "恢复节点", "nodes restored", number=True),
    Column("relationships_removed", "删除关系", "relationships removed", number=True),
    Column("relationships_changed", "恢复关系", "relationships restored", number=True),
)


@dataclass(frozen=True, slots=True)
class LoadedTableTold:
    """Of what day a table is, and where that was told from: ``given`` (``date``), ``answer`` (of who was asked), ``file-name``, ``title``,
    ``sheet``, ``properties`` of the workbook, ``load`` (the day of the load)."""

    file: str
    sheet: str
    mapping: str
    date: str | None
    told: str
    edition_of: str | None


@dataclass(frozen=True, slots=True)
class LoadTold:
    """A load; ``advice`` says what to do about one that was interrupted."""

    id: str
    kind: str
    name: str
    documents: list[str]
    state: str
    recorded_at: str
    data_date: str | None
    revision: int
    undoes: str | None
    undone_by: str | None
    totals: dict[str, int]
    tables: list[LoadedTableTold]
    advice: Label | None


@dataclass(frozen=True, slots=True)
class LoadsAnswer:
    """The last loads, oldest first; ``limit`` is ``loads`` where earlier ones are left out."""

    loads: list[LoadTold]
    truncated: bool
    limit: Literal["loads"] | None


@dataclass(frozen=True, slots=True)
class UndoAnswer:
    """What an undo changed, and as what it is recorded."""

    undone: str
    load: str
    revision: int
    facts: FactTotals


def loads_told(
    loads: Sequence[Load], recorded: Sequence[Load], shown: Callable[[str], str], knows: Callable[[str], bool]
) -> list[LoadTold]:
    """These loads; ``recorded`` are all loads of files and all that were undone, by which what to do is known. ``shown`` is how the reader
    sees names of files, ``knows`` whether they may know of a node, by its id. Of an act on one that they may not, only what was done is
    told."""
    return [_load(_acted(load, knows), shown, _advice(load, recorded)) for load in loads]


def _acted(load: Load, knows: Callable[[str], bool]) -> Load:
    from graph.ledger.acting import subject_of_document  # here, so that help need not read the ledger's modules

    if load.kind != "act" or all(knows(subject_of_document(each)) for each in load.documents):
        return load
    return replace(load, name=load.name.partition(" ")[0], documents=())


def _advice(load: Load, recorded: Sequence[Load]) -> Label | None:
    """What to do about a load that is not in force, unless it has been done."""
    if load.state is LoadState.STAGING:
        return Label("正在进行；稍后再看", "under way: look again later")
    if load.state is not LoadState.WITHDRAWN:
        return None
    if load.kind == "undo":
        done = any(each.id == load.undoes and each.state is LoadState.UNDONE for each in recorded)
        return None if done else Label(f"再撤销一次：lianyin undo {load.undoes}", f"undo it again: lianyin undo {load.undoes}")
    if load.kind != "ingest" or any(_holds(later, load) for later in recorded if later.number > load.number):
        return None
    return Label("什么也没有记录；把这些文件再导入一次", "nothing was recorded: load these files again")


def _holds(later: Load, load: Load) -> bool:
    return later.state is LoadState.PUBLISHED and set(load.documents) <= set(later.documents)


def _load(load: Load, shown: Callable[[str], str], advice: Label | None) -> LoadTold:
    return LoadTold(
        id=load.id,
        kind=load.kind,
        name=shown(load.name),
        documents=[shown(document) for document in load.documents],
        state=load.state.value,
        recorded_at=load.recorded_at,
        data_date=load.data_date or None,
        revision=load.revision,
        undoes=load.undoes or None,
        undone_by=load.undone_by or None,
        totals=dict(load.totals),
        tables=[_table(table, shown) for table in load.tables],
        advice=advice,
    )


def _table(table: LoadedTable, shown: Callable[[str], str]) -> LoadedTableTold:
    return LoadedTableTold(shown(table.file), shown(table.sheet), table.mapping, table.date or None, table.told, table.edition_of or None)


def loads_table(answer: LoadsAnswer, reader: Reader) -> Table:
    """One row a load, its state in words, and what to do about one that was interrupted."""
    rows = [
        (
            load.id,
            load.kind,
            load.name,
            said(LoadState(load.state).label, reader.language),
            load.recorded_at,
            load.data_date or "",
            _told(load, reader),
            _changed(load.totals),
            load.undone_by or "",
            reader.label(load.advice) if load.advice else "",
        )
        for load in answer.loads
    ]
    earlier = say(reader.language, "还有更早的记录：--limit 或 --kind", "There are earlier ones: --limit, or --kind.")
    return Table(LOAD_COLUMNS, rows, notes=(earlier,) if answer.truncated else ())


def _told(load: LoadTold, reader: Reader) -> str:
    """Where the dates of a load's tables were told from, each once."""
    return "、".join(reader.label(TOLD[told]) if told in TOLD else told for told in dict.fromkeys(table.told for table in load.tables))


def _changed(totals: Mapping[str, int]) -> int | None:
    counted = [totals[name] for name in ("new", "updated") if name in totals]
    return sum(counted) if counted else None


def report_result(document: Document) -> Result:
    """The report of a load (``ingest.report.Report.to_json``), one row a table that was read."""
    rows = [
        (
            *(each[name] for name in ("file", "sheet", "mapping", "chosen", "date")),
            *(inner(each, "totals")[name] for name in ("read", "new", "updated", "unchanged", "rejected")),
        )
        for each in documents(document, "files")
    ]
    return Result(document, FILE_COLUMNS, rows)


def undo_table(answer: UndoAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row: what went and what came back."""
    facts = answer.facts
    row = (
        answer.undone,
        answer.load,
        facts.nodes_removed,
        facts.nodes_new + facts.nodes_updated,
        facts.relationships_removed,
        facts.relationships_new + facts.relationships_updated,
    )
    return Table(UNDO_COLUMNS, [row])
