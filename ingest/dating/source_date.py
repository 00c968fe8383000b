"""The date of a source: of what day its rows speak. First found wins: what the user says, the file's name, the title above the header, the
sheet's name, the workbook's properties, the day of the load. Where two of them cannot both be so, or one can be read in two ways, that is
told.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from graph.errors import QueryProblem
from graph.messages import message
from graph.values import days
from ingest.dating.in_text import DatesInText, FoundDate, dates_in
from ingest.outcome import Bilingual

Origin = Literal["given", "answer", "file-name", "title", "sheet", "properties", "load"]
"""Where a date was told from: ``--date``, the answer of who loaded the file, the file's name, the title above the header, the sheet's name,
the workbook's properties, or, since nothing told it, the day of the load."""

ORIGINS: tuple[str, ...] = get_args(Origin)

WORDS: dict[str, Bilingual] = {
    "given": Bilingual("所给的 --date", "--date, as given"),
    "answer": Bilingual("导入时所答", "the answer given when it was loaded"),
    "file-name": Bilingual("文件名", "the file's name"),
    "title": Bilingual("表头上方的标题", "the title above the header"),
    "sheet": Bilingual("工作表名", "the sheet's name"),
    "properties": Bilingual("工作簿属性（最后保存）", "the workbook's properties (last saved)"),
    "load": Bilingual("导入当日（文件未注明）", "the day of the load (the file gives none)"),
}


@dataclass(frozen=True, slots=True)
class SourceDate:
    """``date`` is ISO and may be partial. ``year`` is that of days that the rows give without one: only a year that the file or the user
    states, and only if nothing contradicts it. ``doubts`` say what a person should decide, with ``--date``."""

    date: str
    origin: Origin
    year: int | None = None
    doubts: tuple[Bilingual, ...] = ()

    @property
    def told(self) -> Bilingual:
        """Where the date was told from, in words."""
        return WORDS[self.origin]


@dataclass(frozen=True, slots=True)
class Stated:
    """What one table has to say of its date: ``title`` are the cells above its header, ``saved`` the day that the workbook's properties
    give (``""``: none), ``given`` the user's ``--date``, ``answered`` what the user said of this table when asked."""

    name: str
    title: str = ""
    sheet: str = ""
    saved: str = ""
    given: str = ""
    answered: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    origin: Origin
    date: str
    year: int | None


def checked_date(text: str) -> str:
    """A date as a user gives it (``2024``, ``2024-05``, ``2024-05-29``). Raises ``QueryProblem`` for anything else."""
    try:
        days.first_day(text)
    except ValueError as problem:
        raise QueryProblem(
            message("'{text}' is not a valid date.", text=text),
            hint=message("Write 2024, 2024-05 or 2024-05-29."),
            where={"parameter": "date"},
        ) from problem
    return text


def date_of(stated: Stated, today: datetime.date) -> SourceDate:
    """The date of a table, where it was told from, and what is doubtful about it."""
    if stated.given:
        return SourceDate(stated.given, "given", int(stated.given[:4]))
    if stated.answered:
        return answered_date(stated.answered)
    doubts: list[Bilingual] = []
    texts = (("file-name", stated.name.rpartition(".")[0] or stated.name), ("title", stated.title), ("sheet", stated.sheet))
    found = [(origin, dates_in(text)) for origin, text in texts]
    candidates = [each for origin, text in found if (each := _chosen(origin, text, today, doubts)) is not None]  # type: ignore[arg-type]
    saved = _saved(stated.saved, today, doubts)
    if not candidates:
        partial = next(((origin, text.yearless[0]) for origin, text in found if text.yearless), None)
        fallback = _Candidate("properties", saved, None) if saved else _Candidate("load", today.isoformat(), None)
        candidates = [_with_year(*partial, fallback.date, doubts) if partial else fallback]  # type: ignore[arg-type]
    return _settled(candidates, saved, doubts)


def answered_date(date: str) -> SourceDate:
    """The date that somebody gave who was asked."""
    return SourceDate(date, "answer", int(date[:4]))


def _chosen(origin: Origin, text: DatesInText, today: datetime.date, doubts: list[Bilingual]) -> _Candidate | None:
    """The date that a text means: of several the one behind 截至, else the most exact, else the latest."""
    place = WORDS[origin]
    begun = [each for each in text.dates if days.first_day(each.begins or each.date) <= today]
    for each in text.dates:
        if each not in begun:
            doubts.append(
                Bilingual(
                    f"{place.zh}里的 {each.date} 还没有到，不作数据日期",
                    f"{place.en} has {each.date}, which is to come: not taken for the date",
                )
            )
    if not begun:
        return None
    past = [replace(each, date=min(each.date, today.isoformat()[: len(each.date)])) for each in begun]
    best = max(past, key=lambda each: (each.stated, len(each.date), each.date))
    others = sorted({each.date for each in past if not _agree(each.date, best.date)})
    if best.unsure:
        doubts.append(
            Bilingual(
                f"{place.zh}里的日期有两种读法，取 {best.date}", f"the date in {place.en} can be read in two ways: {best.date} is taken"
            )
        )
    if others:
        listed = "、".join(others), ", ".join(others)
        doubts.append(
            Bilingual(
                f"{place.zh}里还有别的日期 {listed[0]}，取 {best.date}",
                f"{place.en} has other dates too, {listed[1]}: {best.date} is taken",
            )
        )
    return _Candidate(origin, best.date, _year_of(best, past))


def _year_of(best: FoundDate, past: Sequence[FoundDate]) -> int | None:
    years = {each.date[:4] for each in past}
    return int(best.date[:4]) if best.one_year and len(years) == 1 else None


def _saved(saved: str, today: datetime.date, doubts: list[Bilingual]) -> str:
    try:
        if saved and days.first_day(saved) <= today:
            return saved
    except ValueError:
        saved = ""
    if saved:
        doubts.append(
            Bilingual(
                f"工作簿属性的日期 {saved} 还没有到，不作数据日期",
                f"the workbook's properties say {saved}, which is to come: not taken for the date",
            )
        )
    return ""


def _with_year(origin: Origin, end: str, last: str, doubts: list[Bilingual]) -> _Candidate:
    """A quarter or month without a year: the last one that had begun to end by the day that is known."""
    year = int(last[:4])
    date = f"{year}-{end}" if f"{year}-{end}" <= last[:7] else f"{year - 1}-{end}"
    place = WORDS[origin]
    doubts.append(
        Bilingual(
            f"{place.zh}只写了季度或月份，没有年份，取 {date}", f"{place.en} gives a quarter or month without a year: {date} is taken"
        )
    )
    return _Candidate(origin, date, None)


def _settled(candidates: Sequence[_Candidate], saved: str, doubts: list[Bilingual]) -> SourceDate:
    first = candidates[0]
    agreeing = [each for each in candidates if _agree(each.date, first.date)]
    best = max(agreeing, key=lambda each: len(each.date))
    against = [each for each in candidates if each not in agreeing]
    for each in against:
        one, other = WORDS[best.origin], WORDS[each.origin]
        doubts.append(
            Bilingual(
                f"{one.zh}说 {best.date}，{other.zh}说 {each.date}：取前者",
                f"{one.en} says {best.date}, {other.en} says {each.date}: the first is taken",
            )
        )
    if saved and best.origin not in ("properties", "load") and saved < best.date[: len(saved)]:
        doubts.append(
            Bilingual(
                f"{WORDS[best.origin].zh}说 {best.date}，而工作簿最后保存于 {saved}，早于它",
                f"{WORDS[best.origin].en} says {best.date}, but the workbook was last saved before it, on {saved}",
            )
        )
    year = best.year if all(each.date[:4] == best.date[:4] for each in against) else None
    return SourceDate(best.date, best.origin, year, tuple(doubts))


def _agree(one: str, other: str) -> bool:
    """Whether one of the two dates is the other, less exactly said."""
    return one.startswith(other) or other.startswith(one)


def title_of(rows: Sequence[tuple[int, tuple[str, ...]]], header_row: int) -> str:
    """The texts above the header, each once: merged titles fill several cells."""
    cells = [cell.strip() for number, row in rows if number < header_row for cell in row if cell.strip()]
    return re.sub(r"\s+", " ", "；".join(dict.fromkeys(cells)))
