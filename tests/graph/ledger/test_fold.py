"""Folding, worked out by hand."""

from __future__ import annotations

from graph.identity import NO_CLUSTERS, derive_clusters
from graph.ledger.fold import derive_edges, fold_node, fold_relationships, relationship_id
from graph.model import Claim, ClaimKind, Node, Relationship
from graph.ontology import default_ontology

ONTOLOGY = default_ontology()


def claim(subject: str, type: str = "University", object: str = "", kind: ClaimKind = ClaimKind.NODE, **more: object) -> Claim:
    settings = {"precedence": 0, "source_date": "2020", "id": "L1:1", "values": {}, "source": "s"} | more
    return Claim(
        load="L1", file="f.csv", sheet="", row=2, record="r", kind=kind, type=type, subject=subject, object=object, raw={},
        recorded_from="2020-09-10T00:00:00.000000Z", **settings,  # type: ignore[arg-type]
    )  # fmt: skip


def test_precedence_beats_date_beats_value() -> None:
    claims = [
        claim("x:1", values={"name": "甲大学", "city": "扬州"}, source_date="2021"),
        claim("x:1", values={"name": "乙大学", "city": "南京"}, source_date="2021-10"),
        claim("x:1", values={"name": "丙大学"}, precedence=1, source_date="1999"),
    ]
    folded = fold_node("x:1", claims, ("x:1",), ONTOLOGY)
    assert folded.properties == {"name": "丙大学", "city": "南京"}
    assert folded == fold_node("x:1", claims[::-1], ("x:1",), ONTOLOGY)


def test_equals_are_decided_by_the_lesser_json_text() -> None:
    claims = [claim("x:1", values={"name": "b"}), claim("x:1", values={"name": "a"})]
    assert fold_node("x:1", claims, ("x:1",), ONTOLOGY).caption == "a"


def test_lists_are_united_and_a_node_without_a_name_is_captioned_by_its_code() -> None:
    claims = [claim("pic:7", values={"aliases": ("乙", "甲")}), claim("pic:7", values={"aliases": ("丙", "甲")})]
    folded = fold_node("pic:7", claims, ("pic:7", "uscc:1"), ONTOLOGY)
    assert folded.properties == {"aliases": tuple(sorted(("甲", "乙", "丙"))), "name": "7", "named": False}
    assert folded.identifiers == ("uscc:1",)


def test_the_most_trusted_type_wins() -> None:
    claims = [claim("x:1", "Organization", source_date="2021"), claim("x:1", "University", precedence=10)]
    assert fold_node("x:1", claims, (), ONTOLOGY).type == "University"


def test_claims_that_agree_on_the_key_are_one_relationship() -> None:
    def part(role: str, **more: object) -> Claim:
        return claim("a:1", "PARTICIPATES_IN", "p:1", ClaimKind.RELATIONSHIP, values={"role": role, "validFrom": "2020"}, **more)

    folded = fold_relationships([part("coordinator"), part("coordinator"), part("partner")], NO_CLUSTERS, ONTOLOGY)
    assert sorted(str(r.properties["role"]) for r in folded.values()) == ["coordinator", "partner"]
    key = ONTOLOGY.relationship_types["PARTICIPATES_IN"].key
    assert key == ("role",)
    assert relationship_id("PARTICIPATES_IN", "a:1", "p:1", ('"partner"',)) in folded


def test_a_key_that_counts_where_given_leaves_what_is_stored_without_it_alone() -> None:
    def seat(**values: str) -> Claim:
        return claim("a:1", "DIRECTOR_OF", "e:1", ClaimKind.RELATIONSHIP, values={"post": "Chair", **values})

    folded = fold_relationships([seat(), seat(validFrom="2014"), seat(validFrom="2018"), seat(validFrom="2018")], NO_CLUSTERS, ONTOLOGY)
    assert [str(r.properties.get("validFrom", "")) for r in folded.values()] == ["", "2014", "2018"]
    assert relationship_id("DIRECTOR_OF", "a:1", "e:1", ('"Chair"',)) in folded


def test_a_different_judgement_keeps_apart_and_is_listed() -> None:
    def says(kind: ClaimKind, left: str, right: str, id: str) -> Claim:
        return claim(left, "Enterprise", right, kind, id=id)

    claims = [
        says(ClaimKind.SAME, "a:1", "b:1", "L1:1"),
        says(ClaimKind.SAME, "b:1", "c:1", "L1:2"),
        says(ClaimKind.DIFFERENT, "a:1", "c:1", "L1:3"),
    ]
    clusters = derive_clusters(claims, {"b": 0})
    assert clusters.all_of("a:1") == ("a:1", "b:1")
    assert clusters.of("a:1") == "b:1", "the stronger scheme stands for the cluster"
    assert clusters.of("c:1") == "c:1"
    assert [c.id for c in clusters.contradictions] == ["L1:2"]
    assert clusters == derive_clusters(claims[::-1], {"b": 0})


def test_a_secondment_gives_the_direct_dated_relationship() -> None:
    link = Node("term:1", "Secondment", {"name": "挂职", "startDate": "2020-08", "endDate": "2021-07", "role": "团员"})
    incident = [Relationship("1", "HAS_TERM", "person:1", "term:1"), Relationship("2", "SENT_BY", "term:1", "school:1")]
    (edge,) = derive_edges(link, incident, ONTOLOGY).values()
    assert (edge.type, edge.source, edge.target) == ("SECONDED_FROM", "person:1", "school:1")
    assert edge.properties["via"] == "term:1"
    assert (edge.properties["validFrom"], edge.properties["validTo"]) == ("2020-08", "2021-07")


def test_an_agreement_joins_opposing_sides_only() -> None:
    link = Node("agreement:1", "Agreement", {"name": "协议", "signedOn": "2020-10-08"})
    incident = [
        Relationship("1", "SIGNED_BY", "agreement:1", "firm:1", {"side": "甲方"}),
        Relationship("2", "SIGNED_BY", "agreement:1", "school:1", {"side": "乙方"}),
        Relationship("3", "SIGNED_BY", "agreement:1", "school:2", {"side": "乙方"}),
    ]
    edges = derive_edges(link, incident, ONTOLOGY).values()
    assert sorted((e.source, e.target) for e in edges) == [("firm:1", "school:1"), ("firm:1", "school:2")]
    assert {e.type for e in edges} == {"COOPERATES_WITH"}


def test_trust_counts_sources_and_not_rows() -> None:
    def trust(*sources: str, type: str = "PARTICIPATES_IN") -> object:
        claims = [claim("a:1", type, "p:1", ClaimKind.RELATIONSHIP, source=source) for source in sources]
        (folded,) = fold_relationships(claims, NO_CLUSTERS, ONTOLOGY).values()
        return folded.properties["trust"]

    assert [trust("a"), trust("a", "a"), trust("a", "b"), trust("person:1")] == [2, 2, 3, 3]
    assert [trust(*sources, type="KNOWS_VIA") for sources in (("a",), ("a", "b"), ("a", "person:1"))] == [1, 1, 3]
    link = Node("term:1", "Secondment", {"name": "挂职"})
    incident = [Relationship("1", "HAS_TERM", "person:1", "term:1"), Relationship("2", "SENT_BY", "term:1", "school:1")]
    assert [e.properties["trust"] for e in derive_edges(link, incident, ONTOLOGY, 3).values()] == [3]
