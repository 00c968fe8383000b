"""Industries by GB/T 4754: how near two codes are, and what they say for an expert and a need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.matching.industries import nearness, parts_of, worked_with
from cooperation.matching.signals import industry_known, setting_of
from tests.cooperation.facts import DAY, Facts

CODES = st.builds(
    lambda letter, digits, length: letter + digits[:length],
    st.sampled_from("CIM"),
    st.text("0123456789", min_size=4, max_size=4),
    st.sampled_from((0, 2, 3, 4)),
)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("C3441", "C3441", 1.0),
        ("C3441", "C3442", 0.75),
        ("C3441", "C3450", 0.5),
        ("C3441", "C3512", 0.25),
        ("C3441", "I6510", 0.0),
        ("C34", "C3441", 0.5),
        ("C", "C34", 0.25),
        ("", "C34", 0.0),
        ("机械", "C34", 0.0),
    ],
)
def test_nearness(one: str, other: str, near: float) -> None:
    assert nearness(one, other) == near


@given(CODES, CODES)
def test_nearness_is_the_common_beginning(one: str, other: str) -> None:
    levels = [1, 3, 4, 5]
    shared = sum(len(one) >= length and len(other) >= length and one[:length] == other[:length] for length in levels)
    assert nearness(one, other) == nearness(other, one) == shared / 4
    assert "".join(parts_of(one)) == one


@pytest.fixture
def town() -> Facts:
    facts = Facts()
    for firm, code in (("acme", "C3441"), ("beta", "C3442"), ("gamma", "C3512"), ("delta", "")):
        facts.node(firm, "Enterprise", industryCode=code)
    facts.node("泵", "Field", level=2)
    for need, firm in (("n1", "acme"), ("n2", "beta"), ("n3", "gamma"), ("n4", "delta"), ("n5", "acme")):
        facts.need(need, firm, "泵", "已发布", postedOn="2020-06-01", name=need)
    for person in ("zhang", "li", "wang", "old"):
        facts.node(person, "Person")
    facts.link("ACCEPTED", "zhang", "n2")
    facts.link("ACCEPTED", "li", "n3")
    facts.node("r", "Achievement")
    facts.link("CREATED", "li", "r")
    facts.link("TRANSFORMED_AT", "r", "beta")
    facts.link("ACCEPTED", "wang", "n5")
    facts.node("visit", "Visit")
    for end in ("old", "gamma"):
        facts.link("INVOLVES", "visit", end)
    return facts


def test_whoever_worked_in_a_near_industry_is_told_with_what_says_so(town: Facts) -> None:
    setting = setting_of(town.world, "n1", DAY)
    found = {person: industry_known(setting, person) for person in ("zhang", "li", "wang", "old")}
    assert {person: each.value for person, each in found.items()} == {"zhang": 0.75, "li": 0.75, "wang": 0.0, "old": 0.25}
    assert found["li"].facts[-2:] == ("beta", "acme") and len(found["li"].facts) == 4
    assert {firm for firm, _ in worked_with(setting.world, "wang", frozenset())} == {"acme"}, "the need's own firm is earlier work"


def test_an_industry_that_nobody_knows_says_nothing(town: Facts) -> None:
    setting = setting_of(town.world, "n4", DAY)
    assert all(industry_known(setting, person).value == 0.0 for person in ("zhang", "li", "wang", "old"))
