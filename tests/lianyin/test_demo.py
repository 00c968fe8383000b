"""The demonstration on one screen, and the commands that go with it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from graph.errors import FileProblem
from lianyin.demonstration import COUNTS, prepare, spoil_one_row
from lianyin.settings import Settings
from tests.lianyin.conftest import Command


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_demonstration_fits_on_a_screen(command: Command, away: Path, store: Path) -> None:
    ran = command("demo")
    assert ran.status == 0, ran.err
    lines = ran.out.splitlines()
    assert len(lines) <= 25
    assert "12 个文件：读取 7," in lines[1] and "被拒 1" in lines[1]
    assert "被拒 企业账号.csv:402" in lines[8] and "列错位" in lines[8] and "0514" not in ran.out
    assert ran.out.count("✓") == 1 + len(COUNTS) and "✗" not in ran.out
    assert any(
        line.strip() == "扬州大学 → 扬州示例重工有限公司：王虚构（2020-08 至 2021-07 挂职）2020-09-01 接单“轻量化焊接”。" for line in lines
    )
    assert "王虚构一走，3 家企业失去与高校的唯一联系：" in ran.out
    assert not store.exists()


def test_its_rows_and_commands_are_true(command: Command, away: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows that it names hold what it says; the commands that it gives work on what it kept."""
    ran = command("demo", "here")
    assert ran.status == 0, ran.err
    url = next(line.rpartition("=")[2] for line in ran.out.splitlines() if "LIANYIN_STORE=" in line)
    monkeypatch.setenv("LIANYIN_STORE", url)
    page = (away / "here" / "picture.html").read_text(encoding="utf-8")
    assert "王虚构" in page and "3 家企业的唯一联系人" in page and "仅供内部使用" in page
    found = json.loads(command("path", "扬州大学", "扬州示例重工有限公司", "--as-of", "2020-09-10", "--json").out)
    sources = [hop["sources"][0] for hop in found["paths"][0]["relationships"][:2]]
    for source in sources:
        assert f"{Path(source['file']).stem} 第{source['row']}行" in ran.out
    table = json.loads(command("connections", "高校", "企业", "--as-of", "2020-09-10", "--json").out)
    assert table["total"] > 100


def test_it_can_be_repeated_but_takes_no_folder_of_others(command: Command, away: Path) -> None:
    (away / "mine").mkdir()
    (away / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    ran = command("demo", "mine")
    assert ran.status != 0 and "不是空的" in ran.error
    assert (away / "mine" / "notes.txt").read_text(encoding="utf-8") == "keep"
    (away / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem):
        prepare(away / "file", Settings())
    prepare(away / "new", Settings())
    prepare(away / "new", Settings())


def test_the_planted_row_repeats_a_firm(tmp_path: Path) -> None:
    path = tmp_path / "企业账号.csv"
    path.write_bytes("企业名称,统一社会信用代码\r\n扬州示例重工有限公司,91\r\n".encode())
    spoil_one_row(path)
    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream))[2] == ["扬州示例", "重工有限公司", "91"]


def test_the_figures_are_those_of_the_article(checkout: Path) -> None:
    with (checkout / "examples" / "article" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        reported = [int(row["上报"]) for row in csv.DictReader(stream) if row["上报"]]
    assert sorted(reported) == sorted(each.reported for each in COUNTS)


def test_sample_writes_what_ingest_reads(command: Command, away: Path) -> None:
    ran = command("sample", "city", "--scale", "0.1", "--dirt")
    assert ran.status == 0, ran.err
    assert len(list((away / "city").iterdir())) == 13 and "13 个文件" in ran.out
    first = {path.name: path.read_bytes() for path in (away / "city").iterdir()}
    assert command("sample", "city", "--scale", "0.1", "--dirt").status == 0
    assert {path.name: path.read_bytes() for path in (away / "city").iterdir()} == first
    loaded = command("ingest", "city", "--mapping", "city")
    assert loaded.status == 0, loaded.err
    assert command("sample", "city", "--scale", "1000").status != 0
