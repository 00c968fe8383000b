"""A school by the form of its name alone, for names that no gazetteer has: 某某大学, or 某某大学材料学院 with its unit."""

from __future__ import annotations

import re

from graph.affiliations.institutions import plain
from graph.affiliations.places import ELSEWHERE
from graph.affiliations.surroundings import SEPARATORS, says_a_subject

_SCHOOL = re.compile(r"^(?P<name>.{2,30}(?:大学|(?<!科)学院|学校)(?:\([^()]+\))?)$")
_WITH_UNIT = re.compile(r"^(?P<name>.{2,12}?大学)(?P<unit>.{1,30}(?:院|系|部|所))$")


def school_by_form(text: str) -> tuple[str, str]:
    """The school and the unit that a text is by its form, both empty where it is none (a subject alone, 材料学院, is a unit of nobody knows
    which; what is elsewhere, 东京大学, is told by its own name alone)."""
    said = plain(text)
    if SEPARATORS.search(said) or says_a_subject(said):
        return "", ""
    match = _WITH_UNIT.match(said)
    if match is not None and says_a_subject(match["unit"]) and not ELSEWHERE.search(said):
        return match["name"], match["unit"]
    whole = _SCHOOL.match(said)
    return (whole["name"], "") if whole is not None else ("", "")
