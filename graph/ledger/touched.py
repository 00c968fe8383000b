"""What a load speaks of, and so what is folded again when it is published."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.model import Claim, ClaimKind


@dataclass(slots=True)
class Touched:
    """What a load speaks of, under the sources' own ids. ``identities`` says whether it joins or parts ids."""

    nodes: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str, str]] = field(default_factory=set)
    identities: bool = False

    def add(self, claim: Claim) -> None:
        """Notes what a claim that comes or goes speaks of."""
        if claim.kind is ClaimKind.NODE:
            self.nodes.add(claim.subject)
        elif claim.kind is ClaimKind.RELATIONSHIP:
            self.pairs.add((claim.type, claim.subject, claim.object))
        else:
            self.nodes.update((claim.subject, claim.object))
            self.identities = True
