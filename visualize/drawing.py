"""From a view to text: the interactive page, or the still sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from visualize.families import THEMES
from visualize.pyvis_page import render
from visualize.sheet import draw_sheet, standing_alone
from visualize.view import View


@dataclass(frozen=True, slots=True)
class Look:
    """What a view becomes: an HTML page, or an SVG on a light or dark ground (the page follows its reader's own choice)."""

    form: Literal["html", "svg"] = "html"
    theme: Literal["light", "dark"] = "light"


PAGE = Look()


def draw(view: View, language: str, look: Look = PAGE) -> str:
    """The text of the page or of the sheet; ``language`` is ``zh`` or ``en``."""
    if look.form == "svg":
        return standing_alone(draw_sheet(view, language, THEMES[look.theme]))
    return render(view, language)
