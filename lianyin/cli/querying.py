"""``cypher``, ``schema``, ``export``."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from lianyin.cli import derived
from lianyin.cli.output import Answer, write_file
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import say
from lianyin.operations import graph
from lianyin.requests import Nothing


@click.command()
@click.argument("query")
@answers
def cypher(query: str) -> Answer:
    """Run a read-only Cypher query. 只读查询。

    Writing, LOAD CSV and procedures are refused. Nodes carry the label Entity and those of their types: lianyin schema lists them.

    不允许写入、LOAD CSV 和存储过程。节点都有标签 Entity 及其类型的标签，类型见 lianyin schema。
    """
    return derived.ask(graph.cypher, graph.Cypher(query))


@click.command()
@click.argument("type", required=False)
@answers
def schema(type: str | None) -> Answer:
    """List the node and relationship types; of TYPE its properties, ties and identifiers. 类型一览，或一类的属性与关系。"""
    if type is not None:
        from lianyin.answers.one_type import type_document, type_lines, type_result
        from lianyin.settings import load_types

        language = current_settings().language
        document = type_document(type, load_types(current_settings()))
        return Answer(type_result(document, language), prose=type_lines(document, language))
    return derived.ask(graph.schema, Nothing())


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("jsonl", "graphml", "csv")),
    default="jsonl",
    show_default=True,
    help="csv: two tables in a zip. 格式",
)
@click.option("-o", "--output", "path", metavar="FILE", required=True, help="Where to write; - is stdout. 写入文件")
@click.option(
    "--audience",
    type=click.Choice(("public", "internal")),
    default="public",
    show_default=True,
    help="public: people appear by role and unit; internal: by name. 给谁看",
)
def export(form: str, path: str, audience: str) -> None:
    """Write the whole graph to a file. 导出。

    Equal graphs give equal files: nodes, then relationships, by id, without load times.

    相同的图导出相同的文件：先节点、后关系，按编号排列，不含导入时间。
    """
    data = io.BytesIO()
    with opened() as client:
        nodes, relationships = client.export(form, data, audience)
    if path == "-":
        sys.stdout.buffer.write(data.getvalue())
        sys.stdout.buffer.flush()
    else:
        write_file(Path(path), data.getvalue())
    line = say(
        current_settings().language,
        f"已导出 {nodes} 个节点，{relationships} 条关系",
        f"Exported {nodes} nodes, {relationships} relationships",
    )
    sys.stderr.write(f"{line}\n")
