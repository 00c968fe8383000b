"""Traditional characters as simplified ones, by OpenCC's tables."""

from __future__ import annotations

from functools import cache
from typing import Protocol


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters (蘇北農學院 as 苏北农学院); texts that are in them already stay as they are."""
    return text if text.isascii() else _converter().convert(text)
