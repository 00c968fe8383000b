"""What the system and pydantic report, as messages of ours: the common kinds in both languages, the others in their own words."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping

from graph.messages import Either, Message, message, verbatim

_SYSTEM: Mapping[int, Message] = {
    errno.ENOENT: message("it does not exist"),
    errno.EACCES: message("permission is denied"),
    errno.EPERM: message("permission is denied"),
    errno.EEXIST: message("it already exists"),
    errno.EISDIR: message("it is a folder"),
    errno.ENOTDIR: message("a part of its path is not a folder"),
    errno.ENOSPC: message("the disk is full"),
    errno.EDQUOT: message("the user's share of the disk is used up"),
    errno.EROFS: message("the disk is read-only"),
    errno.ENAMETOOLONG: message("its name is too long"),
    errno.EMFILE: message("too many files are open"),
    errno.EADDRNOTAVAIL: message("this machine does not have that address"),
}


def system_reason(error: OSError) -> Message:
    """Why a file or a port could not be used."""
    return _SYSTEM.get(error.errno or 0) or verbatim(error.strerror or str(error))


_PYDANTIC: Mapping[str, Message] = {
    "missing": message("this is required"),
    "extra_forbidden": message("this is unknown"),
    "unexpected_keyword_argument": message("this is unknown"),
    "int_parsing": message("a whole number is expected"),
    "int_from_float": message("a whole number is expected"),
    "int_type": message("a whole number is expected"),
    "float_parsing": message("a number is expected"),
    "float_type": message("a number is expected"),
    "finite_number": message("a finite number is expected"),
    "bool_parsing": message("true or false is expected"),
    "bool_type": message("true or false is expected"),
    "string_type": message("a text is expected"),
    "list_type": message("a list is expected"),
    "tuple_type": message("a list is expected"),
    "dict_type": message("keys are expected"),
    "model_type": message("keys are expected"),
    "model_attributes_type": message("keys are expected"),
    "date_from_datetime_parsing": message("a date such as 2020-09-10 is expected"),
    "date_parsing": message("a date such as 2020-09-10 is expected"),
    "date_type": message("a date such as 2020-09-10 is expected"),
    "url_parsing": message("a web address is expected"),
    "path_type": message("a path is expected"),
    "json_invalid": message("it is not JSON"),
    "json_type": message("it is not JSON"),
}


def pydantic_reason(error: Mapping[str, object]) -> Message:
    """What is wrong with a value, without a full stop, from one of pydantic's error details (``type``, ``ctx``, ``msg``). A validator of
    ours raises ``ValueError(message(…))``."""
    kind = str(error["type"])
    context = error.get("ctx")
    values: Mapping[str, object] = context if isinstance(context, Mapping) else {}
    raised = values.get("error")
    if kind == "value_error" and isinstance(raised, ValueError) and raised.args:
        return raised.args[0] if isinstance(raised.args[0], Message) else verbatim(str(raised.args[0]))
    return _PYDANTIC.get(kind) or _bound(kind, values) or verbatim(str(error["msg"]))


def _bound(kind: str, values: Mapping[str, object]) -> Message | None:
    """Kinds that name a limit or the values that are taken."""
    if kind in ("literal_error", "enum"):
        return message("one of these is expected: {expected}", expected=_expected(str(values.get("expected", ""))))
    if kind == "string_pattern_mismatch":
        return message("it must match {pattern}", pattern=values["pattern"])
    limits = {
        "greater_than": (message("it must be greater than {limit}", limit=values.get("gt"))),
        "greater_than_equal": (message("it must be {limit} or more", limit=values.get("ge"))),
        "less_than": (message("it must be less than {limit}", limit=values.get("lt"))),
        "less_than_equal": (message("it must be {limit} or less", limit=values.get("le"))),
        "string_too_short": (message("it must have {limit} characters or more", limit=values.get("min_length"))),
        "string_too_long": (message("it must have {limit} characters or fewer", limit=values.get("max_length"))),
        "too_short": (message("it must have {limit} items or more", limit=values.get("min_length"))),
        "too_long": (message("it must have {limit} items or fewer", limit=values.get("max_length"))),
    }
    return limits.get(kind)


def _expected(text: str) -> object:
    """Pydantic's ``'a', 'b' or 'c'`` as values."""
    try:
        return Either(json.loads(f"[{text.replace(' or ', ', ')}]".replace("'", '"')))
    except ValueError:
        return text
