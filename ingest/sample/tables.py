"""The twelve files as plain tables: names, headers and rows, before anything is written. ``docs/sample-city.md`` describes every column.

The columns of an office's own forms come first; those after them make the links exact (days, homes, the other side). Lists are parted
by 、 and run in step across columns. Dates are ISO text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.sample.city import Agreement, City, Studio, Training

Cell = str | int | float | None
Row = Sequence[Cell]

ROSTER = "科技镇长团团员花名册.xlsx"
STUDIOS = "劳模创新工作室台账.xlsx"
MEMBERS = "工作室成员名单.csv"
ACCOUNTS = "企业账号.csv"
NEEDS = "企业需求(发单).xlsx"
ACHIEVEMENTS = "科技成果.xlsx"
AGREEMENTS = "合作协议.csv"
MEETINGS = "会商走访记录.xlsx"
TRAININGS = "培训学徒.xlsx"
PROJECTS = "项目评审资助.xlsx"
UPDATES = "工作动态.csv"
INDICATORS = "指标.xlsx"

ENCODINGS = {MEMBERS: "gb18030", ACCOUNTS: "utf-8", AGREEMENTS: "utf-8-sig", UPDATES: "utf-8"}

HEADERS = {
    ROSTER: "序号 批次 县(市、区) 姓名 派出单位 职称 研究方向 挂职职务 起止时间 手机".split(),
    STUDIOS: "工作室名称 所在单位 领衔人 荣誉称号 成立时间 成员人数 级别 所属工会".split(),
    MEMBERS: "工作室 姓名 工种 技能等级 进入时间".split(),
    ACCOUNTS: "企业名称 统一社会信用代码 行业 镇街 联系人 电话 县(市、区) 曾用名 更名日期".split(),
    NEEDS: "编号 企业 需求名称 领域 投入(万元) 截止 状态 接单人 类别 发布日期 接单人单位 接单日期".split(),
    ACHIEVEMENTS: "成果名称 完成人 单位 学科 成熟度 专利号 转化情况 类别 完成时间 工作室 转化企业 转化日期".split(),
    AGREEMENTS: "协议号 甲方 乙方 类型 签订日期 合同额 到账 有效期 经办团员 经办团员单位 需求编号 示范".split(),
    MEETINGS: "日期 地点 参加人 内容 结果 参加人单位 工作室 企业".split(),
    TRAININGS: "工作室 形式 师傅 学员/人数 日期 获证 师傅单位".split(),
    PROJECTS: "项目 工作室 总分 专家 资助(万) 年度 专家单位 优先条件".split(),
    UPDATES: "标题 日期 县区 正文 提及企业 提及团员 提及团员单位".split(),
    INDICATORS: "年度 指标 目标 完成 县区 单位 分子 分母".split(),
}

LIST, RANGE = "、", " 至 "
NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; a CSV file has one, without a title. ``rows`` may be read once."""

    file: str
    title: str
    header: Sequence[str]
    rows: Iterable[Row]


def batch_name(number: int) -> str:
    """13 → 第十三批."""
    tens, ones = divmod(number, 10)
    return f"第{'' if tens < 2 else NUMERALS[tens]}{'十' if tens else ''}{NUMERALS[ones] if ones else ''}批"


def sheets(city: City) -> Iterator[Sheet]:
    """All sheets, file by file; their rows are made as they are read."""
    makers: Sequence[tuple[str, str, Callable[[City], Iterable[Row]]]] = (
        (ROSTER, "花名册", _roster),
        (STUDIOS, "台账", _studios),
        (MEMBERS, "", _members),
        (ACCOUNTS, "", _accounts),
        (NEEDS, "企业需求", _needs),
        (ACHIEVEMENTS, "科技成果", _achievements),
        (ACHIEVEMENTS, "职工创新", _innovations),
        (AGREEMENTS, "", _agreements),
        (MEETINGS, "会商走访", _meetings),
        (TRAININGS, "培训学徒", _trainings),
        (PROJECTS, "项目评审", _projects),
        (UPDATES, "", _updates),
        (INDICATORS, "指标", _indicators),
    )
    for file, title, rows in makers:
        yield Sheet(file, title, HEADERS[file], rows(city))


def _roster(city: City) -> Iterator[Row]:
    for number, term in enumerate(city.terms, start=1):
        who = city.experts[term.expert]
        dates = f"{term.start}{RANGE}{term.end}"
        directions = LIST.join(who.directions)
        yield number, batch_name(term.batch), term.district, who.name, who.organisation, who.title, directions, term.post, dates, who.phone


def _studios(city: City) -> Iterator[Row]:
    for studio in city.studios:
        leaders = LIST.join(leader.name for leader in studio.leaders)
        honours = LIST.join(f"{leader.honour}（{leader.year}）" for leader in studio.leaders)
        people = len(studio.leaders) + len(studio.members)
        firm = city.enterprises[studio.enterprise].name
        yield studio.name, firm, leaders, honours, studio.founded, people, studio.level, studio.union


def _members(city: City) -> Iterator[Row]:
    for studio in city.studios:
        for member in studio.members:
            yield studio.name, member.name, member.trade, member.skill, member.joined


def _accounts(city: City) -> Iterator[Row]:
    for firm in city.enterprises:
        contact = (firm.contact, firm.phone, firm.district, firm.former_name, firm.renamed_on)
        yield firm.name, firm.uscc, firm.industry, firm.town, *contact


def _needs(city: City) -> Iterator[Row]:
    for need in city.needs:
        firm = city.enterprises[need.enterprise].name_on(need.posted)
        takers = [city.experts[acceptance.expert] for acceptance in need.acceptances]
        names, homes = LIST.join(who.name for who in takers), LIST.join(who.organisation for who in takers)
        days = LIST.join(acceptance.on for acceptance in need.acceptances)
        yield need.number, firm, need.name, need.field, need.budget, need.due, need.state, names, need.kind, need.posted, homes, days


def _achievements(city: City) -> Iterator[Row]:
    for each in city.achievements:
        owners = LIST.join(city.experts[owner].name for owner in each.owners)
        firm = "" if each.taken_up_by is None else city.enterprises[each.taken_up_by].name_on(each.taken_up_on)
        used = "已转化" if firm else "未转化"
        yield (
            *(each.name, owners, each.organisation, each.discipline, f"TRL{each.trl}", each.patent, used),
            *("高校成果", each.completed, "", firm, each.taken_up_on),
        )


def _innovations(city: City) -> Iterator[Row]:
    for each in city.innovations:
        studio = city.studios[each.studio]
        firm = city.enterprises[studio.enterprise].name
        used = "已转化" if each.transformed_on else "未转化"
        at = firm if each.transformed_on else ""
        yield (
            *(each.name, each.worker, firm, "", f"TRL{each.trl}", "", used),
            *("职工创新", each.completed, studio.name, at, each.transformed_on),
        )


def _wan(amount: int | None) -> str:
    return "" if amount is None else f"{amount}万元"


def _sides(city: City, agreement: Agreement) -> tuple[str, str]:
    if agreement.studio is not None:
        return city.studios[agreement.studio].name, city.experts[agreement.expert].name
    assert agreement.enterprise is not None
    return city.enterprises[agreement.enterprise].name_on(agreement.signed), agreement.institution


def _agreements(city: City) -> Iterator[Row]:
    for each in city.agreements:
        broker = city.experts[each.expert]
        valid = f"{each.signed}{RANGE}{each.valid_to}"
        shown = "是" if each.demonstration else ""
        yield (
            *(each.number, *_sides(city, each), each.kind, each.signed, _wan(each.contract), _wan(each.paid)),
            *(valid, broker.name, broker.organisation, each.need, shown),
        )


def _meetings(city: City) -> Iterator[Row]:
    for each in city.meetings:
        who, firm = city.experts[each.expert], city.enterprises[each.enterprise].name_on(each.date)
        present = [(who.name, who.organisation), *([(each.worker, firm)] if each.worker else [])]
        names, homes = (LIST.join(part) for part in zip(*present, strict=True))
        studio = "" if each.studio is None else city.studios[each.studio].name
        yield each.date, each.town, names, each.kind, each.result, homes, studio, firm


def _trainings(city: City) -> Iterator[Row]:
    for each in city.trainings:
        studio = city.studios[each.studio]
        teacher, home = _teacher(city, each, studio)
        trainees: Cell = LIST.join(each.trainees) if each.trainees else each.heads
        yield studio.name, each.kind, teacher, trainees, each.date, each.certificate, home


def _teacher(city: City, training: Training, studio: Studio) -> tuple[str, str]:
    if training.expert is None:
        return training.mentor, city.enterprises[studio.enterprise].name
    return city.experts[training.expert].name, city.experts[training.expert].organisation


def _projects(city: City) -> Iterator[Row]:
    for each in city.projects:
        reviewers = [city.experts[reviewer] for reviewer in each.reviewers]
        names, homes = LIST.join(who.name for who in reviewers), LIST.join(who.organisation for who in reviewers)
        yield each.name, city.studios[each.studio].name, each.score, names, each.funding, each.year, homes, LIST.join(each.flags)


def _updates(city: City) -> Iterator[Row]:
    for each in city.updates:
        who, firm = city.experts[each.expert], city.enterprises[each.enterprise].name_on(each.date)
        yield each.title, each.date, each.district, each.text, firm, who.name, who.organisation


def _indicators(city: City) -> Iterator[Row]:
    for each in city.indicators:
        yield each.year, each.name, each.target, each.done, each.district, each.unit, each.numerator, each.denominator
