"""Every row of docs/identifiers.md holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import ValueProblem
from graph.values import FLAGS, VALUE_TYPES, Context

ROW = re.compile(r"\| `(?P<type>[a-z0-9-]+)` \| `(?P<written>[^|]+?)` \| (?P<stored>[^|]+?) \|(?P<flags>[^|]*)\|")
PAGE = Path(__file__).resolve().parents[3] / "docs" / "identifiers.md"
ROWS = [match.groups() for match in map(ROW.fullmatch, PAGE.read_text(encoding="utf-8").splitlines()) if match]
CONTEXT = Context(year=2020)


@pytest.mark.parametrize(("name", "written", "stored", "flags"), ROWS)
def test_documented_example(name: str, written: str, stored: str, flags: str) -> None:
    if stored == "refused":
        with pytest.raises(ValueProblem) as problem:
            VALUE_TYPES[name].clean(written, CONTEXT)
        assert problem.value.hint
        return
    cleaned = VALUE_TYPES[name].clean(written, CONTEXT)
    said = [flag.strip() for flag in flags.split(",") if flag.strip()]
    assert (None if stored == "nothing" else stored.strip("`")) == (None if cleaned.value is None else str(cleaned.value))
    assert [*cleaned.flags, *([] if cleaned.identifier else ["no identifier"])] == said


def test_the_page_covers_the_codes() -> None:
    assert len(ROWS) > 85
    assert {name for name, *_ in ROWS} >= {"uscc", "school", "orcid", "ror", "pic", "gb2260", "gb4754", "gb13745", "ipc", "trl", "date"}


def test_every_flag_that_is_documented_has_words() -> None:
    said = {flag.strip() for *_, flags in ROWS for flag in flags.split(",") if flag.strip()} - {"no identifier"}
    assert said <= set(FLAGS)
    assert all(text.zh and text.en for text in FLAGS.values())
