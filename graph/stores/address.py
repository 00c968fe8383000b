"""The address of a Neo4j server, taken apart."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from graph.errors import StoreProblem
from graph.messages import message

FORM = message("Write neo4j://user:password@host:7687, followed by ?database=name if need be; percent-encode / @ : ? in the password.")


class Address:
    """A URL taken apart. Its text never holds the password."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or 7687
        except ValueError as error:
            raise StoreProblem(message("The address of the Neo4j server is malformed."), hint=FORM) from error
        if not host or parts.path.strip("/"):
            raise StoreProblem(message("The address of the Neo4j server names no host, or has a path after it."), hint=FORM)
        host = f"[{host}]" if ":" in host else host
        self.server = f"{parts.scheme}://{host}:{port}"
        self.user = unquote(parts.username or "")
        self.auth = (self.user, unquote(parts.password or "")) if self.user else None
        self.database = parse_qs(parts.query).get("database", [None])[0]
        who = f"{parts.username}@" if self.user else ""
        which = f"?database={self.database}" if self.database else ""
        self.text = f"{parts.scheme}://{who}{host}:{port}{which}"

    def __repr__(self) -> str:
        return f"Address({self.text!r})"
