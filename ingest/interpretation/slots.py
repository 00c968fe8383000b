"""The nodes that a row speaks of: one slot for each column that names somebody or something, with what else the row says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.interpretation.context import in_company
from ingest.interpretation.headings import read_heading
from ingest.interpretation.profile import is_mixed, parted
from ingest.interpretation.roles import (
    AS_ORGANISATION,
    AS_PERSON,
    ATTRIBUTE,
    DATE,
    ENTITIES,
    OBJECT,
    OF_EITHER,
    ORGANISATION,
    PERSON,
    Role,
)
from ingest.interpretation.slot import Slot, unused_key
from ingest.interpretation.tables import Table
from ingest.interpretation.values import REGISTRIES

OF_CODE = (
    (re.compile(r"学号|学籍|matrikel|matricule étudiant|student (?:no|id|number)"), PERSON),
    (re.compile(r"工号|员工|职工号|staff (?:no|id|number)|employee (?:no|id)|personal-?nr|personalnummer"), PERSON),
    (re.compile(r"信用代码|组织机构代码|company (?:no|number|reg)|charity|siren|siret|\bcif\b|法人番号|学校代码"), ORGANISATION),
    (re.compile(r"申请号|专利号|出願番号|特許番号|patent|anmelde|application (?:no|number)"), OBJECT),
    (re.compile(r"person|people|人员|专家|expert|member id|user id"), PERSON),
    (re.compile(r"单位|机构|企业|organi[sz]ation|institution|company|firm"), ORGANISATION),
    (re.compile(r"合同|协议|vertrag|contrat|award|grant|förderkennzeichen|aktenzeichen|项目|课题"), OBJECT),
)
"""What codes are of, told by their headings."""
OBJECT_OF_CODE = (
    (re.compile(r"专利|申请号|出願|特許|patent|anmelde|brevet"), "achievement"),
    (re.compile(r"grant|award|project|projekt|proj|项目|课题|立项|課題|förder|fkz|expediente|proyecto|progetto|\bcup\b"), "project"),
    (re.compile(r"需求|ニーズ|demand|challenge"), "need"),
    (re.compile(r"doi|isbn"), "publication"),
)


FIRST = re.compile(r"\b(?:first|erst|premier|prim(?:er|o))|第一|首位|筆頭", re.IGNORECASE)
"""Words of an organisation that is that of the first among the people of a list."""


def slots_of(table: Table, roles: Sequence[Role]) -> list[Slot]:
    """The slots of a table, in the order of their columns: what names somebody, then codes that refer to what another table names."""
    found: list[Slot] = []
    for place, role in enumerate(roles):
        if role.kind in ENTITIES and not _is_detail(role, found):
            found.append(_slot(role, place, table, found))
            if role.kind != OBJECT and is_mixed(role.profile):
                found[-1:] = _of_both_kinds(found[-1], found)
    found += _of_two_columns(roles, found)
    found += _firsts(found)
    found = in_company(_with_object(table, roles, found))
    found.sort(key=lambda slot: slot.place)
    for place, role in enumerate(roles):
        if role.kind == ATTRIBUTE and role.concept in ("code", *REGISTRIES):
            found = _coded(table, role, place, found)
    return found


def _firsts(found: Sequence[Slot]) -> list[Slot]:
    """The first of a list of people, where a heading speaks of that one's organisation (第一作者单位)."""
    told = [slot for slot in found if slot.kind == ORGANISATION and FIRST.search(slot.column)]
    whose = {each.name for slot in told for each in slot.heading.qualifiers if each.kind == PERSON}
    lists = [slot for slot in found if slot.kind == PERSON and slot.separators and slot.concept in whose]
    return [replace(slot, key=unused_key(f"first-{slot.key}", found), first=True) for slot in lists[:1]]


def _of_both_kinds(slot: Slot, found: Sequence[Slot]) -> list[Slot]:
    """A slot for the people of a column and one for its organisations."""
    kind = ORGANISATION if slot.kind == PERSON else PERSON
    concepts = {**(AS_ORGANISATION if slot.kind == PERSON else AS_PERSON), **{name: name for name in OF_EITHER}}
    concept = concepts.get(slot.concept, kind)
    other = replace(slot, key=unused_key(concept.replace("_", "-"), found), kind=kind, concept=concept, mixed=True)
    return [replace(slot, mixed=True), other]


def _is_detail(role: Role, found: Iterable[Slot]) -> bool:
    """A second column of the same object says more of it (需求名称, 需求内容)."""
    return role.kind == OBJECT and any(slot.kind == OBJECT and slot.concept == role.concept for slot in found)


def _slot(role: Role, place: int, table: Table, found: Sequence[Slot]) -> Slot:
    key = unused_key(role.concept.replace("_", "-"), found)
    objects = table.objects.get(role.column, "")
    separators = "" if objects else role.profile.separators
    lists = list(dict.fromkeys(table.objects.values()))
    step = f"objects-{lists.index(objects) + 1}" if objects else ""
    separators = "" if role.kind == OBJECT else separators
    return Slot(key, role.kind, role.concept, role.column, place, role.heading, role.group, objects, separators, step=step)


def _of_two_columns(roles: Sequence[Role], found: Sequence[Slot]) -> list[Slot]:
    """A person whose given and family name stand in columns of their own."""
    slots: list[Slot] = []
    families = [(place, role) for place, role in enumerate(roles) if role.concept == "family" and role.kind == ATTRIBUTE]
    givens = [(place, role) for place, role in enumerate(roles) if role.concept == "given" and role.kind == ATTRIBUTE]
    for place, family in families:
        near = [pair for pair in givens if pair[1].group == family.group]
        if near:
            given = min(near, key=lambda pair: abs(pair[0] - place))
            givens.remove(given)
            concept = _of_whom(family)
            key = unused_key(concept.replace("_", "-"), [*found, *slots])
            slots.append(Slot(key, PERSON, concept, family.column, place, family.heading, family.group, given=given[1].column))
    return slots


def _of_whom(family: Role) -> str:
    """Whose name it is, by what else its heading says or by the group above it: ``supervisor`` of ``Supervisor last name``."""
    named = (*family.heading.qualifiers, *read_heading(family.group).heads)
    return next((concept.name for concept in named if concept.kind == PERSON), "person")


def _with_object(table: Table, roles: Sequence[Role], found: list[Slot]) -> list[Slot]:
    """A column that is only called title or name, beside others that tell what it is the title of."""
    if any(slot.kind == OBJECT for slot in found):
        return found
    title = next(((place, role) for place, role in enumerate(roles) if role.concept == "name" and role.kind == ATTRIBUTE), None)
    concept = _object_concept(table, roles, found)
    if title is None or not concept:
        return found
    place, role = title
    return [*found, Slot(unused_key(concept, found), OBJECT, concept, role.column, place, role.heading, role.group)]


def _object_concept(table: Table, roles: Sequence[Role], found: Sequence[Slot]) -> str:
    """What the rows of a table are of, by the other columns' headings, else by its title, sheet or file."""
    concepts = {slot.concept for slot in found}
    concepts |= {each.name for role in roles if role.concept == "code" for each in (*role.heading.heads, *role.heading.qualifiers)}
    for named, concept in ((("inventor", "applicant"), "achievement"), (("author", "publisher"), "publication"), (("expert",), "need")):
        if concepts & set(named):
            return concept
    codes = " ".join(role.column for role in roles if role.concept == "code").casefold()
    for pattern, concept in OBJECT_OF_CODE:
        if pattern.search(codes):
            return concept
    headings = [role.heading for role in roles if role.concept == "code"]
    headings += [read_heading(text) for text in (*table.titles, table.sheet, table.file.rsplit(".", 1)[0])]
    for heading in headings:
        for each in (*heading.heads, *heading.qualifiers):
            if each.kind == OBJECT:
                return each.name
    return "project" if concepts & {"leader", "participant", "lead_org", "partner_org", "funder"} else ""


def _coded(table: Table, role: Role, place: int, found: list[Slot]) -> list[Slot]:
    """The slots with a column of codes given to the one that it is the code of; or with a mention, where it is of something that this
    table does not name."""
    told = _told_kind(role)
    fitting = [slot for slot in found if slot.column and not slot.code and _may_have(table, role, slot)]
    qualifiers = [each for each in role.heading.qualifiers if each.kind in ENTITIES]
    qualifiers = qualifiers or [each for each in role.heading.heads if each.kind in ENTITIES]  # Leitung: P7
    if qualifiers and role.concept == "code":
        named = [slot for slot in fitting if _is_called(slot, qualifiers[-1].name, qualifiers[-1].kind)]
        if not named:
            return [*found, _mention(role, place, qualifiers[-1].kind, qualifiers[-1].name, found)]
        return _given_code(found, named[0], role)
    if role.concept in REGISTRIES:
        kind = PERSON if role.concept == "orcid" else ORGANISATION
        fitting = [slot for slot in fitting if slot.kind == kind]
    elif told:
        fitting = [slot for slot in fitting if slot.kind == told] or fitting
    else:
        fitting = [slot for slot in fitting if slot.kind == OBJECT or determines(table, slot.column, role.column)]
    main = [slot for slot in fitting if slot.kind == OBJECT]
    before = [slot for slot in fitting if slot.place < place]
    chosen = (main or before[-1:] or fitting)[:1] if role.profile.unique else (before[-1:] or fitting)[:1]
    return _given_code(found, chosen[0], role) if chosen else found


def _told_kind(role: Role) -> str:
    text = role.column.casefold()
    return next((kind for pattern, kind in OF_CODE if pattern.search(text)), "")


def _is_called(slot: Slot, concept: str, kind: str) -> bool:
    """Whether ``person_id`` is of this person: the same concept, or the general one of its kind."""
    return slot.kind == kind and (slot.concept == concept or concept in (PERSON, ORGANISATION) or slot.concept in (PERSON, ORGANISATION))


def _mention(role: Role, place: int, kind: str, concept: str, found: Sequence[Slot]) -> Slot:
    key = unused_key(concept.replace("_", "-"), found)
    return Slot(key, kind, concept, "", place, role.heading, role.group, "", role.profile.separators, role.column, reference="?")


def _given_code(found: list[Slot], chosen: Slot, role: Role) -> list[Slot]:
    if role.concept in REGISTRIES:
        changed = replace(chosen, registries=(*chosen.registries, (role.concept, role.column)))
    else:
        changed = replace(chosen, code=role.column)
    return [changed if slot is chosen else slot for slot in found]


def _may_have(table: Table, role: Role, slot: Slot) -> bool:
    """Whether one code always goes with one name."""
    if slot.separators or table.objects.get(role.column, "") != slot.objects:
        return False
    return determines(table, role.column, slot.column)


def determines(table: Table, one: str, other: str) -> bool:
    """Whether each text of a column goes with a single text of another, wherever both are filled."""
    seen: dict[str, str] = {}
    for first, second in pairs(table, one, other):
        if seen.setdefault(first, second) != second:
            return False
    return bool(seen)


def pairs(table: Table, one: str, other: str, separators: str = "") -> Iterator[tuple[str, str]]:
    """Filled texts that stand together; of a list cell each part."""
    for row in table.rows:
        firsts, seconds = table.cells(row, one), table.cells(row, other)
        stepped = table.objects.get(one) is not None and table.objects.get(one) == table.objects.get(other)
        for first, second in zip(firsts, seconds, strict=False) if stepped else ((a, b) for a in firsts for b in seconds):
            if first and second:
                yield from ((part, second) for part in parted(first, separators))


def dates_of(roles: Sequence[Role]) -> list[tuple[int, Role]]:
    """The columns of dates, with their places."""
    return [(place, role) for place, role in enumerate(roles) if role.kind == DATE]
