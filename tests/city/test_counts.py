"""The article's counts, computed from the graph by Cypher on both stores, and what the twelve files become."""

from __future__ import annotations

import pytest

from graph.store import QueryLimits
from ingest.report import Report
from ingest.sample.city import City
from ingest.sample.tables import sheets
from lianyin.client import Client
from lianyin.demonstration import COUNTS, count

EXPECTED = [581, 1277, 436, 104, 400, 627, 63, 195, 246, 850]
FURTHER = {
    "MATCH (p:Person) RETURN count(p)": 581 + 246 + 850,
    "MATCH (a:Achievement) WHERE a.kind = '职工创新' RETURN count(a)": 512,
    "MATCH (a:Achievement) WHERE a.kind = '职工创新' AND a.transformed RETURN count(a)": 415,
    "MATCH (u:University) RETURN count(u)": 68,
    "MATCH (e:Enterprise) RETURN count(e)": 400,
    "MATCH (:Studio)-[r:PAIRED_WITH]->(:Person) RETURN count(r)": 60,
    "MATCH (:Studio)-[r:PAIRED_WITH]->(:Person) WHERE r.demo RETURN count(r)": 22,
    "MATCH (:Person)-[r:SECONDED_FROM]->(:Organization) RETURN count(r)": 627,
    "MATCH (t:Town)-[:PART_OF]->(:District)-[:PART_OF]->(:City) RETURN count(t)": 60,
    "MATCH (s:Secondment) WHERE s.role = '团长' RETURN count(s)": None,
}


def number(client: Client, query: str) -> int:
    return int(str(client.store.cypher(query, {}, QueryLimits(1000, 60_000)).rows[0][0]))


def test_every_row_loads(report: Report, city: City) -> None:
    rows = sum(len(list(sheet.rows)) for sheet in sheets(city))
    assert report.totals.read == report.totals.new == rows
    assert report.rejected == ()
    assert [each.file for each in report.skipped] == ["truth.json"]
    # Two meetings of the generated city are alike in every cell.
    assert [(notice.file, notice.row, notice.reason.en) for notice in report.notices] == [
        ("会商走访记录.xlsx", 340, "a repeat: an earlier row speaks of the same")
    ]
    assert len(report.files) == 13 and len({each.file for each in report.files}) == 12


def test_the_articles_counts(client: Client) -> None:
    assert [each.reported for each in COUNTS] == EXPECTED
    assert [count(client, each) for each in COUNTS] == EXPECTED


def test_further_counts(client: Client, city: City) -> None:
    leaders = sum("团长" in term.post for term in city.terms)
    for query, expected in FURTHER.items():
        assert number(client, query) == (leaders if expected is None else expected), query
    assert number(client, "MATCH (:Person)-[a:ACCEPTED]->(:Need) RETURN count(a)") == sum(len(need.acceptances) for need in city.needs)
    assert number(client, "MATCH (a:Agreement) RETURN count(a)") == len(city.agreements)
    trained = "MATCH (t:Training) RETURN sum(t.attendees)"
    named = "MATCH (t:Training)-[i:INVOLVES]->(p:Person)-[:MEMBER_OF]->(:Studio) RETURN count(i)"
    assert number(client, trained) + number(client, named) == sum(each.person_times for each in city.trainings)


@pytest.mark.neo4j
def test_the_articles_counts_on_neo4j(on_neo4j: Client) -> None:
    assert [count(on_neo4j, each) for each in COUNTS] == EXPECTED


def test_loading_again_changes_nothing(client: Client, report: Report, folder) -> None:  # type: ignore[no-untyped-def]
    again = client.preview([folder], "city").totals
    assert (again.new, again.updated, again.rejected, again.unchanged) == (0, 0, 0, report.totals.read)


def test_the_headers_alone_find_the_mappings(client: Client, folder) -> None:  # type: ignore[no-untyped-def]
    found = client.preview([folder])
    assert {each.mapping.partition("-")[0] for each in found.files} == {"city"} and found.totals.rejected == 0
