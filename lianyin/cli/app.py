"""The command ``lianyin``: its group of commands, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from graph.errors import Ambiguous, LianyinError
from graph.messages import message, said, together
from lianyin.cli.compiling import telling_of_compiling
from lianyin.cli.exits import INTERRUPTED, USAGE, exit_status
from lianyin.cli.help import HelpContext, with_help
from lianyin.cli.text import candidate_lines, error_line, printable
from lianyin.cli.usage import usage_message
from lianyin.language import chosen_language, say

# Heading → name → (module, help of one line), the most useful first. The modules are imported when their command runs, so that help is
# immediate.
GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "First steps 先用这些": {
        "demo": ("lianyin.cli.demo", "See it work on a fictitious city. 用虚构的扬州演示"),
        "ingest": ("lianyin.cli.ingesting", "Load files or folders. 导入表格"),
        "stats": ("lianyin.operations.graph", "Count what the graph holds. 统计"),
        "search": ("lianyin.operations.nodes", "Find nodes by name, pinyin or code. 查找"),
        "show": ("lianyin.operations.nodes", "Show a node and its relationships. 查看节点"),
        "path": ("lianyin.cli.paths", "How A and B are connected, through whom. 两者之间的路径"),
        "connections": ("lianyin.operations.paths", "Which of one type connect to which of another. 两类之间的联系"),
        "why": ("lianyin.operations.nodes", "Show the rows behind a node. 来源记录"),
        "ask": ("lianyin.cli.planning", "The twenty questions, by number or name. 二十问"),
        "serve": ("lianyin.cli.serving", "Answer over HTTP, with a start page. 启动网页服务"),
    },
    "Files and loads 文件与导入": {
        "template": ("lianyin.cli.mapping", "Write blank workbooks to fill in. 空白模板"),
        "mapping": ("lianyin.cli.mapping", "Which mapping fits a table; begin one of your own. 映射"),
        "loads": ("lianyin.operations.loads", "List what was loaded. 导入记录"),
        "undo": ("lianyin.operations.loads", "Take a load back. 撤销一次导入"),
        "sample": ("lianyin.cli.sample", "Write the fictitious city's files. 生成样例文件"),
        "affiliations": ("lianyin.cli.affiliations", "Which university a written unit names. 单位辨认"),
    },
    "Ties and gaps 联系与缺口": {
        "pairs": ("lianyin.cli.streaming", "Write every connected pair of two types. 全部配对"),
        "neighbourhood": ("lianyin.operations.paths", "What is around a node, counted before it is listed. 周围有什么"),
        "common-neighbours": ("lianyin.operations.paths", "Which nodes stand next to all of several. 共同的邻居"),
        "connect": ("lianyin.operations.paths", "The fewest relationships that connect several nodes. 连起来"),
        "coverage": ("lianyin.operations.analyses", "Where two types meet, and where not. 覆盖表"),
        "analyse": ("lianyin.operations.analyses", "Rank nodes, find groups and weak points. 全图分析"),
        "what-if": ("lianyin.operations.analyses", "What would change if someone left or came. 假如"),
        "predict": ("lianyin.operations.analyses", "Which two look like being linked next. 可能的联系"),
        "match": ("lianyin.cli.match", "Who fits a need, which needs fit an expert. 匹配"),
        "picture": ("lianyin.cli.pictures", "Draw a path or a neighbourhood. 画成关系图"),
    },
    "Identity 认定同一": {
        "review": ("lianyin.cli.review", "Which nodes may be one, and what people judge. 认定是否同一"),
    },
    "The platform's work 平台办理": {
        "need": ("lianyin.operations.needs", "Post needs and take them on. 发单与接单"),
        "act": ("lianyin.cli.act", "Pair, meet, sign, train, review, fund. 办理五项机制"),
        "insight": ("lianyin.cli.planning", "What a handover loses, which pairs are missing. 洞察"),
        "list": ("lianyin.cli.planning", "Plans, pairs, agreements, rankings, grants. 一览"),
        "targets": ("lianyin.operations.planning", "Targets of a year, counted and reported. 年度指标"),
        "reconcile": ("lianyin.cli.planning", "Compare the platform's counts with the graph's. 核对"),
        "notices": ("lianyin.operations.notices", "What should be told to whom, and telling it. 通知"),
    },
    "Data and care 数据与维护": {
        "schema": ("lianyin.cli.querying", "List the types, or what one is made of. 类型一览"),
        "cypher": ("lianyin.cli.querying", "Run a read-only Cypher query. 只读查询"),
        "export": ("lianyin.cli.querying", "Write the whole graph to a file. 导出"),
        "verify": ("lianyin.operations.graph", "Compare the read model with the store. 核对"),
        "warm": ("lianyin.cli.compiling", "Compile now what the first question would wait for. 提前编译"),
    },
}
COMMANDS = {name: told for group in GROUPS.values() for name, told in group.items()}

OPERATIONS = "lianyin.operations"
PLACED = frozenset(
    {"acts", "analyses", "conditions", "graph", "loads", "needs", "nodes", "notices", "paths", "pictures", "planning", "review"}
)
"""Modules of operations whose commands all stand in the table: help need not import them."""


class Commands(click.Group):
    """A group that imports a command's module only when the command runs. What the table above does not have is looked for among all
    operations."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*COMMANDS, *_further()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = COMMANDS[cmd_name][0] if cmd_name in COMMANDS else OPERATIONS
        if not module.startswith(OPERATIONS):
            command: click.Command = getattr(import_module(module), cmd_name.replace("-", "_"))
            return with_help(command)
        from lianyin.cli.derived import command_of
        from lianyin.operation import REGISTER
        from lianyin.operations import all_operations

        if cmd_name in COMMANDS:
            import_module(module)
        operations = (REGISTER if cmd_name in COMMANDS else all_operations()).of_command(cmd_name)
        return with_help(command_of(cmd_name, operations)) if operations else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Click suggests only commands that are imported already."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as problem:
            raise click.exceptions.NoSuchCommand(problem.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for heading, group in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, help) for name, (_, help) in group.items()])
        if further := _further():
            with formatter.section("Further 其他"):
                formatter.write_dl(list(further.items()))


def _further() -> dict[str, str]:
    """The commands of operations that have no place in the table above, with what they do."""
    from lianyin.operations import all_operations

    further: dict[str, str] = {}
    for operation in all_operations(but=PLACED):
        word = operation.command.split(" ")[0]
        if word and word not in COMMANDS:
            further.setdefault(word, operation.help)
    return further


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lianyin", message="lianyin %(version)s")
@click.option("--server", metavar="URL", help="Ask this running 'lianyin serve' instead of opening the store. 问正在运行的服务")
@click.pass_context
def app(context: click.Context, server: str | None) -> None:
    """Which university connects to which enterprise, through whom, and which row says so. 哪所高校、通过谁、连着哪家企业；条条有出处。

    The graph is kept in the user's data folder, or where LIANYIN_STORE says (kglite:///path, neo4j://user:password@host:7687).
    While 'lianyin serve' holds it, every command asks the server by itself.

    图存放在用户数据目录，或 LIANYIN_STORE 指定之处（kglite:///路径、neo4j://用户:密码@主机:7687）。
    “lianyin serve”运行时，各命令自动改问该服务。
    """
    context.ensure_object(dict)["server"] = server


def run(arguments: Sequence[str]) -> int:
    """Runs one command line; returns the exit code. Every named failure is one line on stderr; a defect keeps its traceback."""
    language = chosen_language(os.environ)  # not from the settings: they may be what is wrong
    try:
        with telling_of_compiling(language):
            result = app.main(args=list(arguments), prog_name="lianyin", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as problem:
        sys.stderr.write(problem.format_message() + "\n")
        return USAGE
    except click.ClickException as problem:
        place = problem.ctx.command_path if isinstance(problem, click.UsageError) and problem.ctx else "lianyin"
        told = together(usage_message(problem), message("See {command} --help.", command=place))
        sys.stderr.write(printable(say(language, "错误 用法有误：", "error: usage: ") + said(told, language)) + "\n")
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write(say(language, "已中断；未发布的内容不会出现。", "Interrupted; nothing unpublished is visible.") + "\n")
        return INTERRUPTED
    except LianyinError as problem:
        sys.stderr.write(error_line(problem, language) + "\n")
        if isinstance(problem, Ambiguous):
            sys.stderr.write("".join(f"{line}\n" for line in candidate_lines(problem)))
        return exit_status(problem)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
