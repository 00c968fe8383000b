"""People of one name at one university: the same department tells much, another one little, and nothing of this joins anybody."""

from __future__ import annotations

import pytest

from graph.identity.candidates import PROPOSED, Candidate, find_candidates
from graph.identity.portrait import take_in
from graph.model import Node, Relationship
from graph.ontology import default_ontology
from graph.privacy import HIGHEST


def candidate(*departments: str) -> Candidate:
    """Two people of one name at one university, each in the department given (``""``: none is known)."""
    nodes = [Node("u", "University", {"name": "示例大学"}), *(Node(each, "Department", {"name": each}) for each in {*departments} - {""})]
    relationships = []
    for number, department in enumerate(departments):
        nodes.append(Node(f"p{number}", "Person", {"name": "张拟"}))
        relationships += [Relationship(f"{number}{end}", "EMPLOYED_BY", f"p{number}", end) for end in ("u", department) if end]
    ontology = default_ontology()
    (found,) = find_candidates(take_in(nodes, relationships, ontology, HIGHEST), ontology, least=0.0).found
    return found


@pytest.mark.parametrize(
    ("departments", "proposed"), [(("法学院", "法学院"), True), (("", "法学院"), True), (("体育学院", "法学院"), False)]
)
def test_departments_count(departments: tuple[str, str], proposed: bool) -> None:
    found = candidate(*departments)
    assert (found.score >= PROPOSED) is proposed
    assert any(reason.feature == "home" for reason in found.reasons)
