"""⑤: the catalogue of innovation projects, the ranking of a year, grants and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator

from cooperation.incentives.ranking import flags_of, rank, total_of
from cooperation.incentives.rubric import rubric_in
from cooperation.parameters import count
from cooperation.questions.lacking import draws_on
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids, refs
from cooperation.world import World, figure
from graph.model import Node
from graph.ontology.schema import Label


def catalogue(asked: QuestionContext) -> list[Line]:
    """Projects of the year's catalogue, those with most flags first."""
    year = asked.given.count("year") or asked.day.year
    lines = []
    for project in asked.world.nodes("Project"):
        if figure(project, "catalogueYear") == year:
            run_by = asked.world.out(project.id, "RUN_BY")
            flags = flags_of(project)
            lines.append(
                Line((Ref(project.id), refs([each.target for each in run_by]), "、".join(flags), len(flags)), ids(project, *run_by))
            )
    return sorted(lines, key=lambda line: (-int(str(line.cells[3])), str(line.cells[0])))


def reviewed(world: World, year: int) -> Iterator[tuple[Node, list[Node]]]:
    """Projects with their reviews of the year."""
    for project in world.nodes("Project"):
        reviews = [node for link in world.into(project.id, "EVALUATES") if (node := world.node(link.source)) is not None]
        of_year = [each for each in reviews if figure(each, "year") == year]
        if of_year:
            yield project, of_year


def ranking(asked: QuestionContext) -> list[Line]:
    """The year's projects by the mean of their reviews' totals, then flags; equals share a place."""
    world, year = asked.world, asked.given.count("year") or asked.day.year
    rubric = rubric_in(world, year)
    lines = []
    for each in rank(reviewed(world, year)):
        run_by = world.out(each.project.id, "RUN_BY")
        waiting = sum(
            total_of(node) is None for link in world.into(each.project.id, "EVALUATES") if (node := world.node(link.source)) is not None
        )
        cells = (each.place, Ref(each.project.id), refs([link.target for link in run_by]), round(each.mean, 2), len(each.reviews), waiting)
        lines.append(Line((*cells, rubric.verdict(each.mean), "、".join(each.flags)), ids(each.project, *each.reviews, *run_by)))
    return lines


def grants(asked: QuestionContext) -> list[Line]:
    """Grants of the year with the mean of the reviews that they rest on, and what they raise."""
    world, year = asked.world, asked.given.count("year")
    lines = []
    for funding in world.nodes("Funding"):
        if year is not None and figure(funding, "year") != year:
            continue
        funds, raises = world.out(funding.id, "FUNDS"), world.out(funding.id, "RAISES")
        rests = world.out(funding.id, "AWARDED_FOR")
        totals = [total for link in rests if (node := world.node(link.target)) is not None and (total := total_of(node)) is not None]
        mean = round(sum(totals) / len(totals), 2) if totals else None
        cells = (figure(funding, "year"), refs([each.target for each in funds]), Ref(funding.id), figure(funding, "amountWan"), mean)
        lines.append(Line((*cells, refs([each.target for each in raises])), ids(funding, *funds, *raises, *rests)))
    return sorted(
        lines, key=lambda line: (-(line.cells[0] if isinstance(line.cells[0], float) else 0.0), str(line.cells[1]), str(line.cells[2]))
    )


_YEAR = count("year", "年度", "year; that of the day if not given")
_PROJECT, _RUN_BY = column("project", "项目", "project"), column("run_by", "承担单位", "run by")

LISTS = (
    Question(
        0,
        "catalogue",
        Label("创新项目目录", "Catalogue of innovation projects"),
        Label("推进快、含量高、难度大、效益显著者在前", "those with most flags first"),
        (_YEAR,),
        (_PROJECT, _RUN_BY, column("flags", "优先条件", "flags"), column("count", "项数", "how many", number=True)),
        catalogue,
        needs=(draws_on("Project"),),
    ),
    Question(
        0,
        "ranking",
        Label("年度评审排名", "Ranking of the yearly review"),
        Label("按评审总分均值、优先条件数排列，同分同名次", "by the mean of the totals, then the number of flags; equals share a place"),
        (_YEAR,),
        (
            column("place", "名次", "place", number=True),
            _PROJECT,
            _RUN_BY,
            column("mean", "均分", "mean", number=True),
            column("reviews", "已评", "scored", number=True),
            column("waiting", "待评", "to be scored", number=True),
            column("verdict", "结论", "verdict"),
            column("flags", "优先条件", "flags"),
        ),
        ranking,
        needs=(draws_on("Review"),),
        clearance=1,
    ),
    Question(
        0,
        "grants",
        Label("资助与追加", "Grants and raises"),
        Label("金额、所依据评审的均分、追加的是哪一笔", "sum, mean of the reviews that it rests on, what it raises"),
        (count("year", "年度", "only of this year"),),
        (
            column("year", "年度", "year", number=True),
            _PROJECT,
            column("funding", "资助", "grant"),
            column("amount", "金额（万元）", "sum (10,000 CNY)", number=True),
            column("mean", "评审均分", "mean of reviews", number=True),
            column("raises", "追加", "raises"),
        ),
        grants,
        needs=(draws_on("Funding"),),
        clearance=1,
    ),
)
