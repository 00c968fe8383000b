"""Edge lists, matrices, and roles in a column of their own: ties whose type a word of the row tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.interpretation.headings import read_heading
from ingest.interpretation.roles import ATTRIBUTE, ORGANISATION, PERSON, Role
from ingest.interpretation.shapes import NODE
from ingest.interpretation.slot import Slot
from ingest.interpretation.tables import Table
from ingest.interpretation.ties import Tie
from ingest.interpretation.values import YES
from ingest.interpretation.words import GENERIC, meanings
from ingest.naming.organisations import organisation_kind
from ingest.naming.people import is_person
from ingest.text import normal

EITHER = "either"
"""The kind of a slot that holds people in some rows and organisations in others."""
LONGEST_WORD = 20
LEAST_COLUMNS = 3
"""Columns of ticks that make a matrix; where each is called by a name, two do."""
EVENT = "event"

_OCCASION = re.compile(
    r"(?:会|沙龙|班|论坛|讲座|展|展览|比赛|大赛|活动|座谈|交流|路演|培训|営|祭|大会|セミナー|講座)$|\b(?:workshop|seminar|conference|meeting|day|forum|course|fair|"
    r"breakfast|briefing|lecture|summit|training|tagung|messe|kurs|atelier|colloque|salon|journées?|jornada|taller|curso|feria|convegno|corso|fiera)\b",
    re.IGNORECASE,
)
"""What columns are called under which people tick that they came."""
DATED = r"^(.*\S)\s*[(（\[【]([^()（）\[\]【】]*\d[^()（）\[\]【】]*)[)）\]】]\s*$"
"""An event's name, and its day in brackets behind it."""
_AWAY = frozenset(
    "apologies apology excused absent declined cancelled 请假 缺席 未到 未参加 病假 事假 請假 未出席 欠席 不参加 entschuldigt abwesend "
    "fehlt abgesagt excusé excusée absente absents ausente disculpado assente giustificato".split()
)
"""What a cell says of somebody who did not come."""
_LETTER = {PERSON: "p", ORGANISATION: "o"}
BACKWARDS = frozenset({"SUPERVISES", "SHAREHOLDER_OF", "SUPPLIES", "FUNDER_OF", "UNIT_OF"})


def edge_slots(roles: Sequence[Role]) -> list[Slot]:
    """The two ends of an edge list, or none: a column of sources and one of targets. Of the nodes of a graph file, the node."""
    found: list[Slot] = []
    codes = {role.column for role in roles if role.concept == "code"}
    for place, role in enumerate(roles):
        if role.kind == ATTRIBUTE and role.concept == NODE:
            return [Slot(NODE, EITHER, NODE, role.column, place, role.heading, code="id")]
    for concept in ("source", "target"):
        for place, role in enumerate(roles):
            if role.kind == ATTRIBUTE and role.concept == concept:
                separators = "" if role.profile.share("person", "organisation") < 0.3 else role.profile.separators
                code = concept if role.column == f"{concept}_label" and concept in codes else ""
                found.append(Slot(concept, EITHER, concept, role.column, place, role.heading, role.group, "", separators, code))
                break
    return found if len(found) == 2 else []


def kinds_in(slot: Slot, kinds: dict[str, set[str]]) -> list[str]:
    """Which kinds an end holds in the rows that were looked at."""
    return [slot.kind] if slot.kind != EITHER else [kind for kind in (PERSON, ORGANISATION) if kind in kinds.get(slot.key, set())]


def word_ties(start: Slot, end: Slot, word: str, words: Sequence[str], kinds: dict[str, set[str]]) -> list[Tie]:
    """A tie for each meaning that the words of a column have between two ends, and one in the source's own words for all others."""
    found: list[Tie] = []
    for one in kinds_in(start, kinds):
        for other in kinds_in(end, kinds):
            found += _of_ends(start, end, _LETTER[one] + _LETTER[other], (word, words))
    return found


def _of_ends(start: Slot, end: Slot, ends: str, told: tuple[str, Sequence[str]]) -> Iterator[Tie]:
    word, words = told
    first, second = node_key(start, ends[0]), node_key(end, ends[1])
    taken: list[str] = []
    why = f"{start.column} + {end.column}: {word}"
    for entry in meanings(words, ends):
        relation = {"relation": word} if entry.type == "PARTNER_OF" else {"role": word} if entry.type in ("ADVISES", "SUPERVISES") else {}
        relation = {"post": word} if entry.type in ("DIRECTOR_OF", "LEADS") else relation
        excludes = _any(taken)
        forward = ends in entry.ends
        if entry.back:
            yield Tie(entry.type, *((second, first) if forward else (first, second)), end.key, why, 0.8, {}, relation, word=word,
                      matches=_folded(entry.back), excludes=excludes)  # fmt: skip
            excludes = _any([*taken, entry.back])
        yield Tie(entry.type, *((first, second) if forward else (second, first)), end.key, why, 0.85, {}, relation, word=word,
                  matches=_folded(entry.pattern), excludes=excludes)  # fmt: skip
        taken += [entry.pattern, *([entry.back] if entry.back else [])]
    yield Tie(GENERIC, first, second, end.key, why, 0.7, {}, {"relation": word}, word=word, excludes=_any(taken))


def node_key(slot: Slot, letter: str) -> str:
    """The node of an end, for a person (``p``) or an organisation (``o``)."""
    if slot.kind != EITHER:
        return slot.key
    return f"{slot.key}-{'person' if letter == 'p' else 'organisation'}"


def _any(patterns: Sequence[str]) -> str:
    return _folded("|".join(patterns)) if patterns else ""


def _folded(pattern: str) -> str:
    return f"(?i){pattern}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of ticks: whose names the ``columns`` bear (a kind, or ``event``), the column that names each row (``rows``: whether these
    are events), and texts that mean no. ``worded``: the cells hold words for what the two are to each other; ``home``: the column of where
    the people of the rows belong."""

    label: str
    columns: tuple[str, ...]
    kind: str
    none: str
    rows: str = ""
    worded: bool = False
    home: str = ""


def matrix_of(table: Table, roles: Sequence[Role]) -> Matrix | None:
    """The matrix that a table is, if it is one: several columns of ticks or numbers under headings that are names."""
    worded = [role for role in roles[1:] if _worded(role)]
    ticked = worded if len(worded) > 1 else _without_counts([role for role in roles[1:] if _ticked(role) and not _is_total(role)])
    named = [_named(role.column) for role in ticked]
    proper = all(named) and all(role.heading.rest or not role.heading.heads for role in ticked)
    if len(ticked) < (LEAST_COLUMNS - 1 if proper else LEAST_COLUMNS):
        return None
    columns = tuple(role.column for role in ticked)
    if proper and _occasions(table.texts(roles[0].column)):
        return Matrix(roles[0].column, columns, named[0], _no_pattern(table, ticked), EVENT)
    label = next((role for role in roles if role.kind in (PERSON, ORGANISATION) and not _ticked(role)), None)
    kind = _kind_of_columns(table, ticked, named)
    if label is None or not kind:
        return None
    at_home = [role.column for role in roles if role.kind == ORGANISATION and role not in ticked and role is not label]
    home = at_home[0] if label.kind == PERSON and len(at_home) == 1 else ""
    return Matrix(label.column, columns, kind, _no_pattern(table, ticked), worded=ticked is worded, home=home)


def _without_counts(ticked: list[Role]) -> list[Role]:
    """The columns without those of numbers beside more that hold ticks: how often somebody came."""
    marked = [role for role in ticked if role.profile.share("number") < 0.5]
    return marked if len(marked) * 2 > len(ticked) else ticked


def _kind_of_columns(table: Table, ticked: Sequence[Role], named: Sequence[str]) -> str:
    """Whose names the columns of ticks bear, or that they are events; ``""``: neither."""
    for kind in (ORGANISATION, PERSON):
        if named.count(kind) * 2 > len(ticked):
            return kind
    if _occasions([role.column for role in ticked]):
        return EVENT
    title = read_heading(" ".join((*table.titles, table.sheet, table.file)))
    concepts = {each.name for each in (*title.heads, *title.qualifiers)}
    unknown = [role for role in ticked if not role.heading.heads or role.heading.of_kind("object")]
    told = concepts & {"event", "attendee"} or all(role.heading.means("event") for role in ticked)
    return EVENT if len(unknown) == len(ticked) and told else ""


def _occasions(texts: Sequence[str]) -> bool:
    """Whether most of these are called like events."""
    return sum(_OCCASION.search(re.sub(DATED, r"\1", text)) is not None for text in texts) * 2 > len(texts)


def _ticked(role: Role) -> bool:
    profile = role.profile
    short = all(len(text) <= 6 or text.casefold() in _AWAY for text in profile.examples)
    return bool(profile.filled) and short and profile.share("tick", "no", "number") + profile.share("text") * 0.5 >= 0.5


def _worded(role: Role) -> bool:
    """Whether a column that is called by somebody's name holds short words, some of which are known for relations."""
    profile, name = role.profile, _named(role.column)
    if not name or (role.heading.heads and not role.heading.rest) or not profile.filled or profile.share("date", "number", "tick") >= 0.5:
        return False
    return profile.relations and all(len(text) <= LONGEST_WORD for text in profile.examples)


def _is_total(role: Role) -> bool:
    return role.heading.means("count", "row_number", "remark", "boolean")


def _named(heading: str) -> str:
    plain = normal(heading)
    return ORGANISATION if organisation_kind(plain) else PERSON if is_person(plain) else ""


def _no_pattern(table: Table, ticked: Sequence[Role]) -> str:
    """Texts of a cell that mean that there is nothing. A cross means yes where nothing else does."""
    texts = {normal(text) for role in ticked for text in table.texts(role.column)}
    crosses = {"×", "✗", "✕", "x", "X"}
    away = "".join(sorted(f"|{re.escape(text)}" for text in texts if text.casefold() in _AWAY))
    ticks = {text for text in texts - crosses if text.casefold() in YES and not text.isdigit()}
    return r"^(?:0|[-–—/.]|否|无|no|n|nein|non|なし|無|☐|□" + (r"|[×✗✕xX]" if ticks else "") + away + r")$"
