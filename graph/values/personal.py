"""Ways to reach or recognise a person. These never stand in reports or logs unmasked, and an ID number is never kept at all."""

from __future__ import annotations

import hmac
import re

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.codes import FAILED, code_text
from graph.values.normal import DASH_TABLE, narrow

HASH_DIGITS = 64


def _email(text: str, _: Context) -> Cleaned:
    plain = narrow(text).replace(" ", "")
    match = re.fullmatch(r"([^@,;<>()\"]{1,64})@((?:[\w-]+\.)+[\w-]{2,})", plain)
    if not match:
        raise ValueProblem(
            message("not a single e-mail address"), value=text, hint=message("It looks like name@example.org; one address per cell.")
        )
    return Cleaned(f"{match[1]}@{match[2].lower()}")


def _phone(text: str, context: Context) -> Cleaned:
    """What the option ``contacts`` says: ``leave-out``, ``hash`` (HMAC-SHA-256 under ``hash_key``; a hash stays itself), or the
    number itself."""
    how = context.option("contacts")
    if how == "hash" and _is_hash(text):
        return Cleaned(text)
    number = _number(text)
    if how == "leave-out":
        return Cleaned(None)
    return Cleaned(_hashed(context.option("hash_key"), number) if how == "hash" else number)


def _number(text: str) -> str:
    """Digits, with ``+``, the dash after an area code and an extension kept; a mobile number loses its dashes."""
    plain = re.sub(r"(?<=\d)\s+(?=\d)", "-", narrow(text).translate(DASH_TABLE))
    plain = re.sub(r"\((0\d{2,3})\)\s*", r"\1-", plain).replace(" ", "")
    plain = re.sub(r"(?:转|EXT\.?|ext\.?|分机)(\d+)$", r"x\1", plain)
    if not re.fullmatch(r"\+?\d+(?:-\d+)*(?:x\d+)?", plain) or not 5 <= len(re.sub(r"\D", "", plain)) <= 20:
        raise ValueProblem(message("not a single telephone number"), value=text, hint=message("Write digits; one number per cell."))
    bare = plain.replace("-", "")
    return bare if re.fullmatch(r"(?:\+?86)?1\d{10}", bare) else plain


def masked_phone(phone: str) -> str:
    """Enough to tell two numbers apart, too little to call: ``100****0002``."""
    digits = re.sub(r"\D", "", phone)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else "****"


def _id_hash(text: str, context: Context) -> Cleaned:
    """An ID number becomes a keyed hash (HMAC-SHA-256 under the option ``hash_key``) before anything is recorded; a hash stays itself."""
    if _is_hash(text):
        return Cleaned(text)
    key = context.option("hash_key")
    if not key:
        raise ValueProblem(
            message("an ID number cannot be kept, and there is no key to hash it with"),
            hint=message("Set the hash key, or leave the column out."),
        )
    number = code_text(text)
    try:
        ric.validate(number)
    except ValidationError:
        if not re.fullmatch(r"[0-9A-Z]{6,18}", number):
            raise ValueProblem(message("not a single ID number"), hint=message("It has 18 characters.")) from None
        return Cleaned(_hashed(key, number), flags=(FAILED,), identifier=False)
    return Cleaned(_hashed(key, number))


def _is_hash(text: str) -> bool:
    return re.fullmatch(rf"[0-9a-f]{{{HASH_DIGITS}}}", text) is not None


def _hashed(key: str, number: str) -> str:
    return hmac.new(key.encode(), number.encode(), "sha256").hexdigest()


TYPES = (
    CleanedBy("email", _email),
    CleanedBy("phone", _phone),
    CleanedBy("id-hash", _id_hash),
)
