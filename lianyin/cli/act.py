"""``act``: one command for each action of the five mechanisms, derived from their register."""

from __future__ import annotations

import click

from cooperation.actions.action import Action
from cooperation.actions.register import ACTIONS
from cooperation.parameters import Parameter, ParameterType
from lianyin.cli import derived
from lianyin.cli.actor import AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers
from lianyin.operations import acts
from lianyin.requests import Nothing, read

METAVARS = {
    ParameterType.NODE: "NAME",
    ParameterType.TEXT: "TEXT",
    ParameterType.DAY: "DAY",
    ParameterType.NUMBER: "N",
    ParameterType.COUNT: "N",
    ParameterType.POINTS: "CRITERION=POINTS",
}


ID = click.Option(("--id",), metavar="ID", default="", help="An id of your own: asking again does it only once. 编号")


@click.group()
def act() -> None:
    """Do what the five mechanisms provide for: pair, meet, sign, train, review, fund … 办理.

    Who acts is said by --as: enterprise:NAME, expert:NAME, studio:NAME, district:NAME, talent (the talent office), union,
    reviewer:NAME. With --preview nothing is done, and what would be stated is shown. 'lianyin undo' takes an act back.

    --as 说明以谁的身份办理：enterprise:企业名、expert:专家名、studio:工作室名、district:县区名、talent（人才办）、union（总工会）、
    reviewer:评审名。加 --preview 只看将写入什么，不办理；办理后可用 lianyin undo 撤销。
    """


@act.command("list")
@AS
@answers
def list_actions(*, actor: str) -> Answer:
    """What this actor can do. 可办理的事项。"""
    return derived.ask(acts.actions, Nothing(), actor)


@act.command("sheets")
@AS
@answers
def list_sheets(*, actor: str) -> Answer:
    """A reviewer's own score sheets, blind to who runs a project and to what others scored. 我的评分表。"""
    return derived.ask(acts.sheets, Nothing(), actor)


def _option(parameter: Parameter) -> click.Option:
    metavar = "|".join(parameter.choices) if 0 < len(parameter.choices) <= 4 else METAVARS.get(parameter.takes)
    told = f"{parameter.label.en[0].upper()}{parameter.label.en[1:]}. {parameter.label.zh}"
    name = f"--{parameter.name.replace('_', '-')}"
    if parameter.takes is ParameterType.FLAG:
        return click.Option((f"{name}/--not-{parameter.name}", f"given_{parameter.name}"), default=None, help=told)
    several = parameter.many or parameter.takes is ParameterType.POINTS
    return click.Option((name, f"given_{parameter.name}"), metavar=metavar, multiple=several, required=parameter.required, help=told)


def _command(action: Action) -> click.Command:
    @answers
    def run(*, actor: str, expected: int | None, preview: bool, id: str = "", **options: object) -> Answer:
        given = {name.removeprefix("given_"): value for name, value in options.items() if value not in (None, (), "")}
        asked = {"action": action.name, "given": given, "id": id, "expected": expected, "preview": preview}
        return derived.ask(acts.act, read(acts.DoAction, asked), actor)

    command = click.command(
        action.name, help=f"{action.label.en[0].upper()}{action.label.en[1:]}. {action.label.zh}。", short_help=action.label.zh
    )(AS(run))
    command.params += [
        *(_option(each) for each in action.parameters),
        click.Option(
            ("--id",), metavar="ID", default="", help="An id of your own: asking again does it only once. 编号", hidden=not action.creates
        ),
        click.Option(("--expected",), type=int, metavar="REVISION", help="Only if nothing has changed since this revision. 版本"),
        click.Option(("--preview",), is_flag=True, help="Show what would be stated; do nothing. 预览"),
    ]
    return command


for _each in ACTIONS.values():
    act.add_command(_command(_each))
