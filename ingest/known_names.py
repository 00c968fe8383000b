"""One key with two names, and one name with two keys, in one table: told with the row that came first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graph.model import ClaimKind, Draft
from graph.values.normal import key_form
from ingest.clean import NAME
from ingest.outcome import Bilingual, Notice
from ingest.text import mask

REMEMBERED_KEYS = 250_000
"""Keys of one table that are compared: some 100 MB at most. Those that come later are compared with these."""

NODE = ClaimKind.NODE

TWO_NAMES = Bilingual("同一编号有两个名称", "one key with two names")
TWO_KEYS = Bilingual("同一名称有两个编号", "one name with two keys")


@dataclass(slots=True)
class KnownNames:
    """Remembers, of one table, the name that came first under each key and the key that came first with each name. ``coded`` are the
    beginnings of ids that are made of something else than a name; ``parties`` those of people and organisations, of which it is also
    told when one name comes with several keys. Of ``personal`` ones the name is masked."""

    coded: frozenset[str]
    parties: frozenset[str]
    personal: Collection[str]
    _coded: tuple[str, ...] = field(init=False)
    _names: dict[str, tuple[str, int]] = field(default_factory=dict)
    _keys: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._coded = tuple(f"{prefix}:" for prefix in self.coded)

    def notices(self, row: int, drafts: tuple[Draft, ...]) -> tuple[Notice, ...]:
        """What this row says otherwise than an earlier one."""
        names, coded = self._names, self._coded
        found: tuple[Notice, ...] = ()
        for draft in drafts:
            if draft.kind is NODE and draft.subject.startswith(coded):
                known = names.get(draft.subject)
                if known is None or known[0] != draft.values.get(NAME):  # most nodes bear the name that an earlier row gave them
                    found += tuple(self._compared(row, draft))
        return found

    def _compared(self, row: int, draft: Draft) -> Iterator[Notice]:
        prefix = draft.subject.partition(":")[0]
        name = draft.values.get(NAME)
        if not isinstance(name, str):
            return
        known = self._names.get(draft.subject)
        if known is not None:
            if known[0] != name and key_form(known[0]) != key_form(name):
                yield self._notice(TWO_NAMES, prefix, name, known[0], known[1])
            return
        if len(self._names) < REMEMBERED_KEYS:
            self._names[draft.subject] = name, row
        if prefix in self.parties:
            place = prefix, hash(key_form(name))
            first = self._keys.get(place)
            if first is not None and first[0] != draft.subject:
                yield self._notice(TWO_KEYS, prefix, name, first[0].partition(":")[2], first[1])
            elif len(self._keys) < REMEMBERED_KEYS:
                self._keys[place] = draft.subject, row

    def _notice(self, reason: Bilingual, prefix: str, name: str, other: str, first: int) -> Notice:
        masked = prefix in self.personal
        shown = mask(name) if masked else name
        also = "" if masked else f"（{other}）", "" if masked else f" ({other})"
        hint = Bilingual(f"另见第 {first} 行{also[0]}：核对后改正。", f"See also row {first}{also[1]}: check which is right.")
        return Notice("", shown, reason, False, hint)
