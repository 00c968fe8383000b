"""From a mapping file to a checked ``MappingSpec``. Nothing of a table is read before this has passed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from graph.errors import FileProblem, MappingProblem
from graph.explanations import pydantic_reason
from graph.messages import NOTHING, message
from graph.ontology.schema import Ontology
from ingest.mapping.check import check
from ingest.mapping.document import Document, parse
from ingest.mapping.spec import MappingSpec, Spec
from ingest.mapping.words import Tables, built_in_tables, tables_in, with_tables


def load_mapping_text(text: str, name: str, ontology: Ontology, tables: Tables | None = None) -> dict[str, MappingSpec]:
    """Reads and checks the mappings of one file's text, by name. ``tables`` are further tables of words besides the built-in ones. Raises
    ``MappingProblem`` with ``name``, the line and a suggestion."""
    documents = parse(text, name)
    if not documents:
        raise MappingProblem(message("{name} contains no mapping.", name=name), hint=message("See docs/mappings.md."), where={"file": name})
    known = {**built_in_tables(), **(tables or {})}
    found: dict[str, MappingSpec] = {}
    for document in documents:
        _add(found, _load(with_tables(document, known), ontology), name)
    return found


def _load(document: Document, ontology: Ontology) -> MappingSpec:
    if not isinstance(document.data, dict):
        raise document.problem((), message("A mapping file consists of keys, not of a list or a text."))
    try:
        mapping = MappingSpec.model_validate(document.data)
    except ValidationError as error:
        raise _explain(document, error.errors()[0]) from error
    check(mapping, document, ontology)
    return mapping


def load_mapping_file(path: Path, ontology: Ontology) -> dict[str, MappingSpec]:
    """``load_mapping_text`` from a file, with the tables beside it (``tables/*.yaml``). Raises ``FileProblem`` if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(
            message("The mapping {path} cannot be read: {error}.", path=path, error=error),
            hint=message("Check the path; save the file as UTF-8."),
            where={"file": str(path)},
        ) from error
    return load_mapping_text(text, path.name, ontology, tables_in(path.parent))


def load_mappings(ontology: Ontology, folders: Iterable[Path] = ()) -> dict[str, MappingSpec]:
    """The built-in mappings and those of further folders, by name. Raises ``MappingProblem`` for two of one name."""
    found: dict[str, MappingSpec] = {}
    for resource in sorted(files("ingest").joinpath("mappings").iterdir(), key=lambda each: each.name):
        if resource.name.endswith(".yaml"):
            for mapping in load_mapping_text(resource.read_text(encoding="utf-8"), resource.name, ontology).values():
                _add(found, mapping, resource.name)
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            for mapping in load_mapping_file(path, ontology).values():
                _add(found, mapping, str(path))
    return found


def select_mappings(choice: str | None, ontology: Ontology, folders: Iterable[Path] = ()) -> dict[str, MappingSpec]:
    """What a person asked for: all mappings (``None``), those of a YAML file, or those of that name or family. Raises ``MappingProblem``
    for an unknown name."""
    if choice is not None and choice.lower().endswith((".yaml", ".yml")):
        return load_mapping_file(Path(choice), ontology)
    known = load_mappings(ontology, folders)
    if choice is None:
        return known
    found = {name: mapping for name, mapping in known.items() if choice in (mapping.mapping, mapping.family)}
    if not found:
        near = difflib.get_close_matches(choice, known, n=1)
        hint = (
            message("Did you mean '{name}'?", name=near[0])
            if near
            else message("Mappings: {known}; or the path of a .yaml file.", known=sorted(known))
        )
        raise MappingProblem(message("There is no mapping '{choice}'.", choice=choice), hint=hint, where={"parameter": "mapping"})
    return found


def _add(found: dict[str, MappingSpec], mapping: MappingSpec, place: str) -> None:
    if mapping.mapping in found:
        raise MappingProblem(
            message("{place}: there is already a mapping '{mapping}'.", place=place, mapping=mapping.mapping),
            hint=message("Give it another name."),
            where={"file": place},
        )
    found[mapping.mapping] = mapping


def _explain(document: Document, error: ErrorDetails) -> MappingProblem:
    """One pydantic error as a sentence with its line; for an unknown key the nearest known one."""
    place = tuple(part for part in error["loc"] if part != "[key]")
    kind = error["type"]
    if kind == "extra_forbidden":
        known = _known_keys(place[:-1])
        near = difflib.get_close_matches(str(place[-1]), known, n=1)
        hint = (
            message("Did you mean '{name}'?", name=near[0])
            if near
            else (message("Known keys: {known}.", known=tuple(known)) if known else NOTHING)
        )
        return document.problem(place, message("This key is unknown."), hint)
    if kind == "missing":
        return document.problem(place[:-1], message("The key '{key}' is missing.", key=place[-1]), message("Add it."))
    if kind == "string_pattern_mismatch":
        return document.problem(
            place,
            message("'{input}' is not well formed.", input=error["input"]),
            message("It must match {pattern}.", pattern=error["ctx"]["pattern"]),
        )
    return document.problem(place, message("{detail}.", detail=pydantic_reason(error)))


def _known_keys(place: Sequence[str | int]) -> list[str]:
    """The keys that the model at a place knows, found by walking the models' annotations."""
    model: type[BaseModel] | None = MappingSpec
    for part in place:
        if isinstance(part, int) or model is None:
            continue
        field = next((field for name, field in model.model_fields.items() if part in (name, field.alias)), None)
        if field is not None:
            inner = _model_in(field.annotation)
            model = inner if inner is not None else model
    return sorted(field.alias or name for name, field in model.model_fields.items()) if model else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
