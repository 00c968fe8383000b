"""Texts: free text, names, addresses on the web, and plain structures. Lists are split by the mapping, never guessed from the text."""

from __future__ import annotations

import re

import orjson

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.absence import no_person, no_value, says_nothing
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.normal import DASH_TABLE, name_form, narrow, one_interpunct, one_line

_SEVERAL = re.compile(r"[、;；,，/]|等\s*\d*\s*人?$")

_LINES = re.compile(r"\S[^\S\n]*[\r\n\u2028\u2029\v]\s*\S")

_LOST = ("\ufffd", "锟斤拷", "烫烫")
"""What is left where characters were lost for good."""

_SUSPECT_LETTERS = "\u00a1-\u00bfÂ-ÅÎ-Ñâƒ†‡‰€™√≈\ufffd"
_SUSPECT = re.compile(f"[{_SUSPECT_LETTERS}]|锟斤拷|烫烫")
"""Characters of which garbled text has at least one: few others do, and only those are looked at closely."""
_SUSPECT_LETTER = re.compile(f"[{_SUSPECT_LETTERS}锟烫]")

TRUE = frozenset({"true", "1", "yes", "y", "t", "是", "有", "对", "√", "✓", "已", "已转化", "真"})
FALSE = frozenset({"false", "0", "no", "n", "f", "否", "无", "没有", "错", "×", "✗", "x", "未", "未转化", "假"})


def clean_text(text: str, context: Context) -> Cleaned:
    """One line in NFC. A text that was read in the wrong encoding at its source is flagged, with what it probably said; with the option
    ``repair: true`` it is put right."""
    return _legible(one_line(text), context)


def has_lines(text: str) -> bool:
    """Whether something stands on two lines of a cell."""
    return not text.isprintable() and _LINES.search(text) is not None


def _caption(text: str, context: Context) -> Cleaned:
    """What something is called: a text without spaces between Han characters (``示例 重工`` is 示例重工), or a stop behind it."""
    return _legible(name_form(text), context)


def _legible(plain: str, context: Context) -> Cleaned:
    if context.option("repair").lower() == "true":
        return _repaired(plain)
    if _SUSPECT_LETTER.search(plain) and _SUSPECT.search(plain):
        repaired = _repaired(plain)
        if repaired.flags:
            proposed = str(repaired.value or "")
            return Cleaned(plain, flags=("garbled",), suggested="" if proposed == plain else proposed)
    return Cleaned(plain or None)


def _repaired(plain: str) -> Cleaned:
    from ftfy import fix_encoding  # only some sources need it, and it takes longer to import than all the rest of this room
    from ftfy.badness import is_bad

    repaired = one_line(fix_encoding(plain))
    flags = () if repaired == plain else ("repaired",)
    if is_bad(repaired) or any(mark in repaired for mark in _LOST):
        flags = (*flags, "garbled")
    return Cleaned(repaired or None, flags=flags)


def _person_name(text: str, _: Context) -> Cleaned:
    """``张  拟`` and ``张　拟`` are 张拟; ``Anna  Maria`` keeps a space. Dots in names of peoples are one kind (``艾力·买买提``)."""
    plain = narrow(text)
    if plain.isalnum() and "等" not in plain and not has_lines(text):  # as nearly all names are
        return Cleaned(plain)
    plain = one_interpunct(name_form(plain))
    return Cleaned(plain or None, flags=("several-people",) if _SEVERAL.search(plain) or has_lines(text) else ())


def _boolean(text: str, _: Context) -> Cleaned:
    plain = narrow(text).casefold()
    if plain in TRUE or plain in FALSE:
        return Cleaned(plain in TRUE)
    raise ValueProblem(
        message("'{text}' is neither yes nor no", text=text),
        value=text,
        hint=message("Write 是 or 否, true or false, or add a map to the mapping."),
    )


def _url(text: str, _: Context) -> Cleaned:
    """An http or https address; one without a scheme is kept as it is written. Other schemes (``javascript:``) are refused."""
    plain = narrow(text).translate(DASH_TABLE).replace(" ", "").rstrip(".,;")
    if not re.fullmatch(r"(?i)(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", plain):
        raise ValueProblem(
            message("'{text}' is not a web address", text=text), value=text, hint=message("It looks like https://www.example.org.")
        )
    return Cleaned(plain)


def _json(text: str, _: Context) -> Cleaned:
    """A JSON object or list, kept as text in one canonical form: stores have no maps."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueProblem(message("not JSON: {error}", error=error), value=text, hint=message('Write {"创新": 10}.')) from error
    if not isinstance(found, dict | list):
        raise ValueProblem(message("JSON, but neither an object nor a list"), value=text, hint=message('Write {"创新": 10}.'))
    return Cleaned(orjson.dumps(found, option=orjson.OPT_SORT_KEYS).decode())


TYPES = (
    CleanedBy("text", clean_text, absent=says_nothing),
    CleanedBy("caption", _caption, absent=no_value),
    CleanedBy("person-name", _person_name, absent=no_person),
    CleanedBy("boolean", _boolean),
    CleanedBy("url", _url),
    CleanedBy("json", _json),
)
