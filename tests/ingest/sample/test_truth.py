"""The truth beside the files: each spoiled cell is where it says, and the matching truth agrees with the city."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from openpyxl import load_workbook

from graph.values.codes import is_uscc, suggested_uscc
from ingest.readers import list_files, preview
from ingest.sample.city import City
from ingest.sample.tables import ACCOUNTS, ENCODINGS, HEADERS, INDICATORS, ROSTER
from ingest.sample.write import CityFiles
from tests.ingest.sample.reading import cells

KINDS_OF_THE_DOMAIN = {
    *("title-row", "merged-cells", "batch-wording", "space-in-name", "full-width-digit", "list-separator", "and-others", "date-wording"),
    *("numeral-date", "year-only", "date-without-year", "vague-date", "excel-serial", "negotiable", "range", "letter-o-in-code"),
    *("shifted-columns", "extra-column", "missing-score", "repeated-header", "short-name", "ambiguous-short-name", "department-glued"),
    *("short-firm", "short-studio", "degree-in-title", "skill-wording", "at-least", "percent", "about", "duplicate", "dotted-discipline"),
}


def truth(files: CityFiles) -> dict[str, list[dict[str, object]]]:
    assert files.truth is not None
    found: dict[str, list[dict[str, object]]] = json.loads(files.truth.read_text(encoding="utf-8"))
    return found


def folder(files: CityFiles) -> Path:
    return files.files[0].parent


def test_every_spot_reads_back_from_its_file(dirty: CityFiles) -> None:
    for spot in dirty.spots:
        row = cells(folder(dirty) / spot.file, spot.sheet)[spot.row - 1]
        if spot.column:
            assert row[HEADERS[spot.file].index(spot.column)] == spot.raw, spot


def test_every_kind_of_dirt_is_there(dirty: CityFiles) -> None:
    assert KINDS_OF_THE_DOMAIN - {spot.kind for spot in dirty.spots} == set()
    assert {spot.expected.outcome for spot in dirty.spots} == {"reject", "clean", "flag", "duplicate"}
    assert {spot.file for spot in dirty.spots} == set(HEADERS)
    places = Counter((spot.file, spot.sheet, spot.row) for spot in dirty.spots if spot.kind != "merged-cells")
    assert max(places.values()) == 1


def test_nothing_else_differs_from_the_clean_files(clean: CityFiles, dirty: CityFiles) -> None:
    for name in ENCODINGS:
        spoiled = {spot.row for spot in dirty.spots if spot.file == name}
        before, after = cells(folder(clean) / name), cells(folder(dirty) / name)
        extra = {spot.row for spot in dirty.spots if spot.file == name and spot.kind == "duplicate"}
        kept = [row for number, row in enumerate(after, start=1) if number not in extra]
        assert len(kept) == len(before)
        assert [number for number, (a, b) in enumerate(zip(before, kept, strict=True), start=1) if a != b and number not in spoiled] == []


def test_duplicates_repeat_the_row_they_name(dirty: CityFiles) -> None:
    spots = [spot for spot in dirty.spots if spot.kind == "duplicate"]
    assert len(spots) == 20
    for spot in spots:
        rows = cells(folder(dirty) / spot.file, spot.sheet)
        assert isinstance(spot.expected.value, int)
        again, first = rows[spot.row - 1], rows[spot.expected.value - 1]
        same = sum(a == b for a, b in zip(again, first, strict=True))
        assert same >= len(first) - 4
        assert spot.row > spot.expected.value


def test_title_and_districts_are_merged_in_the_roster(dirty: CityFiles) -> None:
    sheet = load_workbook(folder(dirty) / ROSTER).worksheets[0]
    ranges = [str(each) for each in sheet.merged_cells.ranges]
    assert "A1:J1" in ranges
    covered = {row for each in sheet.merged_cells.ranges if each.min_col == 3 for row in range(each.min_row + 1, each.max_row + 1)}
    merged = {spot.row: spot.expected.value for spot in dirty.spots if spot.kind == "merged-cells"}
    assert covered == set(merged)
    for each in sheet.merged_cells.ranges:
        if each.min_col == 3:
            assert {merged[row] for row in range(each.min_row + 1, each.max_row + 1)} == {sheet.cell(each.min_row, 3).value}


def test_rejects_cannot_be_read_as_rows(dirty: CityFiles) -> None:
    for spot in dirty.spots:
        row = cells(folder(dirty) / spot.file, spot.sheet)[spot.row - 1]
        if spot.kind == "extra-column":
            assert spot.file == ACCOUNTS and len(row) == len(HEADERS[ACCOUNTS]) + 1
        if spot.kind == "shifted-columns":
            assert spot.file == INDICATORS and row[HEADERS[INDICATORS].index("县区")].isdigit()
        if spot.kind == "repeated-header":
            assert list(row) == HEADERS[spot.file]


def test_spoiled_codes_fail_and_what_was_meant_is_valid(dirty: CityFiles) -> None:
    spots = [spot for spot in dirty.spots if spot.kind == "letter-o-in-code"]
    assert len(spots) == 2
    for spot in spots:
        assert "O" in spot.raw and not is_uscc(spot.raw)
        assert suggested_uscc(spot.raw) == spot.expected.value


def test_dirt_spares_the_plants(city: City, dirty: CityFiles) -> None:
    heroes = {city.experts[bridge.expert].name for bridge in city.plants.bridges}
    unreachable = set(city.plants.unreachable_needs)
    for spot in dirty.spots:
        if spot.kind != "merged-cells":
            row = cells(folder(dirty) / spot.file, spot.sheet)[spot.row - 1]
            assert not any(name in cell for cell in row for name in heroes | unreachable)


def test_matching_truth_is_that_of_the_city(city: City, clean: CityFiles) -> None:
    matching = truth(clean)["matching"]
    assert isinstance(matching, dict)
    assert [(who["name"], who["organisation"]) for who in matching["experts"]] == [(who.name, who.organisation) for who in city.experts]
    for told, need in zip(matching["needs"], city.needs, strict=True):
        assert told["number"] == need.number
        assert told["fits"] == [expert for expert, grade in city.fits(need).items() if grade == 2]
    fitting = [len(told["fits"]) for told in matching["needs"]]
    assert 3 <= sum(fitting) / len(fitting) <= 15


def test_truth_names_the_plants(clean: CityFiles) -> None:
    plants = truth(clean)["plants"]
    assert isinstance(plants, dict)
    assert plants["bridges"][0]["name"] == "王虚构" and "扬州示例重工有限公司" in plants["bridges"][0]["enterprises"]
    assert [len(plants[name]) for name in ("isolated_studios", "unreachable_needs", "renamed_enterprises", "homonyms")] == [12, 15, 3, 2]
    assert truth(clean)["dirt"] == []


def test_our_readers_open_every_file_of_the_folder(dirty: CityFiles) -> None:
    found = list_files([folder(dirty)])
    assert {path.name for path, _ in found} == set(HEADERS), "truth.json is no table"
    assert sum(len(preview(path)) for path, _ in found) == 13
