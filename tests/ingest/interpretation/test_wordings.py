"""Tables of known kinds in other words and languages than those that the lexicon was first made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.interpretation.saying import said


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("Name;Vorname;Funktion;Institution", "Ortel;Jorg;Mitglied;Hochschule Nordhafen", "Jorg Ortel"),
        ("Last name;First name;Role;Institution", "Keane;Anna;Chair;Northbank University", "Anna Keane"),
        ("Nom;Prénom;Fonction;Établissement", "Lefort;Zoé;Membre;Université de Valmont", "Zoé Lefort"),
        ("姓;名;职务;工作单位", "周;涛;理事;江北大学", "周涛"),
        ("姓;名;職名;所属", "山田;花子;教授;北浜大学", "山田花子"),
    ],
)
def test_a_name_in_two_columns_is_one_name(tmp_path: Path, header: str, row: str, name: str) -> None:
    found = said(tmp_path, f"{header}\n{row}\n")
    assert ("Person", name) in found.nodes
    assert len([node for node in found.nodes if node[0] == "Person"]) == 1


def test_the_leader_of_a_contract_leads_its_project(tmp_path: Path) -> None:
    table = (
        "合同编号,合同名称,委托方,受托方,项目负责人（受托方）,联系人（委托方）,签订日期\n"
        "J-1,焊缝检测,江北泵业有限公司,江北大学,周涛,孙明,2022-03-15\n"
        "J-2,轴承寿命,江南轴承厂,江南学院,钱进,李强,2022-04-02\n"
    )
    found = said(tmp_path, table)
    assert ("PRINCIPAL_INVESTIGATOR_OF", "周涛", "焊缝检测") in found.ties
    assert ("PARTICIPATES_IN", "江北泵业有限公司", "焊缝检测", "2022-03-15", "") in found.dated
    assert {("EMPLOYED_BY", "周涛", "江北大学"), ("CONTACT_FOR", "孙明", "江北泵业有限公司")} <= found.ties


def test_the_object_of_a_french_convention_is_what_the_parties_do(tmp_path: Path) -> None:
    table = (
        "N°;Laboratoire;Responsable scientifique;Entreprise partenaire;Objet;Date de signature\n"
        "C-1;Institut de Physique de Valmont;Mme Zoé Lefort;Verreries du Lac SA;Fours sobres;12/03/2021\n"
        "C-2;Université de Morlieu;M. Guy Tardieu;Pompes Girard SAS;Joints étanches;25/09/2021\n"
    )
    found = said(tmp_path, table, "conventions.csv")
    assert ("PRINCIPAL_INVESTIGATOR_OF", "Zoé Lefort", "Fours sobres") in found.ties
    assert ("PARTICIPATES_IN", "Verreries du Lac SA", "Fours sobres", "2021-03-12", "") in found.dated


def test_master_and_apprentice_both_work_where_the_one_learns(tmp_path: Path) -> None:
    table = (
        "师傅姓名,徒弟姓名,单位,拜师时间,出师时间\n"
        "钱进,孙明,江南轴承厂,2020.9,2022.9\n钱进,李强,〃,2021.9,在学\n周涛,吴用,江北泵业有限公司,2021/3/1,2023/2/28\n"
    )
    found = said(tmp_path, table)
    assert ("MENTORS", "钱进", "孙明", "2020-09", "2022-09") in found.dated
    assert ("MENTORS", "钱进", "李强", "2021-09", "") in found.dated
    assert {("EMPLOYED_BY", "钱进", "江南轴承厂"), ("EMPLOYED_BY", "李强", "江南轴承厂")} <= found.ties


def test_an_adviser_belongs_elsewhere_than_where_advice_goes(tmp_path: Path) -> None:
    table = (
        "氏名,所属,職名,顧問先企業,委嘱期間\n"
        "山田 花子,北浜大学,教授,北浜精機株式会社,令和3年4月1日～令和5年3月31日\n佐藤 健,南浜大学,准教授,株式会社南浜食品,2023年4月～\n"
    )
    found = said(tmp_path, table)
    assert ("ADVISES", "山田花子", "北浜精機株式会社", "2021-04-01", "2023-03-31") in found.dated
    assert ("EMPLOYED_BY", "佐藤健", "南浜大学", "", "") in found.dated


def test_visitors_are_not_employed_where_they_go(tmp_path: Path) -> None:
    table = (
        "时间,走访企业,走访人员,企业接待\n"
        "2023.4.6,江北泵业有限公司,周涛、孙明,钱进\n2023.4.7,江南轴承厂,周涛，李强,吴用\n2023.5.20,江北泵业有限公司,李强等2人,同上\n"
    )
    found = said(tmp_path, table)
    assert not any(kind == "EMPLOYED_BY" for kind, _, _ in found.ties)
    assert ("Person", "李强") in found.nodes and ("CONTACT_FOR", "钱进", "江北泵业有限公司") in found.ties
    assert not any("等" in name for _, name in found.nodes)


def test_the_institution_of_the_first_author_is_not_that_of_the_others(tmp_path: Path) -> None:
    table = (
        "Title\tAuthors\tInstitution of first author\tJournal\tYear\n"
        "Tides in harbours\tKeane, Anna; Lang, Tom\tNorthbank University\tJ. Mar. Stud.\t2019\n"
        "Dryers for grain\tLang, Tom; Roth, Ines\tSouthbank Institute\tAgr. Lett.\t2021\n"
    )
    found = said(tmp_path, table, "pubs.tsv")
    assert {("CREATED", "Anna Keane", "Tides in harbours"), ("CREATED", "Tom Lang", "Tides in harbours")} <= found.ties
    employed = {tie[1:] for tie in found.ties if tie[0] == "EMPLOYED_BY"}
    assert employed == {("Anna Keane", "Northbank University"), ("Tom Lang", "Southbank Institute")}
    assert len([node for node in found.nodes if node[0] == "Person"]) == 3


def test_the_dates_of_an_appointment_are_those_of_the_advice(tmp_path: Path) -> None:
    table = (
        "企业名称,技术顾问（高校）,顾问所在单位,企业对接人,受聘时间,期满\n"
        "江北泵业有限公司,周涛,江北大学,李强,2020.5,2023.5\n江南轴承厂,钱进,江南学院,吴用,2021.6,2024.6\n"
    )
    found = said(tmp_path, table)
    assert ("ADVISES", "周涛", "江北泵业有限公司", "2020-05", "2023-05") in found.dated
    assert ("EMPLOYED_BY", "周涛", "江北大学", "", "") in found.dated


def test_the_host_of_a_grant_runs_its_project(tmp_path: Path) -> None:
    table = (
        "Scheme ref,Title of award,Lead applicant,Host,Co-applicant,Sponsor\n"
        "G1,Quiet pumps,Dr Anna Keane,Northbank University,Tom Lang,Harbour Trust\n"
        "G2,Cool stores,Prof Ines Roth,Eastbank College,Paul Deng; Omar Haddad,Lantern Foundation\n"
    )
    found = said(tmp_path, table)
    assert {("RUN_BY", "Quiet pumps", "Northbank University"), ("EMPLOYED_BY", "Ines Roth", "Eastbank College")} <= found.ties
    assert {("PARTICIPATES_IN", "Omar Haddad", "Cool stores"), ("FUNDER_OF", "Harbour Trust", "Quiet pumps")} <= found.ties


def test_an_investigator_is_no_employee_of_the_company_beside(tmp_path: Path) -> None:
    table = (
        "Objeto del convenio;Universidad;Empresa;Investigador responsable\n"
        "Bombas silenciosas;Universidad de Valdeoro;Bombas Ribera SA;Lucía Ferrer Gil\n"
        "Frío solar;Instituto Químico de Olmar;Fríos del Sur SL;Pablo Ríos\n"
    )
    ties = said(tmp_path, table, "convenios.csv").ties
    assert {tie for tie in ties if tie[0] == "EMPLOYED_BY"} == {
        ("EMPLOYED_BY", "Lucía Ferrer Gil", "Universidad de Valdeoro"),
        ("EMPLOYED_BY", "Pablo Ríos", "Instituto Químico de Olmar"),
    }


def test_names_of_advisers_in_two_columns(tmp_path: Path) -> None:
    table = (
        "Client (company),Adviser last name,Adviser first name,University of adviser,Engaged since\n"
        "Southbank Pumps Ltd,Keane,Anna,Northbank University,2019-02-01\nWestbank Stores Ltd,Roth,Ines,Eastbank College,2020-06-01\n"
    )
    found = said(tmp_path, table)
    assert ("ADVISES", "Anna Keane", "Southbank Pumps Ltd", "2019-02-01", "") in found.dated
    assert ("EMPLOYED_BY", "Anna Keane", "Northbank University") in found.ties


def test_who_goes_between_two_organisations_is_what_ties_them(tmp_path: Path) -> None:
    table = (
        "Secondee,Line manager,Home institution,Host,Joined,Left\n"
        "Anna Keane,Tom Lang,Northbank University,Southbank Pumps Ltd,2019-02-01,2020-01-31\n"
        "Ines Roth,Paul Deng,Eastbank College,Northbank Council,2020-06-01,\n"
    )
    assert said(tmp_path, table).dated == {
        ("EMPLOYED_BY", "Anna Keane", "Northbank University", "", ""),
        ("SECONDED_TO", "Anna Keane", "Southbank Pumps Ltd", "2019-02-01", "2020-01-31"),
        ("EMPLOYED_BY", "Ines Roth", "Eastbank College", "", ""),
        ("SECONDED_TO", "Ines Roth", "Northbank Council", "2020-06-01", ""),
    }


def test_brackets_say_whose_each_of_several_people_is(tmp_path: Path) -> None:
    table = (
        "博士后姓名,流动站单位,工作站单位,合作导师（流动站）,企业导师,进站时间,出站时间\n"
        "孙明,江北大学,江北泵业有限公司,周涛,李强,2020.9,2022.9\n吴用,江南学院,江南轴承厂,钱进,赵磊,2021.6,\n"
    )
    found = said(tmp_path, table)
    assert {("EMPLOYED_BY", "周涛", "江北大学"), ("EMPLOYED_BY", "李强", "江北泵业有限公司")} <= found.ties
    assert ("SUPERVISES", "钱进", "吴用", "2021-06", "") in found.dated


def test_a_contact_of_the_client_is_that_of_the_only_firm(tmp_path: Path) -> None:
    table = (
        "Partner company,Contact (client),Academic lead,Department,Work title,Kick-off,Wrap-up\n"
        "Southbank Pumps Ltd,Paul Deng,Dr Anna Keane,School of Engineering,Quiet pumps,2019-02-01,2020-01-31\n"
        "Westbank Stores Ltd,Omar Haddad,Prof Ines Roth,School of Physics,Cool stores,2020-06-01,2021-05-31\n"
    )
    found = said(tmp_path, table)
    assert ("CONTACT_FOR", "Paul Deng", "Southbank Pumps Ltd") in found.ties
    assert ("PRINCIPAL_INVESTIGATOR_OF", "Anna Keane", "Quiet pumps", "2019-02-01", "2020-01-31") in found.dated


def test_where_somebody_is_posted_may_have_a_contact_of_its_own(tmp_path: Path) -> None:
    table = (
        "姓名,所在学校,受聘企业,聘用期限,企业联系人\n"
        "周涛,江北大学,江北泵业有限公司,2020.9-2023.8,李强\n钱进,江南学院,江南轴承厂,2021年1月至2023年12月,吴用\n"
    )
    assert said(tmp_path, table).dated >= {
        ("EMPLOYED_BY", "周涛", "江北大学", "", ""),
        ("SECONDED_TO", "周涛", "江北泵业有限公司", "2020-09", "2023-08"),
        ("CONTACT_FOR", "李强", "江北泵业有限公司", "", ""),
    }


def test_who_hands_a_result_over_is_its_owner(tmp_path: Path) -> None:
    table = "技术成果名称,完成人,转让方,受让方,签约时间\n一种静音泵,周涛、孙明,江北大学,江北泵业有限公司,2021.5\n"
    table += "一种轴承,钱进等3人,江南学院,江南轴承厂,2022.6\n"
    assert said(tmp_path, table).ties == {
        ("CREATED", "周涛", "一种静音泵"),
        ("CREATED", "孙明", "一种静音泵"),
        ("APPLICANT_OF", "江北大学", "一种静音泵"),
        ("TRANSFORMED_AT", "一种静音泵", "江北泵业有限公司"),
        ("CREATED", "钱进", "一种轴承"),
        ("APPLICANT_OF", "江南学院", "一种轴承"),
        ("TRANSFORMED_AT", "一种轴承", "江南轴承厂"),
    }


def test_a_unit_with_a_post_in_its_column_is_a_unit(tmp_path: Path) -> None:
    table = (
        "挂职干部姓名,原任职单位及职务,挂职地,开始年月,届满\n"
        "周涛,江北大学处长,江北市科技局,2020.9,2021.8\n钱进,江南学院副院长,江南轴承厂,2021.3,2022.2\n"
    )
    found = said(tmp_path, table)
    assert ("SECONDED_TO", "周涛", "江北市科技局", "2020-09", "2021-08") in found.dated
    assert {("EMPLOYED_BY", "周涛", "江北大学"), ("EMPLOYED_BY", "钱进", "江南学院")} <= found.ties
