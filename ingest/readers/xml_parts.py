"""The XML of office files as any program may write it: parsed, never matched, and written again in one regular form.

A part that defines a document type is refused: no office program writes one, and entities in it may unpack to anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from graph.errors import FileProblem
from graph.messages import message

CHUNK = 1 << 16
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def parser(name: str, *, namespaces: bool = False) -> expat.XMLParserType:
    """A parser that refuses document types. ``namespaces`` gives names as ``address name``."""
    found = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    found.buffer_text = True

    def refuse(*_: object) -> None:
        raise FileProblem(
            message("{name} defines entities in its XML, which no office program does.", name=name),
            hint=message("Save the table as CSV."),
            where={"file": name},
        )

    found.StartDoctypeDeclHandler = refuse
    return found


def damaged(name: str) -> FileProblem:
    """A workbook whose XML cannot be parsed."""
    return FileProblem(
        message("{name} is a damaged workbook: a part of it is not well-formed XML.", name=name),
        hint=message("Open it in Excel, save it again, and load that."),
        where={"file": name},
    )


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def start_tags(content: bytes, name: str) -> list[tuple[str, dict[str, str]]]:
    """Every start tag of a small part: its name and attributes, without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []
    if not content.strip():
        return found
    reading = parser(name)
    reading.StartElementHandler = lambda tag, attributes: found.append(
        (local(tag), {local(key): value for key, value in attributes.items()})
    )
    try:
        reading.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged(name) from error
    return found


def regular_sheet(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """A sheet's XML in the form that most programs write: no prefixes, double quotes, every row with its number and every cell with its
    reference in capitals, first of the attributes."""
    written: list[str] = []
    reading = parser(name)
    places = _Places()

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        known = {local(key): value for key, value in attributes.items() if not key.startswith("xmlns")}
        if tag == "row":
            known = places.row(known)
        elif tag == "c":
            known = places.cell(known)
        written.append(f"<{tag}{''.join(f' {key}={_quoted(value)}' for key, value in known.items())}>")

    reading.StartElementHandler = start
    reading.EndElementHandler = lambda tag: written.append(f"</{local(tag)}>")
    reading.CharacterDataHandler = lambda text: written.append(escape(text))
    yield b'<?xml version="1.0" encoding="UTF-8"?>'
    try:
        while chunk := stream.read(CHUNK):
            reading.Parse(chunk)
            yield "".join(written).encode()
            written.clear()
        reading.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(name) from error
    yield "".join(written).encode()


def _quoted(value: str) -> str:
    return quoteattr(value, {'"': "&quot;"})


class _Places:
    """Row numbers and references of cells that lack them: one further than the last."""

    def __init__(self) -> None:
        self._row = 0
        self._column = 0

    def row(self, attributes: Mapping[str, str]) -> dict[str, str]:
        number = attributes.get("r", "").strip()
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = 0
        return {"r": str(self._row), **{key: value for key, value in attributes.items() if key != "r"}}

    def cell(self, attributes: Mapping[str, str]) -> dict[str, str]:
        place = _REFERENCE.fullmatch(attributes.get("r", "").strip())
        row = self._row
        if place:
            self._column, row = column_number(place[1].upper()), int(place[2])
        else:
            self._column += 1
        reference = f"{column_letters(self._column)}{row}"
        return {"r": reference, **{key: value for key, value in attributes.items() if key != "r"}}


def column_number(letters: str) -> int:
    """``A`` is 1, ``XFD`` 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The reverse of ``column_number``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


Show = Callable[[str], str | None]
