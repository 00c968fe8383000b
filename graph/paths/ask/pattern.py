"""The language of typed patterns: a whole shape of paths in one line, from start to end.

    University < SECONDED_FROM < Person > ACCEPTED > Need < POSTED < Enterprise

Nodes and hops take turns. A *node* is a type, by name or label in either language, with its subtypes; ``A|B`` is either; ``any`` (``_``,
``任意``) is whatever a path may pass. A *hop* is a relationship type (or several with ``|``, or none for any) between two arrows that
say which way the relationship points: ``> R >`` along the path, ``< R <`` against it, ``- R -`` either. ``>>``, ``<<`` and ``--`` are hops
of any relationship, and ``-R->``, ``<-R-`` are read as in Cypher. A hop may be repeated: ``R*2`` twice, ``R*1..3`` one to three
times, ``R*..3``, ``R*2..``, ``R*`` (once or more); the nodes in between are whatever a path may pass. Arrows may be full-width.
This module reads the text; ``graph.paths.ask.automaton`` makes of it what kernels follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from graph.errors import NotFound, QueryProblem
from graph.messages import NOTHING, Message, message
from graph.ontology.schema import Ontology
from graph.paths.ask.query import Direction

FULL_WIDTH: Final = str.maketrans("＜＞－｜＊＿←→", "<>-|*_<>")
"""What an input method may put for the signs; each one character for one, so that positions stay."""

ANYTHING: Final = frozenset({"_", "any", "任意"})

MOST_TIMES: Final = 20
"""How often a hop may be repeated at most; no path may be that long."""

LONGEST: Final = 2_000
"""Characters of a pattern; far more than any path within the hop limit needs."""

_TOKENS: Final = re.compile(
    r"""(?P<arrow> (?: [<>] | (?<!\w)- | -(?!\w) )+ )
      | (?P<times> \*\s*(?:(?P<least>\d+)\s*)?(?P<span>\.\.\s*(?P<most>\d+)?)? )
      | (?P<bar> \| )
      | (?P<word> (?: [^<>|*\s-] | (?<=\w)-(?=\w) | [ \t]+(?=[^<>|*\s-]) )+ )
      | (?P<blank> \s+ )
      | (?P<other> . )""",
    re.VERBOSE,
)
_PAIRS: Final[dict[tuple[str, str], Direction]] = {
    (">", ">"): "forward", ("-", "->"): "forward", ("->", "->"): "forward", ("-", ">"): "forward",
    ("<", "<"): "backward", ("<-", "-"): "backward", ("<-", "<-"): "backward", ("<", "-"): "backward",
    ("-", "-"): "any",
}  # fmt: skip
_ALONE: Final[dict[str, Direction]] = {">>": "forward", "-->": "forward", "<<": "backward", "<--": "backward", "--": "any"}


@dataclass(frozen=True, slots=True)
class NodeStep:
    """A node of the pattern: the types named for it (none = any) as typed, and where (the first character is 1)."""

    types: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class HopStep:
    """A hop: the relationship types named (none = any), which way they point as the path goes, and how often; ``most`` ``None`` is without
    end."""

    types: tuple[str, ...]
    direction: Direction
    least: int
    most: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern as read, names looked up: one node more than hops."""

    nodes: tuple[NodeStep, ...]
    hops: tuple[HopStep, ...]

    @property
    def least_hops(self) -> int:
        return sum(hop.least for hop in self.hops)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int
    least: int = 1
    most: int | None = 1


def read_pattern(text: str, ontology: Ontology) -> Shape:
    """Raises ``QueryProblem`` for a text that is no pattern, ``NotFound`` for a type that nobody knows; both say at which character."""
    if len(text) > LONGEST:
        raise problem(
            message("it has {count:,} characters", count=len(text)),
            LONGEST,
            message("A pattern has at most {longest:,} characters.", longest=LONGEST),
        )
    reader = _Reader(_tokens(text), len(text.rstrip()) + 1, ontology)
    nodes, hops = [reader.node()], []
    while not reader.at_end:
        hops.append(reader.hop())
        nodes.append(reader.node())
    if not hops:
        raise problem(
            message("a hop is missing"), reader.position, message("Write at least two nodes and what joins them: University -- Enterprise.")
        )
    return Shape(tuple(nodes), tuple(hops))


def problem(what: Message, position: int, hint: Message) -> QueryProblem:
    """An error in a pattern, at this character."""
    return QueryProblem(
        message("In the pattern, at character {position}: {what}.", position=position, what=what), hint=hint, where=_where(position)
    )


def _where(position: int) -> dict[str, str | int]:
    return {"parameter": "pattern", "position": position}


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKENS.finditer(text.translate(FULL_WIDTH)):
        kind, position = str(match.lastgroup), match.start() + 1
        if match["blank"]:
            continue
        if match["times"]:
            found.append(_times(match, position))
        elif match["other"]:
            raise problem(
                message("'{text}' means nothing here", text=match.group()),
                position,
                message("See docs/paths.md for how patterns are written."),
            )
        else:
            kind = next(name for name in ("arrow", "bar", "word") if match[name])
            lead = len(match.group()) - len(match.group().lstrip())
            found.append(_Token(kind, match.group().strip(), position + lead))
    return found


def _times(match: re.Match[str], position: int) -> _Token:
    """``*`` once or more, ``*3`` three times, ``*2..`` twice or more, ``*..3`` up to three times."""
    least = int(match["least"]) if match["least"] else 1
    exact = match["least"] is not None and match["span"] is None
    most = least if exact else int(match["most"]) if match["most"] else None
    if least < 1 or (most is not None and most < least):
        raise problem(
            message("'{text}' is not a valid number of times", text=match.group()),
            position,
            message("Write *3, *1..3, *2.. or *: the smaller number first, and at least once."),
        )
    if max(least, most or 0) > MOST_TIMES:
        raise problem(
            message("'{text}' is too many times", text=match.group()),
            position,
            message("A hop may be repeated at most {most_times} times.", most_times=MOST_TIMES),
        )
    return _Token("times", match.group(), position, least, most)


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, tokens: list[_Token], end: int, ontology: Ontology) -> None:
        self._tokens = tokens
        self._next = 0
        self._end = end
        self._ontology = ontology

    @property
    def at_end(self) -> bool:
        return self._next == len(self._tokens)

    @property
    def position(self) -> int:
        return self._end if self.at_end else self._tokens[self._next].position

    def node(self) -> NodeStep:
        position = self.position
        names = self._names(message("a node type"), message("Nodes and hops alternate: University < SECONDED_FROM < Person."))
        return NodeStep(tuple(name for name in names if name), position)

    def hop(self) -> HopStep:
        position = self.position
        opening = self._take("arrow")
        if opening is None:
            met = self._tokens[self._next]
            raise problem(
                message("an arrow should stand before '{text}'", text=met.text),
                position,
                message("Arrows: > R >, < R <, - R - (with spaces around -)."),
            )
        if opening.text in _ALONE:
            return HopStep((), _ALONE[opening.text], 1, 1, position)
        names: list[str] = []
        if self._peek() == "word":
            names = self._names(message("a relationship type"), NOTHING, relationship=True)
        times = self._take("times")
        closing = self._take("arrow")
        if closing is None:
            raise problem(
                message("the arrow that closes the hop begun with '{text}' is missing", text=opening.text),
                self.position,
                message("Write it on both sides: {text} TYPE {text}.", text=opening.text),
            )
        direction = _PAIRS.get((opening.text, closing.text))
        if direction is None:
            raise problem(
                message(
                    "'{text} … {closing_text}' does not say which way the relationship points", text=opening.text, closing_text=closing.text
                ),
                position,
                message("Arrows: > R >, < R <, - R -."),
            )
        chosen = () if not all(names) else tuple(names)
        return HopStep(chosen, direction, times.least if times else 1, times.most if times else 1, position)

    def _names(self, what: Message, hint: Message, *, relationship: bool = False) -> list[str]:
        """Names joined by bars, looked up; "" stands for anything."""
        names: list[str] = []
        while True:
            word = self._take("word")
            if word is None:
                met = message("the end") if self.at_end else f"'{self._tokens[self._next].text}'"
                raise problem(
                    message("{what} should stand here, not {met}", what=what, met=met),
                    self.position,
                    hint or message("Name one, or leave the hop empty: >>."),
                )
            names.append(self._looked_up(word, relationship=relationship))
            if self._take("bar") is None:
                return names if all(names) else [""]

    def _looked_up(self, word: _Token, *, relationship: bool) -> str:
        if word.text.casefold() in ANYTHING:
            return ""
        ontology = self._ontology
        try:
            return (ontology.relationship_type(word.text) if relationship else ontology.node_type(word.text)).name
        except NotFound as unknown:
            detail = message("In the pattern, at character {position}: {what}", position=word.position, what=unknown.detail)
            raise NotFound(detail, hint=unknown.hint, where=_where(word.position)) from None

    def _peek(self) -> str:
        return "" if self.at_end else self._tokens[self._next].kind

    def _take(self, kind: str) -> _Token | None:
        if self._peek() != kind:
            return None
        self._next += 1
        return self._tokens[self._next - 1]
