"""What goes wrong at the door: one clear line, a documented exit code, nothing lost."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from tests.lianyin.conftest import MAPPING, Command, Ran

BAD_NAME = "示例报表"


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["学校", "姓名", "职称", "到校", "离校"])
    sheet.append(["甲大学", "张拟", "教授", "2012-09", ""])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("geheim", out)
    return out.getvalue()


FILES: dict[str, tuple[str, Callable[[], bytes], int, str]] = {
    "empty file": ("a.csv", lambda: b"", 4, "是空的"),
    "only blank lines": ("a.csv", lambda: b"\n\n  \n", 4, ""),
    "a PDF named .csv": ("a.csv", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", 4, "PDF"),
    "a truncated XLSX": ("a.xlsx", lambda: workbook()[:2000], 4, ""),
    "an XLSX without a workbook": ("a.xlsx", lambda: _zip({"hello.txt": b"x"}), 4, ""),
    "a password-protected XLSX": ("a.xlsx", lambda: encrypted(workbook()), 4, "密码"),
    "neither UTF-8 nor GB18030": ("a.csv", lambda: "学校,姓名\n".encode() + b"\xff\xff\xff\x00\x81\n", 4, ""),
    "an unknown ending": ("a.docx", lambda: b"PK\x03\x04", 4, ""),
    "a header that fits no mapping": ("a.csv", "甲,乙\n1,2\n".encode, 10, "甲"),
}


def _zip(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def counts(command: Command) -> object:
    ran = command("stats", "--json")
    assert ran.status == 0
    return {name: ran.json[name] for name in ("revision", "nodes", "relationships", "loads")}


def assert_one_line(ran: Ran, status: int) -> None:
    assert ran.status == status, ran.err
    assert ran.error.startswith("错误 ")
    assert ran.out == ""


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_changes_nothing(loaded: Command, tmp_path: Path, name: str) -> None:
    file, content, status, said = FILES[name]
    before = counts(loaded)
    path = tmp_path / file
    path.write_bytes(content())
    ran = loaded("ingest", path, "--mapping", MAPPING)
    assert_one_line(ran, status)
    assert file in ran.error and said in ran.error
    assert counts(loaded) == before


def test_a_missing_file(loaded: Command, tmp_path: Path) -> None:
    before = counts(loaded)
    ran = loaded("ingest", tmp_path / "none.csv")
    assert_one_line(ran, 4)
    assert "none.csv" in ran.error
    assert counts(loaded) == before


def test_one_missing_file_among_good_ones_loads_none(loaded: Command, tmp_path: Path) -> None:
    before = counts(loaded)
    good = tmp_path / "good.csv"
    good.write_text("学校,姓名\n新大学,新人\n", encoding="utf-8")
    assert_one_line(loaded("ingest", good, tmp_path / "none.csv", "--mapping", MAPPING), 4)
    assert counts(loaded) == before


@pytest.mark.parametrize("content", [None, "readme"])
def test_a_folder_with_nothing_known_in_it(loaded: Command, tmp_path: Path, content: str | None) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if content:
        (folder / "note.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    ran = loaded("ingest", folder)
    assert ran.status in (4, 10)
    assert ran.error.startswith("错误 ") and "folder" in ran.error


def test_a_header_that_fits_no_mapping_is_told_what_was_expected_and_found(loaded: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("学校,名字\n甲大学,张拟\n", encoding="utf-8")
    ran = loaded("ingest", path, "--mapping", MAPPING)
    assert_one_line(ran, 10)
    for part in ("first-graph-experts", "姓名", "名字", "学校"):
        assert part in ran.error


def test_an_unknown_mapping(loaded: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("学校,姓名\n甲大学,张拟\n", encoding="utf-8")
    ran = loaded("ingest", path, "--mapping", "cordis-participatio")
    assert_one_line(ran, 10)
    assert "cordis-participation" in ran.error


def test_one_bad_row_in_a_hundred(loaded: Command, tmp_path: Path) -> None:
    rows = [f"新大学,人{number}甲,教授,2012-09," for number in range(100)]
    rows[41] = "新大学,,教授,2012-02,"
    path = tmp_path / f"{BAD_NAME}.csv"
    path.write_text("\n".join(["学校,姓名,职称,到校,离校", *rows]) + "\n", encoding="utf-8")
    ran = loaded("ingest", path, "--mapping", MAPPING, "--json")
    assert ran.status == 0
    assert ran.json["totals"] == {"read": 100, "new": 99, "updated": 0, "unchanged": 0, "rejected": 1}
    (rejected,) = [line for line in ran.err.splitlines() if line.startswith("被拒")]
    assert f"{BAD_NAME}.csv:43" in rejected and "姓名" in rejected
    assert loaded("ingest", path, "--mapping", MAPPING, "--strict").status == 11


def test_rows_that_are_all_rejected(loaded: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("学校,姓名,职称,到校,离校\n,,,2012-02-31,\n", encoding="utf-8")
    before = counts(loaded)
    ran = loaded("ingest", path, "--mapping", MAPPING)
    assert ran.status == 11
    after = counts(loaded)
    assert isinstance(before, dict) and isinstance(after, dict)
    assert after["nodes"] == before["nodes"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nobody"),
        ("why", "pic:0"),
        ("path", "示例大学", "nobody"),
        ("picture", "--around", "nobody", "-o", "x.html"),
        ("undo", "L99"),
    ],
)
def test_an_unknown_id(loaded: Command, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert_one_line(loaded(*arguments), 3)
    assert not (tmp_path / "x.html").exists()


def test_an_unknown_type(loaded: Command) -> None:
    assert_one_line(loaded("connections", "University", "Spaceship"), 3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "示例大学", "示例重工有限公司", "--as-of", "2021-02-31"),
        ("path", "示例大学", "示例重工有限公司", "--as-of", "yesterday"),
        ("path", "示例大学", "示例重工有限公司", "--max-hops", "0"),
        ("path", "示例大学", "示例重工有限公司", "--max-hops", str(10**9)),
        ("path", "示例大学", "示例重工有限公司", "--max-hops", "-1"),
        ("path", "示例大学", "示例重工有限公司", "--max-hops", "many"),
        ("path", "示例大学", "示例重工有限公司", "--limit", "0"),
        ("path", "示例大学"),
        ("connections", "University", "Enterprise", "--max-hops", "0"),
        ("connections", "University", "Enterprise", "--max-hops", str(10**9)),
        ("connections", "University", "Enterprise", "--as-of", "2021-02-31"),
        ("search", " "),
        ("show", ""),
        ("show", "李样本"),
        ("picture", "-o", "x.html"),
        ("picture", "示例大学", "-o", "x.html"),
        ("picture", "示例大学", "示例重工有限公司"),
        ("cypher", "CREATE (n:Entity {id: 'x'})"),
        ("cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"),
        ("cypher", "MATCH (n RETURN n"),
        ("cypher", ""),
        ("export",),
        ("export", "--format", "gexf", "-o", "x"),
        ("nothing",),
        ("stats", "--format", "csv", "--json"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2_and_changes_nothing(
    loaded: Command, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = counts(loaded)
    ran = loaded(*arguments)
    assert ran.status == 2, ran.err
    assert ran.err.startswith("错误 ") and ran.out == ""
    assert "Traceback" not in ran.err
    assert counts(loaded) == before
    assert not (tmp_path / "x.html").exists()


def test_an_ambiguous_name_lists_what_tells_them_apart(loaded: Command) -> None:
    ran = loaded("show", "李样本")
    assert ran.status == 2
    first, *candidates = ran.err.splitlines()
    assert "李样本" in first and len(candidates) == 2
    assert any("示例大学" in line for line in candidates) and any("样本理工大学" in line for line in candidates)
    chosen = candidates[0].split()[1]
    assert loaded("show", chosen).status == 0


@pytest.fixture
def held(store: Path) -> Iterator[Path]:
    """The store, open in another process until the test ends."""
    code = "import sys, lianyin\nwith lianyin.open(sys.argv[1]):\n    print('open', flush=True)\n    sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, f"kglite://{store}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    assert process.stdout is not None and process.stdout.readline() == "open\n"
    yield store
    process.communicate("")


def test_a_store_held_by_another_process(loaded: Command, held: Path) -> None:
    assert held.exists()
    ran = loaded("stats")
    assert_one_line(ran, 5)
    assert "进程" in ran.error


def test_neo4j_that_is_down(command: Command, monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    monkeypatch.setenv("LIANYIN_STORE", f"neo4j://neo4j:geheim@127.0.0.1:{unused_port}")
    ran = command("stats")
    assert_one_line(ran, 6)
    assert "geheim" not in ran.error


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.mark.parametrize("url", ["sqlite:///x", "nonsense", "kglite://"])
def test_an_address_of_no_store(command: Command, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("LIANYIN_STORE", url)
    ran = command("stats")
    assert ran.status in (2, 8)
    assert ran.error.startswith("错误 ")


def test_a_wrong_setting(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANYIN_CLEARANCE", "7")
    ran = command("stats")
    assert_one_line(ran, 2)
    assert "LIANYIN_CLEARANCE" in ran.error


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=False)


def test_no_room_on_the_disk_leaves_what_was_there(
    command: Command, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANYIN_STORE", f"kglite://{small_disk / 'store'}")
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_text("学校,姓名\n甲大学,张拟\n", encoding="utf-8")
    large.write_text("学校,姓名\n" + "".join(f"乙大学{n},人{n}甲\n" for n in range(20_000)), encoding="utf-8")
    assert command("ingest", small, "--mapping", MAPPING).status == 0
    before = counts(command)
    ran = command("ingest", large, "--mapping", MAPPING)
    assert_one_line(ran, 7)
    after = command("stats", "--json")
    assert after.status in (0, 7), after.err
    if after.status == 7:
        (small_disk / "store" / "reports" / "L1.json").unlink()
    monkeypatch.setenv("LIANYIN_STORE", f"kglite://{small_disk / 'store'}")
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert counts(command) == before


def test_a_folder_that_cannot_be_written(loaded: Command, tmp_path: Path) -> None:
    ran = loaded("stats", "-o", tmp_path / "none" / "a.csv")
    assert_one_line(ran, 4)
