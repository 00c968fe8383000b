"""Drafts of mappings: they hold as they stand, say what the headings say, and claim no more."""

from __future__ import annotations

import string
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.mapping import load_mapping_text
from ingest.mapping.draft import draft_mapping
from tests.ingest.reading import default_types, map_files

ACCOUNTS = [
    {"企业名称": "扬州示例重工有限公司", "统一社会信用代码": "91350100M000100Y43", "联系人": "甲", "电话": "", "备注": "x"},
    {"企业名称": "示例泵业有限公司", "统一社会信用代码": "91320500MA10000190", "联系人": "", "电话": "", "备注": ""},
]


def test_a_draft_loads_and_tells_what_it_saw(tmp_path: Path) -> None:
    rows = [{**each, "统一社会信用代码": "91350100M000100Y43"} for each in ACCOUNTS]
    text = draft_mapping("accounts", list(rows[0]), rows, default_types())
    spec = load_mapping_text(text, "draft.yaml", default_types())["accounts"]
    assert {key: node.type.value for key, node in spec.nodes.items()} == {"enterprise": "Enterprise", "person": "Person"}
    assert spec.nodes["enterprise"].id[0].scheme == "uscc"
    assert spec.nodes["person"].id[0].columns == ("联系人", "企业名称") and spec.nodes["person"].id[0].hashed
    assert spec.nodes["person"].properties["phone"].column == "电话"
    assert [(each.type, each.start, each.end) for each in spec.relationships.values()] == [("EMPLOYED_BY", ("person",), ("enterprise",))]
    assert "# Not used yet: 备注" in text
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join(rows[0]), *(",".join(each.values()) for each in rows[:1])]), encoding="utf-8")
    found = map_files([path], {"accounts": spec}, default_types())
    assert not found.rejected
    assert found.ids("Enterprise") == {"uscc:91350100M000100Y43"}


def test_codes_that_mostly_fail_their_check_are_no_identifier() -> None:
    text = draft_mapping("accounts", list(ACCOUNTS[0]), ACCOUNTS, default_types())
    assert "scheme: uscc" not in text


HEADINGS = (
    st.text(st.sampled_from(string.printable + "名称单位姓名项目（）：#'\"{}[]，、\u3000é"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


@given(st.lists(HEADINGS, min_size=1, max_size=6, unique=True))
def test_whatever_the_headings_the_draft_is_a_mapping(header: list[str]) -> None:
    header = [each for each in header if each.isprintable()] or ["a"]
    text = draft_mapping("any", header, [dict.fromkeys(header, "x")], default_types())
    spec = load_mapping_text(text, "draft.yaml", default_types())["any"]
    assert spec.columns.known == set(header)
