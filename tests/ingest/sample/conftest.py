"""The city of seed 7, made and written once."""

from __future__ import annotations

import pytest

from ingest.sample.city import City
from ingest.sample.generate import generate
from ingest.sample.write import CityFiles, write_city


@pytest.fixture(scope="session")
def city() -> City:
    return generate(7)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> CityFiles:
    return write_city(tmp_path_factory.mktemp("clean"), seed=7, truth=True)


@pytest.fixture(scope="session")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> CityFiles:
    return write_city(tmp_path_factory.mktemp("dirty"), seed=7, dirt=True)
