"""From tables to proposals: ``interpret(read_tables(path), ontology)``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from graph.ontology.schema import Ontology
from ingest.interpretation.bare import Bare, bare_homes
from ingest.interpretation.bindings import bind
from ingest.interpretation.constants import constant_of
from ingest.interpretation.edges import EITHER, edge_slots, matrix_of
from ingest.interpretation.homes import homes_of, without_boards
from ingest.interpretation.keys import base_name, keys_of
from ingest.interpretation.matrix import matrix_mapping
from ingest.interpretation.occasion import occasion_of
from ingest.interpretation.order import date_orders, has_decimal_comma
from ingest.interpretation.profile import parted
from ingest.interpretation.proposal import Answers, Interpretation, TableProposal
from ingest.interpretation.references import CodeSpace, Look, code_spaces, refer
from ingest.interpretation.rendering import proposal_of
from ingest.interpretation.roles import OBJECT, ORGANISATION, PERSON, Role, roles_of
from ingest.interpretation.shapes import with_edges, with_title
from ingest.interpretation.slot import Slot, unused_key
from ingest.interpretation.slots import determines, slots_of
from ingest.interpretation.tables import Table
from ingest.interpretation.telling import edge_ties, relation_column, row_ties
from ingest.interpretation.ties import VISIT, Tie, object_of
from ingest.interpretation.words import GENERIC
from ingest.interpretation.writing import TYPE_OF_CONCEPT, Data, Writer
from ingest.naming import read_name

NO_ANSWERS: Answers = MappingProxyType({})


def interpret(tables: Sequence[Table], ontology: Ontology, answers: Answers = NO_ANSWERS) -> Interpretation:
    """Proposes a mapping for each table. Tables that are given together may refer to each other by code. ``answers`` settle doubts of an
    earlier interpretation (``TableProposal.doubts``)."""
    files: dict[str, list[Table]] = defaultdict(list)
    for table in tables:
        files[table.file].append(table)
    bases = {file: base_name(file, each) for file, each in files.items()}
    drafts = [_first_look(table, bases[table.file], answers) for table in tables]
    spaces = code_spaces(drafts)
    names = _mapping_names(drafts)
    return Interpretation(tuple(_propose(draft, name, spaces, ontology) for draft, name in zip(drafts, names, strict=True)))


def _first_look(table: Table, base: str, answers: Answers) -> Look:
    place = f"{table.file}/{table.sheet}" if table.sheet else table.file
    roles = with_edges(table, with_title(table, roles_of(table, answers.get(place, MappingProxyType({})))))
    ends = edge_slots(roles)
    return Look(table, base, roles, tuple(ends or slots_of(table, roles)))


def _mapping_names(looks: Sequence[Look]) -> list[str]:
    """One name for each table: its file's, numbered where a file has several."""
    count: dict[str, int] = defaultdict(int)
    names = []
    for look in looks:
        count[look.base] += 1
        names.append(look.base if count[look.base] == 1 else f"{look.base}-{count[look.base]}")
    return names


def _propose(look: Look, name: str, spaces: Sequence[CodeSpace], ontology: Ontology) -> TableProposal:
    matrix = matrix_of(look.table, look.roles)
    if matrix is not None:
        return proposal_of(look.table, name, look.roles, matrix_mapping(look.table, look.base, matrix, ontology))
    return proposal_of(look.table, name, look.roles, *_row_mapping(look, spaces, ontology))


def _row_mapping(look: Look, spaces: Sequence[CodeSpace], ontology: Ontology) -> tuple[Data, tuple[Bare, ...]]:
    """The parts of a mapping, and who merely stands beside whom."""
    table, roles = look.table, look.roles
    slots = refer(look, spaces)
    occasion = occasion_of(table, slots)
    slots = [*slots, occasion.slot] if occasion else slots
    main = object_of(slots)
    slots, main = _with_visit(slots, main, roles)
    constant = constant_of(table, slots)
    slots = [*slots, constant] if constant else slots
    homes = homes_of(table, slots)
    if constant is None:
        homes = without_boards(homes, slots)
    bare = bare_homes(table, slots, homes, roles) if main is None else {}
    homes = {key: home for key, home in homes.items() if (key, home) not in bare or bare[key, home].works}
    ends, kinds = _kinds_of_ends(table, slots)
    inside = frozenset(slot.key for slot in slots if _says_both(table, slot))
    homes = {key: home for key, home in homes.items() if key not in inside}
    ties = edge_ties(table, relation_column(roles), slots, ends) or row_ties(look, slots, homes, main, constant)
    types = _types_of_objects(slots, roles)
    bound = bind(roles, slots, _fitting(ties, slots, types, ends, ontology), main, ontology, types)
    final, extra = list(bound.slots), _inside_ties(bound.slots, inside, main)
    types |= _object_keys(table, final, main)
    writer = Writer(
        look.base, final, homes, keys_of(table, final, homes), types=types, inside=inside, ends=ends, kinds=kinds,
        orders=date_orders(table, roles), objects=table.objects, ontology=ontology,
    )  # fmt: skip
    writer.within.update((tie.start, tie.end) for tie in bound.ties if tie.type == "UNIT_OF" and _is_department(final, tie))
    constants = {constant.column: constant.constant} if constant else occasion.constants if occasion else {}
    parts = _assembled(writer, (*_with_posts(table, bound.ties, final), *extra), constants, has_decimal_comma(table, roles), table)
    return parts, tuple(bare.values())


def _is_department(slots: Sequence[Slot], tie: Tie) -> bool:
    """Whether the smaller of the two is called like many others elsewhere (心内科, Computer Science)."""
    concepts = {slot.key: slot.concept for slot in slots}
    return concepts.get(tie.start) == "department" and not any(slot.many for slot in slots if slot.key in tie.ends)


def _assembled(writer: Writer, ties: Sequence[Tie], constants: Data, comma: bool, table: Table) -> Data:
    found: Data = {"format": {}, "lists": writer.lists(), "names": writer.names(), "nodes": writer.nodes()}
    if comma:
        found["format"]["decimal_comma"] = "true"
    if table.double:
        found["format"]["header_rows"] = "2"
    if constants:
        found["constants"] = constants
        if table.kind == "spreadsheet":
            found["format"]["sheets"] = [table.sheet]  # what its title says holds for no other sheet
    found["relationships"] = writer.relationships(ties)
    return found


def _with_visit(slots: list[Slot], main: Slot | None, roles: Sequence[Role]) -> tuple[list[Slot], Slot | None]:
    """A visit, where somebody visits somebody and nothing else names what the row is about."""
    concepts = {slot.concept for slot in slots}
    visited = [slot for slot in slots if slot.concept == "visited"]
    if (
        not (concepts & {"visitor", "visiting_unit"})
        or not (visited or "host" in concepts)
        or (main is not None and main.concept == "event")
    ):
        return slots, main
    date = next((role.column for role in roles if role.kind == "date"), "")
    visit = Slot(unused_key(VISIT, slots), VISIT, VISIT, "", -1, properties=(("date", date, ()),) if date else ())
    return [*[slot for slot in slots if slot.kind != OBJECT], visit], visit


def _kinds_of_ends(table: Table, slots: Sequence[Slot]) -> tuple[dict[str, set[str]], dict[str, dict[str, str]]]:
    """Which kinds stand at the ends of an edge list, and what texts are that nothing tells."""
    ends: dict[str, set[str]] = {}
    for slot in slots:
        if slot.kind == EITHER:
            found = {PERSON if read_name(text, "either").person else ORGANISATION for text in table.texts(slot.column)}
            ends[slot.key] = found
    return ends, {}


def _says_both(table: Table, slot: Slot) -> bool:
    """Whether cells of a column name a person and an organisation at once."""
    if slot.kind not in (PERSON, ORGANISATION) or not slot.column or slot.given or slot.constant or slot.mixed:
        return False
    parts = [part for text in table.texts(slot.column) for part in parted(text, slot.separators)]
    named = [read_name(part, "person" if slot.kind == PERSON else "organisation") for part in parts]
    return sum(bool(each.person and each.organisation) for each in named) * 5 >= max(1, len(named))


def _inside_ties(slots: Sequence[Slot], inside: frozenset[str], main: Slot | None) -> list[Tie]:
    found = []
    for slot in slots:
        if slot.key not in inside:
            continue
        person, unit = (slot.key, f"{slot.key}-unit") if slot.kind == PERSON else (f"{slot.key}-person", slot.key)
        found.append(Tie("EMPLOYED_BY", person, unit, slot.key, slot.column, 0.9, {}, {"post": f"{slot.key}.post"}))
        if slot.kind == ORGANISATION and main is not None and main.concept == "project":
            found.append(Tie("PARTICIPATES_IN", person, main.key, slot.key, slot.column, 0.7))
    return found


def _with_posts(table: Table, ties: Sequence[Tie], slots: Sequence[Slot]) -> list[Tie]:
    """Ties of employment take the post from a cell that says it with the organisation (示例公司董事长)."""
    posts = {
        slot.key
        for slot in slots
        if slot.kind == ORGANISATION
        and slot.column
        and not slot.constant
        and any(read_name(text, "organisation").post for text in table.texts(slot.column))
    }
    return [
        tie.named({"post": f"{tie.end}.post"}) if tie.type == "EMPLOYED_BY" and tie.end in posts and "post" not in tie.columns else tie
        for tie in ties
    ]


def _types_of_objects(slots: Sequence[Slot], roles: Sequence[Role]) -> dict[str, str]:
    headings = " ".join(role.column for role in roles)
    patent = re.search(r"专利|发明|申请号|発明|出願|patent|brevet|erfind|invent|발명|특허", headings, re.IGNORECASE) is not None
    found = {}
    for slot in slots:
        if slot.kind in (OBJECT, VISIT):
            found[slot.key] = "Patent" if slot.concept == "achievement" and patent else TYPE_OF_CONCEPT[slot.concept]
    return found


def _object_keys(table: Table, slots: Sequence[Slot], main: Slot | None) -> dict[str, str]:
    """Under ``KEY/key`` the columns that tell an object from others of its title, where the title does not by itself."""
    if main is None:
        return {}
    main = next(slot for slot in slots if slot.key == main.key)
    if main.kind == VISIT:
        columns = [*(column for _, column, _ in main.properties), *(slot.column for slot in slots if slot.column and slot.kind != OBJECT)]
        return {f"{main.key}/key": "\x1f".join(dict.fromkeys(columns))}
    if main.concept == "event":
        date = next((column for name, column, _ in main.properties if name == "date"), "")
        return {f"{main.key}/key": f"{main.column}\x1f{date}"} if date and not determines(table, main.column, date) else {}
    texts = table.texts(main.column)
    owner = next((slot for slot in slots if slot.kind == ORGANISATION and slot.column and not slot.many), None)
    if main.concept in ("need", "thesis") and len(set(texts)) < len(texts) and owner is not None:
        return {f"{main.key}/key": f"{main.column}\x1f{owner.key}.organisation_key"}
    return {}


def _fitting(
    ties: Sequence[Tie], slots: Sequence[Slot], types: Mapping[str, str], ends: Mapping[str, set[str]], ontology: Ontology
) -> list[Tie]:
    """The ties that the ontology allows; in the source's own words those that it does not."""
    kinds = {slot.key: types.get(slot.key, "Person" if slot.kind == PERSON else "Organization") for slot in slots}
    kinds |= {slot.key: "Enterprise" for slot in slots if slot.concept == "transformed"}
    for key, found in ends.items():
        kinds |= {f"{key}-{kind}": "Person" if kind == PERSON else "Organization" for kind in found}
    lists = {slot.key: slot.many for slot in slots}
    fitting = []
    for tie in ties:
        # Of two lists in one row nobody knows which goes with which.
        if len({lists.get(key, "") for key in tie.ends} - {""}) > 1:
            continue
        for one in (tie, _in_own_words(tie, slots)):
            known = ontology.relationship_types.get(one.type)
            if (
                known is not None
                and _allowed(ontology, kinds[one.start], known.sources)
                and _allowed(ontology, kinds[one.end], known.targets)
            ):
                fitting.append(one)
                break
    return fitting


def _in_own_words(tie: Tie, slots: Sequence[Slot]) -> Tie:
    """The same tie in the source's words: those of the row, else the heading's."""
    if tie.word:
        return replace(tie, type=GENERIC, constants={}, columns={"relation": tie.word})
    said = next((slot.column or slot.code for slot in slots if slot.key == tie.anchor), "")
    return replace(tie, type=GENERIC, constants={"relation": said} if said else {})


def _allowed(ontology: Ontology, name: str, names: Sequence[str]) -> bool:
    return any(ontology.is_a(name, each) for each in names)
