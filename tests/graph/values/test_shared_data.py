"""The codes of the public data, all of them: none raises unforeseen, and the flags are as many as were counted and explained."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from graph.errors import ValueProblem
from graph.values import VALUE_TYPES, Context

pytestmark = pytest.mark.shared_data


def rows(path: Path, encoding: str = "utf-8", delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]


def listed(shared_data: Path, name: str) -> Iterator[dict[str, str]]:
    return rows(shared_data / "cn_listed_companies_sz" / name, "gb18030", "\t", csv.QUOTE_NONE)


def outcome(name: str, texts: Iterable[str], context: Context | None = None) -> Counter[str]:
    """How many were cleaned without remark (``clean``), how many carry each flag, are absent, or are refused."""
    found: Counter[str] = Counter()
    for text in texts:
        try:
            cleaned = VALUE_TYPES[name].clean(text, context or Context())
        except ValueProblem:
            found["refused"] += 1
            continue
        found.update(cleaned.flags or (("absent",) if cleaned.value is None else ("clean",)))
    return found


def test_listed_companies(shared_data: Path) -> None:
    companies = list(listed(shared_data, "company_basic_info.csv"))
    assert outcome("uscc", (row["xydm"] for row in companies)) == {"clean": 2237}
    assert len({VALUE_TYPES["uscc"].clean(row["xydm"], Context()).value for row in companies}) == 2237
    assert outcome("stock", (row["gpdm"] for row in companies)) == {"clean": 2237}
    assert outcome("date", (row["clrq"] for row in companies)) == {"clean": 2237}
    assert outcome("money", (row["zczb"] for row in companies)) == {"clean": 2237}
    # The securities regulator keeps the divisions of GB/T 4754-2011: 28 codes (P82, S90, R85, Q83 …) exist in that edition only.
    assert outcome("gb4754", (row["hydm"] for row in companies)) == {"clean": 2209, "old-edition": 28}


def test_directors_names(shared_data: Path) -> None:
    # 曾超等 ("Zeng Chao and others") stands twice.
    assert outcome("person-name", (row["name"] for row in listed(shared_data, "keydirector_info.csv"))) == {
        "clean": 67453,
        "several-people": 2,
    }


def test_universities(shared_data: Path) -> None:
    codes = [row["code"] for row in rows(shared_data / "cn_universities" / "universities.csv")]
    assert outcome("school", codes) == {"clean": 2631}
    assert Counter(code[:2] for code in codes) == {"41": 2618, "42": 7, "36": 6}


def test_projects(shared_data: Path) -> None:
    projects = list(rows(shared_data / "cn_nsfc" / "natural-2017-09-26.csv"))
    # One project has the number 0.
    assert outcome("nsfc", (row["项目批准号"] for row in projects)) == {"clean": 17925, "unknown-kind": 1}
    # Ten end in a month 13 to 16.
    assert outcome("date-range", (row["起止年月"] for row in projects)) == {"clean": 17916, "refused": 10}
    assert outcome("money-wan", (row["金额"] for row in projects)) == {"clean": 17926}
    assert outcome("date", (row["出版时间"] for row in rows(shared_data / "cn_nssfc" / "social_upto_2009.csv"))) == {
        "absent": 14788,
        "no-date": 3299,
        "clean": 4258,
    }


def test_cordis(shared_data: Path) -> None:
    organisations = list(rows(shared_data / "cordis_h2020" / "organisations_2017.csv"))
    assert outcome("pic", (row["orgId"] for row in organisations)) == {"clean": 15235}
    assert outcome("text", (row["name"] for row in organisations), Context(options={"repair": "true"})) == {"clean": 15130, "repaired": 105}
    participations = list(rows(shared_data / "cordis_h2020" / "participation_2014_2016.csv"))
    missing = Context(options={"null_texts": ("NA",)})
    assert outcome("money", (row["contribution"] for row in participations), missing) == {"clean": 42700, "absent": 5273}
    assert outcome("country", (row["country"] for row in participations)) == {"clean": 47973}
    assert sum(VALUE_TYPES["country"].clean(row["country"], Context()).value == "NA" for row in participations) == 5
    assert outcome("date", (row["end_date"] for row in participations), missing) == {"clean": 47959, "absent": 14}
    # Decimal commas stand beside decimal points in one file.
    weekly = list(rows(shared_data / "cordis_h2020" / "organization_2023-05-29.csv"))
    assert outcome("money", (row["totalCost"] for row in weekly))["refused"] == 0


def test_registries(shared_data: Path) -> None:
    records = [json.loads(line)["id"] for line in (shared_data / "ror_cn" / "ror_cn.jsonl").read_text(encoding="utf-8").splitlines()]
    assert outcome("ror", records) == {"clean": 2263}
    # Development zones have statistics codes; 5 codes are not of the national standard, 2 divisions have ended by the table at hand.
    areas = [row["code"] for row in rows(shared_data / "cn_admin_divisions" / "areas.csv")]
    assert outcome("gb2260", areas) == {"clean": 2847, "statistics-code": 124, "unknown-code": 5, "superseded": 2}
    assert outcome("gb2260", (row["code"] for row in rows(shared_data / "cn_admin_divisions" / "cities.csv"))) == {"clean": 342}
    assert outcome("gb4754", (row["code"] for row in rows(shared_data / "cn_gb4754" / "gb4754.csv"))) == {"clean": 1971}
