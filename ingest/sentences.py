"""What a mapping reads in a row, said as sentences: ``周涛（人员）任职于江北大学（高校），2020-09 至 2021-08``.

They are made from the drafts of any compiled mapping, so they say what would be loaded and nothing else. Telephone numbers, addresses and
whatever else is personal beside a name are masked: these are sentences for whoever holds the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from graph.model import ClaimKind, Draft, Value
from graph.ontology.clauses import clause
from graph.ontology.schema import Label, Ontology, PropertyType
from ingest.outcome import Bilingual, Mapped, Notice, Rejected
from ingest.readers import BrokenRow, SourceRow
from ingest.text import mask

PERSONAL = 2
NAME = "name"
DATES = ("validFrom", "validTo")
DAYS = ("date", "startDate", "signedOn", "year")
HIDDEN = "＊＊＊"
"""In place of a telephone number or the hash of an ID number."""

LONGEST = 60
"""Characters of a value that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class RowSentences:
    """What one row would say. ``row`` counts as in the file; ``lost`` are its cells that would not be loaded, with why; a row that would be
    rejected has no sentences and says why there."""

    row: int
    sentences: tuple[Bilingual, ...]
    lost: tuple[Bilingual, ...]
    rejected: bool = False


def first_sentences(
    rows: Iterable[SourceRow | BrokenRow], mapped: Callable[[SourceRow | BrokenRow], Mapped | Rejected], ontology: Ontology, count: int
) -> tuple[RowSentences, ...]:
    """The sentences of the first ``count`` rows, which ``mapped`` takes in the order of the file: 同上 means the row above."""
    return tuple(_row(row.row, mapped(row), ontology) for row in islice(rows, count))


def _row(row: int, mapped: Mapped | Rejected, ontology: Ontology) -> RowSentences:
    if isinstance(mapped, Rejected):
        return RowSentences(row, (), (_reason(mapped.column, mapped.value, mapped.reason),), rejected=True)
    return RowSentences(row, tuple(say_row(mapped, ontology)), tuple(_lost(mapped.notices)))


def say_row(mapped: Mapped, ontology: Ontology) -> Iterator[Bilingual]:
    """A sentence for each relationship, then one for each node of which more is said than its name, or that joins nothing."""
    drafts = mapped.drafts.drafts
    nodes = {draft.subject: draft for draft in drafts if draft.kind is ClaimKind.NODE}
    names = {id: _named(draft, ontology) for id, draft in nodes.items()}
    links = [draft for draft in drafts if draft.kind is ClaimKind.RELATIONSHIP]
    for draft in links:
        yield _link(draft, names, ontology)
    joined = {end for draft in links for end in (draft.subject, draft.object)}
    for id, draft in nodes.items():
        details = _details(draft.values, ontology.node_types[draft.type].properties, leave_out=(NAME, "named", "published"))
        if details is not None:
            yield Bilingual(f"{names[id].zh}：{details.zh}", f"{names[id].en}: {details.en}")
        elif id not in joined:
            yield Bilingual(f"{names[id].zh}，没有连上别的", f"{names[id].en}, joined to nothing")


def _link(draft: Draft, names: Mapping[str, Label], ontology: Ontology) -> Bilingual:
    known = ontology.relationship_types[draft.type]
    source, target = (names.get(id) or Label(id, id) for id in (draft.subject, draft.object))
    said = clause(draft.type, known, source, target, str(draft.values.get(known.worded_by, "")))
    start, end = (str(draft.values.get(name, "")) for name in DATES)
    zh, en = said.zh, said.en
    if start or end:
        zh += f"，{start} 至 {end}" if start and end else f"，{start} 起" if start else f"，至 {end}"
        en += f", {start} to {end}" if start and end else f", from {start}" if start else f", until {end}"
    details = _details(draft.values, known.properties, leave_out=(*DATES, known.worded_by))
    return Bilingual(f"{zh}（{details.zh}）", f"{en} ({details.en})") if details else Bilingual(zh, en)


def _named(draft: Draft, ontology: Ontology) -> Label:
    """``周涛（人员）``; a node without a name by its type and day: ``2023-02-03的走访``."""
    label = ontology.node_types[draft.type].label
    name = str(draft.values.get(NAME, ""))
    if name:
        return Label(f"{name}（{label.zh}）", f"{name} ({label.en})")
    day = next((str(draft.values[one]) for one in DAYS if one in draft.values), "")
    return Label(f"{day}的{label.zh}", f"the {label.en} of {day}") if day else Label(f"一项{label.zh}", f"one {label.en}")


def _details(values: Mapping[str, Value], kinds: Mapping[str, PropertyType], leave_out: tuple[str, ...]) -> Label | None:
    told = [
        (kinds[name].label, _shown(value, kinds[name].privacy))
        for name, value in values.items()
        if name not in leave_out and name in kinds and not (kinds[name].companion_of and kinds[name].companion_of in values)
    ]
    if not told:
        return None
    zh = "，".join(f"{label.zh} {text}" for label, text in told)
    return Label(zh, ", ".join(f"{label.en} {text}" for label, text in told))


def _shown(value: Value, privacy: int) -> str:
    text = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    if privacy > PERSONAL:
        return HIDDEN
    return mask(text) if "@" in text else text


def _lost(notices: Iterable[Notice]) -> Iterator[Bilingual]:
    return (_reason(each.column, each.value, each.reason) for each in notices if each.dropped)


def _reason(column: str, value: str, reason: Bilingual) -> Bilingual:
    place = f"{column} {value!r}" if column else ""
    return Bilingual(f"{place}：{reason.zh}" if place else reason.zh, f"{place}: {reason.en}" if place else reason.en)
