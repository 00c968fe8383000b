"""Functions that a read-only query may call: those of Cypher that both engines know. An engine's own may do anything."""

from __future__ import annotations

from graph.stores.cypher.tokens import Token

FUNCTIONS = frozenset(
    # of groups
    "avg collect count max min percentilecont percentiledisc stdev stdevp sum "
    # of one value
    "coalesce elementid endnode head id isempty isnan keys labels last length nodes nullif properties relationships size startnode type "
    "toboolean tobooleanornull tofloat tofloatornull tointeger tointegerornull tostring tostringornull valuetype "
    # predicates and paths
    "all allshortestpaths any exists none shortestpath single "
    # of numbers
    "abs acos asin atan atan2 ceil cos cot degrees e exp floor haversin log log10 pi radians rand round sign sin sqrt tan "
    # of lists and texts
    "btrim char_length character_length left lower ltrim normalize range reduce replace reverse right rtrim split substring tail "
    "tobooleanlist tofloatlist tointegerlist tolower tostringlist toupper trim upper "
    # of time and place
    "date datetime duration localdatetime localtime point time timestamp".split()
)

BEFORE_A_BRACKET = frozenset(
    "all and by call case contains distinct else in is limit match not or return skip then union unwind when where with xor".split()
)
"""Words of clauses and operators that a bracket may follow."""


def is_unknown_function(token: Token) -> bool:
    """Whether a name that stands before a bracket is a function that may not be called."""
    if token.kind == "quoted":
        return token.text.casefold() not in FUNCTIONS
    return token.kind == "word" and token.text not in FUNCTIONS and token.text not in BEFORE_A_BRACKET
