"""The Cypher that both stores run: pure builders of (text, parameters), split by subject. No builder talks to a store."""
