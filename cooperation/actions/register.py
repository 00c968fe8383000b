"""All actions, in the order of the mechanisms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cooperation import agreements, cobuilding, meetings, pairings, projects, results, secondments, teams, training, updates
from cooperation.actions.action import Action
from cooperation.incentives.acts import ACTIONS as INCENTIVES
from graph.errors import QueryProblem
from graph.messages import message

MECHANISMS = (
    secondments.ACTIONS,
    cobuilding.ACTIONS,
    pairings.ACTIONS,
    meetings.ACTIONS,
    agreements.ACTIONS,
    teams.ACTIONS,
    projects.ACTIONS,
    results.ACTIONS,
    training.ACTIONS,
    INCENTIVES,
    updates.ACTIONS,
)

ACTIONS: Mapping[str, Action] = MappingProxyType({action.name: action for actions in MECHANISMS for action in actions})
"""By name; no two have one."""

_BY_LABEL = {action.label.zh: action for action in ACTIONS.values()}


def action_named(text: str) -> Action:
    """An action by its name or its Chinese label. Raises ``QueryProblem``."""
    found = ACTIONS.get(text.strip().casefold()) or _BY_LABEL.get(text.strip())
    if found is None:
        known = ", ".join(f"{action.name} {action.label.zh}" for action in ACTIONS.values())
        raise QueryProblem(
            message("'{text}' is not an action.", text=text), hint=message("Actions: {known}.", known=known), where={"parameter": "action"}
        )
    return found
