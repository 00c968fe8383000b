"""Puts a real Neo4j into a cache outside the checkout, by Maven: ``python tools/neo4j/install.py``.

The cache is ``$LIANYIN_NEO4J_HOME`` or ``~/.cache/lianyin/neo4j-<version>``; when it is complete nothing is done. Needs Java 17 or 21 and
Maven. Exits with 1 and one sentence when something is missing or the registry refuses; nothing half-made is left behind.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
VERSION = re.search(r"<neo4j.version>([\d.]+)<", POM.read_text(encoding="utf-8")).group(1)  # type: ignore[union-attr]
ATTEMPTS = 3
"""A registry answers 429 under bursts; Maven keeps what it has, so each attempt goes on where the last one stopped."""
PAUSE_SECONDS = 20


def home() -> Path:
    """Where Neo4j is, or will be."""
    return Path(os.environ.get("LIANYIN_NEO4J_HOME") or Path.home() / ".cache" / "lianyin" / f"neo4j-{VERSION}").expanduser()


def complete(folder: Path) -> bool:
    """Whether the folder holds the server. It is moved into place whole, so its main jar stands for all."""
    return (folder / "lib" / f"neo4j-{VERSION}.jar").is_file()


def java_version() -> int:
    """The major version of the ``java`` on the path; exits when there is none."""
    if not shutil.which("java"):
        raise SystemExit("Java is missing. Install a Java 17 or 21 runtime (Debian: apt-get install openjdk-17-jre-headless).")
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found.group(1)) if found else 0


def gather(into: Path) -> None:
    """Runs Maven until the jars are in ``into/lib``; exits with Maven's own error lines when it fails."""
    command = ["mvn", "--batch-mode", "--no-transfer-progress", "--quiet", "--file", str(into / "pom.xml"), f"-Dhome={into}", "package"]
    shutil.copy(POM, into / "pom.xml")
    for attempt in range(1, ATTEMPTS + 1):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        errors = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line][:5]
        sys.stderr.write("\n  ".join([f"Maven failed ({attempt} of {ATTEMPTS}):", *errors]) + "\n")
        if attempt < ATTEMPTS:
            time.sleep(PAUSE_SECONDS * attempt)
    raise SystemExit("Maven could not fetch Neo4j. Look at its lines above; when the registry refused, try again later.")


def main() -> None:
    """Installs unless it is there."""
    target = home()
    if complete(target):
        sys.stdout.write(f"Neo4j {VERSION} is in {target}\n")
        return
    if java_version() not in (17, 21):
        raise SystemExit(f"Neo4j {VERSION} needs Java 17 or 21; the one on the path is another. Set PATH so that 'java' is one of them.")
    if not shutil.which("mvn"):
        raise SystemExit("Maven is missing. Install it (Debian: apt-get install maven).")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".neo4j-", dir=target.parent) as folder:
        made = Path(folder)
        gather(made)
        if not complete(made):
            raise SystemExit(f"Maven ended well but neo4j-{VERSION}.jar is not among its files. The pom and the script do not fit.")
        target.mkdir(exist_ok=True)
        shutil.rmtree(target / "lib", ignore_errors=True)
        (made / "lib").rename(target / "lib")
    sys.stdout.write(f"Neo4j {VERSION} is now in {target}\n")


if __name__ == "__main__":
    main()
