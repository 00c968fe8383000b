"""Identity at the desk: what is proposed, judged, replaced and taken back; measured on the dirty city, where the truth is known."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.errors import Conflict, FileProblem, Forbidden, NotFound, QueryProblem, WrongParameters
from graph.identity.candidates import PROPOSED
from ingest.sample.write import CityFiles, write_city
from lianyin.client import Client
from lianyin.labels import read_labels
from lianyin.operations.review import ListCandidates
from lianyin.settings import Settings
from tests.conftest import fixed_key


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> CityFiles:
    return write_city(tmp_path_factory.mktemp("dirty"), dirt=True)


@pytest.fixture(scope="module")
def client(files: CityFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("review")
    settings = Settings(today="2020-09-10", language="zh", hash_key_file=fixed_key(folder))  # type: ignore[arg-type]
    with lianyin.open(f"kglite://{folder}/store", settings=settings) as opened:
        opened.ingest([files.files[0].parent], "city", date=files.city.reference_date)
        yield opened


def truth(files: CityFiles, client: Client) -> set[tuple[str, str]]:
    """Which nodes are one though the files give them two: an enterprise under its short name and under its full one."""
    found = set()
    for spot in files.spots:
        if spot.kind == "short-firm":
            short, full = f"city-enterprise:{spot.raw}", client.node(str(spot.expected.value)).id
            found.add((min(short, full), max(short, full)))
    return found


def split_people(files: CityFiles, client: Client) -> set[tuple[str, str]]:
    """Who stands twice because their unit is written too short to be known (南大); the names of these are nobody else's."""
    homonyms = {files.city.experts[number].name for pair in files.city.plants.homonyms for number in pair}
    people: dict[str, list[str]] = defaultdict(list)
    for node in client.store.scan()[1]:
        if node.type == "Person" and node.caption not in homonyms:
            people[node.caption].append(node.id)
    return {(min(ids), max(ids)) for ids in people.values() if len(ids) > 1}


def proposed(client: Client, least: float = 0.85) -> dict[tuple[str, str], list[str]]:
    rows = client.candidates(10_000, least).document["candidates"]
    return {(each["left"]["id"], each["right"]["id"]): [one["feature"] for one in each["reasons"]] for each in rows}  # type: ignore[attr-defined]


def test_what_is_listed_is_what_is_proposed() -> None:
    assert ListCandidates().least == PROPOSED


def test_exactly_what_is_one_is_proposed_with_its_reasons(files: CityFiles, client: Client) -> None:
    firms, people = truth(files, client), split_people(files, client)
    assert (len(firms), len(people)) == (5, 3)
    found = proposed(client)
    assert firms <= set(found) <= firms | people, "nothing else"
    assert len(set(found) & people) == 2, "the third has signed agreements only: nothing but a name"
    assert all(len(features) > 1 for features in found.values()), "never by a name alone"


def test_people_of_one_name_are_never_proposed_for_it(files: CityFiles, client: Client) -> None:
    rows = client.candidates(10_000, 0.0).document["candidates"]
    alike = [each for each in rows if each["left"]["type"] == "Person" and each["left"]["caption"] == each["right"]["caption"]]  # type: ignore[attr-defined]
    homonyms = [each for each in alike if (each["left"]["id"], each["right"]["id"]) not in split_people(files, client)]
    assert len(homonyms) == 2, "the homonyms of the city"
    assert all(each["score"] < 0.5 for each in homonyms)
    assert all(len(each["reasons"]) > 1 for each in alike if each["score"] >= 0.5)


def test_quality_is_told_at_every_threshold(files: CityFiles, client: Client, tmp_path: Path) -> None:
    everything = proposed(client, 0.0)
    labels = tmp_path / "labels.csv"
    with labels.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("left", "right", "same"))
        writer.writerows((*pair, int(pair in truth(files, client))) for pair in everything if pair not in split_people(files, client))
    told = {row[0]: row[1:] for row in client.candidate_quality(read_labels(labels)).rows}
    assert told[0.85] == (5, 0, 0, 1.0, 1.0, 1.0)
    assert told[0.99] == (3, 0, 2, 1.0, 0.6, 0.75)
    labels.write_text("left,right,same\na,,1\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="Row 2"):
        client.candidate_quality(read_labels(labels))


def exported(client: Client, folder: Path) -> bytes:
    path = folder / "graph.jsonl"
    with path.open("wb") as stream:
        client.export("jsonl", stream, "internal")
    return path.read_bytes()


def test_a_pair_is_joined_parted_and_not_proposed_again(files: CityFiles, client: Client, tmp_path: Path) -> None:
    pair = min(truth(files, client))
    before = exported(client, tmp_path)
    changes = client.on_behalf_of("人才办").judge(*pair, "same", preview=True).document["changes"]
    assert {each["change"] for each in changes} >= {"changed", "gone"}  # type: ignore[attr-defined]
    assert exported(client, tmp_path) == before, "a preview changes nothing"
    client.on_behalf_of("人才办").judge(*pair, "same", "同一家企业")
    assert len(client.store.facts(nodes=pair).nodes) == 1
    assert pair not in proposed(client)
    with pytest.raises(Conflict, match="already"):
        client.on_behalf_of("总工会").judge(*pair, "same")
    client.ingest([files.files[0].parent], "city", date=files.city.reference_date)
    assert [(each["verdict"], each["note"]) for each in client.judgements().document["judgements"]] == [("same", "同一家企业")]  # type: ignore[attr-defined]
    client.on_behalf_of("人才办").withdraw_judgement(*pair)
    assert exported(client, tmp_path) == before
    client.on_behalf_of("人才办").judge(*pair, "unsure", "要问企业")
    assert pair not in proposed(client)
    assert exported(client, tmp_path) == before
    client.on_behalf_of("人才办").withdraw_judgement(*pair)
    assert pair in proposed(client)


def test_who_may_not_and_what_cannot_be_judged_is_refused(files: CityFiles, client: Client) -> None:
    one, other = min(truth(files, client))
    revision = client.store.head().revision
    for actor, left, right, verdict, problem in (
        ("分析", one, other, "same", Forbidden),
        ("人才办", one, "city-enterprise:没有", "same", NotFound),
        ("人才办", one, one, "same", QueryProblem),
        ("人才办", one, "gb2260:321003", "same", QueryProblem),
        ("人才办", one, other, "perhaps", WrongParameters),
    ):
        with pytest.raises(problem):
            client.on_behalf_of(actor).judge(left, right, verdict)  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="Nobody has judged"):
        client.on_behalf_of("人才办").withdraw_judgement(one, other)
    assert client.store.head().revision == revision


def test_a_contradiction_is_listed_with_its_chain(files: CityFiles, client: Client) -> None:
    first, second = sorted(truth(files, client))[:2]
    links = ((*first, "same"), (*second, "same"), (first[1], second[1], "same"), (first[0], second[0], "different"))
    for left, right, verdict in links:
        client.on_behalf_of("人才办").judge(left, right, verdict)
    (found,) = client.contradictions().document["contradictions"]  # type: ignore[misc]
    assert {found["left"], found["right"]} == {first[0], second[0]}
    assert len(found["chain"]) == 3
    for left, right, _ in reversed(links):
        client.on_behalf_of("人才办").withdraw_judgement(left, right)
    assert client.contradictions().document["contradictions"] == []
