"""``lianyin serve`` as a process of its own, and the command line that goes through it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import orjson
import pytest

from tests.api.conftest import MAPPING

LIANYIN = [sys.executable, "-m", "lianyin"]
READING = [
    ["path", "示例大学", "示例重工有限公司", "--all"],
    ["path", "示例大学", "示例重工有限公司", "--json", "--as-of", "2020-09-10", "--max-hops", "4"],
    ["path", "设想医学院", "示例重工有限公司"],
    ["connections", "高校", "企业", "--via", "项目"],
    ["connections", "高校", "企业", "--from", "示例大学", "--format", "csv"],
    ["connections", "高校", "企业", "--count"],
    ["path", "示例大学", "示例重工有限公司", "--avoid", "没有这个人"],
    ["path", "示例大学", "示例重工有限公司", "--kind", "simple", "--max-hops", "4", "--through", "张拟", "--never", "企业"],
    ["path", "示例大学", "示例重工有限公司", "--weights", "EMPLOYED_BY"],
    ["connections", "高校", "企业", "--from", "示例大学", "--avoid", "张拟"],
    ["path", "示例大学", "示例重工有限公司", "--recorded-as-of", "2099-01-01"],
    ["neighbourhood", "示例大学", "--max-hops", "2", "--expand", "人员", "--limit", "1"],
    ["common-neighbours", "轻量化焊接工艺", "示例大学"],
    ["connect", "示例大学", "示例重工有限公司", "张拟"],
    ["analyse", "communities", "--json"],
    ["analyse", "pagerank", "--node", "示例大学"],
    ["coverage", "高校", "企业"],
    ["predict", "--from-type", "人员", "--to-type", "项目", "--hold-out", "0"],
    ["what-if", "--leave", "王虚构", "--add-node", "新大学 高校", "--add", "张拟 EMPLOYED_BY 新大学"],
    ["search", "示例"],
    ["search", "没有这个"],
    ["show", "示例大学"],
    ["show", "first-graph-school:示例大学", "--json"],
    ["show", "李样本"],
    ["show", "示列大学"],
    ["why", "示例大学", "名称"],
    ["why", "示例大学", "没有"],
    ["cypher", "MATCH (n:Person) RETURN n.name AS name, n ORDER BY n.id LIMIT 2"],
    ["cypher", "MATCH (n) DELETE n"],
    ["schema"],
    ["stats"],
    ["loads"],
    ["review", "list", "--least", "0", "--json"],
    ["review", "judge", "示例大学", "没有", "same", "--as", "talent"],
    ["review", "withdraw", "示例大学", "没有", "--as", "talent"],
    ["review", "judgements"],
    ["review", "contradictions"],
    ["undo", "L99"],
    ["verify"],
    ["export", "-o", "-", "--audience", "internal"],
    ["picture", "示例大学", "示例重工有限公司", "-o", "picture.html"],
    ["ingest", "missing.csv"],
]


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: bytes
    err: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder to work in, and the environment of its commands."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str, **further: str) -> Ran:
        environment = {**self.environment, **further}
        done = subprocess.run([*LIANYIN, *arguments], cwd=self.folder, env=environment, capture_output=True, check=False, timeout=120)
        return Ran(done.returncode, done.stdout, done.stderr.decode())

    @property
    def note(self) -> Path:
        return self.folder / "store" / "server.json"


@pytest.fixture
def desk(example_store: Path, tmp_path: Path) -> Desk:
    shutil.copytree(example_store, tmp_path / "store")
    root = str(Path(__file__).resolve().parents[2])
    chosen = {"LIANYIN_STORE": f"kglite://{tmp_path / 'store'}", "LIANYIN_TODAY": "2020-09-10", "LIANYIN_LANGUAGE": "zh"}
    return Desk(tmp_path, {**os.environ, **chosen, "PYTHONPATH": root})


@pytest.fixture
def server(desk: Desk) -> Iterator[str]:
    """The address of a server that holds the desk's store."""
    with started(desk, signal.SIGTERM) as found:
        yield found
    assert not desk.note.exists()


@contextmanager
def started(desk: Desk, end: signal.Signals) -> Iterator[str]:
    """A server in a process of its own, ended by this signal: in good order, unless it is killed."""
    with start(desk) as process:
        try:
            yield address(process)
        finally:
            process.send_signal(end)
            status = process.wait(30)
    assert status == (0 if end is not signal.SIGKILL else -signal.SIGKILL)


def start(desk: Desk, *arguments: str) -> subprocess.Popen[str]:
    command = [*LIANYIN, "serve", "--port", "0", *arguments]
    return subprocess.Popen(command, cwd=desk.folder, env=desk.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None and process.stderr is not None
    found = re.match(r"http://127\.0\.0\.1:\d+", line := process.stdout.readline())
    assert found, line + process.stderr.read()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:  # it listens already, and answers as soon as it runs
        try:
            httpx2.get(f"{found[0]}/healthz", trust_env=False, timeout=30).raise_for_status()
            return found[0]
        except httpx2.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def test_every_command_says_the_same_through_the_server(desk: Desk) -> None:
    alone = [desk.run(*arguments) for arguments in READING]
    with started(desk, signal.SIGINT):
        through = [desk.run(*arguments) for arguments in READING]
    for arguments, one, other in zip(READING, alone, through, strict=True):
        assert other == one, arguments
    assert {one.status for one in alone} == {0, 2, 3, 4}


def test_loading_goes_through_it_and_is_the_same_report(desk: Desk, server: str) -> None:
    table = "学校,姓名,职称,到校,离校\n示例大学,新来的,教授,2021-09,\n示例大学,,教授,2021-09,\n"
    (desk.folder / "office").mkdir()
    (desk.folder / "office" / "more.csv").write_text(table, "utf-8")
    (desk.folder / "office" / "strange.csv").write_text("a,b\n1,2\n", "utf-8")
    tried = desk.run("ingest", "office", "--mapping", str(MAPPING), "--preview", "--json")
    assert (tried.status, orjson.loads(tried.out)["load"]) == (0, "")
    done = desk.run("ingest", "office", "--mapping", str(MAPPING), "--strict")
    assert done.status == 11
    assert "L2：读取 2 = 新增 1" in done.out.decode()
    assert "被拒 more.csv:3 姓名" in done.err and "跳过 strange.csv" in done.err
    report = orjson.loads((desk.folder / "store" / "reports" / "L2.json").read_bytes())
    assert report["skipped"][0]["file"] == "strange.csv"
    assert "新来的" in desk.run("search", "新来的").out.decode()
    undone = desk.run("undo", "L2", "--json")
    assert orjson.loads(undone.out)["undone"] == "L2"
    assert "新来的" not in desk.run("search", "新来的").out.decode()


def test_the_note_is_its_users_alone_and_its_token_chooses_the_clearance(desk: Desk, server: str) -> None:
    assert stat.S_IMODE(desk.note.stat().st_mode) == 0o600
    note = orjson.loads(desk.note.read_bytes())
    assert (note["url"], note["token"] != "") == (server, True)
    assert "人员 1" in desk.run("path", "示例大学", "示例重工有限公司", LIANYIN_CLEARANCE="0").out.decode()
    assert "李样本" in desk.run("path", "示例大学", "示例重工有限公司").out.decode()
    english = desk.run("path", "示例大学", "示例重工有限公司", LIANYIN_LANGUAGE="en").out.decode()
    assert "works at" in english


def test_a_server_is_named_outright(desk: Desk, server: str, tmp_path: Path) -> None:
    elsewhere = {"LIANYIN_STORE": f"kglite://{tmp_path / 'nothing'}"}
    assert "20 个节点" in desk.run("--server", server, "stats", **elsewhere).out.decode()
    assert "20 个节点" in desk.run("stats", **elsewhere, LIANYIN_SERVER=server).out.decode()
    nobody = desk.run("--server", "http://127.0.0.1:9", "stats")
    assert (nobody.status, "127.0.0.1:9" in nobody.err) == (6, True)


def test_a_second_server_is_told_who_holds_the_store(desk: Desk, server: str) -> None:
    with start(desk) as second:
        _, said = second.communicate(timeout=60)
    assert second.returncode == 5 and "图库正被占用" in said
    assert desk.note.exists()


def test_a_note_left_behind_does_no_harm(desk: Desk) -> None:
    with started(desk, signal.SIGKILL):
        pass
    assert desk.note.exists()
    assert "20 个节点" in desk.run("stats").out.decode()


def test_a_store_held_by_no_server_says_so_whatever_the_note_says(desk: Desk) -> None:
    desk.note.write_bytes(orjson.dumps({"url": "http://127.0.0.1:9", "pid": 1, "token": "old"}))
    holding = "import lianyin, sys; client = lianyin.open(); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holding], env=desk.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        refused = desk.run("stats")
        assert (refused.status, "图库正被占用" in refused.err) == (5, True)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_it_listens_to_this_machine_only(desk: Desk, host: str) -> None:
    refused = desk.run("serve", "--port", "0", "--host", host or "127.0.0.2")
    assert (refused.status, "--host" in refused.err, "登录" in refused.err) == (2, True, True)


def test_a_port_that_is_taken_is_said(desk: Desk, server: str) -> None:
    port = server.rpartition(":")[2]
    refused = desk.run("serve", "--port", port)
    assert (refused.status, port in refused.err) == (2, True)


def test_both_ways_cover_the_same_questions() -> None:
    from lianyin.client import Client
    from lianyin.remote import RemoteClient

    def questions(kind: type) -> set[str]:
        return {name for name in dir(kind) if callable(getattr(kind, name)) and not name.startswith("_")}

    only_here = {
        "read_by",
        "node",
        "find_paths",
        "id_of",
        "context",
        "evidence",
        "evidence_for",
        "file_names",
    }
    only_here |= {"to_networkx", "to_scipy", "to_arrow", "acting", "seen_as", "steady"}
    assert questions(Client) - questions(RemoteClient) == only_here
