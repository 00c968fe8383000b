"""The built-in types say what docs say that they say."""

from __future__ import annotations

from itertools import combinations

import pytest

from graph.errors import NotFound
from graph.ontology import Ontology, default_ontology
from graph.values import VALUE_TYPES, property_value_type

NODE_TYPES = """Person Secondment Honour Organization University Institute Department Enterprise Agency Union Studio TownHeadTeam
ExpertGroup TalentTeam District Town City Batch Need Achievement Project Funding Agreement Meeting Visit Training Review
Field WorkUpdate Account Target Policy Event Collaboration Patent Publication""".split()

RELATIONSHIPS = """HAS_TERM:Person:Secondment IN_BATCH:Secondment:Batch SENT_BY:Secondment:University POSTED_TO:Secondment:Town
POSTED_TO:Secondment:District IN_TEAM:Secondment:TownHeadTeam EMPLOYED_BY:Person:Department MEMBER_OF:Person:Studio
MEMBER_OF:Person:ExpertGroup MEMBER_OF:Person:TalentTeam LEADS:Person:Studio HOLDS:Person:Honour EXPERT_IN:Person:Field
MENTORS:Person:Person ADVISES:Person:District ACCEPTED:Person:Need CREATED:Person:Achievement INTRODUCED:Person:TalentTeam
WROTE:Person:Review UNIT_OF:Department:University SUCCEEDED_BY:Enterprise:Enterprise BASED_AT:Studio:Enterprise LOCATED_IN:Studio:Town
LOCATED_IN:Agency:District PART_OF:Town:District PART_OF:District:City POSTED:Enterprise:Need IN_FIELD:Need:Field
IN_FIELD:University:Field IN_FIELD:Achievement:Field PAIRED_WITH:Studio:Person COVERS:Agreement:Studio COVERS:Agreement:Person
COVERS:Agreement:Need COVERS:Agreement:Project SIGNED_BY:Agreement:Enterprise SIGNED_BY:Agreement:Person INVOLVES:Visit:Town
INVOLVES:Meeting:Person PRODUCED:Studio:Achievement SOLVES:Achievement:Need TRANSFORMED_AT:Achievement:Enterprise RUN_BY:Project:Studio
RUN_BY:Project:University EVALUATES:Review:Project FUNDS:Funding:Project OF:Account:Person OF:Account:Enterprise ISSUED_BY:Policy:Union
FOR:Target:District FOR:Target:City MENTIONS:WorkUpdate:Need KNOWS_VIA:Person:Person MATCHES:Need:Person SECONDED_FROM:Person:University
COOPERATES_WITH:University:Enterprise PARTICIPATES_IN:University:Project PARTICIPATES_IN:Person:Project
PRINCIPAL_INVESTIGATOR_OF:Person:Project DIRECTOR_OF:Person:Enterprise SHAREHOLDER_OF:Person:Enterprise
SHAREHOLDER_OF:Organization:Enterprise SUPPLIES:Organization:Enterprise TIED_TO:Person:Person TIED_TO:Enterprise:University
TIED_TO:Person:Organization TIED_TO:Person:Project PARTNER_OF:University:Enterprise STUDIED_AT:Person:University
SUPERVISES:Person:Person SECONDED_TO:Person:Agency SECONDED_TO:Person:District CONTACT_FOR:Person:Enterprise CONTACT_FOR:Person:Need
OWNS:Enterprise:Patent INCUBATED_IN:Enterprise:Organization FUNDER_OF:Organization:Project FUNDER_OF:Organization:Funding
APPLICANT_OF:University:Patent CREATED:Person:Patent CREATED:Person:Publication INVOLVES:Event:Person ORGANIZED_BY:Event:Union
DIRECTOR_OF:Person:Organization ADVISES:Person:Enterprise MEMBER_OF:Person:Organization MEMBER_OF:Enterprise:Organization
SHAREHOLDER_OF:Person:Organization LEADS:Person:Institute HOLDS:Enterprise:Honour POSTED:University:Need""".split()


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return default_ontology()


@pytest.mark.parametrize("name", NODE_TYPES)
def test_every_node_type_is_there(ontology: Ontology, name: str) -> None:
    found = ontology.node_types[name]
    assert {"name", "named", "fictitious"} <= set(found.properties)
    assert found.label.zh and found.label.en
    for kind in found.properties.values():
        assert kind.value in VALUE_TYPES and property_value_type(kind).name == kind.value


@pytest.mark.parametrize("written", RELATIONSHIPS)
def test_every_relationship_joins_the_types_that_it_should(ontology: Ontology, written: str) -> None:
    name, source, target = written.split(":")
    found = ontology.relationship_types[name]
    assert any(ontology.is_a(source, each) for each in found.sources)
    assert any(ontology.is_a(target, each) for each in found.targets)


def test_dated_relationships_are_those_with_a_term(ontology: Ontology) -> None:
    dated = {name for name, each in ontology.relationship_types.items() if each.dated}
    assert {
        "EMPLOYED_BY",
        "MEMBER_OF",
        "LEADS",
        "MENTORS",
        "ADVISES",
        "PART_OF",
        "PAIRED_WITH",
        "SECONDED_FROM",
        "COOPERATES_WITH",
    } <= dated
    assert {"PARTICIPATES_IN", "DIRECTOR_OF", "SUPPLIES"} <= dated
    for name in dated:
        assert ontology.relationship_types[name].properties["validFrom"].value == "date"
    assert not ontology.relationship_types["CREATED"].dated


def test_a_tie_in_the_words_of_its_source_keeps_them_apart(ontology: Ontology) -> None:
    tie = ontology.relationship_types["TIED_TO"]
    assert tie.worded_by == "relation" and tie.key == ("relation", "validFrom") and tie.dated
    assert tie.properties["relation"].privacy == 1  # "sister of" is nothing for the public
    assert ontology.relationship_types["STUDIED_AT"].properties["degree"].privacy == 2


def test_privacy_classes(ontology: Ontology) -> None:
    person = ontology.node_types["Person"].properties
    assert {
        name: person[name].privacy for name in ("name", "orcid", "professionalTitle", "degree", "email", "birthYear", "skillLevel")
    } == dict.fromkeys(("name", "orcid", "professionalTitle", "degree", "email", "birthYear", "skillLevel"), 2)
    assert person["phone"].privacy == person["idHash"].privacy == person["phone"].privacy_published == 3
    assert (person["name"].privacy_published, person["email"].privacy_published) == (0, 2)
    need = ontology.node_types["Need"].properties
    assert need["detail"].privacy == need["budgetWan"].privacy == need["budgetWanMin"].privacy == need["budgetWanMax"].privacy == 1
    assert need["budgetWanMax"].companion_of == "budgetWan"
    assert ontology.node_types["University"].properties["contact"].privacy == 2
    assert all(kind.privacy_published <= kind.privacy for each in ontology.node_types.values() for kind in each.properties.values())


def test_links_and_what_they_stand_for(ontology: Ontology) -> None:
    assert {name for name, each in ontology.node_types.items() if each.link} == {"Secondment", "Agreement", "Notice"}
    (seconded,) = ontology.node_types["Secondment"].edges
    assert (seconded.type, seconded.start, seconded.end) == ("SECONDED_FROM", ("HAS_TERM", "in"), ("SENT_BY", "out"))
    assert (seconded.valid_from, seconded.valid_to, seconded.properties) == (("startDate",), ("endDate",), ("role",))
    (agreed,) = ontology.node_types["Agreement"].edges
    assert (agreed.type, agreed.opposing, agreed.valid_from) == ("COOPERATES_WITH", "side", ("validFrom", "signedOn"))
    derived = {name for name, each in ontology.relationship_types.items() if each.derived}
    assert derived == {"SECONDED_FROM", "COOPERATES_WITH", "KNOWS_VIA", "MATCHES"}


def test_hubs(ontology: Ontology) -> None:
    assert {name for name, each in ontology.node_types.items() if each.hub} == {"City", "District", "Town", "Batch", "Plan"}
    assert ontology.is_hub("Field", {"level": 1})
    assert not ontology.is_hub("Field", {"level": 2})
    assert not ontology.is_hub("Field", {})
    assert ontology.is_hub("City", {})
    assert not ontology.is_hub("Project", {"level": 1})


def test_identifiers_are_cleaned_by_the_value_type_of_their_name(ontology: Ontology) -> None:
    schemes = {scheme for each in ontology.node_types.values() for scheme in each.identifiers}
    assert schemes <= set(VALUE_TYPES)
    assert ontology.node_types["University"].identifiers[:2] == ("uscc", "school")
    assert ontology.node_types["Enterprise"].identifiers[:2] == ("uscc", "stock")


def test_what_universities_are(ontology: Ontology) -> None:
    assert ontology.labels("University") == ("Organization", "University")
    assert ontology.descendants("Organization") == (
        "Agency",
        "Department",
        "Enterprise",
        "Institute",
        "Organization",
        "Union",
        "University",
    )
    assert ontology.node_types["University"].column == 0 < ontology.node_types["Person"].column
    assert ontology.node_types["Enterprise"].column == max(each.column for each in ontology.node_types.values())


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("高校", "University"),
        ("大学", "University"),
        ("企业", "Enterprise"),
        ("COMPANY", "Enterprise"),
        (" person ", "Person"),
        ("发单", "Need"),
    ],
)
def test_types_answer_to_either_language(ontology: Ontology, word: str, name: str) -> None:
    assert ontology.node_type(word).name == name
    assert ontology.relationship_type("接单").name == ontology.relationship_type("accepted").name == "ACCEPTED"


def test_an_unknown_type_is_named_with_the_nearest(ontology: Ontology) -> None:
    with pytest.raises(NotFound) as problem:
        ontology.node_type("Universty")
    assert problem.value.hint == "Did you mean 'University'?"
    with pytest.raises(NotFound) as problem:
        ontology.relationship_type("PARTICIPATE_IN")
    assert problem.value.hint == "Did you mean 'PARTICIPATES_IN'?"
    with pytest.raises(NotFound) as problem:
        ontology.node_type("星星")
    assert "University" in problem.value.hint


def luminance(color: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color[1:3]) + 0.7152 * linear(color[3:5]) + 0.0722 * linear(color[5:7])


def test_colours_are_distinct_and_carry_dark_text(ontology: Ontology) -> None:
    concrete = [each for each in ontology.node_types.values() if not each.abstract]
    assert len({each.color for each in concrete}) == len(concrete)
    dark = luminance("#1b1f24")
    assert min((luminance(each.color) + 0.05) / (dark + 0.05) for each in concrete) > 4.5


def test_the_main_types_are_told_apart_without_red_and_green(ontology: Ontology) -> None:
    """What a person sees who lacks one kind of cone (Machado et al. 2009), as the distance of the colours in linear RGB."""
    deutan = ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969))
    protan = ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052))
    main = ["University", "Person", "Enterprise", "Project", "Institute", "Agency", "Studio", "Organization"]

    def seen(name: str, matrix: tuple[tuple[float, ...], ...]) -> list[float]:
        color = ontology.node_types[name].color
        rgb = [(int(color[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
        return [max(0.0, sum(weight * part for weight, part in zip(row, rgb, strict=True))) ** (1 / 2.2) for row in matrix]

    for matrix in (deutan, protan):
        for one, other in combinations(main, 2):
            distance = sum((a - b) ** 2 for a, b in zip(seen(one, matrix), seen(other, matrix), strict=True)) ** 0.5
            assert distance > 0.12, (one, other, distance)
