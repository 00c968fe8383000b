"""Where the report of a load is kept: with the store it belongs to."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from graph.errors import FileProblem
from graph.explanations import system_reason
from graph.messages import message
from ingest.report import Report
from ingest.report_pages import write_any_report


def reports_folder(store_url: str) -> Path:
    """``reports`` in an embedded store's folder; for a server, a folder of its own in the user's data."""
    if store_url.startswith("kglite://"):
        return Path(store_url.removeprefix("kglite://")) / "reports"
    from platformdirs import user_data_path

    name = re.sub(r"\W+", "-", store_url.rpartition("@")[2] or store_url).strip("-")
    digest = hashlib.blake2b(store_url.encode(), digest_size=4).hexdigest()
    return Path(user_data_path("lianyin", appauthor=False)) / "reports" / f"{name}-{digest}"


def keep_report(report: Report, chosen: Path | None, store_url: str) -> tuple[str, ...]:
    """Writes the report, as its path's ending asks (``.html``, ``.xlsx``, else JSON), and returns a line that says where. What was loaded
    is published by now: a report that cannot be written where it is kept is said, not an error; a place that was chosen is a
    ``FileProblem``."""
    path = chosen or reports_folder(store_url) / f"{report.facts.load}.json"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_any_report(report, path)
    except OSError as problem:
        if chosen is not None:
            if report.facts.load:
                detail = message(
                    "{load} is loaded, but its report cannot be written: {reason}.", load=report.facts.load, reason=system_reason(problem)
                )
            else:
                detail = message(
                    "Nothing was recorded (this was a trial), and the report cannot be written: {reason}.", reason=system_reason(problem)
                )
            raise FileProblem(detail, where={"file": str(path)}) from problem
        return (f"{report.facts.load}: report not written ({problem.strerror}): {path}",)
    return (f"report: {path}",)
