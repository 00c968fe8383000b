"""Reading affiliations with the settings' gazetteer: single texts, a column of a table, and labelled texts to measure by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.affiliations.evaluation import Labelled, Scores, evaluate
from graph.affiliations.gazetteer import Gazetteer, Listed, built_in
from graph.affiliations.places import PROVINCE_CODES, bare, province_of
from graph.affiliations.reading import Affiliation, read_affiliation
from graph.errors import FileProblem
from ingest.mapping.spec import MappingSpec
from ingest.pipeline import plan
from ingest.readers import SourceRow

if TYPE_CHECKING:
    from lianyin.settings import Settings

NAMES = ("name", "学校名称", "名称", "高校")
CODES = ("code", "学校标识码", "标识码")
PLACES = ("address", "city", "所在地", "城市")
PROVINCES = ("province", "省份", "所在省")


def load_gazetteer(settings: Settings) -> Gazetteer:
    """What is built in, and the list of the setting ``institutions`` if there is one. Raises ``FileProblem`` for a list that cannot be
    read or names nobody."""
    path = settings.institutions
    if path is None:
        return built_in()
    listed = list(_listed(path))
    if not listed:
        raise FileProblem(f"'{path.name}' lists no institution.", hint="It needs a column name.", where={"file": path.name})
    return Gazetteer.of(listed, whole=True)


def _listed(path: Path) -> Iterator[Listed]:
    for cells in table_rows(path, {"name": NAMES}, {"code": CODES, "city": PLACES, "province": PROVINCES}):
        name, code, city = (cells.get(key, "").strip() for key in ("name", "code", "city"))
        if name:
            province = province_of(cells.get("province", "")) or province_of(city) or PROVINCE_CODES.get(code[2:4], "")
            yield Listed(name, code, province, bare(city))


def table_rows(path: Path, required: Mapping[str, Sequence[str]], optional: Mapping[str, Sequence[str]]) -> Iterator[Mapping[str, str]]:
    """The rows of a table, of any form that can be loaded, by the keys of ``required`` and ``optional`` (each with the headings that it
    may have). Raises ``FileProblem`` or ``MappingProblem``."""
    aliases = {key: [name for name in names if name != key] for key, names in {**required, **optional}.items()}
    spec = MappingSpec.model_validate(
        {
            "mapping": "table",
            "source": {"id": "table", "name": "table"},
            "columns": {"required": list(required), "optional": list(optional), "aliases": aliases},
            "nodes": {"row": {"type": "Organization", "id": {"source": "table", "columns": list(required)}}},
        }
    )
    for job in plan([path], {spec.mapping: spec}, named=True).jobs:
        yield from (row.cells for row in job.rows() if isinstance(row, SourceRow))


def read_column(path: Path, columns: tuple[str, str, str], gazetteer: Gazetteer) -> list[tuple[int, Affiliation]]:
    """The distinct texts of a column (with place and year, if their columns are named), each with how many rows have it, the commonest
    first."""
    text, place, year = columns
    optional = {key: (name,) for key, name in (("place", place), ("year", year)) if name}
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for cells in table_rows(path, {"text": (text,)}, optional):
        if cells.get("text", "").strip():
            counts[cells["text"].strip(), cells.get("place", ""), cells.get("year", "")[:4]] += 1
    found = [(count, read_affiliation(text, gazetteer, place=place, year=year_of(year))) for (text, place, year), count in counts.items()]
    return sorted(found, key=lambda each: (-each[0], each[1].text))


def year_of(text: str) -> int:
    """The year that a date begins with, 0 if none."""
    return int(text[:4]) if text[:4].isdigit() else 0


def measure(path: Path, gazetteer: Gazetteer) -> Mapping[str, Scores]:
    """Precision and recall on labelled texts, by half and for all: columns ``text`` and ``universities`` (joined by ;), and where they are
    known ``half``, ``place``, ``year``."""
    rows = [
        Labelled(
            cells["text"],
            frozenset(filter(None, (each.strip() for each in cells.get("universities", "").replace("；", ";").split(";")))),
            cells.get("half", ""),
            year_of(cells.get("year", "")),
            cells.get("place", ""),
        )
        for cells in table_rows(
            path,
            {"text": ("text",), "universities": ("universities",)},
            {"half": ("half",), "year": ("year",), "place": ("place", "province")},
        )
        if cells.get("text", "").strip()
    ]
    halves = dict.fromkeys(row.half for row in rows)
    parts = {half: [row for row in rows if row.half == half] for half in halves if half}
    return {half: evaluate(part, gazetteer) for half, part in {**parts, "": rows}.items()}
