"""The store that both engines share: ``graph.store.Store`` over a ``Runner``."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from graph.errors import Conflict, NotFound, QueryProblem, StoreDamaged
from graph.messages import message
from graph.model import Change, Claim, Facts, Head, Load, LoadState, Node, Relationship, Table
from graph.ontology.schema import Ontology
from graph.processes import this_process
from graph.store import ClaimSelection, Commit, QueryLimits
from graph.stores import publication, rows, upgrade
from graph.stores.cypher import claims as claims_cypher
from graph.stores.cypher import facts as facts_cypher
from graph.stores.cypher import guard, layout
from graph.stores.cypher.layout import Statement
from graph.stores.publication import batches
from graph.stores.runner import Result, Row, Run, Runner

SELECTION = 1_000
"""Values per look-up statement: an index is asked for each of them, so more would only make the plan's list longer."""

POLL_SECONDS = 0.1
"""How often a load looks whether it may publish. A publication takes seconds, so that is soon enough and costs nothing."""


class GraphStore:
    """Implements ``graph.store.Store``. Safe to share between threads."""

    def __init__(self, runner: Runner, ontology: Ontology) -> None:
        """Prepares the store: constraints and indexes from the ontology, and the head. Raises ``OntologyProblem`` for names that the
        store needs, ``StoreDamaged`` for a store of another format."""
        layout.check_ontology(ontology)
        self._runner = runner
        self._ontology = ontology
        self._prepare()

    def _prepare(self) -> None:
        statements = layout.schema_statements(self._ontology)
        schema = layout.fingerprint(statements)
        head = self._runner.read(layout.read_head())
        if not head:
            self._runner.define(statements)
            self._run(layout.create_head(schema))
            head = self._runner.read(layout.read_head())
        if head[0]["format"] == upgrade.FROM:
            upgrade.upgrade(self._run)
        elif head[0]["format"] != layout.FORMAT:
            raise StoreDamaged(
                message(
                    "The store {url} has format {format}; this version reads format {expected}.",
                    url=self.url,
                    format=head[0]["format"],
                    expected=layout.FORMAT,
                ),
                hint=message("Export it with the version of Lianyin that wrote it, and load the export here."),
            )
        if head[0]["schema"] != schema:  # the ontology has grown since
            self._runner.define(statements)
            self._run(layout.update_head({"schema": schema}))

    @property
    def url(self) -> str:
        return self._runner.url

    def close(self) -> None:
        self._runner.close()

    # ── loads and claims ────────────────────────────────────────────────────────────────────────

    def head(self) -> Head:
        found = self._runner.read(layout.read_head())[0]
        return Head(found["revision"], found["publishing"])

    def open_load(self, load: Load) -> Load:
        token = uuid.uuid4().hex

        def work(run: Run) -> Load:
            number = publication.locked_head(run)["nextLoad"]
            opened = replace(load, id=f"L{number}", state=LoadState.STAGING, owner=this_process())
            run(layout.update_head({"nextLoad": number + 1}))
            run(claims_cypher.create_loads([{**rows.load_row(opened), "token": token, "withdrawing": False}]))
            return opened

        def applied(run: Run) -> Load | None:
            found = run(claims_cypher.load_by_token(token))
            return rows.read_load(found[0]["properties"]) if found else None

        return self._runner.write(work, applied)

    def loads(self, states: Sequence[LoadState] = (), kinds: Sequence[str] = (), newest: int = 0) -> list[Load]:
        statement = claims_cypher.loads_in([state.value for state in states], kinds, newest)
        found = [rows.read_load(row["properties"]) for row in self._runner.read(statement)]
        return found[::-1] if newest else found

    def data_date(self) -> str:
        found = self._runner.read(claims_cypher.latest_data_date(LoadState.PUBLISHED.value))
        return (found[0]["date"] if found else "") or ""

    def append_claims(self, claims: Sequence[Claim], load: Load) -> None:
        """Raises ``Conflict`` when the load is not staging (withdrawn by somebody who took it for dead), or a claim id is taken."""

        def work(run: Run) -> bool:
            if not run(claims_cypher.beat(load.id, load.beat)):
                raise Conflict(
                    message("The load {id} takes no more claims: it is not being recorded.", id=load.id),
                    hint=message("Load the files again."),
                )
            publication.append(run, claims)
            return True

        def applied(run: Run) -> bool | None:
            return bool(claims and run(claims_cypher.claims_by("id", [claims[0].id], open_only=False))) or None

        self._runner.write(work, applied)

    def claims(self, selection: ClaimSelection) -> Iterator[Claim]:
        """``ClaimSelection.ids`` and the like may be of any length: they are asked for in batches."""
        statements = list(_selecting(selection))
        seen: set[str] | None = set() if len(statements) > 1 else None
        for statement in statements:
            for row in self._runner.stream(statement):
                claim = rows.read_claim(row["properties"])
                if seen is not None:
                    if claim.id in seen:
                        continue
                    seen.add(claim.id)
                yield claim

    # ── publishing ──────────────────────────────────────────────────────────────────────────────

    def hold_publication(self, load_id: str, patience_seconds: float) -> None:
        deadline = time.monotonic() + patience_seconds
        while (holder := self._try_publication(load_id)) != load_id:
            if time.monotonic() >= deadline:
                raise Conflict(
                    message(
                        "The load {holder} is being published; waited {patience_seconds:g} s for it.",
                        holder=holder,
                        patience_seconds=patience_seconds,
                    ),
                    hint=message("Try again later; if nobody is loading any more, withdraw {holder}.", holder=holder),
                )
            time.sleep(min(POLL_SECONDS, patience_seconds))

    def _try_publication(self, load_id: str) -> str:
        """Who may publish. Looks before it asks for the lock, so that waiting costs the publisher nothing."""
        holder = self.head().publishing
        return holder if holder not in ("", load_id) else self._write(lambda run: _take_publication(run, load_id))

    def stage(self, facts: Facts, revision: int) -> None:
        """Raises ``Conflict`` when a fact exists, an end is missing, or ``revision`` is not being published."""
        staged = publication.FactRows(facts, revision, self._ontology)
        if not self._runner.read(layout.read_head())[0]["staging"]:
            self._runner.pin_published()

        def work(run: Run) -> bool:
            head = publication.locked_head(run)
            if not head["publishing"] or revision != head["revision"] + 1:
                raise Conflict(
                    message(
                        "Nothing can be staged for revision {revision}: the store is at {stands_at}; being published: {load}.",
                        revision=revision,
                        stands_at=head["revision"],
                        load=head["publishing"] or "-",
                    ),
                    hint=message("Hold the publication first."),
                )
            run(layout.update_head({"staging": revision}))
            publication.create_facts(run, staged, self._ontology)
            return True

        self._runner.write(work, lambda run: self._already_staged(run, facts))

    def _already_staged(self, run: Run, facts: Facts) -> bool | None:
        if facts.nodes:
            return bool(run(facts_cypher.any_node(facts.nodes[0].id))) or None
        if facts.relationships:
            first = facts.relationships[0]
            return bool(run(facts_cypher.relationships_by_id(first.type, [first.id], published=False))) or None
        return True

    def commit(self, commit: Commit) -> None:
        """Deletes come before upserts, so nothing can be hung on a node that goes in the same commit: that is a ``Conflict``, as is a
        subject both written and deleted, a closed claim that is not open, and a relationship whose end is missing."""
        publication.check_no_overlap(commit)
        facts = publication.FactRows(commit.upserts, commit.revision, self._ontology)
        token = uuid.uuid4().hex

        def work(run: Run) -> bool:
            publication.apply_commit(run, commit, facts, self._ontology, token)
            return True

        def applied(run: Run) -> bool | None:
            found = run(facts_cypher.commit_token(commit.revision))
            return bool(found and found[0]["token"] == token) or None

        self._runner.write(work, applied)
        self._runner.unpin_published()

    def withdraw(self, load_id: str) -> None:
        head = self._write(lambda run: publication.begin_withdrawal(run, load_id))
        if head["publishing"] == load_id and head["staging"]:
            self._remove_staged(head["revision"], load_id)
        claim_ids = [row["id"] for row in self._runner.read(claims_cypher.claim_ids_written_by(load_id))]
        for ids in batches(claim_ids):
            self._run(claims_cypher.delete_claims(ids))
        self._write(lambda run: publication.end_withdrawal(run, load_id))
        if head["publishing"] == load_id:
            self._runner.unpin_published()

    def _remove_staged(self, revision: int, load_id: str) -> None:
        """Two may withdraw one load at once: each batch makes sure that the load still holds the publication, so that the slower of them
        never takes what the next load stages."""

        def remove(statement: Statement) -> None:
            self._write(lambda run: run(statement) if publication.locked_head(run)["publishing"] == load_id else [])

        staged: dict[str, list[str]] = {}
        for row in self._runner.read(facts_cypher.staged_relationships(revision)):
            staged.setdefault(row["type"], []).append(row["id"])
        for name, found in staged.items():
            for ids in batches(found):
                remove(facts_cypher.delete_relationships(name, ids))
        for ids in batches([row["id"] for row in self._runner.read(facts_cypher.staged_nodes(revision))]):
            remove(facts_cypher.delete_nodes(ids))

    def _run(self, statement: Statement) -> list[Row]:
        return self._write(lambda run: run(statement))

    def _write(self, work: Callable[[Run], Result]) -> Result:
        """For work that may be done twice without harm."""
        return self._runner.write(work, lambda _: None)

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    def facts(self, nodes: Sequence[str] = (), relationships: Sequence[str] = (), touching: Sequence[str] = ()) -> Facts:
        found_nodes: dict[str, Node] = {}
        for ids in batches(list(dict.fromkeys(nodes)), SELECTION):
            for row in self._runner.read(facts_cypher.nodes_by_id(ids)):
                node = rows.read_node(row["properties"])
                found_nodes[node.id] = node
        found: dict[str, Relationship] = {}
        statements = [facts_cypher.relationships_touching(ids) for ids in batches(touching, SELECTION)]
        for name, of_type in rows.by_type(relationships, self._ontology).items():
            statements += [facts_cypher.relationships_by_id(name, ids) for ids in batches(of_type, SELECTION)]
        for statement in statements:
            for row in self._runner.read(statement):
                relationship = rows.read_relationship(row)
                found[relationship.id] = relationship
        return Facts(
            tuple(found_nodes[node_id] for node_id in dict.fromkeys(nodes) if node_id in found_nodes),
            tuple(found[relationship_id] for relationship_id in sorted(found)),
        )

    def scan(self, types: Sequence[str] = ()) -> tuple[Head, Iterator[Node], Iterator[Relationship]]:
        """An unknown type is ``NotFound``. The relationships are all of them: those between other types too."""
        wanted = sorted({name for given in types for name in self._ontology.descendants(self._ontology.node_type(given).name)})
        read = self._runner.snapshot()
        head = next(read(layout.read_head()))
        return (
            Head(head["revision"], head["publishing"]),
            (rows.read_node(row["properties"]) for row in read(facts_cypher.all_nodes(wanted))),
            (rows.read_relationship(row) for row in read(facts_cypher.all_relationships())),
        )

    def page(self, node_type: str, after: str, limit: int) -> list[Node]:
        if limit < 1:
            raise QueryProblem(
                message("A page of {limit} nodes cannot be read.", limit=limit),
                hint=message("Ask for at least 1."),
                where={"parameter": "limit"},
            )
        label = self._ontology.node_type(node_type).name
        return [rows.read_node(row["properties"]) for row in self._runner.read(facts_cypher.page_of_nodes(label, after, limit))]

    def changes(self, since: int) -> Iterator[Change]:
        for row in self._runner.stream(facts_cypher.changes_since(since)):
            for subject in rows.read_ids(row["ids"]):
                yield Change(row["revision"], row["kind"] == "node", subject, row["deleted"])

    def cypher(self, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        """Privacy is the caller's, by ``limits.view``: without one, what comes back holds every property of what is asked for."""
        if limits.rows < 1 or limits.milliseconds < 1:
            raise QueryProblem(message("A query needs room for at least 1 row and 1 millisecond."), where={"parameter": "limits"})
        return self._runner.query(guard.checked(text), parameters, limits)


def _take_publication(run: Run, load_id: str) -> str:
    """Who may publish once this is done."""
    holder: str = publication.locked_head(run)["publishing"]
    if holder not in ("", load_id):
        return holder
    found = run(claims_cypher.load_by_id(load_id))
    if not found:
        raise NotFound(message("There is no load {load_id}.", load_id=load_id), hint=message("open_load creates one."))
    if found[0]["properties"]["state"] != LoadState.STAGING.value:
        raise Conflict(
            message(
                "The load {load_id} cannot be published: it is {state}.",
                load_id=load_id,
                state=LoadState(found[0]["properties"]["state"]).label,
            ),
            hint=message("Load the files again."),
        )
    run(layout.update_head({"publishing": load_id}))
    return load_id


def _selecting(selection: ClaimSelection) -> Iterator[Statement]:
    """One statement per look-up and thousand values."""
    pairs = [rows.pair_key(*pair) for pair in selection.pairs]
    fields: Sequence[tuple[str, Sequence[str]]] = (
        ("node", selection.nodes),
        ("start", selection.starts),
        ("end", selection.ends),
        ("pair", pairs),
        ("left", selection.identities),
        ("right", selection.identities),
        ("record", selection.records),
        ("load", selection.loads),
        ("closedBy", selection.closed_by),
        ("id", selection.ids),
    )
    for key, values in fields:
        for batch in batches(list(dict.fromkeys(values)), SELECTION):
            yield claims_cypher.claims_by(key, batch, open_only=selection.open_only)
