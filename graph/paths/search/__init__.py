"""Searches over node numbers, each beside its compiled kernel. A module that ends in ``_kernel`` loads numba:
import it where a search runs.

Numba's cache follows only the file that a function stands in, so a compiled function never calls one of another file. Kernels know no ids,
ontologies or dates; all of these come in as small tables.
"""
