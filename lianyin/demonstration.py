"""The demonstration: a fictitious Yangzhou from twelve files to an answer, a warning and a picture. ``lianyin.cli.demo`` tells it."""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cooperation.insight import TERM, Link, sole_links, university_links
from graph.errors import FileProblem, NotFound, Unfinished
from graph.explanations import system_reason
from graph.messages import message
from graph.ontology.schema import Label
from graph.store import QueryLimits
from ingest.sample.tables import ACCOUNTS, ENCODINGS
from ingest.sample.write import write_city
from lianyin.bridges import Bridge, draw_bridge
from lianyin.counted import whole
from visualize.audience import Audience

if TYPE_CHECKING:
    from graph.paths import Fact, PathAnswer
    from ingest.pipeline import Progress
    from ingest.report import Report
    from lianyin.client import Client
    from lianyin.settings import Settings

DAY = datetime.date(2020, 9, 10)
"""The day of the article, and of the city's files."""

UNIVERSITY, ENTERPRISE = "扬州大学", "扬州示例重工有限公司"
FILES, STORE, PICTURE, MARK = "files", "store", "picture.html", ".lianyin-demo"


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the article beside the query that counts it in the graph."""

    label: Label
    reported: int
    query: str


COUNTS = (
    Count(Label("团员", "experts"), 581, "MATCH (p:Person)-[:HAS_TERM]->(:Secondment) RETURN count(DISTINCT p.id)"),
    Count(Label("科技成果", "achievements"), 1277, "MATCH (a:Achievement) WHERE a.kind = '高校成果' RETURN count(a)"),
    Count(Label("企业需求", "needs"), 436, "MATCH (n:Need) RETURN count(n)"),
    Count(Label("工作动态", "work updates"), 104, "MATCH (u:WorkUpdate) RETURN count(u)"),
    Count(Label("企业账号", "accounts"), 400, "MATCH (a:Account)-[:OF]->(e:Enterprise) RETURN count(DISTINCT e.id)"),
    Count(Label("挂职人次", "terms"), 627, "MATCH (s:Secondment) RETURN count(s)"),
    Count(Label("第13批", "batch 13"), 63, "MATCH (s:Secondment)-[:IN_BATCH]->(b:Batch) WHERE b.no = 13 RETURN count(s)"),
    Count(Label("工作室", "studios"), 195, "MATCH (s:Studio) RETURN count(s)"),
    Count(Label("劳模先进", "model workers"), 246, "MATCH (p:Person)-[:HOLDS]->(:Honour) RETURN count(DISTINCT p.id)"),
    Count(Label("成员", "studio members"), 850, "MATCH (p:Person)-[:MEMBER_OF]->(:Studio) RETURN count(DISTINCT p.id)"),
)
"""What 江苏工人报 told of Yangzhou on 2020-09-10 (``examples/article``); the sample city has the same size."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the question. ``expert``, ``need`` and the ends are captions; ``term`` and ``accepted`` the facts that say so."""

    university: str
    expert: str
    need: str
    enterprise: str
    term: Fact
    accepted: Fact


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was computed. ``counted`` are the figures of ``COUNTS`` in their order, ``lost`` the captions of the enterprises that have no
    other link to a university than the answer's expert."""

    folder: Path
    report: Report
    counted: tuple[int, ...]
    answer: Answered
    lost: tuple[str, ...]
    picture: Path

    @property
    def store_url(self) -> str:
        return store_url(self.folder)


def store_url(folder: Path) -> str:
    """The store of a demonstration's folder."""
    return f"kglite://{(folder / STORE).resolve().as_posix()}"


def demonstrate(folder: Path, settings: Settings, progress: Callable[[Progress], None] | None = None) -> Demonstration:
    """Writes the city into ``folder`` (what an earlier demonstration left there is replaced), loads it, asks, counts and draws. Raises
    ``FileProblem`` for a folder that holds something else, and whatever loading and asking raise."""
    from lianyin.client import open
    from lianyin.operations.paths import AskPaths

    chosen = settings.model_copy(update={"today": DAY, "clearance": max(settings.clearance, 2)})  # every name in it is fictitious
    prepare(folder, chosen)
    files = write_city(folder / FILES).files
    spoil_one_row(next(path for path in files if path.name == ACCOUNTS))
    with open(store_url(folder), settings=chosen) as client:
        report = client.ingest([folder / FILES], "city", progress, date=DAY.isoformat())
        counted = tuple(count(client, each) for each in COUNTS)
        found = client.find_paths(AskPaths(UNIVERSITY, ENTERPRISE, as_of=DAY.isoformat()))
        check_found(found)
        bridge = bridge_of(client, found)
        names = {node.id: node.caption for node in client.store.facts(nodes=bridge.lost).nodes}
        picture = folder / PICTURE
        picture.write_text(draw_bridge(client, bridge, DAY.isoformat(), Audience.INTERNAL), encoding="utf-8")
        return Demonstration(folder, report, counted, answered(found), tuple(names[id] for id in bridge.lost), picture)


def prepare(folder: Path, settings: Settings) -> None:
    """An empty folder, marked as a demonstration's. Raises ``FileProblem`` for one that holds anything else and ``StoreHeld`` for one in
    use."""
    from lianyin.client import open

    if folder.exists() and not (folder / MARK).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileProblem(
            message("{folder} is not empty, and no earlier demonstration made it.", folder=folder),
            hint=message("Name another folder: lianyin demo FOLDER."),
            where={"file": str(folder)},
        )
    if (folder / STORE).exists():
        open(store_url(folder), settings=settings).close()  # refused while another process, such as `lianyin serve`, works on it
        shutil.rmtree(folder / STORE)
    try:
        (folder / FILES).mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text("Made by `lianyin demo`; it may be deleted.\n", encoding="utf-8")
    except OSError as error:
        raise FileProblem(
            message("The demonstration cannot be written to {folder}: {reason}.", folder=folder, reason=system_reason(error)),
            hint=message("Name a folder that can be written to: lianyin demo FOLDER."),
            where={"file": str(folder)},
        ) from error


def spoil_one_row(accounts: Path) -> None:
    """Adds one row as offices spoil them, a comma inside the name of a firm that stands there already: it must be rejected and explained,
    and change no count."""
    encoding = ENCODINGS[accounts.name]
    with accounts.open(encoding=encoding, newline="") as stream:
        first = list(csv.reader(stream))[1]
    name = first[0]
    with accounts.open("a", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerow([name[:4], name[4:], *first[1:]])


def count(client: Client, each: Count) -> int:
    """The figure that the graph gives. Raises ``Unfinished``."""
    return int(str(whole(client.store.cypher(each.query, {}, _limits(client))).rows[0][0]))


def _limits(client: Client) -> QueryLimits:
    return QueryLimits(client.settings.max_rows, client.settings.max_milliseconds, trusted=True)


def check_found(found: PathAnswer) -> None:
    """Raises ``Unfinished`` if the search was stopped before it had a path, ``NotFound`` if there is none."""
    if not found.paths and not found.finished:
        raise Unfinished(
            message("The search for the demonstration's path was ended by a limit ({limit}).", limit=found.limit),
            hint=message("Raise LIANYIN_MAX_MILLISECONDS, or ask again when the machine has less to do."),
            where={"parameter": str(found.limit)},
        )
    if not found.paths:
        raise NotFound(
            message("There is no path from {university} to {enterprise} on {day}.", university=UNIVERSITY, enterprise=ENTERPRISE, day=DAY)
        )


def answered(found: PathAnswer) -> Answered:
    """The first path in the words of the question."""
    path = found.paths[0]
    university, expert, need, enterprise = (node.caption.zh for node in path.nodes)
    return Answered(university, expert, need, enterprise, path.hops[0].fact, path.hops[1].fact)


def bridge_of(client: Client, found: PathAnswer) -> Bridge:
    """The path that was found, and what hangs on its expert alone, whatever the date."""
    path = Link(*(node.id for node in found.paths[0].nodes))
    links = university_links(client.store, _limits(client), DAY, homes=(TERM,))
    lost = sole_links(university_links(client.store, _limits(client))).get(path.person, ())
    return Bridge(path, lost, links)
