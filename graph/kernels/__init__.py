"""Functions compiled by numba over the projection's arrays, what they take, and the one way of compiling them.

The kernels of path searches stand beside their searches, in ``graph.paths.search``.
Each module is whole in itself: numba's cache follows only the file that a function stands in, so a compiled function
never calls one of another file. Nothing here knows ids, ontologies or dates; all of these come in as small tables.
Import these modules only where a search runs: numba takes half a second to import.
"""
