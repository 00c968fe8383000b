"""Names and the index follow what changed: after any history they answer as if they had been built anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Node
from graph.search.exact import ExactNames, Hints
from graph.search.index import SearchIndex
from tests.examples import examples
from tests.graph.search.small_world import NODES, node, small_ontology

ONTOLOGY = small_ontology()
TYPED = (
    "扬州",
    "示例",
    "大学",
    "南大",
    "yangzhou",
    "sl",
    "university",
    "王军",
    "王军 扬州大学",
    "杨州大学",
    "p:7",
    "u.s",
    "重工扬州大学",
    "",
)
NAMES = st.sampled_from(("扬州大学", "扬州示例重工有限公司", "南昌大学", "王军", "University of U.S. Steel", "示例泵业", "示例银行", "大"))
IDS = st.sampled_from([each.id for each in NODES] + [f"new:{number}" for number in range(6)])
CHANGES = st.lists(
    st.tuples(IDS, st.sampled_from(("stands", "stands", "gone")), st.sampled_from(("Person", "University", "Enterprise")), NAMES),
    max_size=6,
)
KNOWN = st.tuples(st.dictionaries(IDS, st.integers(0, 40), max_size=8), st.dictionaries(IDS, st.tuples(IDS), max_size=6))
HISTORIES = st.lists(st.tuples(CHANGES, KNOWN), min_size=1, max_size=4)


@dataclass
class World:
    """What stands, and what is known of it."""

    nodes: dict[str, Node] = field(default_factory=lambda: {each.id: each for each in NODES})
    know: Hints = field(default_factory=Hints)

    def change(self, changes: list[tuple[str, str, str, str]], known: tuple[dict[str, int], dict[str, tuple[str]]]) -> list[str]:
        """Does the changes and gives the ids that they touch."""
        for id, what, kind, name in changes:
            if what == "gone":
                self.nodes.pop(id, None)
            else:
                self.nodes[id] = node(id, kind, name, aliases=(f"{name}甲",))
        degrees, around = known
        self.know = Hints(degree=lambda id: degrees.get(id, 0), surroundings=around)
        return sorted({id for id, *_ in changes})


def answers(index: SearchIndex) -> list[object]:
    return [
        *(
            index.search(typed, clearance=clearance, limit=limit)
            for typed in TYPED
            for clearance, limit in ((3, 50), (0, 50), (3, 3))
            if typed
        ),
        *(index.autocomplete(typed, clearance=3) for typed in TYPED[:3]),
        *(index.resolve(each.caption, clearance=3) for each in NODES),
    ]


@settings(max_examples=examples(12))
@given(HISTORIES)
def test_an_index_that_followed_answers_like_one_built_anew(history: list[tuple[list, tuple]]) -> None:
    world = World()
    index = SearchIndex.build(world.nodes.values(), ONTOLOGY, 1)
    for revision, (changes, known) in enumerate(history, 2):
        before = index, answers(index)
        touched = world.change(changes, known)
        standing = [world.nodes[id] for id in touched if id in world.nodes]
        followed = index.following(standing, [id for id in touched if id not in world.nodes], revision, know=world.know)
        assert followed is not None
        index = followed
        assert index.revision == revision
        assert len(index) == len(world.nodes)
        assert answers(index) == answers(SearchIndex.build(world.nodes.values(), ONTOLOGY, revision, know=world.know))
        assert answers(before[0]) == before[1], "the index of the revision before must stay as it was"


@given(HISTORIES)
def test_names_that_followed_resolve_like_names_built_anew(history: list[tuple[list, tuple]]) -> None:
    world = World()
    names = ExactNames.build(world.nodes.values(), ONTOLOGY)
    for changes, known in history:
        touched = world.change(changes, known)
        names = names.following([world.nodes[id] for id in touched if id in world.nodes], [id for id in touched if id not in world.nodes])
        anew = ExactNames.build(world.nodes.values(), ONTOLOGY)
        for text in [*world.nodes, *(each.caption for each in NODES), "南大", "示例银行甲"]:
            assert names.resolve(text, clearance=3) == anew.resolve(text, clearance=3)


def test_an_index_of_which_most_changed_is_built_anew() -> None:
    many = [node(f"e:{number}", "Enterprise", f"示例{number}") for number in range(3000)]
    index = SearchIndex.build(many, ONTOLOGY, 1)
    assert index.following(many[:2000], (), 2) is not None
    assert index.following(many[:2001], (), 2) is None
