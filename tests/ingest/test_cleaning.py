"""What becomes of a cell, rule by rule: the text as it stands, the clean value, what is said of it; and that the raw text is kept."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from graph.model import ClaimKind, Draft
from graph.ontology.schema import Ontology
from graph.values.absence import no_organisation
from ingest.clean import value_text
from ingest.compiler import compile_mapping
from ingest.explain import NO_NAME
from ingest.mapping import load_mapping_text
from ingest.outcome import Mapped, Notice, Rejected
from ingest.readers import SourceRow
from tests.ingest.conftest import MapFile

MAPPING = """
mapping: one-cell
source: {{id: test, name: 表, date: "2020-09-10"}}
format: {format}
columns: {{required: [键, 格]}}
nodes:
  node:
    type: {type}
    id: {{source: test-key, column: 键{hashed}}}
    properties:
      {property}: {spec}
"""
NO_DATE, NEGOTIABLE, CENTURY = "原表无日期", "面议，没有数额", "年份只有两位：补全世纪"
NO_YEAR, ABOUT, AT_LEAST = "没写年份：按文件年份补", "约数", "“以上”：按下限计"
GARBLED, REPAIRED, IN_WORDS = "疑似乱码", "乱码已修复，原文保留", "只有文字说法，没有等级数"
TERM = "Secondment.startDate"


class Case(NamedTuple):
    """``where`` is type and property; ``gives`` the properties that are stored; ``said`` the notices' reasons."""

    where: str
    text: str
    gives: dict[str, object]
    said: tuple[str, ...] = ()
    spec: str = "格"
    format: str = "{}"
    epoch1904: bool = False


RULES: dict[str, Case] = {
    "full width in a code": Case("Enterprise.uscc", "９１350100M000100Y43", {"uscc": "91350100M000100Y43"}),
    "spaces in a code": Case("Enterprise.uscc", " 91350100 M000100Y43", {"uscc": "91350100M000100Y43"}),
    "full width in a number": Case("Studio.memberCount", "５", {"memberCount": 5}),
    "unit in a number": Case("Studio.memberCount", "6人", {"memberCount": 6}),
    "about": Case("Studio.memberCount", "约10", {"memberCount": 10}, (ABOUT,)),
    "at least": Case("Studio.memberCount", "20家以上", {"memberCount": 20}, (AT_LEAST,)),
    "spaces in a person's name": Case("Person.name", "张  拟", {"name": "张拟"}),
    "wide space in a person's name": Case("Person.name", "张　拟", {"name": "张拟"}),
    "spaces of a Latin name stay": Case("Person.name", "Anna  Maria", {"name": "Anna Maria"}),
    "wide space in the name of a need": Case("Need.name", "轻量化　焊接", {"name": "轻量化焊接"}),
    "space in the name of a firm": Case("Enterprise.name", "示例 重工", {"name": "示例重工"}),
    "space between Han and Latin stays": Case("Need.name", "基于 TRL 的评价", {"name": "基于 TRL 的评价"}),
    "line break in a cell": Case("Need.name", "轻量化\n焊接", {"name": "轻量化焊接"}),
    "no list where none is expected": Case("Need.name", "机械、电子；自动化/控制", {"name": "机械、电子；自动化/控制"}),
    "a list where one is": Case(
        "Enterprise.aliases",
        "示例甲、示例 乙；示例丙/示例甲",
        {"aliases": ("示例甲", "示例乙", "示例丙")},
        spec="{column: 格, split: 、；/}",
    ),
    "others as a number": Case(
        "Achievement.contributorCount", "李样本等3人", {"contributorCount": 3}, spec="{column: 格, extract: '等(\\d+)人'}"
    ),
    "dotted month": Case(TERM, "2020.8", {"startDate": "2020-08"}),
    "month in Chinese": Case(TERM, "2020年8月", {"startDate": "2020-08"}),
    "numerals in Chinese": Case(TERM, "二〇二〇年九月", {"startDate": "2020-09"}),
    "day in Chinese": Case(TERM, "2020年12月31日", {"startDate": "2020-12-31"}),
    "slashes": Case(TERM, "2018/9/1", {"startDate": "2018-09-01"}),
    "year alone": Case(TERM, "2012", {"startDate": "2012"}),
    "serial number of 1900": Case(TERM, "44084", {"startDate": "2020-09-10"}),
    "serial number of 1904": Case(TERM, "42622", {"startDate": "2020-09-10"}, epoch1904=True),
    "no year": Case(TERM, "9月10日", {"startDate": "2020-09-10"}, (NO_YEAR,)),
    "no year, dotted": Case(TERM, "09.05", {"startDate": "2020-09-05"}, (NO_YEAR,)),
    "two-digit year": Case(TERM, "16.03", {"startDate": "2016-03"}, (CENTURY,)),
    "end of a year": Case(TERM, "2020年底前", {"startDate": "2020"}, (ABOUT,)),
    "no date at all": Case(TERM, "0000-00-00", {}, (NO_DATE,)),
    "start of a range": Case(TERM, "2020年8月—2022年7月", {"startDate": "2020-08"}, spec="{column: 格, options: {part: start}}"),
    "end of a range": Case("Secondment.endDate", "2020.8-2021.8", {"endDate": "2021-08"}, spec="{column: 格, options: {part: end}}"),
    "range that goes on": Case("Secondment.endDate", "2020.8至今", {}, ("仍在进行",), spec="{column: 格, options: {part: end}}"),
    "range of amounts": Case("Need.budgetWan", "50-80", {"budgetWanMin": 50.0, "budgetWanMax": 80.0}),
    "negotiable": Case("Need.budgetWan", "面议", {}, (NEGOTIABLE,)),
    "in ten thousands": Case("Need.budgetWan", "30万", {"budgetWan": 30.0}),
    "in ten thousand yuan": Case("Agreement.contractWan", "50万元", {"contractWan": 50.0}),
    "bare amount": Case("Agreement.contractWan", "20", {"contractWan": 20.0}),
    "in yuan, converted": Case("Agreement.contractWan", "200000元", {"contractWan": 20.0}),
    "column in yuan": Case("Agreement.contractWan", "200000", {"contractWan": 20.0}, spec="{column: 格, options: {unit: yuan}}"),
    "slash that means nothing": Case("Agreement.contractWan", "/", {}, spec="{column: 格, null_texts: [/]}"),
    "batch, 批": Case("Batch.no", "第十三批", {"no": 13}),
    "batch, 期": Case("Batch.no", "13期", {"no": 13}),
    "batch, 届": Case("Batch.no", "第十三届", {"no": 13}),
    "batch, bare numerals": Case("Batch.no", "十三", {"no": 13}),
    "decimal comma that is plain": Case("Project.totalCostEur", "211562,5", {"totalCostEur": 211562.5}),
    "decimal comma by the mapping": Case("Project.totalCostEur", "1.234,5", {"totalCostEur": 1234.5}, format="{decimal_comma: true}"),
    "thousands": Case("Project.totalCostEur", "1,234.5", {"totalCostEur": 1234.5}),
    "NA is Namibia": Case("Enterprise.country", "NA", {"country": "NA"}),
    "NA is nothing where the mapping says so": Case("Enterprise.country", "NA", {}, spec="{column: 格, null_texts: [NA]}"),
    "mojibake is proposed": Case("University.name", "UniversitÃ¤t Wien", {"name": "UniversitÃ¤t Wien"}, (GARBLED,)),
    "mojibake is put right where asked": Case(
        "University.name",
        "Instituto Polit√©cnico",
        {"name": "Instituto Politécnico"},
        (REPAIRED,),
        "{column: 格, options: {repair: 'true'}}",
    ),
    "characters that are lost": Case("University.name", "扬州锟斤拷", {"name": "扬州锟斤拷"}, (GARBLED,)),
    "accents are no mojibake": Case("University.name", "École Polytechnique, Ångström", {"name": "École Polytechnique, Ångström"}),
    "readiness in words": Case("Achievement.trl", "中试", {}, (IN_WORDS,)),
    "readiness": Case("Achievement.trl", "ＴＲＬ６", {"trl": 6}),
    "patent applied for": Case("Achievement.patentNo", "申请中", {}, ("申请中，尚无编号",)),
    "share in per cent": Case("Target.reported", "80%", {"reported": 0.8}),
    "yes and no": Case("Achievement.transformed", "未", {"transformed": False}),
    "date that cannot be": Case("Need.dueDate", "2021-02-30", {}, ("不合“截止日期”的规则",), "{column: 格, on_error: drop_value}"),
    "date in words": Case("Need.dueDate", "年底前", {}, ("不合“截止日期”的规则",), "{column: 格, on_error: drop_value}"),
    "letter O in a code": Case(
        "Enterprise.uscc",
        "9135O100M000100Y43",
        {"uscc": "9135O100M000100Y43"},
        ("校验位不符：保留原文，不作标识", "含不该有的字母：O 应为 0，I 应为 1"),
    ),
}


def cleaned(ontology: Ontology, case: Case) -> Mapped | Rejected:
    type, property = case.where.split(".")
    hashed = ", hashed: true" if type == "Person" else ""
    name = f'"{property}"' if property == "no" else property
    text = MAPPING.format(type=type, property=name, spec=case.spec, format=case.format, hashed=hashed)
    mapper = compile_mapping(load_mapping_text(text, "one.yaml", ontology)["one-cell"], ontology, epoch1904=case.epoch1904, year=2020)
    return mapper.map(SourceRow(2, {"键": "1", "格": case.text}), "one.csv", "")


def of(mapped: Mapped | Rejected) -> tuple[Draft, tuple[Notice, ...]]:
    assert isinstance(mapped, Mapped)
    (draft,) = mapped.drafts.drafts
    return draft, mapped.notices


@pytest.mark.parametrize("rule", RULES)
def test_a_rule(ontology: Ontology, rule: str) -> None:
    case = RULES[rule]
    draft, notices = of(cleaned(ontology, case))
    assert dict(draft.values) == case.gives
    assert tuple(notice.reason.zh for notice in notices) == case.said
    assert all(notice.column == "格" and notice.reason.en for notice in notices)


@pytest.mark.parametrize("rule", RULES)
def test_the_raw_text_is_kept_where_it_says_more_than_the_value(ontology: Ontology, rule: str) -> None:
    case = RULES[rule]
    draft, notices = of(cleaned(ontology, case))
    target = case.where.split(".")[1]
    raw = draft.raw.get(target, "")
    given = draft.values.get(target)
    if given is not None and value_text(given) == case.text:
        assert raw == ""
    elif not any(notice.dropped for notice in notices) and case.spec.find("null_texts") < 0:
        assert raw == case.text.strip()


def test_what_was_probably_meant_is_proposed(ontology: Ontology) -> None:
    for rule, meant in {"mojibake is proposed": "Universität Wien", "letter O in a code": "91350100M000100Y43"}.items():
        _, notices = of(cleaned(ontology, RULES[rule]))
        assert all(meant in notice.hint.zh and meant in notice.hint.en for notice in notices)


def test_a_person_s_garbled_value_is_shown_to_nobody(ontology: Ontology) -> None:
    _, notices = of(cleaned(ontology, Case("Person.professionalTitle", "UniversitÃ¤t", {})))
    assert [(notice.value, notice.hint.zh) for notice in notices] == [("U＊", "")]


PLACEHOLDERS = "第一名 供应商三 第3名 客户A 股东甲 A公司 甲公司 公司B 单位一 某企业 某某公司 其他 第五大客户 XXX有限公司 无 待定 ** — 合计"
REAL = "三一集团 九三集团 第一医院 中国一重 一汽 无锡 四方集团 某 第一汽车 上海第一机床厂 其士集团 甲骨文公司"


def test_placeholders_and_names_that_only_look_like_them() -> None:
    assert all(no_organisation(name) for name in PLACEHOLDERS.split())
    assert not any(no_organisation(name) for name in ["", *REAL.split()])


@pytest.mark.parametrize("name", PLACEHOLDERS.split())
def test_a_placeholder_never_becomes_an_organisation(mapped: MapFile, name: str) -> None:
    found = mapped(
        "合作协议.csv",
        "协议号,甲方,乙方,类型,签订日期,合同额,到账\n"
        f"XY-1,扬州示例重工有限公司,{name},技术开发,2020-10-08,50万元,20\nXY-2,{name},扬州大学,技术开发,2020-10-08,50万元,20\n",
    )
    assert {draft.values["name"] for draft in found.drafts(ClaimKind.NODE) if draft.type in ("Enterprise", "University", "Agency")} == {
        "扬州示例重工有限公司",
        "扬州大学",
    }
    assert found.ids("Agreement") == {"city-agreement:XY-1", "city-agreement:XY-2"}, "the agreement itself is loaded"
    told = [(notice.column, notice.value, notice.dropped) for notice in found.notices() if notice.reason == NO_NAME]
    assert told == [("乙方", name, True), ("甲方", name, True)]


def test_others_are_counted_and_nobody_is_invented(mapped: MapFile) -> None:
    found = mapped(
        "科技成果.csv",
        "成果名称,完成人,单位,学科,成熟度,专利号,转化情况,类别\n示例伺服算法,李样本、张 拟等3人,东南大学,460,TRL6,,已转化,高校成果\n",
    )
    assert {draft.values["name"] for draft in found.drafts(ClaimKind.NODE, "Person")} == {"李样本", "张拟"}
    (count,) = {draft.values["contributorCount"] for draft in found.drafts(ClaimKind.NODE) if "contributorCount" in draft.values}
    assert count == 3


@pytest.mark.parametrize(
    ("written", "name", "id"),
    [
        ("邗江", "邗江区", "gb2260:321003"),
        ("江都市", "江都区", "gb2260:321012"),
        ("维扬区", "邗江区", "gb2260:321003"),
        ("经开区", "扬州经济技术开发区", "city-district:扬州经济技术开发区"),
        ("生态科技新城", "生态科技新城", "city-district:生态科技新城"),
        ("景区", "蜀冈-瘦西湖风景名胜区", "city-district:蜀冈-瘦西湖风景名胜区"),
    ],
)
def test_districts_that_were_renamed_or_have_no_code(mapped: MapFile, written: str, name: str, id: str) -> None:
    beside = "座谈,2020-09-04,仪征市,团员座谈\n"
    found = mapped("工作动态.csv", f"标题,日期,县区,正文\n走访,2020-09-03,{written},张拟到示例重工\n{beside}")
    assert found.ids("District") == {id, "gb2260:321081"}
    node = found.node(id)
    assert (node.values["name"], node.raw.get("name", name)) == (name, written)


def test_a_wrong_code_that_only_names_a_node_is_told(ontology: Ontology) -> None:
    """It feeds no property that would say so: the node goes by its list's own key."""
    text = """
mapping: codes
source: {id: codes, name: 表}
columns: {required: [键, 码]}
nodes:
  firm:
    type: Enterprise
    id: [{scheme: uscc, column: 码}, {source: codes-firm, column: 键}]
    properties: {name: 键}
"""
    mapper = compile_mapping(load_mapping_text(text, "codes.yaml", ontology)["codes"], ontology)

    def said(code: str) -> tuple[str, list[tuple[str, str, bool]]]:
        found = mapper.map(SourceRow(2, {"键": "示例企业", "码": code}), "表.csv", "")
        assert isinstance(found, Mapped)
        return found.drafts.drafts[0].subject, [(each.column, each.value, each.dropped) for each in found.notices]

    assert said("91350100M000100Y43") == ("uscc:91350100M000100Y43", [])
    assert said("91350100M000100Y44") == ("codes-firm:示例企业", [("码", "91350100M000100Y44", True)])
    assert said("无") == ("codes-firm:示例企业", [("码", "无", True)])
    assert said("") == ("codes-firm:示例企业", [])
