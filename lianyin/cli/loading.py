"""``loads``, ``undo``."""

from __future__ import annotations

from collections.abc import Mapping

import click

from graph.model import LOAD_KINDS
from lianyin.answers.loading import LOADS_LISTED
from lianyin.answers.reader import inner
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import Language, say


@click.group(invoke_without_command=True)
@click.option("--kind", "kinds", type=click.Choice(LOAD_KINDS), multiple=True, help="Only loads of this kind; may be repeated. 只列某类")
@click.option("--limit", type=int, default=LOADS_LISTED, show_default=True, help="So many of the last ones. 最多列出最近几次")
@click.pass_context
@answers
def loads(context: click.Context, kinds: tuple[str, ...], limit: int) -> Answer | None:
    """List the loads, oldest first, and what to do about one that was interrupted. 导入记录。

    What is done on the platform is a load of its own, of kind act.
    """
    if context.invoked_subcommand is not None:
        return None
    with opened() as client:
        result, language = client.loads(kinds, limit), client.reader.language
    earlier = say(language, "还有更早的记录：--limit 或 --kind", "There are earlier ones: --limit, or --kind.")
    return Answer(result, notes=(earlier,) if result.document["truncated"] else ())


@loads.command()
@click.argument("first", metavar="LOAD")
@click.argument("second", metavar="LOAD")
@answers
def compare(first: str, second: str) -> Answer:
    """What the files of two loads say differently, from the first to the second, such as two editions of one file. 比较两次导入。

    What stands the same in both counts for both, whichever load read it first.
    """
    with opened() as client:
        result = client.compare_loads(first, second)
    return Answer(result, prose=_compared(result.to_dict(), current_settings().language))


@click.command()
@click.argument("load", metavar="LOAD")
@answers
def undo(load: str) -> Answer:
    """Take a load back, exactly: the graph is as if it had never been loaded. 撤销一次导入。"""
    with opened() as client:
        return Answer(client.undo(load))


def _compared(document: Mapping[str, object], language: Language) -> tuple[str, ...]:
    first, second, rows, facts = (inner(document, name) for name in ("first", "second", "rows", "facts"))
    nodes = f"+{facts['nodes_new']} ~{facts['nodes_updated']} -{facts['nodes_removed']}"
    links = f"+{facts['relationships_new']} ~{facts['relationships_updated']} -{facts['relationships_removed']}"
    lost, came, different, same = (rows[f"{name}_total"] for name in ("only_first", "only_second", "different", "same"))
    return (
        f"{first['id']} {first['name']} → {second['id']} {second['name']}",
        say(
            language,
            f"行：新增 {came}，改变 {different}，没有了 {lost}，相同 {same}；节点 {nodes}，关系 {links}",
            f"rows: new {came}, changed {different}, gone {lost}, the same {same}; nodes {nodes}, relationships {links}",
        ),
        *(
            (say(language, "未列全：总数见上", "Not all listed: the totals are above"),)
            if inner(document, "difference")["truncated"]
            else ()
        ),
    )
