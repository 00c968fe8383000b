"""Blank workbooks (模板): a sheet to fill in, with its columns checked as far as a spreadsheet can, and a sheet that explains each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import FileProblem, MappingProblem
from graph.explanations import system_reason
from graph.messages import message
from graph.ontology.schema import Ontology, PropertyType
from ingest.mapping.spec import MappingSpec, ValueSpec
from ingest.outcome import Bilingual

ROWS = 5_000
"""Rows below the header that are checked while they are typed."""

SHEET = "填写"
GUIDE = "填写说明"
LISTED_CHARACTERS = 255
"""What a spreadsheet takes for the list of a column's values."""

HOW: Mapping[str, Bilingual] = {
    "date": Bilingual("日期，可只写年或年月：2020-09-10、2020年9月", "A date, or only its year or month: 2020-09-10"),
    "date-range": Bilingual("起止日期：2020-08 至 2021-07", "First and last date: 2020-08 至 2021-07"),
    "integer": Bilingual("整数", "A whole number"),
    "count": Bilingual("数目：6、6人", "A number: 6"),
    "decimal": Bilingual("数字", "A number"),
    "money-wan": Bilingual("金额（万元）：30、50-80、面议", "An amount in 10,000 yuan: 30, 50-80, 面议"),
    "uscc": Bilingual("统一社会信用代码，18 位", "The unified social credit code, 18 characters"),
    "phone": Bilingual("电话号码（载入时只留下不可还原的摘要）", "A telephone number (only a keyed hash of it is kept)"),
    "batch-number": Bilingual("批次：13、第十三批", "A batch: 13, 第十三批"),
}
_FREE = Bilingual("文字", "Text")
_LIST = Bilingual("；多项用顿号分开", "; several parted by 、")


@dataclass(frozen=True, slots=True)
class ColumnGuide:
    """What belongs into one column: which properties it feeds, how it is written, and the closed list of its values, if it has one."""

    name: str
    required: bool
    meaning: Bilingual
    how: Bilingual
    choices: tuple[str, ...]
    example: str


def guide(spec: MappingSpec, ontology: Ontology) -> tuple[ColumnGuide, ...]:
    """The columns of a mapping that has a template, required ones first."""
    fed: dict[str, list[tuple[PropertyType, ValueSpec]]] = {}
    for property_type, value in _properties(spec, ontology):
        for column in value.columns:
            fed.setdefault(column, []).append((property_type, value))
    in_lists = {column for each in spec.lists.values() for column in each.columns}
    example = spec.template.example if spec.template else {}
    names = (*spec.columns.required, *spec.columns.optional)
    return tuple(_column(name, spec, fed.get(name, []), in_lists, example.get(name, "")) for name in names)


def _properties(spec: MappingSpec, ontology: Ontology) -> Iterator[tuple[PropertyType, ValueSpec]]:
    for node in spec.nodes.values():
        known = ontology.node_type(node.type.names[0]).properties
        yield from ((known[name], value) for name, value in node.properties.items())
    for relationship in spec.relationships.values():
        known = ontology.relationship_type(relationship.type).properties
        yield from ((known[name], value) for name, value in relationship.properties.items())


def _column(name: str, spec: MappingSpec, fed: list[tuple[PropertyType, ValueSpec]], in_lists: set[str], example: str) -> ColumnGuide:
    labels = list(dict.fromkeys((kind.label.zh, kind.label.en) for kind, _ in fed))
    meaning = Bilingual("、".join(zh for zh, _ in labels), ", ".join(en for _, en in labels))
    ranged = any(value.options.get("part") for _, value in fed)
    worded = spec.wording.get(name)
    value_type = "date-range" if ranged else worded.value if worded and worded.value else next((kind.value for kind, _ in fed), "text")
    choices = next((tuple(each.value for each in kind.choices) for kind, value in fed if kind.choices and not _reworded(value)), ())
    how = Bilingual("只填：" + "、".join(choices), "One of: " + ", ".join(choices)) if choices else HOW.get(value_type, _FREE)
    if name in in_lists:
        how = Bilingual(how.zh + _LIST.zh, how.en + _LIST.en)
    return ColumnGuide(name, name in spec.columns.required, meaning, how, () if name in in_lists else choices, example)


def _reworded(value: ValueSpec) -> bool:
    """Whether the cell may be written in other words than the value that is stored."""
    return bool(value.extract or value.patterns or value.template or value.map or value.split)


def write_templates(specs: Mapping[str, MappingSpec], folder: Path, ontology: Ontology) -> list[Path]:
    """Writes the workbooks of all mappings that have a template; returns their paths. Raises ``MappingProblem`` where none has one,
    ``FileProblem`` where a file stands in the way or cannot be written."""
    chosen = [spec for spec in specs.values() if spec.template]
    if not chosen:
        raise MappingProblem(
            message("There is no template for {specs}.", specs=sorted(specs)),
            hint=message("A mapping has one if it states template: (docs/mappings.md)."),
            where={"parameter": "mapping"},
        )
    paths = []
    for spec in chosen:
        assert spec.template is not None
        path = folder / f"{spec.template.file}.xlsx"
        if path.exists():
            raise FileProblem(
                message("{file} already exists.", file=path.name), hint=message("Choose an empty folder."), where={"file": str(path)}
            )
        paths.append(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for spec, path in zip(chosen, paths, strict=True):
            workbook(spec, ontology).save(path)
    except OSError as problem:
        raise FileProblem(
            message("{folder} cannot be written to: {reason}.", folder=folder, reason=system_reason(problem)), where={"file": str(folder)}
        ) from problem
    return paths


def workbook(spec: MappingSpec, ontology: Ontology) -> Workbook:
    """One blank workbook. The example stands below the header; a load passes over it as long as nobody changes it."""
    columns = guide(spec, ontology)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    _fill_in(sheet, columns)
    _explain(book.create_sheet(GUIDE), spec, columns)
    return book


_HEAD = Font(bold=True)
_REQUIRED = PatternFill("solid", start_color="FFF2CC")
_OPTIONAL = PatternFill("solid", start_color="EDEDED")
_EXAMPLE = Font(italic=True, color="808080")
_LINE = Border(bottom=Side("thin"))


def _fill_in(sheet: Worksheet, columns: tuple[ColumnGuide, ...]) -> None:
    for number, column in enumerate(columns, start=1):
        head = sheet.cell(1, number, column.name)
        head.font, head.fill, head.border = _HEAD, _REQUIRED if column.required else _OPTIONAL, _LINE
        head.comment = Comment(("必填。" if column.required else "选填。") + column.how.zh, "Lianyin", width=260, height=90)
        example = sheet.cell(2, number, column.example)
        example.font, example.number_format = _EXAMPLE, "@"
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(12, min(40, 2 + 2 * max(len(column.name), len(column.example))))
        for row in range(3, 103):
            sheet.cell(row, number).number_format = "@"  # as typed: no date or long number is rewritten by the spreadsheet
        _check(sheet, column, f"{letter}3:{letter}{ROWS}")
    sheet.freeze_panes = "A2"


def _check(sheet: Worksheet, column: ColumnGuide, cells: str) -> None:
    """What the spreadsheet warns of while somebody types. It warns only: files from elsewhere are held to the same rules when they load."""
    listed = ",".join(column.choices)
    if not column.choices or len(listed) > LISTED_CHARACTERS or any("," in each for each in column.choices):
        return
    rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=not column.required, errorStyle="warning", showErrorMessage=True)
    rule.errorTitle, rule.error = column.name, column.how.zh[:LISTED_CHARACTERS]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _explain(sheet: Worksheet, spec: MappingSpec, columns: tuple[ColumnGuide, ...]) -> None:
    title = sheet.cell(1, 1, f"{spec.source.name.zh}：怎样填写 / how to fill in")
    title.font = _HEAD
    rows = [("列 column", "必填 required", "含义 meaning", "怎样写 how", "示例 example", "也认的列名 other headings")]
    for each in columns:
        also = "、".join(spec.columns.aliases.get(each.name, ()))
        meaning = f"{each.meaning.zh} {each.meaning.en}".strip()
        rows.append((each.name, "是 yes" if each.required else "", meaning, f"{each.how.zh}\n{each.how.en}", each.example, also))
    for number, row in enumerate(rows, start=3):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 3:
                cell.font, cell.border = _HEAD, _LINE
    for letter, width in zip("ABCDEF", (18, 10, 30, 44, 34, 34), strict=True):
        sheet.column_dimensions[letter].width = width
