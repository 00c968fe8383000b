"""``affiliations``: which universities a written affiliation names, for a text, for a column of a table, and how good that is."""

from __future__ import annotations

from pathlib import Path

import click

from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings
from lianyin.language import say

FILE = click.Path(path_type=Path)


@click.group()
def affiliations() -> None:
    """Which universities a written affiliation names, and its unit: 苏大材化部 is 苏州大学. 单位辨认。

    A setting may name a list of institutions (LIANYIN_INSTITUTIONS); without one, what is built in is used.

    可用 LIANYIN_INSTITUTIONS 指定机构名单；不指定则用内置名单。
    """


@affiliations.command("read")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@click.option("--place", metavar="NAME", default="", help="A province or city that decides between several. 省市")
@click.option("--year", type=click.IntRange(1850, 2199), metavar="YEAR", help="When it was written. 年份")
@answers
def read(texts: tuple[str, ...], *, place: str, year: int | None) -> Answer:
    """Read affiliations as they were written. 辨认文本。"""
    from graph.affiliations.reading import read_affiliation
    from lianyin.affiliations import load_gazetteer
    from lianyin.answers.affiliations import affiliations_result

    settings = current_settings()
    gazetteer = load_gazetteer(settings)
    found = [(1, read_affiliation(text, gazetteer, year=year or 0, place=place)) for text in texts]
    return Answer(affiliations_result(found, settings.language))


@affiliations.command("table")
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--column", metavar="NAME", required=True, help="The column of affiliations. 单位所在列")
@click.option("--place", metavar="NAME", default="", help="A column of provinces or cities. 省市所在列")
@click.option("--year", metavar="NAME", default="", help="A column of years or dates. 年份所在列")
@answers
def table(file: Path, *, column: str, place: str, year: str) -> Answer:
    """Read every distinct text of a column, commonest first. 辨认一列。"""
    from lianyin.affiliations import load_gazetteer, read_column
    from lianyin.answers.affiliations import affiliations_result

    settings = current_settings()
    read, broken = read_column(file, (column, place, year), load_gazetteer(settings))
    result = affiliations_result(read, settings.language)
    told = result.document
    zh = f"{told['texts']} 种写法：{told['named']} 种认出高校，{told['asked']} 种留待认定"
    en = f"{told['texts']} spellings: {told['named']} name a university, {told['asked']} are left to be decided"
    notes = [say(settings.language, zh, en)]
    if broken:
        rows = ", ".join(map(str, broken[:10]))
        notes.append(
            say(settings.language, f"{len(broken)} 行分不出列，未读：{rows}", f"{len(broken)} rows do not split into columns: {rows}")
        )
    return Answer(result, notes=tuple(notes))


@affiliations.command("quality")
@click.argument("labels", metavar="LABELS.csv", type=FILE)
@answers
def quality(labels: Path) -> Answer:
    """Precision and recall on labelled texts: columns text, universities (joined by ;), and half, place, year. 评测。"""
    from lianyin.affiliations import load_gazetteer, measure
    from lianyin.answers.affiliations import scores_result

    settings = current_settings()
    return Answer(scores_result(measure(labels, load_gazetteer(settings)), settings.language))
