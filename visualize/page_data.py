"""What the script of a page reads: pyvis's network with our places and words, in both languages.

Texts are pairs, Chinese then English. A property that is empty is left out, so that a page stays small.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.ontology.schema import Label
from visualize import words
from visualize.captions import cut_apart
from visualize.cards import LEADING, PADDING_X, PADDING_Y, Card, glyph_room
from visualize.families import SHAPES, Family
from visualize.folding import MOST_PARALLEL
from visualize.layout import Layout
from visualize.line_words import MOST_WORDED, MOST_WORDED_SPOKES, edge_words
from visualize.sheet_lines import MOST_ARROWS, PARALLEL
from visualize.view import View, ViewEdge, ViewNode

SHORT_WIDTH = 12
"""Of a name where there is no room for more, in Latin letters."""
_DRAWN = ("id", "from", "to")


def page_data(view: View, layout: Layout) -> dict[str, Any]:
    """Everything, as JSON knows it."""
    nodes, edges = _network(view, layout)
    places = {words.place_of(row): None for edge in view.edges for row in edge.sources}
    numbers = {place: at for at, place in enumerate(places)}
    short = [cut_apart([_in(node.caption, at) for node in view.nodes], SHORT_WIDTH, 1) for at in range(2)]
    days = sorted({_first_day(day) for edge in view.edges for day in (edge.valid_from, edge.valid_to) if day})
    return {
        "title": _pair(view.question.asked),
        "nodes": [
            {**drawn, **_node(node, layout.cards[node.key], (zh, en))}
            for drawn, node, zh, en in zip(nodes, view.nodes, *short, strict=True)
        ],
        "edges": [{**drawn, **_edge(edge, numbers)} for drawn, edge in zip(edges, view.edges, strict=True)],
        "groups": [
            {"id": group.key, "type": group.type, "members": list(group.members), **_placed(layout, group.key)}
            for group in layout.folded.groups
        ],
        "types": {each.type: {"label": _pair(each.label), "family": each.family} for each in view.types},
        "ties": {edge.type: _pair(edge.label) for edge in view.edges},
        "places": list(places),
        "days": days,
        "begins": sorted({_first_day(edge.valid_from) for edge in view.edges if edge.valid_from}),
        "headings": [{"x": each.x, "y": each.y, "text": _pair(each.text)} for each in layout.headings],
        "spine": sorted(" ".join(sorted(pair)) for pair in layout.spine),
        "layered": layout.layered,
        "font": layout.font,
        "padding": {"x": PADDING_X, "y": PADDING_Y, "glyph": glyph_room(layout.font), "leading": LEADING},
        "parallel": MOST_PARALLEL,
        "beside": PARALLEL,
        "mostArrows": MOST_ARROWS,
        "mostWords": {"layered": MOST_WORDED, "around": MOST_WORDED_SPOKES},
        "families": list(Family),
        "shapes": SHAPES,
        "words": {name: _pair(label) for name, label in words.PAGE.items()},
    }


def _network(view: View, layout: Layout) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes and lines as pyvis holds them: it checks that each line has its ends."""
    from pyvis.network import Network  # pyvis loads IPython: only when a page is drawn

    network = Network(directed=True)
    for node in view.nodes:
        network.add_node(node.key, label=node.key, **_placed(layout, node.key))
    for edge in view.edges:
        network.add_edge(edge.source, edge.target, id=edge.key)
    nodes, edges, *_ = network.get_network_data()
    kept = ("id", "x", "y", "w", "h", "rank")
    return [{name: node[name] for name in kept} for node in nodes], [{name: edge[name] for name in _DRAWN} for edge in edges]


def _placed(layout: Layout, key: str) -> dict[str, float]:
    card, (x, y) = layout.cards[key], layout.places[key]
    return {"x": x, "y": y, "w": card.width, "h": card.height, "rank": card.rank}


def _node(node: ViewNode, card: Card, short: tuple[str, str]) -> dict[str, Any]:
    return _given(
        {
            "type": node.type,
            "caption": _pair(node.caption),
            "text": _pair(card.text),
            "short": list(short),
            "hint": node.hint,
            "reference": node.reference,
            "bold": node.bold,
            "ring": _pair(node.ring),
        }
    )


def _edge(edge: ViewEdge, places: Mapping[str, int]) -> dict[str, Any]:
    label = edge_words(edge)
    below = Label(*("\n".join(text.split("\n")[1:]) for text in (label.zh, label.en)))
    return _given(
        {
            "type": edge.type,
            "start": edge.valid_from,
            "end": edge.valid_to,
            "when": _pair(words.period(edge)),
            "label": _pair(below),
            "standing": _pair(words.standing(edge)),
            "detail": edge.detail,
            "rows": [[places[words.place_of(row)], row.row] for row in edge.sources],
            "ended": edge.ended,
            "bold": edge.bold,
        }
    )


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value and value != ["", ""]}


def _pair(label: Label) -> list[str]:
    return [label.zh, label.en]


def _in(label: Label, language: int) -> str:
    return _pair(label)[language]


def _first_day(day: str) -> str:
    """The first day of a date that may be a month or a year."""
    return f"{day}-01-01"[:10]
