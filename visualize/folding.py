"""What stands together in a picture of many nodes: the least connected of each type and tie, as one group with its count, until unfolded.

Some sixty things can be read at once. So the best connected are drawn one by one, of every kind its share, and the rest of each kind is one
card ("企业 172"). Nothing is lost: the legend and the table count every node, and a group shows its members when it is chosen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.ontology.schema import Label
from visualize import words
from visualize.choosing import shares
from visualize.families import Family
from visualize.view import View, ViewEdge, ViewNode

MOST_SHOWN = 56
"""Cards in the first view: more cannot be read."""

MOST_PARALLEL = 3
"""Lines side by side between the same two cards; more become one line with their number."""

_FEWEST_FOLDED = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that stand together. ``members`` are node keys, the best connected first; ``tie`` is what ties them to what they hang on."""

    key: str
    type: str
    label: Label
    family: Family
    tie: Label
    members: tuple[str, ...]

    @property
    def caption(self) -> Label:
        """``另有企业 172``."""
        number, more = f"{len(self.members):,}", words.PAGE["more"]
        return Label(more.zh.format(type=self.label.zh, count=number), more.en.format(type=self.label.en, count=number))


@dataclass(frozen=True, slots=True)
class Bundle:
    """All the lines between two things that are drawn, where one of them is a group, or there are more lines than can run side by side.
    ``source`` and ``target`` are keys of nodes or groups; ``ended`` says that every line has ended."""

    source: str
    target: str
    count: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """A view as it is first seen: ``nodes`` and ``edges`` one by one, everything else in ``groups``, tied by ``bundles``."""

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    groups: tuple[Group, ...] = ()
    bundles: tuple[Bundle, ...] = ()


def fold(view: View, most: int = MOST_SHOWN) -> Folded:
    """The view with at most about ``most`` cards. What is to be looked at (the centre, a bold path, a ring) is never folded."""
    groups = tuple(_groups(view, _kinds(view), most)) if len(view.nodes) > most else ()
    home = {member: group.key for group in groups for member in group.members}
    between: dict[tuple[str, str], list[ViewEdge]] = {}
    for edge in view.edges:
        ends = home.get(edge.source, edge.source), home.get(edge.target, edge.target)
        if ends[0] != ends[1] or edge.source == edge.target:
            between.setdefault((min(ends), max(ends)), []).append(edge)
    edges: list[ViewEdge] = []
    bundles: list[Bundle] = []
    for (source, target), lines in between.items():
        if lines[0].source in home or lines[0].target in home or (len(lines) > MOST_PARALLEL and not any(line.bold for line in lines)):
            bundles.append(Bundle(source, target, len(lines), all(line.ended for line in lines)))
        else:
            edges += lines
    return Folded(tuple(node for node in view.nodes if node.key not in home), tuple(edges), groups, tuple(bundles))


def _groups(view: View, kinds: Mapping[str, tuple[str, str]], most: int) -> Iterable[Group]:
    ranked = sorted(view.nodes, key=lambda node: node.rank)
    always = {node.key for node in view.nodes if node.bold or node.ring.zh or node.key == view.centre}
    members: dict[tuple[str, str], list[ViewNode]] = {}
    for node in ranked:
        if node.key not in always:
            members.setdefault(kinds[node.key], []).append(node)
    names = {f"{at}": kind for at, kind in enumerate(members)}
    room = max(0, most - len(always) - len(members))
    links = {name for name, kind in names.items() if members[kind][0].link}
    taken = shares({name: len(members[kind]) for name, kind in names.items()}, room, links)
    ties = {edge.type: edge.label for edge in view.edges}
    for name, kind in names.items():
        rest = members[kind][taken[name] :]
        if len(rest) >= _FEWEST_FOLDED:
            first = rest[0]
            yield Group(
                f"g{name}", first.type, first.type_label, first.family, ties.get(kind[1], Label("", "")), tuple(node.key for node in rest)
            )


def _kinds(view: View) -> dict[str, tuple[str, str]]:
    """For each node its type and what ties it to what it hangs on: its column in a picture of paths, else the type of the line by which it
    is reached from the centre."""
    types = {node.key: node.type for node in view.nodes}
    if not view.centre:
        return {node.key: (node.type, str(node.column)) for node in view.nodes}
    reached = reach(view.centre, view.edges)
    return {key: (types[key], reached[key].edge.type if key in reached else "") for key in types}


@dataclass(frozen=True, slots=True)
class Reached:
    """How a node is reached from the centre: by which line, from which node, in how many steps."""

    parent: str
    edge: ViewEdge
    steps: int


def reach(centre: str, edges: Iterable[ViewEdge]) -> dict[str, Reached]:
    """Every node that hangs together with the centre (the centre apart), by its fewest steps; the first line given wins."""
    lines: dict[str, list[tuple[str, ViewEdge]]] = {}
    for edge in edges:
        lines.setdefault(edge.source, []).append((edge.target, edge))
        lines.setdefault(edge.target, []).append((edge.source, edge))
    found: dict[str, Reached] = {}
    queue = deque([(centre, 0)])
    while queue:
        key, steps = queue.popleft()
        for other, edge in lines.get(key, ()):
            if other not in found and other != centre:
                found[other] = Reached(key, edge, steps + 1)
                queue.append((other, steps + 1))
    return found


def neighbours_of(folded: Folded) -> dict[str, list[str]]:
    """What each card is tied to, by line or by bundle."""
    neighbours: dict[str, list[str]] = {}
    for one, other in pairs_of(folded):
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    return neighbours


def pairs_of(folded: Folded) -> Sequence[tuple[str, str]]:
    """The two ends of every line and bundle that is first seen, loops left out."""
    lines = [*((edge.source, edge.target) for edge in folded.edges), *((each.source, each.target) for each in folded.bundles)]
    return [pair for pair in lines if pair[0] != pair[1]]
