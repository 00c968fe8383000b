"""What the measurements were made on, without naming it."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("numba", "numpy", "networkx", "networkit", "scipy", "kglite", "neo4j")


def machine() -> list[str]:
    """Processor, memory, system, Python and the libraries compared with."""
    kind = re.search(r"^model name\s*:\s*(.+)$", _read("/proc/cpuinfo"), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", _read("/proc/meminfo"), re.M)
    processor = kind.group(1) if kind else platform.processor() or platform.machine()
    size = f", {int(memory.group(1)) / 2**20:.0f} GB" if memory else ""
    return [
        f"{processor}, {os.cpu_count()} cores{size}, {platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}; " + ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        f"load when the run began: {os.getloadavg()[0]:.1f}",
    ]


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else ""
