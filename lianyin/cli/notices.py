"""``notices``: what should be told to whom, and telling it."""

from __future__ import annotations

import click

from lianyin.cli.actor import AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import say


@click.group()
def notices() -> None:
    """Needs published and taken on, pairs silent for 90 days, terms that end, deadlines: an outbox, and its delivery. 通知。

    LIANYIN_NOTICES says where they go (docs/notices.md). Each is sent once; what cannot be delivered is tried again later, never twice.
    """


@notices.command("list")
@AS
@answers
def list_notices(*, actor: str) -> Answer:
    """The outbox, and what is due and not in it yet. 通知一览。"""
    with opened() as client:
        return Answer(client.platform.notices(actor))


@notices.command("send")
@AS
@click.option("--limit", type=int, default=1000, show_default=True, help="Sent at most. 最多发送")
@answers
def send_notices(*, actor: str, limit: int) -> Answer:
    """Write down what is due, then send what is ready. 发送通知。"""
    with opened() as client:
        result = client.platform.send_notices(actor, limit)
    told = (
        ""
        if result.document["channel"]
        else say(current_settings().language, "没有设置渠道（LIANYIN_NOTICES）", "No channel is set (LIANYIN_NOTICES)")
    )
    return Answer(result, notes=(told,) if told else ())
