"""Which of the things that tell a source's date is believed, and what is said when they contradict each other."""

from __future__ import annotations

import datetime
import re
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import QueryProblem
from ingest.dating import SourceDate, Stated, checked_date, date_of
from ingest.dating.source_date import title_of
from ingest.readers.properties import saved_on

TODAY = datetime.date(2026, 11, 30)


def dated(name: str = "名单.xlsx", **stated: str) -> SourceDate:
    return date_of(Stated(name, **stated), TODAY)


def told(found: SourceDate) -> tuple[str, str, int | None]:
    return found.date, found.origin, found.year


def test_the_first_that_tells_a_date_wins() -> None:
    everything = {"title": "截至2023年5月", "sheet": "2022年", "saved": "2021-01-01"}
    assert told(dated("名单2024.xlsx", given="2025-02", **everything)) == ("2025-02", "given", 2025)
    assert told(dated("名单2024.xlsx", saved="2024-06-01")) == ("2024", "file-name", 2024)
    assert told(dated(**everything))[:2] == ("2023-05", "title")
    assert told(dated(sheet="2022年", saved="2022-06-01")) == ("2022", "sheet", 2022)
    assert told(dated(saved="2021-01-01")) == ("2021-01-01", "properties", None)
    assert told(dated()) == ("2026-11-30", "load", None)


def test_the_more_exact_of_two_that_agree_is_taken_without_a_word() -> None:
    found = dated("名单2024.xlsx", title="团员名单（截至2024年5月）", saved="2024-06-03")
    assert told(found) == ("2024-05", "title", 2024)
    assert found.doubts == ()


def test_a_contradiction_is_told_and_no_year_invented() -> None:
    found = dated("名单2024.xlsx", title="截至2023年5月")
    assert told(found) == ("2024", "file-name", None)
    assert "2024" in found.doubts[0].zh
    assert "2023-05" in found.doubts[0].zh


def test_a_workbook_saved_before_its_date_is_told() -> None:
    assert "2023-12-01" in dated("名单2024.xlsx", saved="2023-12-01").doubts[0].en
    assert dated("名单2024.xlsx", saved="2026-11-30").doubts == ()


def test_a_date_to_come_is_not_believed() -> None:
    found = dated("2030年规划企业.csv")
    assert told(found) == ("2026-11-30", "load", None)
    assert "2030" in found.doubts[0].zh
    assert told(dated("2026年第四季度.csv")) == ("2026-11", "file-name", 2026)
    assert dated("名单.xlsx", saved="2031-01-01").origin == "load"


def test_several_dates_in_one_name() -> None:
    found = dated("2023年度团员名单20240115.xlsx")
    assert told(found) == ("2024-01-15", "file-name", None)
    assert "2023" in found.doubts[0].zh
    assert told(dated("2019年名单.csv", title="2018年印发，截至2019年6月"))[0] == "2019-06"


def test_a_quarter_without_a_year_is_the_last_that_was() -> None:
    assert told(dated("第三季度发单表.xlsx")) == ("2026-09", "file-name", None)
    assert told(dated("第四季度发单表.xlsx", saved="2025-02-03"))[0] == "2024-12"
    assert dated("第三季度发单表.xlsx").doubts


def test_what_is_given_must_be_a_date() -> None:
    assert checked_date("2024-05") == "2024-05"
    with pytest.raises(QueryProblem, match="not a valid date"):
        checked_date("2024-13")
    with pytest.raises(QueryProblem):
        checked_date("May")


def test_the_title_is_what_stands_above_the_header() -> None:
    rows = ((1, ("团员名单", "团员名单")), (2, ("截至2024年5月", "")), (3, ("姓名", "单位")), (4, ("甲", "2020年")))
    assert title_of(rows, 3) == "团员名单；截至2024年5月"


def xlsx(path: Path, saved: str) -> None:
    """openpyxl writes the moment of its own saving, so the part is written anew."""
    Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r"(<dcterms:(?:modified|created)[^>]*>)[^<]*", rf"\g<1>{saved}", core).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def ods(path: Path, saved: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("meta.xml", f"<office:document-meta><office:meta><dc:date>{saved}</dc:date></office:meta></office:document-meta>")


def xls(path: Path, saved: str) -> None:
    """A compound document of two streams: an empty workbook and the properties, which are said in FILETIME."""
    since_1601 = datetime.datetime.fromisoformat(saved) - datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
    last_saved, filetime = 13, 64
    said = struct.pack("<IIIIIQ", 28, 1, last_saved, 16, filetime, since_1601 // datetime.timedelta(microseconds=1) * 10)
    format_id = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    properties = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, bytes(16), 1, format_id, 48) + said
    path.write_bytes(compound({"Workbook": b"", "\x05SummaryInformation": properties}))


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file: header, allocation table, directory, then each stream in eight sectors of its own."""
    chains = [-3, -2]
    entries = [entry("Root Entry", 5, child=1, start=-2, size=0)]
    for place, name in enumerate(streams):
        start = len(chains)
        chains += [*range(start + 1, start + 8), -2]
        entries.append(entry(name, 2, right=place + 2 if place + 1 < len(streams) else -1, start=start, size=4096))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<109i", 0, *[-1] * 108)
    table = struct.pack("<128i", *chains, *[-1] * (128 - len(chains)))
    return header + table + b"".join(entries).ljust(512, b"\0") + b"".join(content.ljust(4096, b"\0") for content in streams.values())


def entry(name: str, kind: int, *, child: int = -1, right: int = -1, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    places = struct.pack("<HBBiii", len(text) + 2, kind, 1, -1, right, child)
    return text.ljust(64, b"\0") + places + bytes(36) + struct.pack("<iQ", start, size)


WRITERS = {"xlsx": xlsx, "ods": ods, "xls": xls}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize(("saved", "day"), [("2024-05-29T08:00:00+00:00", "2024-05-29"), ("2006-09-16T00:00:00+00:00", "")])
def test_a_workbook_tells_when_it_was_saved(tmp_path: Path, ending: str, saved: str, day: str) -> None:
    path = tmp_path / f"a.{ending}"
    WRITERS[ending](path, saved)
    assert saved_on(path) == day


def test_what_is_no_workbook_or_torn_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert saved_on(tmp_path / "b.csv") == ""
    xls(tmp_path / "a.xls", "2024-05-29T08:00:00+00:00")
    whole = (tmp_path / "a.xls").read_bytes()
    for length in range(600, len(whole), 400):
        (tmp_path / "torn.xls").write_bytes(whole[:length])
        assert saved_on(tmp_path / "torn.xls") in ("", "2024-05-29")
