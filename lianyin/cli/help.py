"""Help in the reader's language. A text of a command says the same in English and in Chinese: in its first paragraph the English
sentences come first, further paragraphs are in one of the two.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from inspect import cleandoc

import click

from graph.messages import Language, message, said
from lianyin.language import chosen_language

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BOTH = re.compile(r"(?P<en>.*[.?!…]) (?P<zh>[“（《]?[\d\u4e00-\u9fff].*)", re.DOTALL)
_HEADING = re.compile(r"(?P<en>[^\u4e00-\u9fff]+) (?P<zh>[\u4e00-\u9fff].*)")
_FURTHER = re.compile(r"(?P<text>.*?)(?:  \[(?P<further>[^\]]*)\])?", re.DOTALL)

_CLICKS_OWN = {
    told.en: told
    for told in (
        message("Options"),
        message("Commands"),
        message("Show this message and exit."),
        message("Show the version and exit."),
        message("required"),
    )
}
"""What click says of itself in a page of help."""


def in_language(text: str, language: Language) -> str:
    """The half of a bilingual text that is in the language: the words that stand before or after the border of its first paragraph, and
    the further paragraphs in it. A text in one language is as it is."""
    if text in _CLICKS_OWN:
        return said(_CLICKS_OWN[text], language)
    first, *further = cleandoc(text).split("\n\n")
    both = _BOTH.fullmatch(first) or _HEADING.fullmatch(first)
    halves = [both[language] if both else first, *(one for one in further if bool(_HAN.search(one)) == (language == "zh"))]
    return "\n\n".join(halves)


class HelpPage(click.HelpFormatter):
    """A page of help in the reader's language."""

    def __init__(self, *sizes: int | None, **further: int | None) -> None:
        super().__init__(*sizes, **further)  # type: ignore[arg-type]
        self._language = chosen_language(os.environ)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how a command is written."""
        super().write_usage(prog, args, said(message("Usage: "), self._language) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        super().write_heading(in_language(heading, self._language))

    def write_text(self, text: str) -> None:
        """What the command does."""
        super().write_text(in_language(text, self._language))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it means."""
        super().write_dl([(name, self._meaning(told)) for name, told in rows], col_max, col_spacing)

    def _meaning(self, told: str) -> str:
        parts = _FURTHER.fullmatch(told)
        if parts is None or not parts["further"]:
            return in_language(told, self._language)
        return f"{in_language(parts['text'], self._language)}  [{self._further(parts['further'])}]"

    def _further(self, told: str) -> str:
        name, colon, value = told.partition(": ")
        if colon and name == "default":
            return said(message("default: {value}", value=value), self._language)
        return in_language(told, self._language)


class HelpContext(click.Context):
    """A context whose help is in the reader's language."""

    formatter_class = HelpPage


def with_help(command: click.Command) -> click.Command:
    """The command, telling its help in the reader's language, as do those of its own. In the list of their group they have both languages,
    of which the page takes one."""
    command.context_class = HelpContext
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            inner.short_help = cleandoc(inner.help or "").split("\n\n")[0].replace("\n", " ")
            with_help(inner)
    return command
