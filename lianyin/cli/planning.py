"""``ask``, ``insight``, ``list``: the named questions, a command for each, derived from their registers; targets and reconciling."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from cooperation.insight import INSIGHTS
from cooperation.lists import LISTS
from cooperation.parameters import Parameter, ParameterType
from cooperation.questions.question import Question
from cooperation.questions.register import QUESTIONS
from cooperation.reconciliation import COUNTS
from lianyin.cli.actor import SEEN_AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import say
from lianyin.planning import Family
from lianyin.unloaded import unloaded_rows

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


def _group(name: str, family: Family, questions: Iterable[Question], told: str) -> click.Group:
    @click.group(name, cls=Named, invoke_without_command=True, help=told)
    @click.pass_context
    def group(context: click.Context) -> None:
        if context.invoked_subcommand is None:
            context.invoke(every)

    @answers
    def listed() -> Answer:
        with opened() as client:
            return Answer(client.planning.named(family))

    every = click.command("all", help="List what can be asked. 一览。")(listed)
    group.add_command(every)
    for question in questions:
        group.add_command(_command(family, question))
    return group


def _command(family: Family, question: Question) -> click.Command:
    number = f"{question.number}. " if question.number else ""
    told = f"{number}{question.label.en}. {question.label.zh}。\n\n{question.how.en}.\n\n{question.how.zh}。"

    @answers
    def run(*, as_of: str, limit: int, actor: str, **options: object) -> Answer:
        given = {name.removeprefix("given_"): value for name, value in options.items() if value not in (None, "")}
        with opened() as client:
            result = client.planning.ask(question.name, given, as_of, limit, family, actor)
        return Answer(result, prose=_prose(result.document, len(result)))

    command = click.command(question.name, help=told, short_help=f"{number}{question.label.zh}")(SEEN_AS(run))
    command.params += [*(option_of(each) for each in question.parameters), AS_OF, LIMIT]
    return command


def _prose(document: object, listed: int) -> tuple[str, ...]:
    assert isinstance(document, dict)
    language = current_settings().language
    zh = f"{document['zh']}（{document['as_of']}）：共 {document['total']} 条"
    title = say(language, zh, f"{document['en']} ({document['as_of']}): {document['total']} lines")
    return (title + (say(language, f"，列出 {listed}", f", {listed} listed") if document["truncated"] else ""),)


ask = _group("ask", "questions", QUESTIONS.values(), "The twenty questions of planners and analysts, by number or name. 二十问。")
insight = _group(
    "insight", "insights", INSIGHTS.values(), "What a handover loses, which pairs are missing, why nobody fits, which ties stay. 洞察。"
)
list = _group("list", "lists", LISTS.values(), "Plans, pairs, agreements, milestones, the catalogue, the ranking, grants. 一览。")


@click.command()
@click.option("--year", type=int, metavar="YEAR", required=True, help="Of this year. 年度")
@click.option("--place", "--district", metavar="NAME", default="", help="Only of this city or district. 地区")
@SEEN_AS
@answers
def targets(*, year: int, place: str, actor: str) -> Answer:
    """Targets of a year: what is aimed at, counted and reported, and the gap. 年度指标。

    What is counted rests on rows that --json lists. A city's stock of skilled workers is reported and never counted.
    """
    with opened() as client:
        result = client.planning.targets(year, place, actor)
    verdicts = result.document["verdicts"]
    assert isinstance(verdicts, dict)
    return Answer(result, prose=("，".join(f"{word} {number}" for word, number in verdicts.items()),))


def _count(name: str) -> click.Option:
    label = COUNTS[name].label
    return click.Option((f"--{name}",), type=int, metavar="N", help=f"{label.en[0].upper()}{label.en[1:]}. {label.zh}")


@answers
def _reconcile(report: Path | None, actor: str, **counts: int | None) -> Answer:
    """Compare the platform's own counts with the graph's. 核对平台数。"""
    unloaded = unloaded_rows(report) if report is not None else []
    with opened() as client:
        result = client.planning.reconcile({name: number for name, number in counts.items() if number is not None}, unloaded, actor)
    language = current_settings().language
    told = ("各数一致", "All are equal") if result.document["equal"] else ("有差异", "There are differences")
    return Answer(result, prose=(say(language, *told),))


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
