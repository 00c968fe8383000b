"""Text that a spreadsheet program would take for a formula, which may run a program or call out. Whatever writes tables defuses it."""

from __future__ import annotations

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula may begin (OWASP, CSV injection): the signs, the full-width ones that East Asian programs take alike, and the blanks
that are dropped before a sign is looked for."""


def defused(text: str) -> str:
    """The text with an apostrophe before it where it would be a formula: shown as text, the apostrophe itself hidden."""
    return f"'{text}" if text.startswith(BEGINNINGS) else text
