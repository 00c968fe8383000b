"""Help: commands in groups, the ten that are needed first on top; a suggestion for what was mistyped; one type of the ontology."""

from __future__ import annotations

import pytest

from lianyin.cli.app import COMMANDS, GROUPS
from tests.lianyin.conftest import Command


def test_help_comes_in_groups_with_the_ten_commands_first(command: Command) -> None:
    told = command("--help").out
    first, *others = GROUPS
    assert list(GROUPS[first]) == ["demo", "ingest", "stats", "search", "show", "path", "connections", "why", "ask", "serve"]
    assert all(f"{heading}:" in told for heading in GROUPS)
    assert told.index(f"{first}:") < min(told.index(f"{heading}:") for heading in others)
    assert len(COMMANDS) == sum(map(len, GROUPS.values()))


@pytest.mark.parametrize(
    ("typed", "meant"), [(("ingset",), "ingest"), (("mapping", "drfat"), "draft"), (("stats", "--jsn"), "--json"), (("shcema",), "schema")]
)
def test_what_was_mistyped_gets_a_suggestion(command: Command, typed: tuple[str, ...], meant: str) -> None:
    ran = command(*typed)
    assert ran.status == 2 and f"'{meant}'" in ran.error and ("是不是" in ran.error or "相近的有" in ran.error)


def test_a_type_shows_its_properties_ties_and_identifiers(command: Command) -> None:
    document = command("schema", "专利", "--json").json
    assert document["name"] == "Patent" and document["identifiers"] == ["patent", "platform"]
    assert {"legalStatus", "patentNo"} <= {each["name"] for each in document["properties"]}  # type: ignore[union-attr,index]
    ties = {(each["type"], each["direction"]) for each in document["ties"]}  # type: ignore[union-attr,index]
    assert {("APPLICANT_OF", "in"), ("CREATED", "in"), ("SOLVES", "out")} <= ties
    told = command("schema", "Patent").out
    assert "编号：patent、platform" in told and "申请人为" in told


def test_a_relationship_type_shows_its_ends_and_sentence(command: Command) -> None:
    document = command("schema", "TIED_TO", "--json").json
    assert document["kind"] == "relationship" and "Person" in document["sources"]  # type: ignore[operator]
    assert "{source}与{target}有联系" in command("schema", "其他联系").out


def test_an_unknown_type_is_told_with_the_nearest(command: Command) -> None:
    ran = command("schema", "Patnet")
    assert ran.status != 0 and "Patent" in ran.error
