"""A load from files to a published graph in the embedded store, and its report: every row accounted for, nothing half-loaded."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from graph.errors import FileProblem, StoreFull
from graph.factory import open_store
from graph.ledger import Ledger
from graph.ledger.editions import Edition
from graph.model import PublishedTotals, Record, RecordDrafts, RecordOutcome, Source
from graph.ontology.schema import Ontology
from graph.store import ClaimSelection, Store
from ingest.mapping import MappingSpec, load_mapping_file, load_mapping_text
from ingest.options import LoadOptions
from ingest.pipeline import Progress, ingest
from ingest.report import write_report

ROSTER = """\
mapping: roster
source: {id: roster, name: 名册, date: "2020-09-10"}
columns: {required: [姓名, 单位, 电话, 起, 止]}
record: [姓名, 单位]
nodes:
  person:
    type: Person
    id: {source: roster-person, columns: [姓名, 单位], hashed: true}
    properties: {name: 姓名, phone: {column: 电话, on_error: reject_row}}
  home:
    type: University
    id: {source: roster-unit, column: 单位}
    properties: {name: 单位}
relationships:
  works: {type: EMPLOYED_BY, from: person, to: home, valid_from: 起, valid_to: 止}
"""
HEADER = "姓名,单位,电话,起,止\n"


@pytest.fixture
def store(tmp_path: Path, ontology: Ontology) -> Iterator[Store]:
    opened = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ontology)
    yield opened
    opened.close()


@pytest.fixture
def roster(ontology: Ontology) -> dict[str, MappingSpec]:
    return load_mapping_text(ROSTER, "roster.yaml", ontology)


def write(path: Path, rows: list[str]) -> Path:
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def rows(count: int) -> list[str]:
    return [f"示例{number:03d},示例大学,,2019-08,2020-08" for number in range(count)]


def test_a_file_loads_and_loads_again(tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]) -> None:
    path = write(tmp_path / "a.csv", rows(100))
    ledger = Ledger(store, ontology)
    seen: list[Progress] = []
    first = ingest([path], ledger=ledger, ontology=ontology, mappings=roster, progress=seen.append)
    assert (first.totals.read, first.totals.new, first.facts.nodes_new, first.facts.relationships_new) == (100, 100, 101, 100)
    assert seen[-1] == Progress("a.csv", "", 1, 1, 100, done=True)
    again = ingest([path], ledger=ledger, ontology=ontology, mappings=roster)
    assert (again.totals.unchanged, again.facts.nodes_new, again.facts.nodes_updated) == (100, 0, 0)
    changed = rows(100)
    changed[7] = changed[7].replace("2020-08", "2021-08")
    third = ingest([write(path, [rows(100)[99], *changed[:99]])], ledger=ledger, ontology=ontology, mappings=roster)
    assert (third.totals.updated, third.totals.unchanged, third.facts.relationships_updated) == (1, 99, 1)


def test_one_bad_row_of_a_hundred(tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]) -> None:
    dirty = rows(100)
    dirty[49] = "示例049,示例大学,,2020-02-31,2020-08"
    report = ingest([write(tmp_path / "a.csv", dirty)], ledger=Ledger(store, ontology), ontology=ontology, mappings=roster)
    assert (report.totals.read, report.totals.new, report.totals.rejected) == (100, 99, 1)
    row = report.rejected[0]
    assert (row.file, row.row, row.column, row.value) == ("a.csv", 51, "起", "2020-02-31")
    assert row.reason.zh
    assert row.reason.en
    assert "2020-02-31" in row.hint.en
    assert [(each.file, each.column, each.count) for each in report.rejected_by_reason] == [("a.csv", "起", 1)]


def test_personal_values_are_masked_in_the_report(tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]) -> None:
    dirty = [*rows(1), "张拟拟,示例大学,13a00000000,2019-08,2020-08", ",示例大学,10000000001,2019-08,2020-08", "张拟拟,示例大学,1,2,3,4"]
    report = ingest([write(tmp_path / "a.csv", dirty)], ledger=Ledger(store, ontology), ontology=ontology, mappings=roster)
    text = json.dumps(report.to_json(), ensure_ascii=False)
    assert report.totals.rejected == 3
    assert [(row.column, row.value) for row in report.rejected] == [("电话", "1＊"), ("姓名", ""), ("", "")]
    assert "13a0" not in text
    assert "张拟拟" not in text


def test_the_report_is_one_json_file(tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]) -> None:
    report = ingest([write(tmp_path / "a.csv", rows(3))], ledger=Ledger(store, ontology), ontology=ontology, mappings=roster)
    write_report(report, tmp_path / "report.json")
    found = json.loads((tmp_path / "report.json").read_bytes())
    assert found["totals"] == {"read": 3, "new": 3, "updated": 0, "unchanged": 0, "rejected": 0}
    assert found["load"] == "L1"
    assert [(each["file"], each["mapping"], each["chosen"], each["encoding"]) for each in found["files"]] == [
        ("a.csv", "roster", "proposed", "utf-8")
    ]
    assert found["rejected"] == []


def test_a_bad_file_leaves_nothing_behind(tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]) -> None:
    good = write(tmp_path / "a.csv", rows(3))
    bad = tmp_path / "b.csv"
    bad.write_bytes(b"%PDF-1.7")
    with pytest.raises(FileProblem, match="PDF"):
        ingest([good, bad], ledger=Ledger(store, ontology), ontology=ontology, mappings=roster)
    assert store.loads() == []


class FullAtPublication:
    """A load whose store has no room left when it is published, and none to take the load back."""

    def __init__(self) -> None:
        self.abandoned = False

    def begin(self, name: str, documents: object = (), tables: object = ()) -> FullAtPublication:
        return self

    def record(self, source: Source, document: str, batch: list[RecordDrafts]) -> list[RecordOutcome]:
        return [RecordOutcome.NEW] * len(batch)

    def editions(self) -> FullAtPublication:
        return self

    def all(self) -> list[Edition]:
        return []

    def contradicted(self, place: object) -> int:
        return 0

    def gone(self, close: Collection[str] = ()) -> list[Record]:
        return []

    def publish(self) -> PublishedTotals:
        raise StoreFull("No room on the disk.")

    def abandon(self) -> None:
        self.abandoned = True
        raise StoreFull("Still no room.")


def test_the_first_failure_is_the_one_told(tmp_path: Path, ontology: Ontology, roster: dict[str, MappingSpec]) -> None:
    ledger = FullAtPublication()
    with pytest.raises(StoreFull, match=r"^No room on the disk\.$"):
        ingest([write(tmp_path / "a.csv", rows(3))], ledger=ledger, ontology=ontology, mappings=roster)  # type: ignore[arg-type]
    assert ledger.abandoned


def test_the_first_graph(store: Store, ontology: Ontology, checkout: Path) -> None:
    """The example's tables give the connections that its page tells of."""
    folder = checkout / "examples" / "first-graph"
    mappings = load_mapping_file(folder / "mapping.yaml", ontology)
    report = ingest([folder / "experts.csv", folder / "projects.csv"], ledger=Ledger(store, ontology), ontology=ontology, mappings=mappings)
    assert (report.totals.read, report.totals.new) == (14, 14)
    _, nodes, relationships = store.scan()
    names = {node.id: node for node in nodes}
    ends = [(each.type, each.source, each.target) for each in relationships]
    assert sum(node.type == "Person" and node.caption == "李样本" for node in names.values()) == 2
    school = {person: target for type, person, target in ends if type == "EMPLOYED_BY"}
    projects: dict[str, set[str]] = {}
    for type, source, target in ends:
        if type == "PARTICIPATES_IN":
            projects.setdefault(target, set()).add(source)
    pairs = {
        (names[school[person]].caption, names[firm].caption)
        for members in projects.values()
        for person in members
        for firm in members
        if names[person].type == "Person" and names[firm].type == "Enterprise"
    }
    assert pairs == {
        ("示例大学", "示例重工有限公司"),
        ("样本理工大学", "示例重工有限公司"),
        ("样本理工大学", "样例泵业有限公司"),
        ("样本理工大学", "虚拟电缆集团有限公司"),
        ("虚构师范学院", "虚拟电缆集团有限公司"),
    }


def test_the_date_of_a_table_and_where_it_was_told_from(
    tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]
) -> None:
    """The mapping's own date is not used, and said so; the load keeps what each table told."""
    paths = [write(tmp_path / "名册2024年5月.csv", rows(2)), write(tmp_path / "名册.csv", rows(1))]
    options = LoadOptions(today=datetime.date(2026, 11, 30))
    report = ingest(paths, ledger=Ledger(store, ontology), ontology=ontology, mappings=roster, options=options)
    dated = {each.file: (each.date, each.date_origin) for each in report.files}
    assert dated == {"名册2024年5月.csv": ("2024-05", "file-name"), "名册.csv": ("2026-11-30", "load")}
    assert all("2020-09-10" in each.date_doubts[-1].en for each in report.files)
    (load,) = store.loads()
    assert {each.file: (each.date, each.told) for each in load.tables} == dated
    assert load.data_date == "2026-11-30"


def test_a_table_without_a_date_keeps_the_day_of_its_first_load(
    tmp_path: Path, store: Store, ontology: Ontology, roster: dict[str, MappingSpec]
) -> None:
    path, ledger = write(tmp_path / "名册.csv", rows(3)), Ledger(store, ontology)
    for day, date, claims in ((1, "", 3), (2, "", 3), (3, "2024", 3)):
        options = LoadOptions(date, datetime.date(2026, 11, day))
        report = ingest([path], ledger=ledger, ontology=ontology, mappings=roster, options=options)
        assert (report.totals.new, report.totals.unchanged) == ((claims, 0) if day == 1 else (0, claims))
    dates = {claim.source_date for claim in store.claims(ClaimSelection(loads=[load.id for load in store.loads()]))}
    assert dates == {"2024"}
