"""Somebody at a terminal whose files a server loads is asked what the server finds doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from api.app import create_app
from ingest.deciding import DatedTable, DoubtfulEdition
from ingest.options import Table, TableStatement
from lianyin.client import open as open_graph
from lianyin.remote import RemoteClient
from lianyin.settings import Settings
from tests.api.running import running

HEADER = "编号,企业,需求名称,领域,状态"


@dataclass
class Somebody:
    """Answers every question alike, and notes what was asked."""

    date: str
    edition: TableStatement
    asked: list[str] = field(default_factory=list)

    def dates(self, tables: Sequence[DatedTable]) -> Mapping[Table, str]:
        self.asked += [f"date of {table.file}" for table in tables]
        return {(table.file, table.sheet): self.date for table in tables}

    def editions(self, tables: Sequence[DoubtfulEdition]) -> Mapping[Table, TableStatement]:
        self.asked += [f"is {table.file} of {table.possible.load}" for table in tables]
        return {(table.file, table.sheet): self.edition for table in tables}


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[RemoteClient]:
    settings = Settings(store=f"kglite://{tmp_path}/store")
    with (
        open_graph(settings=settings) as local,
        running(create_app(settings, local.store, token="t")) as address,
        RemoteClient(address, local.ontology, settings, "t") as client,
    ):
        yield client


def needs(folder: Path, name: str, *numbers: int) -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *(f"XQ-{n:03},示例重工有限公司,需求{n},装备,已发布" for n in numbers)]), encoding="utf-8")
    return path


def test_what_the_server_finds_doubtful_is_asked_here(remote: RemoteClient, tmp_path: Path) -> None:
    remote.ingest([needs(tmp_path, "需求_2018.csv", *range(1, 11))])
    somebody = Somebody("2019", TableStatement(edition_of="L1"))
    report = remote.ingest([needs(tmp_path, "名单.csv", 9, 10, *range(20, 28))], decider=somebody)
    (file,) = report.files
    assert somebody.asked == ["date of 名单.csv", "is 名单.csv of L1"]
    assert (file.date, file.date_origin) == ("2019", "answer")
    assert file.edition is not None and (file.edition.load, file.edition.why) == ("L1", "given")
