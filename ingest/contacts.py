"""How the numbers that reach a person are recorded. PIPL: an office keeps what its purpose needs, and no more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

OF_THIS_PROCESS = secrets.token_hex(32)
"""The key of people's ids where no office's is given: good for looking at a file, since another process makes other ids."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """``hash_key`` is the secret under which telephone and ID numbers are hashed before a claim is made: two rows with one number
    are then seen to agree, and nobody can read it; ids of people are made under it too, so that nobody without it can confirm a person
    by trying names. With ``keep`` telephone numbers are recorded as they are (class 3 still). With
    neither they are left out, and an ID number is refused."""

    keep: bool = False
    hash_key: str = ""

    @property
    def options(self) -> dict[str, object]:
        """For the value types ``phone`` and ``id-hash``."""
        how = "keep" if self.keep else "hash" if self.hash_key else "leave-out"
        return {"contacts": how, "hash_key": self.hash_key}

    @property
    def id_key(self) -> str:
        """The secret under which ids of people and keys of their records are made."""
        return self.hash_key or OF_THIS_PROCESS


LEFT_OUT = Contacts()
