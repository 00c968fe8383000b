"""``need``: post, list, show and move needs, as an enterprise, an expert or an office."""

from __future__ import annotations

import click

from lianyin.cli.actor import AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import say

EXPECTED = click.option("--expected", type=int, metavar="REVISION", help="Only if the need has not changed since this revision. 版本")


@click.group()
def need() -> None:
    """Needs of enterprises and the experts who take them on. 发单与接单。

    Who acts is said by --as: enterprise:NAME 企业, expert:NAME 专家, district:NAME 县区, talent 人才办, union 总工会, studio:NAME 工作室.
    """


@need.command("list")
@AS
@click.option("--state", "states", metavar="STATE", multiple=True, help="Only in this state; may be repeated. 状态")
@click.option("--district", metavar="NAME", default="", help="Only of this district. 县区")
@click.option("--mine", is_flag=True, help="Only what the actor posted, took on, or has in their district. 我的")
@click.option("--overdue", is_flag=True, help="Only those still open after their deadline. 逾期")
@click.option("--limit", type=int, default=100, show_default=True, help="Needs listed; the total is exact all the same. 最多列出")
@answers
def list_needs(actor: str, *, states: tuple[str, ...], district: str, mine: bool, overdue: bool, limit: int) -> Answer:
    """The needs that the actor may see, by deadline. 需求一览。"""
    with opened() as client:
        result = client.platform.needs(actor, states, district, mine=mine, overdue=overdue, limit=limit)
    language, total = current_settings().language, result.document["total"]
    return Answer(result, prose=(say(language, f"共 {total} 项，列出 {len(result)}", f"{total} needs, {len(result)} listed"),))


@need.command("show")
@click.argument("need_id", metavar="NEED")
@AS
@answers
def show_need(need_id: str, *, actor: str) -> Answer:
    """One need, and the moves that the actor can make. 查看需求。"""
    with opened() as client:
        return Answer(client.platform.need(actor, need_id))


@need.command("history")
@click.argument("need_id", metavar="NEED")
@AS
@answers
def need_history(need_id: str, *, actor: str) -> Answer:
    """Every move on a need: when, by whom, why. 办理经过。"""
    with opened() as client:
        return Answer(client.platform.need_history(actor, need_id))


def _written(command: click.Command) -> click.Command:
    """The options of what an enterprise writes."""
    for option in (
        click.option("--kind", type=click.Choice(("人才", "技术")), help="What is asked for. 类别"),
        click.option("--detail", metavar="TEXT", help="More about it. 详情"),
        click.option("--budget-wan", type=float, metavar="N", help="In 10,000 CNY. 投入（万元）"),
        click.option("--due", metavar="DAY", help="Deadline. 截止"),
        click.option("--field", metavar="FIELD", multiple=True, help="Its field; may be repeated. 领域"),
        click.option("--must-have", metavar="TEXT", multiple=True, help="Without this nobody fits; may be repeated. 必备条件"),
        click.option("--trl", metavar="TRL", help="Readiness asked for. 要求成熟度"),
        click.option("--secret/--open", default=None, help="Show title and field only until it is taken on. 保密"),
    ):
        option(command)
    return command


@click.argument("name")
@AS
@click.option("--id", "need_id", metavar="ID", default="", help="An id of your own: asking again posts nothing twice. 编号")
@answers
def _post(name: str, *, actor: str, need_id: str, **text: object) -> Answer:
    """Post a need as a draft. 发单。"""
    with opened() as client:
        return Answer(client.platform.post_need(actor, {"name": name, **text}, need_id))


@click.argument("need_id", metavar="NEED")
@AS
@click.option("--name", help="Its name. 名称")
@click.option("--clear", metavar="WHAT", multiple=True, help="Take away detail, budget_wan, due, must_have, trl or field. 清除")
@EXPECTED
@answers
def _edit(need_id: str, *, actor: str, expected: int | None, **text: object) -> Answer:
    """Change a draft, or a need that was returned; what is not said stays. 修改。"""
    with opened() as client:
        return Answer(client.platform.edit_need(actor, need_id, text, expected))


need.add_command(_written(click.command("post")(_post)))
need.add_command(_written(click.command("edit")(_edit)))


@need.command("move")
@click.argument("need_id", metavar="NEED")
@click.argument("move", metavar="MOVE")
@AS
@click.option("--reason", default="", help="Why: for return, rework, withdraw, terminate. 理由")
@click.option("--agreement", metavar="AGREEMENT", default="", help="What both sides signed: for sign. 协议")
@click.option("--evidence", default="", help="What shows that it was done: for complete. 验收依据")
@EXPECTED
@answers
def move_need(need_id: str, move: str, *, actor: str, reason: str, agreement: str, evidence: str, expected: int | None) -> Answer:
    """Make a move on a need. 办理。

    MOVE is submit 提交, publish 发布, return 退回, accept 接单, decline 退单, talk 对接, sign 签约, start 实施, deliver 交付, rework 返工,
    complete 验收, withdraw 撤回, expire 过期, or terminate 终止. One that is not possible now is answered with those that are.
    """
    given = {"reason": reason, "agreement": agreement, "evidence": evidence}
    with opened() as client:
        return Answer(client.platform.move_need(actor, need_id, move, {name: text for name, text in given.items() if text}, expected))


@need.command("expire")
@AS
@answers
def expire_needs(*, actor: str) -> Answer:
    """Expire every published need whose deadline is over. 过期处理。"""
    with opened() as client:
        result = client.platform.expire_needs(actor)
    return Answer(result, prose=(say(current_settings().language, f"{len(result)} 项过期", f"{len(result)} needs expired"),))
