"""What to do after a load: said from its report, in both languages."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from ingest.outcome import Bilingual
from ingest.report_parts import FileReport


def advice(files: Sequence[FileReport], load: str, example: tuple[str, str] | None) -> tuple[Bilingual, ...]:
    """The next steps after these tables, the most useful first. ``load`` is ``""`` where it was only tried out; ``example`` are the names
    of two nodes between which there is a path."""
    return tuple(_steps(files, load, example))


def _steps(files: Sequence[FileReport], load: str, example: tuple[str, str] | None) -> Iterator[Bilingual]:
    for table in files:
        if not table.relationships and table.totals.read > table.totals.rejected:
            yield _joined_to_nothing(table)
    if any(table.unused for table in files):
        yield Bilingual(
            "没用上的列如有要紧内容，写进映射后再导入（docs/mappings.md）",
            "If an unused column matters, write it into the mapping and load again (docs/mappings.md).",
        )
    if any(table.totals.rejected for table in files):
        yield Bilingual(
            "被拒的行改好再导入：加 --rejected 文件夹，原样退回并注明原因", "Mend the rejected rows: --rejected DIR hands them back."
        )
    if not load:
        yield Bilingual("没有问题就正式导入：去掉 --preview", "If this is right, load it: without --preview.")
    elif example:
        one, other = map(shlex.quote, example)
        yield Bilingual(f"接下来：lianyin path {one} {other}", f"Next: lianyin path {one} {other}")
    else:
        yield Bilingual("接下来：lianyin stats，lianyin search 名称", "Next: lianyin stats, lianyin search NAME")


def _joined_to_nothing(table: FileReport) -> Bilingual:
    place = f"{table.file} [{table.sheet}]" if table.sheet else table.file
    return Bilingual(
        f"{place} 没有读出任何关系：看看能连上什么，lianyin mapping draft {shlex.quote(table.file)}",
        f"{place} gave no relationship: see what it could join, lianyin mapping draft {shlex.quote(table.file)}",
    )
