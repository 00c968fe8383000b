"""The reference pages that are derived from code: ``docs/cli.md``, ``http.md``, ``settings.md``, ``actions.md``,
``questions.md``, and the end of ``json.md``.

``python -m lianyin.reference`` writes them; ``--check`` fails where one is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cooperation.actions.register import ACTIONS
from cooperation.insight import INSIGHTS
from cooperation.lists import LISTS
from cooperation.parameters import Parameter
from cooperation.questions.register import QUESTIONS
from cooperation.roles import LABELS, RIGHTS
from lianyin.cli.app import COMMANDS, app
from lianyin.cli.exits import EXITS
from lianyin.operation import Register
from lianyin.operations import all_operations
from lianyin.operations_page import http_page, json_part
from lianyin.settings import PREFIX, Settings

DOCS = Path(__file__).resolve().parents[1] / "docs"
DERIVED = "<!-- Derived by `python -m lianyin.reference`; edit the code, not this page. -->"


def command_line_page() -> str:
    """Every command with its own help, and the exit codes."""
    context = click.Context(app, info_name="lianyin", **app.context_settings)
    parts = ["# The command line", DERIVED, "", app.help or "", "", "Data goes to stdout, everything else to stderr.", ""]
    for name in COMMANDS:
        command = app.get_command(context, name)
        assert command is not None  # COMMANDS is what get_command looks in
        # Within the group's context, as when it is really run: options such as -h come from there.
        parts += _command_help(command, name, context, "##")
    parts += ["## Exit codes", "", "| code | meaning | 含义 | errors |", "|---|---|---|---|"]
    parts += [f"| {exit.status} | {exit.en} | {exit.zh} | {', '.join(exit.codes)} |" for exit in EXITS]
    return "\n".join(line.rstrip() for line in "\n".join(parts).splitlines()) + "\n"


def _command_help(command: click.Command, name: str, parent: click.Context, heading: str) -> list[str]:
    """The help of a command, then that of each of its own."""
    with click.Context(command, parent=parent, info_name=name, terminal_width=100) as context:
        parts = [f"{heading} {context.command_path}", "", "```", command.get_help(context), "```", ""]
        if isinstance(command, click.Group):
            for inner, found in command.commands.items():
                parts += _command_help(found, inner, context, heading + "#")
        return parts


def settings_page() -> str:
    """Every setting with its variable, default and reason."""
    parts = ["# Settings", DERIVED, "", "Settings are read from the environment, once, when a command starts.", ""]
    parts += ["| variable | default | what it does, and why the default |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "by locale" if field.default_factory else _shown(field.default)
        parts.append(f"| `{PREFIX}{name.upper()}` | {default} | {(field.description or '').replace('|', '/')} |")
    return "\n".join(parts) + "\n"


def actions_page() -> str:
    """Every action of the five mechanisms: who may do it, over what, and what it takes."""
    parts = [
        "# Actions 办理",
        DERIVED,
        "",
        "What can be done with `lianyin act NAME` and `POST /v1/acts/NAME`. The rules: [mechanisms.md](mechanisms.md).",
        "",
    ]
    parts += ["In brackets after a role: over what. *Italic* parameters must be given; … after one: several may be.", ""]
    parts += ["| action | | what it is | who | takes |", "|---|---|---|---|---|"]
    for action in ACTIONS.values():
        who = _who(action.right)
        takes = ", ".join(f"{_named(each)}{'…' if each.many else ''}" for each in action.parameters)
        parts.append(f"| `{action.name}` | {action.label.zh} | {action.label.en} | {who} | {takes} |")
    return "\n".join(parts) + "\n"


def questions_page() -> str:
    """The twenty questions, insights and lists: what each asks, how it is computed, what it takes."""
    told = "Asked with `lianyin ask NUMBER`, `lianyin insight NAME`, `lianyin list NAME`, or over HTTP at `/v1/questions/NUMBER`,"
    parts = [
        "# Questions 二十问",
        DERIVED,
        "",
        told,
        "`/v1/insights/NAME`, `/v1/lists/NAME`. All take `as_of` (a day, today if not given) and `limit`.",
        "",
    ]
    parts += [
        "An expert is *in place* on a day that a term of theirs covers. An unknown date counts as valid, an unknown figure is not 0.",
        "",
    ]
    parts += ["Every line has the source rows that it rests on. *Italic* parameters must be given.", ""]
    parts += [
        "With `--as ROLE[:NAME]` (over HTTP the header `Lianyin-Actor`) an answer is what that role sees of it: *own* is asked about",
        "one's own need, studio or project, or line by line; a district asks about itself; an analyst sees no names above class 1, the",
        "public no rows. Without it the reader's class decides alone. The table is `cooperation/roles.py`.",
        "",
    ]
    families = (("The twenty questions", QUESTIONS.values()), ("Insights 洞察", INSIGHTS.values()), ("Lists 一览", LISTS.values()))
    for title, questions in families:
        parts += [f"## {title}", "", "| | question | | how | takes | class | who sees it |", "|---|---|---|---|---|---|---|"]
        for each in questions:
            takes = ", ".join(map(_named, each.parameters)) or "–"
            mark = str(each.number) if each.number else f"`{each.name}`"
            row = (mark, each.label.zh, each.label.en, each.how.en, takes, str(each.clearance), _who(f"read.{each.name}"))
            parts.append(f"| {' | '.join(row)} |")
        parts.append("")
    return "\n".join(parts)


def json_page(register: Register) -> str:
    """The page's own beginning, and every type that answers are made of."""
    path = DOCS / "json.md"
    own = path.read_text(encoding="utf-8").split(DERIVED)[0].rstrip() if path.exists() else ""
    return f"{own}\n\n{DERIVED}\n\n{json_part(register)}"


def _who(right: str) -> str:
    return ", ".join(f"{LABELS[role].en} ({scope})" for role, scope in RIGHTS[right].items())


def _named(parameter: Parameter) -> str:
    return f"*{parameter.name}*" if parameter.required else parameter.name


def _shown(default: object) -> str:
    return "–" if default in ("", None, ()) else f"`{default}`"


def main(arguments: list[str]) -> int:
    """Writes the pages, or says which is stale (exit code 1)."""
    stale = 0
    register = all_operations()
    pages = {"http.md": http_page(register, DERIVED), "json.md": json_page(register)}
    pages |= {"cli.md": command_line_page(), "settings.md": settings_page(), "actions.md": actions_page(), "questions.md": questions_page()}
    for name, text in pages.items():
        path = DOCS / name
        current = path.read_text(encoding="utf-8") if path.exists() else ""
        if arguments == ["--check"]:
            if current != text:
                sys.stderr.write(f"docs/{path.name} is stale: run `python -m lianyin.reference`.\n")
                stale = 1
        else:
            path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
