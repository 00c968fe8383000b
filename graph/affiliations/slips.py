"""One misread character in a long name (忡恺农业技术学院). Taken only where nothing else is near and the characters as written stand in no
name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from graph.affiliations.gazetteer import Gazetteer

SHORTEST = 7
"""Characters of a name below which a slip is not looked for: in a short one a single character is too much of it."""

_HEAD = re.compile(r"^.{4,}?(?:大学|学院|专科学校|职业学校)")


def mend(segment: str, gazetteer: Gazetteer) -> str | None:
    """The name meant by the beginning of a segment that holds no name, if it differs in one character from one institution's name alone;
    the characters as written, each with its neighbour, must stand in no name (湖南 for 湖北 is no slip)."""
    match = _HEAD.match(segment)
    if match is None or len(match[0]) < SHORTEST or match[0] in gazetteer.senses:
        return None
    head = match[0]
    index, pairs = _index(gazetteer)
    found = {name for at in range(len(head)) for name in index.get(head[:at] + "\0" + head[at + 1 :], ())}
    if len(found) != 1:
        return None
    name = found.pop()
    at = next(place for place in range(len(name)) if name[place] != head[place])
    touched = {head[max(at - 1, 0) : at + 1], head[at : at + 2]} if at else {head[:2]}
    return None if touched & pairs else name


@lru_cache(maxsize=4)
def _index(gazetteer: Gazetteer) -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    pairs: set[str] = set()
    for name, senses in gazetteer.senses.items():
        pairs.update(name[at : at + 2] for at in range(len(name) - 1))
        if len(name) >= SHORTEST and len({each.owner.name for each in senses}) == 1:
            for at in range(len(name)):
                index[name[:at] + "\0" + name[at + 1 :]].append(name)
    return {key: tuple(names) for key, names in index.items()}, frozenset(pairs)
