"""The picture of one expert: which enterprises would lose their only link to a university, beside one that would not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cooperation.insight import Link
from graph.ontology.schema import Label
from visualize.audience import Audience, Reader
from visualize.drawing import PAGE, Look, draw
from visualize.view import Drawn, Emphasis, Question, SourceRow
from visualize.views import from_paths

if TYPE_CHECKING:
    from graph.model import Relationship
    from lianyin.client import Client

HOME = ("SECONDED_FROM", "EMPLOYED_BY")


@dataclass(frozen=True, slots=True)
class Bridge:
    """What the picture is about. ``path`` is drawn bold; ``lost`` are the enterprises that only its person links."""

    path: Link
    lost: tuple[str, ...]
    links: tuple[Link, ...]


def draw_bridge(client: Client, bridge: Bridge, on: str, audience: Audience, look: Look = PAGE) -> str:
    """The picture: University → Expert → Need → Enterprise, in four columns and about a dozen nodes. ``on`` is the day (ISO) on which its
    links are valid."""
    ways = _ways(bridge)
    paths = [[way.university, way.person, way.need, way.enterprise] for way in ways]
    ids = list(dict.fromkeys(id for path in paths for id in path))
    facts = client.store.facts(nodes=ids)
    steps = {frozenset(pair) for path in paths for pair in zip(path, path[1:], strict=False)}
    near = [one for one in client.store.facts(touching=ids).relationships if frozenset((one.source, one.target)) in steps]
    drawn = _one_each(near)
    viewer = Reader(audience, client.settings.clearance)
    rows = client.evidence_for(viewer.sees, [one.id for one in drawn])
    sources = {
        id: tuple(SourceRow(str(row["file"]), int(str(row["row"])), str(row["sheet"])) for row in found[:1]) for id, found in rows.items()
    }
    names = {node.id: node.caption for node in facts.nodes}
    who, first, last = (names[id] for id in (bridge.path.person, bridge.path.university, bridge.path.enterprise))
    number = len(bridge.lost)
    question = Question(
        Label(f"{first}通过谁连着{last}？", f"Through whom is {first} connected to {last}?"),
        Label(
            f"通过{who}；{who}一走，{number} 家企业失去与高校的唯一联系。",
            f"Through {who}, whose leaving would cost {number} enterprises their only link to any university.",
        ),
        on,
        client.data_date or "",
        on,
        Emphasis(
            path=tuple(paths[0]),
            ringed={bridge.path.person: Label(f"{number} 家企业的唯一联系人", f"sole link of {number} enterprises")},
            quoted=frozenset(_quoted(drawn, bridge.path)),
        ),
    )
    view = from_paths(Drawn(facts.nodes, drawn, sources), paths, client.ontology, question, viewer, total=len(paths))
    return draw(view, client.settings.language, look)


def _ways(bridge: Bridge) -> list[Link]:
    """The bold path, one more for each other enterprise that would be lost, and an enterprise that two universities reach by one need."""
    own = [link for link in bridge.links if link.person == bridge.path.person]
    lost = [next(link for link in own if link.enterprise == each) for each in bridge.lost if each != bridge.path.enterprise]
    return [bridge.path, *lost, *_shared(bridge)]


def _shared(bridge: Bridge) -> list[Link]:
    """The ways to an enterprise that keeps its link whoever leaves: a need with two takers, one of them of the same university if there
    is such a need."""
    takers: dict[tuple[str, str], list[Link]] = {}
    for link in bridge.links:
        if link.person != bridge.path.person and link.enterprise not in bridge.lost:
            takers.setdefault((link.enterprise, link.need), []).append(link)
    several = [found for found in takers.values() if len({link.person for link in found}) == 2 == len({link.university for link in found})]
    home = bridge.path.university
    chosen = sorted(several, key=lambda found: (all(link.university != home for link in found), len(found), found))
    return chosen[0] if chosen else []


def _one_each(relationships: Sequence[Relationship]) -> list[Relationship]:
    """One line between two nodes: the dated term rather than the employment of unknown dates, the latest of several terms."""
    best: dict[frozenset[str], Relationship] = {}
    for one in sorted(relationships, key=lambda each: (str(each.properties.get("validFrom", "")), each.type, each.id)):
        best[frozenset((one.source, one.target))] = one
    return list(best.values())


def _rows(found: Sequence[Mapping[str, object]]) -> tuple[SourceRow, ...]:
    """The most trusted row."""
    return tuple(SourceRow(str(row["file"]), int(str(row["row"])), str(row["sheet"])) for row in found[:1])


def _quoted(relationships: Sequence[Relationship], path: Link) -> list[str]:
    """The hop whose source row stands in the picture: whose need it is (the same row says who took it up)."""
    return [one.id for one in relationships if {one.source, one.target} == {path.need, path.enterprise}]
