"""How a Chinese name is typed in Latin letters: full pinyin and initials, with the several readings of a character (多音字).

Readings come from pypinyin's tables: phrases first (重庆 is chongqing), then each character's usual reading, then its others. The number of
spellings of one name is bounded: short names (people) get every combination up to the bound, longer ones every single exception.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from graph.search.text import han_runs, without_marks, words

SHORT_NAME = 4
"""Names up to this many characters get all combinations of readings."""
MAX_SPELLINGS = 24
MAX_CHARACTERS = 40
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Spellings:
    """``full`` and ``initials`` are whole names in one piece; ``inner_*`` the same from each later character on (usual reading only)."""

    full: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    inner_full: tuple[str, ...] = ()
    inner_initials: tuple[str, ...] = ()


NO_SPELLINGS = Spellings()


def spellings(name: str) -> Spellings:
    """All the ways in which this name (normalised) is typed in Latin letters; none if it holds no Chinese."""
    if not han_runs(name):
        return NO_SPELLINGS
    usual, others = _syllables(name)
    ways = _ways(usual, others)
    full = dict.fromkeys(typed for way in ways for typed in _typed("".join(way)))
    initials = dict.fromkeys("".join(syllable[0] for syllable in way) for way in ways)
    return Spellings(
        full=tuple(full),
        initials=tuple(initials),
        inner_full=tuple("".join(usual[at:]) for at in range(1, len(usual))),
        inner_initials=tuple("".join(syllable[0] for syllable in usual[at:]) for at in range(1, len(usual) - 1)),
    )


def sound(text: str) -> str:
    """The usual full pinyin of a text, in one piece: only for telling which of two misspelt candidates sounds like what was typed."""
    return "".join(_syllables(text)[0])


def _syllables(name: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """The usual reading of each character (words and digits count as one syllable each), and the other readings."""
    usual: list[str] = []
    others: list[tuple[str, ...]] = []
    for part in _parts(name[:MAX_CHARACTERS]):
        if not han_runs(part):
            usual.append(part)
            others.append(())
            continue
        for character, reading in zip(part, _read_run(part), strict=True):
            usual.append(reading)
            others.append(tuple(other for other in _readings(character) if other != reading))
    return usual, others


def _parts(name: str) -> list[str]:
    """Chinese stretches and other words in the order of the name."""
    if name.isascii():
        return words(name)
    parts: list[str] = []
    at = 0
    for run in han_runs(name):
        start = name.index(run, at)
        parts += [*words(name[at:start]), run]
        at = start + len(run)
    return parts + words(name[at:])


def _read_run(run: str) -> list[str]:
    """Readings of a Chinese stretch, the longest known phrase first."""
    phrases = _phrases()
    readings: list[str] = []
    at = 0
    while at < len(run):
        for length in range(min(_LONGEST_PHRASE, len(run) - at), 1, -1):
            phrase = phrases.get(run[at : at + length])
            if phrase is not None:
                readings += [_plain(syllable[0]) for syllable in phrase]
                at += length
                break
        else:
            found = _readings(run[at])
            readings.append(found[0] if found else run[at])
            at += 1
    return readings


def _ways(usual: list[str], others: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    choices = [(first, *rest) for first, rest in zip(usual, others, strict=True)]
    if len(usual) <= SHORT_NAME:
        return list(itertools.islice(itertools.product(*choices), MAX_SPELLINGS))
    ways = [tuple(usual)]
    for at, rest in enumerate(others):
        ways += [(*usual[:at], other, *usual[at + 1 :]) for other in rest]
    return ways[:MAX_SPELLINGS]


def _typed(spelling: str) -> tuple[str, ...]:
    """ü is typed v, u or yu (吕: lv, lu, lyu)."""
    return (spelling, spelling.replace("v", "u"), spelling.replace("v", "yu")) if "v" in spelling else (spelling,)


@lru_cache(maxsize=30_000)
def _readings(character: str) -> tuple[str, ...]:
    """A character's readings without tones, the usual one first."""
    from pypinyin.constants import PINYIN_DICT

    listed = PINYIN_DICT.get(ord(character), "")
    return tuple(dict.fromkeys(_plain(reading) for reading in listed.split(",") if reading))


@lru_cache(maxsize=30_000)
def _plain(reading: str) -> str:
    return without_marks(reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v").replace("ǚ", "v").replace("ǜ", "v"))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[list[str]]]:
    from pypinyin.constants import PHRASES_DICT

    found: dict[str, list[list[str]]] = PHRASES_DICT
    return found
