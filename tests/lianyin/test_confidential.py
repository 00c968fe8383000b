"""A secret need is as if it were not there for readers below the ontology's class, in every answer, picture, table and export; the desk
alone shows its title and field."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import lianyin
from cooperation.questions.register import QUESTIONS
from graph.errors import LianyinError, NotFound, OntologyProblem, QueryProblem
from graph.model import Node
from graph.ontology import default_ontology, load_ontology
from graph.privacy import confidential_types, existence_class
from lianyin.client import Client
from lianyin.operations.paths import AskPaths
from lianyin.settings import Settings
from tests.contract.conftest import server, store_url
from tests.graph.ledger.builders import NEW, link, load, node, row

__all__ = ["server", "store_url"]

TITLE, DETAIL, MUST = "秘密焊接课题", "惟内部可见的细节", "惟内部可见的条件"
CANARIES = (TITLE, DETAIL, MUST, "need:secret")

DRAFTS = [
    node("uscc:1", "Enterprise", name="示例企业"),
    node("uscc:2", "Enterprise", name="示例二厂"),
    node("u:1", "University", name="示例大学"),
    node("p:1", "Person", name="张拟", published=True),
    node("field:1", "Field", name="焊接", level=1),
    node("field:2", "Field", name="激光", level=3),
    node("batch:1", "Batch", name="第一批", no=1),
    node("studio:1", "Studio", name="示例工作室"),
    node("project:1", "Project", name="示例项目"),
    node("need:secret", "Need", name=TITLE, detail=DETAIL, mustHaves=(MUST,), kind="技术", state="已发布", secrecy=True),
    node("need:open", "Need", name="公开焊接课题", detail="可见", kind="技术", state="已发布"),
    link("POSTED", "uscc:1", "need:secret"),
    link("POSTED", "uscc:2", "need:secret"),
    link("POSTED", "uscc:1", "need:open"),
    link("ACCEPTED", "p:1", "need:secret"),
    link("IN_FIELD", "need:secret", "field:2"),
    link("IN_FIELD", "need:open", "field:2"),
    link("EMPLOYED_BY", "p:1", "u:1"),
    link("EXPERT_IN", "p:1", "field:2"),
]


def filled(url: str) -> Client:
    opened = lianyin.open(url, settings=Settings(today="2020-09-10", language="zh"))  # type: ignore[arg-type]
    load(opened.ledger, NEW, [row(1, *DRAFTS)])
    return opened


@pytest.fixture
def inside(tmp_path: Path) -> Iterator[Client]:
    with filled(f"kglite://{tmp_path.as_posix()}/store") as opened:
        yield opened


@pytest.fixture
def on_both(store_url: str) -> Iterator[Client]:
    with filled(store_url) as opened:
        yield opened


@pytest.fixture(params=[0, 1])
def outside(inside: Client, request: pytest.FixtureRequest) -> Client:
    return inside.read_by(clearance=request.param)


def said(answer: Callable[[], object]) -> str:
    """All that an answer says."""
    found = answer()
    document = found.to_dict() if hasattr(found, "to_dict") else found
    return json.dumps(document, ensure_ascii=False, default=str)


def told(answer: Callable[[], object]) -> str:
    """All that an answer says, or its error."""
    try:
        return said(answer)
    except LianyinError as problem:
        return f"{problem.detail} {problem.hint} {problem.where}"


ANSWERS: dict[str, Callable[[Client], object]] = {
    "node": lambda client: client.node("need:secret"),
    "name": lambda client: client.node(TITLE),
    "search": lambda client: client.search(TITLE[:2]),
    "search by what is inside": lambda client: client.search(MUST),
    "a typo": lambda client: client.search("秘密焊结课题"),
    "autocomplete": lambda client: client.autocomplete(TITLE[:2]),
    "show": lambda client: client.show("示例企业"),
    "why": lambda client: client.why("need:secret"),
    "paths": lambda client: client.paths("示例二厂", "示例大学", as_of="any"),
    "all paths": lambda client: client.paths("示例企业", "示例大学", kind="simple", max_hops=4, as_of="any"),
    "neighbourhood": lambda client: client.neighbourhood("示例企业", max_hops=2, type=("Need",), as_of="any"),
    "connections": lambda client: client.connections("University", "Enterprise", max_hops=4, as_of="any"),
    "needs of universities": lambda client: client.connections("University", "Need", max_hops=4, as_of="any"),
    "common neighbours": lambda client: client.common_neighbours(("示例企业", "示例二厂"), as_of="any"),
    "analysis": lambda client: client.analyse("degree", as_of="any"),
    "coverage": lambda client: client.coverage("Enterprise", "Need", as_of="any"),
    "picture": lambda client: client.picture(around="示例企业", audience="internal"),
    "public picture": lambda client: client.picture(around="示例企业", audience="public"),
    "candidates": lambda client: client.candidates(100, 0.0),
    "matching": lambda client: client.match("need:secret"),
    "needs for an expert": lambda client: client.match("p:1"),
    "targets": lambda client: client.targets(2020),
    "networkx": lambda client: list(client.to_networkx().nodes(data=True)),
    "arrow": lambda client: [client.to_arrow().nodes.to_pylist(), client.to_arrow().relationships.to_pylist()],
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_tells_of_it(inside: Client, outside: Client, answer: str) -> None:
    found = told(lambda: ANSWERS[answer](outside))
    asked = {"node": "need:secret", "why": "need:secret", "matching": "need:secret", "name": TITLE, "search by what is inside": MUST}
    for canary in CANARIES:
        if canary != asked.get(answer):
            assert canary not in found.replace(asked.get(answer, "\0"), ""), canary
    assert said(lambda: ANSWERS[answer](inside)), "with the class it is answered, without an error"


TOLD = (
    "show",
    "search",
    "search by what is inside",
    "a typo",
    "autocomplete",
    "node",
    "name",
    "why",
    "picture",
    "paths",
    "arrow",
    "networkx",
)


@pytest.mark.parametrize("answer", TOLD)
def test_with_the_class_it_is_told(inside: Client, answer: str) -> None:
    found = said(lambda: ANSWERS[answer](inside))
    assert any(canary in found for canary in CANARIES), found[:500]


GIVEN = {"need": "need:open", "known_at": "2020-01-01", "batch": "batch:1", "expert": "p:1", "studio": "studio:1", "project": "project:1"}


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_no_question_tells_of_it(outside: Client, inside: Client, number: int) -> None:
    question = QUESTIONS[number]
    given = {each.name: GIVEN[each.name] for each in question.parameters if each.required}
    found = told(lambda: outside.question(question.name, given))
    assert not [canary for canary in CANARIES if canary in found], found
    assert said(lambda: inside.question(question.name, given)), "with the class it is answered, without an error"


def test_some_questions_would_tell_of_it(inside: Client) -> None:
    """Or the test above would show nothing: who connects, needs without an expert, and the oldest needs are about it."""
    telling = [name for name in ("1", "2", "9") if TITLE in said(lambda: inside.question(name))]  # noqa: B023
    assert telling


def test_whoever_may_know_of_it_sees_all(inside: Client) -> None:
    assert inside.show(TITLE).to_dict()["total"] == 4
    assert [hit["id"] for hit in inside.search(MUST).to_dict()["hits"]] == ["need:secret"]  # type: ignore[attr-defined]
    assert inside.find_paths(AskPaths("示例二厂", "示例大学", as_of="any")).paths
    assert inside.match("need:secret").document["subject"]["caption"] == TITLE  # type: ignore[index]
    assert TITLE in inside.picture(around="示例企业", audience="internal")


def test_nothing_counts_it(on_both: Client) -> None:
    inside, outside = on_both, on_both.read_by(clearance=1)
    counted = {reader: reader.stats().to_dict() for reader in (inside, outside)}
    assert counted[inside]["node_types"]["Need"] == 2 and counted[outside]["node_types"]["Need"] == 1  # type: ignore[index]
    assert counted[inside]["relationship_types"]["POSTED"] == 3 and counted[outside]["relationship_types"]["POSTED"] == 1  # type: ignore[index]
    assert "ACCEPTED" not in counted[outside]["relationship_types"]  # type: ignore[operator]
    assert (inside.show("示例企业").to_dict()["total"], outside.show("示例企业").to_dict()["total"]) == (2, 1)
    assert outside.show("示例二厂").to_dict()["total"] == 0
    assert not outside.find_paths(AskPaths("示例二厂", "示例大学", as_of="any")).paths
    assert outside.to_networkx().number_of_nodes() == inside.to_networkx().number_of_nodes() - 1


@pytest.mark.parametrize("form", ["jsonl", "graphml", "csv"])
def test_exports_leave_it_out(inside: Client, outside: Client, form: str) -> None:
    written = {}
    for name, reader, audience in (("all", inside, "internal"), ("public", inside, "public"), ("outside", outside, "internal")):
        stream = io.BytesIO()
        written[name] = reader.export(form, stream, audience)
        text = stream.getvalue()
        if form == "csv":
            with zipfile.ZipFile(stream) as archive:
                text = b"".join(archive.read(each) for each in archive.namelist())
        assert bool([canary for canary in CANARIES if canary.encode() in text]) is (name == "all")
    assert written["all"][0] - 1 == written["public"][0] == written["outside"][0]
    assert written["all"][1] - 4 == written["outside"][1]


def test_what_it_was_before_is_not_told_either(inside: Client, outside: Client) -> None:
    """Undone or changed, it stays kept: in the difference of two loads, and as known at an earlier time."""
    load(inside.ledger, NEW, [row(2, node("need:secret", "Need", name=TITLE, detail=DETAIL, secrecy=True, state="撤回"))])
    loads = [each["id"] for each in inside.loads().to_dict()["loads"]]  # type: ignore[attr-defined]
    for first, second in ((loads[0], loads[1]), (loads[1], loads[0])):
        found = told(lambda: outside.compare_loads(first, second))  # noqa: B023
        assert not [canary for canary in CANARIES if canary in found], found


def test_what_was_secret_then_stays_so_in_the_past(inside: Client) -> None:
    """Opened later it is there now, and as known before it is not."""
    before = datetime.datetime.now(datetime.UTC).isoformat()
    load(inside.ledger, NEW, [row(1, *DRAFTS[:9], node("need:secret", "Need", name=TITLE, state="已发布", secrecy=False), *DRAFTS[10:])])
    outside = inside.read_by(clearance=1)
    assert outside.find_paths(AskPaths("示例二厂", "示例大学", as_of="any")).paths
    then = {"as_of": "any", "recorded_as_of": before}
    assert said(lambda: inside.paths("示例二厂", "示例大学", **then)).count(TITLE)  # type: ignore[arg-type]
    assert TITLE not in told(lambda: outside.paths("示例二厂", "示例大学", **then))  # type: ignore[arg-type]


def test_a_need_that_is_made_secret_goes_and_comes_back(inside: Client, outside: Client) -> None:
    assert outside.show("公开焊接课题").to_dict()["total"] == 2
    load(inside.ledger, NEW, [row(3, node("need:open", "Need", name="公开焊接课题", secrecy=True))])
    with pytest.raises(NotFound):
        outside.show("公开焊接课题")
    assert not outside.neighbourhood("示例企业", max_hops=1, type=("Need",), as_of="any").rows
    assert inside.verify().to_dict()["equal"]


def test_raw_queries_are_refused(outside: Client) -> None:
    with pytest.raises(QueryProblem, match="above your clearance"):
        outside.cypher("MATCH (n:Need) RETURN n.name")


def test_the_ontology_says_which() -> None:
    ontology = default_ontology()
    assert confidential_types(ontology, 1) == {"Need": {"secrecy": True}} and confidential_types(ontology, 2) == {}
    assert [existence_class(ontology, Node("n", "Need", {"secrecy": said})) for said in (True, False)] == [2, 0]
    assert existence_class(ontology, Node("n", "Need", {})) == 0


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{when: {secret: true}, privacy: 2}", "no property 'secret'"),
        ("{when: {secrecy: perhaps}, privacy: 2}", "perhaps"),
        ("{when: {secrecy: true}, privacy: 0}", "privacy"),
        ("{when: {secrecy: true}}", "privacy"),
        ("{if: {secrecy: true}, privacy: 2}", "if"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, written: str, problem: str) -> None:
    text = (
        f"node_types:\n  OwnNeed:\n    zh: 自定\n    en: own need\n    extends: Need\n    color: '#aabbcc'\n    confidential: {written}\n"
    )
    (tmp_path / "more.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyProblem) as caught:
        load_ontology(tmp_path)
    assert problem in f"{caught.value.detail} {caught.value.hint}" and "7" in str(caught.value.where)


def test_a_subtype_is_kept_as_what_it_extends(tmp_path: Path) -> None:
    text = "node_types:\n  OwnNeed:\n    zh: 自定\n    en: own need\n    extends: Need\n    color: '#aabbcc'\n"
    (tmp_path / "more.yaml").write_text(text, encoding="utf-8")
    assert existence_class(load_ontology(tmp_path), Node("n", "OwnNeed", {"secrecy": True})) == 2
