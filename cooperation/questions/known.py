"""What was known at a moment, beside what is known now: question 20."""

from __future__ import annotations

from collections.abc import Mapping

from cooperation.parameters import node as node_parameter
from cooperation.parameters import text as text_parameter
from cooperation.periods import Period
from cooperation.questions.links import text_of
from cooperation.questions.question import Cell, Line, Question, QuestionContext, Ref, column
from cooperation.world import World
from graph.model import Node, Relationship
from graph.ontology.schema import Label

AROUND = ("Person", "Organization", "Studio", "Need", "Project", "Agreement")


def known_then(asked: QuestionContext) -> list[Line]:
    """What was known at a moment of what holds on the day, beside what is known now: learnt since, no longer said, told otherwise."""
    then = _standing(asked.known_at(asked.given.text("known_at")), asked)
    now = _standing(asked.world, asked)
    lines = []
    for id in sorted(then.keys() | now.keys()):
        before, after = then.get(id), now.get(id)
        if before == after:
            continue
        kind = "当时未知" if before is None else "现已不载" if after is None else "有改动"
        fact = after or before
        assert fact is not None  # one of the two is there
        changed = sorted(_differing(before, after)) if before is not None and after is not None else []
        cells: tuple[Cell, ...] = (
            (kind, fact.type, Ref(fact.id), None, "、".join(changed))
            if isinstance(fact, Node)
            else (kind, fact.type, Ref(fact.source), Ref(fact.target), "、".join(changed))
        )
        lines.append(Line(cells, (id,)))
    return sorted(lines, key=lambda line: [str(cell) for cell in line.cells])


def _standing(world: World, asked: QuestionContext) -> Mapping[str, Node | Relationship]:
    """The nodes and relationships that may hold on the day; around one node, if one is asked about."""
    wanted = asked.given.text("node")
    found: dict[str, Node | Relationship] = {}
    for type in world.types():
        for link in world.links(type):
            valid = Period(text_of(link, "validFrom"), text_of(link, "validTo")).covers(asked.day)
            if valid and wanted in ("", link.source, link.target):
                found[link.id] = link
    nodes = [world.node(wanted)] if wanted else world.all_nodes()
    found.update({node.id: node for node in nodes if node is not None})
    return found


def _differing(before: Node | Relationship, after: Node | Relationship) -> set[str]:
    return {
        name for name in before.properties.keys() | after.properties.keys() if before.properties.get(name) != after.properties.get(name)
    }


QUESTIONS = (
    Question(
        20,
        "known-then",
        Label("当时知道什么", "What was known then"),
        Label("某日有效且当时已记录的内容，与现在所知对照", "what holds on the day and was recorded by then, beside what is known now"),
        (
            text_parameter("known_at", "当时所知日期", "date or time at which it was known", required=True),
            node_parameter("node", "对象", "only around this node", *AROUND, required=False),
        ),
        (
            column("kind", "差别", "difference"),
            column("type", "类型", "type"),
            column("subject", "对象", "subject"),
            column("other", "另一端", "other end"),
            column("changed", "改动项", "changed"),
        ),
        known_then,
    ),
)
