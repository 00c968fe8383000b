"""Real lists with real dirt: the European ones loaded into a store one over the other, the Chinese ones row by row; figures are computed
apart."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lianyin
from graph.model import ClaimKind
from ingest.compiler import compile_mapping
from ingest.mapping import load_mappings
from ingest.outcome import Mapped
from ingest.planning import plan
from ingest.repeats import Repeats
from ingest.report import Report
from lianyin.client import Client
from tests.ingest.reading import MappedFile, default_types, map_files

pytestmark = pytest.mark.shared_data

PARTICIPATION, ORGANISATIONS, WEEKLY = "participation_2014_2016.csv", "organisations_2017.csv", "organization_2023-05-29.csv"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass(frozen=True)
class Europe:
    client: Client
    reports: tuple[Report, ...]
    called: dict[str, str]
    called_later: dict[str, str]
    participants: set[str]


@pytest.fixture(scope="module")
def europe(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Europe]:
    """The participations, the list of organisations, then the weekly layout of six years later."""
    folder = shared_data / "cordis_h2020"
    with lianyin.open(f"kglite://{tmp_path_factory.mktemp('weekly').as_posix()}") as client:
        reports = tuple(client.ingest([folder / name]) for name in (PARTICIPATION, ORGANISATIONS, WEEKLY))
        yield Europe(
            client,
            reports,
            {row["orgId"]: row["name"] for row in table(folder / ORGANISATIONS)},
            {row["organisationID"]: row["name"] for row in table(folder / WEEKLY)},
            {row["pic"] for row in table(folder / PARTICIPATION)},
        )


def rows(client: Client, query: str) -> list[list[object]]:
    found: list[list[object]] = client.cypher(query).to_dict()["rows"]  # type: ignore[assignment]
    return found


def test_the_weekly_layout_after_the_participations_doubles_nobody(europe: Europe) -> None:
    assert [(report.totals.new, report.totals.rejected) for report in europe.reports] == [(47_973, 0), (15_235, 0), (5_153, 0)]
    known, later = europe.participants, set(europe.called_later)
    assert (len(known), len(later), len(known & later)) == (17_428, 3_114, 1_973)
    assert rows(europe.client, "MATCH (n:Organization) RETURN count(n)") == [[len(known | later)]] == [[18_569]]
    assert rows(europe.client, "MATCH (n:Organization) RETURN count(DISTINCT n.pic)") == [[18_569]]
    assert europe.reports[2].facts.nodes_new == len(later - known) + 602  # and so many grants


def test_renamed_organisations_keep_one_id_under_the_later_name_and_remember_the_earlier(europe: Europe) -> None:
    earlier, later = europe.called, europe.called_later
    renamed = sorted(pic for pic in earlier.keys() & later.keys() if earlier[pic].casefold() != later[pic].casefold())
    assert len(renamed) == 408
    for pic in renamed[::40]:
        ((id, name),) = rows(europe.client, f"MATCH (n:Organization {{pic: '{pic}'}}) RETURN n.id, n.name")
        said = [source for source in europe.client.why(f"pic:{pic}", "name").to_dict()["sources"] if "name" in source["values"]]  # type: ignore[attr-defined]
        assert id == f"pic:{pic}"
        assert {source["source"] for source in said} == {"cordis-weekly", "cordis-organisations"}
        (newest,) = {str(source["values"]["name"]) for source in said if source["source"] == "cordis-weekly"}
        assert name == newest


def test_relations_to_organisations_that_a_list_lacks_wait_for_them(shared_data: Path, tmp_path: Path) -> None:
    """Both schemas of ROR; a tenth of the records comes later, and the relationships to them come with it: as if all had come at once."""
    lines = (shared_data / "ror_cn" / "ror_cn.jsonl").read_text(encoding="utf-8").splitlines()
    assert Counter("names" in json.loads(line) for line in lines).keys() == {True, False}
    early, late = tmp_path / "early.jsonl", tmp_path / "late.jsonl"
    early.write_text("\n".join(line for at, line in enumerate(lines) if at % 10), encoding="utf-8")
    late.write_text("\n".join(lines[::10]), encoding="utf-8")
    counted = "MATCH ()-[r]->() RETURN type(r), count(r)"
    with lianyin.open(f"kglite://{(tmp_path / 'whole').as_posix()}") as whole:
        report = whole.ingest([shared_data / "ror_cn" / "ror_cn.jsonl"])
        assert (report.totals.new, report.totals.rejected, report.facts.relationships_new) == (2_226, 37, 905)
        expected = sorted(rows(whole, counted), key=str)
    with lianyin.open(f"kglite://{(tmp_path / 'parts').as_posix()}") as parts:
        first = parts.ingest([early])
        assert first.facts.relationships_new < 905
        assert first.facts.relationships_new + parts.ingest([late]).facts.relationships_new == 905
        assert sorted(rows(parts, counted), key=str) == expected


@pytest.fixture(scope="module")
def nssfc(shared_data: Path) -> tuple[list[dict[str, str]], MappedFile]:
    path = shared_data / "cn_nssfc" / "social_upto_2009.csv"
    said = [row for row in table(path) if any(text.strip() for text in row.values())]
    return said, map_files([path], load_mappings(default_types()), default_types())


def test_all_of_the_social_science_list_is_accounted_for(nssfc: tuple[list[dict[str, str]], MappedFile], shared_data: Path) -> None:
    said, found = nssfc
    assert len(table(shared_data / "cn_nssfc" / "social_upto_2009.csv")) == 22_345
    assert (len(said), found.read, len(found.loaded), len(found.rejected)) == (22_308, 22_308, 22_306, 2), "a heading and a note"
    assert len(said) - len({tuple(row.values()) for row in said}) == 26, "full repeats, besides 37 empty rows"
    repeated = Counter(each.drafts.record.key for each in found.loaded)
    assert sum(repeated.values()) - len(repeated) == 127, "rows of one project and one result, the full repeats among them"
    assert sum(not row["项目批准号"].strip() for row in said) == 872, "rows without a number"
    unnumbered = {id for id in found.ids("Project") if id.startswith("nssfc-unnumbered:")}
    assert 800 < len(unnumbered) <= 872, "which are projects of their own, told apart by title, unit and date"


def test_people_of_a_list_are_one_each_and_others_are_not_invented(nssfc: tuple[list[dict[str, str]], MappedFile]) -> None:
    said, found = nssfc
    lists = [row for row in said if re.search("[、；;]", row["项目负责人"])]
    assert len(lists) == 73
    names = {str(draft.values["name"]) for draft in found.drafts(ClaimKind.NODE, "Person")}
    assert {"周生贵", "郭建宁", "李平", "曹建海", "李蔚"} <= names
    assert not [name for name in names if re.search("[、；;]|等$", name)]
    told = Counter((notice.column, notice.reason.en) for notice in found.notices() if notice.column in ("项目负责人", "作者", "成果名称"))
    assert told == {("成果名称", "a placeholder: it names nobody and nothing"): 1}, "no name was doubted"


def test_line_breaks_in_cells_part_no_name(nssfc: tuple[list[dict[str, str]], MappedFile]) -> None:
    said, found = nssfc
    broken = [(column, text) for row in said for column, text in row.items() if "\n" in text]
    assert Counter(column for column, _ in broken) == {
        "成果名称": 259,
        "出版社": 58,
        "作者": 18,
        "项目名称": 3,
        "获奖情况": 1,
        "工作单位": 1,
    }
    names = {str(draft.values["name"]) for draft in found.drafts(ClaimKind.NODE, "Project") if "name" in draft.values}
    assert {"西方道德教育思想史比较研究", "当代中国高等教育对社会阶层代际流动的影响研究"} <= names
    assert not [name for name in names if re.search(r"[\r\n]", name)]


def test_one_folder_of_two_encodings_without_quotes(shared_data: Path) -> None:
    """GB18030 beside UTF-8; what no mapping knows is passed over and named."""
    work = plan([shared_data / "cn_listed_companies_sz"], load_mappings(default_types()))
    assert {job.table.file: (job.table.encoding, job.table.delimiter) for job in work.jobs} == {
        "company_basic_info.csv": ("gb18030", "\t"),
        "customer_info.csv": ("utf-8", "\t"),
        "keydirector_info.csv": ("gb18030", "\t"),
        "shareholder_info.csv": ("gb18030", "\t"),
        "supplier_info.csv": ("gb18030", "\t"),
    }
    assert sorted(skipped.file for skipped in work.skipped) == ["README.md", "industry_info.csv", "product_info.csv"]


@pytest.mark.parametrize(
    ("file", "repeats"), [("cn_nssfc/social_upto_2009.csv", 127), ("cn_listed_companies_sz/keydirector_info.csv", 592)]
)
def test_repeated_rows_are_listed_with_the_row_that_they_repeat(shared_data: Path, file: str, repeats: int) -> None:
    (job,) = plan([shared_data / file], load_mappings(default_types())).jobs
    mapper = compile_mapping(job.spec, default_types())
    known = Repeats()
    told = [
        notice
        for row in job.rows()
        if isinstance(mapped := mapper.map(row, job.table.file, ""), Mapped)
        for notice in known.notices(row.row, mapped)
    ]
    assert len(told) == repeats
    assert all(re.fullmatch(r"See row \d+: compare them and keep one\.", notice.hint.en) for notice in told)
