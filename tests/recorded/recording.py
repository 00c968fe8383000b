"""Asks the questions of ``asked`` on a small fictitious city and keeps what is answered: ``python -m tests.recorded.recording``.

An answer that changed on purpose is recorded anew, and the difference stands in the commit. Subjects may be named: only these are asked.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import orjson
from fastapi.testclient import TestClient

import lianyin
from api import create_app
from graph.factory import open_store
from ingest.sample.write import write_city
from lianyin.cli.app import run
from lianyin.settings import Settings, load_types
from tests.conftest import fixed_key
from tests.recorded.asked import HTTP, LINES, Asked

ANSWERS = Path(__file__).parent / "answers"
TODAY = "2020-09-10"
SCALE = 0.1
OF_THIS_RUN = ("store", "path", "recorded", "recorded_at", "recorded_from", "at", "act_at")
"""Keys whose values are the store's place, and the clock's."""

_TIME = re.compile(r"20(?!20-09)\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00)?")
_PLACE = re.compile(r"kglite://[^ \"：]*|/[^ ]*/store/[^ ]*")

Recorded = dict[str, object]


def write_store(folder: Path) -> Path:
    """A store with the small city in it, under ``folder``."""
    settings = Settings(store=f"kglite://{folder}/store", today=TODAY, language="zh", hash_key_file=fixed_key(folder / "key"))  # type: ignore[arg-type]
    files = write_city(folder / "city", scale=SCALE)
    with lianyin.open(settings=settings) as client:
        client.ingest([files.files[0].parent], "city", date=TODAY)
    return folder / "store"


@contextlib.contextmanager
def served(store: Path) -> Iterator[TestClient]:
    """The application over a store."""
    settings = Settings(store=f"kglite://{store}", today=TODAY, language="zh")  # type: ignore[arg-type]
    opened = open_store(settings.store_url(), load_types(settings))
    try:
        with TestClient(
            create_app(settings, opened, token="the-token"), base_url="http://127.0.0.1", raise_server_exceptions=False
        ) as client:
            yield client
    finally:
        opened.close()


def over_http(store: Path, copies: Path, subjects: Collection[str] = HTTP) -> dict[str, Recorded]:
    """Every answer over HTTP, by subject and question; the store itself is left as it is."""
    chosen = {subject: asked for subject, asked in HTTP.items() if subject in subjects}
    with served(_copied(store, copies / "http")) as client:
        return {subject: {_named(each): _answer(client, each) for each in asked} for subject, asked in chosen.items()}


def on_the_command_line(store: Path, copies: Path, subjects: Collection[str] = LINES) -> dict[str, Recorded]:
    """What every command line prints, by subject and line."""
    place = _copied(store, copies / "lines")
    before = dict(os.environ)
    os.environ |= {"LIANYIN_STORE": f"kglite://{place}", "LIANYIN_TODAY": TODAY, "LIANYIN_LANGUAGE": "zh"}
    try:
        return {subject: {line: _printed(line) for line in lines} for subject, lines in LINES.items() if subject in subjects}
    finally:
        os.environ.clear()
        os.environ.update(before)


def _copied(store: Path, place: Path) -> Path:
    shutil.copytree(store, place / "store")
    return place / "store"


def _named(asked: Asked) -> str:
    who = " ".join(filter(None, (asked.actor and f"as {asked.actor}", asked.clearance and f"of class {asked.clearance}")))
    sent = "" if asked.body is None else orjson.dumps(asked.body).decode()
    return " ".join(filter(None, (asked.method, asked.address, sent, who)))


def _answer(client: TestClient, asked: Asked) -> object:
    headers = {"lianyin-actor": quote(asked.actor, safe="")} if asked.actor else {}
    headers |= {"lianyin-clearance": asked.clearance} if asked.clearance else {}
    response = client.request(asked.method, asked.address, json=asked.body, headers=headers)
    return {"status": response.status_code, "answer": steady(response.json())}


def steady(value: object) -> object:
    """The value without what differs from run to run."""
    if isinstance(value, dict):
        return {key: "*" if key in OF_THIS_RUN and each is not None else steady(each) for key, each in value.items()}
    if isinstance(value, list):
        return [steady(each) for each in value]
    return _PLACE.sub("*", _TIME.sub("*", value)) if isinstance(value, str) else value


def _printed(line: str) -> object:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run([word.replace("_", " ") if word.startswith("RETURN_") else word for word in line.split(" ")])
    out.flush()
    printed = out.buffer.getvalue().decode()  # type: ignore[attr-defined] # a BytesIO
    return {"status": status, "out": _lines(printed), "err": _lines(err.getvalue())}


def _lines(text: str) -> list[str]:
    """Without times, whose width a table's rules follow."""
    return [str(steady(re.sub(r"[ ─]{2,}", "  ", line.rstrip()))) for line in text.splitlines() if line.strip()]


def kept(door: str, subject: str) -> Path:
    """Where the answers of a subject lie."""
    return ANSWERS / f"{door}-{subject}.json"


def main(subjects: Collection[str]) -> None:
    """Records these subjects anew, or all if none is named."""
    subjects = subjects or {*HTTP, *LINES}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = f"{folder}/data"
        fixed_key(Path(folder) / "data" / "lianyin")
        store = write_store(Path(folder))
        doors: Mapping[str, dict[str, Recorded]] = {
            "http": over_http(store, Path(folder)),
            "line": on_the_command_line(store, Path(folder)),
        }
    for old in ANSWERS.glob("*.json"):
        old.unlink()
    for door, recorded in doors.items():
        for subject, answers in recorded.items():
            kept(door, subject).write_bytes(
                orjson.dumps(answers, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
            )
    sys.stdout.write(f"{sum(len(each) for recorded in doors.values() for each in recorded.values())} answers\n")


if __name__ == "__main__":
    main(sys.argv[1:])
