"""The ontology: node, link and relationship types as data."""
