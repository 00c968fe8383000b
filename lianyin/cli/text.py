"""Text for a terminal: one language of two, safe to print, errors in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.errors import Ambiguous, LianyinError
from graph.messages import said
from lianyin.conditions import parameter_named
from lianyin.language import Language, say

# C0 and C1 controls, line and paragraph separators, and what turns the direction of writing: none belongs in a name.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_PLACES = {
    "file": ("文件", "file"),
    "sheet": ("工作表", "sheet"),
    "row": ("行", "row"),
    "column": ("列", "column"),
    "line": ("行", "line"),
    "parameter": ("参数", "parameter"),
}


def printable(text: str) -> str:
    """The text without anything that moves a terminal's cursor or turns its direction; line breaks become spaces."""
    return _UNSAFE.sub(" ", text)


def error_line(problem: LianyinError, language: Language) -> str:
    """What is wrong, where, and what to do, in one line."""
    title = say(language, f"错误 {problem.title_zh}：", f"error: {problem.title_en}: ")
    detail, hint = said(problem.detail, language), said(problem.hint, language)
    parts = (detail, _place(parameter_named(problem.where), detail, language), hint)
    return printable(title + " ".join(part.strip() for part in parts if part.strip()).replace("。 ", "。"))


def candidate_lines(problem: Ambiguous) -> list[str]:
    """The candidates, numbered: id, type, caption, and what tells them apart."""
    return [
        printable(
            "  ".join(filter(None, (f"{number:>3}.", one.get("id", ""), one.get("type", ""), one.get("caption", ""), one.get("hint", ""))))
        )
        for number, one in enumerate(problem.candidates, 1)
    ]


def _place(where: Mapping[str, str | int], detail: str, language: Language) -> str:
    """The places that the sentence itself does not name yet."""
    named = [
        f"{say(language, *_PLACES.get(kind, (kind, kind)))} {value}"
        for kind, value in where.items()
        if value != "" and str(value) not in detail
    ]
    return f"[{', '.join(named)}]" if named else ""
