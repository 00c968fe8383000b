"""The reference pages that are derived from code: ``docs/cli.md`` and ``docs/settings.md``.

``python -m lianyin.reference`` writes them; ``--check`` fails where one is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lianyin.cli.app import COMMANDS, app
from lianyin.cli.exits import EXITS
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


def _shown(default: object) -> str:
    return "–" if default in ("", None, ()) else f"`{default}`"


def main(arguments: list[str]) -> int:
    """Writes the pages, or says which is stale (exit code 1)."""
    stale = 0
    for path, text in ((DOCS / "cli.md", command_line_page()), (DOCS / "settings.md", settings_page())):
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
