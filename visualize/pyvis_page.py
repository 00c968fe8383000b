"""A view as one HTML file that needs nothing else: no server, no internet, no other file.

pyvis's ``Network`` checks and holds the drawing's data; the page around it is ours, because pyvis's own template loads parts of it from
elsewhere. Positions come from ``layout``, physics is off. Everything that came from the data is text: it travels as JSON whose
``<``, ``>`` and ``&`` are escaped, and a content security policy lets the page fetch nothing and run only its own two scripts.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from visualize import words
from visualize.families import DARK, LIGHT, SHAPES, Family, Ink, Theme
from visualize.layout import Layout, lay_out
from visualize.library import drawing_library
from visualize.page_data import page_data
from visualize.sheet import draw_sheet
from visualize.svg import element, number
from visualize.view import View

TEMPLATES = Path(__file__).with_name("templates")

_PAGE_WIDTH = 1200.0
_LEAST_HEIGHT, _MOST_HEIGHT = 260.0, 1000.0
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_VARIABLES = Theme(
    paper="var(--paper)",
    ink="var(--ink)",
    soft="var(--soft)",
    tie="var(--tie)",
    rule="var(--rule)",
    strong="var(--strong)",
    families={family: Ink(f"var(--{family}-line)", f"var(--{family}-fill)") for family in Family},
)
"""The sheet in a page takes the colours that the page has."""


def render(view: View, language: str = "zh") -> str:
    """The page. ``language`` (``zh`` or ``en``) is the one it opens in; the reader can change it."""
    layout = lay_out(view)
    library, script = drawing_library(), _script()
    sheets = {name: draw_sheet(view, name, _VARIABLES, layout) for name in ("zh", "en")}
    return (
        _environment()
        .get_template("picture.html")
        .render(
            view=view,
            language="en" if language == "en" else "zh",
            words=words,
            glyphs={family: _glyph(family) for family in Family},
            variables={"light": _colors(LIGHT), "dark": _colors(DARK)},
            css=(TEMPLATES / "picture.css").read_text(encoding="utf-8"),
            height=_height(layout),
            lying=sheets["zh"].width > sheets["zh"].height,
            sheets={name: sheet.svg for name, sheet in sheets.items()},
            data=_script_json(page_data(view, layout)),
            library=library,
            script=script,
            policy=_policy(library, script),
        )
    )


@lru_cache(maxsize=1)
def _script() -> str:
    """The page's own script, put together from its parts."""
    parts = (path.read_text(encoding="utf-8") for path in sorted((TEMPLATES / "picture").glob("*.js")))
    return '(function () {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _colors(theme: Theme) -> str:
    """A theme as CSS variables."""
    plain = {name: getattr(theme, name) for name in ("paper", "ink", "soft", "tie", "rule", "strong")}
    inks = {f"{family}-{part}": getattr(ink, part) for family, ink in theme.families.items() for part in ("line", "fill")}
    return ";".join(f"--{name}:{color}" for name, color in {**plain, **inks}.items())


def _glyph(family: Family) -> str:
    """A family's shape of radius 1, in the page's own colours."""
    fill = f"var(--{family}-line)"
    if not SHAPES[family]:
        return element("circle", r=1, fill=fill)
    return element("polygon", points=" ".join(f"{x:g},{y:g}" for x, y in SHAPES[family]), fill=fill)


def _height(layout: Layout) -> str:
    """The drawing's height in pixels: as tall as the graph needs at the scale at which it fits the page's width, within reason."""
    left, top, right, bottom = layout.bounds()
    scale = min(1.2, _PAGE_WIDTH / (right - left + 60))
    return number(min(_MOST_HEIGHT, max(_LEAST_HEIGHT, (bottom - top + 60) * scale)))


def _script_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(_ESCAPES)


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
