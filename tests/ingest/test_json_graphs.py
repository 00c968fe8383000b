"""JSON documents of nodes and links are read as the two tables of a graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.readers import preview
from tests.ingest.interpretation.saying import said

NODES = [{"id": "a", "name": "Anna Keane"}, {"id": "b", "name": "Harbour Trust"}, {"id": "c", "name": "Tom Lang"}]
LINKS = [{"source": "a", "target": "b", "relation": "trustee of", "since": 2015}, {"source": "c", "target": "b", "relation": "employee of"}]


def test_links_name_their_ends_by_id(tmp_path: Path) -> None:
    found = said(tmp_path, json.dumps({"nodes": NODES, "links": LINKS}), "network.json")
    assert found.dated == {("DIRECTOR_OF", "Anna Keane", "Harbour Trust", "2015", ""), ("EMPLOYED_BY", "Tom Lang", "Harbour Trust", "", "")}


@pytest.mark.parametrize(("first", "second"), [(0, 1), ("周涛", "江北大学")], ids=["by place", "by label"])
def test_links_name_their_ends_by_place_or_label(tmp_path: Path, first: object, second: object) -> None:
    graph = {"nodes": [{"label": "周涛"}, {"label": "江北大学"}], "edges": [{"from": first, "to": second, "type": "任职于"}]}
    assert said(tmp_path, json.dumps({"graph": graph}), "network.json").ties == {("EMPLOYED_BY", "周涛", "江北大学")}


def test_links_that_join_nothing_are_a_list_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({"nodes": NODES, "links": [{"rel": "self", "href": "https://example.org"}]}), encoding="utf-8")
    assert {table.kind for table in preview(path)} == {"json"}
