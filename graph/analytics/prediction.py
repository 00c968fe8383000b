"""Which links are missing, by what the two ends have in common.

With N(x) the neighbours of x and d(x) their number, for two nodes a and b that are not linked and share at least one neighbour:

    common neighbours        |N(a) ∩ N(b)|
    Jaccard                  |N(a) ∩ N(b)| / |N(a) ∪ N(b)|
    Adamic–Adar              Σ 1 / ln d(x)   over x in N(a) ∩ N(b)
    resource allocation      Σ 1 / d(x)      over x in N(a) ∩ N(b)
    preferential attachment  d(a) d(b)

D. Liben-Nowell, J. Kleinberg, The link-prediction problem for social networks, 2007; T. Zhou, L. Lü, Y.-C. Zhang, 2009.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from graph.analytics.answer import LinkPredictionAnswer, LinkRow
from graph.analytics.asked import DIGITS, Numbers, check_time, check_work, listed_nodes
from graph.analytics.checks import check_limit, check_seed, problem
from graph.analytics.naming import Names
from graph.analytics.query import LinkMeasure, LinkPredictionQuery
from graph.analytics.scope import Subgraph, distinct, subgraph
from graph.analytics.words import definition, taken
from graph.clock import untimed
from graph.kernels.arrays import Flags, Int64s
from graph.messages import message
from graph.ontology.schema import Label
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import answering
from graph.projection import Projection

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MEASURES: tuple[LinkMeasure, ...] = get_args(LinkMeasure)

WORDS: dict[LinkMeasure, Label] = {
    "common-neighbours": Label("共同邻居数", "the number of neighbours in common"),
    "jaccard": Label("Jaccard：共同邻居占双方全部邻居的比例", "Jaccard: neighbours in common among all neighbours of both"),
    "adamic-adar": Label("Adamic–Adar：共同邻居各计 1 ÷ ln 其邻居数", "Adamic–Adar: 1 ÷ ln(its neighbours) for each neighbour in common"),
    "resource-allocation": Label(
        "资源分配：共同邻居各计 1 ÷ 其邻居数", "resource allocation: 1 ÷ its neighbours for each neighbour in common"
    ),
    "preferential-attachment": Label("偏好依附：双方邻居数之积", "preferential attachment: the product of the numbers of neighbours"),
}

PIECE = 2_000_000
"""Pairs of contacts of contacts that are held at once: some 200 MB."""

STEPS = 10
"""What one of these pairs costs, in adjacency entries looked at."""

SHOWN = 5
"""Common neighbours that are named for each pair."""

FEWEST = 10
"""Hidden links, below which an AUC says nothing."""

COMPARED = 10_000
"""Pairs that are not linked, drawn to be compared with the hidden links."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Candidate pairs (places; ``first`` below ``second`` only where either may be first), their score and common neighbours."""

    first: Int64s
    second: Int64s
    scores: Numbers
    common: Int64s


def run(projection: Projection, query: LinkPredictionQuery, context: AnswerContext) -> LinkPredictionAnswer:
    """See ``graph.analytics.predict_links``."""
    _check(query, context)
    with answering(context):
        part = subgraph(projection, query, context).undirected()
        links = part.linked
        degrees = np.diff(links.indptr).astype(np.int64)
        check_work(STEPS * int((degrees**2).sum()), context, message("Comparing the neighbours of all nodes"))
        sides = [
            listed_nodes(projection, (name,) if name else (), part, parameter)
            for name, parameter in ((query.from_type, "from_type"), (query.to_type, "to_type"))
        ]
        best, total = _best(links, query, context, (sides[0], sides[1]))
        auc, held_out = _hold_out(part, query, context)
    names = Names(projection, context.clearance)
    rows = tuple(_row(rank, best, rank - 1, links, part, names) for rank in range(1, len(best.first) + 1))
    return LinkPredictionAnswer(
        measure=query.measure,
        definition=_meaning(query),
        rows=rows,
        total=total,
        nodes=part.size,
        relationships=len(part.sources),
        links=part.links,
        auc=auc,
        held_out=held_out,
        limit="rows" if total > len(rows) else None,
        as_of=query.as_of,
        data_date=context.data_date,
    )


def scores_of(links: csr_array, measure: LinkMeasure, first: Int64s, second: Int64s) -> Numbers:
    """The measure for chosen pairs, linked or not; ``links`` is symmetric, 0 or 1, without loops."""
    degrees = np.diff(links.indptr).astype(np.float64)
    if measure == "preferential-attachment":
        product: Numbers = degrees[first] * degrees[second]
        return product
    weighted = _weighted(links, measure, degrees)
    found = np.zeros(len(first))
    for begin in range(0, len(first), COMPARED):
        piece = slice(begin, begin + COMPARED)
        found[piece] = np.asarray(weighted[first[piece]].multiply(links[second[piece]]).sum(axis=1)).ravel()
    return _finished(measure, found, degrees[first] + degrees[second])


def _check(query: LinkPredictionQuery, context: AnswerContext) -> None:
    if query.measure not in MEASURES:
        raise problem(
            message("There is no measure '{measure}'.", measure=query.measure),
            message("Measures: {measures}.", measures=tuple(MEASURES)),
            "measure",
        )
    if query.direction != "any":
        raise problem(message("Links are predicted without a direction."), message("Leave direction at 'any'."), "direction")
    if not 0 <= query.hold_out <= 0.5:
        raise problem(
            message("The share to hold out must lie between 0 and 0.5, not {hold_out}.", hold_out=query.hold_out),
            message("0.1 is usual."),
            "hold_out",
        )
    check_limit(query.limit, context)
    check_seed(query.seed)


def _weighted(links: csr_array, measure: LinkMeasure, degrees: Numbers) -> csr_array:
    """The links with the columns weighted, so that a product with ``links`` adds up what the measure gives each common neighbour."""
    with untimed():
        from scipy.sparse import csr_array

    if measure == "adamic-adar":
        weights = np.divide(1.0, np.log(np.maximum(degrees, 2.0)))
    elif measure == "resource-allocation":
        weights = 1.0 / np.maximum(degrees, 1.0)
    else:
        weights = np.ones(len(degrees))
    return csr_array((weights[links.indices], links.indices, links.indptr), shape=links.shape)


def _finished(measure: LinkMeasure, sums: Numbers, degrees: Numbers) -> Numbers:
    """From sums over common neighbours to the measure; ``degrees`` are both ends' added up."""
    if measure != "jaccard":
        return sums
    shares: Numbers = np.divide(sums, degrees - sums, out=np.zeros_like(sums), where=sums > 0)
    return shares


def _best(links: csr_array, query: LinkPredictionQuery, context: AnswerContext, sides: tuple[Flags, Flags]) -> tuple[Pairs, int]:
    """The best pairs in order, and how many candidates there are. Row by row of a sparse product, keeping the best of each stretch."""
    kept: list[Pairs] = []
    total = 0
    for begin, end in _stretches(links):
        check_time(context)
        found = _candidates(links, (begin, end), query.measure, sides)
        total += len(found.first)
        kept.append(_top(found, query.limit))
    merged = Pairs(*(np.concatenate([getattr(each, name) for each in kept]) for name in ("first", "second", "scores", "common")))
    return _top(merged, query.limit), total


def _candidates(links: csr_array, stretch: tuple[int, int], measure: LinkMeasure, sides: tuple[Flags, Flags]) -> Pairs:
    """Pairs whose first node is in the stretch, that share a neighbour and are not linked; one that could stand either way round only with
    the lesser place first."""
    begin, end = stretch
    rows = links[begin:end]
    shared = rows @ links
    common = (shared - shared.multiply(rows)).tocoo()
    first, second = common.row.astype(np.int64) + begin, common.col.astype(np.int64)
    one_side, other_side = sides
    fits = one_side[first] & other_side[second] & (first != second) & (common.data > 0)
    either = one_side[second] & other_side[first]
    fits &= (first < second) | ~either
    first, second, counts = first[fits], second[fits], common.data[fits]
    scores = counts if measure == "common-neighbours" else scores_of(links, measure, first, second)
    return Pairs(first, second, scores, counts.astype(np.int64))


def _stretches(links: csr_array) -> Iterator[tuple[int, int]]:
    """Stretches of rows whose contacts of contacts fit in memory, or of one row."""
    degrees = np.diff(links.indptr).astype(np.int64)
    steps = np.cumsum(links.astype(np.int64) @ degrees)
    ends = [*(np.flatnonzero(np.diff(steps // PIECE)) + 1).tolist(), links.shape[0]]
    yield from zip([0, *ends[:-1]], ends, strict=True)


def _top(pairs: Pairs, limit: int) -> Pairs:
    order = np.lexsort((pairs.second, pairs.first, -np.round(pairs.scores, DIGITS)))[:limit]
    return Pairs(pairs.first[order], pairs.second[order], pairs.scores[order], pairs.common[order])


def _hold_out(part: Subgraph, query: LinkPredictionQuery, context: AnswerContext) -> tuple[dict[LinkMeasure, float], int]:
    """For each measure, how well it would have foretold links that are hidden from it."""
    with untimed():
        from scipy.sparse import csr_array

    links = part.linked
    rows, columns = (each.astype(np.int64) for each in links.nonzero())
    one, other = rows[rows < columns], columns[rows < columns]
    count = int(len(one) * query.hold_out)
    if count < FEWEST:
        return {}, 0
    random = np.random.default_rng(query.seed)
    hidden = random.permutation(len(one))[:count]
    left = np.ones(len(one), np.bool_)
    left[hidden] = False
    ends = np.concatenate((one[left], other[left])), np.concatenate((other[left], one[left]))
    known = csr_array((np.ones(2 * int(left.sum())), ends), shape=links.shape)
    hidden = hidden[:COMPARED]
    strangers = _strangers(links, random)
    if not len(strangers[0]):
        return {}, 0
    auc: dict[LinkMeasure, float] = {}
    for measure in MEASURES:
        check_time(context)
        auc[measure] = area(scores_of(known, measure, one[hidden], other[hidden]), scores_of(known, measure, *strangers))
    return auc, len(hidden)


def _strangers(links: csr_array, random: np.random.Generator) -> tuple[Int64s, Int64s]:
    """Different pairs that are not linked, drawn at random, up to ``COMPARED``."""
    size = links.shape[0]
    one, other = (random.integers(0, size, 2 * COMPARED) for _ in range(2))
    keys = distinct(np.minimum(one, other)[one != other] * size + np.maximum(one, other)[one != other])
    keys = random.permutation(keys)
    one, other = keys // size, keys % size
    apart = np.flatnonzero(np.asarray(links[one, other]).ravel() == 0)[:COMPARED]
    return one[apart], other[apart]


def area(hits: Numbers, misses: Numbers) -> float:
    """The probability that a hit scores above a miss, half if equal: the area under the ROC curve (H. Mann, D. Whitney, 1947)."""
    ordered = np.sort(np.round(misses, DIGITS))
    scores = np.round(hits, DIGITS)
    below, upto = (np.searchsorted(ordered, scores, side) for side in ("left", "right"))
    return float((below + upto).sum() / (2 * len(hits) * len(misses)))


def _row(rank: int, best: Pairs, place: int, links: csr_array, part: Subgraph, names: Names) -> LinkRow:
    one, other = int(best.first[place]), int(best.second[place])
    shared = np.intersect1d(_neighbours(links, one), _neighbours(links, other))
    return LinkRow(
        rank=rank,
        source=names.of(int(part.nodes[one])),
        target=names.of(int(part.nodes[other])),
        score=float(best.scores[place]),
        common=int(best.common[place]),
        through=names.all(part.nodes[shared[:SHOWN]]),
    )


def _neighbours(links: csr_array, place: int) -> Int64s:
    found: Int64s = links.indices[links.indptr[place] : links.indptr[place + 1]].astype(np.int64)
    return found


def _meaning(query: LinkPredictionQuery) -> Label:
    words = WORDS[query.measure]
    return definition(
        f"可能的联系：尚未直接相连、至少有一个共同邻居的节点对，按{words.zh}。留出 {query.hold_out:.0%} 的联系（种子 {query.seed}）检验；",
        f"Links to expect: pairs that are not linked and share a neighbour, by {words.en}. Tried on {query.hold_out:.0%} of the "
        f"links, hidden "
        f"(seed {query.seed}).",
        taken("any", parallel=False),
    )
