"""How the numbers that reach a person are recorded. PIPL: an office keeps what its purpose needs, and no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contacts:
    """``hash_key`` is the secret under which telephone and ID numbers are hashed before a claim is made: two rows with one number
    are then seen to agree, and nobody can read it. With ``keep`` telephone numbers are recorded as they are (class 3 still). With
    neither they are left out, and an ID number is refused."""

    keep: bool = False
    hash_key: str = ""

    @property
    def options(self) -> dict[str, object]:
        """For the value types ``phone`` and ``id-hash``."""
        how = "keep" if self.keep else "hash" if self.hash_key else "leave-out"
        return {"contacts": how, "hash_key": self.hash_key}


LEFT_OUT = Contacts()
