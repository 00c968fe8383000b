"""How single cells are spoiled: for each kind the file, the column, how often, the spelling, and what a careful reader makes of it."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.sample.distribution import distribution
from ingest.sample.tables import (
    ACCOUNTS,
    ACHIEVEMENTS,
    AGREEMENTS,
    INDICATORS,
    LIST,
    MEETINGS,
    MEMBERS,
    NEEDS,
    NUMERALS,
    PROJECTS,
    RANGE,
    ROSTER,
    STUDIOS,
    TRAININGS,
    UPDATES,
    Cell,
    batch_name,
)

Spoil = Callable[[str, random.Random], Cell]
Expect = Callable[[str, Cell], object]

FULL_WIDTH = str.maketrans("0123456789.TRL", "０１２３４５６７８９．ＴＲＬ")
SPACES = " \u3000"
EXCEL_EPOCH = datetime.date(1899, 12, 30)
INDUSTRIES = {
    "C34": "通用设备制造业",
    "C35": "专用设备制造业",
    "C36": "汽车制造业",
    "C39": "计算机、通信和其他电子设备制造业",
    "C14": "食品制造业",
}
SHORT_NAMES = {"扬州大学": "扬大"}
AMBIGUOUS_NAMES = {"东南大学": "东大", "南京大学": "南大"}


def _same(old: str, _raw: Cell) -> object:
    return old


def _nothing(_old: str, _raw: Cell) -> object:
    return None


@dataclass(frozen=True, slots=True)
class Rule:
    """``spoil`` returns the new cell, or ``None`` where the rule does not fit the old text; ``expected`` what should be understood.
    ``once``: only people who appear in one row of the file."""

    file: str
    column: str
    kind: str
    times: int
    spoil: Spoil
    outcome: str = "clean"
    expected: Expect = _same
    once: bool = False


def _spaced_person(old: str, random_numbers: random.Random) -> Cell:
    if not old or LIST in old:
        return None
    return old[:-2] + random_numbers.choice(SPACES) + old[-2:]


def _batch_number(old: str) -> int:
    return next(number for number in range(1, 40) if batch_name(number) == old)


def _batch_wording(old: str, random_numbers: random.Random) -> Cell:
    return random_numbers.choice((f"{_batch_number(old)}期", old[1:-1], f"{old[:-1]}届", f"第{_batch_number(old)}批"))


def _months(text: str) -> list[tuple[int, int]]:
    return [(int(month[:4]), int(month[5:7])) for month in text.split(RANGE)]


def _term_wording(old: str, random_numbers: random.Random) -> Cell:
    (from_year, from_month), (to_year, to_month) = _months(old)
    dotted = f"{from_year}.{from_month}-{to_year}.{to_month}"
    return random_numbers.choice((dotted, f"{from_year}年{from_month}月—{to_year}年{to_month}月"))


def _serial(day: str) -> int:
    return (datetime.date.fromisoformat(day) - EXCEL_EPOCH).days


def _digits(old: str, _: random.Random) -> Cell:
    return old.translate(FULL_WIDTH) if old else None


def _one_digit(old: str, random_numbers: random.Random) -> Cell:
    places = [place for place, sign in enumerate(old) if sign.isdigit()]
    if not places:
        return None
    place = random_numbers.choice(places)
    return old[:place] + old[place].translate(FULL_WIDTH) + old[place + 1 :]


def _letter_o(old: str, _: random.Random) -> Cell:
    place = old.find("0", 10)
    return None if place < 0 else f"{old[:place]}O{old[place + 1 :]}"


def _other_separator(old: str, random_numbers: random.Random) -> Cell:
    return old.replace(LIST, random_numbers.choice("；/")) if LIST in old else None


def _list(old: str, _raw: Cell) -> object:
    return old.split(LIST)


def _year_month(old: str, _: random.Random) -> Cell:
    return f"{old[:4]}年{int(old[5:7])}月" if len(old) == 7 else None


def _slashed(old: str, _: random.Random) -> Cell:
    return "/".join(str(int(part)) for part in old.split("-")) if old else None


def _dotted(old: str, _: random.Random) -> Cell:
    return ".".join(str(int(part)) for part in old.split("-")) if old else None


def _numeral_month(old: str, _: random.Random) -> Cell:
    year = "".join(NUMERALS[int(digit)] for digit in old[:4])
    return f"{year}年{batch_name(int(old[5:7]))[1:-1]}月"


def _without_year(form: str) -> Spoil:
    def spoil(old: str, _: random.Random) -> Cell:
        return form.format(month=int(old[5:7]), day=int(old[8:]), mm=old[5:7], dd=old[8:]) if old.startswith("2020") else None

    return spoil


def _shorn_firm(old: str, _: random.Random) -> Cell:
    return old.removeprefix("扬州").removesuffix("有限公司") if old.endswith("有限公司") else None


def _skill(old: str, _: random.Random) -> Cell:
    return {"技师": "二级/技师", "高级工": "高级工（三级）"}.get(old)


def _wrapped(before: str, after: str) -> Spoil:
    return lambda old, _: f"{before}{old}{after}" if old else None


def _instead(text: str, *, of: Callable[[str], bool] = bool) -> Spoil:
    return lambda old, _: text if of(old) else None


def _range_of(old: str, _: random.Random) -> Cell:
    return f"{old}-{int(old) + 30}" if old else None


def _home(old: str, _: random.Random) -> Cell:
    return f"{old}机械工程学院" if old.endswith("大学") else None


def _union(old: str, random_numbers: random.Random) -> Cell:
    short = next((each.short for each in distribution().districts if old.startswith(each.name)), None)
    return None if short is None else random_numbers.choice((short, old.removesuffix("总工会")))


def _honour(old: str, _: random.Random) -> Cell:
    return old.replace("江苏省劳动模范", "省劳模") if old.startswith("江苏省劳动模范") and LIST not in old else None


def _percent(old: str, _: random.Random) -> Cell:
    return f"{float(old):.0%}" if old.startswith("0.") else None


ROSTER_RULES = (
    Rule(ROSTER, "批次", "batch-wording", 4, _batch_wording, expected=lambda old, _: _batch_number(old)),
    Rule(ROSTER, "姓名", "space-in-name", 3, _spaced_person),
    Rule(ROSTER, "手机", "full-width-digit", 2, _one_digit),
    Rule(ROSTER, "手机", "hyphens", 2, lambda old, _: f"{old[:3]}-{old[3:7]}-{old[7:]}"),
    Rule(ROSTER, "研究方向", "list-separator", 3, _other_separator, expected=_list),
    Rule(ROSTER, "职称", "degree-in-title", 3, lambda old, rng: old + rng.choice(("（博士）", "/博导"))),
    Rule(ROSTER, "起止时间", "date-wording", 4, _term_wording, expected=lambda old, _: old.split(RANGE)),
    Rule(ROSTER, "起止时间", "excel-serial", 2, lambda old, _: _serial(f"{old[:7]}-01"), expected=lambda old, _: [f"{old[:7]}-01"]),
    Rule(ROSTER, "派出单位", "short-name", 3, lambda old, _: SHORT_NAMES.get(old), once=True),
    Rule(ROSTER, "派出单位", "ambiguous-short-name", 3, lambda old, _: AMBIGUOUS_NAMES.get(old), "flag", _nothing, once=True),
    Rule(ROSTER, "派出单位", "department-glued", 3, _home, once=True),
)
STUDIO_RULES = (
    Rule(STUDIOS, "领衔人", "space-in-name", 2, _spaced_person),
    Rule(STUDIOS, "荣誉称号", "abbreviated-honour", 2, _honour, expected=lambda old, _: old.replace("江苏省", "省")),
    Rule(STUDIOS, "成立时间", "date-wording", 2, _year_month),
    Rule(STUDIOS, "成立时间", "date-wording", 1, _slashed),
    Rule(STUDIOS, "成立时间", "year-only", 1, lambda old, _: old[:4], expected=lambda old, _: old[:4]),
    Rule(STUDIOS, "成员人数", "unit-in-number", 2, _wrapped("", "人"), expected=lambda old, _: int(old)),
    Rule(STUDIOS, "成员人数", "full-width-digit", 1, _digits, expected=lambda old, _: int(old)),
    Rule(STUDIOS, "成员人数", "about", 1, _wrapped("约", ""), "flag", lambda old, _: int(old)),
    Rule(STUDIOS, "所属工会", "short-union", 3, _union),
    Rule(STUDIOS, "所在单位", "short-firm", 2, _shorn_firm, "flag"),
    Rule(MEMBERS, "工作室", "short-studio", 4, lambda old, rng: old.replace(rng.choice(("劳模创新", "创新")), "")),
    Rule(MEMBERS, "技能等级", "skill-wording", 4, _skill),
    Rule(MEMBERS, "进入时间", "date-wording", 3, lambda old, _: f"{old[:4]}-{int(old[5:])}"),
    Rule(MEMBERS, "进入时间", "two-digit-year", 2, lambda old, _: f"{old[2:4]}.{old[5:]}", "flag"),
)
PLATFORM_RULES = (
    Rule(ACCOUNTS, "统一社会信用代码", "full-width-digit", 2, _one_digit),
    Rule(ACCOUNTS, "统一社会信用代码", "letter-o-in-code", 2, _letter_o, "flag"),
    Rule(ACCOUNTS, "行业", "industry-in-words", 3, lambda old, _: INDUSTRIES.get(old)),
    Rule(ACCOUNTS, "电话", "see-attachment", 2, _instead("见附件"), expected=_nothing),
    Rule(NEEDS, "企业", "short-firm", 3, _shorn_firm, "flag"),
    Rule(NEEDS, "投入(万元)", "range", 3, _range_of, expected=lambda old, _: [int(old), int(old) + 30]),
    Rule(NEEDS, "投入(万元)", "negotiable", 3, _instead("面议", of=lambda old: not old), expected=_nothing),
    Rule(NEEDS, "投入(万元)", "unit-in-number", 2, _wrapped("", "万"), expected=lambda old, _: int(old)),
    Rule(NEEDS, "截止", "date-wording", 3, lambda old, _: f"{old[:4]}年{int(old[5:7])}月{int(old[8:])}日"),
    Rule(NEEDS, "截止", "excel-serial", 3, lambda old, _: _serial(old)),
    Rule(NEEDS, "截止", "vague-date", 2, _instead("年底前"), "flag", _nothing),
    Rule(NEEDS, "状态", "state-wording", 2, lambda old, _: {"已完成": "完成"}.get(old)),
    Rule(NEEDS, "接单人", "space-in-name", 2, _spaced_person),
    Rule(NEEDS, "接单人", "list-separator", 2, _other_separator, expected=_list),
    Rule(
        ACHIEVEMENTS,
        "完成人",
        "and-others",
        3,
        lambda old, _: f"{old}等3人" if LIST not in old else None,
        expected=lambda old, _: [[old], 3],
    ),
    Rule(ACHIEVEMENTS, "学科", "dotted-discipline", 2, _wrapped("", ".20"), expected=lambda old, _: f"{old}20"),
    Rule(ACHIEVEMENTS, "成熟度", "full-width-digit", 2, _digits, expected=lambda old, _: int(old[3:])),
    Rule(ACHIEVEMENTS, "成熟度", "maturity-in-words", 2, lambda _, rng: rng.choice(("中试", "样机")), "flag", _nothing),
    Rule(ACHIEVEMENTS, "专利号", "patent-pending", 2, _instead("申请中", of=lambda old: not old), expected=_nothing),
    Rule(ACHIEVEMENTS, "转化情况", "state-wording", 3, lambda old, rng: rng.choice(("未", "在谈")) if old == "未转化" else None),
)
COOPERATION_RULES = (
    Rule(AGREEMENTS, "签订日期", "date-wording", 3, _dotted),
    Rule(AGREEMENTS, "签订日期", "date-wording", 2, lambda old, _: old.replace("-", "/")),
    Rule(AGREEMENTS, "签订日期", "numeral-date", 2, _numeral_month, expected=lambda old, _: old[:7]),
    Rule(AGREEMENTS, "合同额", "bare-amount", 2, lambda old, _: old.removesuffix("万元") or None, expected=lambda old, _: int(old[:-2])),
    Rule(AGREEMENTS, "合同额", "slash-for-nothing", 2, _instead("/", of=lambda old: not old), expected=_nothing),
    Rule(AGREEMENTS, "乙方", "ambiguous-short-name", 2, lambda old, _: AMBIGUOUS_NAMES.get(old), "flag", _nothing),
    Rule(MEETINGS, "日期", "date-without-year", 2, _without_year("{month}月{day}日"), "flag"),
    Rule(MEETINGS, "日期", "excel-serial", 2, lambda old, _: _serial(old)),
    Rule(MEETINGS, "参加人", "and-others", 2, _wrapped("", " 等"), expected=_list),
    Rule(
        TRAININGS,
        "学员/人数",
        "unit-in-number",
        3,
        lambda old, _: f"{old}人次" if old.isdigit() else None,
        expected=lambda old, _: int(old),
    ),
    Rule(
        TRAININGS,
        "学员/人数",
        "full-width-digit",
        2,
        lambda old, _: old.translate(FULL_WIDTH) if old.isdigit() else None,
        expected=lambda old, _: int(old),
    ),
    Rule(TRAININGS, "日期", "date-wording", 2, lambda old, _: f"{old[:4]}.{int(old[5:7])}", expected=lambda old, _: old[:7]),
    Rule(TRAININGS, "工作室", "studio-by-leader", 3, lambda old, _: old.removesuffix("劳模创新工作室"), "flag"),
    Rule(TRAININGS, "形式", "kind-wording", 2, lambda old, _: {"专家讲师团": "讲师团"}.get(old)),
    Rule(PROJECTS, "总分", "full-width-digit", 2, _digits, expected=lambda old, _: float(old)),
    Rule(PROJECTS, "总分", "missing-score", 2, _instead("缺"), "reject", _nothing),
    Rule(PROJECTS, "专家", "list-separator", 2, lambda old, _: old.replace(LIST, "/"), expected=_list),
    Rule(PROJECTS, "专家", "heads-for-names", 2, lambda old, _: f"{old.count(LIST) + 1}人", expected=lambda old, _: old.count(LIST) + 1),
    Rule(PROJECTS, "年度", "unit-in-number", 2, _wrapped("", "年"), expected=lambda old, _: int(old)),
    Rule(UPDATES, "日期", "date-without-year", 2, _without_year("{mm}.{dd}"), "flag"),
    Rule(UPDATES, "日期", "date-wording", 2, _slashed),
    Rule(
        INDICATORS,
        "目标",
        "at-least",
        1,
        lambda old, _: f"{old}家以上" if re.fullmatch(r"\d\d", old) else None,
        expected=lambda old, _: int(old),
    ),
    Rule(INDICATORS, "完成", "percent", 1, _percent, expected=lambda old, _: round(float(old), 2)),
)
RULES = (*ROSTER_RULES, *STUDIO_RULES, *PLATFORM_RULES, *COOPERATION_RULES)
