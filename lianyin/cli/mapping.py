"""``template``, ``mapping``: what an office fills in; which mapping fits a table, and a first one for a table that none fits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import FileProblem
from graph.explanations import system_reason
from graph.messages import message
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings
from lianyin.language import say
from lianyin.settings import load_types

if TYPE_CHECKING:
    from ingest.mapping import MappingSpec


@click.command()
@click.argument("mapping", metavar="NAME")
@click.argument("folder", metavar="DIR")
def template(mapping: str, folder: str) -> None:
    """Write the blank workbooks of a mapping or family, such as city, into DIR. 空白模板。

    Each has its columns explained, checked while you type, and an example row, which is never loaded.

    各列有说明，填写时即时校验；示例行不会导入。
    """
    from ingest.mapping import select_mappings
    from ingest.template import write_templates

    settings = current_settings()
    ontology = load_types(settings)
    written = write_templates(select_mappings(mapping, ontology, settings.mappings), Path(folder), ontology)
    head = say(settings.language, f"写了 {len(written)} 个模板：", f"{len(written)} templates written:")
    sys.stdout.write("\n".join([head, *(f"  {path}" for path in written)]) + "\n")


@click.group()
def mapping() -> None:
    """Mappings: which there are, which fits a table, whether one holds, and a first one to edit. 映射。"""


@mapping.command("list")
@answers
def known() -> Answer:
    """The mappings there are, with the columns that each asks for. 有哪些映射。"""
    from lianyin.answers.mappings import mappings_result

    return Answer(mappings_result(_mappings(None), current_settings().language))


@mapping.command()
@click.argument("file", metavar="FILE")
@click.option("--limit", type=click.IntRange(1, 100), default=3, show_default=True, help="Mappings listed for a table. 每张表最多列出")
@answers
def propose(file: str, *, limit: int) -> Answer:
    """Which mappings come nearest to each table of FILE: what fits, what does not. 最接近的映射。"""
    from ingest.readers import preview
    from lianyin.answers.mappings import proposals_result

    language = current_settings().language
    result = proposals_result(preview(Path(file)), _mappings(None), limit, language)
    fitting = [row for row in result.document["proposals"] if row["fits"]]  # type: ignore[attr-defined]
    advice = say(language, "没有映射完全合适：lianyin mapping draft 起草一个", "No mapping fits: begin one with lianyin mapping draft")
    return Answer(result, notes=() if fitting else (advice,))


@mapping.command()
@click.argument("name", metavar="NAME|FILE.yaml")
@answers
def check(name: str) -> Answer:
    """Whether a mapping holds, against itself and the types, before any table is read. 检查映射。"""
    from lianyin.answers.mappings import mappings_result

    return Answer(mappings_result(_mappings(name), current_settings().language))


def _mappings(choice: str | None) -> dict[str, MappingSpec]:
    from ingest.mapping import select_mappings

    settings = current_settings()
    return select_mappings(choice, load_types(settings), settings.mappings)


@mapping.command()
@click.argument("file", metavar="FILE")
@click.option("--output", "-o", metavar="FILE", help="Where to write it; by default to stdout. 写到文件")
@click.option("--sheet", default="", help="Which sheet of a workbook; by default the first. 工作表")
def draft(file: str, output: str | None, sheet: str) -> None:
    """Write a first mapping (YAML) for a table that fits none, to be read and corrected. 起草映射。

    On stderr it says which mapping comes nearest, and which of its columns the table lacks.

    同时在标准错误输出中说明哪个映射最接近、表中缺哪些列。
    """
    from ingest.fit import propose
    from ingest.interpretation import interpret, read_tables
    from ingest.interpretation.tables import previews
    from ingest.mapping import load_mapping_text, select_mappings

    settings = current_settings()
    ontology = load_types(settings)
    path = Path(file)
    tables = read_tables(path)
    if sheet and all(each.sheet != sheet for each in tables):
        raise FileProblem(message("{file} has no sheet '{sheet}'.", file=path.name, sheet=sheet), where={"file": path.name, "sheet": sheet})
    text = interpret(tables, ontology).mapping(sheet)
    if not text:
        raise FileProblem(
            message("{path}: no column names a person, an organisation or a project.", path=path.name),
            hint=message("Write a mapping (docs/mappings.md)."),
            where={"file": path.name},
        )
    load_mapping_text(text, "draft", ontology)  # it must hold before anybody reads it
    nearest = propose(previews(path)[0][0], select_mappings(None, ontology, settings.mappings).values())[0]
    if nearest.matched:
        missing = ", ".join(nearest.missing)
        sys.stderr.write(
            say(settings.language, f"最接近的内置映射：{nearest.mapping}", f"The nearest built-in mapping: {nearest.mapping}")
            + (
                say(settings.language, f"，缺列 {missing}\n", f"; the table lacks {missing}\n")
                if missing
                else say(settings.language, "，列齐全\n", "; it fits\n")
            )
        )
    if output is None:
        sys.stdout.write(text)
        return
    try:
        with Path(output).open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as problem:
        raise FileProblem(
            message("{output} cannot be written: {reason}.", output=output, reason=system_reason(problem)),
            hint=message("Choose another name."),
            where={"file": output},
        ) from problem
