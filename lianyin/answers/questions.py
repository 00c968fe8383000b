"""The twenty questions as they are answered: lines with the rows behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cooperation.questions.question import Cell, Field, Line, Question, Ref
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from cooperation.parameters import Parameter
    from graph.model import Node

ROWS = 20
"""Source rows told of one line; beyond it their number."""

QUESTION_COLUMNS = (
    Column("number", "序号", "no.", number=True),
    Column("name", "名称", "name"),
    Column("question", "问题", "question"),
    Column("parameters", "参数", "takes"),
)

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""The source rows behind each node and relationship, by id."""


class Facts(NamedTuple):
    """Where an answer looks up what it tells: a ``node`` by its id, the source ``rows`` behind nodes and relationships by theirs."""

    node: Callable[[str], Node | None]
    rows: Callable[[Sequence[str]], Rows]


def parameters_document(parameters: Iterable[Parameter]) -> list[Document]:
    """What a question takes."""
    return [
        {
            "name": each.name,
            "takes": each.takes.value,
            "zh": each.label.zh,
            "en": each.label.en,
            "required": each.required,
            "types": list(each.types),
        }
        for each in parameters
    ]


def questions_document(questions: Iterable[Question]) -> Document:
    """All of them."""
    return {
        "questions": [
            {
                "number": each.number,
                "name": each.name,
                "zh": each.label.zh,
                "en": each.label.en,
                "how_zh": each.how.zh,
                "how_en": each.how.en,
                "clearance": each.clearance,
                "parameters": parameters_document(each.parameters),
            }
            for each in questions
        ]
    }


def questions_result(document: Document, reader: Reader) -> Result:
    """One row a question."""
    rows = [
        (
            each["number"],
            each["name"],
            each[reader.language],
            " ".join(str(one["name"]) if one["required"] else f"[{one['name']}]" for one in documents(each, "parameters")),
        )
        for each in documents(document, "questions")
    ]
    return Result(document, QUESTION_COLUMNS, rows)


def lines_document(lines: Sequence[Line], columns: Sequence[Field], limit: int, reader: Reader, facts: Facts) -> dict[str, object]:  # noqa: PLR0917
    """The first ``limit`` lines with the source rows behind each, and whether there were more."""
    shown = lines[:limit]
    behind = facts.rows(tuple(dict.fromkeys(id for line in shown for id in line.rests_on)))
    return {
        "columns": [{"key": each.key, "zh": each.label.zh, "en": each.label.en, "number": each.number} for each in columns],
        "total": len(lines),
        "lines": [{"cells": _cells(columns, line, reader, facts), **_behind(line, behind)} for line in shown],
        "truncated": len(lines) > limit,
        "limit": "rows" if len(lines) > limit else None,
    }


def _cells(columns: Sequence[Field], line: Line, reader: Reader, facts: Facts) -> dict[str, object]:
    return {column.key: _cell(cell, reader, facts) for column, cell in zip(columns, line.cells, strict=True)}


def _behind(line: Line, behind: Rows) -> dict[str, object]:
    found: dict[tuple[object, ...], Mapping[str, object]] = {}
    for id in line.rests_on:
        for row in behind.get(id, ()):
            found.setdefault((row["file"], row["sheet"], row["row"], row["load"]), row)
    return {"rows": list(found.values())[:ROWS], "rows_total": len(found)}


def _cell(cell: Cell, reader: Reader, facts: Facts) -> object:
    if isinstance(cell, tuple):
        return [found for each in cell if (found := _cell(each, reader, facts)) is not None]
    if not isinstance(cell, Ref):
        return cell
    found = facts.node(cell.id)
    return None if found is None or not reader.exists(found) else reader.brief(found)


def answer_result(document: Document) -> Result:
    """One row a line, and where it comes from."""
    told = documents(document, "columns")
    columns = [Column(str(each["key"]), str(each["zh"]), str(each["en"]), number=bool(each["number"])) for each in told]
    rows = [(*(_told(inner(line, "cells")[column.key]) for column in columns), _rows(line)) for line in documents(document, "lines")]
    return Result(document, (*columns, Column("rows", "来源", "rows", detail=True)), rows)


def _told(value: object) -> object:
    if isinstance(value, Mapping):
        return value["caption"]
    if isinstance(value, list):
        return "、".join(str(_told(each)) for each in value)
    if isinstance(value, bool):
        return "✓" if value else "–"
    return value


def _rows(line: Document) -> str:
    told = [f"{each['file']}:{each['row']}" for each in documents(line, "rows")[:3]]
    more = int(str(line["rows_total"])) - len(told)
    return "；".join(told) + (f" (+{more})" if more > 0 else "")
