"""``python -m benchmarks [SUITE ...] [--graph S|M|L] [--quick] [--markdown FILE] [--json FILE]``: everything, or the suites named.

Prints Markdown as it goes and the table of targets at the end. Where engines disagree or an error of ours comes up the suite ends, the
others go on, and the exit code is 1. A target that is not met is told, and no failure: on a busy machine it may be the machine.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks import others
from benchmarks.graphs import SIZES
from benchmarks.machine import machine
from benchmarks.options import Options
from benchmarks.report import Section, as_json, markdown, section_markdown
from graph.errors import LianyinError

SUITES = ("shortest", "kinds", "tables", "shaped", "live", "growth", "memory", "threads", "cold", "http_mixed")
"""Modules here with ``run(options) -> list[Section]``, in the order in which they run."""

ALL = (*SUITES, *others.MODULES)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"of {', '.join(ALL)}; all when none is named")
    parser.add_argument("--graph", choices=SIZES, default="M", help="which graph the suites work on")
    parser.add_argument("--quick", action="store_true", help="fewer questions, nothing that takes long to load")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the report here")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    parser.add_argument("--load", type=Path, nargs="*", default=[], metavar="FILE", help="what the suite `load` loads")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.suites if name not in ALL]
    if unknown:
        parser.error(f"there is no suite {', '.join(unknown)}; there are {', '.join(ALL)}")
    described = machine()
    sections = measure(given.suites or ALL, Options(SIZES[given.graph], given.quick, tuple(given.load)))
    report = markdown(sections, described)
    print("\n## Targets\n\n" + report.split("\n\n### ", 1)[0])
    failed = [section.title for section in sections if section.failed]
    for path, text in ((given.markdown, report), (given.json, as_json(sections, described))):
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if failed:
        raise SystemExit(f"Engines disagree, or a suite ended by an error: {', '.join(failed)}.")


def measure(suites: Sequence[str], options: Options) -> list[Section]:
    """Runs the suites one after the other, printing each."""
    sections: list[Section] = []
    for name in suites:
        began = time.perf_counter()
        for section in one_suite(name, options):
            print(f"\n{section_markdown(section)}", flush=True)
            sections.append(section)
        print(f"\n({name}: {time.perf_counter() - began:.0f} s)", flush=True)
    return sections


def one_suite(name: str, options: Options) -> list[Section]:
    """What the suite found, or how engines disagreed in it, or which of our own errors ended it."""
    suite = partial(others.run, name) if name in others.MODULES else importlib.import_module(f"benchmarks.{name}").run
    try:
        found: list[Section] = suite(options)
    except AssertionError as problem:
        return [Section(name, notes=(f"**Engines disagree.** {str(problem)[:500]}",), failed=True)]
    except LianyinError as problem:
        return [Section(name, notes=(f"**Ended by an error.** {problem}",), failed=True)]
    return found


if __name__ == "__main__":
    main()
