"""Is this query text read-only? Decided on its tokens, never on its looks, before any engine sees it.

An engine's own guard is not enough: both engines read files for ``LOAD CSV`` inside a reading transaction. So the text is cut into
tokens (comments, strings and quoted names apart), refused when it holds anything but reading clauses, and passed on without
its comments, so that no engine can read them otherwise than we do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.errors import QueryProblem
from graph.messages import Message, message, verbatim
from graph.stores.cypher.functions import is_unknown_function
from graph.stores.cypher.tokens import Token

PROCEDURES = frozenset({"db.relationshiptypes"})
"""Procedures that an analyst may call, in lower case: those that both engines have and answer alike."""

FUNCTION_FAMILIES = frozenset({"date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector"})
"""``date.truncate`` and the like. Functions of other families come from plug-ins, and those may do anything."""

WRITING_WORDS = frozenset("create delete detach drop foreach insert merge remove set transaction transactions".split())
"""Words that begin a clause which writes, wherever it stands (``CALL { … } IN TRANSACTIONS`` included)."""

PREFIX_WORDS = frozenset(
    "alter cypher deallocate deny dryrun enable explain for format grant profile reallocate rename revoke show start stop terminate "
    "use using".split()
)
"""Words that may not begin the text: they administer, tell about others' queries, or choose another engine or form of answer."""

LONGEST_QUERY = 100_000
"""Characters. A query of a person has hundreds; lists of thousands of values belong in a parameter."""

DEEPEST = 100
"""Brackets within brackets. Parsers are recursive: a few thousand keep Neo4j's busy for minutes, whatever the time limit, and end
the process that holds the embedded store."""

_AFTER_A_NAME = frozenset(
    "and as asc call contains desc else end ends in is limit match offset optional or order return skip starts then union unwind "
    "when where with xor yield".split()
)
"""Words that may follow a variable named ``load``; any other word makes it the clause ``LOAD CSV`` or a kin of it."""

_TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<quoted>`(?:[^`]|``)*`)
  | (?P<parameter>\$(?:\w+|`(?:[^`]|``)*`))
  | (?P<number>\d\w*(?:\.\d\w*)?(?:(?<=[eE])[+-]\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<dots>\.\.)
  | (?P<space>\s+)
  | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_STRANGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


_PREFIXES = (Token("word", "not"), Token("symbol", "-"), Token("symbol", "+"))


def checked(text: str) -> str:
    """The text without comments and without a last ``;``. Raises ``QueryProblem`` when it is not surely read-only."""
    if len(text) > LONGEST_QUERY:
        raise _refused(
            message("{count:,} characters", count=len(text)),
            message("At most {longest_query:,} are allowed; pass long lists as parameters.", longest_query=LONGEST_QUERY),
        )
    plain, tokens = _read(text.replace("\r\n", "\n"))
    if not tokens:
        raise QueryProblem(message("The query is empty."), hint=message("Write one, for example: MATCH (n:Entity) RETURN n.name LIMIT 10"))
    if tokens[0].kind == "word" and tokens[0].text in PREFIX_WORDS:
        raise _refused(
            verbatim(tokens[0].text.upper()), message("A query begins with MATCH, WITH, UNWIND, OPTIONAL MATCH, CALL or RETURN.")
        )
    _check_depth(tokens)
    for place in range(len(tokens)):
        _check_token(tokens, place)
    return plain


def _check_depth(tokens: Sequence[Token]) -> None:
    """Brackets, and what nests without any: prefixes (``NOT NOT …``), and ``UNION``, whose second part is a whole query again."""
    if sum(token == Token("word", "union") for token in tokens) > DEEPEST:
        raise _refused(message("more than {deepest} times UNION", deepest=DEEPEST), message("Ask in several queries."))
    depth = run = 0
    for token in tokens:
        if token.kind == "symbol" and token.text in "([{":
            depth += 1
        elif token.kind == "symbol" and token.text in ")]}":
            depth -= 1
        run = run + 1 if token in _PREFIXES else 0
        if max(depth, run) > DEEPEST:
            raise _refused(message("more than {deepest} levels of nested expressions", deepest=DEEPEST), message("Simplify it."))


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query that may be read, without its comments. Raises what ``checked`` raises for text that cannot be cut up."""
    return _read(text.replace("\r\n", "\n"))[1]


def _read(text: str) -> tuple[str, list[Token]]:
    if re.search(r"\\[uU]+[0-9a-fA-F]", text):
        raise _refused(
            message("a \\u escape"), message("Neo4j decodes it before it reads the query; write the character itself or use a parameter.")
        )
    strange = _STRANGE.search(text)
    if strange:
        raise _refused(message("the character U+{code:04X}", code=ord(strange.group())), message("Pass it as a parameter."))
    tokens: list[Token] = []
    kept: list[str] = []
    for match in _TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match.group()
        if kind == "comment":
            kept.append(" ")
            continue
        kept.append(piece)
        if kind != "space":
            tokens.append(_token(kind, piece, tokens))
    while tokens and tokens[-1] == Token("symbol", ";"):
        tokens.pop()
        plain = "".join(kept)
        kept = [plain[: plain.rindex(";")]]
    return "".join(kept).strip(), tokens


def _token(kind: str, piece: str, before: Sequence[Token]) -> Token:
    if kind == "symbol" and piece in "'\"`":
        raise QueryProblem(
            message("A {piece} is opened but never closed.", piece=piece), hint=message("Close it, or pass the text as a parameter.")
        )
    if kind == "symbol" and piece == "*" and before and before[-1] == Token("symbol", "/"):
        raise QueryProblem(message("A comment is opened with /* but never closed."), hint=message("Close it with */."))
    if kind == "word":
        return Token(kind, piece.casefold())
    if kind == "quoted":
        return Token(kind, piece[1:-1].replace("``", "`"))
    return Token(kind, piece)


def _check_token(tokens: Sequence[Token], place: int) -> None:
    token = tokens[place]
    if token == Token("symbol", ";"):
        raise _refused(message("more than one statement"), message("Run them one by one."))
    if token == Token("symbol", "("):
        _check_function(tokens, place)
    if token.kind != "word" or _is_name(tokens, place):
        return
    following = tokens[place + 1] if place + 1 < len(tokens) else Token("end", "")
    if token.text in WRITING_WORDS:
        raise _refused(verbatim(token.text.upper()), message("This query language only reads; if it is a name, quote it with backticks."))
    if token.text in ("load", "copy") and following.kind == "word" and following.text not in _AFTER_A_NAME:
        raise _refused(verbatim(f"{token.text.upper()} {following.text.upper()}"), message("Files are loaded with 'lianyin ingest'."))
    if token.text == "use" and following.kind in ("word", "quoted"):
        raise _refused(verbatim("USE"), message("The store chooses the database."))
    if token.text == "call":
        _check_call(tokens, place)


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word stands where only a name can: a property after a dot, a label or type after a colon, a map's key."""
    before = tokens[place - 1] if place else Token("start", "")
    if before == Token("symbol", "."):
        return place >= 2 and tokens[place - 2].kind != "number"
    if before == Token("symbol", ":"):
        return place >= 2 and not _ends_map_key(tokens, place - 1)
    following = tokens[place + 1] if place + 1 < len(tokens) else Token("end", "")
    return before.kind == "symbol" and before.text in "{," and following == Token("symbol", ":")


def _ends_map_key(tokens: Sequence[Token], colon: int) -> bool:
    """Whether the colon ends a map's key (``{key: …``), so that an expression follows it."""
    before = tokens[colon - 2] if colon >= 2 else Token("start", "")
    return before.kind == "symbol" and before.text in "{,"


def _check_call(tokens: Sequence[Token], place: int) -> None:
    following = tokens[place + 1] if place + 1 < len(tokens) else Token("end", "")
    if following.kind == "symbol" and following.text in "{(":
        return
    parts: list[str] = []
    for token in tokens[place + 1 :]:
        if token.kind in ("word", "quoted"):
            parts.append(token.text.casefold())
        elif token != Token("symbol", "."):
            break
    name = ".".join(parts)
    if name not in PROCEDURES:
        raise _refused(verbatim(f"CALL {name}"), message("Procedures that may be called: {procedures}.", procedures=sorted(PROCEDURES)))


def _check_function(tokens: Sequence[Token], bracket: int) -> None:
    """A dotted name before a bracket is a function of a family, or a procedure after ``CALL``, which ``_check_call`` judges."""
    first = bracket - 1
    while first >= 2 and tokens[first].kind in ("word", "quoted") and tokens[first - 1] == Token("symbol", "."):
        first -= 2
    if first == bracket - 1:
        if first >= 0 and is_unknown_function(tokens[first]):
            raise _unknown(tokens[first].text)
        return
    if tokens[first].kind not in ("word", "quoted"):
        return
    if first >= 1 and tokens[first - 1] == Token("word", "call"):
        return
    name = ".".join(token.text for token in tokens[first:bracket] if token.kind in ("word", "quoted"))
    if tokens[first].text.casefold() not in FUNCTION_FAMILIES:
        raise _unknown(name)


def _unknown(name: str) -> QueryProblem:
    return _refused(message("the function {name}", name=name), message("docs/stores.md lists the functions that there are."))


def _refused(what: Message, hint: Message) -> QueryProblem:
    return QueryProblem(
        message("A read-only query cannot contain {what}.", what=what),
        hint=hint,
        where={"parameter": "query"},
    )
