"""``ingest``: files and folders become one load; a table that no mapping takes is told and asked about first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from graph.errors import MappingProblem
from lianyin.cli.editions import edition_lines
from lianyin.cli.exits import ROWS_REJECTED
from lianyin.cli.load_lines import change_lines, date_lines, notice_lines, rejected_lines, summary, usage_lines
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened, progress_bar
from lianyin.kept_mappings import has_kept
from lianyin.language import Language, say

if TYPE_CHECKING:
    from ingest.deciding import Decider
    from ingest.pipeline import Progress
    from ingest.report import Report
    from lianyin.cli.asking import Settled
    from lianyin.cli.deciding import TerminalDecider
    from lianyin.client import Client
    from lianyin.remote import RemoteClient
    from lianyin.settings import Settings


class Said(TypedDict):
    """What was said of a load besides its files and mapping (``lianyin.client.Client.ingest``)."""

    close_gone: bool
    date: str
    edition_of: str
    new_series: bool


@click.command()
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True)
@click.option("--mapping", metavar="NAME", help="A mapping's name or family, or a YAML file; by default the headers propose one. 指定映射")
@click.option(
    "--report",
    "report_path",
    metavar="FILE",
    help="Where to write the report (.json, .html, .xlsx); by default into the store's reports. 报告位置",
)
@click.option(
    "--rejected",
    "rejected_path",
    metavar="DIR",
    help="Write the rejected rows here as they stood, with the reasons, to be mended. 退回被拒的行",
)
@click.option(
    "--preview", "--dry-run", is_flag=True, help="Only try it out: what would change is listed, nothing is recorded. 试导入，不记录"
)
@click.option("--yes", "-y", is_flag=True, help="Take the proposed reading of a table that no mapping takes, without asking. 照提议导入")
@click.option(
    "--date",
    metavar="DATE",
    default="",
    help="Of what day the data is (2024, 2024-05, 2024-05-29); by default as the file tells, else today. 数据日期",
)
@click.option("--edition-of", metavar="LOAD", default="", help="The files are other editions of those of this load. 是某次导入的另一期")
@click.option("--new-series", is_flag=True, help="The files are no editions of any that are loaded. 不是已导入名单的另一期")
@click.option("--close-gone", is_flag=True, help="The files are full lists: take back what their missing rows said. 收回已没有的行")
@click.option("--strict", is_flag=True, help="Exit with 11 if any row was rejected. 有行被拒即以 11 退出")
@answers
def ingest(
    paths: tuple[str, ...],
    *,
    mapping: str | None,
    report_path: str | None,
    rejected_path: str | None,
    preview: bool,
    yes: bool,
    date: str,
    edition_of: str,
    new_series: bool,
    close_gone: bool,
    strict: bool,
) -> Answer:
    """Load files and folders (CSV, TSV, XLSX, XLS, ODS, JSON, JSONL, Parquet) as one load. 导入表格。

    A table that no mapping takes is told as sentences; what is in doubt is asked, and the answers are kept beside the file. Good rows load,
    every rejected row is reported with its place and reason. Loading the same files again changes nothing.

    没有映射适用的表，先用几句话说明读懂了什么；拿不准处逐一询问，回答存在文件旁。合格的行导入，被拒的行逐行说明位置和原因。
    同样的文件再导入一次，不会有任何变化。
    """
    from lianyin.answers.loading import report_result
    from lianyin.reports import keep_report

    settings = current_settings()
    if preview and (shown := shown_first(paths, mapping, settings)):
        return shown
    said: Said = {"close_gone": close_gone, "date": date, "edition_of": edition_of, "new_series": new_series}
    with opened() as client:
        decider = decider_for(paths, settings) if not (yes or preview) else None
        report, settled = _loaded(client, paths, mapping, yes=yes, preview=preview, said=said, decider=decider)
        chosen = Path(report_path) if report_path else None
        notes = keep_report(report, chosen, client.store_url) if chosen or not preview else ()
        changes = (*read_as(paths, mapping, settings), *change_lines(report, client.reader)) if preview else ()
        if rejected_path:
            notes += handed_back(report, paths, Path(rejected_path))
    language = settings.language
    notes += settled.kept_lines(language) if settled else ()
    notes += date_kept_lines(decider.kept, language) if decider else ()
    totals = report.totals
    nothing_loaded = totals.read > 0 and totals.rejected == totals.read
    return Answer(
        report_result(report.to_json()),
        prose=(summary(report, language), *changes, *usage_lines(report, language)),
        notes=(
            *date_lines(report, language),
            *edition_lines(report, language),
            *rejected_lines(report, language),
            *notice_lines(report, language),
            *notes,
        ),
        status=ROWS_REJECTED if nothing_loaded or (strict and totals.rejected) else 0,
    )


def read_as(paths: Sequence[str], mapping: str | None, settings: Settings) -> tuple[str, ...]:
    """The sentences of the first rows, by the mappings that read them."""
    from lianyin.answers.understanding import reading_lines
    from lianyin.settings import load_types
    from lianyin.understanding import understand

    understood = understand([Path(path) for path in paths], load_types(settings), settings, mapping)
    return tuple(reading_lines([each for each in understood.tables if each.mapping], settings.language))


def shown_first(paths: Sequence[str], mapping: str | None, settings: Settings) -> Answer | None:
    """What a table that has to be interpreted would read; nothing where all are taken by mappings that are known."""
    if mapping is not None:
        return None
    from lianyin.answers.understanding import reading_lines, understood_result
    from lianyin.cli.asking import doubts_of
    from lianyin.settings import load_types
    from lianyin.understanding import understand

    understood = understand([Path(path) for path in paths], load_types(settings), settings)
    if not understood.interpreted and not understood.unread:
        return None
    language = settings.language
    doubts = [say(language, doubt.question.zh, doubt.question.en) for each in understood.interpreted for doubt in doubts_of(each)]
    asked = (say(language, f"拿不准 {len(doubts)} 处：", f"{len(doubts)} in doubt: ") + " ".join(doubts),) if doubts else ()
    lines = tuple(reading_lines(understood.tables, language))
    done = say(language, "没有导入；导入：去掉 --preview", "Nothing was loaded; to load it, leave --preview out.")
    return Answer(understood_result(understood, language), prose=(*lines, *asked, done), tabular=False)


def _loaded(
    client: Client | RemoteClient,
    paths: Sequence[str],
    mapping: str | None,
    *,
    yes: bool,
    preview: bool,
    said: Said,
    decider: Decider | None,
) -> tuple[Report, Settled | None]:
    """The report of the load, and how tables were settled that no mapping took."""
    settings = current_settings()
    title = say(settings.language, "导入", "Loading")
    if mapping is None and (yes or has_kept([Path(path) for path in paths])):
        from lianyin.cli.asking import settle

        return _loaded_as(client, settle(paths, settings, yes=yes), paths, said=said, decider=decider)
    try:
        with progress_bar(title) as draw:
            if preview:
                return client.preview(paths, mapping, told(draw), **said), None
            return client.ingest(paths, mapping, told(draw), decider=decider, **said), None
    except MappingProblem:
        if mapping is not None or preview:
            raise
    from lianyin.cli.asking import settle

    return _loaded_as(client, settle(paths, settings, yes=yes), paths, said=said, decider=decider)


def _loaded_as(
    client: Client | RemoteClient, settled: Settled, paths: Sequence[str], *, said: Said, decider: Decider | None
) -> tuple[Report, Settled]:
    title = say(current_settings().language, "导入", "Loading")
    with progress_bar(title) as draw:
        return client.ingest(paths, None, told(draw), understood=settled.understood, decider=decider, **said), settled


def decider_for(paths: Sequence[str], settings: Settings) -> TerminalDecider | None:
    """Whoever sits at the terminal; nobody elsewhere."""
    from lianyin.cli.asking import on_terminal
    from lianyin.cli.deciding import TerminalDecider

    return TerminalDecider([Path(path) for path in paths], settings.language) if on_terminal() else None


def date_kept_lines(places: Sequence[Path], language: Language) -> tuple[str, ...]:
    """Where dates are kept that were given."""
    zh, en = "数据日期存在 {path}：文件不变则下次照用", "the date is kept in {path}: the next load uses it while the file stays as it is"
    return tuple(say(language, zh, en).format(path=path) for path in places)


def handed_back(report: Report, paths: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Writes the rejected rows as they stood; a line for each workbook."""
    from ingest.rejected import write_rejected

    return tuple(f"rejected rows: {path}" for path in write_rejected(report, [Path(each) for each in paths], folder))


def told(draw: Callable[[str, int, int], None] | None) -> Callable[[Progress], None] | None:
    """How far a load is, for ``progress_bar``."""
    if draw is None:
        return None
    return lambda at: draw(f"{at.file} ({at.number}/{at.tables})", at.read, at.read if at.done else 0)
