"""Administrative divisions (GB/T 2260): codes with the years in which they stood, and what became of those that ended.

The codes and their years come from python-stdnum's table, which runs from 1980 on. A code that ended in the year in which another began
under the same name in the same prefecture, or else in the same province (江都市 became 江都区), is followed by it; successors of other
names are listed in ``divisions.yaml``, and where there is doubt there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.codes import code_text

STATISTICS_CODES = range(71, 80)
"""The last two digits that the statistics office gives to development zones, which GB/T 2260 leaves out."""

NO_NAMES = frozenset(("市辖区", "县", "市", "市区", "林区", "省直辖县级行政单位", "自治区直辖县级行政单位"))
"""What stands where a code gathers others and names no place."""

_PEOPLES = (
    "阿昌 白 保安 布朗 布依 朝鲜 达斡尔 傣 德昂 东乡 侗 独龙 俄罗斯 鄂伦春 鄂温克 高山 仡佬 哈尼 哈萨克 "
    "赫哲 回 基诺 京 景颇 柯尔克孜 拉祜 黎 傈僳 珞巴 满 毛南 门巴 蒙古 苗 仫佬 纳西 怒 普米 羌 撒拉 畲 水 "
    "塔吉克 塔塔尔 土家 土 佤 维吾尔 乌孜别克 锡伯 瑶 彝 裕固 藏 壮 各"
).split()
_SPAN = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?([^,\[\]]+)")
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族?)*族?自治[区州县旗]$")
_KIND = re.compile(r"(?:族?自治[区州县旗]|特别行政区|林区|特区|地区|(?<=..)新区|[省市县区旗盟])$")
_MOVED = {"50": ("50", "51"), "51": ("51", "50")}
"""Provinces between which divisions moved: 重庆 left 四川 in 1997."""


class Standing(NamedTuple):
    """A name that a code meant, from and to a year (0: not known, or still)."""

    name: str
    since: int
    until: int


def stem(name: str) -> str:
    """A division's name without its kind: 昆山市 as 昆山, 青龙满族自治县 as 青龙, 内蒙古自治区 as 内蒙古."""
    match = _AUTONOMOUS.match(name)
    return match[1] if match else _KIND.sub("", name)


@cache
def divisions() -> Mapping[str, tuple[Standing, ...]]:
    """What every six-digit code has meant, in order."""
    text = files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8")
    found: dict[str, tuple[Standing, ...]] = {}
    province = ""
    for line in text.splitlines():
        code, _, said = line.strip().partition(" ")
        if not line.startswith(" "):
            province = code
        elif spans := said.partition('"')[2].rstrip('"'):
            found[province + code] = _standings(spans)
    found.update({code: _standings(spans) for code, spans in _further()["newer"].items()})
    return found


def _standings(spans: str) -> tuple[Standing, ...]:
    return tuple([Standing(name, int(since or 0), int(until or 0)) for since, until, name in _SPAN.findall(spans)])


@cache
def _further() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_suffix(".yaml").open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # type: ignore[no-any-return]


def standings(code: str) -> tuple[Standing, ...]:
    """What a six-digit code has meant, in order; empty if the standard does not know it."""
    return divisions().get(code, ())


@cache
def _begun() -> Mapping[tuple[str, str], tuple[tuple[str, int], ...]]:
    """By province and stem, the codes that bore a name of that stem, with the year in which they began to."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for code, past in divisions().items():
        for standing in past:
            if standing.since:
                found[code[:2], stem(standing.name)].append((code, standing.since))
    return {key: tuple(codes) for key, codes in found.items()}


@cache
def successor(code: str) -> str | None:
    """The code that followed one which ended, or ``None`` if it stands or nobody knows."""
    past = standings(code)
    if not past or not past[-1].until:
        return None
    if (name := _further()["followed"].get(code)) is not None:
        return _standing_code(name, code)
    began = (past[-1].until, past[-1].until + 1)
    provinces = _MOVED.get(code[:2], (code[:2],))
    found = [
        other
        for province in provinces
        for other, since in _begun().get((province, stem(past[-1].name)), ())
        if since in began and other != code and other.endswith("00") == code.endswith("00")
    ]
    same_prefecture = [other for other in found if other[:4] == code[:4]]
    return _only(same_prefecture or found)


def _only(codes: list[str]) -> str | None:
    """The one code; of several, the one that they all became (建阳县 was 建阳市 under two prefectures)."""
    if len(codes) <= 1:
        return codes[0] if codes else None
    ends = {current_code(other) for other in codes}
    return ends.pop() if len(ends) == 1 else None


def _standing_code(name: str, code: str) -> str | None:
    """The code that bears a name today, in the same prefecture if it can be, else in the same province."""
    bearers = [other for other in _bearers(code[:2]) if standings(other)[-1].name == name]
    near = [other for other in bearers if other[:4] == code[:4]] or bearers
    return near[0] if len(near) == 1 else None


def _bearers(province: str) -> Iterator[str]:
    return (code for code, past in divisions().items() if code[:2] == province and not past[-1].until)


@cache
def current_code(code: str) -> str:
    """The code that stands today for what ``code`` meant: itself, or the last of its successors."""
    seen = {code}
    while (following := successor(code)) is not None and following not in seen:
        seen.add(following)
        code = following
    return code


def _gb2260(text: str, _: Context) -> Cleaned:
    """2, 4 or 6 digits; 9 for a town, 12 for a village, as the statistics office extends it. Zeros are added or taken off."""
    code = code_text(text)
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", code):
        raise ValueProblem(
            message("'{text}' is not a division code", text=text),
            value=text,
            hint=message("It has 6 digits, such as 321003; 9 for a town."),
        )
    if len(code) == 12 and code.endswith("000"):
        code = code[:9]
    if len(code) == 9 and code.endswith("000"):
        code = code[:6]
    code = code.ljust(6, "0")
    known = standings(code[:6])
    if not known and not standings(code[:2] + "0000"):
        return Cleaned(code, flags=("unknown-province",), identifier=False)
    if not known:
        statistics = int(code[4:6]) in STATISTICS_CODES
        return Cleaned(code, flags=("statistics-code",) if statistics else ("unknown-code",))
    following = current_code(code[:6])
    suggested = following if len(code) == 6 and following != code else ""
    return Cleaned(code, flags=("superseded",) if known[-1].until else (), suggested=suggested)


TYPES = (CleanedBy("gb2260", _gb2260),)
