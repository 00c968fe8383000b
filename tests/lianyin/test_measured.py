"""The candidates measured where the truth is known: the labelled sample and the planted pairs of the dirty city."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from graph.identity.candidates import PROPOSED
from graph.identity.quality import Measured
from lianyin.measured import LABELLED, measure_samples
from lianyin.settings import Settings
from tests.lianyin.conftest import Command


@pytest.fixture(scope="module")
def measured() -> dict[str, Measured]:
    return {each.name: each for each in measure_samples(Settings(today="2020-09-10"))}  # type: ignore[arg-type]


def test_the_labelled_sample_is_whole() -> None:
    with (LABELLED / "labels.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    pairs = {frozenset((row["left"], row["right"])) for row in rows}
    assert len(pairs) == len(rows) == 152 and all(len(pair) == 2 for pair in pairs)
    assert Counter(row["same"] for row in rows) == {"1": 63, "0": 89}
    assert {row["half"] for row in rows} == {"dev", "test"} and all(row["because"] for row in rows)


def test_quality_on_the_half_that_no_weight_was_set_on(measured: dict[str, Measured]) -> None:
    for name, pairs, same in (("labelled dev", 82, 35), ("labelled test", 70, 28)):
        found = measured[name]
        assert (found.pairs, found.same) == (pairs, same)
        (told,) = (each for each in found.quality if each.threshold == PROPOSED)
        assert told.right + told.missed == same
        assert told.precision is not None and told.recall is not None
        assert told.precision >= 0.995 and told.recall >= 0.9


def test_every_planted_pair_of_the_city_counts(measured: dict[str, Measured]) -> None:
    found = measured["dirty city"]
    # 20 repeated rows, 3 renamed enterprises, 5 short names, 3 people whose unit is too short to be known; 2 homonyms that must stay two.
    assert (found.same, found.pairs) == (31, 33)
    (told,) = (each for each in found.quality if each.threshold == PROPOSED)
    assert told.precision is not None and told.recall is not None
    assert (told.right, told.wrong, told.missed) == (30, 0, 1)
    assert told.precision >= 0.995 and told.recall >= 0.9


def test_the_command_prints_them(command: Command, monkeypatch: pytest.MonkeyPatch, measured: dict[str, Measured]) -> None:
    monkeypatch.setattr("lianyin.measured.measure_samples", lambda _: list(measured.values()))
    told = command("review", "quality", "--format", "csv")
    rows = list(csv.reader(told.out.lstrip("\ufeff").splitlines()))
    assert told.status == 0 and {row[0] for row in rows[1:]} == set(measured)
