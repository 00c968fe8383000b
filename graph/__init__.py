"""What is known: the ontology, the ledger of claims, the stores and the read models. Imports nothing of ours."""
