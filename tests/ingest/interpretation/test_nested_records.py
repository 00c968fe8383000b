"""Records of JSON with lists and objects inside: who leads and joins a project, and the positions that people held."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ingest.interpretation.saying import said


def test_a_json_of_projects_with_lists(tmp_path: Path) -> None:
    records = [
        {
            "ref": "N1",
            "name": "Quiet pumps",
            "lead": {"organisation": "Nordhafen University", "investigator": "Anna Keane"},
            "partners": [{"organisation": "Roth Pumps Ltd"}, {"organisation": "Roth Trust"}],
            "period": {"from": "2019-01-01", "to": "2021-12-31"},
        },
        {
            "ref": "N2",
            "name": "Harbour archive",
            "lead": {"organisation": "Roth Trust", "investigator": "Karl Weber"},
            "partners": [{"organisation": "Nordhafen University"}],
            "period": {"from": "2020-05-01", "to": "2022-04-30"},
        },
    ]
    found = said(tmp_path, json.dumps({"source": "x", "projects": records}), "projects.json")
    assert ("PARTICIPATES_IN", "Roth Pumps Ltd", "Quiet pumps", "2019-01-01", "2021-12-31") in found.dated
    assert ("PARTICIPATES_IN", "Nordhafen University", "Harbour archive") in found.ties
    assert {
        ("EMPLOYED_BY", "Anna Keane", "Nordhafen University"),
        ("PRINCIPAL_INVESTIGATOR_OF", "Karl Weber", "Harbour archive"),
    } <= found.ties


def test_the_positions_of_people_in_a_nested_list(tmp_path: Path) -> None:
    people = [
        {
            "name": "Anna Keane",
            "positions": [
                {"org": "Nordhafen University", "role": "professor", "start": "2010", "end": "2015"},
                {"org": "Roth Pumps Ltd", "role": "consultant", "start": "2016"},
            ],
        },
        {"name": "Karl Weber", "positions": [{"org": "Roth Pumps Ltd", "role": "director", "start": "2011"}]},
    ]
    assert said(tmp_path, json.dumps({"people": people}), "people.json").dated == {
        ("EMPLOYED_BY", "Anna Keane", "Nordhafen University", "2010", "2015"),
        ("ADVISES", "Anna Keane", "Roth Pumps Ltd", "2016", ""),
        ("DIRECTOR_OF", "Karl Weber", "Roth Pumps Ltd", "2011", ""),
    }


def test_lists_of_people_and_of_institutions_each_join_the_project(tmp_path: Path) -> None:
    records = [
        {"title": "Quiet pumps", "investigators": ["Anna Keane", "Karl Weber"], "institutions": ["Nordhafen University", "Roth Trust"]},
        {"title": "Harbour archive", "investigators": ["Ines Roth"], "institutions": ["Roth Trust"]},
    ]
    found = said(tmp_path, json.dumps(records), "projects.json")
    assert {("PARTICIPATES_IN", "Nordhafen University", "Quiet pumps"), ("PARTICIPATES_IN", "Roth Trust", "Harbour archive")} <= found.ties
    assert not any(type == "EMPLOYED_BY" for type, _, _ in found.ties)
