"""The writing half of a store: staging, committing and withdrawing, as work inside one transaction each.

Everything that decides takes the lock of ``Head`` first, so that decisions come one after another on both stores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from graph.errors import Conflict, NotFound, StoreDamaged
from graph.messages import message
from graph.model import Claim, Facts, LoadState
from graph.ontology.schema import Ontology
from graph.store import Commit
from graph.stores import rows
from graph.stores.cypher import claims as claims_cypher
from graph.stores.cypher import facts as facts_cypher
from graph.stores.cypher import layout
from graph.stores.runner import Row, Run

BATCH = 5_000
"""Rows per statement: enough that the cost of a statement vanishes, few enough that one message to a server stays at a few megabytes."""

SUBJECTS_PER_CHANGE = 1_000
"""Subjects per ``Change`` node. One node per subject would double the nodes of a first load for nothing: they are read in sequence."""

NEVER_OPENED: Mapping[str, object] = MappingProxyType({"token": "", "withdrawing": False})
"""What a stored load has besides ``rows.load_row``, of one that comes with its commit."""

Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """Slices of at most ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class FactRows:
    """Facts as rows, grouped by type. Building it checks every value, before anything is written."""

    def __init__(self, facts: Facts, revision: int, ontology: Ontology) -> None:
        self.nodes: dict[str, list[Row]] = defaultdict(list)
        self.relationships: dict[str, list[Row]] = defaultdict(list)
        for node in facts.nodes:
            self.nodes[node.type].append(rows.node_row(node, revision, ontology))
        for relationship in facts.relationships:
            self.relationships[relationship.type].append(rows.relationship_row(relationship, revision, ontology))


def locked_head(run: Run) -> Row:
    """The head, its write lock taken until the transaction ends."""
    found = run(layout.lock_head())
    if not found:
        raise StoreDamaged(message("The store has lost its head node."), hint=message("Restore it from a backup or an export."))
    return found[0]


def create_facts(run: Run, facts: FactRows, ontology: Ontology) -> None:
    """Writes new facts; one that exists breaks a uniqueness constraint, which is a ``Conflict``."""
    for node_type, node_rows in facts.nodes.items():
        for batch in batches(node_rows):
            run(facts_cypher.create_nodes(ontology.labels(node_type), batch))
    for name, relationship_rows in facts.relationships.items():
        for batch in batches(relationship_rows):
            _expect_ends(batch, run(facts_cypher.create_relationships(name, batch)))


def upsert_facts(run: Run, facts: FactRows, ontology: Ontology) -> None:
    """Writes facts whole: nodes first, so that relationships find their ends."""
    for node_type, node_rows in facts.nodes.items():
        labels = ontology.labels(node_type)
        for batch in batches(node_rows):
            _drop_old_labels(run, node_type, labels, [row["id"] for row in batch])
            run(facts_cypher.upsert_nodes(labels, batch))
    for name, relationship_rows in facts.relationships.items():
        for batch in batches(relationship_rows):
            _expect_ends(batch, run(facts_cypher.upsert_relationships(name, batch)))


def _drop_old_labels(run: Run, node_type: str, labels: tuple[str, ...], ids: Sequence[str]) -> None:
    """A node whose type changes loses the labels that its new type does not have."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in run(facts_cypher.retyped_nodes(node_type, ids)):
        gone = tuple(sorted(set(row["labels"]) - {"Entity", *labels}))
        if gone:
            groups[gone].append(row["id"])
    for gone, of in groups.items():
        run(facts_cypher.remove_labels(gone, of))


def _expect_ends(batch: Sequence[Row], written: list[Row]) -> None:
    if written[0]["written"] == len(batch):
        return
    example = batch[0]
    raise Conflict(
        message(
            "Of {count} relationships, {number} have an end that is not in the store, perhaps among them {id} from {source} to {target}.",
            number=len(batch) - written[0]["written"],
            count=len(batch),
            id=example["id"],
            source=example["source"],
            target=example["target"],
        ),
        hint=message("Write the nodes before their relationships, or together with them."),
    )


def check_commit(head: Row, commit: Commit) -> None:
    """Whether this commit comes next and may publish now."""
    if commit.revision != head["revision"] + 1:
        raise Conflict(
            message(
                "Revision {revision} cannot be published: the store is at {stands_at}.",
                revision=commit.revision,
                stands_at=head["revision"],
            ),
            hint=message("Read the head again, then repeat the step."),
        )
    publishing = head["publishing"]
    if publishing and publishing not in {load.id for load in commit.loads} | {commit.closed_by}:
        raise Conflict(
            message("The load {publishing} is being published.", publishing=publishing), hint=message("Wait for it, or withdraw it.")
        )
    if head["staging"] and not publishing:
        raise Conflict(message("Some staged facts belong to no load."), hint=message("Withdraw the interrupted load first."))


def _opened_loads(run: Run, commit: Commit) -> Mapping[str, Row]:
    """What is stored of the commit's loads, by id. A load that was taken for dead has lost its claims: what was folded from them must not
    be published."""
    opened: dict[str, Row] = {}
    for loads in batches(commit.loads):
        for row in run(claims_cypher.loads_by_id([load.id for load in loads])):
            stored = row["properties"]
            if stored["state"] == LoadState.WITHDRAWN.value or stored.get("withdrawing"):
                raise Conflict(
                    message("The load {id} was withdrawn before it could be published.", id=stored["id"]),
                    hint=message("Load the files again."),
                )
            opened[stored["id"]] = {key: stored[key] for key in NEVER_OPENED if key in stored}
    return opened


def check_no_overlap(commit: Commit) -> None:
    """A subject is written or deleted in one commit, not both: readers of the changes could not tell what stands."""
    nodes = {node.id for node in commit.upserts.nodes} & set(commit.deleted_nodes)
    relationships = {relationship.id for relationship in commit.upserts.relationships} & set(commit.deleted_relationships)
    for subject in sorted(nodes | relationships):
        raise Conflict(message("One commit both writes and deletes {subject}.", subject=subject))


def apply_commit(run: Run, commit: Commit, facts: FactRows, ontology: Ontology, token: str) -> None:
    """The whole commit. The head comes first: its lock makes the order of revisions the order of commits."""
    check_commit(locked_head(run), commit)
    opened = _opened_loads(run, commit)
    run(layout.update_head({"revision": commit.revision, "publishing": "", "staging": 0}))
    for ids in batches(commit.closed_claims):
        _close(run, ids, commit)
    append(run, commit.claims)
    delete_facts(run, commit.deleted_nodes, commit.deleted_relationships, ontology)
    upsert_facts(run, facts, ontology)
    changes = [*_change_rows(commit), {"id": f"{commit.revision}:commit", "revision": commit.revision, "kind": "commit", "token": token}]
    for batch in batches(changes, 100):
        run(facts_cypher.write_changes(batch))
    for loads in batches(commit.loads):
        run(claims_cypher.delete_loads([load.id for load in loads]))
        run(claims_cypher.create_loads([{**opened.get(load.id, NEVER_OPENED), **rows.load_row(load)} for load in loads]))


def _close(run: Run, ids: Sequence[str], commit: Commit) -> None:
    closed = run(claims_cypher.close_claims(ids, commit.closed_at, commit.closed_by))[0]["closed"]
    if closed != len(set(ids)):
        raise Conflict(
            message("Of {count} claims, {number} are already closed or do not exist.", number=len(set(ids)) - closed, count=len(set(ids))),
            hint=message("Repeat the step from the current state."),
        )


def append(run: Run, claims: Iterable[Claim]) -> None:
    """Writes claims."""
    claim_rows = [rows.claim_row(claim) for claim in claims]
    for batch in batches(claim_rows):
        run(claims_cypher.write_claims(batch))


def delete_facts(run: Run, nodes: Sequence[str], relationships: Sequence[str], ontology: Ontology) -> None:
    """Relationships first; a node takes whatever still touches it along. Ids that are gone already do no harm."""
    for name, of_type in rows.by_type(relationships, ontology).items():
        for ids in batches(of_type):
            run(facts_cypher.delete_relationships(name, ids))
    for ids in batches(nodes):
        run(facts_cypher.delete_nodes(ids))


def _change_rows(commit: Commit) -> Iterator[Row]:
    groups: Mapping[tuple[str, bool], Sequence[str]] = {
        ("relationship", True): commit.deleted_relationships,
        ("node", True): commit.deleted_nodes,
        ("node", False): (*(node.id for node in commit.upserts.nodes), *commit.staged_nodes),
        ("relationship", False): (*(item.id for item in commit.upserts.relationships), *commit.staged_relationships),
    }
    number = 0
    for (kind, deleted), subjects in groups.items():
        for chunk in batches(sorted(set(subjects)), SUBJECTS_PER_CHANGE):
            number += 1
            identity = f"{commit.revision}:{number:06d}"
            yield {"id": identity, "revision": commit.revision, "kind": kind, "deleted": deleted, "ids": rows.ids_text(chunk)}


def begin_withdrawal(run: Run, load_id: str) -> Row:
    """Stops the load from appending more, and returns the head. ``Conflict`` when the load is published."""
    head = locked_head(run)
    found = run(claims_cypher.load_by_id(load_id))
    if not found:
        raise NotFound(message("There is no load {load_id}.", load_id=load_id), hint=message("`lianyin loads` lists them."))
    state = rows.read_load(found[0]["properties"]).state
    if state not in (LoadState.STAGING, LoadState.WITHDRAWN):
        raise Conflict(
            message("The load {load_id} is {state}; it cannot be withdrawn.", load_id=load_id, state=state.label),
            hint=message("Undo it: `lianyin undo {load_id}`.", load_id=load_id),
        )
    run(claims_cypher.set_load(load_id, {"withdrawing": True}))
    return head


def end_withdrawal(run: Run, load_id: str) -> None:
    """The last step, so that a withdrawal that is interrupted is still seen as unfinished, and done again."""
    head = locked_head(run)
    run(claims_cypher.set_load(load_id, {"state": LoadState.WITHDRAWN.value}))
    if head["publishing"] == load_id:
        run(layout.update_head({"publishing": "", "staging": 0}))
