"""Files that are kept beside the tables that they belong to."""

from __future__ import annotations

from pathlib import Path

from graph.errors import FileProblem
from graph.messages import message


def write_beside(path: Path, text: str, ending: str) -> Path:
    """Writes ``text`` beside a file, under its name with ``ending``, or where that cannot be, into the folder that the command runs in;
    where it stands. Raises ``FileProblem``."""
    reason = ""
    name = path.name + ending
    for target in (path.with_name(name), Path.cwd() / name):
        try:
            target.write_text(text, encoding="utf-8")
        except OSError as problem:
            reason = problem.strerror or str(problem)
            continue
        return target
    raise FileProblem(
        message("{output} cannot be written: {reason}.", output=name, reason=reason),
        hint=message("Choose another name."),
        where={"file": name},
    )
