"""Places by their names: China's divisions (GB/T 2260, with former names), its development zones, countries and larger cities elsewhere.

``lookup`` says what a text may mean, ``decide`` what it means beside other places. Neither guesses.
"""

from graph.places.china import Candidate, whole_names_in
from graph.places.deciding import Decision, Ground, Surroundings, decide, surroundings
from graph.places.lookup import lookup
from graph.places.place import Level, Place, division

__all__ = [
    "Candidate",
    "Decision",
    "Ground",
    "Level",
    "Place",
    "Surroundings",
    "decide",
    "division",
    "lookup",
    "surroundings",
    "whole_names_in",
]
