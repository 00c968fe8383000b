"""Finding nodes by what people type.

``exact`` answers ids, identifiers and whole names from a dictionary and imports nothing heavy; ``index`` answers everything else
(parts of names, pinyin, initials, codes, typos) from a tantivy index. Both are read models: built from nodes at a revision, immutable.
"""

from graph.search.exact import CALLED, ExactNames, Hit

__all__ = ["CALLED", "ExactNames", "Hit"]
