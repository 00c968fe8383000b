"""Which of the two languages people read. Light, because the command line needs it before anything else."""

from __future__ import annotations

from collections.abc import Mapping

from graph.messages import Language

__all__ = ["Language", "chosen_language", "language_of", "say"]


def language_of(environment: Mapping[str, str]) -> Language:
    """The language that the locale asks for: English for an English one, Chinese for every other and for none."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def chosen_language(environment: Mapping[str, str]) -> Language:
    """The language of the setting, if it is one of the two, else of the locale. Never fails: errors are told in it."""
    chosen = environment.get("LIANYIN_LANGUAGE")
    return "en" if chosen == "en" else "zh" if chosen == "zh" else language_of(environment)


def say(language: Language, zh: str, en: str) -> str:
    """One of two."""
    return zh if language == "zh" else en
