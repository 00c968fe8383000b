"""The small district, and its people as actors."""

from __future__ import annotations

import datetime

from cooperation.roles import Actor, Role
from graph.ledger import Ledger
from graph.model import RecordDrafts, Source
from graph.ontology import default_ontology
from graph.store import Store
from tests.graph.ledger.builders import Clock, link, load, node, row

ONTOLOGY = default_ontology()
DAY = datetime.date(2020, 9, 10)
OFFICE_FILE = Source("office", "The office's list", "2020-09-01")

ACME, BETA = Actor(Role.ENTERPRISE, "e:acme", "示例重工"), Actor(Role.ENTERPRISE, "e:beta", "示例泵业")
ZHANG, LI = Actor(Role.EXPERT, "p:zhang", "张拟"), Actor(Role.EXPERT, "p:li", "李样本")
TALENT = Actor(Role.TALENT, "", "人才办")
UNION = Actor(Role.UNION, "", "总工会")
HANJIANG, GAOYOU = Actor(Role.DISTRICT, "gb2260:321003", "邗江区"), Actor(Role.DISTRICT, "gb2260:321084", "高邮市")
STUDIO = Actor(Role.STUDIO, "s:zhao", "赵拟工作室")


def district() -> tuple[RecordDrafts, ...]:
    """Every row of the office's list."""
    return (
        row(1, node("gb2260:321003", "District", name="邗江区"), node("gb2260:321084", "District", name="高邮市")),
        row(2, node("t:town", "Town", name="示例镇"), link("PART_OF", "t:town", "gb2260:321003")),
        row(3, node("e:acme", "Enterprise", name="示例重工"), link("LOCATED_IN", "e:acme", "t:town")),
        row(4, node("e:beta", "Enterprise", name="示例泵业"), link("LOCATED_IN", "e:beta", "gb2260:321084")),
        row(5, *(node(f"a:{name}", "Account", name=f"{name} 的账号") for name in ("acme", "beta"))),
        row(6, link("OF", "a:acme", "e:acme"), link("OF", "a:beta", "e:beta")),
        row(7, node("u:one", "University", name="示例大学"), node("u:two", "University", name="样例学院")),
        row(8, node("p:zhang", "Person", name="张拟"), link("EMPLOYED_BY", "p:zhang", "u:one")),
        row(9, node("p:li", "Person", name="李样本"), link("EMPLOYED_BY", "p:li", "u:two")),
        row(10, node("s:zhao", "Studio", name="赵拟工作室"), link("BASED_AT", "s:zhao", "e:acme")),
        row(11, node("f:weld", "Field", name="焊接")),
    )


def build(store: Store) -> None:
    """Loads the district."""
    load(Ledger(store, ONTOLOGY, Clock()), OFFICE_FILE, district())
