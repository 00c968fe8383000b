"""How near two industries are in GB/T 4754-2017 (section letter, division of two digits, group of three, class of four): C3441 beside C3442
share their group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cooperation.world import World, text

LEVELS = 4
"""Section, division, group, class."""

_CODE = re.compile(r"([A-T])(\d{2})?(\d)?(\d)?")


def parts_of(code: str) -> tuple[str, ...]:
    """Section, division, group and class of a code, as far as it goes: ``C344`` has three. Nothing for what is no code."""
    match = _CODE.fullmatch(code.strip())
    return tuple(part for part in match.groups() if part is not None) if match else ()


def nearness(one: str, other: str) -> float:
    """The share of the four levels that two codes agree on from the top: 1 for one class, ½ for one division, ¼ for one section. A code
    that does not go further agrees no further."""
    shared = 0
    for mine, theirs in zip(parts_of(one), parts_of(other), strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared / LEVELS


def worked_with(world: World, who: str, without: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Enterprises that somebody worked with (took on a need of, met, signed with, whose results are used there), each with the ids of the
    relationships that say so; ``without`` are needs and events that are left out."""
    for link in world.out(who, "ACCEPTED"):
        if link.target not in without:
            yield from ((each.source, (link.id, each.id)) for each in world.into(link.target, "POSTED"))
    for link in world.out(who, "CREATED"):
        yield from ((each.target, (link.id, each.id)) for each in world.out(link.target, "TRANSFORMED_AT"))
    for link in world.into(who, "COVERS", "SIGNED_BY", "INVOLVES"):
        if link.source not in without:
            yield from ((each.target, (link.id, each.id)) for each in world.out(link.source, "SIGNED_BY", "INVOLVES") if each.target != who)


def code_of(world: World, enterprise: str) -> str:
    """The industry code of an enterprise, ``""`` if none is known."""
    return text(world.node(enterprise), "industryCode")
