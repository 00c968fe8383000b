"""Commands derived from the register: the fields of a request become arguments and options, the answer's table is what is printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Literal, get_args, get_origin

import click

from lianyin.cli.actor import AS, SEEN_AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, connected
from lianyin.operation import Operation
from lianyin.requests import Parameter, parameters, plain_type, rest_field
from lianyin.results import Result

WHO_ACTS = """Who acts is said by --as: enterprise:NAME, expert:NAME, district:NAME, talent (the talent office), union, studio:NAME,
reviewer:NAME.

--as 说明以谁的身份办理：enterprise:企业名、expert:专家名、district:县区名、talent（人才办）、union（总工会）、
studio:工作室名、reviewer:评审名。"""
NUMBERS: dict[Any, click.ParamType[Any]] = {int: click.INT, float: click.FLOAT}


def command_of(word: str, operations: Sequence[Operation[Any, Any]]) -> click.Command:
    """The command of the operations whose place on the command line begins with this word: one, or a group of them, which may answer by
    itself."""
    own = next((operation for operation in operations if operation.command == word), None)
    if own is not None:
        return command(own) if len(operations) == 1 else _answering_group(command(own), [each for each in operations if each is not own])
    told = (sys.modules[operations[0].run.__module__].__doc__ or "").strip()
    group = click.Group(word, help=f"{told}\n\n{WHO_ACTS}" if any(each.actor != "none" for each in operations) else told)
    for operation in operations:
        group.add_command(command(operation))
    return group


def _answering_group(alone: click.Command, others: Sequence[Operation[Any, Any]]) -> click.Group:
    """A group that runs this command where none of the others is named."""

    @click.pass_context
    def run(context: click.Context, /, **given: object) -> int:
        return 0 if context.invoked_subcommand is not None or alone.callback is None else int(alone.callback(**given))

    group = click.Group(alone.name, callback=run, params=alone.params, help=alone.help, invoke_without_command=True)
    for operation in others:
        group.add_command(command(operation))
    return group


def command(operation: Operation[Any, Any]) -> click.Command:
    """The command of one operation."""
    fields = parameters(operation.request)

    @answers
    def run(actor: str = "", **given: object) -> Answer:
        values = {each.field: given[each.field] for each in fields if given[each.field] is not None}
        return ask(operation, operation.request(**values), actor)

    found = click.command(operation.command.rpartition(" ")[2], help=operation.help)(run)
    output, found.params = found.params, [parameter_of(each) for each in fields]
    if operation.actor != "none":
        found = (AS if operation.actor == "required" else SEEN_AS)(found)
    found.params += output
    assert rest_field(operation.request) is None  # its parameters are known to a face of its own only
    return found


def ask(operation: Operation[Any, Any], request: object, actor: str = "") -> Answer:
    """What a command prints of an operation's answer."""
    with connected() as transport:
        answer = transport.answer(operation, request, actor)
        table = operation.table(answer, transport.reader)
    return Answer(Result(answer, table.columns, table.rows), table.title, table.tabular, table.notes, table.status)


def parameter_of(parameter: Parameter) -> click.Parameter:
    """The argument or option of a field."""
    type = _type(parameter)
    metavar = parameter.help.metavar or None
    if parameter.help.positional:
        return click.Argument(
            (parameter.field,), metavar=metavar, type=type, nargs=-1 if parameter.many else 1, required=parameter.required
        )
    names = parameter.help.option.split() or [f"--{parameter.name.replace('_', '-')}"]
    flag = parameter.type is bool
    told = " ".join(filter(None, (parameter.help.en, parameter.help.zh)))
    return click.Option(
        (*names, parameter.field),
        type=None if flag else type,
        is_flag=flag,
        multiple=parameter.many,
        metavar=None if flag or isinstance(type, click.Choice) else metavar,
        default=() if parameter.many else parameter.default,
        required=parameter.required,
        show_default=_shows_default(parameter),
        help=told,
    )


def _shows_default(parameter: Parameter) -> bool:
    return parameter.type is not bool and parameter.default not in (None, "", (), 0)


def _type(parameter: Parameter) -> click.ParamType[Any]:
    type = plain_type(get_args(parameter.type)[0]) if parameter.many else parameter.type
    if get_origin(type) is Literal:
        return click.Choice([str(each) for each in get_args(type)])
    return NUMBERS.get(type, click.STRING)
