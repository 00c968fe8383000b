"""What a heading calls its column: concepts of ``headings.yaml``, which of them is the head, and what qualifies it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from graph.values.normal import close_han_gaps

SHORT_YET_COMMON = frozenset({"id", "no", "nr", "pi", "az", "n°"})
"""Short words that count within a heading; others of one or two letters do only where they are all of it."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[\u3040-\u9fff])(?=(?:ID|Id|id)$)")
_SECOND = re.compile(r"\b(?:2nd|second\w*|segund\w*|deuxième|zweit\w*|co-?(?=[a-zé])|2)|副|第二|２")
_BRACKETS = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]*)[)\]}）】]")
_AND_POST = re.compile(
    r"(?<=\S)\s?(?:以及|及其|及|和|与|、|/|&|\band\b|\bund\b|\bet\b)\s?(?:职务|职位|职称|岗位|部门|职衔|联系方式|电话|手机|联系电话|役職|職名|"
    r"post|position|title|role|job title|phone|telephone|email|funktion|fonction)$"
)
"""What a column of people or units holds besides: it is read from its cells, whatever else the heading says."""
_HEAD_FIRST = re.compile(
    r"\s(?:of|for|on|in|at|du|des|de|del|della|dell'|di|do|da|für|für den|von|der|d'|à|per|para)\s|d'|l'", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that headings name: ``kind`` is person, organisation, object, date or attribute."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, read. ``heads``: what it may call its column (several where one word means several things: ``from``); ``qualifiers``: what
    else it names, in order; ``inner``: what stands in brackets (``万元``); ``ordinal``: ``2`` for a second one; ``rest``: it
    has more than words that are known."""

    text: str
    heads: tuple[Concept, ...] = ()
    qualifiers: tuple[Concept, ...] = ()
    inner: str = ""
    ordinal: str = ""
    rest: bool = False

    def means(self, *names: str) -> bool:
        """Whether one of these concepts may be its head."""
        return any(each.name in names for each in self.heads)

    def mentions(self, *names: str) -> bool:
        """Whether one of these concepts qualifies it."""
        return any(each.name in names for each in self.qualifiers)

    def of_kind(self, kind: str) -> Concept | None:
        """The head of this kind, if it has one."""
        return next((each for each in self.heads if each.kind == kind), None)


NO_HEADING = Heading("")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words → concepts. ``anywhere`` finds the words that count within a heading, the longest first."""

    words: Mapping[str, tuple[Concept, ...]]
    anywhere: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The concepts of ``headings.yaml``."""
    text = files("ingest").joinpath("interpretation", "headings.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # all of it is text: ``no`` is a word for numbers here
    words: dict[str, list[Concept]] = defaultdict(list)
    for kind, concepts in data.items():
        for name, listed in concepts.items():
            for word in listed:
                words[_plain(str(word))].append(Concept(name, kind))
    within = sorted((word for word in words if not _only_whole(word)), key=len, reverse=True)
    pattern = "|".join(re.escape(word) if _is_han(word) else rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" for word in within)
    return Lexicon({word: tuple(found) for word, found in words.items()}, re.compile(pattern))


def _plain(text: str) -> str:
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text)).replace("_", " ").casefold().replace("’", "'")
    return close_han_gaps(re.sub(r"\s+", " ", text)).strip(" .:：*")


def _is_han(word: str) -> bool:
    return re.search(r"[\u3040-\u9fff\uac00-\ud7a3]", word) is not None


def _only_whole(word: str) -> bool:
    return len(word) == 1 or (len(word) == 2 and not _is_han(word) and word not in SHORT_YET_COMMON)


@cache
def read_heading(text: str) -> Heading:
    """A heading's concepts; of a nested one (``创业导师.姓名``) the last part, qualified by those before."""
    text = re.sub(r"#\d+$", "", text)
    path = [part for part in re.split(r"(?<=\w)\.(?=[^\W\d])|\.\d+\.|\s?[>›]\s?", unicodedata.normalize("NFKC", text)) if part.strip()]
    if len(path) > 1:
        outer = [concept for part in path[:-1] for concept in _all(read_heading(part))]
        last = read_heading(path[-1])
        return Heading(text, last.heads, (*outer, *last.qualifiers), last.inner, last.ordinal)
    inner = " ".join(_BRACKETS.findall(unicodedata.normalize("NFKC", text))).strip()
    whole, main = _plain(text), _AND_POST.sub("", _plain(_BRACKETS.sub(" ", unicodedata.normalize("NFKC", text))))
    known = lexicon().words
    ordinal = "2" if _SECOND.search(main) else ""
    for form in (whole, main):
        if form in known:
            return Heading(text, known[form], _concepts(_plain(inner)), inner, ordinal)
    found = list(lexicon().anywhere.finditer(main))
    if not found:
        return Heading(text, _concepts(_plain(inner)), (), inner, ordinal)
    spans = [known[match.group()] for match in found]
    first = len(found) > 1 and _HEAD_FIRST.search(main[found[0].end() - 1 : found[-1].start() + 2]) is not None
    head = spans[0] if first else spans[-1]
    others = spans[1:] if first else spans[:-1]
    qualifiers = (*(each for span in others for each in span), *_concepts(_plain(inner)))
    rest = sum(len(match.group()) for match in found) < len(main.replace(" ", "")) * 0.7
    return Heading(text, head, qualifiers, inner, ordinal, rest)


def _concepts(plain: str) -> tuple[Concept, ...]:
    known = lexicon().words
    if plain in known:
        return known[plain]
    return tuple(each for match in lexicon().anywhere.finditer(plain) for each in known[match.group()])


@cache
def _words_of(concept: str) -> tuple[str, ...]:
    return tuple(word for word, found in lexicon().words.items() if any(each.name == concept for each in found) and not _only_whole(word))


def mentions(text: str, concept: str) -> bool:
    """Whether a heading has a word of a concept anywhere in it, even within a longer word (``Host company``)."""
    plain = _plain(text)
    return any(word in plain for word in _words_of(concept))


def _all(heading: Heading) -> tuple[Concept, ...]:
    return (*heading.heads, *heading.qualifiers)
