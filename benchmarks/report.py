"""What a run found: as values, as Markdown, as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.measuring import Samples


@dataclass(frozen=True, slots=True)
class Row:
    """Microseconds of one engine."""

    name: str
    questions: int
    median: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the table of targets. ``met`` is ``None`` where it could not be measured here; then ``measured`` says why."""

    work: str
    wanted: str
    measured: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Section:
    """What one suite found. ``rows`` are times in microseconds; ``table`` any other table, its first row the headings. ``failed``: engines
    disagreed, or an error ended it."""

    title: str
    rows: tuple[Row, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    failed: bool = False


def row(name: str, samples: Samples) -> Row:
    median, p95, p99 = np.percentile(samples.microseconds, (50, 95, 99)).tolist()
    return Row(name, len(samples.times), median, p95, p99)


def rows(found: dict[str, Samples]) -> tuple[Row, ...]:
    return tuple(row(name, samples) for name, samples in found.items() if samples.times)


def markdown(sections: Sequence[Section], machine: Sequence[str]) -> str:
    """The whole report: the machine, the targets, then each section."""
    targets = [target for section in sections for target in section.targets]
    parts = ["\n".join(f"- {line}" for line in machine), _targets(targets)] if targets else ["\n".join(f"- {line}" for line in machine)]
    return "\n\n".join([*parts, *(section_markdown(section) for section in sections)]) + "\n"


def section_markdown(section: Section) -> str:
    parts = [f"### {section.title}"]
    if section.rows:
        lines = [f"| {each.name} | {each.questions:,} | {each.median:,.1f} | {each.p95:,.1f} | {each.p99:,.1f} |" for each in section.rows]
        parts.append("\n".join(["| µs | questions | median | p95 | p99 |", "|---|--:|--:|--:|--:|", *lines]))
    if section.table:
        head, *body = section.table
        rule = "|---|" + "--:|" * (len(head) - 1)
        parts.append("\n".join([f"| {' | '.join(head)} |", rule, *(f"| {' | '.join(line)} |" for line in body)]))
    parts.extend(section.notes)
    return "\n\n".join(parts)


def as_json(sections: Sequence[Section], machine: Sequence[str]) -> str:
    return json.dumps({"machine": list(machine), "sections": [dataclasses.asdict(each) for each in sections]}, ensure_ascii=False, indent=1)


def _targets(targets: Sequence[Target]) -> str:
    words = {True: "met", False: "**not met**", None: "not measured"}
    lines = [f"| {each.work} | {each.wanted} | {each.measured} | {words[each.met]} |" for each in targets]
    return "\n".join(["| work, same run | target | measured | |", "|---|---|---|---|", *lines])
