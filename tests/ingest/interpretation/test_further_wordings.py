"""Whole tables of known kinds in wordings of their own, with every tie that a careful reader takes from them, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.interpretation.saying import said

ENVOYS = (
    "编号,科技特派员,所在单位,派驻企业,派驻时间,期满时间,联系电话\n"
    "1,周涛,江北农业大学,江北种业有限公司,2021年3月,2023年2月,10000000001\n"
    "2,钱进,江南水产研究所,江南渔业有限公司,2022年5月,在岗,10000000002\n"
)
CONTRACTS = (
    "项目名称,甲方（企业）,乙方（高校）,课题负责人（乙方）,对接人（甲方）,签署日期,到期\n"
    "焊缝检测,江北泵业有限公司,江北大学,周涛,李强,2022-03-15,2023-03-14\n"
    "轴承寿命,江南轴承厂,江南学院,钱进,吴用,2022-04-02,2024-04-01\n"
)
PATRONS = (
    "Organisation;Surname;Forename;Capacity;In post since;Stepped down\n"
    "Harbour Trust;Keane;Anna;Patron;2015-05-01;2019-04-30\n"
    "Lantern Foundation;Lang;Tom;Treasurer;2018-01-01;\n"
)
DOCTORAL = (
    "Doktorand/in;Hauptbetreuung;Zweitbetreuung;Hochschule;Beginn;Ende\n"
    "Maike Brand;Prof. Dr. Karl Ortel;Jule Hansen;Hochschule Nordhafen;01.10.2019;30.09.2022\n"
    "Uwe Stein;Prof. Dr. Karl Ortel;;Hochschule Nordhafen;15.10.2020;laufend\n"
)
PROJECTS = (
    "Intitulé du projet;Porteur;Établissement du porteur;Entreprise partenaire;Début;Fin\n"
    "Fours sobres;Zoé Lefort;Université de Valmont;Verreries du Lac SA;01/03/2019;28/02/2021\n"
    "Joints étanches;Guy Tardieu;École de Morlieu;Pompes Girard SAS;15/09/2020;14/09/2022\n"
)
JOINT = (
    "研究題目,研究代表者,所属機関,共同研究先,研究期間\n"
    "静音ポンプ,山田 花子,北浜大学,北浜精機株式会社,2020年4月～2022年3月\n"
    "藻の培養,鈴木 一郎,南浜大学,株式会社南浜食品,令和3年4月～令和5年3月\n"
)


@pytest.mark.parametrize(
    ("table", "ties"),
    [
        (
            ENVOYS,
            {
                ("EMPLOYED_BY", "周涛", "江北农业大学", "", ""),
                ("SECONDED_TO", "周涛", "江北种业有限公司", "2021-03", "2023-02"),
                ("EMPLOYED_BY", "钱进", "江南水产研究所", "", ""),
                ("SECONDED_TO", "钱进", "江南渔业有限公司", "2022-05", ""),
            },
        ),
        (
            CONTRACTS,
            {
                ("PARTICIPATES_IN", "江北泵业有限公司", "焊缝检测", "2022-03-15", "2023-03-14"),
                ("PARTICIPATES_IN", "江北大学", "焊缝检测", "2022-03-15", "2023-03-14"),
                ("PRINCIPAL_INVESTIGATOR_OF", "周涛", "焊缝检测", "2022-03-15", "2023-03-14"),
                ("EMPLOYED_BY", "周涛", "江北大学", "", ""),
                ("CONTACT_FOR", "李强", "江北泵业有限公司", "", ""),
                ("PARTICIPATES_IN", "江南轴承厂", "轴承寿命", "2022-04-02", "2024-04-01"),
                ("PARTICIPATES_IN", "江南学院", "轴承寿命", "2022-04-02", "2024-04-01"),
                ("PRINCIPAL_INVESTIGATOR_OF", "钱进", "轴承寿命", "2022-04-02", "2024-04-01"),
                ("EMPLOYED_BY", "钱进", "江南学院", "", ""),
                ("CONTACT_FOR", "吴用", "江南轴承厂", "", ""),
            },
        ),
        (
            PATRONS,
            {
                ("TIED_TO", "Anna Keane", "Harbour Trust", "2015-05-01", "2019-04-30"),
                ("DIRECTOR_OF", "Tom Lang", "Lantern Foundation", "2018-01-01", ""),
            },
        ),
        (
            DOCTORAL,
            {
                ("SUPERVISES", "Karl Ortel", "Maike Brand", "2019-10-01", "2022-09-30"),
                ("SUPERVISES", "Jule Hansen", "Maike Brand", "2019-10-01", "2022-09-30"),
                ("SUPERVISES", "Karl Ortel", "Uwe Stein", "2020-10-15", ""),
                ("STUDIED_AT", "Maike Brand", "Hochschule Nordhafen", "2019-10-01", "2022-09-30"),
                ("STUDIED_AT", "Uwe Stein", "Hochschule Nordhafen", "2020-10-15", ""),
            },
        ),
        (
            PROJECTS,
            {
                ("PRINCIPAL_INVESTIGATOR_OF", "Zoé Lefort", "Fours sobres", "2019-03-01", "2021-02-28"),
                ("EMPLOYED_BY", "Zoé Lefort", "Université de Valmont", "", ""),
                ("RUN_BY", "Fours sobres", "Université de Valmont", "", ""),
                ("PARTICIPATES_IN", "Verreries du Lac SA", "Fours sobres", "2019-03-01", "2021-02-28"),
                ("PRINCIPAL_INVESTIGATOR_OF", "Guy Tardieu", "Joints étanches", "2020-09-15", "2022-09-14"),
                ("EMPLOYED_BY", "Guy Tardieu", "École de Morlieu", "", ""),
                ("RUN_BY", "Joints étanches", "École de Morlieu", "", ""),
                ("PARTICIPATES_IN", "Pompes Girard SAS", "Joints étanches", "2020-09-15", "2022-09-14"),
            },
        ),
        (
            JOINT,
            {
                ("PRINCIPAL_INVESTIGATOR_OF", "山田花子", "静音ポンプ", "2020-04", "2022-03"),
                ("EMPLOYED_BY", "山田花子", "北浜大学", "", ""),
                ("RUN_BY", "静音ポンプ", "北浜大学", "", ""),
                ("PARTICIPATES_IN", "北浜精機株式会社", "静音ポンプ", "2020-04", "2022-03"),
                ("PRINCIPAL_INVESTIGATOR_OF", "鈴木一郎", "藻の培養", "2021-04", "2023-03"),
                ("EMPLOYED_BY", "鈴木一郎", "南浜大学", "", ""),
                ("RUN_BY", "藻の培養", "南浜大学", "", ""),
                ("PARTICIPATES_IN", "株式会社南浜食品", "藻の培養", "2021-04", "2023-03"),
            },
        ),
    ],
    ids=["envoys", "contracts", "patrons", "doctoral", "projects", "joint"],
)
def test_a_whole_table_in_its_own_words(tmp_path: Path, table: str, ties: set[tuple[str, str, str, str, str]]) -> None:
    assert said(tmp_path, table).dated == ties
