"""Templates: what an office fills in loads; what it leaves as it was does not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from graph.errors import FileProblem, MappingProblem
from ingest.mapping import load_mapping_text, select_mappings
from ingest.template import GUIDE, SHEET, guide, write_templates
from tests.ingest.reading import default_types, map_files


def test_every_file_of_the_city_has_a_template_whose_example_is_passed_over(tmp_path: Path) -> None:
    mappings = select_mappings("city", default_types(), ())
    written = write_templates(mappings, tmp_path / "模板", default_types())
    assert len(written) == len(mappings) == 12
    found = map_files(written, mappings, default_types())
    assert sorted(found.mappings) == sorted(mappings)
    assert [each.reason.zh for each in found.rejected] == ["模板的示例行"] * 12
    assert not found.loaded


def test_a_filled_in_row_loads(tmp_path: Path) -> None:
    mappings = select_mappings("city-needs", default_types(), ())
    (path,) = write_templates(mappings, tmp_path, default_types())
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    header = [cell.value for cell in sheet[1]]
    row = {
        "编号": "XQ-900",
        "企业": "扬州示例泵业有限公司",
        "需求名称": "密封材料",
        "领域": "新材料",
        "状态": "已发布",
        "截止": "2020年12月31日",
    }
    for column, text in row.items():
        sheet.cell(3, header.index(column) + 1, text)
    book.save(path)
    found = map_files([path], mappings, default_types())
    assert len(found.rejected) == len(found.loaded) == 1
    assert found.node("city-need:XQ-900").values["dueDate"] == "2020-12-31"


def test_the_guide_says_what_each_column_is_and_closed_lists_are_checked(tmp_path: Path) -> None:
    mappings = select_mappings("city-needs", default_types(), ())
    columns = {each.name: each for each in guide(mappings["city-needs"], default_types())}
    assert columns["状态"].required and "已发布" in columns["状态"].choices
    assert columns["投入(万元)"].how.zh.startswith("金额")
    assert columns["接单人"].how.zh.endswith("多项用顿号分开")
    (path,) = write_templates(mappings, tmp_path, default_types())
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book[GUIDE]["A"]][3:] == list(columns)
    (rule, *_) = [each for each in book[SHEET].data_validations.dataValidation if "已发布" in each.formula1]
    assert rule.errorStyle == "warning"


def test_a_template_never_writes_over_a_file(tmp_path: Path) -> None:
    mappings = select_mappings("city-needs", default_types(), ())
    write_templates(mappings, tmp_path, default_types())
    with pytest.raises(FileProblem, match="already exists"):
        write_templates(mappings, tmp_path, default_types())


def test_a_mapping_without_a_template_says_so(tmp_path: Path) -> None:
    with pytest.raises(MappingProblem, match="no template for nsfc"):
        write_templates(select_mappings("nsfc", default_types(), ()), tmp_path, default_types())


def test_an_example_names_columns_that_are_there_and_a_file_name_no_folder() -> None:
    text = (
        "mapping: m\nsource: {id: m, name: m}\ncolumns: {required: [甲]}\ntemplate: {file: %s, example: {%s: x}}\n"
        "nodes: {n: {type: Project, id: {source: m, column: 甲}, properties: {name: 甲}}}\n"
    )
    load_mapping_text(text % ("表", "甲"), "m.yaml", default_types())
    with pytest.raises(MappingProblem, match="乙"):
        load_mapping_text(text % ("表", "乙"), "m.yaml", default_types())
    with pytest.raises(MappingProblem, match="line 4"):
        load_mapping_text(text % ("../表", "甲"), "m.yaml", default_types())
