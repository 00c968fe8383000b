"""YAML with places: the plain data of a mapping file, and the line on which each part of it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from graph.errors import MappingProblem
from graph.messages import NOTHING, Message, message
from graph.ontology.document import oddity

Data = str | list["Data"] | dict[str, "Data"]
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """``data`` holds text, lists and dictionaries only. ``lines`` gives the line (from 1) of each key or item by its path."""

    name: str
    data: Data
    lines: Mapping[Place, int]

    def line(self, place: Sequence[str | int]) -> int:
        """The line of a place, or of the nearest place around it."""
        for length in range(len(place), 0, -1):
            found = self.lines.get(tuple(place[:length]))
            if found is not None:
                return found
        return 1

    def problem(self, place: Sequence[str | int], detail: Message, hint: Message = NOTHING) -> MappingProblem:
        """An error that names the file, the line and the key."""
        line = self.line(place)
        path = f"{'.'.join(str(part) for part in place)}: " if place else ""
        told = message("{file}, line {line}: {place}{detail}", file=self.name, line=line, place=path, detail=detail)
        return MappingProblem(told, hint=hint, where={"file": self.name, "row": line})


def parse(text: str, name: str) -> list[Document]:
    """The documents of a YAML text (``---`` parts them). Raises ``MappingProblem`` for text that is not YAML, has a key twice, or
    that refers to its own parts or nests them without end."""
    if odd := oddity(text):
        raise MappingProblem(
            message("{file}, line {line}: {place}{detail}", file=name, line=odd[0], place="", detail=odd[1]),
            where={"file": name, "row": odd[0]},
        )
    try:
        roots = list(yaml.compose_all(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MappingProblem(
            message("{name}, line {line}: not YAML: {problem}.", name=name, line=line, problem=error.problem),
            hint=message("Check the indentation and the quotes."),
            where={"file": name, "row": line},
        ) from error
    except yaml.YAMLError as error:
        raise MappingProblem(
            message("{name} is not YAML: {error}.", name=name, error=error), hint=message("Save it as UTF-8 text."), where={"file": name}
        ) from error
    return [_document(root, name) for root in roots if root is not None]


def _document(root: yaml.Node, name: str) -> Document:
    lines: dict[Place, int] = {}
    return Document(name, _plain(root, (), lines, name), lines)


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], name: str) -> Data:
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, index), lines, name) for index, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        raise MappingProblem(
            message("{name}, line {line}: not text, a list or keys.", name=name, line=line), where={"file": name, "row": line}
        )
    found: dict[str, Data] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        lines[(*place, key)] = key_node.start_mark.line + 1
        if key in found:
            at = key_node.start_mark.line + 1
            raise MappingProblem(
                message("{name}, line {line}: the key '{key}' occurs twice.", name=name, line=at, key=key),
                hint=message("Remove one."),
                where={"file": name, "row": at},
            )
        found[key] = _plain(value_node, (*place, key), lines, name)
    return found
