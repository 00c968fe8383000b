"""Actions of the five mechanisms: what there is to do, and doing it."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Model, Text, Value


class ActionParameter(Model):
    name: str
    takes: str = Field(description="`node`, `text`, `day`, `number`, `count`, `flag` or `points` (an object: criterion → points).")
    zh: str
    en: str
    required: bool
    many: bool
    types: list[str] = Field(description="Node types that it may name.")
    choices: list[str]


class PossibleAction(Model):
    action: str
    mechanism: str
    zh: str
    en: str
    scope: str = Field(description="Over what: `own`, `taken`, `district` or `all`.")
    parameters: list[ActionParameter]


class ActionsAnswer(Model):
    actor: str
    actions: list[PossibleAction]


class ActionDone(Model):
    """What is given with an action; `given` has the parameters that `GET /v1/acts` lists."""

    given: dict[str, Value | list[Value] | dict[str, float] | None] = Field(
        default={}, max_length=50, examples=[{"studio": "赵拟劳模创新工作室", "expert": "张拟"}]
    )
    id: Text | None = Field(default=None, description="An id for the node that it makes, so that asking again makes nothing twice.")
    expected: int | None = Field(default=None, ge=0)
    preview: bool = Field(default=False, description="Show what would be stated; do nothing.")


class Sheet(Model):
    review: str
    year: int
    project: str = Field(description="Its title; who runs it is not told.")
    programme: str | None
    flags: list[str]
    criteria: dict[str, float] = Field(description="The greatest score of each.")
    scores: dict[str, float] = Field(description="The reviewer's own, empty until given.")
    total: float | None


class SheetsAnswer(Model):
    actor: str
    sheets: list[Sheet]
    waiting: int = Field(description="Still to be scored.")


class Stated(Model):
    type: str
    subject: str
    object: str | None
    values: dict[str, Value]


class ActAnswer(Model):
    action: str
    subject: str = Field(description="The node it is on, or that it made.")
    act: str | None = Field(description="The load that `undo` takes back; none of a preview.")
    revision: int | None
    preview: bool
    states: list[Stated]
