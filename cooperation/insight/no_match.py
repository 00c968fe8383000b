"""Why no match: the conditions that block a need, candidate by candidate, and the least that would lift the block."""

from __future__ import annotations

from cooperation.matching.ranking import EXPERTS, KINDS
from cooperation.parameters import node, text
from cooperation.questions.lacking import requires
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids
from graph.ontology.schema import Label


def why_no_match(asked: QuestionContext) -> list[Line]:
    """The nearest candidates with what each fails; first the smallest change, if nobody fits."""
    need, kind = asked.given.text("need"), asked.given.text("kind") or EXPERTS
    ranking = asked.matcher().for_need(need, asked.day, kind, asked.limit)
    lines = []
    if ranking.change is not None:
        change = ranking.change
        lines.append(
            Line((Ref(change.example), "、".join(change.conditions), len(change.conditions), change.fitting), ids(need, change.example))
        )
    for fit in sorted(ranking.near, key=lambda each: (len(each.fails), -each.score, each.id)):
        facts = ids(need, fit.id, *(fact for each in fit.reasons for fact in each.facts))
        lines.append(Line((Ref(fit.id), "、".join(fit.fails), len(fit.fails), None), facts))
    return lines


QUESTION = Question(
    0,
    "why-no-match",
    Label("为何无人匹配", "Why nobody fits"),
    Label(
        "逐个候选人未满足的条件；无人符合时首行是最小的改变及放宽后符合的人数",
        "What each of the nearest fails; where nobody fits the first line is the smallest change and how many would then fit",
    ),
    (node("need", "需求", "need", "Need"), text("kind", "对象", "kind of candidates", *KINDS)),
    (
        column("candidate", "候选", "candidate"),
        column("fails", "未满足", "fails"),
        column("conditions", "条件数", "conditions", number=True),
        column("would_fit", "放宽后符合", "would fit", number=True),
    ),
    why_no_match,
    needs=(requires("HAS_TERM", "Studio", "Achievement"),),
    clearance=1,
)
