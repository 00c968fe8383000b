"""A view as one HTML file that needs nothing else: no server, no internet, no other file.

pyvis's ``Network`` checks and holds the drawing's data; the page around it is ours, because pyvis's own template loads parts of it from
elsewhere. Positions come from ``layout``, physics is off. Everything that came from the data is text: it travels as JSON whose
``<``, ``>`` and ``&`` are escaped, and a content security policy lets the page fetch nothing and run only its own two scripts.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.ontology.schema import Label
from visualize import words
from visualize.colors import fill, line
from visualize.layout import WIDE, Layout, lay_out
from visualize.library import drawing_library
from visualize.view import View, ViewEdge, ViewNode
from visualize.wrapping import LINE_WIDTH, MAX_LINES, NARROW_WIDTH, text_width, wrap

TEMPLATES = Path(__file__).with_name("templates")
MAX_LABELLED_EDGES = 40
MAX_LABELLED_SPOKES = 16
"""With more lines than this (between columns; around a centre) their labels would cover each other: they are then in the tooltips and the
table only."""
MAX_BOXES = 60
"""With more nodes than this they are dots with a small label below."""
LONGEST_PERIOD = 18
"""Longer dates on a line take two lines."""

_PAGE_WIDTH = 1200
_LEAST_COLUMN = 160  # narrower columns cannot be read: the drawing then scrolls sideways
_INK = "#1b2430"
_LINE = "#7b8794"
_BOLD = "#b3261e"
_RING = "#b3261e"
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def render(view: View, language: str = "zh") -> str:
    """The page. ``language`` (``zh`` or ``en``) is the one it opens in; the reader can change it."""
    layout = lay_out(view)
    library, script = drawing_library(), (TEMPLATES / "picture.js").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template("picture.html")
        .render(
            view=view,
            language="en" if language == "en" else "zh",
            words=words,
            legend=_legend(view),
            names={node.key: node for node in view.nodes},
            fill=fill,
            line=line,
            height=_height(layout),
            least_width=_LEAST_COLUMN * len(layout.columns),
            data=_script_json(_data(view, layout)),
            library=library,
            script=script,
            policy=_policy(library, script),
        )
    )


def _data(view: View, layout: Layout) -> dict[str, Any]:
    """What the page's script reads: the network of pyvis, and the texts of both languages beside it."""
    from pyvis.network import Network  # pyvis loads IPython: only when a picture is drawn

    network = Network(directed=True)
    boxes = len(view.nodes) <= MAX_BOXES
    width = NARROW_WIDTH if len(layout.columns) > WIDE else LINE_WIDTH
    for node in view.nodes:
        x, y = layout.places[node.key]
        network.add_node(node.key, label=node.key, x=x, y=y, **_node_style(node, boxes))
    labelled = len(view.edges) <= (MAX_LABELLED_EDGES if layout.columns else MAX_LABELLED_SPOKES)
    bends = _bends(view)
    for edge in view.edges:
        network.add_edge(edge.source, edge.target, id=edge.key, **_edge_style(edge, bends[edge.key]))
    nodes, edges, *_ = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "texts": {
            "nodes": {node.key: _both(_node_label(node, boxes, width), _node_title(node)) for node in view.nodes},
            "edges": {edge.key: _both(_edge_label(edge) if labelled else Label("", ""), _edge_title(edge)) for edge in view.edges},
        },
        "columns": _columns(view, layout),
    }


def _node_style(node: ViewNode, boxes: bool) -> dict[str, Any]:
    border = _RING if node.ring.zh else line(node.color)
    chosen = {"background": fill(node.color, 0.45), "border": border}
    style: dict[str, Any] = {
        "color": {"background": fill(node.color) if boxes else line(node.color), "border": border, "highlight": chosen, "hover": chosen},
        "borderWidth": 4 if node.ring.zh else 2.5 if node.bold else 1.2,
        "font": {"size": 16 if boxes else 12, "color": _INK, "bold": {"color": _INK}},
        "shape": "box" if boxes else "dot",
    }
    return style if boxes else {**style, "size": 9}


def _edge_style(edge: ViewEdge, bend: float) -> dict[str, Any]:
    smooth: bool | dict[str, Any] = {"enabled": True, "type": "curvedCW", "roundness": bend} if bend else False
    return {
        "color": {"color": _BOLD if edge.bold else _LINE, "highlight": _INK, "hover": _INK},
        "width": 3.2 if edge.bold else 1.3,
        "dashes": [7, 6] if edge.ended else False,
        "smooth": smooth,
    }


def _bends(view: View) -> dict[str, float]:
    """How far each line bends, so that parallel ones, and those that jump a column, do not lie on others."""
    column = {node.key: node.column for node in view.nodes}
    between: dict[frozenset[str], int] = {}
    bends: dict[str, float] = {}
    for edge in view.edges:
        pair = frozenset((edge.source, edge.target))
        nth = between.get(pair, 0)
        between[pair] = nth + 1
        jumps = abs(column[edge.source] - column[edge.target]) > 1
        turn = 1 if edge.source <= edge.target else -1
        bends[edge.key] = turn * (0.16 * ((nth + 1) // 2) * (1 if nth % 2 else -1)) if nth else 0.18 if jumps else 0.0
    return bends


def _node_label(node: ViewNode, boxes: bool, width: int) -> Label:
    hint = f"\n{wrap(node.hint, width, lines=1)}" if node.hint and boxes else ""
    lines = MAX_LINES if width == LINE_WIDTH else MAX_LINES + 1
    return Label(wrap(node.caption.zh, width, lines) + hint, wrap(node.caption.en, width, lines) + hint)


def _node_title(node: ViewNode) -> Label:
    further = [text for text in (node.hint, node.reference) if text]
    return Label(
        "\n".join([f"{node.type_label.zh}：{node.caption.zh}", *further, *([node.ring.zh] if node.ring.zh else [])]),
        "\n".join([f"{node.type_label.en}: {node.caption.en}", *further, *([node.ring.en] if node.ring.en else [])]),
    )


def _edge_label(edge: ViewEdge) -> Label:
    when = words.period(edge)
    if text_width(when.zh) > LONGEST_PERIOD:
        when = Label(when.zh.replace(" 至 ", " 至\n"), when.en.replace(" to ", " to\n"))
    row = words.short_row(edge.sources[0]) if edge.quoted and edge.sources else Label("", "")
    return Label("\n".join(filter(None, (edge.label.zh, when.zh, row.zh))), "\n".join(filter(None, (edge.label.en, when.en, row.en))))


def _edge_title(edge: ViewEdge) -> Label:
    label, when = edge.label, words.standing(edge)
    period = words.period(edge)
    rows = [words.source_row(row) for row in edge.sources]
    return Label(
        "\n".join(filter(None, (label.zh, period.zh, edge.detail, when.zh, *(row.zh for row in rows)))),
        "\n".join(filter(None, (label.en, period.en, edge.detail, when.en, *(row.en for row in rows)))),
    )


def _both(label: Label, title: Label) -> dict[str, dict[str, str]]:
    return {"zh": {"label": label.zh, "title": title.zh}, "en": {"label": label.en, "title": title.en}}


def _columns(view: View, layout: Layout) -> list[dict[str, Any]]:
    """The headings above the columns: the types that stand there."""
    headings = []
    top = min((y for _, y in layout.places.values()), default=0.0)
    for x in layout.columns:
        standing = [node for node in view.nodes if layout.places[node.key][0] == x]
        labels = list(dict.fromkeys(node.type_label for node in standing))
        text = Label(" / ".join(label.zh for label in labels), " / ".join(label.en for label in labels))
        headings.append({"x": x, "y": top, "zh": text.zh, "en": text.en})
    return headings


def _legend(view: View) -> list[tuple[Label, str, int]]:
    """Type, colour and count, in the order in which the types appear from left to right."""
    counts = Counter(node.type for node in view.nodes)
    kinds = {node.type: (node.type_label, node.color) for node in view.nodes}
    return [(*kinds[name], counts[name]) for name in kinds]


def _height(layout: Layout) -> int:
    """The drawing's height in pixels: as tall as the graph needs at the scale at which it fits the page's width, within reason."""
    across = [x for x, _ in layout.places.values()] or [0.0]
    down = [y for _, y in layout.places.values()] or [0.0]
    scale = min(1.25, _PAGE_WIDTH / (max(across) - min(across) + 250))
    return round(min(900.0, max(320.0, (max(down) - min(down) + 240) * scale)))


def _script_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(_ESCAPES)


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
