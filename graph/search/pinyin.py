"""How a Chinese name is typed in Latin letters: full pinyin and initials, with the several readings of a character (多音字).

Readings come from pypinyin's tables: phrases first (重庆 is chongqing), then each character's usual reading, then its others. The number
of spellings of one name is bounded: short names (people) get every combination up to the bound, longer ones every single exception.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from graph.search.text import han_runs, without_marks, words

SHORT_NAME = 4
"""Names up to this many characters get all combinations of readings, and a surname's reading first."""
MAX_OTHERS = 12
MAX_WITH_OTHERS = 12
"""Longer names (titles) are spelt in their usual reading only."""
MAX_CHARACTERS = 20
"""Nobody types more of a name in pinyin than its first characters."""
_INNER_CHARACTERS = 8
_LONGEST_PHRASE = 4

SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "乐": "yue",
    "员": "yun",
    "缪": "miao",
    "覃": "qin",
    "种": "chong",
    "瞿": "qu",
    "率": "shuai",
    "重": "chong",
    "尉": "wei",
    "害": "hai",
    "洗": "xian",
    "密": "mi",
    "冼": "xian",
    "邵": "shao",
    "黑": "he",
    "卜": "bu",
    "阚": "kan",
    "薄": "bo",
    "召": "shao",
    "折": "she",
    "秘": "bi",
    "祭": "zhai",
    "隗": "wei",
    "郇": "xun",
}
"""Surnames whose reading is not the character's usual one."""

COMPOUND_SURNAMES = frozenset(("尉迟", "单于"))
"""Surnames of two characters of which the first is read otherwise than as a surname of its own: Yuchi, not Wei."""


@dataclass(frozen=True, slots=True)
class Spellings:
    """``full`` and ``initials`` are the whole name in one piece, as usually read; ``other_*`` with other readings; ``inner_*`` as
    usually read from each later character on."""

    full: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    other_full: tuple[str, ...] = ()
    other_initials: tuple[str, ...] = ()
    inner_full: tuple[str, ...] = ()
    inner_initials: tuple[str, ...] = ()


NO_SPELLINGS = Spellings()


def spellings(name: str) -> Spellings:
    """All the ways in which this name (normalised) is typed in Latin letters; none if it holds no Chinese."""
    if not han_runs(name):
        return NO_SPELLINGS
    usual, others = _syllables(name)
    ways = _other_ways(usual, others)
    letters = "".join([syllable[0] for syllable in usual])
    inner = range(1, len(usual)) if len(usual) < MAX_CHARACTERS else ()
    return Spellings(
        full=_typed("".join(usual)),
        initials=(letters,),
        other_full=tuple(dict.fromkeys(typed for way in ways for typed in _typed("".join(way)))),
        other_initials=tuple({"".join([syllable[0] for syllable in way]): None for way in ways}),
        inner_full=tuple("".join(usual[at : at + _INNER_CHARACTERS]) for at in inner),
        inner_initials=tuple(letters[at:] for at in inner if at < len(letters) - 1),
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
    surname = SURNAMES.get(name[:1]) if name[:2] not in COMPOUND_SURNAMES else None
    if surname and len(name) <= SHORT_NAME and surname != usual[0]:
        others[0] = tuple(other for other in (usual[0], *others[0]) if other != surname)
        usual[0] = surname
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


def _other_ways(usual: list[str], others: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The readings of the whole name other than the usual one, at most ``MAX_OTHERS``."""
    if len(usual) <= SHORT_NAME:
        choices = [(first, *rest) for first, rest in zip(usual, others, strict=True)]
        return list(itertools.islice(itertools.product(*choices), 1, 1 + MAX_OTHERS))
    if len(usual) > MAX_WITH_OTHERS:
        return []
    one_exception = ((*usual[:at], other, *usual[at + 1 :]) for at, rest in enumerate(others) for other in rest)
    return list(itertools.islice(one_exception, MAX_OTHERS))


def _typed(spelling: str) -> tuple[str, ...]:
    """ü is typed v, u or yu (吕: lv, lu, lyu)."""
    return (spelling, spelling.replace("v", "u"), spelling.replace("v", "yu")) if "v" in spelling else (spelling,)


def readings_of(character: str) -> tuple[str, ...]:
    """A character's readings without tones, the usual one first, ü as v and as u."""
    return tuple(typed for reading in _readings(character) for typed in _typed(reading))


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
