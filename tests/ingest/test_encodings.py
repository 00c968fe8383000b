"""An encoding is proved before it is used: the right one or a refusal that names it, never characters that nobody wrote."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import FileProblem
from ingest.readers import FormatOptions, SourceRow, header_of, preview, read_rows
from ingest.readers.common_characters import COMMON
from ingest.readers.gb18030 import STANDARD

SIMPLIFIED = "姓名,单位\n张拟,南京示例大学\n李样本,扬州样例泵业有限公司\n"
TRADITIONAL = "姓名,單位\n張擬,國立臺灣示例大學\n李樣本,揚州樣例泵業有限公司\n"
JAPANESE = "氏名,所属\n山田太郎,さくら大学大学院\nさとう花子,トヨタ研究所\n"
KOREAN = "이름,소속\n김철수,서울대학교\n이영희,연세대학교\n박민수,한국과학기술원\n"


def read(path: Path, options: FormatOptions | None = None) -> list[list[str]]:
    options = options or FormatOptions()
    table = preview(path, options)[0]
    row, cells = table.rows[0]
    rows = read_rows(path, table, row, header_of(cells), options)()
    return [list(cells), *(list(each.cells.values()) for each in rows if isinstance(each, SourceRow))]


def texts(content: str) -> list[list[str]]:
    return [line.split(",") for line in content.splitlines()]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_simplified_chinese_is_read(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(SIMPLIFIED.encode(codec))
    assert read(path) == texts(SIMPLIFIED)


@pytest.mark.parametrize("codec", ["utf-8", "big5", "cp950", "gb18030", "utf-16"])
def test_traditional_chinese_is_read(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TRADITIONAL.encode(codec))
    assert read(path) == texts(TRADITIONAL)
    assert preview(path)[0].encoding == {"cp950": "big5"}.get(codec, codec)


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [(JAPANESE, "cp932", "shift_jis"), (KOREAN, "cp949", "euc-kr"), ("name,city\nCafé Müller,Orléans\n", "cp1252", "cp1252")],
)
def test_other_languages_are_refused_by_name_and_read_when_stated(tmp_path: Path, text: str, codec: str, named: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    with pytest.raises(FileProblem) as caught:
        read(path)
    assert named in caught.value.detail
    assert "tried UTF-8, UTF-16, GB18030, Big5" in caught.value.detail
    assert read(path, FormatOptions(encoding=named)) == texts(text)


@pytest.mark.parametrize(("text", "codec"), [("имя\nИван, Москва\n", "cp1251"), ("nazwa\nŁódź, Żółć\n", "cp1250"), (JAPANESE, "euc_jp")])
def test_what_nothing_fits_is_refused(tmp_path: Path, text: str, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    with pytest.raises(FileProblem, match="no encoding that can be proved"):
        read(path)


LINES = st.lists(st.text(st.sampled_from(COMMON), min_size=2, max_size=12), min_size=4, max_size=30)


@given(LINES, st.sampled_from(["gb18030", "big5"]), st.booleans())
def test_an_encoding_is_the_right_one_or_none(folder: pytest.TempPathFactory, lines: list[str], codec: str, latin: bool) -> None:
    text = "\n".join(("name," if latin else "姓名,") + line.encode(codec, "ignore").decode(codec) for line in lines) + "\n"
    path = folder.mktemp("encoding") / "a.csv"
    path.write_bytes(text.encode(codec))
    try:
        found = read(path)
    except FileProblem:
        return
    assert found == texts(text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    return tmp_path_factory


@pytest.mark.parametrize("private", STANDARD, ids=hex)
def test_characters_of_older_editions_are_themselves(tmp_path: Path, private: int) -> None:
    path = tmp_path / "a.csv"
    standard = STANDARD[private]
    path.write_bytes("姓名,单位\n".encode("gb18030") + f"{chr(private)}样,示例大学\n{standard}样,示例大学\n".encode("gb18030"))
    assert read(path)[1:] == [[f"{standard}样", "示例大学"]] * 2
    assert preview(path)[0].remarks == ()


def test_private_use_characters_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,单位\n张拟,示例大学\n李\ue000\ue001,示例大学\n", encoding="utf-8")
    assert [(each.kind, each.row, each.times) for each in preview(path)[0].remarks] == [("private-use", 3, 2)]


def test_two_encodings_in_one_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(SIMPLIFIED.encode() + "王某,某某大学\n".encode("gb18030"))
    with pytest.raises(FileProblem, match=r"two encodings: some lines are UTF-8, but byte \d+ .line 4. is not"):
        read(path)


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_chinese_far_into_a_file_is_judged_where_it_stands(tmp_path: Path, codec: str) -> None:
    text = SIMPLIFIED if codec == "gb18030" else TRADITIONAL
    path = tmp_path / "a.csv"
    path.write_bytes(("name,unit\n" + "a,b\n" * 60_000 + text).encode(codec))
    assert preview(path)[0].encoding == codec
    path.write_bytes(("name,unit\n" + "张拟,示例大学\n" * 60_000).encode() + text.encode(codec))
    with pytest.raises(FileProblem, match=r"two encodings: some lines are UTF-8, but byte \d+ .line 60002. is not"):
        preview(path)


def test_the_characters_of_hong_kong_are_read(tmp_path: Path) -> None:
    text = "姓名,單位\n啫樣,國立臺灣示例大學\n張擬,香港樣例研究中心\n"
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("big5hkscs"))
    assert read(path) == texts(text)


def test_files_that_were_put_together_keep_no_marks_inside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(codecs.BOM_UTF8 + b"a,b\n1,2\n" + codecs.BOM_UTF8 + b'"3",4\n')
    assert read(path)[1:] == [["1", "2"], ["3", "4"]]
    assert [(each.kind, each.row) for each in preview(path)[0].remarks] == [("mark-inside", 3)]


@pytest.mark.parametrize(
    "text", ["Name,Vorname,Einrichtung\nÖrtel,Jörg,Universität Nordhafen\n", "Prénom,Nom,Structure\nZoé,Lefèvre,Université de Valmont\n"]
)
def test_western_text_is_read_where_its_words_prove_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("cp1252"))
    assert read(path) == texts(text)
    assert preview(path)[0].encoding == "cp1252"


def test_letters_that_the_language_lacks_disprove_western_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Jméno,Škola\nJiří Novák,Fakultät für Kunst\n".encode("cp1250"))
    with pytest.raises(FileProblem, match="no encoding that can be proved"):
        read(path)
