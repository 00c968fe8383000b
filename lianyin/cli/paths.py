"""``path``: derived, with ``--all`` for the kind that is asked for most."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from click.core import ParameterSource

from graph.errors import QueryProblem
from graph.messages import message
from lianyin.cli.derived import command
from lianyin.operations.paths import paths

EVERY = "all-shortest"


def _with_all(run: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*, every: bool, **given: Any) -> Any:
        said = click.get_current_context().get_parameter_source("kind") is ParameterSource.COMMANDLINE
        if every and said and given["kind"] != EVERY:
            raise QueryProblem(
                message("--all and --kind {kind} contradict each other.", kind=given["kind"]),
                hint=message("Give one of them."),
                where={"parameter": "kind"},
            )
        return run(**{**given, "kind": EVERY if every else given["kind"]})

    return wrapped


path = command(paths)
assert path.callback is not None  # every command has one
path.callback = _with_all(path.callback)
path.params.append(click.Option(("--all", "every"), is_flag=True, help="Short for --kind all-shortest. 所有最短路径"))
