"""Edge lists that say beside each end what it is, with words that are read from the other end."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.interpretation.saying import said


def test_an_edge_list_whose_ends_have_their_kinds_beside_them(tmp_path: Path) -> None:
    table = (
        "起点,起点类型,边,终点,终点类型,时段\n周涛,人,供职于,江北大学,高校,2012—\n周涛,人,导师是,孙明,人,2008—2012\n"
        "江南轴承厂有限公司,企业,由其出资,江北泵业有限公司,企业,2017—\n孙明,人,供职于,江北泵业有限公司,企业,2010—2015\n"
    )
    assert said(tmp_path, table).dated == {
        ("EMPLOYED_BY", "周涛", "江北大学", "2012", ""),
        ("SUPERVISES", "孙明", "周涛", "2008", "2012"),
        ("SHAREHOLDER_OF", "江北泵业有限公司", "江南轴承厂有限公司", "2017", ""),
        ("EMPLOYED_BY", "孙明", "江北泵业有限公司", "2010", "2015"),
    }
