"""What people, studios and results are about, as short texts that each rest on a fact, and how near a question is to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


class Corpus:
    """All short texts of one kind of owner. ``latent`` is learnt once, from all experts' texts."""

    def __init__(self, texts: Iterable[About], latent: Latent) -> None:
        self.texts = tuple(texts)
        self._latent = latent
        self._words = Bm25.of({str(place): each.text for place, each in enumerate(self.texts)})
        self._vectors = latent([each.text for each in self.texts])
        self.owners = sorted({each.owner for each in self.texts})

    def near(self, query: str) -> Mapping[str, Nearness]:
        """Every owner that shares a word or sense with the query. ``words`` are relative to the nearest text of all."""
        import numpy as np

        scores = self._words.scores(query)
        highest = max(scores.values(), default=1.0)
        words: dict[str, tuple[float, int]] = {}
        for place, score in scores.items():
            owner = self.texts[int(place)].owner
            if score / highest > words.get(owner, (0.0, 0))[0]:
                words[owner] = (score / highest, int(place))
        sense: dict[str, tuple[float, int]] = {}
        alike: Numbers = self._vectors @ self._latent([query]).ravel() if not self._latent.empty else self._overlap(query)
        for number in np.flatnonzero(alike > 0).tolist():
            owner = self.texts[number].owner
            value = min(float(alike[number]), 1.0)
            if value > sense.get(owner, (0.0, 0))[0]:
                sense[owner] = (value, number)
        return {owner: self._of(words.get(owner), sense.get(owner)) for owner in words.keys() | sense.keys()}

    def _overlap(self, query: str) -> Numbers:
        """In place of the latent space where there are too few texts to learn one from: the overlap coefficient of the tokens
        (Szymkiewicz–Simpson)."""
        import numpy as np

        asked = set(tokens(query))
        sets = [set(tokens(each.text)) for each in self.texts]
        return np.array([len(asked & each) / max(min(len(asked), len(each)), 1) for each in sets], np.float32)

    def _of(self, words: tuple[float, int] | None, sense: tuple[float, int] | None) -> Nearness:
        return Nearness(
            words[0] if words else 0.0,
            sense[0] if sense else 0.0,
            self.texts[words[1]] if words else None,
            self.texts[sense[1]] if sense else None,
        )


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
