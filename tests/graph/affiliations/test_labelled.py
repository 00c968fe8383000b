"""Precision and recall on affiliations labelled by hand (see ``labelled/README.md``): with the Ministry's list, and with what is built in.

``pytest -s`` prints them; so does ``lianyin affiliations quality``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.affiliations.evaluation import Scores
from graph.affiliations.gazetteer import Gazetteer, built_in
from lianyin.affiliations import load_gazetteer, measure
from lianyin.settings import Settings

LABELLED = Path(__file__).parent / "labelled"
LISTS = {"rare_earth_papers": 700, "nssfc_units": 400}


def _measured(name: str, gazetteer: Gazetteer) -> dict[str, Scores]:
    found = dict(measure(LABELLED / f"{name}.csv", gazetteer))
    for half, each in found.items():
        print(f"{name} {half or 'all'}: {each.labelled} labelled, {each.chosen} chosen, P {each.precision:.4f}, R {each.recall:.4f}")
        for miss in each.misses if not half else ():
            print(f"  {miss}")
    assert found[""].texts == LISTS[name]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_what_is_built_in_is_never_wrong_and_rarely_silent(name: str) -> None:
    for half, found in _measured(name, built_in()).items():
        assert found.precision is not None and found.recall is not None
        assert found.precision >= 0.99 and found.recall >= 0.95, half


@pytest.mark.shared_data
@pytest.mark.parametrize("name", LISTS)
def test_with_the_ministrys_list(name: str, shared_data: Path) -> None:
    gazetteer = load_gazetteer(Settings(institutions=shared_data / "cn_universities" / "universities.csv"))
    for half, found in _measured(name, gazetteer).items():
        assert found.precision is not None and found.recall is not None
        assert found.precision >= 0.99 and found.recall >= 0.97, half


@pytest.mark.shared_data
def test_the_labelled_texts_are_of_the_lists(shared_data: Path) -> None:
    """They were drawn from them, and are spelt as they are there."""
    from lianyin.affiliations import table_rows

    sources = {
        "rare_earth_papers": ("cn_affiliations_messy/affiliations_a.csv", "org"),
        "nssfc_units": ("cn_nssfc/social_upto_2009.csv", "工作单位"),
    }
    for name, (file, column) in sources.items():
        known = {cells["text"].strip() for cells in table_rows(shared_data / file, {"text": (column,)}, {})}
        labelled = [cells["text"].strip() for cells in table_rows(LABELLED / f"{name}.csv", {"text": ("text",)}, {})]
        assert len(labelled) == len(set(labelled)) == LISTS[name] and set(labelled) <= known
