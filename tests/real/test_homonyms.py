"""Homonyms by the ten thousand: directors of companies beside leaders of science projects. A name alone joins and proposes nobody."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.identity.candidates import LARGEST_BLOCK
from lianyin.client import Client

pytestmark = pytest.mark.shared_data

LIKELY = 0.5


@pytest.fixture(scope="module")
def client(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with lianyin.open(f"kglite://{tmp_path_factory.mktemp('homonyms').as_posix()}") as opened:
        opened.ingest([shared_data / "cn_listed_companies_sz" / "keydirector_info.csv"], "listed-companies-directors")
        opened.ingest([shared_data / "cn_nsfc" / "natural-2017-09-26.csv"], "nsfc")
        yield opened


def test_nobody_is_merged_or_proposed_by_name_and_all_is_listed_with_scores(client: Client, shared_data: Path) -> None:
    with (shared_data / "cn_listed_companies_sz" / "keydirector_info.csv").open(encoding="gb18030") as stream:
        directors = {(row["gpdm"], row["name"].strip()) for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)}
    people = Counter(node.id.split(":")[0] for node in client.store.scan()[1] if node.type == "Person")
    assert people["listed-company-director"] == len(directors) == 46_914
    assert client.judgements().rows == []
    document = client.candidates(10_000, 0.0).document
    assert (document["truncated"], document["crowded"], document["judged"]) == (True, [], 0)
    assert int(str(document["total"])) > 100_000 and LARGEST_BLOCK * LARGEST_BLOCK > int(str(document["compared"]))
    pairs: list[dict[str, object]] = document["candidates"]  # type: ignore[assignment]
    assert [each["score"] for each in pairs] == sorted((float(str(each["score"])) for each in pairs), reverse=True)
    same_name = [each for each in pairs if each["left"]["type"] == "Person" and each["left"]["caption"] == each["right"]["caption"]]  # type: ignore[index]
    assert len(same_name) > 5_000, "homonyms are listed, for whoever wants to look"
    across = [each for each in same_name if len({each[side]["id"].split(":")[0] for side in ("left", "right")}) == 2]  # type: ignore[index]
    assert len(across) > 1_000 and max(float(str(each["score"])) for each in across) < LIKELY
    likely = [each for each in pairs if float(str(each["score"])) >= LIKELY and each["left"]["type"] == "Person"]  # type: ignore[index]
    for each in likely:
        features = {reason["feature"] for reason in each["reasons"]}  # type: ignore[attr-defined]
        assert {"name", "home"} <= features, "leaders of one university under its former and its present name: never by name alone"
    assert 20 < len(likely) < 200
