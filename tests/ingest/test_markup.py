"""What is no table is refused by what it is, whatever it is called; graph files are read as nodes and edges."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import networkx
import pytest

from graph.errors import FileProblem
from ingest.readers import Limits, SourceRow, header_of, preview, read_rows
from ingest.readers.base import clean_header

PAGE = "<html><body><table><tr><td>姓名</td></tr></table></body></html>"
REFUSED = {
    "a web page": ("a.csv", PAGE.encode(), "a web page", "save it as XLSX"),
    "a web page named xls": ("a.xls", b"\xef\xbb\xbf<!DOCTYPE html>\n" + PAGE.encode(), "a web page", "save it as XLSX"),
    "a bare table": ("a.xls", b"<table border=1><tr><td>a</td></tr></table>\n", "a web page", "save it as XLSX"),
    "utf-16": ("a.txt", ("<?xml version='1.0'?>" + "<a>x</a>").encode("utf-16"), "an XML document", "CSV, XLSX or JSON"),
    "excel 2003": (
        "a.xls",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><ss:Workbook xmlns:ss="x"/>',
        "the XML of Excel 2003",
        "save it as XLSX",
    ),
    "flat ods": ("a.csv", b'<?xml version="1.0"?><office:document xmlns:office="o"/>', "OpenDocument", "save it as XLSX"),
    "svg": ("a.csv", b"<!-- drawn --><svg xmlns='http://www.w3.org/2000/svg'></svg>", "a picture", "spreadsheet"),
    "other xml": ("a.tsv", b"<rows>\n<row a='1'/>\n</rows>", "an XML document", "CSV, XLSX or JSON"),
    "rtf": ("a.txt", b"{\\rtf1\\ansi x}", "a text document (RTF)", "spreadsheet"),
    "mhtml": ("a.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "a web page saved as one file", "save it as XLSX"),
    "gif": ("a.csv", b"GIF89a\x01\x00\x01\x00", "a picture", "spreadsheet"),
    "a graph in name only": ("a.gexf", b"a,b\n1,2\n", "is named a graph file", "name it .csv"),
    "a graph with entities": ("a.gexf", b'<!DOCTYPE a [<!ENTITY b "c">]><gexf/>', "defines entities", "CSV"),
    "a torn graph": ("a.graphml", b"<graphml><graph><node id='a'/>", "a damaged graph file", "two CSV tables"),
    "an empty graph": ("a.gml", b"graph [\n]\n", "without nodes", "again"),
    "one label twice": ("a.net", b'*Vertices 2\n1 "a"\n2 "a"\n*Edges\n1 2\n', "calls two nodes by one label", "differ"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_is_no_table_is_refused(tmp_path: Path, case: str) -> None:
    name, content, what, hint = REFUSED[case]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        preview(path)
    assert what in caught.value.detail and hint in caught.value.hint


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.bin"])
def test_other_archives_are_named(tmp_path: Path, part: str) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "x")
    path = tmp_path / "a.xlsx"
    path.write_bytes(content.getvalue())
    with pytest.raises(FileProblem, match="not a table"):
        preview(path)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("<id>,<name>\n1,a\n", ("<id>", "<name>")),
        ("[name],[id]\na,1\n", ("[name]", "[id]")),
        ("{a},b\n1,2\n", ("{a}", "b")),
        ("graph,b\n1,2\n", ("graph", "b")),
        ("BMI,b\n1,2\n", ("BMI", "b")),
        ("a < b,c\n1,2\n", ("a < b", "c")),
    ],
)
def test_odd_headings_are_still_tables(tmp_path: Path, text: str, header: tuple[str, ...]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    assert preview(path)[0].rows[0][1] == header


def test_json_is_json_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('\n [{"a": 1}, {"a": 2}]')
    assert [(each.kind, each.rows[0][1]) for each in preview(path)] == [("json", ("a",))]
    path.write_text('{"a": 1}\n{"a": 2}\n')
    assert preview(path)[0].kind == "json-lines"


def drawn() -> networkx.DiGraph[str]:
    found: networkx.DiGraph[str] = networkx.DiGraph()
    found.add_node("a", label="张拟", city="扬州")
    found.add_node("b", label="示例; 大学", founded=1902)
    found.add_edge("a", "b", since="2020-09", weight=1.5)
    return found


def rows(path: Path, sheet: str) -> list[dict[str, str]]:
    table = next(each for each in preview(path) if each.sheet == sheet)
    read = read_rows(path, table, 0, header_of(table.rows[0][1]))
    return [dict(each.cells) for each in read() if isinstance(each, SourceRow)]


@pytest.mark.parametrize("kind", ["gexf", "graphml", "gml", "csv"])
def test_a_graph_is_two_tables(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "gml":
        networkx.write_gml(drawn(), path)
        path.write_text(path.read_text().replace('label "a"', 'label "张拟"').replace('label "b"', 'label "示例; 大学"'), encoding="utf-8")
    elif kind == "graphml":
        networkx.write_graphml(drawn(), path)
    else:
        networkx.write_gexf(drawn(), path)
    nodes, edges = rows(path, "nodes"), rows(path, "edges")
    assert [node["label"] for node in nodes] == ["张拟", "示例; 大学"]
    assert [node.get("city", node.get("founded")) for node in nodes if kind != "gml"] in ([], ["扬州", "1902"])
    assert [(edge["source_label"], edge["target_label"], edge["since"], edge["weight"]) for edge in edges] == [
        ("张拟", "示例; 大学", "2020-09", "1.5")
    ]
    assert [(edge["source"], edge["target"]) for edge in edges] == [(nodes[0]["id"], nodes[1]["id"])]


@pytest.mark.parametrize(
    "address", ["http://www.gexf.net/1.2draft", "http://gexf.net/1.3", "http://www.gexf.net/1.3", "http://gexf.net/1.2"]
)
def test_every_version_of_gexf_is_read(tmp_path: Path, address: str) -> None:
    path = tmp_path / "net.gexf"
    path.write_text(
        f'<?xml version="1.0"?>\n<gexf xmlns="{address}" version="1.3"><graph defaultedgetype="directed"><nodes><node id="a" label="张拟"/>'
        '<node id="b" label="示例大学"/></nodes><edges><edge id="0" source="a" target="b"/></edges></graph></gexf>',
        encoding="utf-8",
    )
    assert rows(path, "nodes") == [{"id": "a", "label": "张拟"}, {"id": "b", "label": "示例大学"}]
    assert rows(path, "edges") == [{"source": "a", "target": "b", "source_label": "张拟", "target_label": "示例大学", "id": "0"}]


def test_pajek_is_read_in_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.net"
    path.write_bytes('*Vertices 2\r\n1 "张 拟"\r\n2 "扬州示例大学"\r\n*Arcs\r\n1 2 3\r\n'.encode("gb18030"))
    assert [each["source"] + "→" + each["target"] for each in rows(path, "edges")] == ["张 拟→扬州示例大学"]


def test_a_graph_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    networkx.write_graphml(drawn(), path)
    with pytest.raises(FileProblem, match="at most 100 are read"):
        preview(path, limits=Limits(graph_bytes=100))


def test_files_for_neo4j_are_nodes_and_edges(tmp_path: Path) -> None:
    nodes, edges = tmp_path / "people.csv", tmp_path / "ties.csv"
    nodes.write_text("person_id:ID(Person),name:string,age:int,:LABEL\np1,张拟,58,Person\n", encoding="utf-8")
    edges.write_text(":START_ID(Person),jobs:string[],:END_ID(Unit),:TYPE\np1,教授,u1,WORKS_AT\n", encoding="utf-8")
    assert rows_below(nodes) == ("nodes", {"person_id": "p1", "name": "张拟", "age": "58", "type": "Person"})
    assert rows_below(edges) == ("edges", {"source": "p1", "jobs": "教授", "target": "u1", "type": "WORKS_AT"})
    assert clean_header(":START_ID(Person)") == "source" and clean_header("时间: 年") == "时间:年"


def rows_below(path: Path) -> tuple[str, dict[str, str]]:
    table = preview(path)[0]
    found = next(iter(read_rows(path, table, 1, header_of(table.rows[0][1]))()))
    assert isinstance(found, SourceRow)
    return table.sheet, dict(found.cells)
