"""``cypher``, ``schema``, ``stats``, ``export``, ``verify``."""

from __future__ import annotations

import click

from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import say


@click.command()
@click.argument("query")
@answers
def cypher(query: str) -> Answer:
    """Run a read-only Cypher query. 只读查询。

    Writing, LOAD CSV and procedures are refused. Nodes carry the label Entity and those of their types: lianyin schema lists them.
    """
    with opened() as client:
        result = client.cypher(query)
    limit = result.document["limit"]
    notes = (
        (say(current_settings().language, f"未列全：达到上限 {limit}", f"Not complete: the limit of {limit} was reached"),) if limit else ()
    )
    return Answer(result, notes=notes)


@click.command()
@answers
def schema() -> Answer:
    """List the node and relationship types. 类型一览。"""
    with opened() as client:
        return Answer(client.schema())


@click.command()
@answers
def stats() -> Answer:
    """Count what the graph holds. 统计。"""
    language = current_settings().language
    with opened() as client:
        result = client.stats()
    about = result.document
    date = about["data_date"] or say(language, "未知", "unknown")
    line = say(
        language,
        f"{about['store']}：{about['nodes']} 个节点，{about['relationships']} 条关系，{about['loads']} 次导入；数据日期 {date}",
        f"{about['store']}: {about['nodes']} nodes, {about['relationships']} relationships, {about['loads']} loads; data of {date}",
    )
    return Answer(result, prose=(line,))
