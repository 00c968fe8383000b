"""The proposal in words: the mapping file with a comment for each column, and the doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from ingest.interpretation.bare import Bare
from ingest.interpretation.doubts import KINDS, doubts_of, encoding_doubts, home_doubts
from ingest.interpretation.proposal import ColumnProposal, TableProposal
from ingest.interpretation.roles import Role
from ingest.interpretation.tables import Table
from ingest.interpretation.writing import Data
from ingest.mapping.spec import NAMED
from ingest.outcome import Bilingual
from ingest.text import mask

SECRET = frozenset({"phone", "email", "identity", "birth"})

_TOLD: Mapping[str, Bilingual] = {
    "both": Bilingual("列名与内容相符", "its heading and its values agree"),
    "heading": Bilingual("依列名", "by its heading"),
    "values": Bilingual("依内容", "by its values"),
    "answer": Bilingual("依答复", "as answered"),
}


def proposal_of(table: Table, name: str, roles: Sequence[Role], parts: Data, bare: Sequence[Bare] = ()) -> TableProposal:
    """A table's proposal: ``parts`` are those of its mapping, as plain data; ``bare`` who merely stands beside whom in it."""
    nodes, relationships = parts["nodes"], parts["relationships"]
    if not nodes:
        return TableProposal(table, name, tuple(_column(role, ()) for role in roles), (), 0, 0, "")
    used = _used(parts)
    columns = tuple(_column(role, used.get(role.column, ())) for role in roles)
    document = _document(table, name, parts, used)
    doubts = (*doubts_of(roles, columns), *home_doubts(bare), *encoding_doubts(table, roles))
    text = _text(document, columns, table)
    return TableProposal(table, name, columns, doubts, len(nodes), len(relationships), text)


def _used(parts: Data) -> dict[str, tuple[str, ...]]:
    """Column → the parts of the mapping that take it."""
    named = {f"{name}.{part}": spec["column"] for name, spec in parts["names"].items() for part in NAMED}
    found: dict[str, dict[str, None]] = {}
    for section in ("nodes", "relationships"):
        for key, spec in parts[section].items():
            for text in _texts(spec):
                column = named.get(text, text)
                found.setdefault(column, {})[f"{section}.{key}"] = None
    for key, spec in parts["lists"].items():
        for column in spec["columns"]:
            found.setdefault(column, {})[f"lists.{key}"] = None
    return {column: tuple(places) for column, places in found.items()}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if "{" in value:
            yield from (part.split("}")[0] for part in value.split("{")[1:])
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _column(role: Role, used_for: tuple[str, ...]) -> ColumnProposal:
    examples = tuple(mask(text) if role.concept in SECRET else text[:40] for text in role.profile.examples)
    told = _TOLD[role.told_by]
    kind = KINDS[role.kind]
    concept = role.concept.replace("_", " ")
    share = f"{role.profile.filled}"
    why = Bilingual(f"{kind.zh}（{concept}）：{told.zh}，{share} 格有内容", f"{kind.en} ({concept}): {told.en}, {share} cells filled")
    return ColumnProposal(role.column, role.kind, role.concept, used_for, role.sure, why, examples)


def _document(table: Table, name: str, parts: Data, used: Mapping[str, tuple[str, ...]]) -> Data:
    named = [spec["column"] for spec in parts["names"].values()]
    titles = [spec["properties"]["name"] for spec in parts["nodes"].values() if isinstance(spec.get("properties", {}).get("name"), str)]
    inside = set(table.objects)
    constants = parts.get("constants", {})
    needed = [column for column in table.header if column in {*named, *titles} and column not in inside]
    needed = needed or [column for column in table.header if column in used and column not in inside][:2] or list(table.header[:1])
    first = table.titles[0] if table.titles else table.file.rsplit(".", 1)[0]
    document: Data = {"mapping": name, "source": {"id": name, "name": first}}
    written = parts["format"] | ({"encoding": table.encoding} if table.encoding else {})
    if written:
        document["format"] = written
    document["columns"] = {"required": needed, "optional": [column for column in table.header if column not in needed]}
    if constants:
        document["constants"] = constants
    for section in ("lists", "names", "nodes", "relationships"):
        if parts[section]:
            document[section] = parts[section]
    return document


class _Dumper(yaml.SafeDumper):
    """Writes every part out: a mapping file has no references to its own parts."""

    def ignore_aliases(self, _: object) -> bool:
        return True


def _text(document: Data, columns: Sequence[ColumnProposal], table: Table) -> str:
    place = f"{table.file}, {table.sheet}" if table.sheet else table.file
    lines = [
        f"# Proposed for {place}, by its headings and {len(table.rows)} rows.",
        "# Read it, and see what it says of the table: lianyin ingest FILE --mapping THIS --preview",
    ]
    by_name = {column.column: column for column in columns}
    within = False
    for line in yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000).splitlines():
        within = line == "columns:" or (within and line.startswith(" "))
        item = yaml.safe_load(line.strip()[2:]) if within and line.strip().startswith("- ") else None
        column = by_name.get(str(item)) if item is not None else None
        lines.append(f"{line}   # {_comment(column)}" if column else line)
    return "\n".join(lines) + "\n"


def _comment(column: ColumnProposal) -> str:
    examples = ", ".join(repr(text.replace("\n", " ")) for text in column.examples)
    sure = f"{column.confidence:.0%} sure" if column.confidence else "empty"
    state = "" if column.used else "NOT USED; "
    return f"{state}{column.why.en}; {sure}{f'; {examples}' if examples else ''}"
