"""Matrices of events whose headings hold the day."""

from __future__ import annotations

from pathlib import Path

from graph.model import ClaimKind
from tests.ingest.interpretation.saying import said


def test_events_with_their_days_in_the_headings(tmp_path: Path) -> None:
    table = (
        "Name,Organisation,Pump Users Forum (12 Mar 2021),Sealing Workshop (4 Jun 2021),Safety Briefing (15 Oct 2021),Times there\n"
        "Odile Brandt,Roth Pumps Ltd,x,,x,2\nPaul Sandoz,Keane Optics Ltd,apologies,x,,1\nRita Molnar,Roth Pumps Ltd,x,x,x,3\n"
    )
    found = said(tmp_path, table, "presence.csv")
    events = {
        str(draft.values["name"]): str(draft.values["date"]) for draft in found.mapped.drafts(ClaimKind.NODE) if draft.type == "Event"
    }
    assert events == {"Pump Users Forum": "2021-03-12", "Sealing Workshop": "2021-06-04", "Safety Briefing": "2021-10-15"}
    assert {tie[1:] for tie in found.ties if tie[0] == "INVOLVES"} == {
        ("Pump Users Forum", "Odile Brandt"),
        ("Safety Briefing", "Odile Brandt"),
        ("Sealing Workshop", "Paul Sandoz"),
        ("Pump Users Forum", "Rita Molnar"),
        ("Sealing Workshop", "Rita Molnar"),
        ("Safety Briefing", "Rita Molnar"),
    }
