"""Text tables as a person would see them: titles above, delimiters, rows that end early, notes beside the table, headings twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import FileProblem
from graph.ontology.schema import Ontology
from ingest.mapping import load_mapping_text
from ingest.planning import plan
from ingest.readers import SourceRow, header_of, preview, read_rows
from ingest.readers.base import Remark
from ingest.readers.delimiters import sniff_delimiter
from ingest.remarks import notices_of, repeated_columns
from tests.ingest.test_mapping_files import GOOD


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["某名单,2024年,扬州, 邗江, 江都", "姓名;单位", "张拟;示例大学"], ";"),
        (["填报单位：某局，某科", "a,b,c", "填报, 1,5; 2", "名称;金额", "甲;1,5", "乙;2,5", "丙;3,25"], ";"),
        (["姓名,单位,职称,起,止", "张拟,示例大学,教授", "李样,示例大学", "王某,a;b,c;d"], ","),
        (["名称\t地址", "甲\t扬州, 邗江, 某路", "乙\t南京, 玄武, 某路"], "\t"),
        (['a;b', '"x,y,z";1', '"p,q,r";2'], ";"),
        (["姓名|单位|备注", "张拟|示例大学|a,b"], "|"),
        (["姓名", "张拟"], ","),
        (["a, b, c", "1, 2, 3"], ","),
    ],
)  # fmt: skip
def test_the_delimiter_is_told_from_the_whole_sample(lines: list[str], delimiter: str) -> None:
    assert sniff_delimiter([line + "\n" for line in lines]) == delimiter


def test_excel_s_own_first_line_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\na|b,c\n1|2,3\n")
    table = preview(path)[0]
    assert (table.delimiter, table.rows) == ("|", ((2, ("a", "b,c")), (3, ("1", "2,3"))))


def test_cells_without_a_heading_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,,b,\n1,x,2,\n3,,4,note\n5,,6,\n")
    table = preview(path)[0]
    rows = read_rows(path, table, 1, header_of(table.rows[0][1]))
    assert [each.cells for each in rows() if isinstance(each, SourceRow)] == [
        {"a": "1", "b": "2"},
        {"a": "3", "b": "4"},
        {"a": "5", "b": "6"},
    ]
    assert rows.late == [Remark("beside", 2, times=2)]
    notices = list(notices_of(rows.late, ("a", "", "b"), 1, {"a"}))
    assert [(row, notice.reason.en, notice.dropped) for row, notice in notices] == [
        (2, "2 rows hold something in columns without a heading: it is not read", True)
    ]


def test_a_heading_twice_matters_only_where_it_is_read(tmp_path: Path, ontology: Ontology) -> None:
    mappings = load_mapping_text(re.sub(r"optional: \[", "optional: [备注, ", GOOD), "a.yaml", ontology)
    assert "备注" in next(iter(mappings.values())).columns.known
    path = tmp_path / "a.csv"
    path.write_text("姓名,派出单位,备注,备注\n张拟,示例大学,x,y\n", encoding="utf-8")
    job = plan([path], mappings).jobs[0]
    assert [each.cells["备注#2"] for each in job.rows() if isinstance(each, SourceRow)] == ["y"]
    assert [(row, notice.column) for row, notice in repeated_columns(job.fit.header, 1)] == [(1, "备注")]
    path.write_text("姓名,派出单位,姓 名\n张拟,示例大学,李样\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="'姓名' occurs twice"):
        plan([path], mappings)


def test_headings_fit_as_they_stand_on_the_sheet(tmp_path: Path, ontology: Ontology) -> None:
    text = GOOD.replace("派出单位", "派出单位（甲 方）").replace("姓名", "姓 名")
    mappings = load_mapping_text(text, "a.yaml", ontology)
    path = tmp_path / "a.csv"
    path.write_text("姓　名,派出 单位(甲方),备 注 \n张拟,示例大学,x\n", encoding="utf-8")
    job = plan([path], mappings).jobs[0]
    assert job.fit.header == ("姓名", "单位", "备注"), "the alias fits"
