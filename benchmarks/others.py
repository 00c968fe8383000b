"""The suites that print a report of their own and can be run alone, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.options import Options
from benchmarks.report import Section

MODULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "search": ("Suggestions while typing", ()),
    "api": ("Answers over HTTP against bare ones", ("--requests", "300")),
    "ingest": ("Reading against a bare reader", ("--rows", "1000", "10000")),
    "load": ("A load against a bare one", ()),
}
"""Title, and the arguments of a quick run."""


def run(name: str, options: Options) -> list[Section]:
    """Runs it and keeps what it prints. ``load`` needs files, and is left out without. Raises ``CalledProcessError`` where it fails."""
    title, quick = MODULES[name]
    files = [str(path) for path in options.files]
    if name == "load" and not files:
        return [Section(title, notes=("Left out: no files were given (`--load FILE …`).",))]
    command = [sys.executable, "-m", f"benchmarks.{name}", *(quick if options.quick else ()), *(files if name == "load" else ())]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [Section(title, notes=(done.stdout.strip(),))]
