"""A row is said as the sentences that would be loaded, and as nothing else; private values are masked."""

from __future__ import annotations

from graph.ontology.schema import Ontology
from ingest.compiler import compile_mapping
from ingest.mapping import load_mapping_text
from ingest.readers import SourceRow
from ingest.sentences import RowSentences, first_sentences

MAPPING = """\
mapping: roster
source: {id: roster, name: roster}
columns: {required: [姓名, 单位], optional: [职务, 起, 止, 关系, 对方, 邮箱, 手机, 成立]}
nodes:
  person:
    type: Person
    id: {source: roster-person, columns: [姓名, 单位], hashed: true}
    properties: {name: 姓名, email: 邮箱, phone: 手机}
  home: {type: University, id: {source: roster-home, column: 单位}, properties: {name: 单位, foundedOn: 成立}}
  other: {type: Enterprise, when: {column: 对方, filled: true}, id: {source: roster-other, column: 对方}, properties: {name: 对方}}
relationships:
  works: {type: EMPLOYED_BY, from: person, to: home, properties: {post: 职务}, valid_from: 起, valid_to: 止}
  tie: {type: TIED_TO, from: person, to: other, when: {column: 关系, filled: true}, properties: {relation: 关系}}
"""


def told(ontology: Ontology, **cells: str) -> RowSentences:
    mapper = compile_mapping(load_mapping_text(MAPPING, "roster.yaml", ontology)["roster"], ontology)
    (row,) = first_sentences(
        [SourceRow(3, {"姓名": "周拟涛", "单位": "江北样本大学", **cells})], lambda row: mapper.map(row, "a.csv", ""), ontology, 5
    )
    assert row.row == 3
    return row


def test_a_tie_is_a_sentence_with_types_dates_and_what_else_is_said(ontology: Ontology) -> None:
    (works,) = told(ontology, 职务="教授", 起="2020-09", 止="2021-08").sentences
    assert works.zh == "周拟涛（人员）任职于江北样本大学（高校），2020-09 至 2021-08（职务 教授）"
    assert works.en == "周拟涛 (person) works at 江北样本大学 (university), 2020-09 to 2021-08 (post 教授)"


def test_a_tie_in_the_source_s_own_word_says_it(ontology: Ontology) -> None:
    sentences = told(ontology, 关系="担任顾问", 对方="示例软件有限公司").sentences
    assert [each.zh for each in sentences] == [
        "周拟涛（人员）任职于江北样本大学（高校）",
        "周拟涛（人员）“担任顾问”示例软件有限公司（企业）",
    ]
    assert sentences[1].en == "周拟涛 (person) “担任顾问” 示例软件有限公司 (enterprise)"


def test_what_else_is_said_of_somebody_is_masked_where_it_is_theirs_alone(ontology: Ontology) -> None:
    texts = "".join(each.zh + each.en for each in told(ontology, 邮箱="zhou@example.org", 手机="13800000001").sentences)
    assert "zhou@" not in texts and "13800000001" not in texts and "电子邮箱 z＊" in texts


def test_a_node_that_joins_nothing_and_one_of_which_more_is_said_are_told(ontology: Ontology) -> None:
    sentences = [each.zh for each in told(ontology, 对方="示例软件有限公司", 成立="1952").sentences]
    assert "示例软件有限公司（企业），没有连上别的" in sentences
    assert "江北样本大学（高校）：成立日期 1952" in sentences


def test_cells_that_would_be_lost_and_rows_that_would_be_rejected_say_why(ontology: Ontology) -> None:
    row = told(ontology, 单位="")
    assert row.rejected and not row.sentences and row.lost
    assert "单位" in row.lost[0].zh
