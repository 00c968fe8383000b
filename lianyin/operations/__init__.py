"""The operations, one module a subject."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from lianyin.operation import REGISTER, Register

__all__ = ["all_operations"]


def all_operations() -> Register:
    """The register with the operations of every module here."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return REGISTER
