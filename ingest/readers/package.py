"""What an XLSX file holds besides the values of its cells: the date system, macros, links to other files, hidden rows, formulas without a
result, and what its number cells show.

XLSX is a zip archive of XML. Every sheet is read once, in chunks, before it is opened: calamine holds a sheet as a full grid, so that one
cell in the last row and column would ask for gigabytes; a part that unpacks to more than it states fails its check sum."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO
from xml.parsers import expat

from graph.errors import FileProblem
from graph.messages import Message, message
from ingest.readers.base import Limits, Remark
from ingest.readers.number_formats import shown_by, shown_by_number
from ingest.readers.sheet_scan import Irregular, SheetFacts, Styles, scan_sheet
from ingest.readers.xml_parts import damaged, local, parser, regular_sheet, start_tags

SMALL_PART = 16 << 20
"""Bytes of the parts that are parsed whole: the workbook's list of sheets, its styles."""
BOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Package:
    """``remarks`` and the texts ``shown`` by sheet; remarks of the whole workbook under ``""``. ``regular`` is the workbook with its sheets
    in regular XML, where it was written otherwise."""

    epoch1904: bool = False
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=lambda: MappingProxyType({}))
    shown: Mapping[str, Mapping[int, list[tuple[int, str]]]] = field(default_factory=lambda: MappingProxyType({}))
    regular: bytes = b""

    def of(self, sheet: str) -> tuple[Remark, ...]:
        return (*self.remarks.get("", ()), *self.remarks.get(sheet, ()))


def read_package(path: Path, name: str, limits: Limits) -> Package:
    """Looks through an XLSX file. Raises ``FileProblem`` for a sheet whose grid is too large, a part that is torn, missing or
    states a false size, and XML that defines entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Book(archive, name, limits).read()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileProblem(
            message("{name} is a damaged workbook: a part of it cannot be unpacked, or does not have the stated size.", name=name),
            hint=message("Open it in Excel, save it again, and load that."),
            where={"file": name},
        ) from error


class _Book:
    """An open XLSX archive. Parts are found as programs find them: whatever the case of their names, slashes either way."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive = archive
        self._name = name
        self._limits = limits
        self._members = {_plain(each): each for each in archive.namelist()}
        if len(self._members) != len(archive.namelist()):
            raise self._problem(message("contains two parts of one name"))

    def read(self) -> Package:
        book = start_tags(self._bytes(BOOK), self._name)
        epoch1904 = any(tag == "workbookPr" and attributes.get("date1904") in ("1", "true") for tag, attributes in book)
        styles = self._styles(epoch1904)
        parts = self._sheet_parts(book)
        self._check_other_parts(set(parts))
        found: dict[str, SheetFacts] = {}
        irregular: list[str] = []
        for part, sheet in parts.items():
            try:
                with self._archive.open(self._members[part]) as stream:
                    found[sheet] = scan_sheet(stream, self._name, sheet, styles, self._limits)
            except Irregular:
                irregular.append(part)
        regular = self._rewritten(irregular) if irregular else b""
        for part in irregular:
            with zipfile.ZipFile(io.BytesIO(regular)) as archive, archive.open(self._members[part]) as stream:
                found[parts[part]] = scan_sheet(stream, self._name, parts[part], styles, self._limits)
        remarks = {sheet: facts.remarks for sheet, facts in found.items()}
        remarks[""] = tuple(self._of_whole())
        return Package(epoch1904, remarks, {sheet: facts.shown for sheet, facts in found.items()}, regular)

    def _problem(self, what: Message) -> FileProblem:
        return FileProblem(
            message("{name} is a damaged workbook: it {what}.", name=self._name, what=what),
            hint=message("Open it in Excel, save it again, and load that."),
            where={"file": self._name},
        )

    def _bytes(self, member: str) -> bytes:
        if member not in self._members:
            return b""
        with self._archive.open(self._members[member]) as stream:
            content = stream.read(SMALL_PART + 1)
        if len(content) > SMALL_PART:
            raise self._problem(message("contains a list of sheets or styles of more than {megabytes} MB", megabytes=SMALL_PART >> 20))
        return content

    def _targets(self) -> dict[str, str]:
        """The part that each relation of the workbook points to."""
        relations = start_tags(self._bytes("xl/_rels/workbook.xml.rels"), self._name)
        found = {}
        for _, attributes in relations:
            target = attributes.get("Target", "").replace("\\", "/")
            found[attributes.get("Id", "")] = _plain(target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target))
        return found

    def _sheet_parts(self, book: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
        """The sheet that each part of the archive holds."""
        targets = self._targets()
        found = {}
        for tag, attributes in book:
            if tag == "sheet":
                part = targets.get(attributes.get("id", ""), "")
                if part not in self._members:
                    raise self._problem(message("lists the sheet '{sheet}' but does not contain it", sheet=attributes.get("name", "")))
                found[part] = attributes.get("name", "")
        return found

    def _styles(self, epoch1904: bool) -> Styles:
        codes: dict[str, str] = {}
        shown = {}
        cells, number = False, 0
        for tag, attributes in start_tags(self._bytes("xl/styles.xml"), self._name):
            if tag == "numFmt":
                codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
            elif tag in ("cellXfs", "cellStyles", "dxfs"):
                cells = tag == "cellXfs"
            elif tag == "xf" and cells:
                format = attributes.get("numFmtId", "0")
                show = shown_by(codes[format], epoch1904) if format in codes else shown_by_number(_whole(format), epoch1904)
                if show:
                    shown[number] = show
                number += 1
        return Styles(shown)

    def _check_other_parts(self, sheets: set[str]) -> None:
        """Unpacks the XML that is no sheet, for its check sum; a list of texts must not state more of them than it has bytes, since room
        is made for as many."""
        for part, member in self._members.items():
            if part in sheets or member.endswith("/"):
                continue
            with self._archive.open(member) as stream:
                texts = self._texts_stated(stream, part)
                if texts > self._archive.getinfo(member).file_size:
                    raise self._problem(
                        message(
                            "claims {texts:,} texts in {file_size:,} bytes", texts=texts, file_size=self._archive.getinfo(member).file_size
                        )
                    )
                while part.endswith((".xml", ".rels")) and stream.read(1 << 20):
                    pass

    def _texts_stated(self, stream: IO[bytes], part: str) -> int:
        """How many texts a part says that it lists, read from its first tag."""
        stated: list[int] = []
        reading = parser(self._name)

        def start(tag: str, attributes: dict[str, str]) -> None:
            listed = local(tag) == "sst"
            stated.append(max((_whole(value) for key, value in attributes.items() if listed and local(key) == "uniqueCount"), default=0))

        reading.StartElementHandler = start
        try:
            while not stated and (chunk := stream.read(1 << 12)):
                reading.Parse(chunk)
        except expat.ExpatError as error:
            if not stated and part.endswith(".xml"):
                raise damaged(self._name) from error
        return stated[0] if stated else 0

    def _rewritten(self, parts: list[str]) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for part, member in self._members.items():
                with self._archive.open(member) as stream, archive.open(member, "w", force_zip64=True) as target:
                    if part in parts:
                        for text in regular_sheet(stream, self._name):
                            target.write(text)
                    else:
                        while chunk := stream.read(1 << 20):
                            target.write(chunk)
        return content.getvalue()

    def _of_whole(self) -> Iterator[Remark]:
        if any(PurePosixPath(each).name == "vbaproject.bin" for each in self._members):
            yield Remark("macros")
        if any(each.startswith("xl/externallinks/") for each in self._members):
            yield Remark("links")


def _plain(member: str) -> str:
    return posixpath.normpath(member.replace("\\", "/")).lower()


def _whole(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 0
