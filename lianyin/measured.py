"""How good the candidates are where the truth is known: on the labelled sample and on the dirty sample city. All of it is fictitious.

The labelled sample (``ingest/sample/labelled``) has pairs of records, half ``dev`` (weights may be set on these), half ``test``.
In the city a planted pair counts as found if the load joined it already or it is proposed; whatever else is proposed counts as wrong.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from graph.identity.candidates import PROPOSED, find_candidates
from graph.identity.portrait import take_in
from graph.identity.quality import Measured, measure_all
from graph.model import Claim, ClaimKind, Node
from graph.privacy import HIGHEST
from graph.store import ClaimSelection

if TYPE_CHECKING:
    from ingest.sample.dirt import Spot
    from lianyin.client import Client
    from lianyin.settings import Settings

Pair = tuple[str, str]

LABELLED = Path(__file__).resolve().parents[1] / "ingest" / "sample" / "labelled"
TABLES = (("人员.csv", "people.yaml"), ("企业.csv", "firms.yaml"), ("项目.csv", "projects.yaml"))
"""Each table with its mapping."""
SCHEMES = {"p": "labelled-person:", "f": "labelled-firm:", "j": "labelled-project:"}
"""With what the ids of the nodes begin whose rows are numbered p001, f001, j001 …"""

TWICE = {
    "科技镇长团团员花名册.xlsx": "Person",
    "工作室成员名单.csv": "Person",
    "企业账号.csv": "Enterprise",
    "企业需求(发单).xlsx": "Need",
    "科技成果.xlsx": "Achievement",
    "工作动态.csv": "WorkUpdate",
}
"""What a row of each file of the city is about, where rows are repeated."""


def measure_samples(settings: Settings) -> list[Measured]:
    """The labelled sample, whole and by halves, and the dirty city; each in a store of its own that is gone afterwards."""
    return [*_labelled(settings), _city(settings)]


def _opened(folder: str, settings: Settings) -> Client:
    from lianyin.client import open

    root = Path(folder)
    chosen = {"store": f"kglite://{(root / 'store').as_posix()}", "clearance": HIGHEST, "hash_key_file": root / "hash.key", "server": ""}
    return open(settings=settings.model_copy(update={**chosen, "store_auth_file": None}))


def _scores(client: Client) -> dict[Pair, float]:
    _, nodes, relationships = client.store.scan()
    population = take_in(nodes, relationships, client.ontology, HIGHEST)
    return {each.pair: each.score for each in find_candidates(population, client.ontology, (), 0.0).found}


def _measured(name: str, labels: Mapping[Pair, bool], scores: Mapping[Pair, float]) -> Measured:
    return Measured(name, len(labels), sum(labels.values()), tuple(measure_all(labels, scores, (PROPOSED,))))


# ── the labelled sample ─────────────────────────────────────────────────────────────────────────


def _labelled(settings: Settings) -> list[Measured]:
    with (LABELLED / "labels.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with tempfile.TemporaryDirectory(prefix="lianyin-") as folder, _opened(folder, settings) as client:
        ids: dict[str, str] = {}
        for table, mapping in TABLES:
            client.ingest([LABELLED / table], str(LABELLED / mapping))
        for claim in _node_claims(client):
            letter = next((letter for letter, scheme in SCHEMES.items() if claim.subject.startswith(scheme)), "")
            if letter:
                ids[f"{letter}{claim.row - 1:03}"] = claim.subject
        scores = _scores(client)
    labels = {_ordered(ids[row["left"]], ids[row["right"]]): row for row in rows}
    return [
        _measured(f"labelled {half}", {pair: row["same"] == "1" for pair, row in labels.items() if half in ("", row["half"])}, scores)
        for half in ("dev", "test")
    ]


# ── the dirty city ──────────────────────────────────────────────────────────────────────────────


def _city(settings: Settings) -> Measured:
    from ingest.sample.write import write_city

    with tempfile.TemporaryDirectory(prefix="lianyin-") as folder, _opened(folder, settings) as client:
        made = write_city(Path(folder) / "files", dirt=True)
        client.ingest([*made.files], "city", date=made.city.reference_date)
        plants = orjson.loads((Path(folder) / "files" / "truth.json").read_bytes())["plants"]
        nodes = list(client.store.scan()[1])
        meant = {id: node.id for node in nodes for id in (node.id, *node.identifiers)}
        labels = {**_planted_twice(client, made.spots, meant), **_short(nodes, made.spots, client, meant)}
        for firm in plants["renamed_enterprises"]:
            labels[_ordered(_firm(firm["name"], nodes), meant[f"city-enterprise:{firm['former_name']}"])] = True
        for homonym in plants["homonyms"]:
            labels |= dict.fromkeys(_people(homonym["name"], nodes), False)
        scores = _scores(client)
    # What is one node already was joined by the load.
    joined = {pair: 1.0 for pair in labels if pair[0] == pair[1]}
    further = {pair: False for pair, score in scores.items() if score >= PROPOSED and pair not in labels}
    return _measured("dirty city", {**further, **labels}, {**scores, **joined})


def _planted_twice(client: Client, spots: Iterable[Spot], meant: Mapping[str, str]) -> dict[Pair, bool]:
    """Rows that repeat an earlier one: the node of the one and of the other."""
    at: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for claim in _node_claims(client):
        at[claim.file.rsplit("/", 1)[-1], claim.row].append((claim.type, meant[claim.subject]))
    found: dict[Pair, bool] = {}
    for spot in spots:
        if spot.kind == "duplicate":
            first, again = (  # ids of the nodes of either row
                sorted(id for type, id in at[spot.file, row] if type == TWICE[spot.file])
                for row in (int(str(spot.expected.value)), spot.row)
            )
            # A repeated row that was set aside states nothing: it gives no second node.
            one = f"{spot.file}:{spot.row}"
            pair = (one, one) if not again or set(first) & set(again) else _ordered(first[0], again[0])
            found[(one, one) if pair[0] == pair[1] else pair] = True
    return found


def _short(nodes: Iterable[Node], spots: Iterable[Spot], client: Client, meant: Mapping[str, str]) -> dict[Pair, bool]:
    """Firms under a short name, and people whose home organisation is written too short to be known."""
    nodes = list(nodes)
    rows = {spot.row for spot in spots if spot.kind == "ambiguous-short-name" and TWICE.get(spot.file) == "Person"}
    roster = next(file for file in TWICE if TWICE[file] == "Person")
    unclear = {
        meant[claim.subject]
        for claim in _node_claims(client)
        if claim.type == "Person" and claim.file.endswith(roster) and claim.row in rows
    }
    found: dict[Pair, bool] = {}
    for node in nodes:
        if node.id in unclear:
            found |= dict.fromkeys((pair for pair in _people(node.caption, nodes) if node.id in pair), True)
    for spot in spots:
        if spot.kind == "short-firm":
            found[_ordered(meant[f"city-enterprise:{spot.raw}"], _firm(str(spot.expected.value), nodes))] = True
    return found


def _people(name: str, nodes: Iterable[Node]) -> list[Pair]:
    return list(combinations(sorted(node.id for node in nodes if node.type == "Person" and node.caption == name), 2))


def _firm(name: str, nodes: Iterable[Node]) -> str:
    return next(node.id for node in nodes if node.type == "Enterprise" and node.caption == name)


def _node_claims(client: Client) -> list[Claim]:
    loads = [load.id for load in client.store.loads()]
    return [claim for claim in client.store.claims(ClaimSelection(loads=loads)) if claim.kind is ClaimKind.NODE]


def _ordered(one: str, other: str) -> Pair:
    return min(one, other), max(one, other)
