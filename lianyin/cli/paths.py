"""``path`` and ``connections``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import click

from graph.errors import QueryProblem
from graph.messages import message
from lianyin.answers.paths import place
from lianyin.answers.words import notes, paths_title, total_words
from lianyin.cli.conditions import KINDS, conditions
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.conditions import weights_of
from lianyin.language import Language, say
from lianyin.options import ConditionOptions, PathOptions
from lianyin.results import Result

if TYPE_CHECKING:
    from graph.paths import PathKind, WeightName

WEIGHTS = ("hops", "fresh", "attested")


@click.command()
@click.argument("a")
@click.argument("b")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    help="One shortest (the default), all shortest, the k best, all within --max-hops, or those that share no node. 哪些路径",
)
@click.option("--all", "every", is_flag=True, help="Short for --kind all-shortest. 所有最短路径")
@click.option("--max-hops", type=int, default=6, show_default=True, help="Relationships in a path at most. 最多步数")
@click.option(
    "--limit", "--k", "limit", type=int, default=20, show_default=True, help="Paths listed at most; the k of k-shortest. 最多条数"
)
@click.option(
    "--weight",
    type=click.Choice(WEIGHTS),
    default="hops",
    show_default=True,
    help="What makes a hop of k-shortest cost less: nothing; being fresh; being said by more sources. 权重",
)
@click.option("--weights", metavar="TYPE=NUMBER", multiple=True, help="Your own cost of a relationship type; may be repeated. 自定权重")
@conditions()
@answers
def path(
    a: str,
    b: str,
    *,
    kind: PathKind | None,
    every: bool,
    max_hops: int,
    limit: int,
    weight: WeightName,
    weights: tuple[str, ...],
    chosen: ConditionOptions,
) -> Answer:
    """How A and B are connected, through whom, since when, and which rows say so. 两者之间的路径。

    A and B are ids, identifiers (pic:999977172, uscc:…) or captions, and so are NODEs. Types go by name or label in either language.
    """
    if every and kind not in (None, "all-shortest"):
        raise QueryProblem(
            message("--all and --kind {kind} contradict each other.", kind=kind),
            hint=message("Give one of them."),
            where={"parameter": "kind"},
        )
    wanted: PathKind = "all-shortest" if every else kind or "shortest"
    options = PathOptions(**chosen, kind=wanted, max_hops=max_hops, limit=limit, weight=weight, weights=weights_of(weights))
    with opened() as client:
        result = client.paths(a, b, **options)
    language = current_settings().language
    lines = [line for number, one in enumerate(_paths(result), 1) for line in _path_lines(number, one, language)]
    return Answer(result, prose=(paths_title(result.document, language), *lines), tabular=False, notes=notes(result, language))


@click.command()
@click.argument("from_type")
@click.argument("to_type")
@click.option("--from", "from_nodes", metavar="NODE", multiple=True, help="Only from this node; may be repeated. 只看此节点")
@click.option("--to", "to_nodes", metavar="NODE", multiple=True, help="Only to this node; may be repeated. 只到此节点")
@click.option("--max-hops", type=int, default=3, show_default=True, help="Relationships in a path at most. 最多步数")
@click.option("--limit", type=int, default=100, show_default=True, help="Rows listed; the total is exact all the same. 最多列出行数")
@click.option("--count", is_flag=True, help="Only how many pairs there are. 只要总数")
@conditions()
@answers
def connections(
    from_type: str,
    to_type: str,
    *,
    from_nodes: tuple[str, ...],
    to_nodes: tuple[str, ...],
    max_hops: int,
    limit: int,
    count: bool,
    chosen: ConditionOptions,
) -> Answer:
    """Which nodes of FROM_TYPE connect to which of TO_TYPE, through whom. 两类之间的联系。

    Types go by name or label in either language: University Enterprise, 高校 企业.
    """
    with opened() as client:
        result = client.connections(
            from_type, to_type, from_nodes=from_nodes, to_nodes=to_nodes, max_hops=max_hops, limit=limit, count=count, **chosen
        )
    language = current_settings().language
    total = result.document["total"]
    if count:
        number = () if total is None else (str(total),)
        return Answer(result, prose=number, tabular=False, notes=notes(result, language))
    told = total_words(result.document, language)
    title = say(language, f"共 {told} 对，列出 {len(result)}", f"{told} pairs, {len(result)} listed")
    return Answer(result, prose=(title,), notes=notes(result, language))


def _paths(result: Result) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", result.document["paths"])


def _path_lines(number: int, one: Mapping[str, object], language: Language) -> list[str]:
    """The chain of captions, then a line a hop with the rows behind it."""
    nodes = cast("list[Mapping[str, str]]", one["nodes"])
    captions = [node.get("caption_en", node["caption"]) if language == "en" else node["caption"] for node in nodes]
    cost = "" if one.get("cost") is None else say(language, f"（代价 {one['cost']:g}）", f" (cost {one['cost']:g})")
    lines = [f"{number}. {' → '.join(captions)}{cost}", f"   {cast('Mapping[str, str]', one['text'])[language]}"]
    sources = [source for hop in cast("list[Mapping[str, list[object]]]", one["relationships"]) for source in hop["sources"]]
    places = list(dict.fromkeys(place(source) for source in sources))
    if places:
        lines.append(say(language, "   来源 ", "   rows ") + ", ".join(places))
    return lines
