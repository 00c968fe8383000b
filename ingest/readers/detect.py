"""What a file is, from its first bytes: never from its name alone."""

from __future__ import annotations

import codecs
import stat
import zipfile
import zlib
from pathlib import Path

from graph.errors import FileProblem
from graph.explanations import system_reason
from graph.messages import Message, message
from ingest.readers.base import Kind, Limits
from ingest.readers.markup import graph_format, head_text, is_json, no_table

CHUNK = 1 << 20
JSON_LINES_SUFFIXES = frozenset({".jsonl", ".jl", ".ndjson"})
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
GRAPH_SUFFIXES = frozenset({".gexf", ".graphml", ".net", ".paj", ".gml"})
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ".parquet"}) | WORKBOOK_SUFFIXES | JSON_LINES_SUFFIXES | GRAPH_SUFFIXES
"""What is looked for in a folder. A ``.json`` beside tables mostly describes them, so it is read only where it is named itself."""

_MAGIC: tuple[tuple[bytes, Message, Message], ...] = (
    (b"%PDF", message("a PDF document"), message("Export the table as CSV or XLSX and load that.")),
    (b"\x1f\x8b", message("a gzip archive"), message("Unpack it first.")),
    (b"7z\xbc\xaf\x27\x1c", message("a 7-Zip archive"), message("Unpack it first.")),
    (b"Rar!\x1a", message("a RAR archive"), message("Unpack it first.")),
    (b"BZh91AY", message("a bzip2 archive"), message("Unpack it first.")),
    (b"\xfd7zXZ", message("an xz archive"), message("Unpack it first.")),
    (b"\x89PNG", message("a picture"), message("Enter the table into a spreadsheet and load that.")),
    (b"\xff\xd8\xff", message("a picture"), message("Enter the table into a spreadsheet and load that.")),
    (b"GIF8", message("a picture"), message("Enter the table into a spreadsheet and load that.")),
    (b"II*\0", message("a picture"), message("Enter the table into a spreadsheet and load that.")),
    (b"MM\0*", message("a picture"), message("Enter the table into a spreadsheet and load that.")),
    (b"\0\1\0\0Standard ", message("an Access database"), message("Export the table as CSV.")),
    (b"SQLite format 3", message("a SQLite database"), message("Export the table as CSV.")),
)
_OTHER_ARCHIVES: dict[str, tuple[Message, Message]] = {
    "word/document.xml": (message("a Word document"), message("Copy its table into a spreadsheet and load that.")),
    "ppt/presentation.xml": (message("a presentation"), message("Copy its table into a spreadsheet and load that.")),
    "xl/workbook.bin": (message("a binary workbook (XLSB)"), message("Open it in Excel, save it as XLSX and load that.")),
    "Index/Document.iwa": (message("a document of Numbers or Pages"), message("Export it as XLSX and load that.")),
}
"""Parts by which archives are known that are no XLSX or ODS."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BIFF_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
"""How an OLE directory names the stream of an old workbook (Excel 97–2003, Excel 5)."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def sniff_kind(path: Path, name: str, limits: Limits) -> Kind:
    """The format of a file. Raises ``FileProblem`` for what cannot be a table: missing, empty, a PDF, an archive, an encrypted
    workbook."""
    head = _head(path, name)
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            raise _problem(name, message("is {what}, not a table.", what=what), hint)
    if head.startswith(_OLE):
        _check_old_workbook(path, name)
        return "spreadsheet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_workbook(path, name, limits)
        return "spreadsheet"
    if head.startswith(b"PAR1"):
        return "parquet"
    text = head_text(path)
    if graph_format(text):
        return "graph"
    if document := no_table(path, text):
        raise _problem(name, message("is {what}, not a table.", what=document[0]), document[1])
    suffix = path.suffix.lower()
    if suffix in GRAPH_SUFFIXES:
        raise _problem(
            name, message("is named a graph file but is not one."), message("Export it again, or name it .csv if it is a table.")
        )
    if suffix in WORKBOOK_SUFFIXES:
        raise _problem(
            name, message("is named a workbook but is not one."), message("Save it again as XLSX, or name it .csv if it is text.")
        )
    if suffix == ".parquet":
        raise _problem(name, message("is named a Parquet file but is not one."), message("Write it again."))
    if suffix == ".json" or (suffix not in JSON_LINES_SUFFIXES and is_json(text)):
        return _json_kind(path, limits)
    return "json-lines" if suffix in JSON_LINES_SUFFIXES else "delimited"


def _json_kind(path: Path, limits: Limits) -> Kind:
    """Objects one a line are often called ``.json`` as well: then the first line is an object by itself and another follows."""
    with path.open("rb") as stream:
        lines = [stream.readline(limits.line_bytes).removeprefix(codecs.BOM_UTF8).strip() for _ in range(2)]
    return "json-lines" if all(line.startswith(b"{") and line.endswith(b"}") for line in lines) else "json"


def _head(path: Path, name: str) -> bytes:
    try:
        # A pipe or a device would be waited for without end, and cannot be read twice.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _problem(name, message("is not an ordinary file."), message("Save the table as a file and load that."))
        with path.open("rb") as stream:
            head = stream.read(16)
    except FileNotFoundError:
        raise _problem(name, message("does not exist."), message("Check the path.")) from None
    except OSError as error:
        raise _problem(
            name, message("cannot be opened: {reason}.", reason=system_reason(error)), message("Check its permissions.")
        ) from error
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        if not path.stat().st_size:
            raise _problem(name, message("is empty."), message("A table needs a header row and at least one row."))
        if path.stat().st_size <= len(head):
            raise _problem(name, message("contains nothing but white space."), message("A table needs a header row and at least one row."))
    return head


def _check_old_workbook(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        content = stream.read(64 * CHUNK)
    if _ENCRYPTED in content:
        raise _problem(
            name,
            message("is an encrypted workbook (protected by a password)."),
            message("Open it in Excel, remove the password, save and load again."),
        )
    if not any(stream_name in content for stream_name in _BIFF_STREAMS):
        raise _problem(
            name, message("is an Office document of the old format, but not a workbook."), message("Save its table as .xlsx and load that.")
        )


def _check_workbook(path: Path, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _problem(
            name, message("is incomplete: the end of the workbook is missing or damaged."), message("Copy or download it again.")
        ) from error
    members = {entry.filename for entry in entries}
    for part, (what, hint) in _OTHER_ARCHIVES.items():
        if part in members:
            raise _problem(name, message("is {what}, not a table.", what=what), hint)
    if "xl/workbook.xml" not in members and not is_open_document(path):
        raise _problem(
            name, message("is a zip archive, not an XLSX or ODS workbook."), message("Unpack it, or save the table as XLSX or CSV.")
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, path.stat().st_size)
    if unpacked > limits.unpacked_bytes or (unpacked > 10_000_000 and unpacked / packed > limits.unpacked_ratio):
        raise _problem(
            name,
            message(
                "would unpack to {unpacked:,} bytes ({times} times its size), beyond the limit.",
                unpacked=unpacked,
                times=unpacked // packed,
            ),
            message("Save the table as CSV; text is read without a size limit."),
        )


def is_open_document(path: Path) -> bool:
    """Whether a file is an ODS workbook: a zip archive whose member ``mimetype`` says so."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as stream:
            return stream.read(len(_ODS)) == _ODS
    except (zipfile.BadZipFile, KeyError, OSError, zlib.error, NotImplementedError, RuntimeError):
        return False


def _problem(name: str, what: Message, hint: Message) -> FileProblem:
    return FileProblem(message("{name} {what}", name=name, what=what), hint=hint, where={"file": name})
