"""How tables would be read: as plain data for programs, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from lianyin.answers.reader import Document
from lianyin.language import Language, say
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from ingest.interpretation import ColumnProposal, Doubt
    from ingest.outcome import Bilingual
    from ingest.sentences import RowSentences
    from lianyin.understanding import TableReading, Understood

SENTENCE_COLUMNS = (
    Column("file", "文件", "file"),
    Column("sheet", "工作表", "sheet"),
    Column("row", "行", "row", number=True),
    Column("sentence", "读作", "reads"),
)


def understood_document(understood: Understood) -> Document:
    """``{"tables": [{"file", "sheet", "mapping", "chosen", "sure", "near", "nodes", "relationships", "columns", "unused", "doubts",
    "sentences"}], "mapping"}``; ``mapping`` is the text of a mapping file for what was interpreted, to be edited and loaded with."""
    return {"tables": [_table(each) for each in understood.tables], "mapping": understood.mapping_text}


def _table(reading: TableReading) -> Document:
    proposal = reading.proposal
    return {
        "file": reading.file,
        "sheet": reading.sheet,
        "mapping": reading.mapping or None,
        "chosen": reading.chosen or None,
        "sure": reading.sure,
        "near": reading.near or None,
        "nodes": proposal.nodes if proposal else None,
        "relationships": proposal.relationships if proposal else None,
        "columns": [_column(each) for each in proposal.columns] if proposal else [],
        "unused": [asdict(each) for each in reading.unused],
        "doubts": [_doubt(each) for each in proposal.doubts] if proposal else [],
        "sentences": [_sentences(each) for each in reading.sentences],
    }


def _column(column: ColumnProposal) -> Document:
    return {
        "column": column.column,
        "kind": column.kind,
        "concept": column.concept,
        "used_for": list(column.used_for),
        "confidence": round(column.confidence, 3),
        "why": asdict(column.why),
        "examples": list(column.examples),
    }


def _doubt(doubt: Doubt) -> Document:
    options = [{"key": each.key, "label": asdict(each.label)} for each in doubt.options]
    return {"column": doubt.column, "question": asdict(doubt.question), "options": options, "proposed": doubt.proposed}


def _sentences(row: RowSentences) -> Document:
    return {
        "row": row.row,
        "sentences": [asdict(each) for each in row.sentences],
        "lost": [asdict(each) for each in row.lost],
        "rejected": row.rejected,
    }


def understood_result(understood: Understood, language: Language) -> Result:
    """One row a sentence."""
    rows = [
        (reading.file, reading.sheet, row.row, _said(sentence, language))
        for reading in understood.tables
        for row in reading.sentences
        for sentence in row.sentences
    ]
    return Result(understood_document(understood), SENTENCE_COLUMNS, rows)


def reading_lines(readings: Sequence[TableReading], language: Language) -> Iterator[str]:
    """What was understood, table by table: the sentences of the first rows, then column by column."""
    for reading in readings:
        yield _heading(reading, language)
        for row in reading.sentences:
            yield from _row_lines(row, language)
        if reading.proposal is not None:
            yield say(language, "  各列：", "  columns:")
            for column in reading.proposal.columns:
                if column.used:
                    yield f"    {column.column} → {_said(column.why, language)}{_examples(column.examples, language)}"
        if reading.unused:
            listed = say(language, "、", ", ").join(f"{each.column} ({each.value})" for each in reading.unused)
            yield say(language, f"  没用上：{listed}", f"  not used: {listed}")


def _heading(reading: TableReading, language: Language) -> str:
    place = f"{reading.file} [{reading.sheet}]" if reading.sheet else reading.file
    if not reading.mapping:
        return say(language, f"{place}：没有读出人、机构或项目", f"{place}: nobody and nothing was found in it")
    how = {
        "interpreted": ("没有现成的映射，按列名和内容读作：", "no mapping is known; by its headings and values it reads:"),
        "kept": ("按上次存下的映射读作：", "by the mapping kept beside it, it reads:"),
    }.get(reading.chosen, (f"按映射 {reading.mapping} 读作：", f"by the mapping {reading.mapping} it reads:"))
    near = (
        say(language, f"（若就是这类表：--mapping {reading.near}）", f" (if it is such a list: --mapping {reading.near})")
        if reading.near
        else ""
    )
    return say(language, f"{place}：{how[0]}{near}", f"{place}: {how[1]}{near}")


def _row_lines(row: RowSentences, language: Language) -> Iterator[str]:
    told = [_said(each, language) for each in row.sentences]
    if told:
        yield say(language, f"  第{row.row}行：{'；'.join(told)}", f"  row {row.row}: {'; '.join(told)}")
    for lost in row.lost:
        word = say(language, "不载入", "left out") if not row.rejected else say(language, "整行不载入", "the row is not loaded")
        yield say(language, f"  第{row.row}行{word}：{lost.zh}", f"  row {row.row}, {word}: {lost.en}")


def _examples(examples: Sequence[str], language: Language) -> str:
    listed = say(language, "、", ", ").join(examples)
    return say(language, f"，如 {listed}", f", such as {listed}") if listed else ""


def _said(text: Bilingual, language: Language) -> str:
    return say(language, text.zh, text.en)
