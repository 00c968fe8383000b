"""Claims and loads."""

from __future__ import annotations

from collections.abc import Sequence

from graph.stores.cypher.layout import Statement, example_of, map_text, quoted

Rows = Sequence[dict[str, object]]


def claims_by(key: str, values: Sequence[str], *, open_only: bool) -> Statement:
    """Claims whose ``key`` (an indexed one) is among ``values``."""
    condition = " AND c.recordedTo = ''" if open_only else ""
    return Statement(
        f"MATCH (c:Claim) WHERE c.{quoted(key)} IN $values{condition} RETURN properties(c) AS properties", {"values": list(values)}
    )


def claim_ids_written_by(load_id: str) -> Statement:
    """Ids of the claims that a load wrote."""
    return Statement("MATCH (c:Claim) WHERE c.writtenBy = $load RETURN c.id AS id", {"load": load_id})


def write_claims(rows: Rows) -> Statement:
    """Rows are whole claims; an id that is taken breaks the uniqueness constraint."""
    example = example_of(rows)
    return Statement(f"UNWIND $rows AS row CREATE (c:Claim {map_text(example, 'row')})", {"rows": list(rows)}, ("Claim", example))


def close_claims(ids: Sequence[str], at: str, by: str) -> Statement:
    """Only open claims can be closed; the caller compares the count."""
    return Statement(
        "MATCH (c:Claim) WHERE c.id IN $ids AND c.recordedTo = '' SET c.recordedTo = $at, c.closedBy = $by RETURN count(c) AS closed",
        {"ids": list(ids), "at": at, "by": by},
    )


def delete_claims(ids: Sequence[str]) -> Statement:
    """For withdrawn loads only: what was published is closed, not deleted."""
    return Statement("MATCH (c:Claim) WHERE c.id IN $ids DETACH DELETE c", {"ids": list(ids)})


def create_loads(rows: Rows) -> Statement:
    """Rows are whole loads, with ``token`` and ``withdrawing``."""
    return Statement("UNWIND $rows AS row CREATE (l:Load) SET l = row", {"rows": list(rows)})


def delete_loads(ids: Sequence[str]) -> Statement:
    """To write them anew: the embedded engine copies a whole column to change one value in it, and columns of half a million acts are
    long; a node goes and comes without."""
    return Statement("MATCH (l:Load) WHERE l.id IN $ids DELETE l", {"ids": list(ids)})


def loads_by_id(ids: Sequence[str]) -> Statement:
    """Those of them that there are."""
    return Statement("MATCH (l:Load) WHERE l.id IN $ids RETURN properties(l) AS properties", {"ids": list(ids)})


def loads_in(states: Sequence[str] = (), kinds: Sequence[str] = (), newest: int = 0) -> Statement:
    """The loads in these states and of these kinds (any, where none is named), oldest first; with ``newest`` the last so many, from the
    last one back."""
    wanted = {"state": states, "kind": kinds}
    conditions = " AND ".join(f"l.{name} IN ${name}s" for name, values in wanted.items() if values)
    return Statement(
        f"MATCH (l:Load){' WHERE ' + conditions if conditions else ''} RETURN properties(l) AS properties "
        + ("ORDER BY l.number DESC LIMIT $newest" if newest else "ORDER BY l.number"),
        {f"{name}s": list(values) for name, values in wanted.items() if values} | ({"newest": newest} if newest else {}),
    )


def latest_data_date(state: str) -> Statement:
    """The latest ``dataDate`` of the loads of files in a state. What people do on the platform does not make the files' data newer."""
    return Statement("MATCH (l:Load) WHERE l.state = $state AND l.kind = 'ingest' RETURN max(l.dataDate) AS date", {"state": state})


def load_by_id(load_id: str) -> Statement:
    """One load, or no row."""
    return Statement("MATCH (l:Load {id: $id}) RETURN properties(l) AS properties", {"id": load_id})


def load_by_token(token: str) -> Statement:
    """The load that a writer opened with this token, or no row."""
    return Statement("MATCH (l:Load) WHERE l.token = $token RETURN properties(l) AS properties", {"token": token})


def beat(load_id: str, at: str) -> Statement:
    """A sign of life of a staging load; no row when the load is not staging (any more)."""
    return Statement(
        "MATCH (l:Load {id: $id}) WHERE l.state = 'staging' AND l.withdrawing = false SET l.beat = $at RETURN l.id AS id",
        {"id": load_id, "at": at},
    )


def set_load(load_id: str, values: dict[str, object]) -> Statement:
    """Sets some properties of a load."""
    return Statement("MATCH (l:Load {id: $id}) SET l += $values RETURN l.id AS id", {"id": load_id, "values": values})
