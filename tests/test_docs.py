"""What is written is true: pages derived from code are fresh, links lead somewhere, marked commands run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from graph.ontology import derive
from lianyin import reference
from lianyin.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
READMES = ["README.md", "README.zh-CN.md"]
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
RUN = re.compile(r"<!-- run -->\s*```console\n(.*?)```", re.S)


def names(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[str]:
    """The blocks of commands that must run."""
    found: list[str] = (BLOCK if "examples" in page.parts else RUN).findall(page.read_text(encoding="utf-8"))
    return found


def test_derived_pages_are_fresh() -> None:
    assert reference.main(["--check"]) == 0
    assert derive.main(["--check"]) == 0


def test_a_stale_page_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reference, "DOCS", tmp_path)
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0
    (tmp_path / "cli.md").write_text("old", encoding="utf-8")
    assert reference.main(["--check"]) == 1
    assert "docs/cli.md is stale" in capsys.readouterr().err


@pytest.mark.parametrize("name", READMES)
def test_the_readme_says_what_it_is_and_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    flat = " ".join(text.split())
    assert "Lianyin turns an office's spreadsheets into a map of who connects which university to which enterprise" in flat
    assert "把表格变成关系图：哪所高校、通过谁、连着哪家企业；条条有出处，谁走了会断，一眼看清" in text
    assert [command for command in COMMANDS if f"lianyin {command}" not in text] == []
    assert text.index("![") < text.index("make demo") < text.index("```console")


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if "Derived" not in page.read_text(encoding="utf-8")[:400]], ids=names)
def test_house_words_are_glossed_once(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for zh, en in (("科技镇长团", "seconded-expert team"), ("劳模创新工作室", "model-worker studio")):
        if en in text:
            assert re.search(rf"{en}s? ?（?\(?{zh}|{zh}[（(]{en}", " ".join(text.split())), f"{en} is not glossed"


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {name.strip() for row in re.findall(r"^\| ([^|]+) \|", page, re.M) for name in row.split(",")}
    assert {re.split(r"[\[<>=!~; ]", one, maxsplit=1)[0] for one in declared} - explained == set()


def test_every_error_code_is_documented() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    table = page[page.index("## Exit codes") :]
    assert "| 5 | another process holds the store |" in table and "store-held" in table


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=names)
def test_marked_commands_run_as_written(page: Path, tmp_path: Path) -> None:
    """Every ``$`` line of a marked block (in an example: of every block) exits with 0; the lines below it, if any, are what it prints."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = {**os.environ, "LIANYIN_STORE": f"kglite://{tmp_path / 'store'}", "LIANYIN_LANGUAGE": "zh"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    for block in blocks(page):
        for step in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, expected = step.partition("\n")
            run = subprocess.run(shlex.split(command), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
            assert run.returncode == 0, f"{command}: {run.stderr}"
            for line in filter(str.strip, expected.splitlines()):
                assert line.strip() in run.stdout, f"{command}: '{line}' is not in\n{run.stdout}"
