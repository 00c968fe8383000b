"""All needs as columns, one slot a need: what a list over a hundred thousand of them is chosen by. Immutable; a change makes new columns
from the old ones by copying memory, and touches only the owners it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cooperation.needs.moves import State
from cooperation.needs.rows import NeedRow
from graph.values import last_day

if TYPE_CHECKING:
    import numpy.typing as npt

    Slots: TypeAlias = npt.NDArray[np.int32]
    Codes: TypeAlias = npt.NDArray[np.int8]

STATES = tuple(State)
CODE: Mapping[State, int] = {state: code for code, state in enumerate(STATES)}
GONE = -1
"""The code of a slot whose need is there no longer."""

NEVER = np.iinfo(np.int32).max
"""The day of a need without a deadline."""


def due_day(due: str) -> int:
    """The last day of a deadline as an ordinal; ``NEVER`` without one."""
    return last_day(due).toordinal() if due else int(NEVER)


@dataclass(frozen=True, slots=True)
class Columns:
    """By slot: ``ids``, ``states`` (codes of ``STATES``, or ``GONE``) and ``dues`` (ordinals of the last day). ``slots`` finds an id;
    ``of`` has those of a node that posted, took on or holds needs (a district)."""

    ids: list[str]
    slots: dict[str, int]
    states: Codes
    dues: Slots
    of: dict[str, Slots]

    @classmethod
    def of_rows(cls, rows: Mapping[str, NeedRow]) -> Columns:
        """From all needs."""
        ids = sorted(rows)
        owners: dict[str, list[int]] = {}
        for slot, id in enumerate(ids):
            for owner in owners_of(rows[id]):
                owners.setdefault(owner, []).append(slot)
        return cls(
            ids,
            {id: slot for slot, id in enumerate(ids)},
            np.array([CODE[rows[id].state] for id in ids], np.int8),
            np.array([due_day(rows[id].due) for id in ids], np.int32),
            {owner: np.array(slots, np.int32) for owner, slots in owners.items()},
        )

    def changed(self, before: Mapping[str, NeedRow], after: Mapping[str, NeedRow], ids: Iterable[str]) -> Columns:
        """After these needs changed, came or went."""
        every, slots, of = list(self.ids), dict(self.slots), dict(self.of)
        listed = sorted(set(ids))
        for id in listed:
            if id not in slots:
                slots[id] = len(every)
                every.append(id)
        states = np.concatenate([self.states, np.full(len(every) - len(self.ids), GONE, np.int8)])
        dues = np.concatenate([self.dues, np.full(len(every) - len(self.ids), NEVER, np.int32)])
        for id in listed:
            slot, old, new = slots[id], before.get(id), after.get(id)
            states[slot] = GONE if new is None else CODE[new.state]
            dues[slot] = NEVER if new is None else due_day(new.due)
            held, holds = owners_of(old), owners_of(new)
            for owner in held - holds:
                of[owner] = of[owner][of[owner] != slot]
            for owner in holds - held:
                of[owner] = np.append(of.get(owner, np.array([], np.int32)), np.int32(slot))
        return Columns(every, slots, states, dues, of)

    def ids_of(self, owner: str) -> list[str]:
        """The needs of a node, by id."""
        return sorted(self.ids[slot] for slot in self.of.get(owner, ()))


def owners_of(row: NeedRow | None) -> set[str]:
    """Under whom a need is found: who posted it, who took it on, where it lies."""
    return set() if row is None else {*row.resource.owners, *row.resource.takers, *row.resource.districts}
