"""Asking instead of guessing: a table that no mapping takes is told as sentences; what is in doubt is asked, and the answers are kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import MappingProblem
from graph.messages import message
from lianyin.answers.understanding import reading_lines
from lianyin.beside import write_beside
from lianyin.cli.text import printable
from lianyin.kept_mappings import DRAFT, ENDING
from lianyin.language import Language, say
from lianyin.settings import load_types
from lianyin.understanding import Understood, understand

if TYPE_CHECKING:
    from ingest.interpretation import Doubt
    from lianyin.settings import Settings
    from lianyin.understanding import TableReading


@dataclass(frozen=True, slots=True)
class Settled:
    """Tables as they are to be loaded, and the mapping files that hold it."""

    understood: Understood
    kept: tuple[Path, ...]

    def kept_lines(self, language: Language) -> tuple[str, ...]:
        """Where the mappings stand."""
        zh, en = "映射存在 {path}：下次导入照用，可以改", "the mapping is kept in {path}: the next load uses it, and it may be edited"
        return tuple(say(language, zh, en).format(path=path) for path in self.kept)


def settle(paths: Sequence[str], settings: Settings, *, yes: bool) -> Settled:
    """How these files are to be read. On a terminal it is shown and asked; ``yes`` takes what is proposed; otherwise what is sure is taken
    and shown, and what is not is refused with a draft of its mapping. Raises ``MappingProblem`` for what is refused or called off."""
    ontology, places = load_types(settings), [Path(path) for path in paths]
    understood = understand(places, ontology, settings)
    _refuse_unreadable(understood, places)
    if not understood.interpreted:
        return Settled(understood, ())
    _show(reading_lines(understood.interpreted, settings.language))
    if not yes and on_terminal():
        answers = _ask(understood, settings.language)
        if answers:
            understood = understand(places, ontology, settings, answers=answers)
            _show(reading_lines(understood.interpreted, settings.language))
        if not click.confirm(say(settings.language, "照此导入？", "Load it so?"), default=True, err=True):
            raise click.Abort
    elif not yes and not all(reading.sure for reading in understood.interpreted):
        raise _refusal(understood)
    return Settled(understood, tuple(write_beside(path, text, ENDING) for path, text in understood.texts.items()))


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _show(lines: Iterator[str]) -> None:
    for line in lines:
        sys.stderr.write(printable(line) + "\n")


def _ask(understood: Understood, language: Language) -> dict[str, dict[str, str]]:
    """The answers that differ from what was proposed."""
    answers: dict[str, dict[str, str]] = {}
    for reading in understood.interpreted:
        for doubt in reading.proposal.doubts if reading.proposal else ():
            chosen = _answer(doubt, language)
            if chosen != doubt.proposed:
                answers.setdefault(reading.place, {})[doubt.column] = chosen
    return answers


def _answer(doubt: Doubt, language: Language) -> str:
    sys.stderr.write(printable(say(language, doubt.question.zh, doubt.question.en)) + "\n")
    for number, option in enumerate(doubt.options, start=1):
        sys.stderr.write(printable(f"  {number}. {say(language, option.label.zh, option.label.en)}") + "\n")
    keys = [option.key for option in doubt.options]
    default = keys.index(doubt.proposed) + 1 if doubt.proposed in keys else 1
    word = say(language, "选哪一项", "Which")
    return keys[click.prompt(word, type=click.IntRange(1, len(keys)), default=default, err=True) - 1]


def _refuse_unreadable(understood: Understood, places: Sequence[Path]) -> None:
    """A file that was named itself, and of which no table can be read, is refused; one that was met in a folder is passed over."""
    named = {path for path in places if path.is_file()}
    read = {reading.path for reading in understood.tables if reading.mapping}
    missing = sorted(str(path) for path in named - read)
    if missing or not read:
        first = missing[0] if missing else str(places[0])
        raise MappingProblem(
            message("{file}: no column names a person, an organisation or a project.", file=first),
            hint=message("Write a mapping for it (docs/mappings.md): lianyin mapping draft {file}", file=first),
            where={"file": first},
        )


def _refusal(understood: Understood) -> MappingProblem:
    unsure = [reading for reading in understood.interpreted if not reading.sure]
    path = unsure[0].path
    draft = write_beside(path, understood.texts[path], DRAFT)
    doubts = [f"{reading.place}: {doubt.column}" for reading in unsure for doubt in doubts_of(reading)]
    return MappingProblem(
        message("{file} fits no mapping, and how to read it is not sure ({doubts}).", file=path.name, doubts=tuple(doubts)),
        hint=message(
            "Read the draft {draft} (lianyin mapping draft wrote it), mend it and load with --mapping {draft}; or take it with --yes; "
            "or run the command on a terminal, where it asks.",
            draft=draft,
        ),
        where={"file": path.name},
    )


def doubts_of(reading: TableReading) -> Sequence[Doubt]:
    """What is in doubt of a table that was interpreted."""
    return reading.proposal.doubts if reading.proposal else ()
