"""Which mapping fits a table: told from the header alone, said in a sentence when none does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NoReturn

from graph.errors import MappingProblem
from graph.messages import Message, message, verbatim
from ingest.distinct import lacking
from ingest.mapping.spec import MappingSpec
from ingest.readers import Preview, header_of

SHOWN_COLUMNS = 30
"""Columns named in a message before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a mapping fits a table. ``header`` holds standard names, ``header_row`` the row it was found in (0 in JSONL).
    ``missing`` are required columns that the header lacks: the mapping fits only if there are none. ``lacking`` are distinctive ones that
    the table lacks: the mapping takes it by itself only if there are none."""

    mapping: str
    header_row: int
    header: tuple[str, ...]
    matched: int
    required: int
    missing: tuple[str, ...]
    lacking: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.missing

    @property
    def own(self) -> bool:
        """Whether the table is plainly of this mapping's kind, so that nobody need choose it."""
        return self.fits and not self.lacking

    @property
    def rank(self) -> tuple[bool, float, int]:
        """Higher is better: fits first; then the share of the required columns that is there, then all columns that are known."""
        return (self.fits, 1 - len(self.missing) / self.required, self.matched)


def header_aliases(spec: MappingSpec) -> dict[str, str]:
    """Alias → standard name, both as cleaned headers."""
    return {header_of((alias,))[0]: name for name, aliases in spec.columns.aliases.items() for alias in aliases if alias.strip()}


def fit(table: Preview, spec: MappingSpec) -> Fit:
    """The best that this mapping makes of the table's top rows."""
    aliases = header_aliases(spec)
    rows = table.rows
    if spec.format.header_rows == "2":
        rows = tuple((row, two_rows(above, cells)) for (_, above), (row, cells) in pairwise(rows))
    found = (_fit_row(row, header_of(cells, aliases), spec) for row, cells in rows)
    best = max(found, key=lambda each: (each.rank, -each.header_row), default=_fit_row(0, (), spec))
    return replace(best, lacking=lacking(table, best.header_row, best.header, spec)) if best.fits else best


def two_rows(above: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """One heading for each column of a header of two rows: its group's, which holds until the next begins, and its own."""
    found, group = [], ""
    for index, cell in enumerate(cells):
        own = above[index].strip() if index < len(above) else ""
        group = own or group
        name = cell.strip()
        found.append(name if not group or not name or own == name else f"{group} {name}")
    return tuple(found)


def _fit_row(row: int, header: tuple[str, ...], spec: MappingSpec) -> Fit:
    present = set(header)
    missing = tuple(column for column in spec.columns.required if column not in present)
    return Fit(spec.mapping, row, header, len(present & spec.columns.known), len(spec.columns.required), missing)


def propose(table: Preview, mappings: Iterable[MappingSpec]) -> list[Fit]:
    """All mappings, the best fit first."""
    return sorted((fit(table, spec) for spec in mappings), key=_order, reverse=True)


def _order(found: Fit) -> tuple[tuple[bool, float, int], int]:
    """Among equals, of those that fit the one that asks for more, of the others the one that lacks less."""
    return found.rank, found.required if found.fits else -len(found.missing)


def choose(table: Preview, mappings: Mapping[str, MappingSpec], *, named: bool = False) -> Fit:
    """The mapping that fits a table best: of those that a person ``named``, or of all those whose own kind the table is. Raises
    ``MappingProblem`` if none fits, or if two fit equally well."""
    if not mappings:
        raise MappingProblem(message("There are no mappings."), hint=message("Give one with --mapping."))
    ranked = propose(table, [each for each in mappings.values() if _is_of_sheet(each, table)] or mappings.values())
    if not named and ranked[0].fits:
        ranked = [each for each in ranked if each.own] or _refuse_kin(table, ranked[0])
    if not ranked[0].fits:
        only = ranked[0].mapping
        what = message("fits no mapping") if len(mappings) > 1 else message("does not fit the mapping '{mapping}'", mapping=only)
        raise _no_fit(table, ranked[0], mappings, what)
    equal = [each.mapping for each in ranked if each.fits and (each.rank, each.required) == (ranked[0].rank, ranked[0].required)]
    if len(equal) > 1:
        raise MappingProblem(
            message("{place} fits several mappings equally well: {equal}.", place=_place(table), equal=tuple(equal)),
            hint=message("Choose one with --mapping."),
            where={"file": table.file},
        )
    return ranked[0]


def _is_of_sheet(spec: MappingSpec, table: Preview) -> bool:
    """Whether a mapping that names the sheets that it is for is for this one."""
    return not spec.format.sheets or table.sheet in spec.format.sheets


def _refuse_kin(table: Preview, nearest: Fit) -> NoReturn:
    raise MappingProblem(
        message(
            "{place} has the columns that '{mapping}' needs, but not those that tell its kind: {lacking}.",
            place=_place(table),
            mapping=nearest.mapping,
            lacking=_listed(nearest.lacking),
        ),
        hint=message(
            "If it is such a list: --mapping {mapping}. Otherwise begin a mapping: lianyin mapping draft {file}",
            mapping=nearest.mapping,
            file=table.file,
        ),
        where={"file": table.file},
    )


def _place(table: Preview) -> Message:
    return message("{file}, sheet {sheet}", file=table.file, sheet=table.sheet) if table.sheet else verbatim(table.file)


def _no_fit(table: Preview, nearest: Fit, mappings: Mapping[str, MappingSpec], what: Message) -> MappingProblem:
    required = mappings[nearest.mapping].columns.required
    found = nearest.header if nearest.matched else header_of(table.rows[0][1])
    if not nearest.matched and len(mappings) > 1:
        return MappingProblem(
            message(
                "{place} {what}: none of its columns is known. Found: {found}.",
                place=_place(table),
                what=what,
                found=_listed([name for name in found if name]),
            ),
            hint=message("Begin a mapping of your own: lianyin mapping draft {file}", file=table.file),
            where={"file": table.file},
        )
    return MappingProblem(
        message(
            "{place} {what}. Nearest: '{mapping}', which expects {required}; missing: {missing}; found: {found}.",
            place=_place(table),
            what=what,
            mapping=nearest.mapping,
            required=_listed(required),
            missing=_listed(nearest.missing),
            found=_listed([name for name in found if name]),
        ),
        hint=message(
            "Begin a mapping of your own: lianyin mapping draft {file} (or rename the columns, or choose one with --mapping).",
            file=table.file,
        ),
        where={"file": table.file},
    )


def _listed(names: Iterable[str]) -> Message:
    all_names = list(names)
    if not all_names:
        return message("nothing")
    shown = [name if len(name) <= 40 else name[:39] + "…" for name in all_names[:SHOWN_COLUMNS]]
    rest = len(all_names) - SHOWN_COLUMNS
    return message("{columns} and {rest} more", columns=shown, rest=rest) if rest > 0 else message("{columns}", columns=shown)
