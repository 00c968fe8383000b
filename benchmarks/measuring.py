"""Times engines interleaved in one process, and holds what they answered.

The questions are cut into rounds. In each round every engine answers its share of that round's questions in one go, engines taking turns
at being first, so that a slow minute of the machine slows all of them. Before each go an engine answers a few questions of another round
unmeasured: otherwise its first answer would pay for the caches that the engine before it has filled. The garbage collector rests.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Question = TypeVar("Question")
Microseconds = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Engine(Generic[Question]):
    """``share`` is how many of a round's questions it answers (0 = all); ``warm`` how many unmeasured ones before them."""

    name: str
    answer: Callable[[Question], object]
    share: int = 0
    warm: int = 3


@dataclass(slots=True)
class Samples:
    """Microseconds and answers by the number of the question."""

    times: dict[int, float] = field(default_factory=dict)
    answers: dict[int, object] = field(default_factory=dict)

    @property
    def microseconds(self) -> Microseconds:
        return np.array(list(self.times.values()))

    def of(self, questions: Iterator[int] | Sequence[int]) -> Microseconds:
        return np.array([self.times[question] for question in questions])


def interleaved(engines: Sequence[Engine[Question]], questions: Sequence[Question], rounds: int) -> dict[str, Samples]:
    """Asks every engine its share of the questions. Every engine that warms up has answered one question unmeasured before anything is
    timed, so that compiling and importing are not counted."""
    found = {engine.name: Samples() for engine in engines}
    rounds = min(rounds, len(questions))
    chunks = [list(range(first, len(questions), rounds)) for first in range(rounds)]
    for engine in engines:
        if engine.warm:
            engine.answer(questions[-1])
    with _resting_collector():
        for number, chunk in enumerate(chunks):
            warming = chunks[number - 1]
            turn = number % len(engines)
            for engine in (*engines[turn:], *engines[:turn]):
                for question in warming[: engine.warm]:
                    engine.answer(questions[question])
                samples = found[engine.name]
                for question in chunk[: engine.share or len(chunk)]:
                    asked = questions[question]
                    began = time.perf_counter_ns()
                    answer = engine.answer(asked)
                    samples.times[question] = (time.perf_counter_ns() - began) / 1e3
                    samples.answers[question] = answer
    return found


def ratio(theirs: Samples, ours: Samples, percentile: float) -> float:
    """How many times longer they took, at this percentile of the questions that both answered."""
    both = sorted(theirs.times.keys() & ours.times.keys())
    return float(np.percentile(theirs.of(both), percentile) / np.percentile(ours.of(both), percentile))


def check_equal(found: Mapping[str, Samples], ours: str, essence: Callable[[object], object]) -> int:
    """Raises ``AssertionError`` unless every engine's answer has the same essence as ours. Returns how many were compared."""
    compared = 0
    for name, samples in found.items():
        for question, answer in samples.answers.items():
            expected = essence(found[ours].answers[question])
            if essence(answer) != expected:
                raise AssertionError(f"Question {question}: {name} answers {essence(answer)!r}, {ours} {expected!r}.")
            compared += name != ours
    return compared


@contextmanager
def _resting_collector() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
