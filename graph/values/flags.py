"""Flags: what a person should know of a value that loads all the same, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class FlagText(NamedTuple):
    """What people read for a flag."""

    zh: str
    en: str


FLAGS: Mapping[str, FlagText] = MappingProxyType(
    {
        "check-digit": FlagText("校验位不符：保留原文，不作标识", "the check digit is wrong: kept as text, not used as an identifier"),
        "letter-for-digit": FlagText(
            "含不该有的字母：O 应为 0，I 应为 1", "holds a letter that the code never has: O is probably 0, I probably 1"
        ),
        "unknown-province": FlagText("省份代码不在国标内：不作标识", "its province code is not in GB/T 2260: not used as an identifier"),
        "unknown-kind": FlagText("类别代码少见，请核对", "an unusual kind of code: please check"),
        "exchange-inferred": FlagText("没写交易所：按代码段推定", "no exchange given: told from the number"),
        "unknown-code": FlagText("代码不在所存的标准表内，可能较新", "the code is not in the table at hand; it may be newer"),
        "statistics-code": FlagText("统计用区划代码，非国标代码", "a statistics code, not one of the national standard"),
        "superseded": FlagText("旧区划代码，已有后继", "an old division code: it has a successor"),
        "section-mismatch": FlagText("门类字母与数字不合", "the section letter does not fit the digits"),
        "old-edition": FlagText("旧版代码：原样保留", "a code of an older edition: kept as it is"),
        "in-words": FlagText("只有文字说法，没有等级数", "said in words only, without a level"),
        "pending": FlagText("申请中，尚无编号", "applied for, no number yet"),
        "no-date": FlagText("原表无日期", "the source gives no date"),
        "ongoing": FlagText("仍在进行", "still going on"),
        "range": FlagText("一格写了起止：各取所需", "a range in one cell: its start and its end were taken apart"),
        "year-inferred": FlagText("没写年份：按文件年份补", "no year given: the file's year was taken"),
        "century-inferred": FlagText("年份只有两位：补全世纪", "a year of two digits: the century was told from it"),
        "approximate": FlagText("约数", "approximate"),
        "at-least": FlagText("“以上”：按下限计", "given as 'at least': the lower limit was taken"),
        "at-most": FlagText("“以内”：按上限计", "given as 'at most': the upper limit was taken"),
        "negotiable": FlagText("面议，没有数额", "negotiable, no amount"),
        "garbled": FlagText("疑似乱码", "the text looks garbled"),
        "repaired": FlagText("乱码已修复，原文保留", "garbled text was repaired; the original is kept"),
        "several-people": FlagText("像是不止一人", "looks like more than one person"),
        "several-lines": FlagText("一格有两行：可能是两个名称", "two lines in one cell: they may be two names"),
        "not-in-list": FlagText("不在选项内", "not one of the choices"),
    }
)
