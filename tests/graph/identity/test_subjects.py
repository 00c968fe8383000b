"""Words of what people work on: against counting them anew, and what they may do to a score."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from graph.identity.subjects import POINTS_PER_BIT, subjects_of, words_of

TITLES = st.text(alphabet="激光焊接泵阀aX ", max_size=8)


def test_words_are_pairs_of_adjacent_han() -> None:
    assert words_of("激光焊接") == {"激光", "光焊", "焊接"}
    assert words_of("TRL6 泵") == set()
    assert words_of("泵a阀") == set()


@given(st.dictionaries(st.sampled_from("abcde"), st.lists(TITLES, max_size=3), min_size=2))
def test_points_are_those_of_counting_anew(titled: dict[str, list[str]]) -> None:
    titles = {f"{person}{place}": title for person, all in titled.items() for place, title in enumerate(all)}
    near = {
        person: {"CREATED": frozenset(f"{person}{place}" for place in range(len(all))), "OF": frozenset(titles)}
        for person, all in titled.items()
    }
    found = subjects_of(near, titles)
    words = {person: {two for title in all for two in words_of(title)} for person, all in titled.items()}
    telling = [each for each in words.values() if each]
    for one in titled:
        for other in titled:
            both = words[one] & words[other]
            expected = sum(math.log2(len(telling) / max(2, sum(word in each for each in telling))) for word in both) * POINTS_PER_BIT
            points, rarest = found.shared(one, other)
            assert math.isclose(points, max(0.0, expected), abs_tol=1e-9)
            assert set(rarest) == both
