"""A tie that a source words itself keeps its word: in the text of a path, in its JSON, and not for whoever may not read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lianyin.conftest import Command

MAPPING = """\
mapping: links
source: {id: links, name: links, published: true}
columns: {required: [from, to, relationship]}
nodes:
  person: {type: Person, id: {source: links-person, column: from, hashed: true}, properties: {name: from}}
  firm: {type: Enterprise, id: {source: links-firm, column: to}, properties: {name: to}}
relationships:
  tie: {type: TIED_TO, from: person, to: firm, properties: {relation: relationship}}
"""


@pytest.fixture
def links(command: Command, tmp_path: Path) -> Command:
    (tmp_path / "links.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "links.csv").write_text("from,to,relationship\nCarlos Mockton,Acme Sample Ltd,consultant of\n", encoding="utf-8")
    assert command("ingest", tmp_path / "links.csv", "--mapping", tmp_path / "links.yaml").status == 0
    return command


def test_a_path_says_the_word(links: Command) -> None:
    (path,) = links("path", "Carlos Mockton", "Acme Sample Ltd", "--json").json["paths"]  # type: ignore[misc]
    (hop,) = path["relationships"]
    assert hop["type"] == "TIED_TO" and hop["word"] == "consultant of" and "word" not in hop["sources"][0]
    assert path["text"]["en"].startswith("Carlos Mockton “consultant of” Acme Sample Ltd")


def test_who_may_not_read_the_word_reads_that_there_is_a_tie(links: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANYIN_CLEARANCE", "0")
    (path,) = links("path", "Carlos Mockton", "Acme Sample Ltd", "--json").json["paths"]  # type: ignore[misc]
    assert "consultant" not in str(path) and path["text"]["en"].startswith("Carlos Mockton is tied to Acme Sample Ltd")
