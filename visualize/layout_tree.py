"""What is around a node: a tree on both its sides, block by block of one type.

The node stands in the middle, its neighbours in a column on either side, what hangs on those one column further out. A link (a term, an
agreement) hangs on the neighbour that it links to the centre. Lines of the tree do not cross.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.ontology.schema import Label
from visualize.cards import Card, widest
from visualize.families import Family
from visualize.folding import Folded, neighbours_of
from visualize.places import Heading, Place, Placed
from visualize.view import NO_LABEL, View

LANE = 120.0
"""Between the centre and its neighbours, and from there outwards."""
ROW_GAP = 5.0
BLOCK_GAP = 10.0
HEADING_ROOM = 22.0
_FAMILIES = list(Family)


@dataclass(slots=True)
class _Branch:
    """A card with what hangs on it."""

    key: str
    type: str
    label: Label
    tie: Label
    children: list[_Branch] = field(default_factory=list)


@dataclass(slots=True)
class _Side:
    """One side of the tree while it is laid out: ``way`` is -1 (left) or 1 (right)."""

    way: int
    rows: dict[str, float] = field(default_factory=dict)
    columns: dict[int, list[str]] = field(default_factory=dict)
    headings: list[tuple[float, Label]] = field(default_factory=list)
    bottom: float = 0.0


def in_tree(view: View, folded: Folded, cards: Mapping[str, Card]) -> Placed:
    """The tree around the centre of the view, or around the best connected node where it has none."""
    centre = view.centre or min(folded.nodes, key=lambda node: node.rank).key
    parent = _parents(centre, folded)
    right, left = _halves(_grown(centre, parent, folded, cards), cards)
    places: dict[str, Place] = {centre: (0.0, 0.0)}
    widths = {centre: cards[centre].width}
    headings: list[Heading] = []
    for way, half in ((1, right), (-1, left)):
        side = _Side(way)
        for block in half:
            _stack(block, side, cards)
        _set(side, cards, cards[centre].width / 2, places, widths, headings)
    spine = frozenset(frozenset(pair) for pair in parent.items())
    return Placed(places, widths, tuple(headings), spine)


def _grown(centre: str, parent: Mapping[str, str], folded: Folded, cards: Mapping[str, Card]) -> list[_Branch]:
    """What hangs on the centre, and what on that."""
    ties = {frozenset((edge.source, edge.target)): edge.label for edge in reversed(folded.edges)}
    branches = {
        node.key: _Branch(node.key, node.type, node.type_label, ties.get(frozenset((node.key, parent.get(node.key, ""))), NO_LABEL))
        for node in folded.nodes
    }
    branches.update({group.key: _Branch(group.key, group.type, group.label, group.tie) for group in folded.groups})
    for key in sorted(parent, key=lambda each: _order(cards[each], branches[each])):
        branches[parent[key]].children.append(branches[key])
    return branches[centre].children


def _parents(centre: str, folded: Folded) -> dict[str, str]:
    """What each card hangs on: the one by which it is reached from the centre in the fewest steps. A link hangs on the neighbour that it
    links; what is not connected hangs on the centre."""
    neighbours = neighbours_of(folded)
    nodes = {node.key: node for node in folded.nodes}
    parent: dict[str, str] = {centre: ""}
    queue = deque([centre])
    while queue:
        key = queue.popleft()
        for other in neighbours.get(key, ()):
            if other not in parent:
                parent[other] = key
                queue.append(other)
    parent.update({node.key: centre for node in folded.nodes if node.key not in parent})
    parent.update({group.key: centre for group in folded.groups if group.key not in parent})
    del parent[centre]
    direct = {key for key, above in parent.items() if above == centre}
    for key in sorted(direct & {node.key for node in folded.nodes if node.link}):
        linked = [each for each in neighbours.get(key, ()) if each in direct and each in nodes and not nodes[each].link]
        if linked:
            parent[key] = min(linked, key=lambda each: (nodes[each].rank, each))
    return parent


def _order(card: Card, branch: _Branch) -> tuple[int, str, bool, int, str]:
    """By family and type, groups after the nodes of their type, the best connected first."""
    return _FAMILIES.index(card.family), branch.type, card.group, card.rank, card.key


def _height(branch: _Branch, cards: Mapping[str, Card]) -> float:
    """What a branch takes of its column, the gap below it included."""
    return max(cards[branch.key].height + ROW_GAP, sum(_height(each, cards) for each in branch.children))


def _halves(branches: Sequence[_Branch], cards: Mapping[str, Card]) -> tuple[list[list[_Branch]], list[list[_Branch]]]:
    """The blocks of the right side and of the left: as equally high as they can be, one block in two halves if it must be."""
    total = sum(_height(each, cards) for each in branches)
    right: list[list[_Branch]] = []
    left: list[list[_Branch]] = []
    reached, last = 0.0, ""
    for branch in branches:
        height = _height(branch, cards)
        side = right if reached + height / 2 <= total / 2 or not right else left
        if not side or branch.type != last:
            side.append([])
        side[-1].append(branch)
        reached, last = reached + height, branch.type
    if left and right and len(right[-1]) > 1 and len(left[0]) == 1 and left[0][0].type == right[-1][0].type:
        right[-1].append(left.pop(0)[0])  # nobody is left behind alone
    return right, left


def _stack(block: Sequence[_Branch], side: _Side, cards: Mapping[str, Card]) -> None:
    """Puts a block below what stands on this side."""
    if side.rows:
        side.bottom += BLOCK_GAP
    if len(block) > 1:
        side.headings.append((side.bottom + HEADING_ROOM / 2, _heading(block)))
        side.bottom += HEADING_ROOM
    for branch in block:
        side.bottom = _stand(branch, 1, side.bottom, side, cards)


def _heading(block: Sequence[_Branch]) -> Label:
    """The type, and how it is tied to the centre where that is one and the same for all."""
    label, ties = block[0].label, {branch.tie for branch in block} - {NO_LABEL}
    if len(ties) != 1:
        return label
    tie = ties.pop()
    return Label(f"{label.zh} · {tie.zh}", f"{label.en} · {tie.en}")


def _stand(branch: _Branch, depth: int, top: float, side: _Side, cards: Mapping[str, Card]) -> float:
    """Gives a branch its row, in the middle of what hangs on it, and returns where the next may begin."""
    height = _height(branch, cards)
    side.rows[branch.key] = top + (height - ROW_GAP) / 2
    side.columns.setdefault(depth, []).append(branch.key)
    begin = top + (height - sum(_height(each, cards) for each in branch.children)) / 2
    for child in branch.children:
        begin = _stand(child, depth + 1, begin, side, cards)
    return top + height


def _set(
    side: _Side, cards: Mapping[str, Card], edge: float, places: dict[str, Place], widths: dict[str, float], headings: list[Heading]
) -> None:
    """Moves a side beside the centre, whose half width is ``edge``, its middle on the centre's height."""
    middle = (side.bottom - ROW_GAP) / 2
    for depth, keys in sorted(side.columns.items()):
        width = widest(cards, keys)
        x = round(side.way * (edge + LANE + width / 2), 1)
        places.update({key: (x, round(side.rows[key] - middle, 1)) for key in keys})
        widths.update(dict.fromkeys(keys, width))
        if depth == 1:
            headings.extend(Heading(x, round(y - middle, 1), text) for y, text in side.headings)
        edge += LANE + width
