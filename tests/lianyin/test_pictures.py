"""What a picture around a node holds, and what it is written as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lianyin
from lianyin.client import Client
from lianyin.settings import Settings
from tests.graph.ledger.builders import NEW, link, load, node, row
from tests.lianyin.conftest import Command

FIRMS, PEOPLE = 40, 30


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A university with more enterprises and people than fit, and an enterprise that only projects tie to others."""
    with lianyin.open(f"kglite://{tmp_path.as_posix()}/s", settings=Settings(max_picture_nodes=30)) as opened:
        firms = [node(f"uscc:{at}", "Enterprise", name=f"示例{at:02}有限公司") for at in range(FIRMS)]
        people = [node(f"orcid:{at}", "Person", name=f"虚构{at}") for at in range(PEOPLE)]
        ties = [link("COOPERATES_WITH", "school:1", f"uscc:{at}") for at in range(FIRMS)]
        posts = [link("EMPLOYED_BY", f"orcid:{at}", "school:1") for at in range(PEOPLE)]
        projects = [node(f"p:{at}", "Project", name=f"示例项目{at}") for at in range(2)]
        parts = [link("PARTICIPATES_IN", f"uscc:{at}", "p:0") for at in range(37, 40)]
        alone = [link("PARTICIPATES_IN", "uscc:100", each) for each in ("p:0", "p:1")]
        drafts = [
            node("school:1", "University", name="示例大学"),
            node("uscc:100", "Enterprise", name="示例孤岛"),
            *firms,
            *people,
            *projects,
        ]
        load(opened.ledger, NEW, [row(1, *drafts, *ties, *posts, *parts, *alone)])
        yield opened


def drawn(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)[0])
    return found


def test_what_does_not_fit_is_told_by_type_and_no_type_is_cut(client: Client) -> None:
    page = client.picture(around="示例大学", audience="internal")
    types = [each["type"] for each in drawn(page)["nodes"]]
    assert len(types) == 30
    assert types.count("Enterprise") > 10 < types.count("Person")
    assert f"企业 {types.count('Enterprise')} / {FIRMS}" in page
    assert f"人员 {types.count('Person')} / {PEOPLE}" in page
    assert "显示 29 / 70 个相邻节点，未列全" in page
    names = {each["caption"][0] for each in drawn(page)["nodes"]}
    assert {"示例37有限公司", "示例38有限公司", "示例39有限公司"} <= names  # those with more ties than one


def test_where_only_projects_are_next_to_it_their_partners_are_shown(client: Client) -> None:
    page = client.picture(around="示例孤岛", audience="internal")
    names = {each["caption"][0] for each in drawn(page)["nodes"]}
    assert names == {"示例孤岛", "示例项目0", "示例项目1", *(f"示例{at}有限公司" for at in range(37, 40))}
    assert "2 个相邻节点，经由它们又连着 3 个。" in page
    assert "显示 5 / 5 个节点" in page


def test_a_sheet_is_the_same_picture_without_a_script(client: Client) -> None:
    sheet = client.picture(around="示例孤岛", form="svg", theme="dark")
    assert sheet.startswith("<?xml") and "示例39有限公司" in sheet and "<script" not in sheet
    assert client.read_by(language="en").picture(around="示例孤岛", form="svg") != sheet


@pytest.mark.parametrize(("ending", "begin"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>")])
def test_the_file_is_what_its_name_says(loaded: Command, tmp_path: Path, ending: str, begin: bytes) -> None:
    path = tmp_path / f"x.{ending}"
    assert loaded("picture", "示例大学", "示例重工有限公司", "-o", path).status == 0
    assert path.read_bytes().lstrip().startswith(begin)


def test_another_extension_is_refused_and_nothing_is_written(loaded: Command, tmp_path: Path) -> None:
    ran = loaded("picture", "示例大学", "示例重工有限公司", "-o", tmp_path / "x.jpg")
    assert ran.status == 2
    assert "x.jpg" in ran.error and ".png" in ran.error
    assert not list(tmp_path.glob("x.*"))
