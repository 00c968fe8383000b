"""Places that stand before, after or beside an institution's name: the mainland's provinces and prefectures, and words for elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from graph.values.divisions import standings

PROVINCE_CODES = {
    "11": "北京",
    "12": "天津",
    "13": "河北",
    "14": "山西",
    "15": "内蒙古",
    "21": "辽宁",
    "22": "吉林",
    "23": "黑龙江",
    "31": "上海",
    "32": "江苏",
    "33": "浙江",
    "34": "安徽",
    "35": "福建",
    "36": "江西",
    "37": "山东",
    "41": "河南",
    "42": "湖北",
    "43": "湖南",
    "44": "广东",
    "45": "广西",
    "46": "海南",
    "50": "重庆",
    "51": "四川",
    "52": "贵州",
    "53": "云南",
    "54": "西藏",
    "61": "陕西",
    "62": "甘肃",
    "63": "青海",
    "64": "宁夏",
    "65": "新疆",
}
"""The first two digits of GB/T 2260, and digits three and four of a school's code (学校标识码)."""

ELSEWHERE = re.compile(
    "日本|韩国|朝鲜|美国|英国|法国|德国|俄罗斯|前?苏联|加拿大|澳大利亚|澳洲|新西兰|意大利|西班牙|荷兰|比利时|瑞典|瑞士|挪威|丹麦|芬兰|波兰|乌克兰|印度|"
    "泰国|越南|新加坡|马来西亚|以色列|蒙古国|巴西|墨西哥|埃及|台湾|台北|新竹|高雄|台中|台南|香港|澳门|东京|大阪|京都"
)
"""Words before a name that make it another institution: 日本东北大学 is not 东北大学, 新竹清华大学 not 清华大学."""

_KINDS = re.compile(r"(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区|地区|[^\s]{1,6}?自治州|盟)$")
_PEOPLES = "朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|哈萨克|柯尔克孜"
_ENDINGS = r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|地区)?"


@cache
def prefectures() -> Mapping[str, str]:
    """Every prefecture since 1980, without 市 and the like → its province."""
    found: dict[str, str] = {}
    for digits, province in PROVINCE_CODES.items():
        for number in range(1, 100):
            for each in standings(f"{digits}{number:02d}00"):
                name = bare(each.name)
                if len(name) > 1:
                    found.setdefault(name, province)
    return found


@cache
def place_pattern() -> re.Pattern[str]:
    """One place, with or without 省 or 市."""
    names = sorted({*PROVINCE_CODES.values(), *prefectures()}, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, names))}){_ENDINGS}")


def bare(place: str) -> str:
    """扬州市 as 扬州, 广西壮族自治区 as 广西, 延边朝鲜族自治州 as 延边."""
    place = re.sub(rf"(?:{_PEOPLES})+自治州$", "", place)
    return _KINDS.sub("", place)


def province_of(place: str) -> str:
    """The province of a place as people write it; ``""`` for what is none (教育部, 军队)."""
    match = place_pattern().match(place.strip())
    if match is None:
        return ""
    name = match[1]
    return name if name in PROVINCE_CODES.values() else prefectures()[name]


def places_in(text: str) -> tuple[str, ...]:
    """The places that a text names, in order, without 省 and 市."""
    return tuple(match[1] for match in place_pattern().finditer(text))
