"""What stands around an institution's name: whether the name may begin and end there, and what its unit is.

The words are those of Chinese affiliations in general (院系所室部, 附属医院, 有限公司); none was taken from a labelled test row.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from graph.affiliations.places import ELSEWHERE, bare, place_pattern, prefectures
from graph.affiliations.units import may_be_its_own_college

SEPARATORS = re.compile(r"[,，;；。、!！|∥/·…:：《》\"“”]|--|——")
"""Where one organisation ends for certain and the next may begin."""

_ENDS_A_UNIT = frozenset("院系所室部站队厂会处局司校社组办馆库心团厅委村区省市县场台段矿学科行")
_ENDS_NOTHING = re.compile(r"(?:第[一二三四五六七八九十\d]+|国立|私立|首都|原)$")
_BEFORE = re.compile(r"(?:原|现|前|现在|现为|原为|中国|中国人民|国家|教育部|并|和|与|及|暨)$")
_RUNS_ON = re.compile(r"生(?![命物化态理产殖医药科])|城(?![市建乡环])|[路村街桥镇]")
_HOSPITAL = re.compile(r"(?<!^)(?<!校)医院|附院|卫生院")
_SCHOOL = re.compile(r"附属[^,;]{0,8}(?:中学|小学|幼儿园|学校)|附[中小](?![^,;]*(?:系|院))")
_COMPANY = re.compile(r"(?:公司|集团|出版社|股份)\d*$|有限(?:责任)?公司")
_IS_UNIT = re.compile(r"[院系所室部处馆站厂组会社科班队]|中心|学报|基地|工作站|校区|分校")
_UNIT_END = re.compile(r"[\s(（]")
_WITHIN = re.compile(
    r"(?:材|料|机|械|电|气|化|物|理|数|学|计|算|软|信|息|通|自动|控制|仪|土木|建筑|规划|环境|资源|生|命|医|药|护|卫|农|林|牧|园|动|植|食|品|经|济|"
    r"管|商|贸|会计|金融|财|法|律|政|文|史|哲|外|语|新闻|传|体育|艺|术|美|音|马|社|教|测绘|地|矿|冶|金|石油|交通|航|船|海|洋|水|能源|动力|核|纺|轻工|"
    r"工程|科技|技术|人文|公共|民族|宗教|档案|图书|旅游|心理|国际|继续|成人|网络|研究生|研究|行政|后勤|校|学报|编辑|职业|应用|设备|实验|数据|智能|设计)"
)
_SHORT_GOES_ON = re.compile(r"(?:院|系|所|室|部|中心|处|馆|学报|编辑部|基地|课题组)$")


class Rest(StrEnum):
    """What the words after a name make of it."""

    NOTHING = "nothing"
    UNIT = "unit"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    COMPANY = "company"
    OWN_COLLEGE = "own-college"
    BROKEN = "broken"


_OF_ITS_OWN = ((Rest.HOSPITAL, _HOSPITAL), (Rest.SCHOOL, _SCHOOL), (Rest.COMPANY, _COMPANY))


def may_begin(before: str, places: Collection[str], *, short: bool) -> bool:
    """Whether a name may begin after this text (its segment so far). ``places``: where the institution is; a place right before the name
    has to be one of them, or in the same province."""
    if ELSEWHERE.search(before):
        return False
    left = before.rstrip(" (（[“")
    if not left or left != before or not "一" <= left[-1] <= "鿿":
        return True
    if (rest := _BEFORE.sub("", left)) != left and (not rest or not short):
        return True
    if _only_places(left, places):
        return True
    return not short and left[-1] in _ENDS_A_UNIT and not _ENDS_NOTHING.search(left)


def says_a_subject(text: str) -> bool:
    """Whether a text begins with what is taught or run within a university: 材料, 化工, 研究生, 图书馆."""
    return _WITHIN.match(text) is not None


def is_common(name: str) -> bool:
    """Whether a unit of a university may bear this name too: a college named by a subject alone (国际关系学院)."""
    return name.endswith("学院") and says_a_subject(name)


def is_address(segment: str) -> bool:
    """Whether it is a place with or without a postcode (湖北武汉430074), and no organisation."""
    left = re.sub(r"[\d\s.]", "", segment)
    while left and (match := place_pattern().match(left)) is not None:
        left = left[match.end() :]
    return left != segment and (not left or (left[-1] in "省市区县州" and len(left) < 8)) and bool(place_pattern().search(segment))


def _only_places(text: str, places: Collection[str]) -> bool:
    while text:
        match = place_pattern().match(text)
        if match is None:
            return False
        name = bare(match[1])
        if name not in places and prefectures().get(name, "") not in places:
            return False
        text = text[match.end() :]
    return True


def unit_after(rest: str) -> str:
    """The unit within the institution that the words after its name say, ``""`` if none: 材化部 of 苏大材化部."""
    head = words_after(rest)
    return head if _IS_UNIT.search(head) else ""


def words_after(rest: str) -> str:
    """The words right after a name, up to a space or a bracket."""
    return "" if rest.startswith(("(", "（")) else _UNIT_END.split(rest.strip(), maxsplit=1)[0].strip(" -)?")


def kind_of_rest(rest: str, *, short: bool, whole: bool) -> Rest:
    """What the words between a name and the next one, or the end of the segment, make of it. ``whole``: the gazetteer lists every
    institution, so that a college with a name of its own that it lacks is a unit."""
    head = words_after(rest)
    if rest and (_RUNS_ON.match(rest) or (short and _goes_on_otherwise(rest, head))):
        return Rest.BROKEN
    if short and head.startswith("医院"):
        return Rest.HOSPITAL
    own = next((kind for kind, pattern in _OF_ITS_OWN if pattern.search(head)), None)
    if own is not None:
        return own
    if not whole and may_be_its_own_college(head):
        return Rest.OWN_COLLEGE
    return Rest.UNIT if unit_after(rest) else Rest.NOTHING


def _goes_on_otherwise(rest: str, head: str) -> bool:
    """Whether a short name is part of other words: 南大 of 南大街, 清华 of 清华大学生."""
    if rest.startswith(("学", "大学")):
        return True
    own = head.startswith("医院") or any(pattern.search(head) for _, pattern in _OF_ITS_OWN)
    return bool(head) and not own and not (_WITHIN.match(head) and _SHORT_GOES_ON.search(head))
