"""The command line and the Python client: the only place that wires settings to stores and services.

``lianyin.open(url)`` opens a graph: see ``lianyin.client``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianyin.client import Client
    from lianyin.settings import Settings

__all__ = ["open"]


def open(url: str | None = None, *, settings: Settings | None = None) -> Client:
    """Opens a graph: the store of ``url``, else of the settings (``LIANYIN_STORE``), else an embedded one in the user's data folder.

    Use it in a ``with`` statement, or ``close`` it. Raises the ``StoreProblem`` that fits."""
    # Imported here, so that ``lianyin --help`` does not wait for the store and its libraries.
    from lianyin.client import open as open_client

    return open_client(url, settings=settings)
