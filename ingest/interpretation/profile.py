"""The profile of a column: which kinds its values are, how many there are, and how lists in its cells are parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.interpretation.headings import read_heading
from ingest.interpretation.tables import Table
from ingest.interpretation.values import value_kinds
from ingest.interpretation.words import meaning
from ingest.naming import read_name
from ingest.naming.people import is_plainly_person
from ingest.text import normal

SEPARATORS = ("；;", "、", "|", "\n", "，,", "/")
"""Characters that part a list, the plainest first: a comma may belong to a name."""

PLAIN_SEPARATORS = ("；;", "、", "|", "\n")
LONGEST_PART = 40
LONGEST_WORD = 20
MOST_WORDS_OF_NAME = 12
BRACKETED = re.compile(r"[(（][^()（）]*(?:19|20)\d\d[^()（）]*[)）]")
"""A year beside a name."""
MIXED = 0.12
"""Of the names of a column, how many must be of people, and how many of organisations, for it to hold both."""
NAMING = 0.7
"""Of its values, how many must then plainly name the one or the other."""


@dataclass(frozen=True, slots=True)
class Profile:
    """``filled``: how many cells hold something (marks of repetition left out), ``distinct`` how many texts there are; ``shares``: kind →
    share of the filled cells (of their parts, where the cells hold lists) that are of it; ``separators``: what parts the lists, or ``""``;
    ``examples``: two values, as they stand; ``most``: parts of the longest list; ``counting``: the numbers 1, 2, 3 …; ``relations``:
    half of the texts are words for relations"""

    filled: int
    distinct: int
    shares: Mapping[str, float]
    separators: str = ""
    examples: tuple[str, ...] = ()
    most: int = 1
    counting: bool = False
    relations: bool = False

    def share(self, *kinds: str) -> float:
        """The share of the best of these kinds."""
        return max((self.shares.get(kind, 0.0) for kind in kinds), default=0.0)

    @property
    def unique(self) -> bool:
        """Whether no text comes twice."""
        return self.filled > 1 and self.distinct == self.filled


def profile_of(table: Table, column: str) -> Profile:
    """The profile of a table's column."""
    return profile(table.texts(column))


def profile(texts: Sequence[str]) -> Profile:
    """The profile of filled cells."""
    texts = [text for text in texts if value_kinds(text) != frozenset({"ditto"})]
    if not texts:
        return Profile(0, 0, {})
    separators = _separators(texts)
    parts = [part for text in texts for part in parted(text, separators)]
    counts = Counter(kind for part in parts for kind in value_kinds(part))
    as_people = sum(bool(read_name(part, "person").person) for part in parts)
    shares = {kind: count / len(parts) for kind, count in counts.items()}
    shares["as-person"] = as_people / len(parts)
    shares |= {kind: count / len(parts) for kind, count in Counter(filter(None, map(only_kind, parts))).items()}
    shares["long"] = sum(len(part) > 40 or len(part.split()) > MOST_WORDS_OF_NAME for part in parts) / len(parts)
    shares["bracketed-year"] = sum(BRACKETED.search(part) is not None for part in parts) / len(parts)
    distinct = list(dict.fromkeys(map(normal, texts)))
    most = max(len(parted(text, separators)) for text in texts)
    counting = len(distinct) == len(texts) and all(text.isdigit() for text in distinct) and int(distinct[0]) <= 1
    examples = tuple(dict.fromkeys(texts))[:2]
    return Profile(len(texts), len(distinct), shares, separators, examples, most, counting, _are_relations(texts))


def _are_relations(texts: Sequence[str]) -> bool:
    """Whether at least half of the texts are short words for relations."""
    said = sum(len(text) <= LONGEST_WORD and any(meaning(text, ends) for ends in ("po", "oo", "pp")) for text in texts)
    return said * 2 >= len(texts)


def is_mixed(profile: Profile) -> bool:
    """Whether some cells of a column plainly name people and others organisations."""
    people, organisations = profile.share("only-person"), profile.share("only-organisation")
    return min(people, organisations) >= MIXED and people + organisations >= NAMING


def only_kind(part: str) -> str:
    """``only-person`` or ``only-organisation`` for a text that plainly names the one and not the other, else ``""``."""
    kinds = value_kinds(part) & {"person", "organisation"}
    if kinds == {"organisation"}:
        return "only-organisation"
    heading = read_heading(part)  # 单位 in a second row of headings
    known = bool(heading.heads) and not heading.rest
    return "only-person" if kinds == {"person"} and not known and is_plainly_person(normal(part)) else ""


def parted(text: str, separators: str) -> list[str]:
    """The parts of a list cell; of any other the cell."""
    if not separators:
        return [text]
    return [part.strip() for part in re.split(f"[{re.escape(separators)}]", text) if part.strip()]


def _separators(texts: Sequence[str]) -> str:
    """The characters by which cells that hold several names or codes are parted; ``""`` where no cell is a list."""
    found = ""
    for characters in SEPARATORS:
        lists = [text for text in texts if len(parted(text, characters)) > 1]
        if lists and sum(_is_list(text, characters) for text in lists) >= 0.7 * len(lists):
            found += characters
    return found


def _is_list(text: str, characters: str) -> bool:
    """Whether each part is a name or a code by itself, and the whole is not one name (``Müller, Anna``; ``Mock, Model & Co``)."""
    parts = parted(text, characters)
    if value_kinds(text) & {"date", "range", "url", "number", "money", "phone", "email"}:
        return False
    if characters in ("，,", "/") and _is_one_name(text, parts):
        return False
    if characters in PLAIN_SEPARATORS:
        return all(len(part) <= LONGEST_PART for part in parts)
    return all(value_kinds(part) & {"person", "organisation", "code"} for part in parts)


def _is_one_name(text: str, parts: Sequence[str]) -> bool:
    """A person's last and first name, or a person and an organisation, or an organisation and a post."""
    naming = read_name(text, "either")
    if naming.person and len(parts) == 2 and not all(" " in part or len(part) >= 2 and part > "\u3000" for part in parts):
        return True
    return bool(naming.organisation and (naming.person or naming.post)) and len(parts) == 2
