"""The article as data: what it says is there, with its sentence; what it reports is never a count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.store import QueryLimits
from lianyin.client import Client
from lianyin.settings import Settings
from tests.conftest import fixed_key

LIMITS = QueryLimits(1000, 60_000)


@pytest.fixture(scope="module")
def article(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = checkout / "examples" / "article"
    store = tmp_path_factory.mktemp("article") / "store"
    settings = Settings(language="zh", hash_key_file=fixed_key(store.parent))
    with lianyin.open(f"kglite://{store.as_posix()}", settings=settings) as client:
        report = client.ingest([folder], str(folder / "mapping.yaml"), date="2020-09-10")
        assert (report.totals.read, report.totals.rejected, report.notices) == (21, 0, ())
        yield client


def rows(client: Client, query: str) -> list[tuple[object, ...]]:
    return sorted(client.store.cypher(query, {}, LIMITS).rows, key=str)


def test_the_plan_and_its_two_issuers(article: Client) -> None:
    assert rows(article, "MATCH (p:Policy)-[:ISSUED_BY]->(o) RETURN p.name, o.name, o.entityType") == [
        ("扬州市科技镇长团与劳模创新工作室合作共建实施方案", "扬州市人才办", "Agency"),
        ("扬州市科技镇长团与劳模创新工作室合作共建实施方案", "扬州市总工会", "Union"),
    ]


def test_one_visit_to_two_firms_in_one_town(article: Client) -> None:
    assert rows(
        article,
        "MATCH (v:Visit)-[:INVOLVES]->(e:Enterprise)-[:LOCATED_IN]->(t:Town)-[:PART_OF]->(d:District) RETURN e.name, t.name, d.name",
    ) == [
        ("庆峰工程集团", "槐泗镇", "邗江区"),
        ("潍柴亚星集团", "槐泗镇", "邗江区"),
    ]
    assert rows(article, "MATCH (v:Visit) RETURN count(v)") == [(1,)]
    leader = (
        "MATCH (p:Person)-[:HAS_TERM]->(s:Secondment)-[:IN_BATCH]->(b:Batch), (s)-[:IN_TEAM]->(t:TownHeadTeam) "
        "RETURN p.name, s.role, b.no, t.name"
    )
    assert rows(article, leader) == [("吴辉", "团长", 13, "邗江区第13批科技镇长团")]


def test_totals_are_reported_figures_and_nothing_else(article: Client) -> None:
    reported = {
        int(str(value)) if isinstance(value, int) else int(float(str(value)))
        for (value,) in rows(article, "MATCH (t:Target) WHERE t.reported IS NOT NULL RETURN t.reported")
    }
    assert reported == {627, 63, 195, 246, 850, 581, 1277, 436, 104, 400}
    aimed = rows(article, "MATCH (t:Target) WHERE t.value IS NOT NULL RETURN t.value")
    assert sorted(float(str(value)) for (value,) in aimed) == [0.8, 20, 500, 4000, 5000, 30000, 240000]
    assert rows(article, "MATCH (s:Secondment) RETURN count(s)") == [(1,)]
    assert rows(article, "MATCH (p:Person) RETURN count(p)") == [(1,)]


def test_every_fact_has_its_sentence_and_its_source(article: Client) -> None:
    for (quotation,) in rows(article, "MATCH (n:Entity) WHERE n.entityType IN ['Target', 'Policy', 'Visit'] RETURN n.quotation"):
        assert quotation
    for (id,) in rows(article, "MATCH (n:Entity) RETURN n.id"):
        _, claims, _ = article.ledger.node_evidence(str(id))
        assert claims and {claim.source for claim in claims} == {"jiangsu-worker-2020-09-10"}


@pytest.mark.shared_data
def test_the_sentences_are_the_articles(checkout: Path, shared_data: Path) -> None:
    """Punctuation aside, each quotation stands in the article."""
    import csv
    import re

    path = shared_data.parent / "article.txt"
    if not path.is_file():
        pytest.skip("the article is not beside the public data")
    plain = re.sub(r"\W", "", path.read_text(encoding="utf-8"))
    for name in ("figures", "policy", "visit"):
        with (checkout / "examples" / "article" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assert re.sub(r"\W", "", row["原文"]) in plain, row["原文"]
