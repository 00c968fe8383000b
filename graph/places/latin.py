"""China's divisions in Latin letters: pinyin without tones, and the few names that English writes otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from graph.places.china import Candidate
from graph.places.place import division
from graph.values.divisions import NO_NAMES, divisions, stem

_OTHERWISE = {
    "innermongolia": "150000",
    "harbin": "230100",
    "qiqihar": "230200",
    "hohhot": "150100",
    "shaanxi": "610000",
    "tibet": "540000",
    "lhasa": "540100",
    "urumqi": "650100",
    "kashgar": "653101",
    "hongkong": "810000",
    "macao": "820000",
    "macau": "820000",
    "peking": "110000",
    "canton": "440100",
}
_KIND = re.compile(r"(?:city|district|county|province|prefecture|municipality|autonomousregion|shi|qu|xian|sheng)$")
_NO_LETTER = re.compile(r"[^a-z]")


def in_latin(text: str) -> tuple[Candidate, ...]:
    """The divisions that a text in Latin letters may mean."""
    key = _NO_LETTER.sub("", text.casefold().replace("ü", "v"))
    if key in _OTHERWISE:
        found = division(_OTHERWISE[key])
        return (Candidate(found),) if found else ()
    codes = _spelt().get(key) or _spelt().get(_KIND.sub("", key), ())
    return tuple(Candidate(place, short=True) for code in codes if (place := division(code)) is not None)


@cache
def _spelt() -> Mapping[str, tuple[str, ...]]:
    """By pinyin, the codes of the divisions that stand and are so called, with and without their kind."""
    from pypinyin import lazy_pinyin

    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code, past in divisions().items():
        name = past[-1].name
        if past[-1].until or name in NO_NAMES:
            continue
        syllables, short = lazy_pinyin(name), stem(name)
        found["".join(syllables)][code] = None
        if len(short) > 1:
            found["".join(syllables[: len(short)])][code] = None
    return {spelling: tuple(codes) for spelling, codes in found.items()}
