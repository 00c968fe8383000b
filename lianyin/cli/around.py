"""``neighbourhood``, ``common-neighbours`` and ``connect``: what is next to nodes, and between several."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import cast

import click

from lianyin.answers.reader import Reader
from lianyin.answers.words import notes, total_words
from lianyin.cli.conditions import conditions
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import Language, say
from lianyin.options import ConditionOptions, NeighbourhoodOptions
from lianyin.results import Result


@click.command()
@click.argument("node")
@click.option("--max-hops", type=int, default=1, show_default=True, help="How far. 最多步数")
@click.option("--expand", "list_types", metavar="TYPE", multiple=True, help="List nodes of this type; may be repeated. 展开（类型）")
@click.option("--expand-by", "by", metavar="TYPE", multiple=True, help="List nodes met by this relationship. 展开（关系）")
@click.option("--hop", type=int, default=0, help="List nodes so many hops away only. 只列第几步")
@click.option("--after", metavar="ID", default="", help="Go on after this node: the next page. 从此节点之后")
@click.option("--skip", metavar="N", type=int, default=0, help="Leave out so many more: the next page. 再跳过")
@click.option("--limit", type=int, help="Nodes listed; 0 counts only. The default is 50 once something is expanded. 最多列出")
@conditions()
@answers
def neighbourhood(
    node: str,
    *,
    max_hops: int,
    list_types: tuple[str, ...],
    by: tuple[str, ...],
    hop: int,
    after: str,
    skip: int,
    limit: int | None,
    chosen: ConditionOptions,
) -> Answer:
    """What is around NODE: first how much of what, then what you expand. 周围有什么。

    lianyin neighbourhood 扬州大学; lianyin neighbourhood 扬州大学 --expand 人员 --limit 20
    """
    options = NeighbourhoodOptions(
        **chosen, max_hops=max_hops, list_types=list_types, list_relationships=by, hop=hop, after=after, skip=skip, limit=limit or 0
    )
    if limit is None:
        del options["limit"]
    with opened() as client:
        result = client.neighbourhood(node, **options)
        reader = client.reader
    language = current_settings().language
    return Answer(result, prose=_counted(result, reader), notes=(*_next_page(result, language), *notes(result, language)))


def _counted(result: Result, reader: Reader) -> tuple[str, ...]:
    """How many nodes in all, then a line a hop: how many of each type."""
    document, language = result.document, reader.language
    centre = cast("Mapping[str, str]", document["node"])
    types = cast("list[Mapping[str, object]]", document["types"])
    total = total_words(document, language)
    title = say(language, f"{centre['caption']} 周围 {total} 个节点", f"{total} nodes around {centre['caption']}")
    lines = []
    for hop, group in groupby(types, key=lambda each: each["hop"]):
        counts = say(language, "、", ", ").join(_type_count(each, reader) for each in group)
        lines.append(say(language, f"第 {hop} 步：{counts}", f"hop {hop}: {counts}"))
    return (title, *lines)


def _type_count(each: Mapping[str, object], reader: Reader) -> str:
    hubs = say(reader.language, f"（其中枢纽 {each['hubs']}）", f" ({each['hubs']} hubs)") if each["hubs"] else ""
    return f"{reader.type_label(str(each['type']))} {each['nodes']}{hubs}"


def _next_page(result: Result, language: Language) -> tuple[str, ...]:
    following = cast("Mapping[str, object] | None", result.document["next"])
    if following is None:
        return ()
    asked = f"--after '{following['after']}'" + (f" --skip {following['skip']}" if following["skip"] else "")
    return (
        say(
            language,
            f"符合的共 {_matching(result)} 个；下一页：{asked}",
            f"{_matching(result)} match; next page: {asked}",
        ),
    )


def _matching(result: Result) -> object:
    found = result.document["matching"]
    return "?" if found is None else found


@click.command("common-neighbours")
@click.argument("nodes", metavar="A B [C…]", nargs=-1, required=True)
@click.option("--limit", type=int, default=100, show_default=True, help="Nodes listed; the total is exact all the same. 最多列出")
@conditions()
@answers
def common_neighbours(nodes: tuple[str, ...], *, limit: int, chosen: ConditionOptions) -> Answer:
    """Which nodes stand next to every one of A, B, …. 共同的邻居。"""
    with opened() as client:
        result = client.common_neighbours(*nodes, limit=limit, **chosen)
        label = client.reader.type_label
    language, document = current_settings().language, result.document
    by_type = cast("Mapping[str, int]", document["by_type"] or {})
    counts = say(language, "、", ", ").join(f"{label(name)} {count}" for name, count in by_type.items())
    total = total_words(document, language)
    title = say(language, f"共同的邻居 {total} 个", f"{total} common neighbours")
    told = say(language, f"{title}：{counts}", f"{title}: {counts}") if counts else title
    return Answer(result, prose=(told,), notes=notes(result, language))


@click.command()
@click.argument("nodes", metavar="A B [C…]", nargs=-1, required=True)
@click.option("--max-hops", type=int, default=6, show_default=True, help="Longest gap from one of the nodes to the next. 最多步数")
@conditions(without=("pattern", "direction"))
@answers
def connect(nodes: tuple[str, ...], *, max_hops: int, chosen: ConditionOptions) -> Answer:
    """The fewest relationships that connect A, B, …, with the nodes between. 用最少的关系连起来。"""
    with opened() as client:
        result = client.connect_nodes(*nodes, max_hops=max_hops, **chosen)
    language, document = current_settings().language, result.document
    hops = document["hops"]
    exact = (
        say(language, "没有更少的", "there are no fewer")
        if document["exact"]
        else say(language, f"至多是最少数的 {document['guarantee']:.2g} 倍", f"at most {document['guarantee']:.2g} times the fewest")
    )
    note = cast("Mapping[str, str] | None", document["note"])
    title = say(language, f"{hops} 条关系连起来（{exact}）", f"connected by {hops} relationships ({exact})")
    told = note[language] if note else f"{title}{say(language, '：', ': ')}{cast('Mapping[str, str]', document['text'])[language]}"
    return Answer(result, prose=(told,), notes=notes(result, language))
