"""What is said of a cell that gives no value, in both languages."""

from __future__ import annotations

from graph.errors import ValueProblem
from graph.messages import message, together
from graph.ontology.schema import PropertyType
from graph.values.dates import SAY_ORDER
from ingest.outcome import Bilingual, both

NO_NAME = Bilingual("占位文字，不是名称或编号", "a placeholder: it names nobody and nothing")
HINT_NO_NAME = Bilingual("补上真实的名称或编号后再导入。", "Fill in the name or number and load again.")

TWO_DATES = Bilingual("日、月的先后不明", "which number is the day and which the month is not told by the column")


def explain(problem: ValueProblem, kind: PropertyType, personal: bool) -> tuple[Bilingual, Bilingual]:
    """Reason and hint for the report. A personal value's own message may quote it, so only the kind of value is named."""
    if problem.hint == SAY_ORDER:
        return TWO_DATES, both(problem.hint)
    reason = Bilingual(f"不合“{kind.label.zh}”的规则", f"does not fit '{kind.label.en}' ({kind.value})")
    if personal:
        return reason, Bilingual("请核对原表该格", "Check that cell in the file.")
    return reason, both(together(message("{detail}.", detail=problem.detail), problem.hint))
