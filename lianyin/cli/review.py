"""``review``: the operations on identity, and their quality where the truth is known."""

from __future__ import annotations

from pathlib import Path

import click

from lianyin.answers.identity import samples_answer, samples_table
from lianyin.cli import derived
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings
from lianyin.labels import read_labels
from lianyin.operation import REGISTER
from lianyin.operations.review import LabelledPairs, candidate_quality
from lianyin.results import Result

review = derived.command_of("review", REGISTER.of_command("review"))


@click.command()
@click.argument("labels", metavar="[LABELS.csv]", required=False)
@answers
def quality(labels: str | None) -> Answer:
    """Precision, recall and F1 on labelled pairs: columns left, right (ids) and same (1 or 0). 评测。

    Without a file: on the labelled sample (fictitious people, enterprises, projects; one half to set weights on, one to test) and on the
    dirty sample city, each in a store of its own.

    不给文件时，用内置的标注样本（虚构的人员、企业、项目，一半定权重、一半测试）和掺有差错的样例城市，各自单独存放。
    """
    if labels is not None:
        return derived.ask(candidate_quality, LabelledPairs(read_labels(Path(labels))))
    from lianyin.measured import measure_samples

    answer = samples_answer(measure_samples(current_settings()))
    table = samples_table(answer)
    return Answer(Result(answer, table.columns, table.rows))


assert isinstance(review, click.Group)
review.add_command(quality)
