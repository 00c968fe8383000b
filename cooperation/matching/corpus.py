"""What people, studios and results are about, as short texts that each rest on a fact, and how near a question is to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cooperation.matching.texts import Bm25, Latent, tokens
from cooperation.world import World, text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class About:
    """A short text of ``owner``; ``facts`` are the ids it is known by (a relationship, a node)."""

    owner: str
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near an owner is to what was asked: by the same ``words`` and in ``sense``, each 0–1, and the texts that come nearest."""

    words: float
    sense: float
    words_text: About | None
    sense_text: About | None


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near every owner is, in the order of ``Corpus.owners``: ``words`` and ``sense`` 0–1 of the nearest text of each."""

    corpus: Corpus
    words: Numbers
    sense: Numbers
    words_of_texts: Numbers
    sense_of_texts: Numbers

    def of(self, owner: str) -> Nearness | None:
        """How near one owner is, with the texts that come nearest; ``None`` for one of whom nothing is known, or that shares nothing."""
        place = self.corpus.places.get(owner)
        if place is None or (self.words[place] <= 0 and self.sense[place] <= 0):
            return None
        first, last = self.corpus.span(place)
        by_words = self.corpus.texts[first + int(self.words_of_texts[first:last].argmax())]
        by_sense = self.corpus.texts[first + int(self.sense_of_texts[first:last].argmax())]
        words, sense = float(self.words[place]), float(self.sense[place])
        return Nearness(words, sense, by_words if words > 0 else None, by_sense if sense > 0 else None)


class Corpus:
    """All short texts of one kind of owner, those of one together. ``latent`` is learnt once, from all experts' texts."""

    def __init__(self, texts: Iterable[About], latent: Latent) -> None:
        import numpy as np

        self.texts = tuple(sorted(texts, key=lambda each: each.owner))
        self.owners = sorted({each.owner for each in self.texts})
        self.places = {owner: place for place, owner in enumerate(self.owners)}
        numbers = np.array([self.places[each.owner] for each in self.texts], np.int64)
        self._starts = np.searchsorted(numbers, np.arange(len(self.owners)))
        self._latent = latent
        self._words = Bm25.of([each.text for each in self.texts])
        self._vectors = latent([each.text for each in self.texts])

    def span(self, place: int) -> tuple[int, int]:
        """Where the texts of an owner begin and end."""
        last = int(self._starts[place + 1]) if place + 1 < len(self.owners) else len(self.texts)
        return int(self._starts[place]), last

    def near(self, query: str) -> Nearest:
        """How near everybody is to a text. ``words`` are relative to the nearest text of all."""
        import numpy as np

        if not self.texts:
            nothing = np.zeros(0, np.float32)
            return Nearest(self, nothing, nothing, nothing, nothing)
        words = self._words.scores(query)
        words /= max(float(words.max()), 1e-9)
        sense = self._overlap(query) if self._latent.empty else self._vectors @ self._latent([query]).ravel()
        sense = np.clip(sense, 0.0, 1.0).astype(np.float32)
        return Nearest(self, np.maximum.reduceat(words, self._starts), np.maximum.reduceat(sense, self._starts), words, sense)

    def _overlap(self, query: str) -> Numbers:
        """In place of the latent space where there are too few texts to learn one from: the overlap coefficient of the tokens
        (Szymkiewicz–Simpson)."""
        import numpy as np

        asked = set(tokens(query))
        sets = [set(tokens(each.text)) for each in self.texts]
        return np.array([len(asked & each) / max(min(len(asked), len(each)), 1) for each in sets], np.float32)


def texts_of_experts(world: World) -> list[About]:
    """Of everybody who is an expert in something, made something or is seconded: their fields and what they made."""
    found = []
    for type in ("EXPERT_IN", "CREATED"):
        for link in sorted(world.links(type), key=lambda each: each.id):
            if words := text(world.node(link.target), "name"):
                found.append(About(link.source, words, (link.id,)))
    return found


def texts_of_studios(world: World) -> list[About]:
    """What studios produced and what projects they run."""
    found = [
        About(link.source, text(world.node(link.target), "name"), (link.id,))
        for link in sorted(world.links("PRODUCED"), key=lambda each: each.id)
        if world.is_a(world.node(link.source), "Studio")
    ]
    for link in sorted(world.links("RUN_BY"), key=lambda each: each.id):
        if world.is_a(world.node(link.target), "Studio"):
            found.append(About(link.target, text(world.node(link.source), "name"), (link.id,)))
    return found


def texts_of_achievements(world: World) -> list[About]:
    """The names of results."""
    return [About(node.id, node.caption, (node.id,)) for node in world.nodes("Achievement")]


def texts_of_needs(world: World) -> list[About]:
    """What needs say."""
    return [About(node.id, text_of_need(world, node.id), (node.id,)) for node in world.nodes("Need")]


def text_of_need(world: World, need: str) -> str:
    """A need's name, detail and must-haves."""
    node = world.node(need)
    musts = node.properties.get("mustHaves", ()) if node is not None else ()
    return "\n".join((text(node, "name"), text(node, "detail"), *(musts if isinstance(musts, tuple) else ())))


def latent_of(texts: Iterable[About]) -> Latent:
    """The latent space of who uses which words."""
    joined: dict[str, list[str]] = {}
    for each in texts:
        joined.setdefault(each.owner, []).append(each.text)
    return Latent.of("\n".join(joined[owner]) for owner in sorted(joined))
