"""``ask``, ``insight``, ``list``: the named questions, a command for each, derived from their registers; reconciling."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import click

from cooperation.insight import INSIGHTS
from cooperation.lists import LISTS
from cooperation.parameters import Parameter, ParameterType
from cooperation.questions.question import Question
from cooperation.questions.register import QUESTIONS
from cooperation.reconciliation import COUNTS
from lianyin.answers.questions import LinesAnswer, QuestionsAnswer
from lianyin.cli import derived
from lianyin.cli.actor import SEEN_AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers
from lianyin.operation import Operation
from lianyin.operations import planning
from lianyin.requests import Nothing
from lianyin.unloaded import unloaded_rows

Family: TypeAlias = Operation[Any, LinesAnswer]

METAVARS = {
    ParameterType.NODE: "NAME",
    ParameterType.TEXT: "TEXT",
    ParameterType.DAY: "DAY",
    ParameterType.NUMBER: "N",
    ParameterType.COUNT: "N",
}
AS_OF = click.Option(("--as-of",), metavar="DAY", default="", help="On this day; today if not given. 日期")
LIMIT = click.Option(("--limit",), type=int, default=100, show_default=True, help="Lines listed; the total is exact all the same. 最多列出")


def option_of(parameter: Parameter) -> click.Option:
    """The option of a parameter."""
    told = f"{parameter.label.en[0].upper()}{parameter.label.en[1:]}. {parameter.label.zh}"
    name = f"--{parameter.name.replace('_', '-')}"
    return click.Option((name, f"given_{parameter.name}"), metavar=METAVARS.get(parameter.takes), required=parameter.required, help=told)


class Named(click.Group):
    """Questions by name, and by number where they have one. Without one they are listed."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = next((each.name for each in QUESTIONS.values() if str(each.number) == cmd_name), cmd_name)
        return super().get_command(ctx, found if self.name == "ask" else cmd_name)


def _group(name: str, listed: Operation[Nothing, QuestionsAnswer], asked: Family, questions: Iterable[Question], told: str) -> click.Group:  # noqa: PLR0917
    @click.group(name, cls=Named, invoke_without_command=True, help=told)
    @click.pass_context
    def group(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            context.invoke(every)

    @answers
    def show_all() -> Answer:
        return derived.ask(listed, Nothing())

    every = click.command("all", help="List what can be asked. 一览。")(show_all)
    group.add_command(every)
    for question in questions:
        group.add_command(_command(asked, question))
    return group


def _command(asked: Family, question: Question) -> click.Command:
    number = f"{question.number}. " if question.number else ""
    told = f"{number}{question.label.en}. {question.label.zh}。\n\n{question.how.en}.\n\n{question.how.zh}。"

    @answers
    def run(*, as_of: str, limit: int, actor: str, **options: object) -> Answer:
        given = {name.removeprefix("given_"): value for name, value in options.items() if value not in (None, "")}
        return derived.ask(asked, asked.request(question.name, given, as_of, limit), actor)

    command = click.command(question.name, help=told, short_help=f"{number}{question.label.zh}")(SEEN_AS(run))
    command.params += [*(option_of(each) for each in question.parameters), AS_OF, LIMIT]
    return command


ask = _group(
    "ask",
    planning.questions,
    planning.question,
    QUESTIONS.values(),
    "The twenty questions of planners and analysts, by number or name. 二十问。",
)
insight = _group(
    "insight",
    planning.insights,
    planning.insight,
    INSIGHTS.values(),
    "What a handover loses, which pairs are missing, why nobody fits, which ties stay. 洞察。",
)
list = _group(
    "list",
    planning.lists,
    planning.listing,
    LISTS.values(),
    "Plans, pairs, agreements, milestones, the catalogue, the ranking, grants. 一览。",
)


def _count(name: str) -> click.Option:
    label = COUNTS[name].label
    return click.Option((f"--{name}",), type=int, metavar="N", help=f"{label.en[0].upper()}{label.en[1:]}. {label.zh}")


@answers
def _reconcile(report: Path | None, actor: str, **counts: int | None) -> Answer:
    """Compare the platform's own counts with the graph's. 核对平台数。"""
    given = {name: number for name, number in counts.items() if number is not None}
    unloaded = tuple(unloaded_rows(report)) if report is not None else ()
    return derived.ask(planning.reconcile, planning.Reconcile(given, unloaded), actor)


reconcile = click.command("reconcile", help="Compare the platform's own counts with the graph's. 核对平台数。")(SEEN_AS(_reconcile))
reconcile.params += [
    *(_count(name) for name in COUNTS),
    click.Option(
        ("--report",),
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The report of the load (.json): its refused and repeated rows explain differences. 导入报告",
    ),
]
