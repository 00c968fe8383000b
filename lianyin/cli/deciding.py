"""Asking on a terminal what is in doubt of a load: the date of a source, and whether a table is another edition of one that is loaded."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import QueryProblem
from graph.messages import said
from ingest.dating import checked_date
from ingest.options import Table, TableStatement
from ingest.readers import list_files
from lianyin.cli.text import printable
from lianyin.kept_dates import keep_dates
from lianyin.language import Language, say

if TYPE_CHECKING:
    from ingest.dating import SourceDate
    from ingest.deciding import DatedTable, DoubtfulEdition


@dataclass(slots=True)
class TerminalDecider:
    """Whoever sits at the terminal. Dates that were given are kept beside the files; ``kept`` says where. Which edition a table is, is kept
    by the load itself."""

    paths: Sequence[Path]
    language: Language
    kept: list[Path] = field(default_factory=list)

    def dates(self, tables: Sequence[DatedTable]) -> Mapping[Table, str]:
        """One question for all tables that tell nothing of their date, one for each file and doubt of the others."""
        answers: dict[Table, str] = {}
        for dated, group in _alike(tables):
            answers |= dict.fromkeys(group, self._date(dated, group))
        self._keep(answers)
        return answers

    def editions(self, tables: Sequence[DoubtfulEdition]) -> Mapping[Table, TableStatement]:
        """One question for each table."""
        return {(table.file, table.sheet): self._edition(table) for table in tables}

    def _date(self, dated: SourceDate, tables: Sequence[Table]) -> str:
        places = [_place(table) for table in tables]
        if dated.doubts:
            doubts = (say(self.language, doubt.zh, doubt.en) for doubt in dated.doubts)
            self._show(say(self.language, f"{places[0]} 的数据日期拿不准：", f"The date of {places[0]} is in doubt: ") + "; ".join(doubts))
        else:
            named = ("、" if self.language == "zh" else ", ").join(places)
            self._show(say(self.language, f"没有写明数据日期：{named}", f"Nothing tells the date of the data: {named}"))
        word = say(self.language, "数据是哪一天的（2024、2024-05、2024-05-29）", "Of what day is it (2024, 2024-05, 2024-05-29)")
        while True:
            text = click.prompt(word, default=dated.date, err=True)
            try:
                return checked_date(text.strip())
            except QueryProblem as problem:
                self._show(f"{said(problem.detail, self.language)} {said(problem.hint, self.language)}")

    def _edition(self, table: DoubtfulEdition) -> TableStatement:
        possible, place = table.possible, _place((table.file, table.sheet))
        of = _place((possible.file, possible.sheet))
        zh = f"{place}（{table.date}）与 {possible.load} 的 {of}（{possible.date}）有 {possible.known}/{possible.looked_at} 个关键列相同"
        en = f"{possible.known} of {possible.looked_at} keys of {place} ({table.date}) are those of {of} ({possible.load}, {possible.date})"
        self._show(say(self.language, f"{zh}：{possible.why.zh}。它是：", f"{en}: {possible.why.en}. It is:"))
        self._show(say(self.language, "  1. 另一份名单（新系列）", "  1. a list of its own (a new series)"))
        self._show(say(self.language, f"  2. {possible.load} 的另一期", f"  2. another edition of that of {possible.load}"))
        chosen = click.prompt(say(self.language, "选哪一项", "Which"), type=click.IntRange(1, 2), default=1, err=True)
        return TableStatement(edition_of=possible.load) if chosen == 2 else TableStatement(new_series=True)

    def _keep(self, answers: Mapping[Table, str]) -> None:
        by_file: dict[str, dict[str, str]] = {}
        for (file, sheet), date in answers.items():
            by_file.setdefault(file, {})[sheet] = date
        self.kept += [keep_dates(path, by_file[path.name]) for path, _ in list_files(self.paths) if path.name in by_file]

    def _show(self, line: str) -> None:
        sys.stderr.write(printable(line) + "\n")


def _place(table: Table) -> str:
    file, sheet = table
    return f"{file} [{sheet}]" if sheet else file


def _alike(tables: Sequence[DatedTable]) -> list[tuple[SourceDate, list[Table]]]:
    """Tables with one answer: those that tell nothing, and the sheets of a file of which the same is doubtful."""
    groups: dict[tuple[str, SourceDate], list[Table]] = {}
    for table in tables:
        groups.setdefault((table.file if table.dated.doubts else "", table.dated), []).append((table.file, table.sheet))
    return [(dated, group) for (_, dated), group in groups.items()]
