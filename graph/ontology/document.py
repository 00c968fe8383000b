"""YAML with places: plain parts of a file of types, each knowing the line on which it stands, and what may be asked of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import yaml

from graph.errors import OntologyProblem
from graph.messages import NOTHING, Message, message
from graph.ontology.schema import nearest

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 50
"""Levels of lists and keys: reading goes level by level into the file."""

MOST_PARTS = 100_000
"""Texts, lists and groups of keys in one file, references unfolded: the largest of ours has some thousands."""

_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file: text, a list of parts or keys with parts. Everything in the file is text until someone asks for more, so that
    the keys ``no`` and ``on`` stay words. ``path`` leads to it from the top of the file, ``line`` counts from 1."""

    file: str
    line: int
    path: tuple[str, ...]
    content: str | Sequence[Part] | Mapping[str, Part]

    def problem(self, detail: Message, hint: Message = NOTHING) -> OntologyProblem:
        """An error that names the file, the line and the key."""
        name = self.file.replace("\\", "/").rsplit("/", 1)[-1]
        place = f"{'.'.join(self.path)}: " if self.path else ""
        told = message("{file}, line {line}: {place}{detail}", file=name, line=self.line, place=place, detail=detail)
        return OntologyProblem(told, hint=hint, where={"file": self.file, "row": self.line})

    def keys(self, known: Collection[str] | None = None, required: Sequence[str] = ()) -> Mapping[str, Part]:
        """The keys of this part, of which only ``known`` ones may stand and ``required`` ones must."""
        if not isinstance(self.content, Mapping):
            raise self.problem(
                message("Keys are expected here, not a text or a list."), message("Indent what belongs to it, as 'key: value'.")
            )
        for key, part in self.content.items():
            if known is not None and key not in known:
                raise part.problem(message("This key is unknown."), nearest(key, known, message("Known keys")))
        for key in required:
            if key not in self.content:
                raise self.problem(message("'{key}' is missing.", key=key), message("Add it."))
        return self.content

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.content, str) or not self.content.strip():
            raise self.problem(message("A text is expected here."))
        return self.content.strip()

    def items(self) -> tuple[Part, ...]:
        """The parts of a list; a single text is a list of one."""
        if isinstance(self.content, str):
            return (self,)
        if isinstance(self.content, Mapping):
            raise self.problem(message("A list is expected here, not keys."), message("Write [a, b]."))
        return tuple(self.content)

    def texts(self) -> tuple[str, ...]:
        """The texts of a list, or of a single text."""
        return tuple(item.text() for item in self.items())

    def truth(self) -> bool:
        """``true`` or ``false``."""
        found = _TRUTHS.get(self.text().lower())
        if found is None:
            raise self.problem(message("'{text}' is neither true nor false.", text=self.text()), message("Write true or false."))
        return found

    def number(self, lowest: int, highest: int) -> int:
        """A whole number between two others."""
        text = self.text()
        if not re.fullmatch(r"\d{1,6}", text) or not lowest <= int(text) <= highest:
            raise self.problem(message("'{text}' is not a number from {lowest} to {highest}.", text=text, lowest=lowest, highest=highest))
        return int(text)


def oddity(text: str) -> tuple[int, Message] | None:
    """The line and kind of what no file of ours needs and a hostile one lives on: references (``*name``) that unfold without end, and
    nesting without end. ``None`` for other text, whether it is YAML or not."""
    sizes: dict[str, int] = {}
    # The anchor of each list or group of keys that is open, and how many parts it has so far, references unfolded.
    open_parts: list[tuple[str, int]] = [("", 0)]
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line, size = event.start_mark.line + 1 if event.start_mark else 1, 0
            if isinstance(event, yaml.CollectionStartEvent):
                open_parts.append((event.anchor or "", 1))
            elif isinstance(event, yaml.CollectionEndEvent):
                anchor, size = open_parts.pop()
                sizes[anchor] = size
            elif isinstance(event, yaml.ScalarEvent):
                sizes[event.anchor or ""] = size = 1
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in sizes:
                    return line, message("The reference '*{name}' points nowhere, or into itself.", name=event.anchor)
                size = sizes[event.anchor]
            open_parts[-1] = (open_parts[-1][0], open_parts[-1][1] + size)
            if len(open_parts) > DEEPEST:
                return line, message("Lists and keys are nested more than {most} levels deep.", most=DEEPEST)
            if open_parts[-1][1] > MOST_PARTS:
                return line, message("With its references expanded it has more than {most:,} parts.", most=MOST_PARTS)
    except yaml.YAMLError:
        return None
    return None


def parse(text: str, file: str) -> Part:
    """The whole file as one part. Raises ``OntologyProblem`` for text that is not YAML, that has a key twice, or that ``oddity`` finds."""
    if odd := oddity(text):
        raise Part(file, odd[0], (), "").problem(odd[1])
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Part(file, line, (), "").problem(
            message("This is not YAML: {problem}.", problem=error.problem), message("Check the indentation, the colons and the quotes.")
        ) from error
    except yaml.YAMLError as error:
        raise Part(file, 1, (), "").problem(
            message("This is not YAML: {error}.", error=error), message("Save it as UTF-8 text.")
        ) from error
    return _part(root, file, ()) if root is not None else Part(file, 1, (), {})


def _part(node: yaml.Node, file: str, path: tuple[str, ...], line: int = 0) -> Part:
    line = line or node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Part(file, line, path, str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Part(file, line, path, tuple(_part(item, file, path) for item in node.value))
    found: dict[str, Part] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        part = _part(value_node, file, (*path, key), key_node.start_mark.line + 1)
        if key in found:
            raise part.problem(
                message("This key occurs twice, first on line {line}.", line=found[key].line), message("Remove or rename one.")
            )
        found[key] = part
    return Part(file, line, path, found)
