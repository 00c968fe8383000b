"""Needs and acceptances (发单 / 接单): an enterprise posts, an office reviews, experts take on, both carry out, the enterprise accepts.

``moves`` is the table of states and moves, ``standing`` what a need is now, ``deciding`` whether a move is legal and what it states,
``history`` what happened. ``NeedDesk`` makes the moves.
"""

from cooperation.needs.desk import NeedDesk
from cooperation.needs.moves import MOVES, Move, State

__all__ = ["MOVES", "Move", "NeedDesk", "State"]
