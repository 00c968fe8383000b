"""The encoding of a text file, proved before it is used: the whole file decodes strictly, and what comes out reads as text.

UTF-8 and UTF-16 prove themselves. GB18030 and Big5 accept nearly any bytes, so that the one is taken only where it gives Chinese and the
other does not; where that is open, and for encodings of other languages, the file is refused with what it may be."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import FileProblem
from graph.messages import NOTHING, Either, Message, message, together
from ingest.readers.base import Remark
from ingest.readers.gb18030 import GB18030_2022
from ingest.readers.plausible import han_score, reads_as
from ingest.readers.western import is_western

CHUNK = 1 << 20
SAMPLE = 1 << 16
"""Bytes by which a text is judged."""
CHINESE = ("gb18030", "big5")
HONG_KONG = "big5hkscs"
"""Big5 with the characters of Hong Kong, tried where plain Big5 does not decode."""
_CODECS = {"gb18030": GB18030_2022, "gbk": GB18030_2022, "gb2312": GB18030_2022, "big5": "cp950", "shift_jis": "cp932", "euc-kr": "cp949"}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WIDE_MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32"}
_PRIVATE_OR_MARK = re.compile(rb"\xef(?:[\x80-\xa3]|\xbb\xbf)")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
ENOUGH, APART = 0.6, 0.5
"""What a Chinese text scores at least (``han_score``), and how much more than the other Chinese reading of its bytes."""
BEYOND_DOUBT = 1.5
"""What it scores at least where its bytes read as Japanese or Korean too."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name`` as a mapping would state it, and what was met in the text."""

    name: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Failure:
    """The first byte that does not decode: its offset from 0, its line from 1; ``nul`` if it is a NUL in a text that has none."""

    offset: int
    line: int
    nul: bool = False


def codec_of(name: str) -> str:
    """Python's codec for an encoding."""
    return _CODECS.get(name.lower(), name)


def detect_encoding(path: Path, name: str, wanted: str = "") -> Encoding:
    """The encoding in which the whole file decodes strictly: the wanted one, else the one that is proved. One pass in bounded memory where
    it is UTF-8. Raises ``FileProblem`` with what was tried, and for NUL bytes."""
    with path.open("rb") as stream:
        head = stream.read(4)
    marked = next((codec for mark, codec in (*_WIDE_MARKS.items(), *_MARKS.items()) if head.startswith(mark)), "")
    if wanted:
        return _wanted(path, name, wanted, marked)
    found = _decodes(path, marked or "utf-8")
    if isinstance(found, Encoding):
        return found
    if marked:
        stated = marked.removesuffix("-sig").upper()
        raise _problem(name, found, message("begins as {encoding} but is not {encoding} throughout", encoding=stated))
    return _without_marks(path, name, found)


def _wanted(path: Path, name: str, wanted: str, marked: str) -> Encoding:
    plain = wanted.lower()
    codec = plain
    if plain in ("utf-8", "utf8"):
        codec = marked if marked == "utf-8-sig" else "utf-8"
    elif plain == "utf-16" and not marked:
        codec = _wide(path) or "utf-16-le"
    found = _decodes(path, codec)
    if isinstance(found, Encoding):
        return found
    if found.nul:
        raise _nul(name, found)
    raise _problem(name, found, message("is not {encoding}, as it should be", encoding=wanted.upper()))


def _without_marks(path: Path, name: str, failure: _Failure) -> Encoding:
    """Of a file that is not UTF-8 and does not say what it is."""
    if failure.nul:
        wide = _wide(path)
        found = _decodes(path, wide) if wide else failure
        if isinstance(found, Encoding):
            return found
        raise _nul(name, failure)
    sample = _sample(path, failure.offset)
    if _mixed(path, failure, sample):
        raise FileProblem(
            message(
                "{name} is written in two encodings: some lines are UTF-8, but byte {offset} (line {row}) is not.",
                name=name,
                offset=failure.offset,
                row=failure.line,
            ),
            hint=message("Copy the parts into one sheet and save it as 'CSV UTF-8'."),
            where={"file": name, "row": failure.line},
        )
    read = {encoding: found for encoding in CHINESE if isinstance(found := _decodes(path, encoding), Encoding)}
    if "big5" not in read and isinstance(found := _decodes(path, HONG_KONG), Encoding):
        read[HONG_KONG] = found
    scores = {encoding: han_score(sample.decode(codec_of(encoding), "replace")) for encoding in read}
    best = max(scores, key=scores.__getitem__, default="")
    others = [score for encoding, score in scores.items() if encoding != best]
    enough = BEYOND_DOUBT if reads_as(sample, "japanese") or reads_as(sample, "euc-kr") else ENOUGH
    if best and scores[best] >= enough and scores[best] - max(others, default=-9.0) >= APART:
        return read[best]
    if is_western(sample) and isinstance(found := _decodes(path, "cp1252"), Encoding):
        return found
    raise _unproved(name, failure, sample, scores)


def _sample(path: Path, offset: int = 0) -> bytes:
    """A piece of the file that begins with the line in which the byte at ``offset`` stands."""
    start = max(0, offset - SAMPLE)
    with path.open("rb") as stream:
        stream.seek(start)
        before = stream.read(offset - start)
        line = before.rfind(b"\n") + 1
        stream.seek(start + line)
        return stream.read(SAMPLE)


def _wide(path: Path) -> str:
    """UTF-16 without a mark: most of its characters are of one block of 256 (ASCII, or one of the Han), in every other byte."""
    sample = _sample(path)
    sample = sample[: len(sample) // 2 * 2]
    scores = {}
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 2:
                continue
            text = sample[: error.start].decode(codec)
        if "\n" in text and "\0" not in text:
            plain = sum(character < "\u0250" for character in text) / len(text)
            scores[codec] = han_score(text) if plain < 0.5 else 2 * plain
    best = max(scores, key=scores.__getitem__, default="")
    return best if best and scores[best] >= ENOUGH else ""


def _mixed(path: Path, failure: _Failure, sample: bytes) -> bool:
    """Whether more than one line, above the first that is not UTF-8 or below it, is UTF-8 with Han characters: bytes of another encoding do
    not come out so by chance."""
    with path.open("rb") as stream:
        stream.seek(max(0, failure.offset - SAMPLE))
        before = stream.read(min(SAMPLE, failure.offset))
    lines = (*before.split(b"\n")[1 if failure.offset > SAMPLE else 0 : -1], *sample.split(b"\n")[:-1])
    return sum(map(_is_utf8_han, lines)) > 1


def _is_utf8_han(line: bytes) -> bool:
    try:
        return any("\u4e00" <= character <= "\u9fff" for character in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _unproved(name: str, failure: _Failure, sample: bytes, scores: dict[str, float]) -> FileProblem:
    """What the file may be, the likeliest first, with what it would say."""
    likely = [encoding for encoding in ("shift_jis", "euc-kr", "cp1252") if reads_as(sample, encoding)]
    likely += [encoding for encoding in sorted(scores, key=scores.__getitem__, reverse=True) if scores[encoding] > 0]
    told = message(
        "{name} is in no encoding that can be proved (tried UTF-8, UTF-16, GB18030, Big5): byte {offset} (line {row}) is not UTF-8.",
        name=name,
        offset=failure.offset,
        row=failure.line,
    )
    may = message("It may be {encodings}.", encodings=Either(likely)) if likely else NOTHING
    return FileProblem(
        together(told, may),
        hint=message(
            "Save it as 'CSV UTF-8', or state its encoding in the mapping: format: {{encoding: {encoding}}}.",
            encoding=likely[0] if likely else "gb18030",
        ),
        where={"file": name, "row": failure.line, **({"encoding": likely[0]} if likely else {})},
    )


def _problem(name: str, failure: _Failure, what: Message) -> FileProblem:
    return FileProblem(
        message(
            "{name} {what}: byte {offset} (line {line}) does not decode.", name=name, what=what, offset=failure.offset, line=failure.line
        ),
        hint=message("Save it as 'CSV UTF-8', or name its encoding in the mapping (format.encoding)."),
        where={"file": name, "row": failure.line},
    )


def _nul(name: str, failure: _Failure) -> FileProblem:
    return FileProblem(
        message(
            "{name} contains a NUL byte at {offset} (line {row}): it is not a text table, or it is incomplete.",
            name=name,
            offset=failure.offset,
            row=failure.line,
        ),
        hint=message("Export the table again."),
        where={"file": name, "row": failure.line},
    )


def _decodes(path: Path, encoding: str) -> Encoding | _Failure:
    """The encoding with what is met in the text, or the first byte that does not decode."""
    codec = "utf-8" if encoding == "utf-8-sig" else codec_of(encoding)  # so that the mark counts among the bytes
    decoder = codecs.getincrementaldecoder(codec)("strict")
    wide = encoding.startswith(("utf-16", "utf-32"))
    met = _Met()
    offset = line = 0
    for chunk in _chunks(path):
        if not wide and b"\0" in chunk:
            at = chunk.index(b"\0")
            return _Failure(offset + at, line + chunk.count(b"\n", 0, at) + 1, nul=True)
        kept = decoder.getstate()[0]
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            at = max(0, error.start - len(kept))
            return _Failure(offset - len(kept) + error.start, line + chunk.count(b"\n", 0, at) + 1)
        met.look(text, chunk if codec == "utf-8" else b"", first=not offset)
        offset += len(chunk)
        line += chunk.count(b"\n")
    return Encoding(encoding, met.remarks())


def _chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces, an empty one at the end."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
    yield b""


class _Met:
    """Private-use characters and byte-order marks inside a text, with the first line that holds any."""

    def __init__(self) -> None:
        self._line = 1
        self._private = self._marks = (0, 0)

    def look(self, text: str, utf8: bytes, *, first: bool) -> None:
        """``utf8``: the same text's bytes, in which what is looked for is found faster."""
        if not text.isascii() and (not utf8 or utf8.find(b"\xee") >= 0 or _PRIVATE_OR_MARK.search(utf8)):
            private = _PRIVATE.search(text)
            if private:
                self._private = self._private[0] or self._at(text, private.start()), self._private[1] + len(_PRIVATE.findall(text))
            inside = text.find("\ufeff", 1 if first else 0)
            if inside >= 0:
                self._marks = self._marks[0] or self._at(text, inside), self._marks[1] + text.count("\ufeff")
        self._line += text.count("\n")

    def _at(self, text: str, place: int) -> int:
        return self._line + text.count("\n", 0, place)

    def remarks(self) -> tuple[Remark, ...]:
        private = (Remark("private-use", self._private[0], times=self._private[1]),) if self._private[1] else ()
        return (*private, *((Remark("mark-inside", self._marks[0]),) if self._marks[1] else ()))
