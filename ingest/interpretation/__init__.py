"""Table interpretation: from a table that no mapping knows to a proposal of one, with reasons, doubts and questions.

``interpret(read_tables(path), ontology)`` gives an ``Interpretation``; ``mapping()`` of it is the text of a mapping file.
"""

from ingest.interpretation.interpret import interpret
from ingest.interpretation.proposal import Answers, ColumnProposal, Doubt, Interpretation, Option, TableProposal
from ingest.interpretation.tables import Table, read_tables

__all__ = ["Answers", "ColumnProposal", "Doubt", "Interpretation", "Option", "Table", "TableProposal", "interpret", "read_tables"]
