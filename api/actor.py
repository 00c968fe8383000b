"""As whom somebody acts or looks: a header of the request. There is no log-in yet."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header

ALIAS = "lianyin-actor"
LONGEST = 2_000
"""Characters of the header, percent-encoded: nine a Chinese character."""

Actor = Annotated[
    str,
    Header(
        alias=ALIAS,
        max_length=LONGEST,
        description="`ROLE` or `ROLE:NAME`, percent-encoded: `enterprise:%E6%89%AC…`, `expert:…`, `district:…`, `talent`.",
        examples=["talent"],
    ),
]

SeenAs = Annotated[
    str,
    Header(
        alias=ALIAS,
        max_length=LONGEST,
        description="What this role sees of it (as for acts); without it the reader's class decides alone.",
        examples=["talent"],
    ),
]
