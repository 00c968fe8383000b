"""What every command shares: the open client, the form of the answer, a progress bar."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from graph.errors import StoreHeld, StoreProblem
from lianyin.answers.lacking import cannot_be_told, lacking_lines
from lianyin.cli.exits import LACKING, UNFINISHED
from lianyin.cli.output import FORMATS, Answer, choose_output, emit

if TYPE_CHECKING:
    from lianyin.client import Client
    from lianyin.remote import RemoteClient
    from lianyin.settings import Settings
    from lianyin.transport import Transport

P = ParamSpec("P")


def current_settings() -> Settings:
    """The settings of this run, read once."""
    from lianyin.settings import read_settings

    chosen: dict[str, Any] = click.get_current_context().ensure_object(dict)
    if "settings" not in chosen:
        chosen["settings"] = read_settings(**({"server": chosen["server"]} if chosen.get("server") else {}))
    found: Settings = chosen["settings"]
    return found


@contextmanager
def opened() -> Iterator[Client | RemoteClient]:
    """The client on the store of the settings, closed in any case; or on the server that was named, or that holds the store."""
    settings = current_settings()
    client = _remote(settings.server) if settings.server else _local_or_remote(settings)
    with client:
        yield client


@contextmanager
def connected() -> Iterator[Transport]:
    """Where operations are asked: the store of the settings, opened and closed; or the server that was named, or that holds the store."""
    from lianyin.session import open_session
    from lianyin.transport import Local

    settings = current_settings()
    if settings.server:
        with _remote(settings.server) as remote:
            yield remote.transport
        return
    try:
        session = open_session(settings=settings)
    except StoreHeld as held:
        with _holding(settings, held) as remote:
            yield remote.transport
        return
    with session:
        yield Local(session)


def _holding(settings: Settings, held: StoreHeld) -> RemoteClient:
    """The server that holds the store. Raises ``held`` where no server does."""
    from lianyin.serving import read_note

    note = read_note(settings.store_url())
    if note is None:
        raise held
    # A note may be left behind by a server that is gone; then something else holds the store, and that is what there is to say.
    with suppress(StoreProblem):
        return _remote(note.url, note.token)
    raise held


def _local_or_remote(settings: Settings) -> Client | RemoteClient:
    from lianyin.client import open

    try:
        return open(settings=settings)
    except StoreHeld as held:
        return _holding(settings, held)


def _remote(url: str, token: str = "") -> RemoteClient:
    from lianyin.remote import RemoteClient
    from lianyin.settings import load_types

    settings = current_settings()
    return RemoteClient(url, load_types(settings), settings, token)


def answers(command: Callable[P, Answer | None]) -> Callable[P, int]:
    """Gives a reading command ``--format``, ``--json`` and ``-o``, and writes the answer that it returns (a group's command returns none
    where one of its own commands answers)."""

    @click.option("--format", "output_format", type=click.Choice(FORMATS), help="Form of the answer. 输出格式")
    @click.option("--json", "output_json", is_flag=True, help="Short for --format json. 同 --format json")
    @click.option("-o", "--output", "output_path", metavar="FILE", help="Write to a file; its ending chooses the form. 写入文件")
    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> int:
        form, as_json, path = (kwargs.pop(name) for name in ("output_format", "output_json", "output_path"))
        settings = current_settings()
        output = choose_output(_text(form), bool(as_json), _text(path), settings.language)
        answer = command(*args, **kwargs)
        if answer is None:
            return 0
        document = answer.result.document
        if cannot_be_told(document):
            told = lacking_lines(document, settings.language)[:1]
            spoken = replace(answer, prose=told) if answer.tabular else replace(answer, prose=(), notes=(*told, *answer.notes))  # no number
            emit(replace(spoken, tabular=False), output)
            return LACKING
        emit(replace(answer, notes=(*lacking_lines(document, settings.language), *answer.notes)), output)
        return answer.status if answer.result.finished else UNFINISHED

    return wrapped


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[str, int, int], None] | None]:
    """On a terminal, a function ``(step, done, total)`` that draws on stderr, from its first call on: before, questions may be asked there;
    elsewhere ``None``."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task(title, total=None)

    def draw(step: str, done: int, total: int) -> None:
        progress.start()
        progress.update(task, description=step, completed=done, total=total or None)

    try:
        yield draw
    finally:
        progress.stop()
