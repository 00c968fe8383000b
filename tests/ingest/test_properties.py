"""Whatever stands in a file: every record is accounted for once, at its own row, and no personal value leaves through a report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import RecordOutcome
from ingest.mapping import load_mapping_text
from ingest.report import totals
from ingest.text import hashed, mask, normal
from tests.ingest.reading import MappedFile, default_types, map_files
from tests.ingest.test_pipeline import HEADER, ROSTER

CELL = st.text(st.sampled_from('张李王拟示例大学0129-.年月,"；\t 　\u200bAé'), max_size=6)
HAN = st.sampled_from("龘靐齉爩鱻麤灪龗")  # in no sentence of ours
LINE = st.one_of(
    st.lists(CELL, min_size=4, max_size=6).map(",".join),
    st.tuples(CELL, CELL).map(lambda cells: f"{cells[0]},{cells[1]},,2019-08,2020-08"),
    st.just(""),
)


@given(lines=st.lists(LINE, max_size=12))
def test_every_record_is_accounted_for_once(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    found = mapped(tmp_path_factory, lines)
    rows = [each.drafts.record.row for each in found.loaded] + [each.row for each in found.rejected]
    assert len(rows) == len(set(rows)) == found.read
    assert set(rows) <= set(range(2, len(lines) + 2))
    for each in found.loaded:
        text = lines[each.drafts.record.row - 2]
        assert all(normal(str(draft.values["name"]))[0] in normal(text) for draft in each.drafts.drafts if "name" in draft.values)


def mapped(folders: pytest.TempPathFactory, lines: list[str]) -> MappedFile:
    path: Path = folders.mktemp("roster") / "a.csv"
    path.write_text(HEADER + "\n".join(lines), encoding="utf-8", newline="")
    return map_files([path], load_mapping_text(ROSTER, "roster.yaml", default_types()), default_types())


@given(name=st.text(HAN, min_size=2, max_size=4), phone=st.integers(10**10))
def test_no_personal_value_leaves_through_a_report(tmp_path_factory: pytest.TempPathFactory, name: str, phone: int) -> None:
    lines = [
        f"{name},示例大学,{phone}x,2019-08,2020-08",
        f"{name},,{phone},2019-08,2020-08",
        f"{name},示例大学,,2020-02-31,2020-08",
        f"{name},示例大学,{phone},2019-08,2020-08,{name}",
    ]
    found = mapped(tmp_path_factory, lines)
    told = json.dumps([asdict(each) for each in (*found.rejected, *found.notices())], ensure_ascii=False)
    assert len(found.rejected) == 4
    assert name not in told
    assert str(phone) not in told
    assert not any(name in each.drafts.record.key for each in found.loaded)


@given(st.lists(st.sampled_from(RecordOutcome)), st.integers(0, 20), st.integers(-3, 3).filter(bool))
def test_the_totals_refuse_a_record_that_is_unaccounted_for(outcomes: list[RecordOutcome], rejected: int, lost: int) -> None:
    read = len(outcomes) + rejected
    assert totals(read, Counter(outcomes), rejected).read == read
    with pytest.raises(ValueError, match="unaccounted for"):
        totals(read + lost, Counter(outcomes), rejected)


@given(st.text(max_size=12))
def test_normal_form_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_keys_and_masks_do_not_show_names() -> None:
    assert normal("李 　 平") == normal("李平") == "李平"
    assert normal(" Anna  Maria\u200b ") == "Anna Maria"
    assert mask("张拟拟") == "张＊"
    assert mask("  ") == ""
    assert hashed("k", "a", ["张", "拟"]) != hashed("k", "a", ["张拟", ""]) != hashed("k", "b", ["张拟", ""])
    assert hashed("k", "a", ["张"]) != hashed("l", "a", ["张"]), "without the key nobody can try a name"
    assert len(hashed("k", "a", ["张"])) == 16
