"""Whatever happens to a valid table: no value is stored that its file does not say, and every cell that is lost is told."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from graph.model import ClaimKind, Value
from graph.values.absence import no_value
from graph.values.normal import key_form, name_form
from ingest.ditto import CARRIED
from ingest.no_data import KINDS
from ingest.outcome import Mapped, Rejected
from tests.ingest.tables import PEOPLE, table_of

COLUMNS = "姓名 单位 职称 起 止"
NAMES = st.sampled_from(["张拟", "李样本", "王虚构", "Ann O'Sample", "艾力·买买提"])
UNITS = st.sampled_from(["扬州示例大学", "合计科技有限公司", "示例重工（集团）有限公司", "Example Institute"])
VALID = st.tuples(
    NAMES, UNITS, st.sampled_from(["教授", "讲师", ""]), st.sampled_from(["2019", "2019-09", "2020年9月1日"]), st.just("2021-08")
)
NOTHING = ["", "-", "无", "N/A", "NULL", "不详", "unknown", "k.A.", "なし", "（空）", "0", "xxx", "—"]
WRONG = [
    "44075",
    "3.2E+17",
    "2021-02-30",
    "03/04/2020",
    "教授",
    "12人",
    "abc",
    "二〇二〇年九月",
    "同上",
    "〃",
    "TRUE",
    "&amp;",
    "a\nb",
    '="1"',
    "999999",
]
FOOTERS = [
    ("合计", "2", "", "", ""),
    ("小计：3人", "", "", "", ""),
    ("制表人：某", "2024年1月", "", "", ""),
    ("注：以上数据截至2020年底", "", "", "", ""),
    ("Grand Total: 2", "", "", "", ""),
    ("一、邗江区", "", "", "", ""),
    ("姓名", "单位", "职称", "起", "止"),
    ("第 1 页 共 3 页", "", "", "", ""),
]
MUTATED = st.tuples(VALID, st.integers(0, 4), st.sampled_from([*NOTHING, *WRONG])).map(
    lambda each: (*each[0][: each[1]], each[2], *each[0][each[1] + 1 :])
)
ROWS = st.lists(st.one_of(VALID, VALID, MUTATED, MUTATED, st.sampled_from(FOOTERS)), max_size=10)
STORED = {"name": ("姓名", "单位"), "professionalTitle": ("职称",), "validFrom": ("起",), "validTo": ("止", "起")}
"""Properties, and the columns that may say them."""


def said_by(cells: dict[str, str], above: dict[str, str], property: str, value: Value) -> bool:
    """Whether a row, or the row above where it says so, states a value: a name by its clean form, a date by its digits."""
    texts = [text for column in STORED[property] for text in (cells[column], above.get(column, ""))]
    if property in ("name", "professionalTitle"):
        return any(key_form(name_form(text)) == key_form(str(value)) or str(value) in text.replace("\n", "") for text in map(_plain, texts))
    year = str(value)[:4]
    return any(year in text or text in ("44075", "二〇二〇年九月") for text in texts)


def _plain(text: str) -> str:
    return text.replace("&amp;", "&").replace('="1"', "1").replace("a\nb", "a b")


@given(ROWS)
def test_nothing_is_invented_and_nothing_lost_in_silence(rows: Sequence[tuple[str, ...]]) -> None:
    table, numbered = table_of(PEOPLE, COLUMNS, rows)
    above: dict[str, str] = {}
    for row in numbered:
        cells = dict(row.cells)
        said = table.map(row)
        if isinstance(said, Rejected):
            assert said.reason.en
            assert said.reason in KINDS or said.reason.en == "the header again" or lacks_a_key(said)
        else:
            stored_as_said(said, cells, above)
            lost_as_told(said, cells)
        if not (isinstance(said, Rejected) and (said.reason in KINDS or said.reason.en == "the header again")):
            above = {column: above.get(column, "") if cells[column] in ("同上", "〃") else cells[column] for column in cells}


def lacks_a_key(said: Rejected) -> bool:
    """Whether a row was rejected for want of a name or a unit."""
    return said.column in ("姓名", "单位")


def stored_as_said(said: Mapped, cells: dict[str, str], above: dict[str, str]) -> None:
    """Every value stored stands in the row, or in the row above it."""
    for draft in said.drafts.drafts:
        for property, value in draft.values.items():
            assert said_by(cells, above, property, value), (property, value, cells)
        if draft.kind is ClaimKind.NODE:
            assert not no_value(str(draft.values["name"]))


def lost_as_told(said: Mapped, cells: dict[str, str]) -> None:
    """Every filled cell that states a value is stored, or a notice names its column."""
    stored = {property for draft in said.drafts.drafts for property in draft.values}
    told = {notice.column for notice in said.notices if notice.dropped or notice.reason == CARRIED}
    kinds = {draft.type for draft in said.drafts.drafts if draft.kind is ClaimKind.NODE}
    for column, property in (("职称", "professionalTitle"), ("起", "validFrom"), ("止", "validTo")):
        if cells[column] and not no_value(cells[column]):
            missing_end = column != "职称" and len(kinds) < 2
            assert property in stored or column in told or missing_end or "Person" not in kinds, (column, cells, said.notices)
    for column, kind in (("姓名", "Person"), ("单位", "Organization")):
        assert kind in kinds or {"姓名", "单位"} & told, (column, cells)
