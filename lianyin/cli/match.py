"""``match``: who fits a need, which needs fit an expert, and how good that is where the truth is known."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from graph.errors import FileProblem, QueryProblem
from graph.messages import message
from lianyin.answers.matching import evaluation_result
from lianyin.cli import derived
from lianyin.cli.actor import SEEN_AS
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, opened
from lianyin.operations import planning
from lianyin.requests import read


@click.command()
@click.argument("node", metavar="[NEED|EXPERT]", default="")
@click.option("--kind", metavar="KIND", default="", help="For a need: experts, alumni, studios or achievements. 对象")
@click.option("--as-of", metavar="DAY", default="", help="On this day; today if not given. 日期")
@click.option("--limit", type=int, default=10, show_default=True, help="Of those who fit, and of those who come near. 最多列出")
@click.option(
    "--evaluate",
    "truth",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Measure against the truth of a sample city (truth.json). 评测",
)
@SEEN_AS
@answers
def match(node: str, *, kind: str, as_of: str, limit: int, truth: Path | None, actor: str) -> Answer:
    """Who fits a need, or which needs fit an expert, with reasons. 匹配。

    The points of the reasons add up to the score, and each rests on rows (--json has them). Those who come near follow with what they fail;
    where nobody fits, the smallest change is told after which somebody would.

    各项理由的得分相加即总分，每条都有来源行（--json 可见）。接近者列在其后，并说明差在哪里；无人符合时，给出放宽最少的条件。
    """
    if truth is not None:
        return _evaluate(truth)
    if not node:
        raise QueryProblem(message("There is nothing to match."), hint=message("Name a need or an expert."), where={"parameter": "node"})
    asked = read(planning.MatchNode, {"node": node, "kind": kind or None, "as_of": as_of, "limit": limit})
    return derived.ask(planning.match, asked, actor)


def _evaluate(path: Path) -> Answer:
    from cooperation.matching.evaluation import evaluate, read_truth

    try:
        document = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as problem:
        where = {"file": path.name}
        hint = message("'lianyin sample --dirt' writes truth.json.")
        raise FileProblem(
            message("'{file}' cannot be read: {problem}.", file=path.name, problem=problem), hint=hint, where=where
        ) from problem
    from lianyin.client import Client

    with opened() as client:
        if not isinstance(client, Client):
            raise QueryProblem(
                message("Matching can be evaluated only where the graph is open, not through a server."), where={"parameter": "evaluate"}
            )
        matcher = client.models.matcher
        truth = read_truth(matcher.world, document)
        scores, weights = evaluate(matcher, truth, client.today)
    return Answer(evaluation_result(scores, weights, truth.unknown))
