"""The header proposes the mapping; where none fits, one sentence says what was expected, what was found and which is nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import FileProblem, MappingProblem
from graph.ontology.schema import Ontology
from ingest.fit import choose, propose
from ingest.mapping import MappingSpec, load_mapping_text
from ingest.planning import plan
from ingest.readers import preview
from tests.ingest.test_mapping_files import GOOD

NSFC = "项目批准号,项目类别,项目名称,依托单位,负责人,金额,起止年月,总评\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_best_fit_comes_first(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    table = preview(write(tmp_path / "a.csv", NSFC))[0]
    ranked = propose(table, mappings.values())
    assert (ranked[0].mapping, ranked[0].fits, ranked[0].matched, ranked[0].header_row) == ("nsfc", True, 8, 1)
    assert not ranked[1].fits


def test_a_header_below_titles_and_under_other_headings_is_found(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    text = "某年度项目清单\n\n批准号,项目名称,依托单位,负责人,研究期限\n90000001,示例,示例大学,李样,2018.01-2020.12\n"
    fit = choose(preview(write(tmp_path / "a.csv", text))[0], mappings)
    assert (fit.mapping, fit.header_row) == ("nsfc", 3)
    assert fit.header == ("项目批准号", "项目名称", "依托单位", "负责人", "起止年月")


def test_a_header_that_fits_nothing_is_explained(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    path = write(tmp_path / "a.csv", NSFC.replace("负责人", "主持人").replace("项目名称", "题目"))
    with pytest.raises(MappingProblem) as caught:
        choose(preview(path)[0], mappings)
    assert caught.value.detail == (
        "a.csv fits no mapping. Nearest: 'nsfc', which expects 项目批准号, 项目名称, 依托单位, 负责人, 起止年月; "
        "missing: 项目名称, 负责人; found: 项目批准号, 项目类别, 题目, 依托单位, 主持人, 金额, 起止年月, 总评."
    )
    assert caught.value.where == {"file": "a.csv"}


def test_a_header_that_shares_nothing_is_said_to(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    with pytest.raises(MappingProblem, match=r"^a\.csv fits no mapping: none of its columns is known\. Found: x, y\.") as caught:
        choose(preview(write(tmp_path / "a.csv", "x,y\n1,2\n"))[0], mappings)
    assert "lianyin mapping draft a.csv" in caught.value.hint


def test_two_equal_fits_are_not_guessed_between(tmp_path: Path, ontology: Ontology) -> None:
    both = load_mapping_text(GOOD + "---\n" + GOOD.replace("mapping: roster", "mapping: other"), "two.yaml", ontology)
    with pytest.raises(MappingProblem, match="several mappings equally well: roster, other"):
        choose(preview(write(tmp_path / "a.csv", "姓名,派出单位\n"))[0], both)


def test_a_chosen_mapping_that_does_not_fit_is_refused(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    path = write(tmp_path / "a.csv", "姓名,单位\n张拟,示例大学\n")
    with pytest.raises(MappingProblem, match="does not fit the mapping 'nsfc'"):
        plan([path], {"nsfc": mappings["nsfc"]}, named=True)


def test_a_folder_with_nothing_known_in_it_is_refused(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    write(tmp_path / "a.csv", "x,y\n1,2\n")
    with pytest.raises(MappingProblem, match="1 tables looked at") as caught:
        plan([tmp_path], mappings)
    assert "docs/mappings.md" in caught.value.hint


def test_all_files_are_checked_before_any_is_read(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    write(tmp_path / "a.csv", NSFC)
    write(tmp_path / "b.csv", "%PDF-1.7")
    with pytest.raises(FileProblem, match=r"b\.csv is a PDF document"):
        plan([tmp_path], mappings)


def test_two_files_of_one_name_are_refused(tmp_path: Path, mappings: dict[str, MappingSpec]) -> None:
    for folder in ("一", "二"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "a.csv", NSFC)
    with pytest.raises(FileProblem, match="have the same name and the same source 'nsfc'"):
        plan([tmp_path], mappings)
