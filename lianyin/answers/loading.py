"""Loads: what was recorded, and the report of a load."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.model import Load, PublishedTotals
from lianyin.answers.reader import Document, documents, inner
from lianyin.results import Column, Result

LOAD_COLUMNS = (
    Column("id", "编号", "load"),
    Column("kind", "类别", "kind"),
    Column("name", "文件", "name"),
    Column("state", "状态", "state"),
    Column("recorded_at", "导入时间", "recorded at"),
    Column("data_date", "数据日期", "date of the data"),
    Column("records", "新增或更新行", "rows new or updated", number=True),
    Column("undone_by", "撤销于", "undone by"),
)

FILE_COLUMNS = (
    Column("file", "文件", "file"),
    Column("sheet", "工作表", "sheet"),
    Column("mapping", "映射", "mapping"),
    Column("chosen", "选定方式", "chosen"),
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


def loads_document(loads: Sequence[Load], shown: Callable[[str], str] = str) -> Document:
    """All loads, oldest first: ``{"loads": [{"id", "kind", "name", "state", …}]}``; ``shown`` is how the reader sees names of files."""
    return {"loads": [_load_document(load, shown) for load in loads]}


def _load_document(load: Load, shown: Callable[[str], str]) -> Document:
    return {
        "id": load.id,
        "kind": load.kind,
        "name": shown(load.name),
        "documents": [shown(each) for each in load.documents],
        "state": load.state.value,
        "recorded_at": load.recorded_at,
        "data_date": load.data_date or None,
        "revision": load.revision,
        "undoes": load.undoes or None,
        "undone_by": load.undone_by or None,
        "totals": dict(load.totals),
    }


def loads_result(document: Document) -> Result:
    """One row a load."""
    rows = [
        (
            *(load[name] for name in ("id", "kind", "name", "state", "recorded_at")),
            load["data_date"] or "",
            _changed(inner(load, "totals")),
            load["undone_by"] or "",
        )
        for load in documents(document, "loads")
    ]
    return Result(document, LOAD_COLUMNS, rows)


def _changed(totals: Document) -> int | None:
    counted = [int(str(totals[name])) for name in ("new", "updated") if name in totals]
    return sum(counted) if counted else None


def report_result(document: Document) -> Result:
    """The report of a load (``ingest.report.Report.to_json``), one row a table that was read."""
    rows = [
        (
            *(each[name] for name in ("file", "sheet", "mapping", "chosen")),
            *(inner(each, "totals")[name] for name in ("read", "new", "updated", "unchanged", "rejected")),
        )
        for each in documents(document, "files")
    ]
    return Result(document, FILE_COLUMNS, rows)


def undo_document(load_id: str, totals: PublishedTotals) -> Document:
    """What an undo changed: ``{"undone", "load", "revision", "facts": {…}}``."""
    facts = {
        "nodes_new": totals.nodes_new,
        "nodes_updated": totals.nodes_updated,
        "nodes_removed": totals.nodes_removed,
        "relationships_new": totals.relationships_new,
        "relationships_updated": totals.relationships_updated,
        "relationships_removed": totals.relationships_removed,
    }
    return {"undone": load_id, "load": totals.load, "revision": totals.revision, "facts": facts}


def undo_result(document: Document) -> Result:
    """One row: what went and what came back."""
    facts = {name: int(str(number)) for name, number in inner(document, "facts").items()}
    row = (
        document["undone"],
        document["load"],
        facts["nodes_removed"],
        facts["nodes_new"] + facts["nodes_updated"],
        facts["relationships_removed"],
        facts["relationships_new"] + facts["relationships_updated"],
    )
    return Result(document, UNDO_COLUMNS, [row])
