"""The operations, one module a subject."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection
from importlib import import_module

from lianyin.operation import REGISTER, Register

__all__ = ["all_operations"]


def all_operations(but: Collection[str] = ()) -> Register:
    """The register with the operations of every module here, but for those named, if nothing else imported them."""
    for module in pkgutil.iter_modules(__path__):
        if module.name not in but:
            import_module(f"{__name__}.{module.name}")
    return REGISTER
