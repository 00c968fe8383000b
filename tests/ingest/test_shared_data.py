"""The real files: every row loads or is rejected for a true reason, and the counts are those of an independent computation."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from graph.model import ClaimKind
from graph.ontology.schema import Ontology
from ingest.mapping import MappingSpec
from tests.ingest.reading import MappedFile, map_files

pytestmark = pytest.mark.shared_data

ORGANISATIONS = {"Enterprise": 10_661, "Institute": 1_886, "Organization": 1_878, "University": 1_700, "Agency": 1_303}


@pytest.fixture
def read(shared_data: Path, ontology: Ontology, mappings: dict[str, MappingSpec]):  # type: ignore[no-untyped-def]
    def run(*names: str) -> MappedFile:
        return map_files([shared_data / name for name in names], mappings, ontology)

    return run


def test_cordis(read) -> None:  # type: ignore[no-untyped-def]
    found = read("cordis_h2020/participation_2014_2016.csv", "cordis_h2020/organisations_2017.csv")
    assert found.mappings == ["cordis-participation", "cordis-organisations"]
    assert found.read == 47_973 + 15_235
    assert found.rejected == []
    assert len(found.ids(*ORGANISATIONS)) == sum(ORGANISATIONS.values())
    assert len(found.ids("Project")) == 10_030
    participations = list(found.drafts(ClaimKind.RELATIONSHIP))
    assert len(participations) == len({(d.subject, d.object) for d in participations}) == 47_973
    assert sum("contributionEur" not in d.values for d in participations) == 5_273
    assert len({d.subject for d in found.drafts(ClaimKind.NODE) if "name" in d.values and d.subject.startswith("pic:")}) == 15_235
    assert sum(d.values.get("country") == "NA" for d in found.drafts(ClaimKind.NODE)) == 5 + 3


def test_cordis_types(read) -> None:  # type: ignore[no-untyped-def]
    """The later source decides (the ledger's work), and it is this one: the older list says otherwise of some organisations."""
    found = read("cordis_h2020/participation_2014_2016.csv")
    assert {type: len(found.ids(type)) for type in ORGANISATIONS} == ORGANISATIONS


def test_cordis_weekly(read) -> None:  # type: ignore[no-untyped-def]
    found = read("cordis_h2020/organization_2023-05-29.csv")
    assert (found.read, len(found.rejected), len(found.keys())) == (5_153, 0, 5_153)
    assert (len(found.ids("Project")), len(found.ids("University", "Enterprise", "Institute", "Agency", "Organization"))) == (602, 3_114)


def test_nsfc_and_universities(read) -> None:  # type: ignore[no-untyped-def]
    found = read("cn_nsfc/natural-2017-09-26.csv", "cn_universities/universities.csv")
    assert found.read == 17_926 + 2_631
    assert [(each.column, each.value) for each in found.rejected] == [("项目批准号", "0")], "no project has that number"
    months = [notice.value[-2:] for notice in found.notices() if notice.reason.zh.startswith("不合")]
    assert sorted(months) == ["13", "13", "13", "14", "14", "15", "15", "16", "16", "17"]
    assert {notice.value for notice in found.notices()} - {notice.value for notice in found.notices() if notice.dropped} == {
        "浙江大学城市学院",
        "浙江大学宁波理工学院",
    }, "independent colleges, or units: kept by their whole names"
    assert len(found.ids("Project")) == 17_925
    units = {id for id in found.ids("Organization", "University") if id.startswith("nsfc-unit:")}
    spellings = {d.raw.get("name", d.values["name"]) for d in found.drafts(ClaimKind.NODE) if d.subject in units}
    assert (
        len(spellings) == 891
    )  # not the unit of the rejected row alone; of which some are one: brackets of either width, departments, former names
    assert len(found.ids("University") - units) >= 2_631
    yangzhou = [d for d in found.drafts(ClaimKind.RELATIONSHIP, "PARTICIPATES_IN") if d.subject == "nsfc-unit:扬州大学"]
    assert len(yangzhou) == 17
    registered = {other for id, other in found.same() if id.startswith("school:")}
    joined = {other for id, other in found.same() if id.startswith("nsfc-unit:")} & registered
    assert 462 < len(joined) < 500, "462 are written as the list has them; others by a former name or with a department"


def test_listed_companies(read) -> None:  # type: ignore[no-untyped-def]
    found = read("cn_listed_companies_sz/company_basic_info.csv", "cn_listed_companies_sz/keydirector_info.csv")
    assert found.read == 2_237 + 67_455
    assert found.rejected == []
    assert len(found.ids("Person")) == 46_914
    assert len({stock for _, stock in found.same()}) == 2_237
    yangzhou = {d.values["name"] for d in found.drafts(ClaimKind.NODE, "Enterprise") if d.values.get("city") == "扬州市"}
    assert yangzhou == {
        "江苏奥力威传感高科股份有限公司",
        "江苏长青农化股份有限公司",
        "鸿达兴业股份有限公司",
        "扬州扬杰电子科技股份有限公司",
        "江苏亚威机床股份有限公司",
        "扬州晨化新材料股份有限公司",
    }


def test_shareholders_suppliers_and_customers(read) -> None:  # type: ignore[no-untyped-def]
    found = read(*(f"cn_listed_companies_sz/{name}_info.csv" for name in ("shareholder", "supplier", "customer")))
    assert found.read == 18_780 + 32_732 + 8_154
    reasons = Counter(each.reason.en for each in found.rejected)
    assert set(reasons) == {"a placeholder name"}
    assert 24_000 < reasons["a placeholder name"] < 27_000
    assert len(list(found.drafts(ClaimKind.RELATIONSHIP, "SHAREHOLDER_OF"))) == 18_780


def test_a_file_of_the_folder_that_fits_nothing_is_skipped(shared_data: Path, mappings: dict[str, MappingSpec]) -> None:
    from ingest.planning import plan

    work = plan([shared_data / "cordis_h2020"], mappings)
    assert [job.spec.mapping for job in work.jobs] == ["cordis-organisations", "cordis-weekly", "cordis-participation"]
    assert [each.file for each in work.skipped] == ["cordisref-H2020programmes.csv", "cordisref-H2020topics.csv", "README.md"]


def test_nssfc(read, shared_data: Path) -> None:  # type: ignore[no-untyped-def]
    """Every row that says anything loads but for a header in the midst and a note at the end; wholly empty rows are passed over."""
    found = read("cn_nssfc/social_upto_2009.csv")
    with (shared_data / "cn_nssfc" / "social_upto_2009.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    said = [row for row in rows if any(text.strip() for text in row.values())]
    assert (len(rows), len(said), found.read) == (22_345, 22_308, 22_308)
    assert [each.reason.zh for each in found.rejected] == ["重复的表头", "表中的说明文字，不是数据"]
    numbers = {row["项目批准号"].strip().upper() for row in said} - {"", "批准号"}
    assert {id.removeprefix("nssfc:") for id in found.ids("Project") if id.startswith("nssfc:")} == numbers
    assert len(numbers) == 21_015
    assert 0 < len(found.ids("Project")) - len(numbers) <= sum(not row["项目批准号"].strip() for row in said)
    reasons = Counter(notice.reason.en for notice in found.notices())
    assert reasons.pop("the source gives no date") > 5_000
    assert reasons.pop("a repeat: its key columns are those of an earlier row") == 127
    assert sum(reasons.values()) < 30, "questions about units, each with what it may be"
    assert all(notice.hint.zh for notice in found.notices() if notice.reason.en != "the source gives no date")


def test_units_of_nssfc_become_universities_and_their_departments(read) -> None:  # type: ignore[no-untyped-def]
    """FACTS.md: 7,777 spellings; 55 rows whose unit begins with 扬州大学."""
    found = read("cn_nssfc/social_upto_2009.csv")
    universities = found.ids("University")
    assert 800 < len(universities) < 1_000 and len(found.ids("Organization")) < 2_300
    of_yangzhou = {d.subject for d in found.drafts(ClaimKind.RELATIONSHIP, "UNIT_OF") if d.object == "nssfc-unit:扬州大学"}
    assert {"nssfc-department:扬州大学/文学院", "nssfc-department:扬州大学/法学院"} <= of_yangzhou
    hosted = [d for d in found.drafts(ClaimKind.RELATIONSHIP, "PARTICIPATES_IN") if d.subject == "nssfc-unit:扬州大学"]
    assert len(hosted) >= 55
    became = {(d.subject, d.object) for d in found.drafts(ClaimKind.RELATIONSHIP, "SUCCEEDED_BY")}
    assert ("nssfc-unit:杭州大学", "cn-university-name:浙江大学") in became
    assert ("nssfc-unit:中南工业大学", "cn-university-name:中南大学") in became


def test_ror(read) -> None:  # type: ignore[no-untyped-def]
    """Both schemas; every relationship of a record that loads is kept, also where the file lacks the other end."""
    found = read("ror_cn/ror_cn.jsonl")
    assert (found.read, len(found.rejected), len(found.ids())) == (2_263, 37, 2_226)
    assert {each.reason.en for each in found.rejected} == {"withdrawn by ROR"}
    relationships = list(found.drafts(ClaimKind.RELATIONSHIP))
    assert Counter(draft.type for draft in relationships)["RELATED_TO"] > 400
    stated = {draft.subject for draft in relationships} | {draft.object for draft in relationships}
    assert len(stated - found.ids()) > 300
    named = {draft.subject for draft in found.drafts(ClaimKind.NODE) if draft.values.get("name")}
    assert named == found.ids()
