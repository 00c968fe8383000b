"""What a node is called in an answer. A name above the reader's clearance is not shown, nor an id, which may be made from it; an id may
also be withheld by itself (a person named in public whose ORCID is not).

Such a node still takes part: a path may pass it, and it is told by its type and a number that holds for this one answer
only (``人员 1``), so that nobody can follow it from answer to answer or find out whom it means by trying names.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Node
from graph.ontology.schema import Label, Ontology
from graph.privacy import identifier_class, name_class


@dataclass(frozen=True, slots=True)
class Named:
    """A node as an answer shows it. ``caption`` differs by language only where the name is withheld."""

    id: str
    type: str
    caption: Label
    withheld: bool = False

    def as_json(self) -> dict[str, object]:
        """``{"id", "type", "caption"}``; a withheld caption in both languages under ``caption_en`` too, since ``caption`` is Chinese."""
        brief: dict[str, object] = {"id": self.id, "type": self.type, "caption": self.caption.zh}
        return {**brief, "caption_en": self.caption.en} if self.withheld else brief


class Captions:
    """Names nodes for one answer; the same node always alike."""

    def __init__(self, ontology: Ontology, clearance: int) -> None:
        self._ontology = ontology
        self._clearance = clearance
        self._numbers: dict[str, int] = {}

    def of(self, id: str, type: str, name: str, classes: tuple[int, int]) -> Named:
        """The node with this id and name; ``classes`` are the privacy classes of the name and of the id."""
        if max(classes) <= self._clearance:
            return Named(id, type, Label(name, name))
        number = self._numbers.setdefault(id, len(self._numbers) + 1)
        if classes[0] <= self._clearance:
            return Named(f"withheld:{number}", type, Label(name, name))
        known = self._ontology.node_types.get(type)
        label = known.label if known else Label(type, type)
        return Named(f"withheld:{number}", type, Label(f"{label.zh} {number}", f"{label.en} {number}"), withheld=True)

    def of_node(self, node: Node) -> Named:
        """Likewise for a whole node."""
        return self.of(
            node.id, node.type, node.caption, (name_class(self._ontology, node), identifier_class(self._ontology, node, node.id))
        )
