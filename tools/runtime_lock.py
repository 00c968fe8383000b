"""Prints the part of requirements.lock that running needs, hashes included: what the container image installs.

The lock pins the development tools too. Each of its entries names what asked for it (``# via``); an entry is kept if the project's own
``dependencies`` (or the names given as arguments) include it, or if something kept asked for it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENTRY = re.compile(r"^[a-z0-9]")


def canonical(name: str) -> str:
    """The name as package indexes spell it: no extras, no version, lower case, hyphens."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name.strip(), maxsplit=1)[0]).lower()


def entries(lock: str) -> dict[str, list[str]]:
    """The lines of each entry, by canonical name (one name may have several entries, for several platforms)."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lock.splitlines():
        if ENTRY.match(line):
            current = found.setdefault(canonical(line), [])
        if line.startswith((" ", "\t")) or ENTRY.match(line):
            current.append(line)
    return found


def askers(lines: list[str]) -> set[str]:
    """The packages that the ``# via`` comment of an entry names."""
    names = [re.sub(r"^\s*#\s*(via)?", "", line).strip() for line in lines if line.lstrip().startswith("#")]
    return {canonical(name) for name in names if name}


def runtime(lock: str, dependencies: list[str]) -> list[str]:
    """The lines to keep, in the lock's order."""
    found = entries(lock)
    kept = {canonical(name) for name in dependencies}
    while grown := {name for name, lines in found.items() if name not in kept and askers(lines) & kept}:
        kept |= grown
    return [line for name, lines in found.items() if name in kept for line in lines]


def main() -> int:
    """Prints the lines; 1 if the lock lacks one of those asked for."""
    dependencies = sys.argv[1:] or tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    if missing := {canonical(name) for name in dependencies} - set(entries(lock)):
        sys.stderr.write(f"requirements.lock lacks {', '.join(sorted(missing))}: run `make lock`.\n")
        return 1
    sys.stdout.write("\n".join(runtime(lock, dependencies)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
