"""Uploaded files on their way to the loader: written into a folder of their own, each under its own name, and gone afterwards."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fastapi import UploadFile
from pydantic import TypeAdapter, ValidationError

from graph.errors import FileProblem, LianyinError, QueryProblem
from graph.explanations import system_reason
from graph.messages import message
from ingest.readers.apart import Bounds, reading_apart
from lianyin.settings import Settings

_ANSWERS = TypeAdapter(dict[str, dict[str, str]])

LONGEST_NAME = 200
"""Bytes of one part of a name; every file system takes 255."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent: files that were named, files that were met in a folder, and how they are to be mapped."""

    files: Sequence[UploadFile]
    folder_files: Sequence[UploadFile]
    mapping: str | None
    mapping_file: UploadFile | None


@contextmanager
def received(upload: Upload, settings: Settings) -> Iterator[tuple[list[Path], str | None]]:
    """The paths to load, and the mapping's name or path. Within it, files are read in a process of their own.
    Problems that arise while they are used name the files as the sender does."""
    with tempfile.TemporaryDirectory(prefix="lianyin-upload-") as folder:
        root = Path(folder)
        try:
            files, mapping = _written(upload, settings, root), _mapping(upload, root)
            with reading_apart(Bounds(settings.max_reading_bytes, settings.max_reading_seconds)):
                yield files, mapping
        except LianyinError as problem:
            _forget(problem, root)
            raise


def settled(answers: str | None) -> dict[str, dict[str, str]]:
    """The answers to doubts, read from JSON. Raises ``QueryProblem`` for what is none."""
    if not answers:
        return {}
    try:
        return _ANSWERS.validate_json(answers)
    except ValidationError as problem:
        raise QueryProblem(
            message("The answers cannot be read: they are JSON, by table and column."),
            hint=message('Write {"roster.xlsx": {"column": "unused"}}.'),
            where={"parameter": "answers"},
        ) from problem


def _written(upload: Upload, settings: Settings, root: Path) -> list[Path]:
    number = len(upload.files) + len(upload.folder_files)
    if number == 0:
        raise QueryProblem(
            message("No file was sent."), hint=message("Send the tables in the field 'files'."), where={"parameter": "files"}
        )
    if number > settings.max_upload_files:
        raise QueryProblem(
            message("{number} files are too many for one load.", number=number),
            hint=message(
                "At most {max_upload_files}; set LIANYIN_MAX_UPLOAD_FILES to raise the limit.", max_upload_files=settings.max_upload_files
            ),
            where={"parameter": "files"},
        )
    paths = [_write(each, root / str(at)) for at, each in enumerate(upload.files)]
    for at, each in enumerate(upload.folder_files, len(paths)):
        place = root / str(at)
        parts = _write(each, place, deep=True).relative_to(place).parts
        paths.append(place / parts[0] if len(parts) > 1 else place)
    return paths


def _write(file: UploadFile, place: Path, *, deep: bool = False) -> Path:
    parts = [part for part in (file.filename or "").replace("\\", "/").split("/") if part not in ("", ".", "..")]
    parts = parts if deep else parts[-1:]
    if not parts or any(_UNSAFE.search(part) or len(part.encode(errors="replace")) > LONGEST_NAME for part in parts):
        raise FileProblem(
            message("A file was sent without a usable name."),
            hint=message("Give it the name that it has on your disk."),
            where={"parameter": "files"},
        )
    path = place.joinpath(*parts)
    try:
        path.parent.mkdir(parents=True)
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
    except (OSError, UnicodeEncodeError) as problem:
        reason = system_reason(problem) if isinstance(problem, OSError) else message("its name cannot be written")
        raise FileProblem(
            message("The file {file} cannot be received: {reason}.", file=ascii(parts[-1]), reason=reason),
            hint=message("Free some disk space, or rename the file."),
        ) from problem
    return path


def _mapping(upload: Upload, root: Path) -> str | None:
    """A sent mapping file wins. A name must be one: a path of the server's own disk is none of the sender's business."""
    if upload.mapping_file is not None:
        return str(_write(upload.mapping_file, root / "mapping"))
    if upload.mapping is not None and re.search(r"[/\\]|\.ya?ml$", upload.mapping, re.I):
        raise QueryProblem(
            message("'{mapping}' is a path, but a mapping is chosen by its name.", mapping=upload.mapping),
            hint=message("Send the file itself in the field 'mapping_file'."),
            where={"parameter": "mapping"},
        )
    return upload.mapping


def _forget(problem: LianyinError, root: Path) -> None:
    """Takes the folder's name, which only the server knows, out of what is told."""
    inside = re.compile(re.escape(str(root)) + r"/(?:\d+|mapping)/?")
    hide = partial(inside.sub, "")
    problem.detail, problem.hint = problem.detail.changed(hide), problem.hint.changed(hide)
    problem.where = {name: inside.sub("", value) if isinstance(value, str) else value for name, value in problem.where.items()}
    problem.args = (problem.detail,)
