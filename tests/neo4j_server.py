"""A real Neo4j for tests: started on a free port of this machine, with a password, and stopped.

The jars come from ``make neo4j``. A server takes about ten seconds to start and 0.6 GB; one serves a whole test session.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from tools.neo4j import install

PASSWORD = "not-a-secret: /@?"
"""With every character that a URL must encode."""

START_SECONDS = 120.0

_JAVA = [
    "-Xms256m",
    "-Xmx1g",
    "-XX:+UseG1GC",
    "-Dfile.encoding=UTF-8",
    "-Dlog4j2.disable.jmx=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-modules=jdk.incubator.vector",
]


@dataclass(frozen=True)
class Server:
    """Where it listens. ``url`` is what ``open_store`` takes."""

    port: int

    @property
    def url(self) -> str:
        return f"neo4j://neo4j:not-a-secret%3A%20%2F%40%3F@127.0.0.1:{self.port}"

    def wipe(self) -> None:
        """Removes every node; constraints and indexes stay."""
        with GraphDatabase.driver(f"bolt://127.0.0.1:{self.port}", auth=("neo4j", PASSWORD)) as driver, driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def installed() -> bool:
    """Whether ``make neo4j`` has been run, and Java is there."""
    return install.complete(install.home()) and shutil.which("java") is not None


@cache
def shared() -> Server:
    """The one server of this process, started when it is first asked for and stopped when the process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lianyin-neo4j-", ignore_cleanup_errors=True))
    return stack.enter_context(running(Path(folder) / "server"))


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, *, settings: Mapping[str, str] | None = None, imported: Sequence[str] = ()) -> Iterator[Server]:
    """A fresh server whose data lies in ``folder``; it is stopped at the end whatever happens. ``settings`` are Neo4j's own, beside or
    instead of ours; ``imported`` are arguments of ``neo4j-admin database import full``, which fills it before it starts."""
    server = Server(free_port())
    _configure(folder, server.port, settings or {})
    command = _command(folder, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", PASSWORD)
    environment = {**os.environ, "NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    if imported:
        command = _command(folder, "org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j", *imported)
        filled = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=folder)
        if filled.returncode:
            raise RuntimeError(f"Neo4j did not import: {filled.stderr[-3000:]}")
    directories = (f"--home-dir={folder}", f"--config-dir={folder / 'conf'}")
    start = _command(folder, "org.neo4j.server.CommunityEntryPoint", *directories, "--console-mode")
    with (folder / "console.log").open("wb") as console:
        process = subprocess.Popen(start, stdout=console, stderr=console, cwd=folder)
        try:
            _await(process, server, folder)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _command(folder: Path, main: str, *arguments: str) -> list[str]:
    return ["java", *_JAVA, "-cp", f"{install.home() / 'lib'}/*", main, *arguments]


def _configure(folder: Path, port: int, more: Mapping[str, str]) -> None:
    (folder / "conf").mkdir(parents=True)
    settings = {
        **{f"server.directories.{name}": folder / name for name in ("data", "logs", "run", "import", "plugins")},
        "server.directories.transaction.logs.root": folder / "data" / "transactions",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "server.memory.pagecache.size": "64m",
        "db.tx_log.preallocate": "false",
        "db.transaction.timeout": "60s",
        "dbms.security.auth_lock_time": "0s",
        **more,
    }
    for name in ("data", "logs", "run", "import", "plugins"):
        (folder / name).mkdir()
    text = "".join(f"{key}={value}\n" for key, value in settings.items())
    (folder / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")


def _await(process: subprocess.Popen[bytes], server: Server, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    with GraphDatabase.driver(f"bolt://127.0.0.1:{server.port}", auth=("neo4j", PASSWORD)) as driver:
        while True:
            try:
                with driver.session() as session:
                    session.run("RETURN 1").consume()
                return
            except (DriverError, Neo4jError, OSError) as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    log = (folder / "console.log").read_text(encoding="utf-8", errors="replace")
                    raise RuntimeError(f"Neo4j did not start: {error}\n{log[-3000:]}") from error
                time.sleep(0.3)
