"""``search``, ``show``, ``why``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import click

from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import Language, say


@click.command()
@click.argument("text")
@click.option("--type", "types", metavar="TYPE", multiple=True, help="Only nodes of this type; may be repeated. 类型")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Hits at most. 最多条数")
@answers
def search(text: str, types: tuple[str, ...], limit: int) -> Answer:
    """Find nodes by name, part of a name, pinyin, initials or code, with a typing mistake forgiven. 查找。"""
    with opened() as client:
        result = client.search(text, types, limit)
    nothing = say(current_settings().language, f"没有找到“{text}”。", f"Nothing found for '{text}'.")
    return Answer(result, notes=() if len(result) else (nothing,))


@click.command()
@click.argument("node")
@answers
def show(node: str) -> Answer:
    """Show a node, its properties and its relationships. 查看节点。

    NODE is an id, an identifier (pic:999977172, uscc:…) or a caption.
    """
    language = current_settings().language
    with opened() as client:
        result = client.show(node)
        label = client.reader.type_label
        document = result.to_dict()
        about = cast(dict[str, object], document["node"])
        properties = cast(dict[str, object], about["properties"])
        identifiers = cast(list[str], about["identifiers"])
        lines = [f"{about['caption']}  {label(str(about['type']))}  {about['id']}"]
    lines += [f"  {name}: {'、'.join(map(str, value)) if isinstance(value, list) else value}" for name, value in properties.items()]
    lines += history_lines(document, language)
    lines += [say(language, "  又名 ", "  also ") + ", ".join(identifiers)] if identifiers else []
    notes: tuple[str, ...] = ()
    if document["truncated"]:
        notes = (
            say(language, f"未列全：{len(result)} / {document['total']} 条关系", f"Not all listed: {len(result)} of {document['total']}"),
        )
    return Answer(result, prose=tuple(lines), notes=notes)


@click.command()
@click.argument("node")
@click.argument("property", required=False)
@answers
def why(node: str, property: str | None) -> Answer:
    """Show the rows behind a node, or behind one PROPERTY of it: what each says, and why one stands where they disagree. 来源记录。"""
    language = current_settings().language
    with opened() as client:
        result = client.why(node, property)
    document = result.to_dict()
    about = cast(dict[str, object], document["node"])
    title = f"{about['caption']}  {about['id']}"
    if document["property"] is not None:
        title += f"  {document['property']} = {document['value']}"
    notes = () if len(result) else (say(language, "没有来源行说到它。", "No row says so."),)
    return Answer(result, prose=(title, *_reasons(document, language), *history_lines(document, language)), notes=notes)


def history_lines(document: Mapping[str, object], language: Language) -> list[str]:
    """What changed from one edition of a source to another, and when."""
    changed = cast(list[dict[str, str]], document["history"])
    return [f"  {each['property']}  {each[language]}" for each in changed]


def _reasons(document: Mapping[str, object], language: Language) -> list[str]:
    """Why the value stands, or which properties rows disagree about."""
    reason = cast(dict[str, str] | None, document.get("reason"))
    if document["property"] is not None:
        return [f"  {reason[language]}"] if reason else []
    lines = []
    for each in cast(list[dict[str, object]], document["disputed"]):
        others = "、".join(dict.fromkeys(str(one["value"]) for one in cast(list[dict[str, object]], each["against"])))
        because = cast(dict[str, str], each["reason"])[language]
        against = say(language, f"也有说 {others}", f"others say {others}")
        lines.append(f"  {each['property']} = {each['value']}  {against}  {because}")
    return lines
