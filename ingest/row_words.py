"""Words of rows that are no records (``rows.yaml``), ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

NUMBER = r"[-+]?[\d.,'’ ]*\d[\d.,'’ ]*"
_HAN_NUMBER = r"[\d一二三四五六七八九十百千万两〇零,]+"
_SOME = rf"(?:{NUMBER}|{_HAN_NUMBER}) ?(?:[^\W\d]{{1,6}}|%)?"
_BEHIND = rf"(?: ?\([^()]{{0,30}}\))? ?[:=]? ?(?:{_SOME})?[.。]?"
"""What may stand behind a total's word in its cell: a unit in brackets, a number."""

_MARKS = frozenset("总一共(（*※†‡[①②③④⑤⑥⑦⑧⑨⑩")


class Words(NamedTuple):
    """Patterns over plain texts. ``beginnings`` are the letters that a total, note or signature may begin with; ``marks`` stand for what is
    above, or on the ``left``."""

    exact_totals: frozenset[str]
    total: re.Pattern[str]
    total_with_numbers: re.Pattern[str]
    note: re.Pattern[str]
    signature: re.Pattern[str]
    page: re.Pattern[str]
    heading: re.Pattern[str]
    beginnings: frozenset[str]
    marks: frozenset[str]
    left: frozenset[str]


@cache
def words() -> Words:
    """The table, read once."""
    with (Path(__file__).parent / "rows.yaml").open(encoding="utf-8") as stream:
        found: dict[str, Any] = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    listed = (*found["totals"].values(), *found["notes"].values(), *found["signatures"].values())
    begin = frozenset(letter for texts in listed for text in texts for letter in (text[0], text[0].upper()))
    return Words(
        frozenset(each for each in found["totals"]["zh"] if len(each) > 1),
        _pattern(_total(found["totals"])),
        _pattern(_any(found["totals"]["with_numbers"]) + _BEHIND),
        _pattern(_note(found["notes"])),
        _pattern(_signature(found["signatures"])),
        _pattern("|".join(found["pages"])),
        _pattern("|".join(found["headings"])),
        begin | _MARKS,
        _written((*found["ditto"], *found["left"])),
        _written(found["left"]),
    )


def _total(spec: Mapping[str, Sequence[str]]) -> str:
    han, latin = _any(spec["zh"]), _any(spec["latin"])
    return "|".join(
        (
            rf"(?:.{{0,20}}?{han}(?:金额|人数|数量|家数|户数|项数|数)?|{latin}|[\w ]{{1,20}} (?:sub)?total){_BEHIND}",
            rf"(?:{han}|{latin}) ?:.{{0,40}}",
            r"(?:sub-?total|zwischensumme|total for|total of) .{1,30}",
            rf"{_any(spec['counts'])} ?[:=] ?{_SOME}",
            rf"(?:总共|一共|合共|共有|共) ?{_HAN_NUMBER} ?[^\d\s]{{1,6}}",
            rf"(?:totals?|summe|gesamt)(?: (?:of )?[^\W\d]+){{0,4}} ?[:=]? ?{_SOME}",
        )
    )


def _note(spec: Mapping[str, Sequence[str]]) -> str:
    han = _any(spec["zh"])
    return rf"(?:{han}|{_any(spec['latin'])})[ \d一二三四五六七八九十①-⑩*()]*[:.].*|{han}"


def _signature(spec: Mapping[str, Sequence[str]]) -> str:
    return "|".join(
        (
            rf"\(?{_any(spec['zh'])}(?: ?\([^()]*\))? ?[:].*",
            rf"{_any(spec['latin'])}\b(?:[^\w]*[:_].*| .{{0,60}})?",
            rf"{_any(spec['marked'])} ?[:_].*",
            rf"\(?{_any(spec['alone'])}\)?",
        )
    )


def _any(texts: Iterable[str]) -> str:
    """Any of the texts, the longest first; Chinese ones with or without spaces within."""
    spaced = (" ?".join(map(re.escape, text)) if not text.isascii() and len(text) <= 4 else re.escape(text) for text in texts)
    return "(?:" + "|".join(sorted(spaced, key=len, reverse=True)) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _written(texts: Sequence[str]) -> frozenset[str]:
    """As it is typed: small, with a capital, in capitals."""
    return frozenset(way for text in texts for way in (text, text.capitalize(), text.upper()))
