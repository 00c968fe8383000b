"""Whether a process still runs: this one does, one that has ended does not, and nobody is declared dead on a guess."""

from __future__ import annotations

import subprocess
import sys

from graph.processes import has_ended, this_process

NAME = "import graph.processes as p; print(p.this_process())"


def test_this_process_runs() -> None:
    assert not has_ended(this_process())


def test_one_that_has_ended_is_told() -> None:
    ended = subprocess.run([sys.executable, "-c", NAME], capture_output=True, text=True, check=True).stdout.strip()
    assert has_ended(ended)


def test_a_number_that_was_given_out_again_is_told() -> None:
    machine, number, began = this_process().split("/")
    if began:  # systems without /proc do not say when a process began
        assert has_ended(f"{machine}/{number}/{int(began) - 1}")


def test_nobody_is_declared_dead_on_a_guess() -> None:
    _, number, began = this_process().split("/")
    assert not has_ended("")
    assert not has_ended(f"another-machine/{number}/{began}")
    assert not has_ended("another-machine/999999999/1")
    assert not has_ended(f"{this_process().split('/')[0]}/not-a-number/1")
