"""What only the server must stand: a wrong password, no server, a connection that breaks when a commit's answer is on its way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from graph.errors import StoreDenied, StoreProblem, StoreUnreachable
from graph.factory import open_store
from graph.model import Facts
from graph.store import ClaimSelection, Commit
from graph.stores.address import Address
from tests.contract.world import ONTOLOGY, everything, knows, new_load, node, node_claim, publish, published
from tests.neo4j_server import Server, free_port

COMMIT_MESSAGE = bytes.fromhex("0002b0120000")
"""Bolt's COMMIT: a chunk of two bytes (a structure without fields, signature 0x12) and the end of the message."""


def test_the_address_is_taken_apart_and_never_tells_the_password() -> None:
    address = Address("neo4j+s://some%40one:p%2Fw%3Ax%40@host.example:7777?database=graph")
    assert (address.server, address.auth, address.database) == ("neo4j+s://host.example:7777", ("some@one", "p/w:x@"), "graph")
    assert address.text == "neo4j+s://some%40one@host.example:7777?database=graph" and "p/w" not in repr(address)
    assert Address("bolt://[::1]").server == "bolt://[::1]:7687" and Address("bolt://h").auth is None
    for bad in ("neo4j://", "neo4j://user:hunter2@", "neo4j://user:hunter2@host:port", "neo4j://user:hunter2@host/graph"):
        with pytest.raises(StoreProblem) as refused:
            Address(bad)
        assert "hunter2" not in str(refused.value)


def test_no_server() -> None:
    with pytest.raises(StoreUnreachable, match="LIANYIN_STORE") as refused:
        open_store(f"neo4j://neo4j:hunter2@127.0.0.1:{free_port()}", ONTOLOGY)
    assert "hunter2" not in str(refused.value)


@pytest.mark.neo4j
def test_a_wrong_password(server: Server) -> None:
    for url in (f"neo4j://neo4j:hunter2@127.0.0.1:{server.port}", f"bolt://127.0.0.1:{server.port}"):
        with pytest.raises(StoreDenied) as refused:
            open_store(url, ONTOLOGY)
        assert "hunter2" not in str(refused.value)


@pytest.mark.neo4j
def test_an_unknown_database(server: Server) -> None:
    with pytest.raises(StoreProblem, match="nowhere"):
        open_store(server.url + "?database=nowhere", ONTOLOGY)


@pytest.mark.neo4j
def test_the_url_of_a_store_has_no_password(server: Server) -> None:
    store = open_store(server.url, ONTOLOGY)
    assert store.url == f"neo4j://neo4j@127.0.0.1:{server.port}"
    store.close()


@pytest.mark.neo4j
def test_two_processes_may_share_it(server: Server) -> None:
    first, second = open_store(server.url, ONTOLOGY), open_store(server.url, ONTOLOGY)
    publish(first, node("a"))
    publish(second, node("b"))
    assert everything(first) == everything(second) and sorted(everything(first)[0]) == ["a", "b"]
    first.close()
    second.close()


@dataclass
class Pair:
    """One connection through the cutter."""

    client: socket.socket
    server: socket.socket
    cut: bool = False

    def close(self) -> None:
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass
class Cutter:
    """Passes bytes to a server and back. Once armed, it cuts the connection at the next COMMIT: ``before`` the server has it, or
    ``after``, so that only the answer is lost."""

    port: int
    target: int
    armed: str = ""
    cuts: int = 0
    pairs: list[Pair] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                pair = Pair(client, socket.create_connection(("127.0.0.1", self.target)))
                self.pairs.append(pair)
                for direction in (self.forward, self.back):
                    threading.Thread(target=direction, args=(pair,), daemon=True).start()

    def forward(self, pair: Pair) -> None:
        with suppress(OSError):
            while data := pair.client.recv(65536):
                if self.armed and COMMIT_MESSAGE in data:
                    when, self.armed = self.armed, ""
                    self.cuts += 1
                    pair.cut = True
                    if when == "before":
                        break
                pair.server.sendall(data)
        pair.close()  # with "after" the thread below has closed it already, once the answer came

    def back(self, pair: Pair) -> None:
        with suppress(OSError):
            while (data := pair.server.recv(65536)) and not pair.cut:
                pair.client.sendall(data)
        pair.close()


def through(server: Server, cut: Cutter) -> str:
    """The server's address by way of the cutter; ``bolt://``, because routing would lead round it."""
    return server.url.replace("neo4j://", "bolt://", 1).replace(str(server.port), str(cut.port))


@contextmanager
def cutter(server: Server) -> Iterator[Cutter]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Cutter(listener.getsockname()[1], server.port)
        threading.Thread(target=made.serve, args=(listener,), daemon=True).start()
        yield made
        for pair in made.pairs:
            pair.close()


@pytest.mark.neo4j
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_step_whose_answer_is_lost_is_done_once(server: Server, when: str) -> None:
    with cutter(server) as cut, closing(open_store(through(server, cut), ONTOLOGY)) as store:
        publish(store, node("a"))

        cut.armed = when
        load = new_load(store)
        cut.armed = when
        store.append_claims([node_claim(load, 1, "b")], load)
        cut.armed = when
        store.hold_publication(load.id, 5)
        cut.armed = when
        store.stage(Facts((node("b"),), (knows("a", "b"),)), 2)
        cut.armed = when
        store.commit(Commit(2, Facts((node("c"),)), staged_nodes=("b",), staged_relationships=("KNOWS:a>b",), loads=(published(load, 2),)))

        assert cut.cuts == 5 and cut.armed == ""
        assert load.id == "L1" and [item.id for item in store.loads()] == ["L1"]
        assert len(list(store.claims(ClaimSelection(nodes=["b"])))) == 1
        assert sorted(everything(store)[0]) == ["a", "b", "c"] and sorted(everything(store)[1]) == ["KNOWS:a>b"]
        assert store.head().revision == 2 and store.head().publishing == ""
