"""Questions about who and what fits: 6, 13, 18, 19."""

from __future__ import annotations

from cooperation.incentives.conflicts import circle_of_person, circle_of_project, shared
from cooperation.matching.ranking import ACHIEVEMENTS, ALUMNI
from cooperation.ownership import districts
from cooperation.parameters import node
from cooperation.questions.lacking import requires
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids
from cooperation.ways import experts, in_place, terms_of
from cooperation.world import figure, on_day, text
from graph.ontology.schema import Label

BEST = 3


def results_for(asked: QuestionContext) -> list[Line]:
    """Results that fit a need, by the matching: text and sense, field, readiness; those that fail a condition say which."""
    need = asked.given.text("need")
    ranking = asked.matcher().for_need(need, asked.day, ACHIEVEMENTS, asked.limit)
    lines = []
    for fit in (*ranking.fit, *ranking.near)[: asked.limit]:
        reasons = "；".join(f"{each.signal} {each.points:g}{f' {each.text}' if each.text else ''}" for each in fit.reasons)
        level = figure(asked.world.node(fit.id), "trl")
        cells = (Ref(fit.id), fit.score, level, reasons, "、".join(fit.fails) or None)
        lines.append(Line(cells, ids(need, fit.id, *(fact for each in fit.reasons for fact in each.facts))))
    return lines


def alumni_for(asked: QuestionContext) -> list[Line]:
    """Experts whose terms have all ended, by how well they fit the need (``cooperation.matching``), with their last contact."""
    world, need = asked.world, asked.given.text("need")
    ranking = asked.matcher().for_need(need, asked.day, ALUMNI, asked.limit)
    lines = []
    for fit in (*ranking.fit, *ranking.near)[: asked.limit]:
        terms = terms_of(world, fit.id)
        ended = max(term.period.end for term in terms)
        contact = max([ended, *(text(world.node(each.source), "date") for each in world.into(fit.id, "INVOLVES"))])
        why = "、".join(dict.fromkeys(each.text for each in fit.reasons if each.text))
        facts = (fact for each in fit.reasons for fact in each.facts)
        cells = (Ref(fit.id), fit.score, ended or None, contact or None, why, "、".join(fit.fails) or None)
        lines.append(Line(cells, ids(need, fit.id, *facts, *(term.id for term in terms))))
    return lines


def reviewers_for(asked: QuestionContext) -> list[Line]:
    """Experts in place who share no employer, studio, team or agreement with the project; with a word, those whose work has it."""
    around, project = asked.world, asked.given.text("project")
    judged = circle_of_project(around, project)
    fields = {each.target for each in asked.world.out(project, "IN_FIELD")}
    lines = []
    for person in experts(asked.world):
        if not in_place(asked.world, person, asked.day) or shared(circle_of_person(around, person), judged, project):
            continue
        own = asked.world.out(person, "EXPERT_IN")
        fitting = [each for each in own if each.target in fields]
        homes = asked.world.out(person, "EMPLOYED_BY")
        told = "、".join(text(asked.world.node(each.target), "name") for each in own)
        cells = (Ref(person), Ref(homes[0].target) if homes else None, len(fitting), told)
        lines.append(Line(cells, ids(person, *homes[:1], *own)))
    return sorted(lines, key=lambda line: (-int(str(line.cells[2])), str(line.cells[0])))


def partners_for(asked: QuestionContext) -> list[Line]:
    """The three experts in place that suit a studio best: what their fields share with what it makes, its district, earlier meetings, and
    how few studios and needs they have already. Those that it is paired with today are left out."""
    world, studio = asked.world, asked.given.text("studio")
    matcher, places = asked.matcher(), set(districts(world, studio))
    paired = {each.target for each in on_day(world.out(studio, "PAIRED_WITH"), asked.day)}
    own = {each.source for each in world.into(studio, "LEADS", "MEMBER_OF")}
    corpus = matcher.corpus("experts")
    about = [text(world.node(each.target), "name") for each in world.out(studio, "PRODUCED")]
    about += [text(world.node(each.source), "name") for each in world.into(studio, "RUN_BY")]
    nearest = [corpus.near(words) for words in about]
    lines = []
    for person in experts(world):
        if person in paired | own or not in_place(world, person, asked.day):
            continue
        found = max((near for each in nearest if (near := each.of(person)) is not None), key=lambda near: near.sense, default=None)
        sense = found.sense if found is not None else 0.0
        load = len(on_day(world.into(person, "PAIRED_WITH"), asked.day)) + len(on_day(world.out(person, "ACCEPTED"), asked.day))
        met = {each.source for each in world.into(person, "INVOLVES")} & {each.source for each in world.into(studio, "INVOLVES")}
        same = bool(places & set(districts(world, person)))
        score = round(sense + 0.2 * same + 0.2 * min(len(met), BEST) / BEST - 0.1 * min(load, 5) / 5, 6)
        found_text = found.sense_text if found is not None else None
        facts = (*(found_text.facts if found_text else ()), *sorted(met))
        why = found_text.text if found_text else None
        lines.append(Line((Ref(person), score, why, same, len(met), load), ids(studio, person, *facts)))
    return sorted(lines, key=lambda line: (-float(str(line.cells[1])), str(line.cells[0])))[:BEST]


QUESTIONS = (
    Question(
        6,
        "results-for",
        Label("哪些成果能解决这项需求", "Which results fit a need"),
        Label(
            "按文字、含义、领域、成熟度匹配，得分为各理由之和",
            "matched by words, sense, field and readiness; the score is the sum of its reasons",
        ),
        (node("need", "需求", "need", "Need"),),
        (
            column("result", "成果", "result"),
            column("score", "得分", "score", number=True),
            column("trl", "成熟度", "TRL", number=True),
            column("reasons", "理由", "reasons"),
            column("fails", "不满足", "fails"),
        ),
        results_for,
        needs=(requires("Achievement"),),
        clearance=1,
    ),
    Question(
        13,
        "alumni-for",
        Label("历任专家谁适合这项需求", "Which former experts fit a need"),
        Label(
            "任期均已结束者，按匹配得分排列，附最近联系",
            "terms all ended, by the score of the matching, with the last contact",
        ),
        (node("need", "需求", "need", "Need"),),
        (
            column("expert", "专家", "expert"),
            column("score", "得分", "score", number=True),
            column("ended", "任期结束", "last term ended"),
            column("contact", "最近联系", "last contact"),
            column("why", "相近的方向", "nearest work"),
            column("fails", "不满足", "fails"),
        ),
        alumni_for,
        needs=(requires("HAS_TERM"),),
        clearance=1,
    ),
    Question(
        18,
        "reviewers-for",
        Label("谁可以回避无冲突地评审", "Who may review a project without a conflict"),
        Label(
            "当日在任，且与项目没有同单位、同工作室、同团队、同协议",
            "in place, and sharing no employer, studio, team or agreement with the project",
        ),
        (node("project", "项目", "project", "Project"),),
        (
            column("expert", "专家", "expert"),
            column("home", "单位", "home organisation"),
            column("fields", "相同领域", "fields shared", number=True),
            column("about", "研究方向", "works on"),
        ),
        reviewers_for,
        needs=(requires("HAS_TERM"),),
        clearance=1,
    ),
    Question(
        19,
        "partners-for",
        Label("工作室最适合与谁结对", "Best partners for a studio"),
        Label(
            "成果与项目同研究方向的相近程度、同县区、共同会商、现有任务",
            "nearness of what it makes to what they do, district, earlier meetings, load",
        ),
        (node("studio", "工作室", "studio", "Studio"),),
        (
            column("expert", "专家", "expert"),
            column("score", "得分", "score", number=True),
            column("why", "最相近的方向", "nearest work"),
            column("district", "同县区", "same district"),
            column("met", "共同会商", "met before", number=True),
            column("load", "现有任务", "load", number=True),
        ),
        partners_for,
        needs=(requires("HAS_TERM"),),
    ),
)
