"""A shape of paths as kernels follow it, and the work space for that. No numba here, so that anyone may import it cheaply."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import Codes, Int32s, Int64s

Bytes: TypeAlias = npt.NDArray[np.uint8]

MOST_STATES = 62
"""Sets of states are bits of a 64-bit number; the highest is the sign."""

BARRED = 128
"""In ``Layers.places``: a node that no path passes."""

ON_PATH = 64
"""A node that stands on the path at hand."""

NAMED = 63
"""What is left of a place without these two: which of the nodes that must be passed it is, from 1, or 0."""


class Automaton(NamedTuple):
    """States say how far along a shape a path has come. A set of states is a number whose bit ``s`` stands for state ``s``.

    ``moves[s, c]`` (states × 2 × relationship types) is the set of states that a hop leads to from state ``s``, where ``c`` is twice the
    relationship's type, plus 1 where the path walks it against its direction. ``back[t, c]`` is the set that a hop into ``t`` may
    come from, with ``c`` seen from the node that is in ``t``. ``nodes[k]`` is the set of states that a node of kind ``k`` may be in
    between the ends. A path begins in state 0 and may end in those of ``finals``."""

    moves: Int64s
    back: Int64s
    nodes: Int64s
    finals: int


class Course(NamedTuple):
    """A shape together with what must be passed. *Needs* are numbered; a set of them is a number again.

    The states of ``automaton`` are those of the shape, ``states`` of them, once for each set of the first ``traced`` needs that was met so
    far: state ``s`` with set ``m`` is bit ``m * states + s``. ``every`` is the set of all needs, ``kind_needs`` and ``node_needs`` are
    those that a node meets by its kind and by being named (place 0: not named), ``node_states`` the states that a named node may be in,
    whatever its kind. ``types`` are the relationship types of edge kinds."""

    automaton: Automaton
    states: int
    traced: int
    every: int
    kind_needs: Int64s
    node_needs: Int64s
    node_states: Int64s
    types: Codes


class Layers(NamedTuple):
    """Work space, all zero before and after a search. ``forward[d, v]`` is the set of states in which a walk of ``d`` hops from the start
    may stand at ``v``; ``backward[d, v]`` the set from which ``d`` hops lead to the end in a final state; ``useful[d, v]`` is
    ``forward[d, v]`` without what leads nowhere. The lists hold the nodes of each layer, ``lengths`` how many (three rows). ``depths`` is
    how many hops each side has gone, and the adjacency entries of its last layer. ``places``: ``BARRED``, ``ON_PATH``, ``NAMED``."""

    forward: Int64s
    backward: Int64s
    useful: Int64s
    forward_list: Int32s
    backward_list: Int32s
    useful_list: Int32s
    lengths: Int64s
    depths: Int64s
    places: Bytes


class Listed(NamedTuple):
    """Where paths are written, in order: ``paths`` (limit × most hops + 1), and ``totals[h]``, how many there are of ``h`` hops, listed or
    not. So the first ``totals[1]`` of them have one hop, and so on."""

    paths: Int32s
    totals: Int64s
