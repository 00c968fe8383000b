"""The one way in which a function is compiled here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compiles at the first call and keeps the result beside the source file; runs without Python's global lock,
    so that one long search does not hold up the others."""
    return cast(Function, numba.njit(nogil=True, cache=True)(function))
