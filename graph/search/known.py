"""Names by which a university is looked for although no source of the graph says them: short, former and English ones.

They come from ``graph.affiliations`` (``institutions.yaml``, ``shared.yaml``, ``further.yaml``). Search offers them as suggestions; no
command takes one for the name, because several may go by it (交大) and because who was merged was another institution (苏北农学院).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from graph.affiliations.institutions import NameKind, further_names, known_institutions, plain, shared_names
from graph.search.text import normalise

_OWN = (NameKind.NAME, NameKind.LATER)
_SAME = (*_OWN, NameKind.RENAMED)


def known_as(names: Iterable[str]) -> tuple[str, ...]:
    """The further names of an institution that bears one of these (normalised) names; none for what is no known institution."""
    table = _table()
    found = next((table[name] for name in names if name in table), ())
    return tuple(found)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """By each name that an institution bears or bore as the same institution: all that people call it, normalised. A former name that two
    bore (四川师范学院) tells neither."""
    shared: dict[str, list[str]] = defaultdict(list)
    for name, owners in shared_names().items():
        for owner in owners:
            shared[owner].append(name)
    found: dict[str, tuple[str, ...]] = {}
    doubtful: set[str] = set()
    for institution in known_institutions():
        own = plain(institution.name)
        every = [each.name for each in institution.names] + shared[own] + list(further_names().get(institution.name, ()))
        called = tuple(dict.fromkeys(normalise(name) for name in every))
        for each in institution.names:
            if each.kind in _SAME:
                key = normalise(each.name)
                if key in found and each.kind not in _OWN:
                    doubtful.add(key)
                elif key not in found or each.kind in _OWN:
                    found[key] = tuple(name for name in called if name != key)
    own_names = {normalise(each.name) for one in known_institutions() for each in one.names if each.kind in _OWN}
    return {key: names for key, names in found.items() if key in own_names or key not in doubtful}
