"""SVG elements as text. What came from data is escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, inside: str = "", /, **attributes: str | float) -> str:
    """One element; ``inside`` is markup already. ``stroke_width`` becomes ``stroke-width``, but ``viewBox`` stays."""
    given = "".join(f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def text_element(text: str, x: float, y: float, *, size: float, fill: str, weight: int = 400, anchor: str = "start") -> str:
    """One line of text from (or around) ``x`` on the base line ``y``."""
    more: dict[str, str | float] = {}
    if weight != 400:  # noqa: PLR2004 (the weight of plain text)
        more["font_weight"] = weight
    if anchor != "start":
        more["text_anchor"] = anchor
    return element("text", escape(_FORBIDDEN.sub("\ufffd", text), quote=False), x=x, y=y, font_size=size, fill=fill, **more)


def number(value: float) -> str:
    """As few digits as a picture needs."""
    return f"{value:.1f}".removesuffix(".0")


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)
