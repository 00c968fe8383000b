"""Which ids mean the same thing.

``clusters`` derives from the claims which ids stand for one thing, ``judgements`` says what people judged and what contradicts it;
``names``, ``portrait``, ``comparison`` and ``candidates`` find pairs worth judging and say why, ``quality`` measures them against labels.
"""

from graph.identity.clusters import NO_CLUSTERS, Clusters, derive_clusters, scheme_ranks

__all__ = ["NO_CLUSTERS", "Clusters", "derive_clusters", "scheme_ranks"]
