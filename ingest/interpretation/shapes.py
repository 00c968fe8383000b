"""What columns are by the shape of their table, whatever they are called: the ends of an edge list, the title of what a sheet lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.interpretation.headings import read_heading
from ingest.interpretation.profile import is_mixed
from ingest.interpretation.roles import ATTRIBUTE, DATE, OBJECT, ORGANISATION, PERSON, UNUSED, Role, renamed
from ingest.interpretation.tables import Table
from ingest.interpretation.words import meaning
from ingest.text import normal

GRAPH = "graph"
"""The kind of table that is read from a graph file: its nodes, or its edges with the labels of their ends."""
NODE = "node"
NAMES = 0.75
"""Of the values of an end, how many must be names."""
MIXED = 0.1
"""Of the values of an end, how many must be people, and how many organisations, for it to hold both."""
TELLING = 0.5
"""Of the words of a column, how many must be known words for relations."""
LONGEST_WORD = 30
PARTS = frozenset({"leader", "participant", "lead_org", "partner_org", "funder"})
"""Who stands beside the title of a project."""
_NUMBERING = re.compile(r"[\s._-]*[a-b1-2１２一二甲乙ⅠⅡ①②]$", re.IGNORECASE)
_PLAIN = ("relation", "kind", "post", "name", "source", "target", "field", "title", "remark", "")


def with_edges(table: Table, roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles, with the two ends and the word of an edge list called ``source``, ``target`` and ``relation`` where the table is one."""
    if table.kind == GRAPH:
        return _of_graph(roles)
    if {"source", "target"} <= {role.concept for role in roles} or any(role.kind == OBJECT for role in roles):
        return tuple(roles)
    word = _word(table, roles) or _only_text(table, roles)
    if word is not None and word.column in table.objects:
        return tuple(roles)  # a role of each of somebody's positions
    ends = [role for role in roles if role is not word and _is_end(role)]
    if word is None or len(ends) != 2 or not _joined(ends[0], ends[1]):
        return tuple(roles)
    concepts = {ends[0].column: "source", ends[1].column: "target", word.column: "relation"}
    return tuple(renamed(role, ATTRIBUTE, concepts[role.column]) if role.column in concepts else role for role in roles)


def with_title(table: Table, roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles, with a column that is only called name or title as the title of what the sheet or file says that it lists, where others
    tell who leads or joins it, though the titles read like names (``Quiet Pumps``)."""
    listed = _listed(table)
    besides = {concept.name for role in roles for concept in (*role.heading.heads, *role.heading.qualifiers)}
    if not listed or any(role.kind == OBJECT for role in roles) or not besides & PARTS:
        return tuple(roles)
    titles = [role for role in roles if role.kind in (PERSON, ORGANISATION) and role.told_by == "values" and _is_title(role)]
    return tuple(renamed(role, OBJECT, listed) if role in titles[:1] else role for role in roles)


def _listed(table: Table) -> str:
    """The object that the sheet or the file is called by."""
    for text in (table.sheet, table.file.rsplit(".", 1)[0], *table.titles):
        found = read_heading(text).of_kind(OBJECT)
        if found is not None:
            return found.name
    return ""


def _is_title(role: Role) -> bool:
    return role.heading.means("name", "title") and not role.heading.qualifiers


def _of_graph(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles of a graph file's table: the label of each end beside its id."""
    columns = {role.column for role in roles}
    if {"source_label", "target_label"} <= columns:
        concepts = {"source_label": "source", "target_label": "target", "source": "code", "target": "code"}
    elif {"id", "label"} <= columns and "source" not in columns:
        concepts = {"label": NODE, "id": "code"}
    else:
        concepts = {}
    return tuple(renamed(role, ATTRIBUTE, concepts[role.column]) if role.column in concepts else role for role in roles)


def _word(table: Table, roles: Sequence[Role]) -> Role | None:
    """The column of words for relations: by its heading, else by its words."""
    headed = [role for role in roles if role.kind == ATTRIBUTE and role.concept == "relation" and role.profile.filled]
    if headed:
        return headed[0]
    plain = [role for role in roles if role.profile.filled and _may_be_word(role)]
    told = [(_telling(table.texts(role.column)), -place, role) for place, role in enumerate(plain)]
    best = max(told, key=lambda each: each[:2], default=None)
    return best[2] if best is not None and best[0] >= TELLING else None


def _may_be_word(role: Role) -> bool:
    """Whether the heading leaves it open what stands in a column."""
    if role.kind in (PERSON, ORGANISATION):
        return role.told_by == "values"
    return role.kind != DATE and (role.kind != ATTRIBUTE or role.concept in _PLAIN)


def _only_text(table: Table, roles: Sequence[Role]) -> Role | None:
    """The single column of short texts that are no names, beside two columns of names whose headings say nothing of who stands there."""
    ends = [role for role in roles if _is_end(role)]
    texts = [role for role in roles if role.kind == UNUSED and role.profile.share("text") >= NAMES and not _is_end(role)]
    if len(ends) != 2 or any(_says_who(role) for role in ends) or len(texts) != 1:
        return None
    words = table.texts(texts[0].column)
    return texts[0] if all(len(word) <= LONGEST_WORD for word in words) and len(words) * 2 >= len(table.rows) else None


def _telling(texts: Sequence[str]) -> float:
    """The share of texts that are short and say a relation between some two ends. Names of organisations may hold such words
    (``Calder Consulting``): what seldom comes again and is a name is none."""
    words = [normal(text) for text in texts]
    said = sum(len(word) <= LONGEST_WORD and any(meaning(word, ends) for ends in ("po", "pp", "oo")) for word in words)
    return said / len(words) if words else 0.0


def _is_end(role: Role) -> bool:
    named = role.profile.share("person") + role.profile.share("organisation")
    return role.kind in (PERSON, ORGANISATION) or (
        named >= NAMES and (role.kind == UNUSED or (role.kind == ATTRIBUTE and role.concept in ("source", "target", "name")))
    )


def _joined(first: Role, second: Role) -> bool:
    """Whether two columns of names are the ends of an edge: the headings say nothing of who stands there, are one heading twice
    (人物A, 人物B), or say it of one alone while the other holds people and organisations."""
    if _stem(first) == _stem(second):
        return True
    vague = [role for role in (first, second) if not _says_who(role)]
    return len(vague) == 2 or any(_is_mixed(role) for role in vague)


def _stem(role: Role) -> str:
    return _NUMBERING.sub("", normal(role.column).casefold())


def _says_who(role: Role) -> bool:
    """Whether a heading says that people stand here, or organisations: not both (``氏名・団体``)."""
    kinds = {concept.kind for concept in (*role.heading.heads, *role.heading.qualifiers)} & {PERSON, ORGANISATION}
    return len(kinds) == 1 and not is_mixed(role.profile)


def _is_mixed(role: Role) -> bool:
    return min(role.profile.share("person"), role.profile.share("organisation")) >= MIXED
