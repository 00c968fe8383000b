"""Each built-in mapping on a few rows of our own in the real layout: what becomes of them, and of their dirt."""

from __future__ import annotations

import re

from graph.model import ClaimKind
from tests.ingest.conftest import MapFile

PARTICIPATION = (
    "rcn,role,pic,type,contribution,country,start_date,end_date,max_contribution,total_cost,start_year,end_year,duration,group,nunique\n"
)
ORGANISATIONS = (
    '"orgId","name","shortName","activityType","street","postCode","city","country","organizationUrl",'
    '"numProjects","numPartners","totMoney"\n'
)
WEEKLY = (
    '"projectID","projectAcronym","organisationID","vatNumber","name","shortName","SME","activityType","street","postCode","city","country",'
    '"nutsCode","geolocation","organizationURL","contactForm","contentUpdateDate","rcn","order","role","ecContribution",'
    '"netEcContribution","totalCost","endOfParticipation","active"\n'
)
COMPANY = "id\tgpdm\tgpjc\tgpywjc\tssb\tcxzt\tgsmc\tgssx\tclrq\tzczb\tfddbr\tjyfw\tzycp\tsf\tcs\tzcdz\tbgdz\txydm\thymc\thydm\n"


def test_cordis_participation(mapped: MapFile) -> None:
    found = mapped(
        "participation.csv",
        PARTICIPATION + "900001,coordinator,900000013,HES,329000,NA,2015-03-01,2018-08-31,5230698.75,6079642.5,2015,2018,42,tc,2\n"
        "900001,participant,900000026,PRC,NA,BE,2015-03-01,NA,5230698.75,6079642.5,2015,NA,NA,eu15,2\n"
        "900001,participant,900000039,XXX,,BE,2015-03-01,2018-08-31,1,1,2015,2018,42,eu15,2\n"
        "900002,participant,900000026,PRC,,BE,2015-02-31,2018-08-31,1,1,2015,2018,42,eu15,2\n"
        "900003,participant,900000026,PRC,,BE,2018-08-31,2015-03-01,1,1,2015,2018,42,eu15,2\n"
        ",participant,900000026,PRC,,BE,2015-03-01,2018-08-31,1,1,2015,2018,42,eu15,2\n",
    )
    assert found.mappings == ["cordis-participation"]
    assert found.node("pic:900000013").type == "University"
    assert found.node("pic:900000013").values["country"] == "NA"
    assert found.ids("Enterprise") == {"pic:900000026"}
    first, second, undated = found.drafts(ClaimKind.RELATIONSHIP)
    assert not {"validFrom", "validTo"} & undated.values.keys(), "it ends before it begins"
    assert (first.type, first.subject, first.object) == ("PARTICIPATES_IN", "pic:900000013", "cordis-project:900001")
    assert dict(first.values) == {"role": "coordinator", "contributionEur": 329000, "validFrom": "2015-03-01", "validTo": "2018-08-31"}
    assert dict(second.values) == {"role": "participant", "validFrom": "2015-03-01"}
    assert found.keys() == {"900001\x1f900000013", "900001\x1f900000026", "900003\x1f900000026"}
    assert [(each.row, each.column) for each in found.rejected] == [(4, "type"), (5, "start_date"), (7, "rcn")]
    assert [each.reason.zh for each in found.rejected] == ["类型不认得", "不合“开始日期”的规则", "缺标识"]


def test_cordis_organisations_repairs_captions(mapped: MapFile) -> None:
    garbled = "Instituto Politécnico".encode().decode("mac-roman")
    found = mapped(
        "organisations.csv",
        ORGANISATIONS + f'"900000013","{garbled}","IP","REC","RUA 1","","Porto","PT","","1","0","50000"\n'
        '"900000026","NA","","PRC","","","","NA","","1","0","0"\n',
    )
    node = found.node("pic:900000013")
    assert node.values["name"] == "Instituto Politécnico"
    assert node.raw["name"] == garbled
    assert [(notice.column, notice.dropped) for notice in found.notices()] == [("name", False), ("name", True)]
    assert "name" not in found.node("pic:900000026").values, "NA is no name, and said to be none"


def test_cordis_weekly_keeps_grant_numbers_apart(mapped: MapFile) -> None:
    row = (
        '"700001","ACRO","900000013","BE000","EXAMPLE LTD","EX","True","PRC","1 ROAD","AB1","TOWN","UK","","52.2,0.1","","https://example.org/1",'
        '"2023-03-10 21:15:00","555001","{order}","{role}","50000.0","50000.0","71429","False",""\n'
    )
    found = mapped("organization.csv", WEEKLY + row.format(order=1, role="coordinator") + row.format(order=2, role="thirdParty"))
    assert found.ids("Project") == {"cordis-grant:700001"}
    assert [d.values["role"] for d in found.drafts(ClaimKind.RELATIONSHIP)] == ["coordinator", "thirdParty"]
    assert len(found.keys()) == 2


def test_nsfc_keys_a_person_within_a_unit(mapped: MapFile) -> None:
    found = mapped(
        "nsfc.csv",
        '"项目批准号","项目类别","项目名称","依托单位","负责人","金额","起止年月","总评"\n'
        '"90000001","面上项目","示例一","示例大学","李   样","18.5","2018.01-2020.12","优"\n'
        '"90000002","面上项目","示例二","示例大学","李样","18","2019.01-2021.12","尚未评估"\n'
        '"90000003","面上项目","示例三","虚构科学院","李样","x","2019.01-2021.12",""\n'
        '"90000004","面上项目","示例四","示例大学（北京）","王拟","1","2019.01-2021.13",""\n',
    )
    people = found.ids("Person")
    assert len(people) == 3
    assert all(re.fullmatch(r"nsfc-person:[0-9a-f]{16}", each) for each in people)
    assert found.same() == {(f"nsfc-unit:{name}", f"cn-university-name:{name}") for name in ("示例大学", "示例大学(北京)")}
    unit_of = dict(found.ends("EMPLOYED_BY"))
    led = {project: unit_of[person] for person, project in found.ends("PRINCIPAL_INVESTIGATOR_OF")}
    assert led["nsfc:90000001"] == led["nsfc:90000002"] == "nsfc-unit:示例大学"
    assert led["nsfc:90000003"] == "nsfc-unit:虚构科学院"
    project = found.node("nsfc:90000001").values
    assert (project["startDate"], project["endDate"], project["amountWan"]) == ("2018-01", "2020-12", 18.5)
    assert all(d.values["published"] is True for d in found.drafts(ClaimKind.NODE, "Person"))
    assert "endDate" not in found.node("nsfc:90000004").values
    noted = [(notice.column, notice.value, notice.dropped) for notice in found.notices()]
    assert noted == [("金额", "x", True), ("起止年月", "2019.01-2021.13", True)]


def test_universities_carry_their_full_name_as_an_identifier(mapped: MapFile) -> None:
    found = mapped(
        "u.csv",
        "id,name,code,department,address,level,remarks\n"
        "1,示例大学（北京）,4111010001,教育部,北京市,本科,\n2,坏码大学,411101,教育部,北京市,本科,\n",
    )
    assert found.ids("University") == {"school:4111010001"}
    assert found.same() == {("school:4111010001", "cn-university-name:示例大学(北京)")}
    assert [(each.row, each.column, each.value) for each in found.rejected] == [(3, "code", "411101")]


def test_listed_companies_join_code_and_stock(mapped: MapFile) -> None:
    row = (
        "0\t{stock}\t示例\tEX\t创业板\tL\t{name}\t民营企业\t2000-01-02\t1000000.0\t甲示例\t经营\t甲、乙\t江苏省\t扬州市\t扬州市某路\t扬州市\t{code}"
        "\t制造业-通用设备制造业\tC-C34--\n"
    )
    good_row = row.format(stock="300001.SZ", name="示例股份有限公司", code="91350100M000100Y43")
    bad_row = row.format(stock="300002.SZ", name="坏码股份有限公司", code="91350100M000100Y44")
    found = mapped("company.csv", COMPANY + good_row + bad_row, "gb18030")
    good = found.node("uscc:91350100M000100Y43").values
    assert (good["stockCode"], good["industryCode"], good["mainProducts"], good["foundedOn"]) == (
        "300001.SZ",
        "C34",
        ("甲", "乙"),
        "2000-01-02",
    )
    assert found.same() == {("uscc:91350100M000100Y43", "stock:300001.SZ")}
    assert found.node("stock:300002.SZ").values["uscc"] == "91350100M000100Y44"
    assert "校验位不符" in found.notices()[0].reason.zh


def test_a_director_is_a_person_of_that_company(mapped: MapFile) -> None:
    found = mapped(
        "keydirector.csv",
        "id\tgpdm\tzwdm\tname\n0\t300001.SZ\tdsz\t王军\n0\t300001.SZ\tzjl\t王军\n0\t300002.SZ\tgsds\t王军\n0\t300002.SZ\tgsds\t\n",
        "gb18030",
    )
    assert len(found.ids("Person")) == 2
    assert not any("王" in each for each in found.ids("Person"))
    assert [d.values["post"] for d in found.drafts(ClaimKind.RELATIONSHIP)] == ["董事长", "总经理", "董事"]
    assert [(each.row, each.column, each.reason.en) for each in found.rejected] == [(5, "name", "no id")]


def test_shareholders_are_people_of_the_company_or_organisations(mapped: MapFile) -> None:
    names = ["张拟", "示例投资有限公司", "四川大学", "XIUYING HU", "NORGES BANK", "阿里甫·示例", "杨成社", "示例农业科学院"]
    rows = "".join(f"0\t300001.SZ\t{order}\t{name}\t100.0\t{order}.5\n" for order, name in enumerate(names))
    found = mapped("shareholder.csv", "id\tgpdm\torder\tname\tgdcg\tgdcgbl\n" + rows, "gb18030")
    assert {d.values["name"] for d in found.drafts(ClaimKind.NODE, "Person")} == {"张拟", "XIUYING HU", "阿里甫·示例", "杨成社"}
    organisations = ("示例投资有限公司", "四川大学", "NORGES BANK", "示例农业科学院")
    assert found.ids("Organization") == {f"sz-holder:{name}" for name in organisations}
    assert found.same() == {("sz-holder:四川大学", "cn-university-name:四川大学")}
    assert {target for _, target in found.ends("SHAREHOLDER_OF")} == {"stock:300001.SZ"}


def test_suppliers_and_customers_without_a_name_are_rejected(mapped: MapFile) -> None:
    names = ["第一名", "供应商三", "客户A", "第1名", "其他", "供应商 2", "上海**有限公司", "A公司", "甲"]
    rows = "".join(f"0\t300001.SZ\t{name}\t2017\t{order}\t5.87\n" for order, name in enumerate(names))
    found = mapped("supplier.csv", "id\tgpdm\tgysmc\tbgnd\torder\tgysbl\n" + rows, "gb18030")
    assert not found.loaded
    assert {(each.column, each.reason.en) for each in found.rejected} == {("gysmc", "a placeholder name")}
    assert [each.value for each in found.rejected] == names


def test_only_a_full_name_joins_companies(mapped: MapFile) -> None:
    names = ("河北大学", "示例重工有限公司", "杨波")
    rows = "".join(f"{name}\t{code}\t2017.0\t1.0\t2.87\n" for name in names for code in ("300001.SZ", "300002.SZ"))
    found = mapped("customer.csv", "mc\tgpdm\tbgnd\torder\tbl\n" + rows)
    assert found.mappings == ["listed-companies-customers"]
    named = {each for each in found.ids("Organization") if each.startswith("sz-customer:")}
    assert named == {"sz-customer:河北大学", "sz-customer:示例重工有限公司"}
    assert len(found.ids("Organization") - named) == 2
    assert ("stock:300001.SZ", "sz-customer:河北大学") in found.ends("SUPPLIES")
    assert {d.values["year"] for d in found.drafts(ClaimKind.RELATIONSHIP)} == {2017}
