"""The event that a sign-in sheet is of, which its title lines say: ``主题：…``, ``Attendance list – Harbour Day, 12 March 2019``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.values.normal import narrow
from ingest.interpretation.headings import read_heading
from ingest.interpretation.profile import only_kind
from ingest.interpretation.roles import OBJECT, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.tables import Table

EVENT, DATE, PLACE = "title event", "title date", "title place"
"""The columns that hold what the title lines say."""
_SIGNED = re.compile(
    r"签到|簽到|签名|参会|參會|与会|出席|到会|报名|attend|sign[ -]?in|signature|participant|teilnehm|anwesenheit|présence|émargement|"
    r"asisten|partecipan|presenze|参加者|出席者",
    re.IGNORECASE,
)
"""What is said of a list of people who came."""
_LIST = re.compile(
    r"[（(]?(?:参会|与会|出席|到会|参加|报名|活动|会议)?(?:人员|代表|嘉宾|学员)?(?:签到|簽到|报名|出席|参会)?(?:人员)?(?:表|册|名单|名册|登记表|簿|一览表?|一覧)[)）]?$"
    r"|^(?:attendance (?:list|sheet|register)|list of (?:participants|attendees)|sign[ -]?in sheet|participants(?: list)?|attendees|"
    r"teilnehmerliste|anwesenheitsliste|teilnehmende|liste de présence|liste des participants|"
    r"feuille d['’]émargement|lista de asistentes|"
    r"lista dei partecipanti|elenco (?:dei )?partecipanti|参加者名簿|出席者名簿)\b\s*[:：,–—-]*\s*"
    r"(?:of|for|zu[mr]?|der|des|de la|de l['’]|du|de|del|della)?\s*"
    r"|\s*[:：,–—-]\s*(?:attendance(?: list| sheet)?|participants|attendees|sign[ -]?in sheet|teilnehmerliste|liste de présence)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s{2,}|\t|[;；|｜\u3000]|\s(?=[\u4e00-\u9fff]{2,8}[:：])")
_LABELLED = re.compile(r"^([^:：]{1,12})[:：]\s*(.+)$")
_TOPICS = frozenset({"event", "detail", "thesis", "publication", "project", "name"})
"""What a label calls whatever people came to."""
_DATE_IN = re.compile(
    r"[,，]?\s*[（(]?((?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\d{1,2}\.?\s[^\W\d_]{3,9}\s(?:19|20)\d\d)[)）]?"
)
LEAST = 3
"""Characters of an event's name."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """``slot`` is the event's; ``constants`` are the columns that its title lines fill."""

    slot: Slot
    constants: dict[str, str]


def occasion_of(table: Table, slots: Sequence[Slot]) -> Occasion | None:
    """The event that the people of a table came to, where no column names what a row is about."""
    people = any(slot.kind == PERSON and slot.concept in ("person", "attendee", "student") for slot in slots)
    told = (*table.titles, table.file, table.sheet, *table.header)
    if not people or any(slot.kind == OBJECT for slot in slots) or not any(_SIGNED.search(text) for text in told):
        return None
    said = _said(table.titles)
    if len(said.get(EVENT, "")) < LEAST:
        return None
    properties = tuple((name, column, ()) for name, column in (("date", DATE), ("place", PLACE)) if column in said)
    return Occasion(Slot("event", OBJECT, "event", EVENT, -1, constant=said[EVENT], properties=properties), said)


def _said(titles: Sequence[str]) -> dict[str, str]:
    """What the title lines say of event, date and place."""
    found: dict[str, str] = {}
    for title in titles:
        for part in filter(None, map(narrow, _PARTS.split(title))):
            labelled = _LABELLED.match(part)
            column = _column(labelled[1]) if labelled else ""
            if labelled and column:
                found[column] = labelled[2].strip()
            elif not labelled and EVENT not in found:
                found |= _of_title(part)
    return found


def _column(label: str) -> str:
    heading = read_heading(label)
    names = {concept.name for concept in heading.heads}
    if label.strip() in ("主题", "活动", "会议", "Event", "Topic", "Thema", "Veranstaltung") or names & _TOPICS:
        return EVENT
    if any(concept.kind == "date" for concept in heading.heads) or label.strip() in ("时间", "時間", "日時"):
        return DATE
    return PLACE if names & {"place", "address"} else ""


def _of_title(title: str) -> dict[str, str]:
    """The event, and the day, of a title that says that it lists who came."""
    name = _LIST.sub("", title).strip(" -–—,，:：")
    if name == title.strip() or only_kind(name):
        return {}
    date = _DATE_IN.search(name)
    if date is None:
        return {EVENT: name}
    return {EVENT: (name[: date.start()] + name[date.end() :]).strip(" -–—,，:："), DATE: date[1]}
