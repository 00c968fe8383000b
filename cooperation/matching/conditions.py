"""What a need cannot do without, looked at one by one: who fails which, and the smallest change after which somebody would fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cooperation.matching.corpus import Nearness
from cooperation.matching.signals import Setting
from cooperation.matching.texts import tokens
from cooperation.ownership import STEPPED_BACK
from cooperation.ways import in_place
from cooperation.world import figure, text

NEAR = 0.45
"""Nearness in sense from which a text is on the topic: at it 95 of 100 of those that fit in the sample city are kept."""

SHOWN = 0.5
"""The share of a must-have's tokens that must occur in what is known of somebody, for it to be shown."""

TOPIC, IN_PLACE, READY, CONFLICT, LEFT = "topic", "in place", "readiness", "conflict", "stepped back"


@dataclass(frozen=True, slots=True)
class Change:
    """The least that would have to change: these ``conditions`` lifted, and how many (``fitting``) would then fit, the first of them
    ``example``."""

    conditions: tuple[str, ...]
    fitting: int
    example: str


def on_topic(near: Nearness | None) -> bool:
    """Whether a text comes near enough in sense."""
    return near is not None and near.sense >= NEAR


def failing(setting: Setting, who: str, near: Nearness | None, *, anywhere: bool = False) -> tuple[str, ...]:
    """The conditions that somebody (or something) does not meet, by name; a must-have as ``must: …``. With ``anywhere`` those who are not
    in place are welcome too."""
    world = setting.world
    found = []
    if not on_topic(near):
        found.append(TOPIC)
    if world.is_a(world.node(who), "Person"):
        if not anywhere and not in_place(world, who, setting.day):
            found.append(IN_PLACE)
        if any(each.target in setting.firms for each in world.out(who, "DIRECTOR_OF", "SHAREHOLDER_OF", "EMPLOYED_BY")):
            found.append(CONFLICT)
        if any(each.target == setting.need and each.properties.get("state") == STEPPED_BACK for each in world.out(who, "ACCEPTED")):
            found.append(LEFT)
    wanted = figure(world.node(setting.need), "hasTrl")
    if wanted is not None and _readiness(setting, who) < wanted:
        found.append(READY)
    return (*found, *(f"must: {each}" for each in unmet(setting, who)))


def unmet(setting: Setting, who: str) -> tuple[str, ...]:
    """The must-haves that nothing known of somebody shows."""
    node = setting.world.node(setting.need)
    musts = node.properties.get("mustHaves", ()) if node is not None else ()
    if not isinstance(musts, tuple) or not musts:
        return ()
    known = set(tokens(_profile(setting, who)))
    return tuple(each for each in musts if not _shown(each, known))


def _shown(must: str, known: set[str]) -> bool:
    wanted = set(tokens(must))
    return bool(wanted) and len(wanted & known) >= SHOWN * len(wanted)


def _profile(setting: Setting, who: str) -> str:
    world = setting.world
    node = world.node(who)
    told = [text(node, name) for name in ("professionalTitle", "degree", "trade", "level", "form")]
    told += [
        text(world.node(each.target), "name") for each in world.out(who, "EXPERT_IN", "CREATED", "PRODUCED", "EMPLOYED_BY", "IN_FIELD")
    ]
    return "\n".join(told)


def _readiness(setting: Setting, who: str) -> float:
    levels = [figure(setting.world.node(each.target), "trl") for each in setting.world.out(who, "CREATED", "PRODUCED")]
    return max((each for each in (*levels, figure(setting.world.node(who), "trl")) if each is not None), default=0.0)


def smallest_change(failed: Iterable[tuple[str, Sequence[str]]]) -> Change | None:
    """Of candidates with the conditions that each fails: the fewest to lift so that somebody fits; of equally few those that help most,
    then the first by name. ``None`` where somebody fits already, or there is nobody."""
    known = [(who, tuple(sorted(conditions))) for who, conditions in failed]
    if not known or any(not conditions for _, conditions in known):
        return None
    fewest = min(len(conditions) for _, conditions in known)
    choices = sorted({conditions for _, conditions in known if len(conditions) == fewest})
    helped = {choice: [who for who, conditions in known if set(conditions) <= set(choice)] for choice in choices}
    best = min(choices, key=lambda choice: (-len(helped[choice]), choice))
    return Change(best, len(helped[best]), helped[best][0])
