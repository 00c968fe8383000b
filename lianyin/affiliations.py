"""Reading affiliations with the settings' gazetteer: single texts, a column of a table, and labelled texts to measure by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from graph.affiliations.evaluation import Labelled, Scores, evaluate
from graph.affiliations.gazetteer import Gazetteer, Listed, built_in
from graph.affiliations.places import PROVINCE_CODES, bare, province_of
from graph.affiliations.reading import Affiliation, read_affiliation, year_of
from graph.errors import FileProblem, MappingProblem
from graph.messages import message
from ingest.mapping.spec import MappingSpec
from ingest.planning import plan
from ingest.readers import SourceRow

if TYPE_CHECKING:
    from lianyin.settings import Settings

NO_COLUMNS: Mapping[str, Sequence[str]] = MappingProxyType({})
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
        raise FileProblem(
            message("'{file}' lists no institution.", file=path.name),
            hint=message("It needs a column for the name."),
            where={"file": path.name},
        )
    return Gazetteer.of(listed, whole=True)


def _listed(path: Path) -> Iterator[Listed]:
    for cells in table_rows(path, {"name": NAMES}, {"code": CODES, "city": PLACES, "province": PROVINCES}):
        name, code, city = (cells.get(key, "").strip() for key in ("name", "code", "city"))
        if name:
            province = province_of(cells.get("province", "")) or province_of(city) or PROVINCE_CODES.get(code[2:4], "")
            yield Listed(name, code, province, bare(city))


def table_rows(
    path: Path, required: Mapping[str, Sequence[str]], optional: Mapping[str, Sequence[str]] = NO_COLUMNS, broken: list[int] | None = None
) -> Iterator[Mapping[str, str]]:
    """The rows of a table, of any form that can be loaded, by the keys of ``required`` and ``optional`` (each with the headings that it
    may have). Raises ``FileProblem``, also for a row that does not split into columns, unless ``broken`` takes its number."""
    spec = _spec(required, optional)
    try:
        jobs = plan([path], {spec.mapping: spec}, named=True).jobs
    except MappingProblem as problem:
        wanted = "; ".join("/".join(names) for names in required.values())
        hint = message("Check the column's name against the header of the file.")
        raise FileProblem(
            message("{file} has no table with these columns: {wanted}.", file=path.name, wanted=wanted),
            hint=hint,
            where={"file": path.name},
        ) from problem
    keys = {names[0]: key for key, names in {**required, **optional}.items()}
    for job in jobs:
        for row in job.rows():
            if isinstance(row, SourceRow):
                yield {key: row.cells.get(name, "") for name, key in keys.items()}
            elif broken is not None:
                broken.append(row.row)
            else:
                hint = message("Correct that row: its quotes or separators.")
                raise FileProblem(
                    message("{file}, row {row}: {reason}.", file=path.name, row=row.row, reason=row.detail),
                    hint=hint,
                    where={"file": path.name, "row": row.row},
                )


def _spec(required: Mapping[str, Sequence[str]], optional: Mapping[str, Sequence[str]]) -> MappingSpec:
    named = [list(names) for names in required.values()], [list(names) for names in optional.values()]
    return MappingSpec.model_validate(
        {
            "mapping": "table",
            "source": {"id": "table", "name": "table"},
            "columns": {
                "required": [names[0] for names in named[0]],
                "optional": [names[0] for names in named[1]],
                "aliases": {names[0]: names[1:] for names in (*named[0], *named[1])},
            },
            "nodes": {"row": {"type": "Organization", "id": {"source": "table", "columns": [named[0][0][0]]}}},
        }
    )


class ColumnRead(NamedTuple):
    """The distinct texts of a column, each with how many rows have it, the commonest first; ``broken`` rows do not split into columns."""

    found: list[tuple[int, Affiliation]]
    broken: list[int]


def read_column(path: Path, columns: tuple[str, str, str], gazetteer: Gazetteer) -> ColumnRead:
    """Reads a column, with place and year where their columns are named. Raises ``FileProblem`` for a column that is not there."""
    wanted = {key: (name,) for key, name in zip(("text", "place", "year"), columns, strict=True) if name}
    counts: dict[tuple[str, str, int], int] = defaultdict(int)
    broken: list[int] = []
    for cells in table_rows(path, wanted, broken=broken):
        if cells["text"].strip():
            counts[cells["text"].strip(), cells.get("place", ""), year_of(cells.get("year", ""))] += 1
    found = [(count, read_affiliation(text, gazetteer, place=place, year=year)) for (text, place, year), count in counts.items()]
    return ColumnRead(sorted(found, key=lambda each: (-each[0], each[1].text)), broken)


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
