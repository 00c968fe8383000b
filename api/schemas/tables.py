"""The whole graph as a file, and how the server is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Audience, Label, Model


class ExportParameters(Model):
    format: Literal["jsonl", "graphml", "csv"] = Field(default="jsonl", description="`csv`: two tables in a zip.")
    audience: Audience = "public"


class Health(Model):
    status: Literal["alive"] = "alive"


class Compiling(Model):
    """How far compiling ahead has come: `done` of `steps`, and the step that runs."""

    done: int
    steps: int
    step: Label | None


class Ready(Model):
    """`warming`: every question is answered, but the first of a kind may wait for the compiler; no time limit runs meanwhile."""

    status: Literal["ready", "warming"]
    store: str
    revision: int
    compiling: Compiling
