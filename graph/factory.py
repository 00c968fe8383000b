"""Opens the store that a URL names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from graph.errors import StoreProblem
from graph.messages import message
from graph.ontology.schema import Ontology
from graph.store import Store

NEO4J_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})

FORMS = message("kglite:///folder (embedded) and neo4j://user:password@host:7687 (a Neo4j server)")


def default_store_url() -> str:
    """An embedded store in the user's data folder."""
    return f"kglite://{(Path(user_data_path('lianyin', appauthor=False)) / 'store').as_posix()}"


def open_store(url: str, ontology: Ontology) -> Store:
    """Opens the store, prepared for ``ontology``. Whoever opens it closes it.

    ``kglite:///folder``: embedded, made if absent. ``neo4j://…`` (also ``neo4j+s``, ``bolt`` and their kin), with
    ``?database=name`` if it is not the user's own. Raises the ``StoreProblem`` that fits, ``OntologyProblem``
    when a type takes a name that the store needs."""
    scheme = url.partition("://")[0].lower() if "://" in url else ""
    if scheme == "kglite":
        from graph.stores.embedded import open_embedded

        return open_embedded(url, ontology)
    if scheme in NEO4J_SCHEMES:
        from graph.stores.neo4j import open_neo4j

        return open_neo4j(url, ontology)
    raise StoreProblem(message("'{url}' is not the address of a store.", url=_shown(url)), hint=message("Accepted: {forms}.", forms=FORMS))


def _shown(url: str) -> str:
    """The address as it may be printed: a password never."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return url.rpartition("@")[2]
    return url.replace(f":{password}@", ":…@") if password else url
