"""Ids of people are made under the office's key (``ingest.text.hashed``): what is said where that is not the key of the load before."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.editions import Known
from ingest.mapping.spec import MappingSpec
from ingest.outcome import Bilingual, Notice

OTHER_KEY = Notice(
    "",
    "",
    Bilingual("此文件此前在另一密钥下导入：人员编号已改变", "this file was loaded under another key before: ids of people have changed"),
    False,
    Bilingual(
        "旧记录列为“缺失”；加 --close-gone 收回，或恢复原密钥文件后重新导入。手工认定的“同一人”须重做。",
        "Its old rows are listed as missing: take them back with --close-gone, or restore the key file and load again. "
        "Judgements on its people have to be made anew.",
    ),
)


def is_under_another_key(known: Iterable[Known], source: str, file: str, own: str) -> bool:
    """Whether the ids of this document were made under another key when it was loaded last. ``own`` is the fingerprint of today's."""
    keys = [each.table.id_key for each in known if (each.table.source, each.table.file) == (source, file)]
    return bool(keys) and keys[-1] != own


def has_hashed_ids(spec: MappingSpec) -> bool:
    """Whether a mapping makes ids under the key."""
    return any(each.hashed for node in spec.nodes.values() for each in (*node.id, *node.same))
