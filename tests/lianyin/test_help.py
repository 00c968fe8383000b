"""Help: commands in groups, the ten that are needed first on top; a suggestion for what was mistyped; one type of the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from lianyin.cli.app import COMMANDS, GROUPS, PLACED, app
from lianyin.cli.help import HelpContext, in_language
from lianyin.operations import all_operations
from tests.lianyin.conftest import Command


def test_help_comes_in_groups_with_the_ten_commands_first(command: Command) -> None:
    told = command("--help").out
    first, *others = (in_language(heading, "zh") for heading in GROUPS)
    assert told.startswith("用法：lianyin") and "选项:" in told and "显示本帮助。" in told
    assert list(next(iter(GROUPS.values()))) == ["demo", "ingest", "stats", "search", "show", "path", "connections", "why", "ask", "serve"]
    assert all(f"{heading}:" in told for heading in (first, *others))
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


HAN = re.compile(r"[\u4e00-\u9fff]")


def texts_of(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    """Every text of a command's help, with its place."""
    yield path, command.help or ""
    for option in command.params:
        if isinstance(option, click.Option):
            yield f"{path} {option.opts[0]}", option.help or ""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from texts_of(inner, f"{path} {name}")


def test_every_text_of_help_says_as_much_in_both_languages() -> None:
    context = HelpContext(app)
    texts = [text for name in COMMANDS if (command := app.get_command(context, name)) is not None for text in texts_of(command, name)]
    texts += texts_of(app, "lianyin")
    texts += [(name, told) for name, (_, told) in COMMANDS.items()] + [(heading, heading) for heading in GROUPS]
    halves = {(place, text): (in_language(text, "zh"), in_language(text, "en")) for place, text in texts if text not in CLICKS_OWN}
    named = re.compile(r"苏大材化部|苏州大学")  # an example of what a table says is Chinese in both
    one_sided = [place for (place, _), (zh, en) in halves.items() if not HAN.search(zh) or HAN.search(named.sub("", en)) or not en]
    assert one_sided == []
    assert [place for (place, _), (zh, en) in halves.items() if zh.count("\n\n") != en.count("\n\n")] == []


CLICKS_OWN = {"Show this message and exit.", "Show the version and exit."}


def test_every_command_of_a_placed_module_stands_in_the_table() -> None:
    placed = [operation for operation in all_operations() if operation.run.__module__.rpartition(".")[2] in PLACED]
    assert {operation.command.split(" ")[0] for operation in placed if operation.command} <= COMMANDS.keys()


@pytest.mark.parametrize(
    "line", [("--help",), ("path", "--help"), ("ask", "who-connects", "--help"), ("need", "--help"), ("loads", "--help")]
)
def test_a_page_of_help_is_in_one_language(command: Command, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]) -> None:
    chinese = command(*line).out
    assert "Show this" not in chinese and "Usage" not in chinese and "[default" not in chinese and HAN.search(chinese)
    monkeypatch.setenv("LIANYIN_LANGUAGE", "en")
    english = command(*line).out
    assert english.startswith("Usage: ") and not HAN.search(english)
