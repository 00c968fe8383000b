"""The read model for paths and analyses: the published graph as immutable arrays."""

from graph.projection.build import build_projection, from_arrays
from graph.projection.projection import Edge, NodeKind, Projection

__all__ = ["Edge", "NodeKind", "Projection", "build_projection", "from_arrays"]
