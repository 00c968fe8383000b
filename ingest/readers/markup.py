"""What text files are that are no tables: markup, graphs, documents; told from how they begin, whatever they are called."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Literal

from graph.messages import Message, message

GraphFormat = Literal["gexf", "graphml", "pajek", "gml"]
HEAD, TAIL = 1 << 14, 1 << 12

_PROLOGUE = r"(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>\s*)*"
_ROOT = re.compile(r"\s*" + _PROLOGUE + r"<([A-Za-z_][\w.:-]*)(?=[\s/>])", re.DOTALL | re.IGNORECASE)
_PAJEK = re.compile(r"\s*(?:%[^\n]*\n\s*)*\*(?:vertices|network)\b", re.IGNORECASE)
_GML = re.compile(r"\s*(?:(?:#|Creator|Version|comment)[^\n]*\n\s*)*graph\s*\[", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:\{|\[|"|\]))')
_SAVE = message("Open it in a spreadsheet program, save it as XLSX and load that.")
_TABLE = message("Put its table into a spreadsheet and load that.")
_ROOTS: dict[str, tuple[Message, Message]] = {
    "html": (message("a web page (HTML)"), _SAVE),
    "table": (message("a web page (HTML)"), _SAVE),
    "body": (message("a web page (HTML)"), _SAVE),
    "head": (message("a web page (HTML)"), _SAVE),
    "meta": (message("a web page (HTML)"), _SAVE),
    "workbook": (message("a workbook in the XML of Excel 2003"), _SAVE),
    "document-content": (message("an OpenDocument file without its archive"), _SAVE),
    "document": (message("an OpenDocument file without its archive"), _SAVE),
    "svg": (message("a picture (SVG)"), _TABLE),
}
_XML = message("an XML document"), message("Export the data as CSV, XLSX or JSON and load that.")
_TEXTS: tuple[tuple[str, Message, Message], ...] = (
    ("{\\rtf", message("a text document (RTF)"), _TABLE),
    ("%!PS", message("a PostScript document"), _TABLE),
    ("BEGIN:VCARD", message("an address book (vCard)"), message("Export the contacts as CSV and load that.")),
    ("BEGIN:VCALENDAR", message("a calendar"), message("Export it as CSV and load that.")),
    ("MIME-Version:", message("a web page saved as one file (MHTML)"), _SAVE),
)


def head_text(path: Path) -> str:
    """The beginning of a file as text, by its mark or as UTF-8; what does not decode is passed over: markup is ASCII."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for mark, codec in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(codec, "ignore")
    wide = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be" if head[:1] == b"\0" else ""
    return head.decode(wide or "utf-8", "ignore")


def root_of(text: str) -> str:
    """The name of the first tag of a text that begins with markup, without its prefix, in small letters; else empty."""
    match = _ROOT.match(text)
    return match[1].rpartition(":")[2].lower() if match else ""


def graph_format(text: str) -> GraphFormat | None:
    """The format of a graph file, by how it begins."""
    root = root_of(text)
    if root == "gexf":
        return "gexf"
    if root == "graphml":
        return "graphml"
    if _PAJEK.match(text):
        return "pajek"
    return "gml" if _GML.match(text) else None


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does; a heading in brackets, ``[name]``, does not."""
    return _JSON.match(text) is not None


def no_table(path: Path, text: str) -> tuple[Message, Message] | None:
    """What the file is, and what to do, if it is a document and no table."""
    for beginning, what, hint in _TEXTS:
        if text.lstrip().startswith(beginning):
            return what, hint
    root = root_of(text)
    if not root or not (text.lstrip().startswith(("<?", "<!")) or root in _ROOTS or _closes(path, root)):
        return None
    return _ROOTS.get(root, _XML)


def _closes(path: Path, root: str) -> bool:
    """Whether the file ends with the tag with which it begins: a heading may be written ``<name>``."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        tail = stream.read().replace(b"\0", b"").rstrip().lower()
    return tail.endswith(b">") and re.search(rb"</(?:[\w.-]+:)?" + re.escape(root.encode()) + rb"\s*>$", tail) is not None
