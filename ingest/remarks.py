"""What there is to know of a workbook that its cells do not say, as notices: a row or a cell each, hidden rows once for a sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ingest.outcome import NO_TEXT, Bilingual, Notice
from ingest.readers.base import Remark, repeated_headings

_WORDS = {
    "error": (
        Bilingual("单元格是公式的错误值：读作空", "the cell holds an error of its formula: read as empty"),
        Bilingual("在原表中改正公式后再导入。", "Correct the formula and load again."),
    ),
    "no-result": (
        Bilingual("公式没有存下结果：读作空", "the formula was saved without its result: read as empty"),
        Bilingual("用 Excel 打开、保存后再导入。", "Open it in Excel, save it, and load again."),
    ),
    "rounded": (
        Bilingual("数字超过 15 位，保存时已丢失末尾数字", "a number of more than 15 digits was stored rounded: its last digits are lost"),
        Bilingual("把该栏设为文本格式，重新填写后再导入。", "Format the column as text, enter the number again and load."),
    ),
    "hidden-unknown": (
        Bilingual(
            "格式信息太大或已损坏：隐藏的行无从得知，数字按存储的值读取（如前面的 0 会缺）",
            "the formats are torn or too large: hidden rows cannot be told, and numbers are read as stored (without leading zeros)",
        ),
        Bilingual("用 Excel 另存为 .xlsx 后再导入。", "Save it as .xlsx and load that."),
    ),
    "macros": (
        Bilingual("工作簿含宏：从不运行", "the workbook holds macros: they are never run"),
        NO_TEXT,
    ),
    "links": (
        Bilingual(
            "工作簿链接了别的文件：不去读取，只用存下的值", "the workbook links to other files: they are not read, saved values are taken"
        ),
        NO_TEXT,
    ),
}
_COUNTED = {
    "short": (
        Bilingual("{times} 行比表头短：缺少的单元格按空读取", "{times} rows end before the last column: what is missing is read as empty"),
        Bilingual("若某行中间漏了分隔符，请改正后再导入。", "If a delimiter is missing within a row, correct it and load again."),
    ),
    "beside": (
        Bilingual("{times} 行在没有表头的列里有内容：未读取", "{times} rows hold something in columns without a heading: it is not read"),
        Bilingual("给该列加上表头，或删去这些内容。", "Give the column a heading, or delete it."),
    ),
    "private-use": (
        Bilingual("有 {times} 个自造字（私用区字符），别处显示为方框", "{times} private-use characters, which others see as boxes"),
        Bilingual("改用通行的字后再导入。", "Replace them by standard characters and load again."),
    ),
    "mark-inside": (
        Bilingual("文件中间有字节顺序标记（多个文件拼接而成）：已略去", "byte-order marks inside the file (files put together): left out"),
        NO_TEXT,
    ),
}
_REPEATED = Bilingual("表头里有重复的列名：后一列未读取", "the heading comes again: the later column is not read")
_HIDDEN = Bilingual("隐藏的行：照样读取", "hidden rows: read like the others")
NAMED = 10
"""Hidden rows that are named one by one."""


def notices_of(remarks: Sequence[Remark], header: Sequence[str], header_row: int, known: Collection[str]) -> Iterator[tuple[int, Notice]]:
    """(row, notice). Of single cells only those below the header and in columns that the mapping knows are spoken of."""
    hidden = [each.row for each in remarks if each.kind == "hidden" and each.row > header_row]
    if hidden:
        rows = "、".join(map(str, hidden[:NAMED])), ", ".join(map(str, hidden[:NAMED]))
        more = len(hidden) - NAMED
        zh = f"第 {rows[0]} 行" + (f"，另有 {more} 行" if more > 0 else "") + "：若本该去掉，请删除后再导入。"
        en = f"Rows {rows[1]}" + (f" and {more} more" if more > 0 else "") + ": delete them and load again if they should not count."
        yield hidden[0], Notice("", "", _HIDDEN, False, Bilingual(zh, en))
    for kind, row, column, times in remarks:
        if kind == "hidden":
            continue
        if kind in _COUNTED:
            reason, hint = _COUNTED[kind]
            filled = Bilingual(reason.zh.format(times=times), reason.en.format(times=times))
            yield row, Notice("", "", filled, kind == "beside", hint)
            continue
        reason, hint = _WORDS[kind]
        if column < 0:
            yield row, Notice("", "", reason, False, hint)
        elif row > header_row and column < len(header) and header[column] in known:
            # What was stored rounded is read as it is stored; in an error there is nothing to read.
            yield row, Notice(header[column], "", reason, kind != "rounded", hint)


def repeated_columns(header: Sequence[str], header_row: int) -> Iterator[tuple[int, Notice]]:
    """(row, notice) for each column whose heading an earlier column has."""
    for _, heading in repeated_headings(header):
        yield header_row, Notice(heading, "", _REPEATED, True, NO_TEXT)
