"""Brings the catalogue of messages up to date with the code (``make messages``), or says what it lacks (``--check``).

New messages are added without a translation, messages that no code says any more are removed.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("api", "cooperation", "graph", "ingest", "lianyin", "visualize")
HEADER = """# The Chinese texts of Lianyin's messages, by the English ones. How to add one: docs/messages.md
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: zh\\n"

"""


def messages_in_code(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every template given to ``message(…)``, with the file that says it. Babel's own extraction goes by tokens, and takes any use of a
    variable of that name for a call."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "message(" in text:
                yield from ((template, path.relative_to(root).as_posix()) for template in _templates(ast.parse(text)))


def _templates(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message" and node.args:
            template = node.args[0]
            if isinstance(template, ast.Constant) and isinstance(template.value, str):
                yield template.value


def renewed(old: Catalog, root: Path = ROOT) -> Catalog:
    """A catalogue of the messages in the code, with the translations of the old one."""
    new = Catalog(locale="zh", project="lianyin", fuzzy=False)
    for text, file in messages_in_code(root):
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(file, 0)])
        new[text].flags.discard("python-format")
    return new


def read(path: Path) -> Catalog:
    """The catalogue as it stands."""
    with path.open("rb") as stream:
        return read_po(stream, locale="zh")


def main() -> int:
    """Exit code 1 when ``--check`` finds the catalogue stale or incomplete."""
    sys.path.insert(0, str(ROOT))
    from graph.messages import CATALOGUE

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; say what is missing, untranslated or stale")
    checking = parser.parse_args().check
    old = read(CATALOGUE)
    new = renewed(old)
    lacking = [entry.id for entry in new if entry.id and not entry.string]
    stale = [entry.id for entry in old if entry.id and entry.id not in new]
    if not checking:
        with CATALOGUE.open("wb") as stream:
            stream.write(HEADER.encode())
            write_po(stream, new, width=0, sort_output=True, include_lineno=False, omit_header=True)
    for kind, texts in (("without a translation", lacking), ("no code says this any more", stale if checking else [])):
        for text in texts:
            sys.stdout.write(f"{kind}: {text!r}\n")
    return 1 if checking and (lacking or stale) else 0


if __name__ == "__main__":
    sys.exit(main())
