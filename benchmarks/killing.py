"""Kills (`kill -9`) loads, publications in batches and undos at random moments and looks at what is left.

    python -m benchmarks.killing [--store embedded neo4j] [--times 20] [--scale 0.1] [--seed 20200910]

After each kill the exported graph must be that of before or that of after, to the byte, nothing unpublished may be left, and the same again
must end in the same bytes as if nobody had been killed. A kill counts when it met the process at work. Ends with an error where one fails.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.sample.tables import ACHIEVEMENTS, MEMBERS, NEEDS, ROSTER
from tests import neo4j_server
from tests.interrupted import Kill, kills, prepare

SEED = 20200910
FILES = (ROSTER, NEEDS, MEMBERS, ACHIEVEMENTS)


@contextmanager
def address(store: str, folder: Path) -> Iterator[str]:
    """An empty store of that kind."""
    if store == "embedded":
        yield f"kglite://{folder / 'store'}"
        return
    with neo4j_server.running(folder / "server") as server:
        yield server.url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", nargs="+", choices=("embedded", "neo4j"), default=["embedded", "neo4j"])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    print(
        "| store | killed | kills at work | seen whole | taken away at the next opening | seconds at work |\n|--|--|--:|--:|--:|--|",
        flush=True,
    )
    for store in given.store:
        with tempfile.TemporaryDirectory() as name, address(store, Path(name)) as url:
            stage = prepare(url, Path(name), given.scale, FILES)
            _tell(store, list(kills(stage, given.times, given.seed)))


def _tell(store: str, seen: list[Kill]) -> None:
    for action in ("load", "staged", "undo"):
        found = [each for each in seen if each.action == action]
        hit = [each for each in found if each.hit]
        whole = sum(each.whole for each in hit)
        moments = ", ".join(f"{each.seconds:.2f}" for each in hit)
        print(f"| {store} | {action} | {len(hit)} | {whole} | {sum(each.withdrawn for each in hit)} | {moments} |", flush=True)
    counted = Counter(each.action for each in seen if each.hit)
    print(
        f"\n{store}: {sum(counted.values())} kills at work of {len(seen)}; each graph was whole, and the same again ended the same.\n",
        flush=True,
    )


if __name__ == "__main__":
    main()
