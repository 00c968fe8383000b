"""The colours of a type in a picture: a light fill under dark text, and a line dark enough to be seen on white.

The ontology gives each type one colour, light or dark; both come from it. Colours are ``#rrggbb``.
"""

from __future__ import annotations

_LEAST_CONTRAST = 3.0
"""WCAG 2's least contrast of a line or symbol against its background."""
_STEP = 0.92


def fill(color: str, strength: float = 0.22) -> str:
    """The colour mixed with white: ``strength`` is its share, more for colours that are light already."""
    parts = _parts(color)
    share = min(1.0, strength * (1 + 1.5 * _luminance(parts)))
    return _text([255 - (255 - part) * share for part in parts])


def line(color: str) -> str:
    """The colour, darkened as far as it must be to be seen on white."""
    parts = _parts(color)
    while 1.05 / (_luminance(parts) + 0.05) < _LEAST_CONTRAST:
        parts = [part * _STEP for part in parts]
    return _text(parts)


def _parts(color: str) -> list[float]:
    return [int(color.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)]


def _text(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(parts: list[float]) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
