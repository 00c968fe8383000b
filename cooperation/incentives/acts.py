"""What is done in the yearly review of innovation projects."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import orjson

from cooperation.acting import Around, link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.cobuilding import YEARS
from cooperation.incentives.conflicts import check_no_conflict
from cooperation.incentives.ranking import FLAGS, total_of
from cooperation.incentives.rubric import EXCELLENT, Rubric, rubric_id, rubric_of
from cooperation.parameters import Parameter, ParameterType, count, flag, node, number
from cooperation.roles import Resource, check_right
from cooperation.things import around, check_over
from graph.errors import RuleBroken, ValueProblem
from graph.messages import message
from graph.model import Draft, Node, Value
from graph.ontology.schema import Label


def _catalogue(context: ActionContext) -> Sequence[Draft]:
    project, year = around(context.desk, context.subject, "project"), _year(context)
    check_over(context.desk, context.actor, "incentive.catalogue", project.node.id)
    flags: dict[str, Value] = {name: context.given.flag(name) for name in FLAGS if context.given.has(name)}
    return [node_draft("Project", context.subject, {"catalogueYear": year, **flags})]


def _rubric(context: ActionContext) -> Sequence[Draft]:
    check_right(context.actor, "incentive.rubric", Resource(), message("the rubric"))
    year, weights = _year(context), context.given.points("weight")
    if any(points <= 0 for points in weights.values()):
        raise ValueProblem(message("Every criterion must be worth points."), where={"parameter": "weight"})
    if any(total_of(each) is not None for each in _reviews_of_year(context, year)):
        raise RuleBroken(
            message("Projects of {year} have already been scored by the earlier rubric.", year=year),
            rule="incentive.rubric.scored",
            where={"parameter": "year"},
        )
    values: dict[str, Value] = {"name": f"{year}年评分标准", "year": year, "weights": orjson.dumps(dict(weights)).decode()}
    return [node_draft("Rubric", context.subject, values)]


def _assign(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    reviewer, project, year = given.text("reviewer"), around(context.desk, given.text("project"), "project"), _year(context)
    check_over(context.desk, context.actor, "incentive.assign", project.node.id)
    check_no_conflict(context.desk, reviewer, project.node.id, "reviewer")
    for each in _reviews(project, year):
        if reviewer in around(context.desk, each.id).ends("WROTE", out=False):
            raise RuleBroken(
                message("This reviewer is already reviewing it."), rule="incentive.assign.once", where={"parameter": "reviewer"}
            )
    return [
        node_draft("Review", context.subject, {"name": f"{project.node.caption}评审", "year": year}),
        link_draft("WROTE", reviewer, context.subject),
        link_draft("EVALUATES", context.subject, project.node.id),
    ]


def _score(context: ActionContext) -> Sequence[Draft]:
    review = around(context.desk, context.subject, "review")
    check_over(context.desk, context.actor, "incentive.score", context.subject)
    for project in review.ends("EVALUATES", out=True):
        check_no_conflict(context.desk, context.actor.node, project, "as")
    if total_of(review.node) is not None:
        raise RuleBroken(message("It has already been scored."), rule="incentive.score.once", where={"parameter": "review"})
    rubric, scores = _rubric_of(context, review.node), context.given.points("score")
    total = rubric.check(scores)
    values: dict[str, Value] = {"scores": orjson.dumps(dict(scores)).decode(), "total": total, "verdict": rubric.verdict(total)}
    return [node_draft("Review", context.subject, values)]


def _grant(context: ActionContext) -> Sequence[Draft]:
    project, year = around(context.desk, context.given.text("project"), "project"), _year(context)
    check_over(context.desk, context.actor, "incentive.grant", project.node.id)
    scored = _scored(project, year)
    for funding in project.ends("FUNDS", out=False):
        if project.others[funding].properties.get("year") == year:
            raise RuleBroken(
                message("It has already been funded for {year}: '{funding}'.", year=year, funding=funding),
                rule="incentive.grant.once",
                legal=["raise"],
                where={"parameter": "project"},
            )
    return _funding(context, project, year, scored)


def _raise(context: ActionContext) -> Sequence[Draft]:
    """更多资助: only for what the reviews of a year found excellent."""
    given = context.given
    first = around(context.desk, given.text("funding"), "funding")
    project = around(context.desk, first.ends("FUNDS", out=True)[0]) if first.ends("FUNDS", out=True) else None
    if project is None:
        raise RuleBroken(message("The grant names no project to fund."), rule="incentive.raise.project", where={"parameter": "funding"})
    check_over(context.desk, context.actor, "incentive.raise", project.node.id)
    year = _year(context)
    scored = _scored(project, year)
    mean = fmean(total for each in scored if (total := total_of(each)) is not None)
    if (verdict := rubric_of(context.desk, year).verdict(mean)) != EXCELLENT:
        raise RuleBroken(
            message(
                "The reviews of {year} average {mean:g}: {verdict}, not {excellent}.",
                year=year,
                mean=mean,
                verdict=verdict,
                excellent=EXCELLENT,
            ),
            rule="incentive.raise.excellent",
            where={"parameter": "year"},
        )
    return [*_funding(context, project, year, scored), link_draft("RAISES", context.subject, first.node.id)]


def _funding(context: ActionContext, project: Around, year: int, scored: Sequence[Node]) -> list[Draft]:
    amount = context.given.number("amount_wan") or 0.0
    if amount <= 0:
        raise ValueProblem(message("A grant must be greater than 0."), where={"parameter": "amount_wan"})
    return [
        node_draft("Funding", context.subject, {"name": f"{project.node.caption}{year}年资助", "amountWan": amount, "year": year}),
        link_draft("FUNDS", context.subject, project.node.id),
        *(link_draft("AWARDED_FOR", context.subject, each.id) for each in scored),
    ]


def _scored(project: Around, year: int) -> list[Node]:
    found = [each for each in _reviews(project, year) if total_of(each) is not None]
    if not found:
        raise RuleBroken(
            message("No review of {year} has been scored.", year=year),
            rule="incentive.grant.review",
            legal=["assign", "score"],
            where={"parameter": "project"},
        )
    return found


def _reviews(project: Around, year: int) -> list[Node]:
    found = (project.others[each] for each in project.ends("EVALUATES", out=False))
    return sorted((each for each in found if each.properties.get("year") == year), key=lambda each: each.id)


def _reviews_of_year(context: ActionContext, year: int) -> list[Node]:
    _, nodes, _ = context.desk.store.scan(("Review",))
    return [each for each in nodes if each.properties.get("year") == year]


def _rubric_of(context: ActionContext, review: Node) -> Rubric:
    year = review.properties.get("year")
    return rubric_of(context.desk, year if isinstance(year, int) else context.today.year)


def _year(context: ActionContext) -> int:
    year = context.given.count("year")
    found = context.today.year if year is None else year
    if found not in YEARS:
        raise ValueProblem(message("'{year}' is not a valid year.", year=found), where={"parameter": "year"})
    return found


_PROJECT = node("project", "项目", "project", "Project")
_YEAR = count("year", "年度", "year; this one if not given")
_SUM = number("amount_wan", "资助（万元）", "sum (10,000 CNY)", required=True)

ACTIONS = (
    Action(
        "catalogue",
        "incentive",
        Label("列入目录", "put a project into the catalogue of innovation projects, with its flags"),
        (_PROJECT, _YEAR, *(flag(name, zh, name) for name, zh in FLAGS.items())),
        _catalogue,
        on="project",
    ),
    Action(
        "rubric",
        "incentive",
        Label("设评分标准", "set the rubric of a year"),
        (
            count("year", "年度", "year", required=True),
            Parameter("weight", ParameterType.POINTS, Label("分项满分", "CRITERION=POINTS; once for each criterion"), required=True),
        ),
        _rubric,
        standing_for=lambda given: rubric_id(given.count("year") or 0),
    ),
    Action(
        "assign",
        "incentive",
        Label("指派评审", "ask an expert to review a project"),
        (_PROJECT, node("reviewer", "评审专家", "reviewer", "Person"), _YEAR),
        _assign,
        creates="Review",
    ),
    Action(
        "score",
        "incentive",
        Label("打分", "score a project that one was asked to review"),
        (
            node("review", "评审", "review", "Review"),
            Parameter("score", ParameterType.POINTS, Label("分项得分", "CRITERION=POINTS; once for each criterion"), required=True),
        ),
        _score,
        on="review",
    ),
    Action("grant", "incentive", Label("资助", "fund a reviewed project"), (_PROJECT, _SUM, _YEAR), _grant, creates="Funding"),
    Action(
        "raise",
        "incentive",
        Label("追加资助", "raise the funding of an excellent project"),
        (node("funding", "资助", "funding to raise", "Funding"), _SUM, _YEAR),
        _raise,
        creates="Funding",
    ),
)
