"""The words by which names are told apart (``words.yaml``), compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class NameWords:
    """Patterns over texts in normal form. ``kinds``: (kind of organisation, what tells it), in the order in which they are tried: words
    of their own before the ends of compound ones."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    ends: re.Pattern[str]
    department: re.Pattern[str]
    titles_before: re.Pattern[str]
    titles_after: re.Pattern[str]
    posts: re.Pattern[str]
    none: frozenset[str]
    particles: frozenset[str]
    common: frozenset[str]
    surnames: frozenset[str]
    compound: frozenset[str]
    japan: frozenset[str]
    given: frozenset[str]


@cache
def name_words() -> NameWords:
    """The words of ``words.yaml``."""
    data = yaml.safe_load(files("ingest").joinpath("naming", "words.yaml").read_text(encoding="utf-8"))
    titles = data["titles"]
    ends = [ending for kind in data["organisations"].values() for ending in kind.get("endings", ()) if len(ending) > 1]
    before = _alternatives(titles["before"])
    after = _alternatives(titles["after"])
    posts = _alternatives(titles["han"])
    return NameWords(
        kinds=(
            *((kind, _kind_pattern(words)) for kind, words in data["organisations"].items()),
            *((kind, _stem_pattern(words["stems"])) for kind, words in data["organisations"].items() if words.get("stems")),
        ),
        ends=re.compile(f"(?:{_alternatives(ends)})"),
        department=re.compile(f"(?:{_alternatives(data['disciplines'])}).*学院"),
        titles_before=re.compile(rf"(?:(?:{before})(?:\.(?:\s|(?=\S))|\s))+", re.IGNORECASE),
        titles_after=re.compile(rf"(?:[,\s]+\(?(?:{after})\.?\)?)+$", re.IGNORECASE),
        posts=re.compile(f"(?:{posts})"),
        none=frozenset(data["none"]),
        particles=frozenset(data["particles"]),
        common=frozenset(data["common"]),
        surnames=frozenset(data["surnames"].split()),
        compound=frozenset(data["compound"].split()),
        japan=frozenset(data["japan"].split()),
        given=frozenset(data["given"].split()),
    )


def _kind_pattern(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    parts = [rf"(?:{_alternatives(words.get('endings', ()))})$"] if words.get("endings") else []
    if words.get("starts"):
        parts.append(rf"^(?:{_alternatives(words['starts'])})")
    if words.get("words"):
        parts.append(rf"(?<![\w-])(?:{_alternatives(words['words'])})(?![\w'’])")
    return re.compile("|".join(parts), re.IGNORECASE)


def _stem_pattern(stems: Sequence[str]) -> re.Pattern[str]:
    """The ends of compound words: Landesmuseum."""
    return re.compile(rf"(?<=[\w-])(?:{_alternatives(stems)})s?(?!\w)", re.IGNORECASE)


def _alternatives(words: Sequence[str]) -> str:
    """The longest first, so that 副教授 is not read as 教授."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
