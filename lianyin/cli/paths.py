"""``path`` and ``connections``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import click

from lianyin.answers.paths import place
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened, say_if_compiling
from lianyin.language import Language, say
from lianyin.results import Result

LIMITS = {
    "rows": ("列出的条数", "rows listed"),
    "hops": ("步数", "hops"),
    "degree": ("邻居过多的节点未经过", "nodes with too many neighbours were not passed"),
    "milliseconds": ("时间", "time"),
    "work": ("计算量", "work"),
    "count": ("路径数", "number of paths"),
}

AS_OF = click.option(
    "--as-of", default="any", show_default=True, metavar="any|now|DATE", help="Which facts count: all, or those valid then. 时间"
)
INCLUDE = click.option("--include", multiple=True, metavar="TYPE", help="Also pass nodes of this hub or link type; may be repeated. 也经过")


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--max-hops", type=int, default=6, show_default=True, help="Relationships in a path at most. 最多步数")
@click.option("--all", "every", is_flag=True, help="All shortest paths, not only the first. 所有最短路径")
@click.option("--limit", type=int, default=20, show_default=True, help="Paths listed with --all. 最多列出条数")
@AS_OF
@INCLUDE
@answers
def path(a: str, b: str, *, max_hops: int, every: bool, limit: int, as_of: str, include: tuple[str, ...]) -> Answer:
    """How A and B are connected, through whom, since when, and which rows say so. 两者之间的路径。

    A and B are ids, identifiers (pic:999977172, uscc:…) or captions.
    """
    say_if_compiling()
    with opened() as client:
        result = client.paths(
            a, b, max_hops=max_hops, kind="all-shortest" if every else "shortest", limit=limit, as_of=as_of, include_types=include
        )
    language = current_settings().language
    lines = [line for number, one in enumerate(_paths(result), 1) for line in _path_lines(number, one, language)]
    return Answer(result, prose=(_path_title(result, language), *lines), tabular=False, notes=_notes(result, language))


@click.command()
@click.argument("from_type")
@click.argument("to_type")
@click.option("--from", "from_node", metavar="NODE", help="Only from this node. 只看此节点")
@click.option("--to", "to_node", metavar="NODE", help="Only to this node. 只到此节点")
@click.option("--via", multiple=True, metavar="TYPE", help="Only paths through a node of this type; may be repeated. 须经过")
@click.option("--max-hops", type=int, default=3, show_default=True, help="Relationships in a path at most. 最多步数")
@AS_OF
@click.option("--limit", type=int, default=100, show_default=True, help="Rows listed; the total is exact all the same. 最多列出行数")
@click.option("--count", is_flag=True, help="Only how many pairs there are. 只要总数")
@INCLUDE
@answers
def connections(
    from_type: str,
    to_type: str,
    *,
    from_node: str | None,
    to_node: str | None,
    via: tuple[str, ...],
    max_hops: int,
    as_of: str,
    limit: int,
    count: bool,
    include: tuple[str, ...],
) -> Answer:
    """Which nodes of FROM_TYPE connect to which of TO_TYPE, through whom. 两类之间的联系。

    Types go by name or label in either language: University Enterprise, 高校 企业.
    """
    say_if_compiling()
    with opened() as client:
        result = client.connections(
            from_type,
            to_type,
            from_node=from_node,
            to_node=to_node,
            through_types=via,
            max_hops=max_hops,
            as_of=as_of,
            limit=limit,
            count=count,
            include_types=include,
        )
    language = current_settings().language
    total = result.document["total"]
    if count:
        return Answer(result, prose=(str(total),), tabular=False, notes=_notes(result, language))
    title = say(language, f"共 {total} 对，列出 {len(result)}", f"{total} pairs, {len(result)} listed")
    return Answer(result, prose=(title,), notes=_notes(result, language))


def _paths(result: Result) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", result.document["paths"])


def _path_title(result: Result, language: Language) -> str:
    paths = _paths(result)
    if not paths:
        note = cast("Mapping[str, str] | None", result.document["note"])
        nothing = say(language, "没有路径。", "No path.")
        return f"{nothing}{' ' if language == 'en' else ''}{note[language]}" if note else nothing
    hops, total = paths[0]["hops"], result.document["total"]
    counted = "?" if total is None else total
    return say(
        language, f"{hops} 步，最短路径 {counted} 条，列出 {len(paths)} 条", f"{hops} hops, {counted} shortest paths, {len(paths)} listed"
    )


def _path_lines(number: int, one: Mapping[str, object], language: Language) -> list[str]:
    """The chain of captions, then a line a hop with the rows behind it."""
    nodes = cast("list[Mapping[str, str]]", one["nodes"])
    captions = [node.get("caption_en", node["caption"]) if language == "en" else node["caption"] for node in nodes]
    lines = [f"{number}. {' → '.join(captions)}", f"   {cast('Mapping[str, str]', one['text'])[language]}"]
    sources = [source for hop in cast("list[Mapping[str, list[object]]]", one["relationships"]) for source in hop["sources"]]
    places = list(dict.fromkeys(place(source) for source in sources))
    if places:
        lines.append(say(language, "   来源 ", "   rows ") + ", ".join(places))
    return lines


def _notes(result: Result, language: Language) -> tuple[str, ...]:
    """What was cut, and how old the data is."""
    document = result.document
    notes = []
    limit = document["limit"]
    if limit is not None:
        notes.append(
            say(language, "未列全：达到上限 ", "Not complete: met the limit of ")
            + say(language, *LIMITS.get(str(limit), (str(limit),) * 2))
        )
    date = document["data_date"] or say(language, "未知", "unknown")
    notes.append(say(language, f"数据日期 {date}；时间范围 {document['as_of']}", f"Data of {date}; as of {document['as_of']}"))
    return tuple(notes)
