"""As whom a command acts or looks: the option of every command that does something in somebody's name."""

from __future__ import annotations

import click

AS = click.option(
    "--as", "actor", metavar="ROLE[:NAME]", required=True, help="Who acts: enterprise:NAME, expert:NAME, district:NAME, talent, … 身份"
)

SEEN_AS = click.option(
    "--as", "actor", metavar="ROLE[:NAME]", default="", help="What this role sees of it: enterprise:NAME, district:NAME, union, … 身份"
)
"""For what may be asked by anybody: without it the reader's class decides alone."""
