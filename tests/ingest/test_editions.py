"""Lists that come out again and again under other file names: recognised, counted row by row, the later one's values standing,
whichever was loaded first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from graph.errors import Conflict, QueryProblem
from ingest.report import Report
from lianyin.client import Client
from lianyin.client import open as open_graph
from lianyin.settings import Settings

HEADER = "编号,企业,需求名称,领域,状态"
TODAY = datetime.date(2026, 11, 30)
Facts = tuple[list[tuple[str, object]], list[tuple[str, str, str]]]


def rows(*numbers: int, name: str = "需求") -> list[str]:
    return [f"XQ-{number:03},扬州示例重工有限公司,{name}{number},装备,已发布" for number in numbers]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Client]]:
    """Empty graphs, one after the other."""
    clients: list[Client] = []

    def another() -> Client:
        clients.append(open_graph(settings=Settings(store=f"kglite://{tmp_path}/store{len(clients)}", today=TODAY)))
        return clients[-1]

    yield another
    for client in clients:
        client.close()


@pytest.fixture
def client(opened: Callable[[], Client]) -> Client:
    return opened()


def load(client: Client, folder: Path, name: str, content: Sequence[str], title: str = "", **options: object) -> Report:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([*([title] if title else []), HEADER, *content]), encoding="utf-8")
    return client.ingest([path], **options)  # type: ignore[arg-type]


def facts(client: Client) -> Facts:
    """What stands, without what belongs to the time of loading."""
    _, nodes, relationships = client.store.scan()
    return sorted((node.id, tuple(sorted(node.properties.items()))) for node in nodes), sorted(
        (each.type, each.source, each.target) for each in relationships
    )


def names(client: Client) -> dict[str, str]:
    return {node.id.partition("-")[2]: node.caption for node in client.store.scan(("Need",))[1]}


FIRST, SECOND = rows(*range(1, 11)), [*rows(*range(1, 6)), *rows(6, 7, name="改了"), *rows(11, 12)]


def test_a_later_edition_is_recognised_by_its_keys_and_counted(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求表_2023.csv", FIRST)
    report = load(client, tmp_path, "导出-20240529.csv", SECOND)
    totals, edition = report.totals, report.files[0].edition
    assert (totals.unchanged, totals.updated, totals.new, report.gone_total) == (5, 2, 2, 3)
    assert edition is not None
    assert (edition.load, edition.file, edition.why, edition.known, edition.looked_at) == ("L1", "需求表_2023.csv", "keys", 7, 9)
    assert (edition.older, edition.missing, edition.contradicted) == (False, 3, 2)
    assert names(client)["need:XQ-006"] == "改了6"
    assert [(each.file, each.row, each.closed) for each in report.gone][0] == ("需求表_2023.csv", 9, False)


def test_missing_rows_are_retired_on_request_and_an_undo_restores_all(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求_2023.csv", FIRST)
    before = facts(client)
    report = load(client, tmp_path, "需求_2024.csv", SECOND, close_gone=True)
    assert all(each.closed for each in report.gone)
    assert sorted(names(client)) == sorted(f"need:XQ-{n:03}" for n in (1, 2, 3, 4, 5, 6, 7, 11, 12))
    with pytest.raises(Conflict):
        client.undo("L1")
    client.undo("L2")
    assert facts(client) == before


@pytest.mark.parametrize("close_gone", [False, True])
def test_the_order_of_editions_does_not_change_the_graph(opened: Callable[[], Client], tmp_path: Path, *, close_gone: bool) -> None:
    editions = (("需求_2022.csv", rows(1, 2, 3, 4, 9)), ("需求_2023.csv", FIRST), ("需求_2024.csv", SECOND))
    graphs = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)):
        client = opened()
        for number in order:
            name, content = editions[number]
            load(client, tmp_path, name, content, close_gone=close_gone and number == 2)
        graphs.append(facts(client))
    assert all(each == graphs[0] for each in graphs[1:])


def test_an_earlier_edition_neither_wins_nor_retires_and_can_be_undone(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求_2024.csv", SECOND)
    later = facts(client)
    report = load(client, tmp_path, "需求_2023.csv", FIRST, close_gone=True)
    assert report.files[0].edition is not None
    assert report.files[0].edition.older
    assert (report.gone_total, report.totals.new, names(client)["need:XQ-006"]) == (0, 3, "改了6")
    assert load(client, tmp_path, "需求_2023.csv", FIRST).totals.unchanged == 10
    client.undo("L3")
    client.undo("L2")
    assert facts(client) == later
    client.undo("L1")
    assert facts(client) == ([], [])


def test_the_same_name_with_an_earlier_title_does_not_win(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path / "2024", "需求.csv", SECOND, title="企业需求（截至2024年5月）,,,,")
    load(client, tmp_path / "2023", "需求.csv", FIRST, title="企业需求（截至2023年5月）,,,,")
    assert names(client)["need:XQ-006"] == "改了6"


def test_history_says_when_a_property_changed(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求_2024.csv", SECOND)
    load(client, tmp_path, "需求_2023.csv", FIRST)
    (changed,) = client.show("city-need:XQ-006").to_dict()["history"]  # type: ignore[misc]
    assert changed["property"] == "name"
    assert [(each["value"], each["since"], each["file"]) for each in changed["values"]] == [
        ("需求6", "2023", "需求_2023.csv"),
        ("改了6", "2024", "需求_2024.csv"),
    ]
    assert client.why("city-need:XQ-006", "name").to_dict()["history"] == [changed]
    assert client.show("city-need:XQ-001").to_dict()["history"] == []


def test_a_name_that_differs_by_its_date_alone_is_an_edition(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "企业需求（2023年度）.csv", rows(1, 2, 3))
    report = load(client, tmp_path, "企业需求（2024年度）.csv", rows(11, 12))
    edition = report.files[0].edition
    assert edition is not None
    assert (edition.why, edition.known, edition.missing) == ("name", 0, 3)


def test_two_lists_of_one_kind_are_not_editions(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "邗江区需求2023.csv", FIRST)
    report = load(client, tmp_path, "广陵区需求2024.csv", rows(21, 22, 23))
    assert (report.files[0].edition, report.files[0].edition_doubts, report.gone_total) == (None, (), 0)
    doubtful = load(client, tmp_path, "宝应县需求2025.csv", [*rows(*range(1, 4)), *rows(*range(31, 38))])
    assert doubtful.files[0].edition is None
    assert "--edition-of L1" in doubtful.files[0].edition_doubts[0].zh


def test_tables_of_one_day_are_told_and_neither_wins(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求甲.csv", FIRST)
    report = load(client, tmp_path, "需求乙.csv", FIRST)
    assert report.files[0].edition is None
    assert "日期相同" in report.files[0].edition_doubts[0].zh


def test_what_the_user_says_decides(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "邗江区需求2023.csv", rows(1, 2, 3))
    said = load(client, tmp_path, "邗江最新.csv", rows(3, 11, 12, 13), edition_of="L1", date="2024")
    assert said.files[0].edition is not None
    assert (said.files[0].edition.why, said.gone_total) == ("given", 2)
    own = load(client, tmp_path, "邗江区需求2025.csv", rows(1, 2, 3), new_series=True)
    assert (own.files[0].edition, own.totals.new) == (None, 3)
    with pytest.raises(QueryProblem, match="L9"):
        load(client, tmp_path, "邗江区需求2026.csv", rows(1), edition_of="L9")
    with pytest.raises(QueryProblem):
        load(client, tmp_path, "邗江区需求2026.csv", rows(1), edition_of="L1", new_series=True)


def test_a_trial_load_tells_the_same(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求_2023.csv", FIRST)
    path = tmp_path / "需求_2024.csv"
    path.write_text("\n".join([HEADER, *SECOND]), encoding="utf-8")
    tried, done = client.preview([path], close_gone=True), client.ingest([path], close_gone=True)
    assert tried.files == done.files
    assert (tried.facts.nodes_updated, tried.facts.nodes_removed) == (done.facts.nodes_updated, done.facts.nodes_removed)


def together(client: Client, folder: Path, **files: Sequence[str]) -> Report:
    """One load of a folder with these files."""
    folder.mkdir()
    for name, content in files.items():
        (folder / f"{name}.csv").write_text("\n".join([HEADER, *content]), encoding="utf-8")
    return client.ingest([folder])


def test_two_editions_in_one_load_are_told_and_the_later_one_wins(client: Client, tmp_path: Path) -> None:
    report = together(client, tmp_path / "in", 导出_20240529=SECOND, 需求_2023=FIRST)
    doubts = {each.file: [doubt.en for doubt in each.edition_doubts] for each in report.files}
    assert doubts["需求_2023.csv"] == []
    (told,) = doubts["导出_20240529.csv"]
    assert "需求_2023.csv (2023) and 导出_20240529.csv (2024-05-29)" in told and "需求_2023.csv, then 导出_20240529.csv" in told
    assert names(client)["need:XQ-006"] == "改了6"


def test_two_editions_of_a_known_list_in_one_load_are_told(client: Client, tmp_path: Path) -> None:
    load(client, tmp_path, "需求_2022.csv", rows(1, 2, 3))
    report = together(client, tmp_path / "in", 需求_2023=FIRST, 需求_2024=SECOND)
    assert [(each.edition is not None, len(each.edition_doubts)) for each in report.files] == [(True, 0), (False, 1)]


def test_parts_of_one_list_are_no_editions(client: Client, tmp_path: Path) -> None:
    report = together(client, tmp_path / "in", 需求甲_2023=rows(1, 2, 3), 需求乙_2024=rows(4, 5, 6))
    assert [each.edition_doubts for each in report.files] == [(), ()]
