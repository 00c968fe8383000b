"""The two stores: one layout and one set of Cypher builders (``cypher``), two runners (``embedded``, ``neo4j``)."""
