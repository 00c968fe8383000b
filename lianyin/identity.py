"""Which nodes may be one, and what people judged of them, on a graph that is open here."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cooperation.actors import read_actor, source_of
from cooperation.roles import Actor, Thing, check_right
from graph.errors import FileProblem, QueryProblem
from graph.identity.candidates import PROPOSED, find_candidates
from graph.identity.judgements import Verdict
from graph.identity.portrait import take_in
from graph.identity.quality import measure_all
from graph.ledger.judging import Judging
from lianyin.answers.identity import (
    candidates_document,
    candidates_result,
    contradictions_document,
    contradictions_result,
    judged_document,
    judged_result,
    judgements_document,
    judgements_result,
    preview_document,
    preview_result,
    quality_document,
    quality_result,
)
from lianyin.results import Result

if TYPE_CHECKING:
    from lianyin.client import Client

LISTED = 50
MOST_LISTED = 10_000
PREVIEWED = 20
"""Facts of each kind that a preview shows."""


class Identity:
    """Candidates are derived anew each time and never written; judgements are acts of the ledger."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._judging = Judging(client.store, client.ontology, client.ledger)

    def candidates(self, limit: int = LISTED, least: float = PROPOSED) -> Result:
        """The pairs that score at least ``least`` (0 to 1), best first, without those that were judged."""
        if not 0 <= limit <= MOST_LISTED:
            raise QueryProblem(f"Between 0 and {MOST_LISTED:,} pairs are listed, not {limit:,}.", where={"parameter": "limit"})
        if not 0 <= least <= 1:
            raise QueryProblem(f"A score lies between 0 and 1; {least:g} does not.", where={"parameter": "least"})
        judged = {(each.left, each.right) for each in self._judging.judgements()}
        _, nodes, relationships = self._client.store.scan()
        population = take_in(nodes, relationships, self._client.ontology, self._client.settings.clearance)
        found = find_candidates(population, self._client.ontology, judged, least)
        return candidates_result(candidates_document(found, limit, least), self._client.reader)

    def judge(self, actor: str, left: str, right: str, verdict: str, note: str = "", *, preview: bool = False) -> Result:  # noqa: PLR0917
        """Records a judgement (same, different, unsure), or with ``preview`` only says what it would change."""
        who, chosen = self._may(actor), _verdict(verdict)
        if preview:
            difference = self._judging.preview(source_of(who), left, right, chosen, PREVIEWED)
            return preview_result(preview_document(difference, self._client.reader))
        done = self._judging.judge(source_of(who), left, right, chosen, note)
        return judged_result(judged_document(left, right, chosen.value, done))

    def withdraw(self, actor: str, left: str, right: str) -> Result:
        """Takes the standing judgement of a pair back."""
        self._may(actor)
        return judged_result(judged_document(left, right, "withdrawn", self._judging.withdraw(left, right)))

    def judgements(self) -> Result:
        """All that stand, the latest first."""
        return judgements_result(judgements_document(self._judging.judgements()))

    def contradictions(self) -> Result:
        """Pairs judged different that a chain of statements joins."""
        return contradictions_result(contradictions_document(self._judging.contradictions()))

    def quality(self, labels: Path) -> Result:
        """Precision, recall and F1 on labelled pairs: a CSV with the columns ``left``, ``right`` (ids) and ``same`` (1 or 0)."""
        known = _labels(labels)
        _, nodes, relationships = self._client.store.scan()
        population = take_in(nodes, relationships, self._client.ontology, self._client.settings.clearance)
        found = find_candidates(population, self._client.ontology, (), 0.0)
        scores = {each.pair: each.score for each in found.found}
        return quality_result(quality_document(measure_all(known, scores, (PROPOSED,)), len(known)))

    def _may(self, actor: str) -> Actor:
        client = self._client
        who = read_actor(actor, client.node, client.store, client.ontology)
        check_right(who, "identity.judge", Thing(), "Whether two are one")
        return who


def _verdict(text: str) -> Verdict:
    try:
        return Verdict(text)
    except ValueError:
        raise QueryProblem(f"'{text}' is no verdict.", hint="Say same, different or unsure.", where={"parameter": "verdict"}) from None


def _labels(path: Path) -> Mapping[tuple[str, str], bool]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise FileProblem(f"{path} cannot be read: {problem}.", where={"file": str(path)}) from problem
    found: dict[tuple[str, str], bool] = {}
    for number, row in enumerate(rows, 2):
        left, right, same = (row.get(name) or "" for name in ("left", "right", "same"))
        if not left or not right or same not in ("0", "1"):
            raise FileProblem(
                f"Row {number} of {path.name} is no labelled pair.",
                hint="The columns are left, right (ids) and same (1 or 0).",
                where={"file": str(path), "row": number},
            )
        found[min(left, right), max(left, right)] = same == "1"
    return found
