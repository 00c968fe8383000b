"""Closed lists: a text becomes one of the values that the ontology allows, by its own name or another way to write it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import ValueProblem
from graph.messages import message, together
from graph.model import Value
from graph.values.absence import no_value
from graph.values.base import ABSENT, Cleaned, Context, no_companions, states_absence
from graph.values.normal import narrow


@dataclass(frozen=True, slots=True)
class Choices:
    """The value type ``enum`` of one property. ``words`` maps everything that may be written, casefolded, to the value that is stored."""

    words: Mapping[str, str]
    name: str = "enum"
    companions: Mapping[str, str] = field(default_factory=no_companions)

    @classmethod
    def of(cls, choices: Mapping[str, Sequence[str]]) -> Choices:
        """From each stored value and the other ways to write it."""
        return cls({_folded(word): value for value, others in choices.items() for word in (value, *others)})

    def clean(self, text: str, context: Context) -> Cleaned:
        trimmed = text.strip()
        if states_absence(trimmed, context):
            return ABSENT
        found = self.words.get(_folded(trimmed))
        if found is None and no_value(trimmed):
            return ABSENT
        if found is None:
            near = difflib.get_close_matches(_folded(trimmed), self.words, n=1)
            choices = message("Choices: {values}.", values=tuple(dict.fromkeys(self.words.values())))
            hint = together(message("Did you mean '{name}'?", name=self.words[near[0]]), choices) if near else choices
            raise ValueProblem(
                message("'{text}' is not one of the choices", text=text),
                value=text,
                hint=hint,
            )
        return Cleaned(found)

    def validate(self, value: Value) -> bool:
        return value in self.words.values()


def _folded(text: str) -> str:
    return narrow(text).casefold()
