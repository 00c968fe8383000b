"""Notices: who is told what on which day; an outbox that tells once, tries again, and never twice; a real mail server and endpoint."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest

from cooperation.matching.ranking import Matcher
from cooperation.notices.due import due
from cooperation.notices.outbox import FIRST_PAUSE, MOST_ATTEMPTS, Outcome, deliver, notices, write_down
from graph.errors import Forbidden, QueryProblem
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import Source
from lianyin.client import Client
from lianyin.notices import send_due
from lianyin.settings import Settings
from tests.cooperation.facts import DAY, Facts
from tests.cooperation.mail_server import mail_server, robot
from tests.cooperation.world import ONTOLOGY, build, build_more
from tests.graph.ledger.builders import Clock, link, load, node, row

NOW = datetime.datetime(2020, 9, 10, 8, 0, tzinfo=datetime.UTC)


def told(facts: Facts, day: datetime.date = DAY) -> set[tuple[str, str]]:
    world = facts.world
    return {(each.kind, each.receiver) for each in due(world, day, lambda: Matcher(world))}


@pytest.fixture
def town() -> Facts:
    facts = Facts()
    for id, type in (("d", "District"), ("u", "University"), ("acme", "Enterprise"), ("studio", "Studio"), ("f", "Field")):
        facts.node(id, type)
    facts.link("LOCATED_IN", "acme", "d")
    facts.link("BASED_AT", "studio", "acme")
    facts.expert("zhang", "u", "d", "2019-10-01", "2020-10-10")
    facts.node("welding", "Field", name="轻量化焊接")
    facts.link("EXPERT_IN", "zhang", "welding")
    return facts


def test_a_published_need_is_told_to_those_it_fits_within_a_week(town: Facts) -> None:
    town.need("n", "acme", "f", "已发布", name="轻量化焊接技术", stateSince="2020-09-03")
    assert ("published", "expert:zhang") in told(town)
    assert ("published", "expert:zhang") not in told(town, DAY + datetime.timedelta(days=1))
    town.need("other", "acme", "f", "已发布", name="水泵", stateSince="2020-09-10")
    assert len([each for each in told(town) if each[0] == "published"]) == 1


def test_an_acceptance_is_told_to_the_enterprise(town: Facts) -> None:
    town.need("n", "acme", "f", "已接单")
    town.link("ACCEPTED", "zhang", "n", validFrom="2020-09-10", state="接单")
    assert ("accepted", "enterprise:acme") in told(town)
    del town.relationships[-1]
    town.link("ACCEPTED", "zhang", "n", validFrom="2020-09-10", state="退单")
    assert ("accepted", "enterprise:acme") not in told(town)


def test_a_silent_pair_an_ending_term_and_a_near_deadline(town: Facts) -> None:
    town.link("PAIRED_WITH", "studio", "zhang", validFrom="2020-06-12")
    town.need("n", "acme", "f", "对接中", dueDate="2020-09-24")
    assert told(town) == {
        *(("silent", receiver) for receiver in ("studio:studio", "expert:zhang", "union")),
        ("term-ending", "district:d"),
        ("deadline", "enterprise:acme"),
    }
    before = DAY - datetime.timedelta(days=1)  # 89 days silent, 31 days to the end of the term, 15 to the deadline
    assert told(town, before) == set()


# The outbox


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """A district where a need waits for its deadline and an acceptance was made."""
    store = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ONTOLOGY)
    build(store)
    build_more(store)
    rows = [
        row(1, node("n:1", "Need", name="焊接\r\nBcc: everybody@example.org", state="已接单"), link("POSTED", "e:acme", "n:1")),
        row(2, link("ACCEPTED", "p:zhang", "n:1", validFrom="2020-09-09", state="接单")),
    ]
    load(Ledger(store, ONTOLOGY, Clock()), Source("needs", "Needs", "2020-09-09"), rows, "needs")
    addresses = tmp_path / "addresses.json"
    addresses.write_bytes(orjson.dumps({"enterprise:示例重工": "office@acme.example"}))

    def opened(**chosen: object) -> Client:
        settings = Settings(today="2020-09-10", language="zh", notices_addresses=addresses, **chosen)  # type: ignore[arg-type]
        return Client(store, ONTOLOGY, settings)

    yield opened
    store.close()


def sent(client: Client, at: datetime.datetime = NOW) -> dict[str, int]:
    return send_due(client, 1000, lambda: at).outcomes


def states(client: Client) -> list[tuple[str, int]]:
    return [(each.state.value, each.attempts) for each in notices(client.models.world)]


def test_an_e_mail_goes_out_once(client: Callable[..., Client]) -> None:
    with mail_server() as (address, mailbox):
        opened = client(notices=address)
        assert sent(opened) == {"sent": 1}
        assert sent(opened, NOW + datetime.timedelta(days=1)) == {}
    (email,) = mailbox.messages
    assert email["To"] == "office@acme.example" and email["Bcc"] is None
    assert email["Subject"] == "张拟接下了需求“焊接 Bcc: everybody@example.org”"
    assert "took on the need" in email.get_content() and "企业" in email.get_content()  # type: ignore[attr-defined]
    assert states(opened) == [("已发", 1)]


def test_what_is_refused_is_tried_again_after_a_pause_and_given_up_in_the_end(client: Callable[..., Client]) -> None:
    with mail_server() as (address, mailbox):
        opened, at = client(notices=address), NOW
        mailbox.refuse = 2
        assert sent(opened, at) == {"retried-later": 1}
        assert sent(opened, at + FIRST_PAUSE / 2) == {}
        at += FIRST_PAUSE
        assert sent(opened, at) == {"retried-later": 1}
        assert sent(opened, at + FIRST_PAUSE) == {}  # the pause has doubled
        assert sent(opened, at + 2 * FIRST_PAUSE) == {"sent": 1}
        assert len(mailbox.messages) == 1
    assert notices(opened.models.world)[0].problem == ""


def test_nobody_there_is_given_up_after_the_last_attempt(client: Callable[..., Client]) -> None:
    with mail_server() as (address, _):
        pass
    opened, at = client(notices=address), NOW
    for _ in range(MOST_ATTEMPTS):
        sent(opened, at)
        at += datetime.timedelta(days=1)
    assert states(opened) == [("未送达", MOST_ATTEMPTS)]
    assert sent(opened, at) == {}
    assert "refused" in notices(opened.models.world)[0].problem


def test_what_may_have_gone_out_is_not_sent_again(client: Callable[..., Client]) -> None:
    with mail_server() as (address, mailbox):
        opened = client(notices=address)
        mailbox.hang_up = True
        assert sent(opened) == {"uncertain": 1}
        mailbox.hang_up = False
        assert sent(opened, NOW + datetime.timedelta(days=1)) == {}
        assert mailbox.messages == [] and states(opened) == [("发送中", 1)]


def test_of_two_who_send_at_once_one_does(client: Callable[..., Client]) -> None:
    opened = client()
    write_down(opened.ledger, opened.store, due(opened.models.world, DAY, lambda: opened.models.matcher), DAY)
    (notice,) = notices(opened.models.world)
    calls: list[int] = []

    def send() -> Outcome:
        calls.append(1)
        return Outcome(True)

    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda _: deliver(opened.ledger, opened.store, notice, send, lambda: NOW), range(4)))
    assert calls == [1] and states(opened) == [("已发", 1)]


def test_a_group_robot_is_told_no_names_of_people(client: Callable[..., Client]) -> None:
    with robot() as (address, heard):
        assert sent(client(notices=address)) == {"sent": 1}
    (message,) = heard
    assert message["msgtype"] == "text" and "焊接" in message["text"]["content"]
    assert "张拟" not in message["text"]["content"]


@pytest.mark.parametrize(("status", "code"), [(500, 0), (200, 93000)])
def test_a_robot_that_refuses_is_asked_again_later(client: Callable[..., Client], status: int, code: int) -> None:
    with robot(status, code) as (address, _):
        assert sent(client(notices=address)) == {"retried-later": 1}


def test_without_a_channel_or_an_address_notices_wait(client: Callable[..., Client], tmp_path: Path) -> None:
    assert sent(client()) == {"no-channel": 1}
    with mail_server() as (address, mailbox):
        opened = client(notices=address)
        (tmp_path / "addresses.json").write_bytes(b"{}")
        assert sent(opened) == {"no-address": 1}
        assert mailbox.messages == [] and states(opened) == [("待发", 0)]


def test_wrong_settings_and_wrong_people_are_refused(client: Callable[..., Client]) -> None:
    with pytest.raises(QueryProblem, match="not a valid channel"):
        sent(client(notices="carrier-pigeon://x"))
    with pytest.raises(Forbidden):
        client().on_behalf_of("企业:示例重工").send_notices()
    listed = client().on_behalf_of("人才办").notices().answer
    assert (listed.written, listed.due) == (0, 1)
