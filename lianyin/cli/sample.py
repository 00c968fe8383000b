"""``sample``: the fictitious city's files, to look at, to load, to test with."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lianyin.cli.session import current_settings
from lianyin.language import say


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--seed", default=7, show_default=True, help="Another seed, another city; the same seed gives the same bytes. 随机种子")
@click.option("--scale", default=1.0, show_default=True, help="1 is the article's size; 0.1 to 40. 规模")
@click.option("--dirt", is_flag=True, help="Spoil rows as offices do, and write truth.json beside them. 掺入常见差错")
def sample(folder: str, seed: int, scale: float, dirt: bool) -> None:
    """Write the twelve files of a fictitious Yangzhou into DIR. 生成虚构的十二个文件。

    Load them with: lianyin ingest DIR --mapping city --date 2020-09-10

    导入：lianyin ingest DIR --mapping city --date 2020-09-10
    """
    from ingest.sample.write import write_city

    written = write_city(Path(folder), seed=seed, scale=scale, dirt=dirt)
    language = current_settings().language
    names = [*written.files, *([written.truth] if written.truth else [])]
    spoiled = say(language, f"，掺入差错 {len(written.spots)} 处", f", {len(written.spots)} places spoiled") if dirt else ""
    head = say(language, f"写了 {len(names)} 个文件{spoiled}：", f"{len(names)} files written{spoiled}:")
    sys.stdout.write("\n".join([head, *(f"  {path}" for path in names)]) + "\n")
    command = f"lianyin ingest {folder} --mapping city --date {written.city.reference_date}"
    sys.stdout.write(say(language, f"导入：{command}\n", f"Load: {command}\n"))
