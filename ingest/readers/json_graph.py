"""A graph that a JSON document holds as a list of nodes and a list of links: the same two tables as of a graph file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from ingest.readers.json_lists import JsonList, items_of, lists_of, opened

Item: TypeAlias = Mapping[str, object]

NODE_LISTS = frozenset({"nodes", "vertices", "entities", "节点"})
LINK_LISTS = frozenset({"links", "edges", "relationships", "relations", "connections", "arcs", "关系", "边", "连线"})
SOURCES = ("source", "from", "start", "subject", "source_id", "sourceid", "from_id", "startnode", "起点", "主体")
TARGETS = ("target", "to", "end", "object", "target_id", "targetid", "to_id", "endnode", "终点", "客体")
IDS = ("id", "key", "_id", "nodeid", "node_id", "uid", "编号")
LABELS = ("label", "name", "title", "caption", "名称", "姓名")


def graph_lists(lists: Sequence[JsonList]) -> tuple[JsonList, JsonList] | None:
    """The list of nodes and that of links which lie side by side, if a document has two such."""
    for nodes in lists:
        for links in lists:
            parent, name = _place(nodes)
            other, called = _place(links)
            if parent == other and name in NODE_LISTS and called in LINK_LISTS and not (nodes.lists or links.lists):
                return nodes, links
    return None


def _place(each: JsonList) -> tuple[str, str]:
    parent, _, name = each.path.rpartition(".")
    return parent, name.casefold()


def is_link(item: object) -> bool:
    """Whether an object of a list says between which two nodes it stands."""
    return isinstance(item, dict) and bool(_key(item, SOURCES)) and bool(_key(item, TARGETS))


def graph_items(path: Path, nodes: JsonList, links: JsonList) -> tuple[list[Item], list[Item]]:
    """All nodes (``id``, ``label`` and what else is said) and links (``source``, ``target``, their labels and what else is said). Links
    name their ends by id, by label, or by place in the list of nodes. Raises ``ijson.JSONError``."""
    raw = [item for item in _items(path, nodes) if isinstance(item, dict)]
    arcs = [item for item in _items(path, links) if is_link(item)]
    found = [_node(number, item) for number, item in enumerate(raw)]
    labels = {str(node["id"]): str(node["label"]) for node in found}
    by_label = {str(node["label"]): str(node["id"]) for node in found}
    return found, [_link(item, labels, by_label) for item in arcs if isinstance(item, dict)]


def _node(number: int, item: Item) -> Item:
    id_key, label_key = _key(item, IDS), _key(item, LABELS)
    label = str(item[label_key]) if label_key else str(item[id_key]) if id_key else ""
    own = str(item[id_key]) if id_key else str(number)
    return {"id": own, "label": label, **{key: value for key, value in item.items() if key not in (id_key, label_key)}}


def _link(item: Item, labels: Mapping[str, str], by_label: Mapping[str, str]) -> Item:
    source_key, target_key = _key(item, SOURCES), _key(item, TARGETS)
    ends = [str(item[key]) for key in (source_key, target_key)]
    source, target = (end if end in labels else by_label.get(end, end) for end in ends)
    rest = {key: value for key, value in item.items() if key not in (source_key, target_key)}
    return {
        "source": source,
        "target": target,
        "source_label": labels.get(source, source),
        "target_label": labels.get(target, target),
        **rest,
    }


def _key(item: Item, names: Sequence[str]) -> str:
    """The key of an object that is one of these names, the first of them that it has."""
    plain = {key.casefold(): key for key in item}
    return next((plain[name] for name in names if name in plain), "")


def is_graph(path: Path, lists: Sequence[JsonList]) -> bool:
    """Whether the lists of a document are those of a graph. Raises ``ijson.JSONError``."""
    pair = graph_lists(lists)
    return pair is not None and is_link(next(iter(_items(path, pair[1])), None))


def graph_of(path: Path) -> tuple[list[Item], list[Item]]:
    """The nodes and links of a document that is a graph (``graph_items``). Raises ``ijson.JSONError``, ``ValueError``."""
    with opened(path) as stream:
        pair = graph_lists(lists_of(stream))
    if pair is None:
        raise ValueError("the document holds no graph")
    return graph_items(path, *pair)


def _items(path: Path, wanted: JsonList) -> Iterator[object]:
    with opened(path) as stream:
        yield from items_of(stream, wanted)
