"""How alike texts are: by the same words (BM25 over character bigrams) and by words that go together (latent semantic analysis).

Chinese has no spaces, so a text is its pairs of neighbouring characters; Latin words and numbers stay whole. Two ways to word one thing
may share no pair: those that the same experts use lie close in the latent space, which is the singular value decomposition of who uses
what (Deerwester et al. 1990). BM25 is Robertson and Zaragoza's (2009), with their usual ``k1`` and ``b``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places: TypeAlias = npt.NDArray[np.int64]
    Vectors: TypeAlias = npt.NDArray[np.float32]

K1, B = 1.2, 0.75
DIMENSIONS = 100
"""Of the latent space: from 50 to 200 nothing changed by more than a hundredth on the sample city."""

FEWEST = 20
"""Texts below which there is nothing to learn which words go together from."""

_WORD = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]+")


def tokens(text: str) -> list[str]:
    """Character pairs of Chinese (a lone character stays), words of everything else."""
    found: list[str] = []
    for run in _WORD.findall(text.casefold()):
        if run[0] < "\u3400" or len(run) == 1:
            found.append(run)
        else:
            found += [run[place : place + 2] for place in range(len(run) - 1)]
    return found


@dataclass(frozen=True)
class Bm25:
    """Documents in their order, ready to be asked: of each token the places of the documents that have it, and what it adds to each."""

    size: int
    postings: Mapping[str, tuple[Places, Vectors]]

    @classmethod
    def of(cls, documents: Sequence[str]) -> Bm25:
        """From texts."""
        import numpy as np

        counted = [Counter(tokens(text)) for text in documents]
        lengths = [each.total() for each in counted]
        mean = sum(lengths) / max(len(lengths), 1)
        found: dict[str, list[tuple[int, float]]] = {}
        for place, each in enumerate(counted):
            for token, times in each.items():
                found.setdefault(token, []).append((place, times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[place] / mean))))
        postings = {}
        for token, posted in found.items():
            rarity = math.log(1 + (len(documents) - len(posted) + 0.5) / (len(posted) + 0.5))
            places = np.array([place for place, _ in posted], np.int64)
            postings[token] = (places, np.array([rarity * weight for _, weight in posted], np.float32))
        return cls(len(documents), postings)

    def scores(self, query: str) -> Vectors:
        """The score of every document, 0 for one that shares no token with the query."""
        import numpy as np

        found = np.zeros(self.size, np.float32)
        for token in dict.fromkeys(tokens(query)):
            if token in self.postings:
                places, weights = self.postings[token]
                found[places] += weights
        return found


@dataclass(frozen=True)
class Latent:
    """A latent space learnt from who uses which tokens: ``vectors`` holds one row a token of ``places``, weighted by its rarity."""

    places: Mapping[str, int]
    vectors: Vectors
    empty: bool = field(default=False)

    @classmethod
    def of(cls, documents: Iterable[str]) -> Latent:
        """From documents that each hold what goes together (all texts of one expert)."""
        import numpy as np
        from scipy.sparse import csr_matrix
        from scipy.sparse.linalg import svds

        counted = [Counter(tokens(text)) for text in documents]
        places = {token: place for place, token in enumerate(sorted({token for each in counted for token in each}))}
        if len(counted) < FEWEST or len(places) < FEWEST:
            return cls({}, np.zeros((0, 1), np.float32), empty=True)
        rows = [number for number, each in enumerate(counted) for _ in each]
        columns = [places[token] for each in counted for token in each]
        used = np.bincount(columns, minlength=len(places))
        rarity = np.log(len(counted) / used)
        weights = [math.log1p(times) * rarity[places[token]] for each in counted for token, times in each.items()]
        matrix = csr_matrix((weights, (rows, columns)), shape=(len(counted), len(places)))
        size = min(DIMENSIONS, min(matrix.shape) - 1)
        _, strength, directions = svds(matrix.astype(np.float64), k=size, random_state=np.random.default_rng(7))
        return cls(places, (directions.T * strength * rarity[:, None]).astype(np.float32))

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text (or 0, if none of its tokens is known): their product is the cosine."""
        import numpy as np

        found = np.zeros((len(texts), self.vectors.shape[1]), np.float32)
        for row, text in enumerate(texts):
            known = [self.places[token] for token in tokens(text) if token in self.places]
            if known:
                found[row] = self.vectors[known].sum(axis=0)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = (found / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        return unit
