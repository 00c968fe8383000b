"""The whole city, from its files to the graph."""
