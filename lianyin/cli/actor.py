"""As whom a command acts: the option of every command that does something in somebody's name."""

from __future__ import annotations

import click

AS = click.option(
    "--as", "actor", metavar="ROLE[:NAME]", required=True, help="Who acts: enterprise:NAME, expert:NAME, district:NAME, talent, … 身份"
)
