"""Loads: what was recorded, and the report of a load."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Load, PublishedTotals
from ingest.report import Report
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


def loads_result(loads: Sequence[Load]) -> Result:
    """All loads, oldest first: ``{"loads": [{"id", "kind", "name", "state", …}]}``."""
    documents = [
        {
            "id": load.id,
            "kind": load.kind,
            "name": load.name,
            "documents": list(load.documents),
            "state": load.state.value,
            "recorded_at": load.recorded_at,
            "data_date": load.data_date or None,
            "revision": load.revision,
            "undoes": load.undoes or None,
            "undone_by": load.undone_by or None,
            "totals": dict(load.totals),
        }
        for load in loads
    ]
    rows = [
        (load.id, load.kind, load.name, load.state.value, load.recorded_at, load.data_date, _changed(load), load.undone_by)
        for load in loads
    ]
    return Result({"loads": documents}, LOAD_COLUMNS, rows)


def _changed(load: Load) -> int | None:
    counted = [load.totals[name] for name in ("new", "updated") if name in load.totals]
    return sum(counted) if counted else None


def report_result(report: Report) -> Result:
    """The report of a load, one row a table that was read."""
    rows = [
        (
            each.file,
            each.sheet,
            each.mapping,
            each.chosen,
            each.totals.read,
            each.totals.new,
            each.totals.updated,
            each.totals.unchanged,
            each.totals.rejected,
        )
        for each in report.files
    ]
    return Result(report.to_json(), FILE_COLUMNS, rows)


def undo_result(load_id: str, totals: PublishedTotals) -> Result:
    """What an undo changed: ``{"undone", "load", "revision", "facts": {…}}``."""
    facts = {
        "nodes_new": totals.nodes_new,
        "nodes_updated": totals.nodes_updated,
        "nodes_removed": totals.nodes_removed,
        "relationships_new": totals.relationships_new,
        "relationships_updated": totals.relationships_updated,
        "relationships_removed": totals.relationships_removed,
    }
    columns = (
        Column("undone", "已撤销", "undone"),
        Column("load", "记为", "recorded as"),
        Column("nodes_removed", "删除节点", "nodes removed", number=True),
        Column("nodes_changed", "恢复节点", "nodes restored", number=True),
        Column("relationships_removed", "删除关系", "relationships removed", number=True),
        Column("relationships_changed", "恢复关系", "relationships restored", number=True),
    )
    row = (
        load_id,
        totals.load,
        totals.nodes_removed,
        totals.nodes_new + totals.nodes_updated,
        totals.relationships_removed,
        totals.relationships_new + totals.relationships_updated,
    )
    return Result({"undone": load_id, "load": totals.load, "revision": totals.revision, "facts": facts}, columns, [row])
