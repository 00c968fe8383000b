"""Texts that are written in both languages beside each other: both halves are filled, differ, and are in their own language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lianyin.cli.usage import recognised
from tools.messages import ROOMS

HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[A-Za-z]{3}")
VALUE = re.compile(r"\{\w*\}")
PAIRS = {"Bilingual": 0, "Label": 0, "say": 1}
"""Functions that take a Chinese text and an English one, and where the Chinese stands."""

SAME = {"PageRank", "--date"}
"""Names that are the same in both languages."""


def written(node: ast.expr) -> str | None:
    """A text that stands in the code, its values as ``{}``; none where it is put together elsewhere."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = written(node.left), written(node.right)
        return None if left is None or right is None else left + right
    return None


def calls(checkout: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """Place, name of the function, call."""
    for room in ROOMS:
        for path in sorted((checkout / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = (
                        node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                    )
                    yield f"{path.relative_to(checkout)}:{node.lineno}", name, node


def pairs(checkout: Path) -> Iterator[tuple[str, str, str]]:
    for place, name, call in calls(checkout):
        if name in PAIRS:
            halves = [written(each) for each in call.args[PAIRS[name] :][:2]]
            if len(halves) == 2 and None not in halves:
                yield place, str(halves[0]), str(halves[1])


def faults(zh: str, en: str) -> Iterator[str]:
    """What is wrong with a pair. Chinese in an English text is an example, which stands in the Chinese text too."""
    if not (zh.strip() or en.strip()):
        return
    if not (zh.strip() and en.strip()):
        yield "one half is empty"
    elif zh == en and zh not in SAME and WORD.search(zh):
        yield "both halves are the same"
    elif WORD.search(VALUE.sub("", en)) and not HAN.search(zh) and zh not in SAME:
        yield "the Chinese half is not Chinese"
    elif any(found not in zh for found in HAN.findall(en)):
        yield "the English half is Chinese"


def test_both_halves_of_every_pair_are_in_their_language(checkout: Path) -> None:
    found = list(pairs(checkout))
    assert len(found) > 600
    assert [f"{place} {fault}: {zh!r} {en!r}" for place, zh, en in found for fault in faults(zh, en)] == []


def test_a_fault_is_found() -> None:
    wrong = (("", "a text"), ("a text", "a text"), ("some text", "a text"), ("文字", "文本"))
    assert all(list(faults(zh, en)) for zh, en in wrong)
    assert not list(faults("写明市名（如 扬州市）", "Write the city's name (扬州市)."))


def test_what_commands_say_of_their_use_is_in_the_catalogue(checkout: Path) -> None:
    said = [(place, written(call.args[0])) for place, name, call in calls(checkout) if name in ("UsageError", "BadParameter") and call.args]
    assert [place for place, text in said if text is not None and HAN.search(recognised(text).zh) is None] == []
