"""Compiling before anybody asks, and how far it has come: for a server that tells it while it answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from graph.ontology.schema import Label


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``steps``; ``step`` is the one that runs, ``None`` when none does."""

    done: int = 0
    steps: int = 0
    step: Label | None = None

    def as_json(self) -> dict[str, object]:
        step = {"zh": self.step.zh, "en": self.step.en} if self.step else None
        return {"done": self.done, "steps": self.steps, "step": step}


class Warming:
    """What a server has still to compile. Questions are answered meanwhile; the first of their kind waits for the compiler."""

    def __init__(self) -> None:
        self.progress = Progress()

    @property
    def over(self) -> bool:
        """Nothing is being compiled ahead."""
        return self.progress.step is None

    def start(self, prepare: Callable[[], object], ended: Callable[[], object]) -> threading.Thread:
        """Begins in a thread of its own: first ``prepare``, then every kernel, then ``ended``."""

        def run() -> None:
            prepare()
            compile_kernels(self._told)
            self.progress = Progress(self.progress.steps, self.progress.steps)
            ended()

        self.progress = Progress(0, 0, Label("读取图", "reading the graph"))
        thread = threading.Thread(target=run, name="lianyin-warming", daemon=True)
        thread.start()
        return thread

    def _told(self, step: Label, done: int, steps: int) -> None:
        self.progress = Progress(done, steps, step)


def compile_kernels(told: Callable[[Label, int, int], object], *, first: bool = False) -> None:
    """Compiles every kernel, or those that nearly every question needs (``first``); ``told`` is called before each step."""
    from graph.warming import NAMES_ZH, warm

    warm(lambda step, done, steps: told(Label(NAMES_ZH[step.name], step.name), done, steps), first=first)
