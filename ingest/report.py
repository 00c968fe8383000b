"""The report of a load: every row that was read is accounted for, every rejected one is listed with its place and its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import cast

import orjson

from graph.model import PublishedTotals, Record, RecordOutcome
from ingest.advice import advice
from ingest.outcome import NO_TEXT, Bilingual, Notice, Rejected
from ingest.report_parts import FileReport, GoneRow, Outcome, QualityCount, ReasonCount, RowReport, Skipped, Totals
from ingest.usage import AloneCount, Usage

LISTED = 100_000
"""Rejected rows, and notices, that a report lists one by one; beyond it they are counted by reason only, and the report says so."""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole load. ``facts`` is what publishing changed. ``quality`` counts by table, column and rule, the most frequent first.
    ``alone`` counts, by type, nodes of this load that are ends of no relationship of it; ``example`` are the names of two nodes between
    which there is a path. ``truncated`` names the lists that were cut
    (``rejected``, ``notices``, ``gone``). ``difference`` lists what a load that was only tried
    out would change, as plain data, up to a limit."""

    facts: PublishedTotals
    files: tuple[FileReport, ...]
    rejected: tuple[RowReport, ...] = ()
    rejected_by_reason: tuple[ReasonCount, ...] = ()
    notices: tuple[RowReport, ...] = ()
    notices_by_reason: tuple[ReasonCount, ...] = ()
    quality: tuple[QualityCount, ...] = ()
    gone: tuple[GoneRow, ...] = ()
    gone_total: int = 0
    skipped: tuple[Skipped, ...] = ()
    alone: tuple[AloneCount, ...] = ()
    example: tuple[str, str] | None = None
    truncated: tuple[str, ...] = ()
    difference: Mapping[str, object] | None = None

    @property
    def totals(self) -> Totals:
        return sum((each.totals for each in self.files), Totals())

    def to_json(self) -> dict[str, object]:
        """``{"load", "revision", "totals", "facts", "files", "rejected", …}``, plain data."""
        facts = asdict(self.facts)
        return {
            "load": facts.pop("load"),
            "revision": facts.pop("revision"),
            "totals": asdict(self.totals),
            "facts": facts,
            "files": [asdict(each) for each in self.files],
            "rejected": [asdict(each) for each in self.rejected],
            "rejected_by_reason": [asdict(each) for each in self.rejected_by_reason],
            "notices": [asdict(each) for each in self.notices],
            "notices_by_reason": [asdict(each) for each in self.notices_by_reason],
            "quality": [asdict(each) for each in self.quality],
            "gone": [asdict(each) for each in self.gone],
            "gone_total": self.gone_total,
            "skipped": [asdict(each) for each in self.skipped],
            "alone": [asdict(each) for each in self.alone],
            "example": list(self.example) if self.example else None,
            "advice": [asdict(each) for each in advice(self.files, self.facts.load, self.example)],
            "truncated": list(self.truncated),
            "difference": self.difference,
        }


def report_of(document: Mapping[str, object]) -> Report:
    """The report that ``Report.to_json`` wrote. Raises ``ValueError`` for anything else."""
    from pydantic import TypeAdapter

    facts = {"load": document["load"], "revision": document["revision"], **cast("Mapping[str, object]", document["facts"])}
    parts = {name: value for name, value in document.items() if name not in ("load", "revision", "totals", "advice")}
    found: Report = TypeAdapter(Report).validate_python({**parts, "facts": facts})
    return found


def write_report(report: Report, path: Path) -> None:
    """Writes the report as one JSON file. Raises ``OSError`` if it cannot."""
    path.write_bytes(orjson.dumps(report.to_json(), option=orjson.OPT_INDENT_2) + b"\n")


_LEFT_OUT = Bilingual("该值未载入。", "The value was left out.")
_LOADED = Bilingual("该值已载入。", "The value was loaded.")


@dataclass(slots=True)
class _Rows:
    """A bounded list of rows and an unbounded count by reason."""

    listed: list[RowReport] = field(default_factory=list)
    counts: Counter[tuple[str, str, Bilingual]] = field(default_factory=Counter)

    def add(self, row: RowReport, reason: Bilingual) -> None:
        self.counts[row.file, row.column, reason] += 1
        if len(self.listed) < LISTED:
            self.listed.append(row)

    @property
    def cut(self) -> bool:
        return sum(self.counts.values()) > len(self.listed)

    def by_reason(self) -> tuple[ReasonCount, ...]:
        return tuple(ReasonCount(file, column, reason, count) for (file, column, reason), count in self.counts.most_common())


@dataclass(slots=True)
class ReportBuilder:
    """Gathers a report while rows go by."""

    files: list[FileReport] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _gone: tuple[GoneRow, ...] = ()
    _rejected: _Rows = field(default_factory=_Rows)
    _notices: _Rows = field(default_factory=_Rows)
    _quality: Counter[tuple[str, str, str, Bilingual, Outcome]] = field(default_factory=Counter)

    def reject(self, file: str, sheet: str, rejected: Rejected) -> None:
        row = RowReport(file, sheet, rejected.row, rejected.column, rejected.value, rejected.reason, rejected.hint)
        self._rejected.add(row, rejected.reason)
        self._quality[file, sheet, rejected.column, rejected.reason, "rejected"] += 1

    def notice(self, file: str, sheet: str, row: int, notices: Sequence[Notice]) -> None:
        for each in notices:
            done = _LEFT_OUT if each.dropped else _LOADED if each.column else NO_TEXT
            hint = Bilingual(f"{done.zh}{each.hint.zh}", f"{done.en} {each.hint.en}".strip())
            self._notices.add(RowReport(file, sheet, row, each.column, each.value, each.reason, hint), each.reason)
            self._quality[file, sheet, each.column, each.reason, "left-out" if each.dropped else "loaded"] += 1

    def gone(self, records: Sequence[Record], closed: Collection[str]) -> None:
        """Rows that are missing now; those of the files in ``closed`` are taken back."""
        self._gone = tuple(GoneRow(each.file, each.sheet, each.row, each.file in closed) for each in records)
        missing = Counter(each.file for each in records)
        self.files = [
            replace(each, edition=replace(each.edition, missing=missing[each.edition.file])) if each.edition else each
            for each in self.files
        ]

    def _counted(self) -> tuple[QualityCount, ...]:
        read = {(each.file, each.sheet): each.totals.read for each in self.files}
        return tuple(
            QualityCount(*key, count, round(count / max(1, read.get(key[:2], count)), 6)) for key, count in self._quality.most_common()
        )

    def build(self, facts: PublishedTotals, usage: Usage) -> Report:
        """The report, with the lists that had to be cut named."""
        cut = (("rejected", self._rejected.cut), ("notices", self._notices.cut), ("gone", len(self._gone) > LISTED))
        return Report(
            facts=facts,
            files=tuple(self.files),
            rejected=tuple(self._rejected.listed),
            rejected_by_reason=self._rejected.by_reason(),
            notices=tuple(self._notices.listed),
            notices_by_reason=self._notices.by_reason(),
            quality=self._counted(),
            gone=self._gone[:LISTED],
            gone_total=len(self._gone),
            skipped=tuple(self.skipped),
            alone=usage.alone(),
            example=usage.example(),
            truncated=tuple(name for name, was_cut in cut if was_cut),
        )


def totals(read: int, outcomes: Mapping[RecordOutcome, int], rejected: int) -> Totals:
    """The totals of one table. Raises ``ValueError`` if a record is unaccounted for."""
    return Totals(read, outcomes[RecordOutcome.NEW], outcomes[RecordOutcome.UPDATED], outcomes[RecordOutcome.UNCHANGED], rejected)
