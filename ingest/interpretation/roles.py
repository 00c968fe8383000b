"""What each column is: from its heading and from its values, which must agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from ingest.interpretation.headings import NO_HEADING, Concept, Heading, read_heading
from ingest.interpretation.profile import Profile, profile_of
from ingest.interpretation.tables import Table
from ingest.interpretation.units import unit_of
from ingest.interpretation.values import REGISTRIES

PERSON, ORGANISATION, OBJECT, DATE, ATTRIBUTE, UNUSED = "person", "organisation", "object", "date", "attribute", "unused"
ENTITIES = (PERSON, ORGANISATION, OBJECT)
LEAST = 0.5
"""Of a column's values, how many must be of a kind for the column to be of it where the heading says so."""
ALONE = 0.75
"""The same where the heading says nothing."""
_ENDS = (
    (re.compile(r"\b(?:to|until|till|bis|au|al|hasta|fin|end|a)\b|止|至|終", re.IGNORECASE), "end"),
    (re.compile(r"\b(?:from|since|von|ab|seit|du|dal|desde|start)\b|起|始", re.IGNORECASE), "start"),
)
"""What makes a date without more a start or an end: ``year to``."""
_OF_STUDIES = re.compile(
    r"毕业|学位|doctor|doutor|dottor|degree|graduat|\bph\.?d\b|laurea|estudi|diplôm|abschluss|promotion", re.IGNORECASE
)
"""Words that make an institution one where somebody studied: ``Universidad de doctorado``."""
_JUST_NUMBERS = frozenset({"no", "nr", "n°", "number", "nummer", "numéro", "número", "numero", "番号", "编号", "번호", "номер"})
AS_ORGANISATION: Mapping[str, str] = {
    "leader": "lead_org", "participant": "partner_org", "inventor": "applicant", "host": "visited", "visitor": "visiting_unit",
    "expert": "university", "founder": "parent_org", "contact": "partner_org",
}  # fmt: skip
"""What organisations are under a heading that promises people."""
OF_EITHER = frozenset({"applicant", "investor", "funder"})
"""What people and organisations are alike."""
AS_PERSON: Mapping[str, str] = {
    "lead_org": "leader", "partner_org": "participant", "applicant": "inventor", "visited": "host", "visiting_unit": "visitor",
    "investor": "investor", "funder": "funder", "organiser": "attendee",
}  # fmt: skip
"""What people are under a heading that promises organisations."""
NARROWER = frozenset(
    {
        "host_unit",
        "home_unit",
        "visited",
        "visiting_unit",
        "funder",
        "investor",
        "advised",
        "alma_mater",
        "parent_org",
        "supplier",
        "customer",
    }
)
"""What a heading may say of an organisation besides that it is one."""
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


class Verdict(NamedTuple):
    """Kind and concept of a column, how sure (0 to 1), and told by what: heading, values or both."""

    kind: str
    concept: str
    sure: float
    told_by: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a column is. ``kind``: person, organisation, object, date, attribute or unused; ``concept``: which of that kind
    (``supervisor``, ``start``, ``phone``); ``sure``: 0 to 1; ``told_by``: heading, values, both, or answer; ``group``: what stands above
    the heading."""

    column: str
    kind: str
    concept: str
    heading: Heading
    profile: Profile
    sure: float
    told_by: str
    group: str = ""


def roles_of(table: Table, answers: Mapping[str, str] = NO_ANSWERS) -> tuple[Role, ...]:
    """The role of every column, in order. ``answers``: column → ``kind/concept`` that a person chose."""
    roles = tuple(_role(table, column, answers.get(column, "")) for column in table.header)
    return roles if answers else _with_split_names(roles)


_PLAIN_NAMES = frozenset({"name", "nom", "nombre", "nome", "naam", "фамилия", "姓氏"})


def _with_split_names(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles with ``Name`` beside ``Vorname`` as a family name, and ``名`` beside ``姓`` as a given one."""
    givens = [role for role in roles if role.heading.means("given")]
    families = [role for role in roles if role.heading.means("family")]
    renames: dict[str, str] = {}
    if givens and not families:
        renames = {role.column: "family" for role in roles if role.heading.text.strip().casefold() in _PLAIN_NAMES}
    if families and not givens:
        renames = {role.column: "given" for role in roles if role.heading.text.strip() in ("名", "名前", "名字", "Nome", "Nombre", "Name")}
    return tuple(renamed(role, ATTRIBUTE, renames[role.column]) if role.column in renames else role for role in roles)


def _role(table: Table, column: str, answer: str) -> Role:
    group = table.groups.get(column, "")
    heading, profile = read_heading(column), profile_of(table, column)
    verdict = _decide(heading, profile, read_heading(group))
    if answer:
        kind, _, concept = answer.partition("/")
        verdict = Verdict(kind, concept or kind, 1.0, "answer")
    return Role(column, verdict.kind, verdict.concept, heading, profile, round(verdict.sure, 2), verdict.told_by, group)


def _decide(heading: Heading, profile: Profile, group: Heading) -> Verdict:
    if not profile.filled:
        return Verdict(UNUSED, "", 0.0, "values")
    coded = heading.means("code", "identity") and profile.share("code", "number") >= LEAST
    for concept in ("email", "phone"):
        if profile.share(concept) >= LEAST and not heading.of_kind(DATE) and not coded:
            return Verdict(ATTRIBUTE, concept, profile.share(concept), "values")
    for registry in REGISTRIES:
        if profile.share(registry) >= ALONE:
            return Verdict(ATTRIBUTE, registry, profile.share(registry), "values")
    said = [found for each in heading.heads if (found := _agreed(each, heading, profile, group)) is not None]
    return max(said, key=lambda found: found.sure) if said else _by_values(heading, profile)


def _agreed(concept: Concept, heading: Heading, profile: Profile, group: Heading) -> Verdict | None:
    """What the heading says, if the values bear it out; what they say instead, if they are of another kind."""
    if concept.kind == PERSON:
        narrower = next((each for each in heading.qualifiers if each.kind == PERSON), concept)
        return _people(narrower if concept.name == "person" else concept, profile)
    if concept.kind == ORGANISATION:
        if concept.name == "department" and group.text and profile.distinct > 1 and profile.share("organisation", "code") < LEAST:
            return Verdict(ORGANISATION, "department", 0.75, "both")  # that of whoever the group is of
        return _organisations(_by_group(_narrower(concept, heading), heading, group), profile)
    if concept.kind == OBJECT:
        return _objects(concept, heading, profile)
    if concept.kind == DATE:
        return _dates(concept, heading, profile)
    return _plain_name(heading, profile, group) if concept.name == "name" else _attributes(concept, heading, profile)


def _narrower(concept: Concept, heading: Heading) -> Concept:
    """What a company, university or organisation is by what else its heading says (``Placement company``)."""
    if concept.name not in ("company", "university", "organisation"):
        return concept
    return next((each for each in heading.qualifiers if each.name in NARROWER), concept)


def _by_group(concept: Concept, heading: Heading, group: Heading) -> Concept:
    """An institution under the group of degrees is where somebody studied; one under that of employment, where somebody works."""
    if concept.name in ("organisation", "university"):
        if _OF_STUDIES.search(heading.text):
            return Concept("alma_mater", ORGANISATION)
        if group.means("alma_mater", "title", "thesis") or group.mentions("alma_mater", "title"):
            return Concept("alma_mater", ORGANISATION)
        if group.means("employer", "host_unit", "home_unit"):
            return next(each for each in group.heads if each.kind == ORGANISATION)
    if concept.name in ("organisation", "university", "company"):
        return next((each for each in group.heads if each.kind == ORGANISATION and each.name not in ENTITIES), concept)
    return concept


def _attributes(concept: Concept, heading: Heading, profile: Profile) -> Verdict | None:
    if concept.name in ("source", "target"):
        people, organisations = profile.share("person"), profile.share("organisation")
        named = max(people + organisations, profile.share("code"))
        return Verdict(ATTRIBUTE, concept.name, min(1.0, 0.5 + named / 2), "both") if named >= 0.3 else None
    if concept.name == "money":
        return Verdict(ATTRIBUTE, "money", 0.9, "both") if profile.share("money", "number") >= LEAST else None
    if concept.name == "code":
        counts = profile.counting and not heading.qualifiers and not heading.rest and heading.text.strip(" .").casefold() in _JUST_NUMBERS
        name = "row_number" if counts else "code"
        return Verdict(ATTRIBUTE, name, 0.9, "both") if profile.share("code", "number") >= LEAST or _are_marks(profile) else None
    return Verdict(ATTRIBUTE, concept.name, 0.8, "heading")


def _are_marks(profile: Profile) -> bool:
    """Whether the values are short and plain letters, each of its own."""
    return profile.unique and all(text.isascii() and " " not in text and len(text) <= 20 for text in profile.examples)


def _people(concept: Concept, profile: Profile) -> Verdict | None:
    people, organisations = profile.share("as-person", "person"), profile.share("organisation")
    if organisations > LEAST and profile.share("person") < 0.3:
        return Verdict(ORGANISATION, AS_ORGANISATION.get(concept.name, "organisation"), organisations * 0.8, "values")
    if profile.share("code") >= ALONE:
        return Verdict(ATTRIBUTE, "code", 0.7, "values") if profile.share("number") < ALONE else None
    return Verdict(PERSON, concept.name, 0.5 + people / 2, "both") if people >= LEAST else None


def _organisations(concept: Concept, profile: Profile) -> Verdict | None:
    people, organisations = profile.share("person"), profile.share("organisation")
    if profile.share("number", "date", "tick", "money") >= ALONE or profile.share("long") > LEAST:
        return None
    if profile.share("code") >= ALONE and organisations < 0.2:
        return Verdict(ATTRIBUTE, "code", 0.7, "values")
    if concept.name in ("department", "publisher") and organisations < LEAST:
        # A subject, which many schools have, is no organisation of its own; a journal's short title reads like a name.
        return Verdict(ATTRIBUTE, "field", 0.6, "both")
    plainly = profile.share("only-person") >= LEAST or (people >= 0.6 and concept.name not in ("company", "university"))
    if plainly and organisations < 0.15:
        return Verdict(PERSON, AS_PERSON.get(concept.name, "person"), people * 0.8, "values")
    plain = 0.75 if concept.name in ("company", "university") else 0.6  # 企业名称 over 个体户老张 says what stands there
    return Verdict(ORGANISATION, concept.name, max(plain, 0.6 + organisations * 0.4), "both" if organisations >= LEAST else "heading")


def _objects(concept: Concept, heading: Heading, profile: Profile) -> Verdict | None:
    if profile.share("number", "money", "date") >= ALONE or profile.share("tick") + profile.share("no") >= ALONE:
        return None
    if profile.share("code") >= 0.9 and (profile.unique or heading.mentions("code")):  # id_projet
        return Verdict(ATTRIBUTE, "code", 0.7, "values")
    return Verdict(OBJECT, concept.name, 0.85, "heading")


def _dates(concept: Concept, heading: Heading, profile: Profile) -> Verdict | None:
    if profile.share("range") >= 0.3:
        return Verdict(DATE, "range", 0.9, "both")
    if profile.share("date") < LEAST:
        return None
    name = "date" if concept.name == "range" else concept.name
    if name == "date":
        name = next((other for pattern, other in _ENDS if pattern.search(heading.text)), name)
    return Verdict(DATE, name, 0.5 + profile.share("date") / 2, "both")


def _plain_name(heading: Heading, profile: Profile, group: Heading) -> Verdict | None:
    """``Name``, ``名称``: of what stands before it (``导师姓名``), above it (a group), or of what the values are."""
    for other in (*heading.qualifiers, *group.heads, *group.qualifiers):
        found = _agreed(other, NO_HEADING, profile, NO_HEADING) if other.kind in ENTITIES else None
        if found is not None and found.kind in ENTITIES:
            return found
    return None


def _by_values(heading: Heading, profile: Profile) -> Verdict:
    people, organisations = profile.share("person"), profile.share("organisation")
    if organisations >= LEAST and organisations >= people:
        return Verdict(ORGANISATION, _of_outer(heading, ORGANISATION, AS_ORGANISATION), organisations * 0.8, "values")
    if people >= ALONE:
        return Verdict(PERSON, _of_outer(heading, PERSON, AS_PERSON), people * 0.75, "values")
    if profile.share("date", "range") >= ALONE:
        return Verdict(DATE, "range" if profile.share("range") > profile.share("date") else "date", 0.6, "values")
    return _by_shape(heading, profile)


def _of_outer(heading: Heading, kind: str, other: Mapping[str, str]) -> str:
    """What somebody in a nested object is whose own heading says nothing: what the object is called (``lead.investigator``)."""
    if "." not in heading.text or heading.heads:
        return kind
    for concept in reversed(heading.qualifiers):
        if concept.kind == kind:
            return concept.name
        if concept.name in other and concept.kind in (PERSON, ORGANISATION):
            return other[concept.name]
    return kind


def _by_shape(heading: Heading, profile: Profile) -> Verdict:
    if heading.means("name"):
        return Verdict(ATTRIBUTE, "name", 0.5, "heading")
    if profile.share("code") >= 0.9 and profile.unique:
        return Verdict(ATTRIBUTE, "code", 0.5, "values")
    if heading.inner and unit_of(heading.inner).currency and profile.share("money", "number") + profile.share("money") >= LEAST:
        return Verdict(ATTRIBUTE, "money", 0.8, "both")
    if profile.share("money") >= LEAST and profile.share("money") > profile.share("number"):
        return Verdict(ATTRIBUTE, "money", 0.5, "values")
    return Verdict(UNUSED, "", 0.3, "values")


def renamed(role: Role, kind: str, concept: str) -> Role:
    """The same column as something else."""
    return replace(role, kind=kind, concept=concept)
