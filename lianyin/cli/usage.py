"""Errors in how a command was written, as click tells them, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from graph.messages import Message, message, verbatim

_KNOWN = (
    message("Missing parameter: {name}"),
    message("No such command {name}."),
    message("No such command {name}. Did you mean {other}?"),
    message("No such command {name}. (Did you mean one of: {others}?)"),
    message("No such option {name}."),
    message("No such option {name}. Did you mean {other}?"),
    message("No such option {name}. (Did you mean one of: {others}?)"),
    message("Option {name} requires an argument."),
    message("Option {name} requires {count} arguments."),
    message("Option {name} does not take a value."),
    message("Got unexpected extra argument ({values})"),
    message("Got unexpected extra arguments ({values})"),
    message("Argument {name} takes {count} values."),
    message("Invalid value for {name}: {reason}"),
    message("Invalid value: {reason}"),
    message("{value} is not a valid integer."),
    message("{value} is not a valid float."),
    message("{value} is not a valid boolean. Recognized values: {choices}"),
    message("{value} is not in the range {range}."),
    message("{value} is not one of {choices}."),
    message("{value} is not a valid integer range."),
    message("{value} is not a valid float range."),
    message("{value} does not match the formats {formats}."),
    message("Path {name} does not exist."),
    message("File {name} does not exist."),
    message("Directory {name} does not exist."),
    message("File {name} is a directory."),
    message("Directory {name} is a file."),
    message("Missing argument {name}. Choose from: {choices}"),
    message("Missing option {name}. Choose from: {choices}"),
    message("Missing argument {name}."),
    message("Missing option {name}."),
    message("Path {name} is not readable."),
    message("Path {name} is not writable."),
    message("File {name} is not readable."),
    message("A picture shows two nodes A and B, or --around NODE."),
)
"""Click's own sentences, and what commands say in its place. The longest that fits is meant."""

_FIELD = re.compile(r"\\\{(\w+)\\\}")
_PATTERNS = [
    (known, re.compile(_FIELD.sub(r"(?P<\1>.+?)", re.escape(known.template)), re.DOTALL)) for known in sorted(_KNOWN, key=len, reverse=True)
]


def usage_message(problem: click.ClickException) -> Message:
    """What click says, as a message; a sentence that is not known stays as it is."""
    return recognised(" ".join(problem.format_message().split()))


def recognised(text: str) -> Message:
    """The known sentence that the text is, with its values; a value may be a known sentence itself."""
    found = next(_matches(text), None)
    if found is None:
        return verbatim(text)
    known, values = found
    said = {name: recognised(value) if name == "reason" else value for name, value in values.items()}
    return Message(known.template, said)


def _matches(text: str) -> Iterator[tuple[Message, dict[str, str]]]:
    for known, pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            yield known, match.groupdict()
