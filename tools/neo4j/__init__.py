"""A real Neo4j for tests, by Maven."""
