"""The lists of the desk: mine, overdue, by district, by state, as far as the actor may see."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cooperation.needs.columns import CODE, GONE, STATES, Columns, due_day
from cooperation.needs.moves import ENDED, State
from cooperation.needs.need_list import NeedList
from cooperation.needs.rows import NeedRow
from cooperation.roles import RIGHTS, Actor, Role, Scope, may

if TYPE_CHECKING:
    import numpy.typing as npt

    from cooperation.needs.columns import Slots

AFTER_REVIEW = frozenset(State) - {State.DRAFT, State.IN_REVIEW, State.RETURNED}
"""A need in these states has been published; others are between its enterprise and the offices."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which needs: only those of these ``states`` or this ``district`` (an id), those past their deadline (``overdue``), or the actor's own
    (``mine``: posted, taken on, in their district; the talent office has all)."""

    states: tuple[State, ...] = ()
    district: str = ""
    overdue: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The first rows by the last day of their deadline (none last), then id; how many there are in all, and in each state."""

    rows: tuple[NeedRow, ...]
    total: int
    by_state: Mapping[State, int]


def selected(listed: NeedList, actor: Actor, wanted: Wanted, day: datetime.date, limit: int) -> Selection:
    """What the actor may see of what is wanted; of the public's, how many were published."""
    columns = listed.columns
    nobody = np.array([], np.int32)
    if wanted.mine and actor.role is not Role.TALENT:
        chosen = columns.of.get(actor.node, nobody) if actor.node else nobody
        if wanted.district:
            chosen = np.intersect1d(chosen, columns.of.get(wanted.district, nobody))
    elif wanted.district:
        chosen = columns.of.get(wanted.district, nobody)
    else:
        chosen = np.flatnonzero(columns.states != GONE).astype(np.int32)
    chosen = chosen[_visible(columns, actor, chosen)]
    if wanted.states:
        chosen = chosen[np.isin(columns.states[chosen], [CODE[each] for each in wanted.states])]
    if wanted.overdue:
        open_ones = ~np.isin(columns.states[chosen], [CODE[each] for each in ENDED])
        chosen = chosen[open_ones & (columns.dues[chosen] < day.toordinal())]
    counted = np.bincount(columns.states[chosen], minlength=len(STATES)).tolist()
    by_state = {state: count for state, count in zip(STATES, counted, strict=True) if count}
    counts_only = actor.role in RIGHTS["need.count"]
    return Selection(() if counts_only else tuple(_first(listed, chosen, limit)), len(chosen), by_state)


def _visible(columns: Columns, actor: Actor, chosen: Slots) -> npt.NDArray[np.bool_]:
    """``sees`` for many at once: a scope over one's own reaches what is found under the actor's node."""
    scope = RIGHTS["need.see"].get(actor.role)
    if scope is Scope.ALL:
        return np.ones(len(chosen), np.bool_)
    seen = np.isin(chosen, columns.of.get(actor.node, ())) if scope is not None and actor.node else np.zeros(len(chosen), np.bool_)
    if Scope.ALL in (RIGHTS["need.see-published"].get(actor.role), RIGHTS["need.count"].get(actor.role)):
        seen |= np.isin(columns.states[chosen], [CODE[each] for each in AFTER_REVIEW])
    return seen


def _first(listed: NeedList, chosen: Slots, limit: int) -> list[NeedRow]:
    dues = listed.columns.dues[chosen]
    if 0 < limit < len(chosen):
        # All that share the last day that is listed are sorted by id, so that the same are always the first.
        last = np.partition(dues, limit - 1)[limit - 1]
        chosen = chosen[dues <= last]
    found = (listed.rows[listed.columns.ids[slot]] for slot in chosen.tolist())
    return sorted(found, key=lambda row: (due_day(row.due), row.id))[:limit]


def sees(actor: Actor, row: NeedRow) -> bool:
    """Whether the actor may know of a need."""
    return may(actor, "need.see", row.resource) or (row.state in AFTER_REVIEW and may(actor, "need.see-published", row.resource))


def sees_inside(actor: Actor, row: NeedRow) -> bool:
    """Whether the actor sees more of it than title and field: of a secret need only those whose it is, who took it on, and the offices."""
    return not row.secret or may(actor, "need.see-secret", row.resource)
