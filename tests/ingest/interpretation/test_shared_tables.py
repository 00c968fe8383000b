"""The figures that were promised on labelled tables of strangers (``../shared/tables``), by the scorer that lies beside them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from graph.model import ClaimKind
from ingest.interpretation import interpret, read_tables
from ingest.mapping import load_mapping_text
from tests.ingest.reading import default_types, map_files

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def tables(checkout: Path) -> Path:
    folder = checkout.parent / "shared" / "tables"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder


def _scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("stranger_score", folder / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _said(paths: list[Path]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Nodes by id and relationships that the tables say by their own proposal, as an export has them."""
    text = interpret([table for path in paths for table in read_tables(path)], default_types()).mapping()
    mapped = map_files(paths, load_mapping_text(text, "draft.yaml", default_types()), default_types())
    nodes: dict[str, Any] = {}
    for draft in mapped.drafts(ClaimKind.NODE):
        node = nodes.setdefault(draft.subject, {"id": draft.subject, "type": draft.type, "properties": {}})
        node["properties"].update({name: list(value) if isinstance(value, tuple) else value for name, value in draft.values.items()})
    ties = {
        (draft.type, draft.subject, draft.object, str(sorted(draft.values.items()))): {
            "source": draft.subject, "target": draft.object, "type": draft.type, "properties": dict(draft.values),
        }
        for draft in mapped.drafts(ClaimKind.RELATIONSHIP)
        if draft.subject in nodes and draft.object in nodes
    }  # fmt: skip
    return nodes, list(ties.values())


def test_the_promised_figures_on_tables_of_strangers(tables: Path) -> None:
    scorer = _scorer(tables)
    results = []
    for folder in sorted(each for each in tables.iterdir() if (each / "truth.json").exists()):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        nodes, ties = _said([folder / name for name in truth["files"]])
        results.append({**scorer.Score(truth, nodes, ties, []).result(), "id": truth["id"], "seconds": 0})
    total = scorer.total(results)
    assert total["relationships"]["micro_precision"] >= 0.95
    assert total["relationships"]["micro_recall"] >= 0.85
    assert total["nodes"]["micro_precision"] >= 0.97
    assert total["nodes"]["micro_recall"] >= 0.95
    assert total["not_data"] == 0
    assert total["dates"]["right"] >= 0.95 * total["dates"]["all"]
    assert total["tables_good"] >= 20
