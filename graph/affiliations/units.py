"""What follows a university's name: a unit of it, or a college with a name of its own (独立学院).

扬州大学材料学院 is a unit; 扬州大学广陵学院, 吉林大学珠海学院 and 某某大学城市学院 are institutions of their own, or may be. Only where no
list of institutions is at hand does this have to be told by the words.
"""

from __future__ import annotations

import re

from graph.affiliations.places import place_pattern

NAMES_OF_THEIR_OWN = frozenset(
    "三全 世纪 东方 东方科技 东昌 东湖 中北 之江 京江 仁济 仁爱 元培 共青 兴华 兴湘 冀唐 北津 华信 华商 华清 华科 华立 华软 "
    "华软软件 协和 南国商 南岳 南广 南湖 博文 博文管理 博达 历山 厚博 嘉华 嘉庚 四方 天华 天平 天府 天河 宝德 寸金 师园 希望 "
    "广陵 康达 张家界 徐海 怀德 成贤 文天 文正 文经 新华 新联 时珍 昆仑 明德 晋祠 晓庄 暨阳 杏林 松田 树达 求是 求真 汇华 "
    "江淮 泉城 津桥 津沽 派斯 浦江 海华 海源 海都 湘杏 滇池 滨江 漓江 潇湘 燕山 珞珈 琴岛 瓯江 皖江 相思湖 知行 科信 科德 "
    "科文 移通 紫金 红山 翰林 耿丹 至诚 船山 芙蓉 药护 融智 行健文理 行知 诚毅 贤达 贤达经济人文 赛恩斯新医药 达内 通达 通途 "
    "里仁 金城 金审 金陵 钱江 银杏 锦城 锦江 镐京 长青 陇桥 鸿德 鹿山 龙蟠 朝阳".split()
)
"""By which independent colleges go."""

OFTEN_INDEPENDENT = frozenset(
    "城市 城南 科技 理工 文理 科学技术 应用技术 现代 现代科技 现代文理 工程技术 科技与艺术 艺术与信息工程 信息商务 信息科技 "
    "光电信息 北方科技 北方信息工程 人文信息 人文科技 高新 高科 涉外 民生 求是 创业 医学与科技 技术工程 城市建设 城市科技 "
    "涉外商贸 滨海外事 新科 新技术 外经贸 邮电与信息工程".split()
)
"""By which colleges of their own often go, and now and then a unit: without a list nobody can tell."""

_COLLEGE = re.compile(r"^([^\s()]{2,10}?)学院")


def may_be_its_own_college(unit: str) -> bool:
    """Whether what follows a university's name may be a college with a name, or a place, of its own."""
    match = _COLLEGE.match(unit)
    if match is None:
        return False
    stem = match[1]
    if "分校" in stem or "校区" in stem:
        return False
    place = place_pattern().match(stem)
    return stem in NAMES_OF_THEIR_OWN or stem in OFTEN_INDEPENDENT or (place is not None and len(place[1]) >= 2)
