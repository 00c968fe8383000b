"""The suites that print a report of their own and can be run alone, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.options import Options
from benchmarks.report import Section, Target

MODULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "search": ("Suggestions while typing", ()),
    "cooperation": ("The desk's lists, and ranking experts", ("--needs", "5000", "--scales", "1", "--asked", "50")),
    "api": ("Answers over HTTP against bare ones", ("--requests", "300")),
    "ingest": ("Reading against a bare reader", ("--rows", "1000", "10000")),
    "load": ("A load against a bare one", ()),
}
"""Title, and the arguments of a quick run."""


def run(name: str, options: Options) -> list[Section]:
    """Runs it and keeps what it prints. ``load`` needs files, and is left out without. A suite that ends because it missed its own bound
    says so in a sentence, which is told as a target that is not met; one that ends by an error of ours has failed."""
    title, quick = MODULES[name]
    files = [str(path) for path in options.files]
    if name == "load" and not files:
        return [Section(title, notes=("Left out: no files were given (`--load FILE …`).",))]
    command = [sys.executable, "-m", f"benchmarks.{name}", *(quick if options.quick else ()), *(files if name == "load" else ())]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    told = done.stdout.strip()
    if done.returncode == 0:
        return [Section(title, notes=(told,))]
    return [missed(title, told, done.stderr.strip())]


def missed(title: str, told: str, said: str) -> Section:
    """What there is to tell of a suite that ended early; ``said`` is what it wrote to stderr."""
    last = said.splitlines()[-1] if said else "It ended without a word."
    if not said or "Traceback (most recent call last)" in said:
        return Section(title, notes=(told, f"**Ended by an error.** {last}"), failed=True)
    return Section(title, notes=(told,), targets=(Target(title, "its own bound", last, False),))
