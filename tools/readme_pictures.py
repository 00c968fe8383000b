"""Draws the pictures of the README anew: ``python tools/readme_pictures.py out/demo docs``, where ``lianyin demo`` left its store.

They are still sheets as ``lianyin picture`` writes them: no browser is needed, only a font with Chinese letters.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import lianyin
from lianyin.bridges import draw_bridge
from lianyin.demonstration import DAY, ENTERPRISE, UNIVERSITY, bridge_of, store_url
from visualize.audience import Audience
from visualize.drawing import Look
from visualize.forms import PictureForm, as_file

NAMES = {"zh": "picture.zh-CN.png", "en": "picture.png"}


def draw_pictures(demonstration: Path, folder: Path) -> None:
    """Writes one PNG for each language into ``folder``."""
    with lianyin.open(store_url(demonstration)) as client:
        bridge = bridge_of(client, client.find_paths(UNIVERSITY, ENTERPRISE, as_of=DAY.isoformat()))
        for language, name in NAMES.items():
            reader = client.read_by(language=language)
            sheet = draw_bridge(reader, bridge, DAY.isoformat(), Audience.INTERNAL, Look("svg"))
            (folder / name).write_bytes(as_file(sheet, PictureForm.PNG))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("demonstration", type=Path)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    draw_pictures(chosen.demonstration, chosen.folder)


if __name__ == "__main__":
    main()
