"""Why a value won: the told rule is the one by which folding decides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.ledger.deciding import Rule, decide
from graph.ledger.fold import fold_properties
from graph.model import Claim, ClaimKind

BASE = Claim("L1:1", "L1", "list", 0, "2020", "a.csv", "", 2, "r", ClaimKind.NODE, "University", "u:1", "", {}, {}, "2020-09-10T00:00:00Z")


def said(value: str, precedence: int = 0, date: str = "2020", source: str = "list") -> Claim:
    return BASE._replace(values={"name": value}, precedence=precedence, source_date=date, source=source)


CLAIMS = st.lists(
    st.builds(said, st.sampled_from("甲乙丙"), st.integers(0, 2), st.sampled_from(["", "2019", "2020-05"])), min_size=1, max_size=6
)


@given(CLAIMS)
def test_the_rule_is_the_one_that_folding_follows(claims: list[Claim]) -> None:
    value = fold_properties(claims, {})["name"]
    found = decide(claims, "name", value)
    assert found is not None
    assert found.winner.values["name"] == value
    others = [claim for claim in claims if claim.values["name"] != value]
    if not others:
        assert found.rule is (Rule.ONLY if len(claims) == 1 else Rule.AGREED)
        return
    assert found.against in others
    # Taking away what the rule says decided, the others would stand.
    best = max((claim.precedence, claim.source_date) for claim in others)
    own = (found.winner.precedence, found.winner.source_date)
    assert {
        Rule.PRECEDENCE: own[0] > best[0],
        Rule.DATE: own[0] == best[0] and own[1] > best[1],
        Rule.ORDER: own == best,
    }[found.rule]


def test_each_rule_by_an_example() -> None:
    acted = said("乙", 1_000_000, "2021", "person:platform:1")
    assert decide([said("甲"), acted], "name", "乙").rule is Rule.ACT  # type: ignore[union-attr]
    assert decide([said("甲", 1), said("乙")], "name", "甲").rule is Rule.PRECEDENCE  # type: ignore[union-attr]
    assert decide([said("甲", date="2019"), said("乙")], "name", "乙").rule is Rule.DATE  # type: ignore[union-attr]
    assert decide([said("甲"), said("乙")], "name", "甲").rule is not Rule.DATE  # type: ignore[union-attr]
    assert decide([], "name", "甲") is None
    assert decide([said("甲")], "city", "扬州") is None
    many = [BASE._replace(values={"aliases": ("甲",)}), BASE._replace(values={"aliases": ("乙",)})]
    assert decide(many, "aliases", ("乙", "甲")).rule is Rule.ALL  # type: ignore[union-attr]
