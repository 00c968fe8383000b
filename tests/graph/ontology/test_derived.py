"""What is derived from the types is current, and the example of the documentation runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.ontology import default_ontology, derive, load_ontology
from graph.ontology.derive import main, render_markdown

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "another-city-type"


def test_the_page_of_types_is_current() -> None:
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert page == render_markdown(default_ontology()), "run python -m graph.ontology.derive --write"


def test_a_stale_page_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "ontology.md"
    monkeypatch.setattr(derive, "PAGE", page)
    assert main(["--check"]) == 1
    assert main(["--write"]) == 0
    assert main(["--check"]) == 0
    page.write_text(page.read_text(encoding="utf-8") + "by hand", encoding="utf-8")
    assert main(["--check"]) == 1
    assert "--write" in capsys.readouterr().err
    assert main([]) == 2


def test_every_type_and_property_stands_on_the_page() -> None:
    ontology = default_ontology()
    page = render_markdown(ontology)
    names = [*ontology.node_types, *ontology.relationship_types]
    names += [name for each in (*ontology.node_types.values(), *ontology.relationship_types.values()) for name in each.properties]
    assert all(f"`{name}`" in page for name in names)


def test_the_documented_type_is_the_example_s() -> None:
    page = (ROOT / "docs" / "add-a-node-type.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block is not None
    assert block[1] == (EXAMPLE / "types" / "pilot-plants.yaml").read_text(encoding="utf-8")
    ontology = load_ontology(EXAMPLE / "types")
    assert ontology.node_type("中试平台").name == "PilotPlant"
    assert ontology.node_types["Enterprise"].properties["parkCode"].label.zh == "园区编号"


def run_command(*arguments: str, store: Path) -> str:
    chosen = {
        "LIANYIN_ONTOLOGY": "types",
        "LIANYIN_MAPPINGS": "mappings",
        "LIANYIN_STORE": f"kglite://{store}",
        "LIANYIN_LANGUAGE": "zh",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-m", "lianyin", *arguments]
    done = subprocess.run(command, cwd=EXAMPLE, env=os.environ | chosen, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_commands_of_the_page_run(tmp_path: Path) -> None:
    store = tmp_path / "graph"
    page = (ROOT / "docs" / "add-a-node-type.md").read_text(encoding="utf-8")
    commands = re.findall(r"^lianyin (.+)$", page, re.MULTILINE)
    assert [line.split()[0] for line in commands] == ["ingest", "connections", "path"]
    report, connections, path = (json.loads(run_command(*line.split(), "--json", store=store)) for line in commands)
    assert report["totals"] == {"read": 3, "new": 3, "updated": 0, "unchanged": 0, "rejected": 0}
    assert connections["total"] == 4
    assert [node["type"] for node in path["paths"][0]["nodes"]] == ["Enterprise", "PilotPlant", "Enterprise", "PilotPlant"]
    assert "在示例装备中试基地做中试" in path["paths"][0]["text"]["zh"]
    assert [each["valid_from"] for each in path["paths"][0]["relationships"]] == ["2021-03", "2021-09", "2022-01-10"]


def test_the_documented_mistake_reads_so(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "add-a-node-type.md").read_text(encoding="utf-8")
    text = (EXAMPLE / "types" / "pilot-plants.yaml").read_text(encoding="utf-8")
    (tmp_path / "pilot-plants.yaml").write_text(text.replace("extends: Organization", "extends: Organisation"), encoding="utf-8")
    with pytest.raises(Exception, match="Organisation") as problem:
        load_ontology(tmp_path)
    assert str(problem.value) in page
