"""``review``: which nodes may be one, and what people judge of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianyin.cli.actor import AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened
from lianyin.language import say

if TYPE_CHECKING:
    from lianyin.identity import Identity


@click.group()
def review() -> None:
    """Which nodes may be one, and what people judge of them. 认定是否同一。

    Candidates are only proposed: nothing is joined before somebody says so, and a Chinese name alone never proposes anything.
    """


@contextmanager
def _identity() -> Iterator[Identity]:
    with opened() as client:
        yield client.identity


@review.command("list")
@click.option("--limit", type=int, default=50, show_default=True, help="Pairs listed. 最多列出")
@click.option("--least", type=float, default=0.85, show_default=True, help="The score from which a pair is listed, 0 to 1. 最低得分")
@answers
def candidates(limit: int, least: float) -> Answer:
    """Pairs that may be one, with score and reasons. 可能同一的。"""
    with _identity() as identity:
        result = identity.candidates(limit, least)
    document, language = result.document, current_settings().language
    compared, refused, judged = (document[name] for name in ("compared", "refused", "judged"))
    told = say(
        language,
        f"比较了 {compared} 对，列出 {len(result)}；{refused} 对代码不同，{judged} 对已认定",
        f"{compared} pairs compared, {len(result)} listed; {refused} have different codes, {judged} are judged",
    )
    crowded = document["crowded"]
    assert isinstance(crowded, list)
    keys = f"{'、'.join(crowded[:5])}{' …' if len(crowded) > 5 else ''}"  # noqa: PLR2004
    left_out = say(
        language,
        f"{len(crowded)} 个关键词太常见，未逐对比较：{keys}",
        f"{len(crowded)} keys are too common to compare pair by pair: {keys}",
    )
    return Answer(result, prose=(told, left_out) if crowded else (told,))


@review.command("judge")
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@click.argument("verdict", type=click.Choice(("same", "different", "unsure")))
@AS
@click.option("--because", "note", metavar="TEXT", default="", help="Why. 理由")
@click.option("--preview", is_flag=True, help="Only say what it would change. 先看改动")
@answers
def judge(left: str, right: str, verdict: str, *, actor: str, note: str, preview: bool) -> Answer:  # noqa: PLR0917
    """Say that two ids mean the same, different things, or that you are not sure. 认定。

    A later judgement of a pair replaces the earlier one. Judgements outlive every re-load.
    """
    with _identity() as identity:
        return Answer(identity.judge(actor, left, right, verdict, note, preview=preview))


@review.command("withdraw")
@click.argument("left", metavar="ID")
@click.argument("right", metavar="ID")
@AS
@answers
def withdraw(left: str, right: str, *, actor: str) -> Answer:
    """Take a judgement back: the graph is what it would be without it. 撤回认定。"""
    with _identity() as identity:
        return Answer(identity.withdraw(actor, left, right))


@review.command("judgements")
@answers
def judgements() -> Answer:
    """What was judged, the latest first. 已有认定。"""
    with _identity() as identity:
        return Answer(identity.judgements())


@review.command("contradictions")
@answers
def contradictions() -> Answer:
    """Pairs judged different that a chain of statements joins. 相互矛盾的认定。"""
    with _identity() as identity:
        return Answer(identity.contradictions())


@review.command("quality")
@click.argument("labels", metavar="[LABELS.csv]", required=False)
@answers
def quality(labels: str | None) -> Answer:
    """Precision, recall and F1 on labelled pairs: columns left, right (ids) and same (1 or 0). 评测。

    Without a file: on the labelled sample (fictitious people, enterprises, projects; one half to set weights on, one to test) and on the
    dirty sample city, each in a store of its own.
    """
    if labels is None:
        from lianyin.answers.identity import samples_document, samples_result
        from lianyin.measured import measure_samples

        return Answer(samples_result(samples_document(measure_samples(current_settings()))))
    with _identity() as identity:
        return Answer(identity.quality(Path(labels)))
