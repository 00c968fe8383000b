"""Messages in the reader's language: one catalogue for errors, hints and notices.

Write ``message("'{name}' is not a relationship type.", name=name)``. The result is English text, so that logs, tests and tracebacks
read it as any other; the doors say it with ``said(text, language)``. The Chinese texts are in ``graph/locale/zh/LC_MESSAGES/lianyin.po``
(gettext's own format: any translation editor opens it), keyed by the English template; ``docs/messages.md`` says how to add one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

Language: TypeAlias = Literal["zh", "en"]

CATALOGUE = Path(__file__).with_name("locale") / "zh" / "LC_MESSAGES" / "lianyin.po"

_ENTRY = re.compile(r'^msgid "(.*)"\n((?:".*"\n)*)msgstr "(.*)"\n((?:".*"\n)*)', re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")


class Pair(Protocol):
    """A text in both languages, such as a label."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


class Message(str):
    """One text in English that knows its Chinese. ``template`` names its ``values`` in braces, with format specifications as
    ``str.format`` takes them; without values the template is the text as it stands."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object] | None = None) -> Message:
        text = super().__new__(cls, _filled(template, values or {}, "en"))
        text.template, text.values = template, values or {}
        return text

    @property
    def en(self) -> str:
        """The text itself."""
        return str.__str__(self)

    @property
    def zh(self) -> str:
        """The Chinese text; the English one where the catalogue has none (text that is not ours, such as a driver's)."""
        return _filled(catalogue().get(self.template, self.template), self.values, "zh")

    def changed(self, change: Callable[[str], str]) -> Message:
        """The same message with every text among its values changed, or the text itself where there is no value."""
        if not self.values:
            return Message(change(self.template))
        return Message(self.template, {name: _changed(value, change) for name, value in self.values.items()})

    def __reduce__(self) -> tuple[type[Message], tuple[str, dict[str, object]]]:
        return Message, (self.template, dict(self.values))


class Either(tuple[object, ...]):
    """Values of which one is meant: "a, b or c"."""


def message(template: str, /, **values: object) -> Message:
    """The English ``template``, filled in. Among the values, messages and labels are said in the reader's language, lists and tuples are
    listed, ``Either`` is listed with "or"."""
    return Message(template, values)


def verbatim(text: str) -> Message:
    """Text that is not ours to translate: what a driver, the operating system or another server says."""
    return Message(text)


def together(first: Pair, second: Pair) -> Message:
    """Two sentences, one after the other; an empty one is left out."""
    if first.en and second.en:
        return message("{first} {second}", first=first, second=second)
    return said_as(first if first.en else second)


def said_as(pair: Pair) -> Message:
    """A label as a message."""
    return pair if isinstance(pair, Message) else message("{text}", text=pair)


def said(text: str, language: Language) -> str:
    """The text for a reader of this language."""
    return text.zh if language == "zh" and isinstance(text, Message) else str(text)


@cache
def catalogue() -> Mapping[str, str]:
    """The Chinese template by the English one. Read at the first use: most commands end without an error."""
    return dict(read_catalogue(CATALOGUE.read_text(encoding="utf-8")))


def read_catalogue(text: str) -> Iterator[tuple[str, str]]:
    """The translated entries of a PO file without plurals and contexts."""
    for parts in _ENTRY.findall(text):
        english, chinese = _unescaped(parts[0], parts[1]), _unescaped(parts[2], parts[3])
        if english and chinese:
            yield english, chinese


def _unescaped(first: str, further: str) -> str:
    text = first + further[1:-2].replace('"\n"', "") if further else first
    return _ESCAPED.sub(lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text) if "\\" in text else text


def _filled(template: str, values: Mapping[str, object], language: Language) -> str:
    if not values:
        return template
    return template.format_map({name: _shown(value, language) for name, value in values.items()})


def _shown(value: object, language: Language) -> object:
    if isinstance(value, (Message, str)):
        return said(value, language)
    if isinstance(value, (int, float)) or value is None:
        return value
    if isinstance(value, Either):
        *others, last = [str(_shown(each, language)) for each in value] or [""]
        separator, conjunction = ("、", "或") if language == "zh" else (", ", " or ")
        return f"{separator.join(others)}{conjunction}{last}" if others else last
    if isinstance(value, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(str(_shown(each, language)) for each in value)
    return getattr(value, language, value)


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.changed(change)
    if isinstance(value, (int, float)) or value is None or hasattr(value, "zh"):
        return value
    if isinstance(value, (tuple, list)):
        changed = [_changed(each, change) for each in value]
        return Either(changed) if isinstance(value, Either) else changed
    return change(str(value))  # a path or another error says what it says as text


NOTHING = Message("")
"""No hint."""
