"""Rows of a table that are no record of it: totals, notes, signatures, page marks, headings of groups. Told by the row as a whole, since
each of their words may also be a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graph.values.absence import no_value
from graph.values.normal import narrow
from ingest.outcome import Bilingual
from ingest.row_words import NUMBER, Words, words

TOTAL = Bilingual("合计、小计一类的行，不是数据", "a total or count, not a record")
NOTE = Bilingual("表中的说明文字，不是数据", "a note, not a record")
SIGNATURE = Bilingual("制表、审核、日期一类的落款，不是数据", "a signature or date of the table, not a record")
PAGE = Bilingual("页码或表尾标记，不是数据", "a page or end mark, not a record")
GROUP = Bilingual("分组标题，不是数据", "a heading of a group, not a record")
LONE = Bilingual("整行只填了一格：可能是分组标题", "only one cell of the row is filled: it may be a heading")
HINT = Bilingual("未导入。若它确是数据，请补齐该行其他各格。", "Not loaded. If it is a record, fill in its other cells.")
HINT_LONE = Bilingual("若不是数据，请删去该行再导入。", "If it is no record, delete the row and load again.")

KINDS = frozenset({TOTAL, NOTE, SIGNATURE, PAGE, GROUP})
LONGEST_TOTAL = 60
LEAST_FOR_GROUPS = 3
"""Columns that a table has at least for a single cell to be a heading."""

_NUMERIC = re.compile(rf"(?:[¥$€£]|[A-Z]{{3}} )?{NUMBER}(?:[/:年月日~ -]+[\d.]*)* ?[%‰]? ?(?:[^\W\d]{{1,4}}|[¥$€£])?|0x0", re.IGNORECASE)
_COUNTED = re.compile(r"共?(?:[^\W\d]{1,6}[:：]? ?)?\d{1,6} ?[^\W\d]{1,20}")
"""How many of something there are, beside the word for a total: 企业8家, ``12 roles``."""
_COUNT = re.compile(r"(?:共|计|計)?\d{1,5} ?(?:[^\W\d]{4,20}|[家人名项個个件社校条位所機関团队]{1,2})")
"""The same where no word for a total stands before it, and no more than a number beside it: ``12 loans``, 共12家."""
_DATE = re.compile(
    r"(?:19|20)\d\d ?[年./-] ?\d{1,2}(?: ?[月./-](?: ?\d{1,2} ?日?)?)?|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d"
    r"|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_STARRED = re.compile(r"(?:[*※†‡]+|\[\d+\]|[①-⑩]) ?\S.{4,}")


class NoRecord(NamedTuple):
    """What a row is instead of a record, and the cell that says so."""

    column: str
    text: str
    reason: Bilingual


def no_record(cells: Mapping[str, str]) -> NoRecord | None:
    """What a row is, if it is no record of its table. Cheap for nearly all rows: the first filled cell begins with another letter."""
    known = words()
    first = next(filter(str.strip, cells.values()), "").lstrip()
    if not first:
        return None
    totals = not known.exact_totals.isdisjoint(cells.values())
    may = totals or first[0] in known.beginnings or first[-1] in "计計lL" or sum(map(bool, cells.values())) <= 2
    return _no_record(cells, known) if may else None


def _no_record(cells: Mapping[str, str], known: Words) -> NoRecord | None:
    start = narrow(next(filter(str.strip, cells.values())))
    said = (known.total, known.total_with_numbers, known.note, known.signature)
    if not any(form.fullmatch(start) for form in said) and known.exact_totals.isdisjoint(cells.values()):
        texts = [narrow(text) for text in cells.values() if text.strip()]
        if len(cells) > LEAST_FOR_GROUPS and _COUNT.fullmatch(start) and all(map(_is_number, texts[1:])):
            return NoRecord(next(column for column, text in cells.items() if text.strip()), start, TOTAL)
        if len(texts) > 1:
            return None
    filled = [(column, narrow(text)) for column, text in cells.items() if text.strip()]
    column, first = filled[0]
    texts = [text for _, text in filled]
    kind = _kind(first, texts, len(cells), known)
    if kind is None:
        column, first, kind = next(
            ((name, text, TOTAL) for name, text in filled[1:] if text in known.exact_totals and _labels(texts) <= 1), ("", "", None)
        )
    return None if kind is None else NoRecord(column, first, kind)


def _kind(first: str, texts: Sequence[str], width: int, known: Words) -> Bilingual | None:
    """What a row whose first filled cell reads so is. ``width`` counts the table's columns."""
    if _sums(first, texts, known):
        return TOTAL
    few = len(texts) == 1 or (len(texts) == 2 < width) or len(texts) * 3 <= width
    if few and known.note.fullmatch(first):
        return NOTE
    if known.signature.fullmatch(first) and (few or sum(known.signature.fullmatch(text) is not None for text in texts) > 1):
        return SIGNATURE
    return _lone_kind(first, width, known) if len(texts) == 1 else None


def _sums(first: str, texts: Sequence[str], known: Words) -> bool:
    if len(first) > LONGEST_TOTAL or not all(_is_number(text) or _COUNTED.fullmatch(text) for text in texts[1:]):
        return False
    return known.total.fullmatch(first) is not None or (len(texts) > 1 and known.total_with_numbers.fullmatch(first) is not None)


def _lone_kind(text: str, width: int, known: Words) -> Bilingual | None:
    """What the only filled cell of a row says that it is."""
    if known.page.fullmatch(text):
        return PAGE
    if width > 1 and _DATE.fullmatch(text):
        return SIGNATURE
    if width > 1 and _STARRED.fullmatch(text):
        return NOTE
    return GROUP if width >= LEAST_FOR_GROUPS and known.heading.fullmatch(text) else None


def _labels(texts: Sequence[str]) -> int:
    """Cells beside totals and numbers."""
    return sum(not _is_number(text) and text not in words().exact_totals for text in texts)


def _is_number(text: str) -> bool:
    return _NUMERIC.fullmatch(text) is not None or no_value(text)


def is_lone(cells: Mapping[str, str]) -> bool:
    """Whether a row of a wide table has one filled cell only, and that holds words, not a number or code."""
    text = _only_text(cells) if len(cells) >= LEAST_FOR_GROUPS else ""
    return bool(text) and not any(map(str.isdigit, text))


def _only_text(cells: Mapping[str, str]) -> str:
    """The text of the only filled cell; empty where there are none or, as in nearly all rows, more."""
    filled = filter(None, cells.values())
    text = next(filled, "")
    return "" if next(filled, "") else text
