"""Whose a node of the sample city is: acting, reading and lists agree on every one."""

from __future__ import annotations

from lianyin.client import Client
from lianyin.demonstration import DAY
from tests.cooperation.test_ownership import check_equal


def test_acting_reading_and_lists_agree_on_every_node(client: Client) -> None:
    assert check_equal(client.store, DAY) > 3_000
