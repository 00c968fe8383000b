"""Subgraph to plain data to picture."""
