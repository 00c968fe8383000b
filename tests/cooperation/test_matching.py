"""Matching: parts add up and rest on facts, what hangs on a need is no reason for it, who may not be proposed is not, and 'nobody fits'."""

from __future__ import annotations

import pytest

from cooperation.matching.evaluation import ndcg
from cooperation.matching.ranking import ACHIEVEMENTS, ALUMNI, KINDS, STUDIOS, Matcher, Ranking
from cooperation.matching.texts import Bm25, Latent, tokens
from graph.errors import QueryProblem
from tests.cooperation.facts import DAY, Facts


@pytest.fixture
def town() -> Facts:
    facts = Facts()
    facts.node("d", "District")
    facts.node("other", "District")
    facts.node("u", "University")
    for firm in ("acme", "beta"):
        facts.node(firm, "Enterprise")
        facts.link("LOCATED_IN", firm, "d")
    for id, name in (("welding", "轻量化焊接"), ("pumps", "水泵密封"), ("platform", "高端装备")):
        facts.node(id, "Field", name=name)
    for person, field, place in (("near", "welding", "d"), ("far", "welding", "other"), ("else", "pumps", "d")):
        facts.expert(person, "u", place, "2019-08", "2021-07-31", degree="博士")
        facts.link("EXPERT_IN", person, field)
    facts.expert("gone", "u", "d", "2015-08", "2016-07-31")
    facts.link("EXPERT_IN", "gone", "welding")
    facts.need("n", "acme", "platform", name="轻量化焊接技术", dueDate="2020-12-31")
    return facts


def ranked(facts: Facts, kind: str = "experts", need: str = "n", limit: int = 10) -> Ranking:
    ranking = Matcher(facts.world).for_need(need, DAY, kind, limit)
    known = {*facts.nodes, *(each.id for each in facts.relationships)}
    for fit in (*ranking.fit, *ranking.near):
        assert fit.score == pytest.approx(sum(each.points for each in fit.reasons), abs=1e-5)
        assert all(set(each.facts) <= known and each.facts for each in fit.reasons)
    assert all(not fit.fails for fit in ranking.fit) and all(fit.fails for fit in ranking.near)
    assert [fit.score for fit in ranking.fit] == sorted((fit.score for fit in ranking.fit), reverse=True)
    return ranking


def names(ranking: Ranking) -> list[str]:
    return [fit.id for fit in ranking.fit]


def test_the_district_decides_between_equals_and_the_topic_shuts_out(town: Facts) -> None:
    ranking = ranked(town)
    assert names(ranking) == ["near", "far"]
    assert [(fit.id, fit.fails) for fit in ranking.near] == [("else", ("topic",))]
    first, second = ({each.signal: each.points for each in fit.reasons} for fit in ranking.fit)
    assert first["district"] > 0 and "district" not in second
    assert ranking.change is None


def test_who_took_it_on_or_has_a_stake_or_stepped_back_is_not_proposed(town: Facts) -> None:
    town.link("ACCEPTED", "near", "n", state="接单")
    assert names(ranked(town)) == ["far"]
    town.link("DIRECTOR_OF", "far", "acme")
    ranking = ranked(town)
    assert names(ranking) == [] and ("far", ("conflict",)) in [(fit.id, fit.fails) for fit in ranking.near]
    town.relationships = [each for each in town.relationships if each.type not in ("ACCEPTED", "DIRECTOR_OF")]
    town.link("ACCEPTED", "near", "n", state="退单")
    assert names(ranked(town)) == ["far"]
    assert Matcher(town.world).for_need("n", DAY, without=["far"]).fit == ()


def test_what_hangs_on_the_need_is_no_reason_and_earlier_work_is(town: Facts) -> None:
    town.node("g", "Agreement")
    town.link("COVERS", "g", "n")
    town.link("COVERS", "g", "far")
    town.link("SIGNED_BY", "g", "acme")
    assert not {"path", "earlier"} & {each.signal for fit in ranked(town).fit for each in fit.reasons}
    town.need("before", "acme", "platform", "已完成", name="水泵")
    town.link("ACCEPTED", "far", "before", validFrom="2019-09-01")
    ranking = ranked(town)
    assert names(ranking) == ["far", "near"]
    assert {"path", "earlier", "field"} <= {each.signal for each in ranking.fit[0].reasons}


def test_load_speaks_against(town: Facts) -> None:
    for number in range(4):
        town.need(f"held{number}", "beta", "platform", "对接中", name="水泵")
        town.link("ACCEPTED", "near", f"held{number}", validFrom="2020-01-01")
    load = [each for fit in ranked(town).fit if fit.id == "near" for each in fit.reasons if each.signal == "load"]
    assert len(load) == 1 and load[0].points < 0 and len(load[0].facts) == 4


def test_unmet_must_haves_are_listed_and_the_smallest_change_is_told(town: Facts) -> None:
    town.nodes["n"] = town.nodes["n"].__class__(
        "n", "Need", {**town.nodes["n"].properties, "mustHaves": ("博士", "机器人经验"), "hasTrl": 6}
    )
    ranking = ranked(town)
    assert ranking.fit == ()
    assert ranking.near[0].fails == ("readiness", "must: 机器人经验")
    assert ranking.change is not None
    assert (ranking.change.conditions, ranking.change.fitting) == (("must: 机器人经验", "readiness"), 2)
    town.node("robot", "Achievement", name="焊接机器人经验", trl=7)
    town.link("CREATED", "far", "robot")
    assert names(ranked(town)) == ["far"]


def test_alumni_studios_and_results_are_ranked_too(town: Facts) -> None:
    assert names(ranked(town, ALUMNI)) == ["gone"]
    town.node("studio", "Studio")
    town.node("made", "Achievement", name="轻量化焊接工装", trl=8)
    town.link("PRODUCED", "studio", "made")
    assert names(ranked(town, STUDIOS)) == ["studio"] and names(ranked(town, ACHIEVEMENTS)) == ["made"]
    with pytest.raises(QueryProblem, match="not a kind"):
        ranked(town, "poets")
    assert set(KINDS) == {"experts", "alumni", "studios", "achievements"}


def test_an_expert_gets_needs(town: Facts) -> None:
    town.need("m", "beta", "platform", "已完成", name="轻量化焊接")
    ranking = Matcher(town.world).for_person("near", DAY)
    assert names(ranking) == ["n"]
    assert Matcher(town.world).for_person("else", DAY).fit == ()


def test_tokens_scores_and_gain_are_the_textbooks() -> None:
    assert tokens("AI焊接 3D打印机") == ["ai", "焊接", "3d", "打印", "印机"]
    corpus = Bm25.of(["焊接", "焊接焊接焊接泵", "泵"])
    assert [score > 0 for score in corpus.scores("焊接").tolist()] == [True, True, False]
    assert corpus.scores("软件").tolist() == [0, 0, 0]
    assert Latent.of(["焊接"]).empty
    assert ndcg(["x", "y"], {"x": 2, "y": 1}) == 1.0
    assert ndcg(["y", "x"], {"x": 2, "y": 1}) == pytest.approx((1 + 2 / 1.584962500721156) / (2 + 1 / 1.584962500721156))
    assert ndcg(["z"], {"x": 2}) == 0.0
