"""Lines of a still sheet: from card to card as soft curves, parallel ones side by side, with their words where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.ontology.schema import Label
from visualize.cards import em_width
from visualize.families import Theme
from visualize.folding import Bundle
from visualize.layout import Layout
from visualize.line_words import WORDS_LEADING, WORDS_SIZE, bundle_words, edge_words, has_words
from visualize.places import Place, box_of
from visualize.svg import element, number, text_element
from visualize.view import ViewEdge

MOST_ARROWS = 60
"""With more lines than this their direction stands in the table only."""
PARALLEL = 11.0
"""Between two lines that tie the same two cards."""
FAINT = 0.22
_ARROW = 7.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve by its four points."""

    start: Place
    first: Place
    second: Place
    end: Place

    def at(self, share: float) -> Place:
        """The point at this share of the way."""
        rest = 1 - share
        weights = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
        points = self.start, self.first, self.second, self.end
        return sum(w * p[0] for w, p in zip(weights, points, strict=True)), sum(w * p[1] for w, p in zip(weights, points, strict=True))

    def path(self) -> str:
        a, b, c, d = (f"{number(x)} {number(y)}" for x, y in (self.start, self.first, self.second, self.end))
        return f"M{a}C{b} {c} {d}"


def curve_between(source: Box, target: Box, offset: float = 0.0) -> Curve:
    """From one card's side to the other's, to the left or right; cards of one column are tied by a bow on their right."""
    middle = (source[1] + source[3]) / 2 + offset, (target[1] + target[3]) / 2 + offset
    if source[2] <= target[0] or target[2] <= source[0]:
        forward = source[2] <= target[0]
        start, end = (source[2], target[0]) if forward else (source[0], target[2])
        bend = (end - start) / 2
        return Curve((start, middle[0]), (start + bend, middle[0]), (end - bend, middle[1]), (end, middle[1]))
    reach = min(90.0, 30 + abs(middle[1] - middle[0]) / 6) + abs(offset)
    outside = max(source[2], target[2]) + reach
    return Curve((source[2], middle[0]), (outside, middle[0]), (outside, middle[1]), (target[2], middle[1]))


def offsets(edges: Iterable[ViewEdge]) -> dict[str, float]:
    """How far each line runs beside the straight one between its ends, so that parallel ones do not cover each other."""
    between: dict[frozenset[str], list[str]] = {}
    for edge in edges:
        between.setdefault(frozenset((edge.source, edge.target)), []).append(edge.key)
    return {key: (at - (len(keys) - 1) / 2) * PARALLEL for keys in between.values() for at, key in enumerate(keys)}


def draw_lines(layout: Layout, language: str, theme: Theme) -> Iterator[str]:
    """The lines below the cards, the faint ones first, then the words on them."""
    boxes = {key: box_of(layout.cards[key], layout.places[key]) for key in layout.shown()}
    beside = offsets(layout.folded.edges)
    curves = {edge.key: curve_between(boxes[edge.source], boxes[edge.target], beside[edge.key]) for edge in layout.folded.edges}
    bundles = [(each, curve_between(boxes[each.source], boxes[each.target])) for each in layout.folded.bundles]
    arrows = len(curves) <= MOST_ARROWS
    for bundle, curve in sorted(bundles, key=lambda each: not layout.faint(each[0].source, each[0].target)):
        yield _bundle(bundle, curve, theme, faint=layout.faint(bundle.source, bundle.target))
    for edge in sorted(layout.folded.edges, key=lambda each: (each.bold, not layout.faint(each.source, each.target))):
        faint = layout.faint(edge.source, edge.target)
        yield _line(edge, curves[edge.key], theme, faint=faint, arrow=arrows and not faint)
    if not has_words(layout.folded, layered=layout.layered):
        return
    taken = [*boxes.values(), *((each.x - 60, each.y - 10, each.x + 60, each.y + 10) for each in layout.headings)]
    for edge in sorted(layout.folded.edges, key=lambda each: not each.bold):
        yield from _words(edge_words(edge), curves[edge.key], language, theme, taken)
    for bundle, curve in bundles:
        yield from _words(bundle_words(bundle), curve, language, theme, taken)


def _bundle(bundle: Bundle, curve: Curve, theme: Theme, *, faint: bool) -> str:
    """As thick as it has lines, within reason."""
    return element(
        "path",
        d=curve.path(),
        fill="none",
        stroke=theme.tie,
        stroke_width=1.0 if faint else min(6.0, 1.5 + bundle.count**0.5 / 4),
        stroke_dasharray="6 4" if bundle.ended else "none",
        stroke_opacity=FAINT if faint else 0.8,
    )


def _line(edge: ViewEdge, curve: Curve, theme: Theme, *, faint: bool, arrow: bool) -> str:
    color = theme.strong if edge.bold else theme.tie
    line = element(
        "path",
        d=curve.path(),
        fill="none",
        stroke=color,
        stroke_width=3 if edge.bold else 1.0 if faint else 1.4,
        stroke_dasharray="6 4" if edge.ended else "none",
        stroke_opacity=FAINT if faint else 1,
    )
    if not arrow:
        return line
    x, y = curve.end
    back = _ARROW if curve.second[0] < x else -_ARROW
    points = f"{number(x)},{number(y)} {number(x - back)},{number(y - 3.6)} {number(x - back)},{number(y + 3.6)}"
    return line + element("polygon", points=points, fill=color)


def _words(label: Label, curve: Curve, language: str, theme: Theme, taken: list[Box]) -> Iterator[str]:
    """The words of a line, at the first of several places along it that is free, or nowhere."""
    lines = (label.en if language == "en" else label.zh).split("\n")
    width = max(map(em_width, lines)) * WORDS_SIZE + 6
    height = len(lines) * WORDS_SIZE * WORDS_LEADING + 4
    for share in (0.5, 0.42, 0.58, 0.34, 0.66):
        x, y = curve.at(share)
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if any(box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken):
            continue
        taken.append(box)
        yield element("rect", x=box[0], y=box[1], width=width, height=height, rx=3, fill=theme.paper)
        for at, line in enumerate(lines):
            base = box[1] + 2 + (at + 0.8) * WORDS_SIZE * WORDS_LEADING
            yield text_element(line, x, base, size=WORDS_SIZE, fill=theme.soft, anchor="middle")
        return
