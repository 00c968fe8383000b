"""The sentences in which an answer says what it means."""

from __future__ import annotations

from graph.ontology.schema import Label
from graph.paths.ask.query import Direction

_DIRECTIONS: dict[Direction, Label] = {
    "any": Label("关系不分方向", "relationships count both ways"),
    "forward": Label("关系按其方向", "relationships count along their direction"),
    "backward": Label("关系按其反方向", "relationships count against their direction"),
}


def taken(direction: Direction, *, parallel: bool) -> Label:
    """How relationships were taken: direction, parallel ones."""
    way = _DIRECTIONS[direction]
    if parallel:
        return Label(f"{way.zh}，平行关系逐条计", f"{way.en}, parallel ones each")
    return Label(f"{way.zh}，平行关系合为一条", f"{way.en}, parallel ones as one")


def definition(zh: str, en: str, how: Label) -> Label:
    """What is meant, and how relationships were taken."""
    return Label(f"{zh}{how.zh}。", f"{en} {how.en[0].upper()}{how.en[1:]}.")
