"""What a reader's clearance withholds from a raw query.

The stores know no property rights (Neo4j's community edition has none), so a query is judged by its words. It may not name a
property above the clearance, may not compute a property's name, may not take all properties at once (a map of them can be turned into
text, compared and sorted), and may not read claims, which hold every value as text. What whole nodes come back then loses what is
withheld. A reader who may not see every name gets no raw query at all: no look at its words tells whose name it would read. With the
highest clearance everything passes.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import QueryProblem
from graph.messages import Message, message
from graph.model import Node, Table
from graph.ontology.schema import Ontology
from graph.privacy import HIGHEST, MARKS, property_class, some_name_above
from graph.stores.cypher.guard import Token, tokens_of
from lianyin.answers.reader import Reader

CLAIM_WORDS = frozenset({"Claim", "values", "raw"})
_ASK_WITHOUT = message("Ask without it, or raise LIANYIN_CLEARANCE if you are entitled to.")
_WHOLE = frozenset({"keys", "properties"})
"""Functions that tell of every property of a node at once."""
# Keywords after which a bracket opens a list; after any other word it is an index.
_BEFORE_A_LIST = frozenset("and by contains distinct else in or return then unwind when where with xor".split())
# Words after which an operand stands: a word of the set above that follows one is no keyword, but a variable of that name. A word that
# may be either (``WITH DISTINCT``, ``STARTS WITH``) is left to the keyword.
_BEFORE_AN_OPERAND = _BEFORE_A_LIST | frozenset("as case limit not skip".split())
_KEYWORD_PAIRS = frozenset({("return", "distinct"), ("with", "distinct"), ("order", "by")})
_STORE_KEYS = frozenset({"id", "entityType", "identifiers", "revision"})


def check_query(text: str, reader: Reader) -> None:
    """Raises ``QueryProblem`` for a query that could tell what the reader may not see."""
    if reader.clearance >= HIGHEST:
        return
    if some_name_above(reader.ontology, reader.clearance):
        raise _refused(
            message("a raw query may read any name, and some are above your clearance"), message("Use search, show, path or connections.")
        )
    withheld = {name.casefold(): name for name in withheld_names(reader.ontology, reader.clearance) | CLAIM_WORDS}
    tokens = tokens_of(text)
    for place, token in enumerate(tokens):
        named = token.text.strip("'\"") if token.kind in ("word", "quoted", "string") else ""
        if named.casefold() in withheld:
            raise _refused(message("'{withheld}' is above your clearance", withheld=withheld[named.casefold()]))
        if _takes_all(tokens, place):
            raise _refused(
                message("all properties at once include some that are above your clearance"),
                message("Write their names (n.name), or return n whole."),
            )
        if token == Token("symbol", "[") and _is_index(tokens, place) and not _constant(tokens, place):
            raise _refused(message("a property whose name is computed cannot be judged"), message("Write the name itself: n.name."))


def without_withheld(table: Table, reader: Reader) -> Table:
    """The table with whole nodes and relationships cut down to what the reader may see."""
    if reader.clearance >= HIGHEST:
        return table
    rows = tuple(tuple(_cut(value, reader) for value in row) for row in table.rows)
    return Table(table.columns, rows, table.truncated)


def withheld_names(ontology: Ontology, clearance: int) -> set[str]:
    """The property names that are above the clearance in some type, on a node that no list publishes."""
    nodes = (each.properties for each in ontology.node_types.values())
    relationships = (each.properties for each in ontology.relationship_types.values())
    return {name for types in (*nodes, *relationships) for name, found in types.items() if found.privacy > clearance}


def _is_index(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else Token("start", "")
    if before.kind == "word":
        return before.text not in _BEFORE_A_LIST or _is_variable(tokens, place - 1)
    return before.kind in ("quoted", "parameter") or before in (Token("symbol", ")"), Token("symbol", "]"), Token("symbol", "}"))


def _is_variable(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word that could be a keyword stands where only a variable can: engines take most keywords as names."""
    before, word = tokens[place - 1] if place else Token("start", ""), tokens[place].text
    if before.kind == "word":
        return before.text in _BEFORE_AN_OPERAND and (before.text, word) not in _KEYWORD_PAIRS
    if before == Token("symbol", "(") and word == "distinct":  # count(DISTINCT [a, b])
        return tokens[place - 2].kind != "word"
    return before.kind == "symbol" and before.text not in ")]}{"


def _takes_all(tokens: Sequence[Token], place: int) -> bool:
    """Whether ``properties(…)``, ``keys(…)`` or ``n {.*}`` stands here."""
    following = tokens[place + 1] if place + 1 < len(tokens) else Token("end", "")
    if tokens[place].kind in ("word", "quoted") and tokens[place].text.casefold() in _WHOLE:
        return following == Token("symbol", "(")
    return tokens[place] == Token("symbol", ".") and following == Token("symbol", "*")


def _constant(tokens: Sequence[Token], place: int) -> bool:
    """Whether the index is one number, a range of numbers or one text (which was compared with the withheld names)."""
    inner = []
    for token in tokens[place + 1 :]:
        if token == Token("symbol", "]"):
            break
        inner.append(token)
    if len(inner) == 1 and inner[0].kind == "string":
        return "\\" not in inner[0].text
    return bool(inner) and all(token.kind in ("number", "dots") or token == Token("symbol", "-") for token in inner)


def _cut(value: object, reader: Reader) -> object:
    if isinstance(value, (list, tuple)):
        return [_cut(item, reader) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"id", "type", "properties"} and isinstance(value["properties"], dict):
        return {**value, "properties": _seen(value["properties"], str(value["type"]), reader)}
    if "entityType" in value:
        return _seen(value, str(value["entityType"]), reader)
    return {key: _cut(item, reader) for key, item in value.items()}


def _seen(properties: dict[str, object], node_type: str, reader: Reader) -> dict[str, object]:
    """The properties of a node (or relationship) that may be seen; a label the ontology does not know (``Claim``) shows its keys only."""
    kept = _STORE_KEYS | MARKS
    if node_type in reader.ontology.relationship_types:
        hidden = withheld_names(reader.ontology, reader.clearance)
        return {name: value for name, value in properties.items() if name not in hidden}
    if node_type not in reader.ontology.node_types:
        return {name: value for name, value in properties.items() if name in kept}
    node = Node(str(properties.get("id", "")), node_type, {"published": properties.get("published") is True})
    return {
        name: value for name, value in properties.items() if name in kept or property_class(reader.ontology, node, name) <= reader.clearance
    }


def _refused(why: Message, hint: Message = _ASK_WITHOUT) -> QueryProblem:
    return QueryProblem(message("The query cannot be run: {why}.", why=why), hint=hint, where={"parameter": "query"})
