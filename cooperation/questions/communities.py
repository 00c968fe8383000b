"""Who stands between the communities of the city: question 4."""

from __future__ import annotations

from dataclasses import replace

from cooperation.questions.lacking import TIES
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids
from graph.analytics.answer import GroupRow, NodeRow
from graph.analytics.query import AnalysisQuery
from graph.ontology.schema import Label

SIDES = ("Person", "Enterprise", "University", "Studio", "Need")
ANY_SIDES = ("Person", "Organization", "Studio", "Need", "Project")
"""Where the graph knows neither universities nor enterprises."""

LISTED = 50
MEMBERS = 10_000
"""Members of a community that are asked for: more would be one community that holds nearly all."""


def bridges(asked: QuestionContext) -> list[Line]:
    """People by betweenness among people, enterprises, universities, studios and needs (by which experts and enterprises meet), with the
    communities that they stand between."""
    sides = SIDES if asked.world.nodes("Enterprise") or asked.world.nodes("University") else ANY_SIDES
    of_day = AnalysisQuery(name="betweenness", only_types=sides, as_of=asked.iso, list_types=("Person",), limit=LISTED)
    ranked = asked.analyse(of_day)
    grouped = asked.analyse(replace(of_day, name="communities", list_types=(), members=MEMBERS, limit=MEMBERS))
    group = {member.id: row.rank for row in grouped.rows if isinstance(row, GroupRow) for member in row.members}
    lines = []
    for row in (each for each in ranked.rows if isinstance(each, NodeRow)):
        links = asked.world.touching(row.node.id, *asked.world.types())
        ends = {each.target if each.source == row.node.id else each.source for each in links}
        joined = sorted({group[end] for end in ends if end in group})
        if row.figures["betweenness"] > 0:
            used = [each for each in links if each.target in group and each.source in group]
            lines.append(
                Line((Ref(row.node.id), round(float(row.figures["betweenness"]), 6), len(joined), "、".join(map(str, joined))), ids(*used))
            )
    return lines


QUESTIONS = (
    Question(
        4,
        "bridges",
        Label("谁连着不同圈子", "Who bridges communities"),
        Label(
            "在人员、企业、高校、工作室、需求之间的中介中心性与社群（Leiden）",
            "betweenness among people, enterprises, universities, studios and needs, and communities (Leiden)",
        ),
        (),
        (
            column("person", "人员", "person"),
            column("betweenness", "中介中心性", "betweenness", number=True),
            column("communities", "所连社群数", "communities joined", number=True),
            column("which", "社群", "which"),
        ),
        bridges,
        needs=(TIES,),
    ),
)
