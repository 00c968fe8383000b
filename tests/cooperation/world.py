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


def more() -> tuple[RecordDrafts, ...]:
    """What the mechanisms need: a team and its terms, a project of the studio, people who share something with it, and one who does not."""
    people = (("zhao", "赵拟"), ("wu", "吴例"), ("acme", "冯样"), ("chen", "陈仿"), ("mate", "卫例"), ("signer", "蒋拟"), ("sun", "孙虚"))
    terms = (("zhang", "g:team13"), ("mate", "g:team13"))
    return (
        row(1, *(node(f"p:{id}", "Person", name=name) for id, name in people)),
        row(2, node("p:wu", "Person", skillLevel="高级工"), link("LEADS", "p:zhao", "s:zhao"), link("MEMBER_OF", "p:wu", "s:zhao")),
        row(3, node("s:qian", "Studio", name="钱样工作室"), link("BASED_AT", "s:qian", "e:beta")),
        row(4, node("g:team13", "TownHeadTeam", name="邗江区第13批科技镇长团"), node("u:three", "University", name="他校")),
        *(
            row(
                5 + position,
                node(f"m:{id}", "Secondment", startDate="2020-07", endDate="2021-07"),
                link("HAS_TERM", f"p:{id}", f"m:{id}"),
                link("POSTED_TO", f"m:{id}", "t:town"),
                link("IN_TEAM", f"m:{id}", team),
            )
            for position, (id, team) in enumerate(terms)
        ),
        row(10, node("d:steel", "Department", name="材料学院"), link("UNIT_OF", "d:steel", "u:one")),
        row(11, link("EMPLOYED_BY", "p:chen", "d:steel"), link("EMPLOYED_BY", "p:acme", "e:acme"), link("EMPLOYED_BY", "p:sun", "u:three")),
        row(12, node("g:old", "Agreement", name="XY-9"), link("COVERS", "g:old", "s:zhao"), link("COVERS", "g:old", "p:signer")),
        row(13, node("j:cooling", "Project", name="冷却改造"), link("RUN_BY", "j:cooling", "s:zhao")),
    )


def build_more(store: Store) -> None:
    """Loads that too."""
    load(Ledger(store, ONTOLOGY, Clock()), Source("union", "The union's list", "2020-09-01"), more(), "more")
