"""GB18030 as the edition of 2022 maps it: 24 characters that Python's codec, of an older edition, maps to private use are themselves."""

from __future__ import annotations

import codecs
import re

from typing_extensions import Buffer

GB18030_2022 = "gb18030-2022"
_VERTICAL = "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
_RADICALS = (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864)
_RARE = (0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855)
STANDARD = {
    **dict(zip(range(0xE78D, 0xE797), _VERTICAL, strict=True)),
    0xE7C7: "\u1e3f",
    **dict(zip(_RADICALS, map(chr, range(0x9FB4, 0x9FBC)), strict=True)),
    **dict(zip(_RARE, "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe", strict=True)),
}
"""Private-use code point → the character that its bytes stand for."""
_PRIVATE = re.compile("[" + "".join(map(chr, STANDARD)) + "]")


def _standard(text: str) -> str:
    return text.translate(STANDARD) if _PRIVATE.search(text) else text


class _Decoder(codecs.BufferedIncrementalDecoder):
    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._inner = codecs.getincrementaldecoder("gb18030")(errors)

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]
        return _standard(self._inner.decode(input, final))

    def reset(self) -> None:
        self._inner.reset()

    def getstate(self) -> tuple[bytes, int]:
        return self._inner.getstate()

    def setstate(self, state: tuple[bytes, int]) -> None:
        self._inner.setstate(state)


def _decode(input: Buffer, errors: str = "strict", /) -> tuple[str, int]:
    text, length = codecs.lookup("gb18030").decode(bytes(input), errors)
    return _standard(text), length


def _search(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != GB18030_2022:
        return None
    known = codecs.lookup("gb18030")
    return codecs.CodecInfo(
        name=GB18030_2022, encode=known.encode, decode=_decode, incrementalencoder=known.incrementalencoder, incrementaldecoder=_Decoder
    )


codecs.register(_search)
