"""``lianyin pairs``: the whole table as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.lianyin.conftest import Command


def test_every_pair_of_the_table_is_written(loaded: Command, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    assert loaded("pairs", "高校", "企业", "--max-hops", "4", "-o", str(path)).status == 0
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    count = loaded("connections", "高校", "企业", "--max-hops", "4", "--count").out.strip()
    assert len(rows) == int(count) > 0
    assert ("示例大学", "示例重工有限公司") in {(row["from"], row["to"]) for row in rows}
    assert rows == sorted(rows, key=lambda row: (row["from_id"], int(row["hops"]), row["to_id"]))


def test_without_a_file_they_go_to_stdout_and_the_number_to_stderr(loaded: Command) -> None:
    ran = loaded("pairs", "高校", "企业", "--avoid", "张拟")
    assert ran.out.splitlines()[0] == "from,from_id,to,to_id,hops,paths"
    assert str(len(ran.out.splitlines()) - 1) in ran.err


def test_a_limit_is_told_and_nothing_passes_for_whole(loaded: Command, tmp_path: Path) -> None:
    ran = loaded("pairs", "高校", "企业", "--max-hops", "0", "-o", str(tmp_path / "p.csv"))
    assert ran.status == 2 and not (tmp_path / "p.csv").exists()
    assert loaded("pairs", "高校", "企业", "-o", str(tmp_path / "no" / "p.csv")).status == 4
