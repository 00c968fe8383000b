"""The named questions as they are answered: lines with the rows behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lianyin.answers.common import AnyNode, Lack, NodeBrief, SourceRow
from lianyin.answers.reader import Reader
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from cooperation.parameters import Parameter
    from cooperation.questions.question import Cell, Field, Line, Question
    from graph.model import Node

ROWS = 20
"""Source rows told of one line; beyond it their number."""

QUESTION_COLUMNS = (
    Column("number", "序号", "no.", number=True),
    Column("name", "名称", "name"),
    Column("question", "问题", "question"),
    Column("parameters", "参数", "takes"),
)


class EvidenceRow(SourceRow, total=False):
    """A source row; ``word`` is the source's own word for a relationship, where it keeps one."""

    word: str


Rows: TypeAlias = Mapping[str, Sequence[EvidenceRow]]
"""The source rows behind each node and relationship, by id."""

Value: TypeAlias = str | int | float | bool | AnyNode | list[AnyNode] | None
"""What stands in a cell; ``None`` is unknown, which is not zero."""


class Facts(NamedTuple):
    """Where an answer looks up what it tells: a ``node`` by its id, the source ``rows`` behind nodes and relationships by theirs."""

    node: Callable[[str], Node | None]
    rows: Callable[[Sequence[str]], Rows]


@dataclass(frozen=True, slots=True)
class ParameterTold:
    """One thing that a question takes: a node of one of ``types``, a text, a day, a number or a count."""

    name: str
    takes: str
    zh: str
    en: str
    required: bool
    types: list[str]


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A question that can be asked: its number (0 where it has none), how it is computed, and the privacy class that its reader needs."""

    number: int
    name: str
    zh: str
    en: str
    how_zh: str
    how_en: str
    clearance: int
    parameters: list[ParameterTold]


@dataclass(frozen=True, slots=True)
class QuestionsAnswer:
    """What can be asked."""

    questions: list[QuestionTold]


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column of the lines."""

    key: str
    zh: str
    en: str
    number: bool


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line: its cells by the keys of the columns, the first 20 source rows that it rests on, and how many there are."""

    cells: dict[str, Value]
    rows: list[EvidenceRow]
    rows_total: int


@dataclass(frozen=True, slots=True)
class LinesAnswer:
    """The answer to a named question. ``total`` is null where the graph lacks what the answer would rest on."""

    number: int | None
    name: str
    zh: str
    en: str
    how_zh: str
    how_en: str
    as_of: str
    data_date: str | None
    revision: int
    columns: list[LineColumn]
    total: int | None
    lines: list[AnswerLine]
    truncated: bool
    limit: str | None
    lacks: list[Lack]


def questions_answer(questions: Iterable[Question]) -> QuestionsAnswer:
    """All of them."""
    return QuestionsAnswer(
        [
            QuestionTold(
                number=question.number,
                name=question.name,
                zh=question.label.zh,
                en=question.label.en,
                how_zh=question.how.zh,
                how_en=question.how.en,
                clearance=question.clearance,
                parameters=[_parameter(parameter) for parameter in question.parameters],
            )
            for question in questions
        ]
    )


def _parameter(parameter: Parameter) -> ParameterTold:
    label = parameter.label
    return ParameterTold(parameter.name, parameter.takes.value, label.zh, label.en, parameter.required, list(parameter.types))


def questions_table(answer: QuestionsAnswer, reader: Reader) -> Table:
    """One row a question."""
    rows = [
        (
            question.number,
            question.name,
            say(reader.language, question.zh, question.en),
            " ".join(taken.name if taken.required else f"[{taken.name}]" for taken in question.parameters),
        )
        for question in answer.questions
    ]
    return Table(QUESTION_COLUMNS, rows)


def columns_told(columns: Iterable[Field]) -> list[LineColumn]:
    """The columns of a question."""
    return [LineColumn(column.key, column.label.zh, column.label.en, column.number) for column in columns]


def lines_told(lines: Sequence[Line], columns: Sequence[Field], reader: Reader, facts: Facts) -> list[AnswerLine]:
    """These lines with the source rows behind each."""
    behind = facts.rows(tuple(dict.fromkeys(id for line in lines for id in line.rests_on)))
    return [_line(line, columns, reader, facts, behind) for line in lines]


def _line(line: Line, columns: Sequence[Field], reader: Reader, facts: Facts, behind: Rows) -> AnswerLine:  # noqa: PLR0917
    cells = {column.key: _value(cell, reader, facts) for column, cell in zip(columns, line.cells, strict=True)}
    rows: dict[tuple[object, ...], EvidenceRow] = {}
    for id in line.rests_on:
        for row in behind.get(id, ()):
            rows.setdefault((row["file"], row["sheet"], row["row"], row["load"]), row)
    return AnswerLine(cells, list(rows.values())[:ROWS], len(rows))


def _value(cell: Cell, reader: Reader, facts: Facts) -> Value:
    from cooperation.questions.question import Ref

    if isinstance(cell, tuple):
        return [node for ref in cell if (node := node_told(ref.id, reader, facts)) is not None]
    return node_told(cell.id, reader, facts) if isinstance(cell, Ref) else cell


def node_told(id: str, reader: Reader, facts: Facts) -> AnyNode | None:
    """The node of an id, as far as the reader may know that it is there."""
    node = facts.node(id)
    return None if node is None or not reader.exists(node) else reader.named(node)


def lines_table(answer: LinesAnswer, reader: Reader) -> Table:
    """One row a line, and where it comes from."""
    columns = [Column(column.key, column.zh, column.en, number=column.number) for column in answer.columns]
    rows = [(*(_shown(line.cells[column.key]) for column in columns), _places(line)) for line in answer.lines]
    listed = len(rows)
    title = say(
        reader.language,
        f"{answer.zh}（{answer.as_of}）：共 {answer.total} 条",
        f"{answer.en} ({answer.as_of}): {answer.total} lines",
    )
    more = say(reader.language, f"，列出 {listed}", f", {listed} listed") if answer.truncated else ""
    return Table((*columns, Column("rows", "来源", "rows", detail=True)), rows, title=(title + more,))


def _shown(value: Value) -> object:
    if isinstance(value, NodeBrief):
        return value.caption
    if isinstance(value, list):
        return "、".join(node.caption for node in value)
    if isinstance(value, bool):
        return "✓" if value else "–"
    return value


def _places(line: AnswerLine) -> str:
    told = [f"{row['file']}:{row['row']}" for row in line.rows[:3]]
    more = line.rows_total - len(told)
    return "；".join(told) + (f" (+{more})" if more > 0 else "")
