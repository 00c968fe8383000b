"""Inputs that went wrong once, as strangers send them: what loads is what a person reads there, and what does not load is told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

import lianyin
from graph.errors import LianyinError
from lianyin.client import Client

pytestmark = pytest.mark.shared_data


@dataclass(frozen=True)
class Loaded:
    """What one load said, and the graph after it."""

    report: dict[str, object]
    nodes: list[dict[str, object]]
    relationships: list[dict[str, object]]

    def names(self, *types: str) -> list[str]:
        """The names of the nodes of these types, or of all, sorted."""
        return sorted(str(node["properties"]["name"]) for node in self.nodes if not types or node["type"] in types)

    def values(self, name: str) -> list[object]:
        """Every value of a property, of nodes and relationships alike."""
        return [found for item in (*self.nodes, *self.relationships) if (found := item["properties"].get(name)) is not None]

    def ids(self, type: str) -> list[str]:
        return sorted(str(node["id"]) for node in self.nodes if node["type"] == type)

    @property
    def told(self) -> str:
        """All that the report says, as one text."""
        return json.dumps(self.report, ensure_ascii=False)

    @property
    def read(self) -> int:
        return int(self.report["totals"]["read"])

    @property
    def rejected(self) -> int:
        return int(self.report["totals"]["rejected"])


@pytest.fixture
def cases(shared_data: Path) -> Path:
    folder = shared_data.parent / "cases"
    if not folder.is_dir():
        pytest.skip(f"the cases are not at {folder}")
    return folder


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with lianyin.open(f"kglite://{(tmp_path / 'store').as_posix()}") as opened:
        yield opened


def load(client: Client, *files: Path, mapping: str | None = "mapping.yaml") -> Loaded:
    chosen = str(files[0].parent / mapping) if mapping else None  # an absolute path stays what it is
    report = client.ingest(list(files), chosen)
    stream = BytesIO()
    client.export("jsonl", stream, "internal")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    return Loaded(
        dict(report.to_json()),
        [line for line in lines if line["kind"] == "node"],
        [line for line in lines if line["kind"] == "relationship"],
    )


def reasons(loaded: Loaded) -> list[str]:
    """Why rows were not loaded, in the order of the rows."""
    return [row["reason"]["zh"] for row in loaded.report["rejected"]]


def drafted(table: Path, folder: Path) -> str:
    """The mapping that is drafted for a table, as a person at a terminal gets it."""
    path = folder / "draft.yaml"
    command = [sys.executable, "-m", "lianyin", "mapping", "draft", str(table), "-o", str(path)]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    return str(path)


def test_big5_is_read_or_refused_by_its_name(cases, client, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text((cases / "15-footer-total" / "mapping.yaml").read_text("utf-8").replace("单位", "單位"), "utf-8")
    table = tmp_path / "people.csv"
    table.write_bytes((cases / "01-big5" / "people.csv").read_bytes())
    try:
        loaded = load(client, table)
    except LianyinError as refusal:
        assert "big5" in str(refusal).casefold()
        return
    assert "國立臺灣示例大學" in loaded.names()
    assert loaded.names("Person") == sorted(["張擬", "李樣本", "王虛構"])


def test_a_number_that_has_lost_digits_is_never_an_id(cases, client):
    loaded = load(client, cases / "04-long-id-number" / "firms.xlsx")
    assert not [id for id in loaded.ids("Enterprise") if "e+" in id.casefold()]
    assert loaded.rejected == 3 or len(loaded.names("Enterprise")) == 3
    assert loaded.report["totals"]["read"] == 3


def test_digits_that_stand_in_the_workbook_are_all_read(cases, client):
    loaded = load(client, cases / "04b-long-id-digits-in-xml" / "firms.xlsx")
    assert [id.rsplit(":", 1)[1] for id in loaded.ids("Enterprise")] == ["320582199001011200", "320582199001011234", "320582199001011265"]


def test_leading_zeros_are_read_as_they_are_shown(cases, client):
    folder = cases / "06-zero-padded"
    load(client, folder / "firms.xlsx")
    loaded = load(client, folder / "firms.csv")
    assert [id.rsplit(":", 1)[1] for id in loaded.ids("Enterprise")] == ["000001", "000002"]
    assert sorted(map(str, loaded.values("postcode"))) == ["008023", "030000"]


def test_a_month_stays_a_month(cases, client):
    loaded = load(client, cases / "10-month-cell" / "people.xlsx")
    (works,) = loaded.relationships
    assert (works["properties"]["validFrom"], works["properties"]["validTo"]) == ("2020-08", "2021-08")


def test_two_unused_columns_of_one_name_are_told(cases, client):
    loaded = load(client, cases / "13-duplicate-ignored-header" / "people.csv")
    assert (loaded.rejected, len(loaded.names("Person"))) == (0, 2)
    assert "备注" in loaded.told


def test_short_rows_load_and_are_told(cases, client):
    loaded = load(client, cases / "14-ragged-short-rows" / "people.csv")
    assert (loaded.rejected, len(loaded.names("Person"))) == (0, 4)


def test_totals_and_signatures_are_no_people(cases, client):
    loaded = load(client, cases / "15-footer-total" / "people.csv")
    assert loaded.names("Person") == ["张拟", "李样本"]
    assert loaded.names("Organization", "University") == ["南京样本大学", "扬州示例大学"]
    assert reasons(loaded) == ["合计、小计一类的行，不是数据", "制表、审核、日期一类的落款，不是数据", "合计、小计一类的行，不是数据"]


def test_a_title_line_with_commas_is_no_header(cases, client):
    loaded = load(client, cases / "17a-title-with-commas" / "people.csv")
    assert loaded.names("Person") == ["张拟", "李样本"]


def test_utf_16_is_read(cases, client):
    assert "扬州示例大学" in load(client, cases / "18-utf16-unicode-text" / "people.txt").names()


def test_html_entities_split_nobody(cases, client):
    loaded = load(client, cases / "22-html-entities" / "people.csv")
    assert [name for name in loaded.names() if "研究院" in name] == ["示例 & 样本研究院"]
    assert len([name for name in loaded.names("Person") if name.startswith("Ann")]) == 1


def test_words_for_no_value_employ_nobody(cases, client):
    loaded = load(client, cases / "23b-null-strings-own-mapping" / "people.csv")
    assert len(loaded.names("Person")) + loaded.rejected == loaded.read
    assert [each for each in loaded.relationships if each["type"] == "EMPLOYED_BY"] == []


def test_names_that_look_alike_are_one(cases, client):
    loaded = load(client, cases / "25-invisible-and-punctuation-variants" / "people.csv")
    names = loaded.names("Organization", "Enterprise", "University", "Institute")
    assert names.count("示例重工有限公司") == 1
    assert len([name for name in names if name.startswith("示例重工") and "集团" in name]) == 1
    assert len([name for name in names if "研究院" in name]) == 1
    assert len([name for name in names if name.casefold().startswith("example") and "Ltd" in name]) == 1
    assert len([name for name in names if name.endswith("Sample Ltd") and name.startswith("O")]) == 1


@pytest.mark.parametrize(
    ("text", "name"), [("Dorde", "Đorđe Primer"), ("Djordje", "Đorđe Primer"), ("Thor", "Þór Dæmi"), ("Aesa", "Æsa Øre")]
)
def test_letters_without_a_decomposition_are_found(cases, client, text, name):
    load(client, cases / "26-search-latin" / "people.csv")
    assert name in json.dumps(client.search(text).to_dict(), ensure_ascii=False)


def test_excel_wrappers_are_no_part_of_a_code(cases, client):
    loaded = load(client, cases / "31-excel-text-wrappers" / "firms.csv")
    assert [id.rsplit(":", 1)[1] for id in loaded.ids("Enterprise")] == ["000123"]


def test_an_item_of_a_json_list_is_never_cut(cases, client):
    loaded = load(client, cases / "32-json-lists" / "p.json")
    assert loaded.names("Organization") == ["Example University", "Ludwik; Alex Sample Institute", "Only One"]


def test_a_column_settles_the_order_of_day_and_month(cases, client):
    loaded = load(client, cases / "36-mdy-column" / "people.csv")
    assert loaded.rejected == 0
    assert sorted(loaded.values("validFrom")) == ["2019-01-02", "2019-03-04", "2019-09-15"]


def test_placeholders_are_no_ids(cases, client):
    loaded = load(client, cases / "40-placeholder-ids" / "firms.csv")
    assert len(loaded.names("Enterprise")) + loaded.rejected == 10
    assert not [id for id in loaded.ids("Enterprise") if id.rsplit(":", 1)[1] in ("-", "无", "0", "N/A", "000000000000000000")]


def test_editions_of_gb18030_give_one_character(cases, client):
    loaded = load(client, cases / "42-gb18030-pua" / "people.csv")
    assert loaded.names("Person") == ["䶮示例", "龴样", "龴示"]
    assert not [letter for name in loaded.names() for letter in name if "\ue000" <= letter <= "\uf8ff"]


def test_dates_as_offices_write_them(cases, client):
    loaded = load(client, cases / "44-date-battery" / "people.csv")
    people = {node["id"]: node["properties"]["name"] for node in loaded.nodes if node["type"] == "Person"}
    since = {people[each["source"]]: each["properties"].get("validFrom") for each in loaded.relationships}
    wanted = {
        "甲13": "2020-09-01", "甲14": "2020-09", "甲15": "2020-09", "甲16": "2020-09", "甲17": "2020-09-01", "甲19": "2020-09-01",
        "甲28": "2020-09-01", "甲29": "2020", "甲12": "2020-09-13",
    }  # fmt: skip
    assert {person: since.get(person) for person in wanted} == wanted
    assert len(people) == 36
    assert since.get("甲26") is None  # the 31st of September


def test_words_for_no_end_load(cases, client):
    loaded = load(client, cases / "45-open-end-words" / "people.csv")
    assert (loaded.rejected, len(loaded.names("Person"))) == (0, 21)
    assert loaded.values("validTo") == []


def test_the_table_of_a_json_document_is_its_longest_list(cases, client, tmp_path):
    mapping = drafted(cases / "47-json-first-list" / "answer.json", tmp_path)
    assert not {"country", "type"} & set(load(client, cases / "47-json-first-list" / "answer.json", mapping=mapping).names())


def test_a_list_within_a_list_is_named(cases, client):
    try:
        report = client.ingest([cases / "47b-json-nested-list" / "project.json"], None)
    except LianyinError as refusal:
        assert "files.0.data" in str(refusal)
        return
    assert "files.0.data" in json.dumps(report.to_json(), ensure_ascii=False)


def test_a_graph_file_is_read_as_a_graph(cases, client, tmp_path):
    table = cases / "48-xml-as-table" / "net.gexf"
    try:
        mapping = drafted(table, tmp_path)
    except subprocess.CalledProcessError as refusal:
        assert "net.gexf" in refusal.stderr.decode()
        assert "Traceback" not in refusal.stderr.decode()
        return
    assert set(load(client, table, mapping=mapping).names()) <= {"张拟", "示例大学"}


def test_a_built_in_mapping_takes_no_other_list(cases, client):
    try:
        loaded = load(client, cases / "60-builtin-mapping-swallows" / "suppliers.xlsx", mapping=None)
    except LianyinError as refusal:
        assert "mapping draft" in str(refusal)
        return
    assert loaded.names("Account") == []
    assert loaded.names("Enterprise") == ["个体户老张", "苏州某某科技有限公司"]


def test_any_city_is_a_city(cases, client):
    loaded = load(client, cases / "61-another-city" / "othercity.xlsx", mapping=None)
    assert loaded.rejected == 0
    assert {"昆山市", "启东市"} <= set(loaded.names("District"))
    assert "扬州市" not in loaded.names()
    assert {"苏州市", "南通市"} <= set(loaded.names("City"))


def test_rows_that_are_no_data(cases, client):
    loaded = load(client, cases / "62-rows-that-are-no-data" / "silent.xlsx")
    assert not {"合计", "Total", "小计：3人", "同上", "〃", "5", "3"} & set(loaded.names())
    assert "2020-10" in loaded.values("validFrom") or "2020-10" in loaded.values("startDate")
    assert "2020-01" not in (*loaded.values("validFrom"), *loaded.values("startDate"))
    total = "合计、小计一类的行，不是数据"
    assert reasons(loaded) == [total, total, "表中的说明文字，不是数据", total]


def test_the_later_edition_wins(cases, client):
    folder = cases / "63-yearly-editions"
    load(client, folder / "y2020.xlsx", mapping=None)
    loaded = load(client, folder / "y2024.xlsx", mapping=None)
    title = {node["properties"]["name"]: node["properties"].get("professionalTitle") for node in loaded.nodes if node["type"] == "Person"}
    assert title == {"钟一": "院士", "钟二": "副教授"}
    assert str(client.data_date).startswith("2024")


@pytest.mark.parametrize("heading", ["企业（甲方）", "姓 名", "备 注 "])
def test_a_heading_fits_as_it_stands_on_the_sheet(client, tmp_path, heading):
    (tmp_path / "mapping.yaml").write_text(
        f"mapping: own\nsource: {{id: own, name: own}}\ncolumns: {{required: ['{heading}']}}\nnodes:\n"
        f"  one: {{type: Organization, id: {{source: own, column: '{heading}'}}, properties: {{name: '{heading}'}}}}\n",
        "utf-8",
    )
    (tmp_path / "table.csv").write_text(f"{heading},x\n河阳机械厂,1\n", "utf-8")
    assert load(client, tmp_path / "table.csv").names() == ["河阳机械厂"]
