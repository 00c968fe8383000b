"""The client of a running ``lianyin serve``: asks over HTTP and answers with the same results as ``lianyin.client.Client``.

The answers travel as the documents that everybody gets; their tables are made here, by the same functions.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, cast

import httpx2
import orjson

from graph import errors
from graph.errors import Ambiguous, Forbidden, LianyinError, QueryProblem, RuleBroken, StoreProblem, StoreUnreachable, WrongParameters
from graph.explanations import system_reason
from graph.messages import Message, message, said_as, verbatim
from graph.ontology.schema import Label
from lianyin.answers.reader import Document, Reader
from lianyin.methods import Methods
from lianyin.remote_loads import asked, mapping_file
from lianyin.said_of_tables import SaidOfTables, written
from lianyin.serving import CLEARANCE_HEADER, NODES_HEADER, RELATIONSHIPS_HEADER, TODAY_HEADER, TOKEN_HEADER
from lianyin.settings import Settings
from lianyin.transport import Http

if TYPE_CHECKING:
    from graph.ontology.schema import Ontology
    from ingest.deciding import Decider
    from ingest.options import Table, TableStatement
    from ingest.pipeline import Progress
    from ingest.report import Report
    from lianyin.understanding import Answers, Understood

    Told = Callable[[Progress], None]

CONNECT_SECONDS = 5.0
"""The server is on this machine: it answers at once or not at all. An answer itself may take as long as it takes."""

_ERRORS: dict[str, type[LianyinError]] = {
    each.code: each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, LianyinError)
}


class RemoteClient(Methods):
    """A graph that a server holds open. Close it, or use it in a ``with`` statement."""

    def __init__(self, url: str, ontology: Ontology, settings: Settings, token: str = "") -> None:
        """Raises ``StoreUnreachable`` where no server answers, ``StoreProblem`` where one does that is not ready or not the right one."""
        self.ontology = ontology
        self.settings = settings
        today = settings.today or datetime.date.today()
        headers = {CLEARANCE_HEADER.decode(): str(settings.clearance), TODAY_HEADER.decode(): today.isoformat()}
        headers |= {"accept-language": settings.language} | ({TOKEN_HEADER.decode(): token} if token else {})
        # No proxy of the environment stands between two programs of one machine.
        self._http = httpx2.Client(base_url=url, headers=headers, timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS), trust_env=False)
        try:
            self.store_url = str(self._get("/readyz")["store"])
        except BaseException:
            self.close()
            raise
        self._reader = Reader(ontology, settings.clearance, settings.language, today)

    @property
    def reader(self) -> Reader:
        """Who the settings say is reading."""
        return self._reader

    @property
    def transport(self) -> Http:
        """Asks the server."""
        return Http(self.reader, self._ask)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets the connection go."""
        self._http.close()

    # ── loading ─────────────────────────────────────────────────────────────────────────────────

    def ingest(
        self,
        paths: Sequence[str | Path],
        mapping: str | None = None,
        progress: Told | None = None,  # noqa: ARG002
        *,
        close_gone: bool = False,
        date: str = "",
        edition_of: str = "",
        new_series: bool = False,
        tables: Mapping[Table, TableStatement] | None = None,
        understood: Understood | None = None,
        decider: Decider | None = None,
    ) -> Report:
        """Sends the files to be loaded. ``progress`` stays silent: the server reads. Tables that were ``understood`` here are sent with
        their mapping; the others must then be sent by themselves. Where there is a ``decider``, the server first tries the files out and
        says what is in doubt."""
        options = {"close_gone": close_gone, "date": date or None, "edition_of": edition_of or None, "new_series": new_series}
        with mapping_file(mapping, understood) as own:
            said = self._said(paths, tables)
            if decider is not None:
                said = asked(decider, lambda known: self._load(paths, own, known, preview=True, **options), said)
            return self._load(paths, own, said, preview=False, **options)

    def understand(self, paths: Sequence[str | Path], mapping: str | None = None, answers: Answers | None = None) -> Understood:
        """How each table would be read: found out here, where the files are."""
        from lianyin.understanding import understand

        return understand([Path(path) for path in paths], self.ontology, self.settings, mapping, answers)

    def preview(
        self,
        paths: Sequence[str | Path],
        mapping: str | None = None,
        progress: Told | None = None,  # noqa: ARG002
        *,
        close_gone: bool = False,
        date: str = "",
        edition_of: str = "",
        new_series: bool = False,
        tables: Mapping[Table, TableStatement] | None = None,
    ) -> Report:
        """Sends the files to be tried out."""
        options = {"close_gone": close_gone, "date": date or None, "edition_of": edition_of or None, "new_series": new_series}
        return self._load(paths, mapping, self._said(paths, tables), preview=True, **options)

    @staticmethod
    def _said(paths: Sequence[str | Path], tables: Mapping[Table, TableStatement] | None) -> SaidOfTables:
        from lianyin.kept_dates import kept_dates

        return {**kept_dates([Path(path) for path in paths]), **(tables or {})}

    def _load(self, paths: Sequence[str | Path], mapping: str | None, tables: SaidOfTables, **options: bool | str | None) -> Report:
        from ingest.report import report_of

        own = mapping is not None and mapping.lower().endswith((".yaml", ".yml"))
        data = {"mapping": mapping} if mapping is not None and not own else {}
        if tables:
            data["tables"] = written(tables)
        with _parts([Path(path) for path in paths], Path(mapping) if mapping is not None and own else None) as files:
            answer = self._ask("POST", "/v1/loads", params=_given(options), data=data, files=files)
        return report_of(orjson.loads(answer.content))

    # ── the graph as a whole ────────────────────────────────────────────────────────────────────

    def export(self, form: str, stream: BinaryIO, audience: str = "public") -> tuple[int, int]:
        """Writes the whole graph; returns the numbers of nodes and relationships."""
        answer = self._ask("GET", "/v1/export", params={"format": form, "audience": audience})
        stream.write(answer.content)
        return int(answer.headers[NODES_HEADER]), int(answer.headers[RELATIONSHIPS_HEADER])

    # ── asking ──────────────────────────────────────────────────────────────────────────────────

    def _get(self, path: str, **parameters: object) -> Document:
        found: Document = orjson.loads(self._ask("GET", path, params=_given(parameters)).content)
        return found

    def _post(self, path: str, document: Mapping[str, object] | None = None) -> Document:
        content = None if document is None else orjson.dumps(document)
        found: Document = orjson.loads(self._ask("POST", path, content=content, headers={"content-type": "application/json"}).content)
        return found

    def _ask(self, method: str, path: str, **what: object) -> httpx2.Response:
        try:
            answer = self._http.request(method, path, **what)  # type: ignore[arg-type] # as httpx2 takes them
        except (httpx2.TransportError, httpx2.InvalidURL) as problem:
            raise StoreUnreachable(
                message("No server answers at {base_url}: {problem}", base_url=self._http.base_url, problem=problem),
                hint=message("Start it with 'lianyin serve', or leave --server out."),
            ) from problem
        if answer.is_success:
            return answer
        raise problem_of(answer)


def _given(parameters: Mapping[str, object]) -> dict[str, object]:
    """Those that say something; truths in the words of JSON."""
    found = {name: value for name, value in parameters.items() if value is not None and value != ()}
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in found.items()}


@contextmanager
def _parts(paths: Sequence[Path], mapping: Path | None) -> Iterator[list[tuple[str, tuple[str, BinaryIO]]]]:
    """The files of a multipart body, open. Those met in a folder say which one. Raises ``FileProblem`` for a path that is not there."""
    from ingest.readers import list_files

    with ExitStack() as stack:
        found: list[tuple[str, tuple[str, BinaryIO]]] = []
        for top in paths:
            for path, asked_for in list_files([top]):
                name = path.name if asked_for else f"{top.resolve().name}/{path.relative_to(top).as_posix()}"
                found.append(("files" if asked_for else "folder_files", (name, _opened(path, stack))))
        if mapping is not None:
            found.append(("mapping_file", (mapping.name, _opened(mapping, stack))))
        yield found


def _opened(path: Path, stack: ExitStack) -> BinaryIO:
    try:
        return stack.enter_context(path.open("rb"))
    except OSError as problem:
        raise errors.FileProblem(
            message("{path} cannot be read: {reason}.", path=path, reason=system_reason(problem)), where={"file": str(path)}
        ) from problem


def _both(found: Mapping[str, object], name: str) -> Message:
    """A text of a problem document in both languages, or as it stands where another server wrote it."""
    zh, en = (found.get(f"{name}_{language}") for language in ("zh", "en"))
    return said_as(Label(str(zh), str(en))) if zh and en else verbatim(str(found.get(name, "")))


def problem_of(answer: httpx2.Response) -> LianyinError:
    """The server's problem document as the error that it was made from."""
    try:
        found = cast("dict[str, object]", orjson.loads(answer.content))
        code = str(found["code"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return StoreProblem(
            message(
                "What answers at {url} is not a Lianyin server (status {status_code}).", url=answer.url, status_code=answer.status_code
            ),
            hint=message("Check --server."),
        )
    return _named_problem(code, found)


def _named_problem(code: str, found: Mapping[str, object]) -> LianyinError:
    detail, hint = (_both(found, name) for name in ("detail", "hint"))
    where = cast("dict[str, str | int]", found.get("where", {}))
    if code == Ambiguous.code:
        return Ambiguous(detail, cast("list[dict[str, str]]", found.get("candidates", [])), hint=hint)
    if code == WrongParameters.code:
        faults = cast("list[dict[str, str]]", found.get("errors", []))
        return WrongParameters([(each["parameter"], verbatim(each["detail"])) for each in faults])
    if code in _ERRORS:
        rule: dict[str, object] = {"rule": found.get("rule", "")} if code in (RuleBroken.code, Forbidden.code) else {}
        if code == RuleBroken.code:
            rule["legal"] = found.get("legal", [])
        return _ERRORS[code](detail, hint=hint, where=where, **rule)
    if code in ("body", "too-large"):
        return QueryProblem(detail, hint=hint, where=where)
    return errors.NotFound(detail, hint=hint) if code == "no-route" else StoreProblem(detail, hint=hint)
