"""The house stands as it was drawn: imports run one way, packages come from this checkout, the wheel holds what it should."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOMS = ("graph", "api", "ingest", "visualize", "cooperation", "lianyin")


@pytest.fixture(scope="module")
def project(checkout: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


def test_imports_keep_the_contracts(checkout: Path) -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_comes_from_this_checkout(room: str, checkout: Path) -> None:
    file = importlib.import_module(room).__file__
    assert file is not None and Path(file).resolve() == (checkout / room / "__init__.py").resolve()


def test_every_folder_of_tests_is_a_package(checkout: Path) -> None:
    folders = {path.parent for path in (checkout / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_wheel_holds_the_rooms_with_their_data_and_nothing_else(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (wheel,) = tmp_path.glob("lianyin-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(ROOMS)
    for room, pattern in (("graph/ontology", "**/*.yaml"), ("ingest/mappings", "*.yaml"), ("visualize/templates", "*")):
        expected = {path.relative_to(checkout).as_posix() for path in (checkout / room).glob(pattern) if path.is_file()}
        assert expected, f"{room} holds no data files"
        assert expected <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_lock_pins_every_dependency_with_hashes_and_names_no_place(checkout: Path, project: dict[str, dict[str, object]]) -> None:
    lock = (checkout / "requirements.lock").read_text(encoding="utf-8")
    pinned = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.M)}
    extras = project["project"]["optional-dependencies"]
    assert isinstance(extras, dict)
    declared = [*project["project"]["dependencies"], *extras["dev"]]  # type: ignore[misc]
    names = {re.split(r"[\[<>=!~; ]", one, maxsplit=1)[0].lower() for one in declared}
    assert names <= pinned
    assert not re.search(r"https?://|--index-url|--find-links|--extra-index-url|@ file", lock)
    assert [entry[:80] for entry in re.split(r"\n(?=[a-z0-9])", lock)[1:] if "--hash=sha256:" not in entry] == []


def test_the_image_takes_only_what_running_needs(checkout: Path) -> None:
    command = [sys.executable, "tools/runtime_lock.py"]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    names = set(re.findall(r"^([a-z0-9._-]+)==", run.stdout, re.M))
    assert {"kglite", "numba", "llvmlite", "neo4j", "pydantic-core"} <= names
    assert not names & {"pytest", "ruff", "mypy", "selenium", "hypothesis", "uv"}


def test_help_is_immediate_because_nothing_heavy_is_imported(checkout: Path) -> None:
    code = (
        "import sys; from lianyin.cli.app import run; assert run(['--help']) == 0;"
        "heavy = {'numba', 'numpy', 'pandas', 'pydantic', 'kglite', 'neo4j', 'networkx', 'rich', 'scipy', 'tantivy', 'openpyxl'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_no_absolute_path_of_a_machine_is_written_down(checkout: Path) -> None:
    files = subprocess.run(["git", "ls-files"], cwd=checkout, capture_output=True, text=True, check=False)
    if files.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(r"(?<![\w./])/(?:work|root|Users)/|/home/(?!lianyin)[a-z]+/")
    found = []
    for name in files.stdout.splitlines():
        path = checkout / name
        if path.suffix in {".py", ".md", ".yaml", ".yml", ".toml", ".lock", ""} and path.is_file() and name != "tests/test_architecture.py":
            found += [f"{name}: {line}" for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if pattern.search(line)]
    assert found == []
