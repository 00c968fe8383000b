"""``warm``, and what is said on stderr while kernels are compiled."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import click

from graph.kernels.progress import Compiling, listening
from lianyin.language import Language, say

if TYPE_CHECKING:
    from graph.ontology.schema import Label

SECONDS_BETWEEN_LINES = 5.0
"""Where nothing can be overwritten, progress is told this often."""


class CompileNotice:
    """Says at first use that functions are being compiled, which ones, and how many of those in use are ready. Any thread may call it."""

    def __init__(self, language: Language, stream: IO[str]) -> None:
        self._language = language
        self._stream = stream
        self._lock = threading.Lock()
        self._began = 0.0
        self._last_line = 0.0

    def __call__(self, compiling: Compiling) -> None:
        with self._lock:
            now = time.monotonic()
            if not self._began:
                self._began = self._last_line = now
                first = "首次使用，正在编译（只此一次，不计入查询时限）…\n", "First use: compiling (once; no question's time runs) …\n"
                self._write(say(self._language, *first))
            line = f"  {compiling.module} {compiling.function} {compiling.ready}/{compiling.known}"
            if self._stream.isatty():
                self._write(f"\r\x1b[2K{line}")
            elif now - self._last_line >= SECONDS_BETWEEN_LINES:
                self._last_line = now
                self._write(line + "\n")

    def finish(self) -> None:
        """Takes the line of progress away."""
        with self._lock:
            if self._began and self._stream.isatty():
                self._write("\r\x1b[2K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def telling_of_compiling(language: Language) -> Iterator[None]:
    """Says on stderr what is compiled inside."""
    notice = CompileNotice(language, sys.stderr)
    try:
        with listening(notice):
            yield
    finally:
        notice.finish()


@click.command()
@click.option("--first", is_flag=True, help="Only what nearly every question needs. 只编译最常用的")
def warm(first: bool) -> None:
    """Compile the path search and the analyses now, so that no question waits for it. 提前编译。

    It is done once for an installation; what is compiled already is passed over.

    每次安装只需一次；已编译的会跳过。
    """
    from lianyin.cli.session import current_settings
    from lianyin.warming import compile_kernels

    language = current_settings().language
    began = time.monotonic()

    def told(step: Label, done: int, steps: int) -> None:
        sys.stderr.write(f"[{done + 1}/{steps}] {say(language, step.zh, step.en)}\n")
        sys.stderr.flush()

    compile_kernels(told, first=first)
    seconds = time.monotonic() - began
    sys.stdout.write(say(language, f"已就绪，用时 {seconds:.1f} 秒。\n", f"Ready after {seconds:.1f} seconds.\n"))
