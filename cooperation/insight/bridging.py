"""What hangs on whom: enterprises that a single expert links to any university.

The pattern is the one of the house: University – Person – Need – Enterprise. A person is a university's by a secondment or an
employment, and takes up a need that an enterprise posted.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import Unfinished
from graph.messages import message
from graph.store import QueryLimits, Store
from graph.values import first_day, last_day

TERM, EMPLOYMENT = "SECONDED_FROM", "EMPLOYED_BY"
"""How a person is a university's."""

LINKS = """
MATCH (u:University)<-[h:%s]-(p:Person)-[a:ACCEPTED]->(n:Need)<-[o:POSTED]-(e:Enterprise)
RETURN u.id, p.id, n.id, e.id, h.validFrom, h.validTo, a.validFrom, a.validTo, o.validFrom, o.validTo
""".strip()

Day = datetime.date | None


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One way from a university to an enterprise, by node ids."""

    university: str
    person: str
    need: str
    enterprise: str


def university_links(store: Store, limits: QueryLimits, on: Day = None, homes: Sequence[str] = (TERM, EMPLOYMENT)) -> tuple[Link, ...]:
    """All ways from a university through a person and a need to an enterprise, sorted; with ``on``, those of which every part is valid
    on that day (an unknown date counts as valid). ``homes`` says by which relationships a person counts as a university's.
    Raises ``Unfinished`` if there are more than the limits allow."""
    table = store.cypher(LINKS % "|".join(homes), {}, limits)
    if table.truncated:
        raise Unfinished(
            message(
                "There are more links than one answer may hold ({limit}): from a part of them nobody can tell who is the only one.",
                limit=table.truncated,
            ),
            hint=message("Raise LIANYIN_MAX_ROWS or LIANYIN_MAX_MILLISECONDS."),
        )
    found = {Link(*map(str, row[:4])) for row in table.rows if on is None or _valid(row[4:], on)}
    return tuple(sorted(found))


def _valid(dates: Iterable[object], on: datetime.date) -> bool:
    texts = ["" if each is None else str(each) for each in dates]
    starts, ends = texts[::2], texts[1::2]
    return all(not start or first_day(start) <= on for start in starts) and all(not end or last_day(end) >= on for end in ends)


def sole_links(links: Iterable[Link]) -> Mapping[str, tuple[str, ...]]:
    """For each person the enterprises that they alone link to any university, sorted; people without any are not listed."""
    people: dict[str, set[str]] = {}
    for link in links:
        people.setdefault(link.enterprise, set()).add(link.person)
    alone: dict[str, list[str]] = {}
    for enterprise in sorted(people):
        if len(people[enterprise]) == 1:
            alone.setdefault(next(iter(people[enterprise])), []).append(enterprise)
    return {person: tuple(enterprises) for person, enterprises in sorted(alone.items())}
