"""A view as one still sheet: an SVG with title, answer, legend, drawing and footer, which needs no browser and no script.

What is sent around in messages and put into documents. All words are text, in fonts that the reader's machine has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.ontology.schema import Label
from visualize import words
from visualize.cards import em_width
from visualize.families import LIGHT, Family, Theme
from visualize.layout import Layout, lay_out
from visualize.sheet_cards import draw_card, glyph
from visualize.sheet_lines import draw_lines
from visualize.svg import element, number, text_element
from visualize.view import View
from visualize.wrapping import wrap

FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "SimHei")
"""Sans-serif fonts with Chinese letters, the first that is there is used."""

MARGIN = 32.0
LEAST_WIDTH = 760.0
TITLE, ANSWER, SMALL = 24, 16, 13
_SPACE = 22.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """An SVG and its size in pixels."""

    svg: str
    width: float
    height: float


def draw_sheet(view: View, language: str = "zh", theme: Theme = LIGHT, layout: Layout | None = None) -> Sheet:
    """The sheet in one language. ``layout`` is the view's own, for whoever has it already."""
    placed = layout or lay_out(view)
    left, top, right, bottom = placed.bounds()
    width = max(LEAST_WIDTH, right - left + 2 * MARGIN)
    pen = _Pen(view, language, theme, width - 2 * MARGIN)
    head = [*pen.words(), *pen.legend()]
    begin = pen.y + _SPACE
    shift = (width - (right - left)) / 2 - left, begin - top
    drawing = [*draw_lines(placed, language, theme), *_headings(placed, language, theme)]
    drawing += [draw_card(placed.cards[key], placed.places[key], language, theme, placed.font) for key in placed.shown()]
    pen.y = begin + bottom - top + _SPACE
    foot = list(pen.footer())
    height = pen.y + MARGIN / 2
    body = "".join([*head, element("g", "".join(drawing), transform=f"translate({number(shift[0])} {number(shift[1])})"), *foot])
    ground = element("rect", width=width, height=height, fill=theme.paper)
    svg = element(
        "svg",
        ground + body,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family=", ".join([*(f"'{name}'" for name in FONTS), "sans-serif"]),
    )
    return Sheet(svg, width, height)


def standing_alone(sheet: Sheet) -> str:
    """The sheet as a file of its own."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + sheet.svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) + "\n"


@dataclass(slots=True)
class _Pen:
    """Writes from top to bottom; ``y`` is the lowest line so far."""

    view: View
    language: str
    theme: Theme
    room: float
    y: float = MARGIN

    def say(self, label: Label) -> str:
        return label.en if self.language == "en" else label.zh

    def words(self) -> Iterator[str]:
        """Title, answer, what is shown and which dates count."""
        question = self.view.question
        yield from self._lines(self.say(question.asked), TITLE, self.theme.ink, weight=600)
        if self.say(question.answer):
            yield from self._lines(self.say(question.answer), ANSWER, self.theme.ink)
        yield from self._lines(f"{self.say(words.shown(self.view))} · {self.say(words.time_of(self.view))}", SMALL, self.theme.soft)

    def legend(self) -> Iterator[str]:
        """Each type with its shape and count, then what the lines mean."""
        x, self.y = MARGIN, self.y + 28
        for family, text in self._entries():
            width = 22 + em_width(text) * SMALL + 18
            if x + width > MARGIN + self.room and x > MARGIN:
                x, self.y = MARGIN, self.y + 22
            yield glyph(family, x + 7, self.y - 4.5, 6, self.theme) if family else self._stroke(text, x)
            yield text_element(text, x + 20, self.y, size=SMALL, fill=self.theme.ink)
            x += width

    def footer(self) -> Iterator[str]:
        audience = self.view.audience
        yield element("line", x1=MARGIN, x2=MARGIN + self.room, y1=self.y, y2=self.y, stroke=self.theme.rule)
        yield from self._lines(self.say(words.FOOTERS[audience]), SMALL, self.theme.soft)

    def _entries(self) -> Iterator[tuple[Family | None, str]]:
        for each in self.view.types:
            yield each.family, self.say(words.type_count(each))
        for label in words.line_meanings(self.view):
            yield None, self.say(label)
        for label in dict.fromkeys(node.ring for node in self.view.nodes if node.ring.zh):
            yield None, self.say(label)

    def _stroke(self, text: str, x: float) -> str:
        """What a line or a ring looks like, before its words."""
        ended, bold, tie = (text == self.say(label) for label in (words.ENDED, words.BOLD, words.TIE))
        if not (ended or bold or tie):
            ring = {"x": x, "y": self.y - 10, "width": 15, "height": 11, "rx": 3}
            return element("rect", **ring, fill="none", stroke=self.theme.strong, stroke_width=2.5)
        return element(
            "line",
            x1=x,
            x2=x + 15,
            y1=self.y - 4.5,
            y2=self.y - 4.5,
            stroke=self.theme.strong if bold else self.theme.tie,
            stroke_width=3 if bold else 1.6,
            stroke_dasharray="4 3" if ended else "none",
        )

    def _lines(self, text: str, size: int, fill: str, weight: int = 400) -> Iterator[str]:
        """The text on as many lines as it needs, at most four."""
        for line in wrap(text, int(self.room / size / 0.52), 4).split("\n"):
            self.y += size * 1.4
            yield text_element(line, MARGIN, self.y, size=size, fill=fill, weight=weight)


def _headings(layout: Layout, language: str, theme: Theme) -> Sequence[str]:
    return [
        text_element(
            each.text.en if language == "en" else each.text.zh,
            each.x,
            each.y + 4,
            size=layout.font,
            fill=theme.soft,
            weight=600,
            anchor="middle",
        )
        for each in layout.headings
    ]
