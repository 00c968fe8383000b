"""``analyse``, ``coverage``, ``predict``, ``what-if``: the graph as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from lianyin.answers.words import notes
from lianyin.cli.conditions import OF_PATHS, conditions
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import Language, say
from lianyin.options import ConditionOptions
from lianyin.results import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.analytics.query import LinkMeasure

NAMES = (
    "degree",
    "pagerank",
    "personalised-pagerank",
    "betweenness",
    "k-core",
    "components",
    "bridges",
    "cut-nodes",
    "brokers",
    "communities",
)
MEASURES = ("adamic-adar", "common-neighbours", "jaccard", "resource-allocation", "preferential-attachment")
LIMIT = click.option("--limit", type=int, default=20, show_default=True, help="Rows listed; the total is exact all the same. 最多列出行数")
SEED = click.option("--seed", type=int, default=1, show_default=True, help="Fixes what is random. 随机种子")


@click.command()
@click.argument("name", metavar="NAME", type=click.Choice(NAMES))
@click.option("--type", "list_types", metavar="TYPE", multiple=True, help="List nodes of this type only; all take part. 只列出")
@click.option("--node", "nodes", metavar="NODE", multiple=True, help="Where personalised-pagerank starts from. 起点")
@click.option("--parallel", is_flag=True, help="Count parallel relationships each. 平行关系分别计")
@click.option("--damping", type=float, default=0.85, show_default=True, help="PageRank's. 阻尼系数")
@click.option("--resolution", type=float, default=1.0, show_default=True, help="More gives smaller communities. 分辨率")
@click.option("--members", type=int, default=10, show_default=True, help="Nodes named of each group. 每组列出成员数")
@SEED
@LIMIT
@conditions(without=OF_PATHS)
@answers
def analyse(
    name: str,
    *,
    list_types: tuple[str, ...],
    nodes: tuple[str, ...],
    parallel: bool,
    damping: float,
    resolution: float,
    members: int,
    seed: int,
    limit: int,
    chosen: ConditionOptions,
) -> Answer:
    """Rank nodes, or find groups and weak points. 全图分析。

    NAME is degree 度, pagerank, personalised-pagerank, betweenness 中介, k-core, components 连通部分, bridges 桥, cut-nodes 割点,
    brokers 中间人, or communities 社群. What each means stands above its answer.
    """
    with opened() as client:
        result = client.analyse(
            name,
            list_types=list_types,
            nodes=nodes,
            parallel=parallel,
            damping=damping,
            resolution=resolution,
            members=members,
            seed=seed,
            limit=limit,
            **chosen,
        )
    language = current_settings().language
    document = result.document
    counted = say(
        language,
        f"{document['nodes']:,} 个节点，{document['relationships']:,} 条关系；共 {document['total']:,} 行，列出 {len(result)} 行",
        f"{document['nodes']:,} nodes, {document['relationships']:,} relationships; {document['total']:,} rows, {len(result)} listed",
    )
    figures = cast("Mapping[str, object]", document["figures"])
    whole = ("  ".join(f"{key} = {_short(value)}" for key, value in figures.items()),) if figures else ()
    return Answer(result, prose=(_definition(result, language), counted, *whole), notes=notes(result, language))


@click.command()
@click.argument("rows_type")
@click.argument("columns_type")
@click.option(
    "--counted", "counted_type", metavar="TYPE", default="", help="Count nodes of this type near both; else shortest paths. 计数的类型"
)
@click.option("--max-hops", type=int, default=3, show_default=True, help="How near. 最多步数")
@click.option("--row", "rows", metavar="NODE", multiple=True, help="Only this row; may be repeated. 只要此行")
@click.option("--column", "columns", metavar="NODE", multiple=True, help="Only this column; may be repeated. 只要此列")
@click.option("--row-relationship", "to_rows", metavar="TYPE", multiple=True, help="How counted nodes reach rows. 到行的关系")
@click.option("--column-relationship", "to_columns", metavar="TYPE", multiple=True, help="How they reach columns. 到列的关系")
@click.option("--zeros", type=int, default=100, show_default=True, help="Empty cells named. 列出的空格数")
@conditions(without=OF_PATHS)
@answers
def coverage(
    rows_type: str,
    columns_type: str,
    *,
    counted_type: str,
    max_hops: int,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    to_rows: tuple[str, ...],
    to_columns: tuple[str, ...],
    zeros: int,
    chosen: ConditionOptions,
) -> Answer:
    """Where two types meet and where they do not, as a table. 覆盖表。

    lianyin coverage 领域 区县 --counted 需求: how many needs of each field each district has, and where there is none.
    """
    with opened() as client:
        result = client.coverage(
            rows_type,
            columns_type,
            counted_type=counted_type,
            max_hops=max_hops,
            rows=rows,
            columns=columns,
            row_relationship_types=to_rows,
            column_relationship_types=to_columns,
            zeros=zeros,
            **chosen,
        )
    language = current_settings().language
    empty = say(language, f"空格 {result.document['zero_cells']} 个", f"{result.document['zero_cells']} empty cells")
    return Answer(result, prose=(_definition(result, language), empty), notes=notes(result, language))


@click.command()
@click.option("--measure", type=click.Choice(MEASURES), default="adamic-adar", show_default=True, help="What makes a link likely. 度量")
@click.option("--from-type", metavar="TYPE", default="", help="One end is of this type. 一端类型")
@click.option("--to-type", metavar="TYPE", default="", help="The other is of this one. 另一端类型")
@click.option(
    "--hold-out", type=float, default=0.1, show_default=True, help="Share of links hidden to test the guesses; 0: no test. 留出比例"
)
@SEED
@LIMIT
@conditions(without=OF_PATHS)
@answers
def predict(
    *, measure: LinkMeasure, from_type: str, to_type: str, hold_out: float, seed: int, limit: int, chosen: ConditionOptions
) -> Answer:
    """Which two, not linked yet, look most like being linked. 可能的联系。"""
    with opened() as client:
        result = client.predict(measure=measure, from_type=from_type, to_type=to_type, hold_out=hold_out, seed=seed, limit=limit, **chosen)
    language, document = current_settings().language, result.document
    auc = cast("Mapping[str, float]", document["auc"])
    tried = say(
        language,
        f"留出 {document['held_out']} 条联系检验：",
        f"Tried on {document['held_out']} hidden links: ",
    ) + ", ".join(f"{name} AUC {value:.3f}" for name, value in auc.items())
    return Answer(result, prose=(_definition(result, language), *((tried,) if auc else ())), notes=notes(result, language))


@click.command("what-if")
@click.option("--leave", metavar="NODE", multiple=True, help="This node leaves, with all its relationships. 离开")
@click.option("--leave-relationship", "gone", metavar="ID", multiple=True, help="This relationship ends. 关系终止")
@click.option("--add-node", "add_nodes", metavar="'NAME TYPE'", multiple=True, help="A new node. 新增节点")
@click.option("--add", metavar="'A TYPE B'", multiple=True, help="A new relationship between nodes, old or new. 新增关系")
@click.option("--from-type", metavar="TYPE", default="University", show_default=True, help="Pairs from this type. 从")
@click.option("--to-type", metavar="TYPE", default="Enterprise", show_default=True, help="Pairs to this type. 到")
@click.option("--max-hops", type=int, default=6, show_default=True, help="Relationships in a path at most. 最多步数")
@click.option("--limit", type=int, default=100, show_default=True, help="Pairs listed of each change. 每类列出对数")
@conditions(without=OF_PATHS)
@answers
def what_if(
    *,
    leave: tuple[str, ...],
    gone: tuple[str, ...],
    add_nodes: tuple[str, ...],
    add: tuple[str, ...],
    from_type: str,
    to_type: str,
    max_hops: int,
    limit: int,
    chosen: ConditionOptions,
) -> Answer:
    """What would change if someone left, or something were added. The graph itself is not touched. 假如。

    lianyin what-if --leave 王虚构; lianyin what-if --add '李样本 SECONDED_FROM 扬州大学'.
    """
    with opened() as client:
        result = client.what_if(
            leave=leave,
            leave_relationships=gone,
            add_nodes=add_nodes,
            add=add,
            from_type=from_type,
            to_type=to_type,
            max_hops=max_hops,
            limit=limit,
            **chosen,
        )
    language = current_settings().language
    return Answer(result, prose=(_definition(result, language), *_states(result, language)), notes=notes(result, language))


def _states(result: Result, language: Language) -> list[str]:
    """Before and after, in one line each."""
    lines = []
    for key, name in (("before", say(language, "现在", "now")), ("after", say(language, "之后", "then"))):
        state = cast("Mapping[str, object]", result.document[key])
        pairs = "?" if state["pairs"] is None else state["pairs"]
        lines.append(
            say(
                language,
                f"{name}：{state['nodes']} 个节点，{state['relationships']} 条关系，相连 {pairs} 对",
                f"{name}: {state['nodes']} nodes, {state['relationships']} relationships, {pairs} pairs connected",
            )
        )
    return lines


def _definition(result: Result, language: Language) -> str:
    return cast("Mapping[str, str]", result.document["definition"])[language]


def _short(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)
