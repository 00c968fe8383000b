"""Telephone numbers never reach the store unless the office says so."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

import lianyin
from graph.errors import FileProblem
from graph.store import ClaimSelection
from ingest.report import Report
from lianyin.hash_key import read_hash_key
from lianyin.settings import read_settings

ROSTER = """序号,批次,县(市、区),姓名,派出单位,职称,研究方向,挂职职务,起止时间,手机
1,第十三批,邗江区,王虚构,扬州大学,讲师,电机,示例镇副镇长,2020-08 至 2021-07,10000000001
"""


def phones(folder: Path, **chosen: object) -> tuple[list[str], str]:
    """The stored numbers, and every claim and report of the store as one text."""
    file = folder / "花名册.csv"
    file.write_text(ROSTER, "utf-8")
    url = f"kglite://{(folder / 'store').as_posix()}"
    with lianyin.open(settings=read_settings(store=url, hash_key_file=folder / "hash.key", **chosen)) as graph:
        report = graph.ingest([file], "city")
        _, nodes, _ = graph.store.scan(["Person"])
        claims = list(graph.store.claims(ClaimSelection(loads=["L1"])))
        found = [str(node.properties["phone"]) for node in nodes if "phone" in node.properties]
        return found, f"{claims} {report.to_json()}"


def test_a_number_becomes_a_keyed_hash(tmp_path: Path) -> None:
    (hashed,), everything = phones(tmp_path)
    assert len(hashed) == 64
    assert "10000000001" not in everything
    again = tmp_path / "again"
    again.mkdir()
    (other,), _ = phones(again)
    assert other != hashed, "another key, another hash"


def people(folder: Path, url: str, key: Path) -> tuple[set[str], Report]:
    """The ids of the people of a store after the roster was loaded into it."""
    file = folder / "花名册.csv"
    file.write_text(ROSTER, "utf-8")
    with lianyin.open(settings=read_settings(store=url, hash_key_file=key)) as graph:
        report = graph.ingest([file], "city")
        _, nodes, _ = graph.store.scan(["Person"])
        return {node.id for node in nodes}, report


def test_nobody_confirms_a_person_by_trying_names(tmp_path: Path) -> None:
    first, _ = people(tmp_path, f"kglite://{(tmp_path / 'a').as_posix()}", tmp_path / "one.key")
    again, _ = people(tmp_path, f"kglite://{(tmp_path / 'b').as_posix()}", tmp_path / "one.key")
    other, _ = people(tmp_path, f"kglite://{(tmp_path / 'c').as_posix()}", tmp_path / "two.key")
    assert first == again
    assert not first & other


def test_a_file_that_was_loaded_under_another_key_is_told(tmp_path: Path) -> None:
    url = f"kglite://{(tmp_path / 'store').as_posix()}"
    before, first = people(tmp_path, url, tmp_path / "one.key")
    _, same = people(tmp_path, url, tmp_path / "one.key")
    now, other = people(tmp_path, url, tmp_path / "two.key")
    assert before < now, "the old ones stay until they are taken back"
    said = "this file was loaded under another key before: ids of people have changed"
    assert [said in [each.reason.en for each in report.notices] for report in (first, same, other)] == [False, False, True]
    assert other.gone_total == 1


def test_the_office_may_keep_them(tmp_path: Path) -> None:
    assert phones(tmp_path, keep_contacts=True)[0] == ["10000000001"]


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "hash.key"
    key = read_hash_key(place)
    assert len(key) == 64
    assert read_hash_key(place) == key
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    place.write_text("")
    with pytest.raises(FileProblem, match="empty"):
        read_hash_key(place)
