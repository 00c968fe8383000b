"""Photographs a picture page with Chromium: ``python tools/readme_picture.py PAGE.html docs/picture.png [--width 1280] [--height 900]``.

Chromium is not part of Lianyin: this makes the pictures of the documentation, and nothing in the product needs it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 120


def photograph(page: Path, picture: Path, width: int = 1280, height: int = 900, scale: float = 2.0) -> None:
    """Writes the first screen of ``page`` as a PNG. Raises ``FileNotFoundError`` without Chromium or page, ``RuntimeError`` if it fails."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        raise FileNotFoundError("Chromium is not installed: install chromium, then run this again.")
    if not page.is_file():
        raise FileNotFoundError(f"There is no page {page}.")
    picture.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}"]
        options += [f"--window-size={width},{height}", f"--force-device-scale-factor={scale}", "--virtual-time-budget=5000"]
        options += ["--host-resolver-rules=MAP * ~NOTFOUND", f"--screenshot={picture.resolve()}", page.resolve().as_uri()]
        done = subprocess.run([browser, *options], capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode or not picture.is_file():
        raise RuntimeError(f"Chromium made no picture: {done.stderr.strip()[-400:]}")


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--scale", type=float, default=2.0)
    chosen = parser.parse_args()
    try:
        photograph(chosen.page, chosen.picture, chosen.width, chosen.height, chosen.scale)
    except (FileNotFoundError, RuntimeError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
