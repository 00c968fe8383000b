"""Who may do and see what: one table, which every entry point asks.

A right is named after what it allows (``need.publish``) and held by roles, each within a scope: over what is the actor's own, what lies in
the actor's district, what the actor took on, or everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.errors import Forbidden
from graph.messages import Message, message, together
from graph.ontology.schema import Label


class Role(StrEnum):
    """As whom somebody acts."""

    ENTERPRISE = "enterprise"
    EXPERT = "expert"
    STUDIO = "studio"
    DISTRICT = "district"
    TALENT = "talent"
    UNION = "union"
    REVIEWER = "reviewer"
    ANALYST = "analyst"
    PUBLIC = "public"


LABELS: Mapping[Role, Label] = MappingProxyType(
    {
        Role.ENTERPRISE: Label("企业", "enterprise"),
        Role.EXPERT: Label("专家", "expert"),
        Role.STUDIO: Label("工作室", "studio"),
        Role.DISTRICT: Label("县区", "district office"),
        Role.TALENT: Label("人才办", "talent office"),
        Role.UNION: Label("总工会", "union"),
        Role.REVIEWER: Label("评审", "reviewer"),
        Role.ANALYST: Label("分析", "analyst"),
        Role.PUBLIC: Label("公众", "public"),
    }
)

STANDS_FOR: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.ENTERPRISE: ("Enterprise",),
        Role.EXPERT: ("Person",),
        Role.STUDIO: ("Studio",),
        Role.DISTRICT: ("District",),
        Role.REVIEWER: ("Person",),
    }
)
"""The node types that an actor of a role stands for; the other roles stand for nobody but themselves."""


class Scope(StrEnum):
    """How far a right reaches."""

    OWN = "own"
    TAKEN = "taken"
    DISTRICT = "district"
    ALL = "all"


SCOPES: Mapping[Scope, Label] = MappingProxyType(
    {
        Scope.OWN: Label("自己的", "own"),
        Scope.TAKEN: Label("自己承接的", "taken"),
        Scope.DISTRICT: Label("本县区的", "district"),
        Scope.ALL: Label("全部", "all"),
    }
)


@dataclass(frozen=True, slots=True)
class Resource:
    """What a right is asked over, by node ids: whose it is, who took it on, and in which districts it lies."""

    owners: frozenset[str] = frozenset()
    takers: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: in a ``role``, standing for the node ``node`` (``""`` where the role stands for nobody), called ``name``."""

    role: Role
    node: str = ""
    name: str = ""

    @property
    def id(self) -> str:
        """How claims name the actor: ``enterprise:uscc:…``, ``talent``."""
        return f"{self.role}:{self.node}" if self.node else str(self.role)


_OFFICES: Mapping[Role, Scope] = MappingProxyType({Role.DISTRICT: Scope.DISTRICT, Role.TALENT: Scope.ALL})
_PARTIES: Mapping[Role, Scope] = MappingProxyType({Role.ENTERPRISE: Scope.OWN, Role.EXPERT: Scope.TAKEN})

_CITY: Mapping[Role, Scope] = MappingProxyType({Role.TALENT: Scope.ALL, Role.UNION: Scope.ALL})
_CITY_AND_DISTRICTS: Mapping[Role, Scope] = MappingProxyType({**_CITY, Role.DISTRICT: Scope.DISTRICT})
_STUDIOS: Mapping[Role, Scope] = MappingProxyType({Role.STUDIO: Scope.OWN, **_CITY_AND_DISTRICTS})
_WORKING: Mapping[Role, Scope] = MappingProxyType({Role.STUDIO: Scope.OWN, **_PARTIES})
_EVERY_PARTY: Mapping[Role, Scope] = MappingProxyType({**_WORKING, **_CITY_AND_DISTRICTS})

_ANALYST: Mapping[Role, Scope] = MappingProxyType({Role.ANALYST: Scope.ALL})

_READING: tuple[tuple[str, Mapping[Role, Scope]], ...] = (
    # DOMAIN's table of who sees what, for the named answers: the talent office all terms, the union all studios, a district its own, an
    # enterprise its needs, an expert their matches, a studio its pairs, the public counts; reviewers their blind sheets and no more.
    ("who-connects bridges batch-ends single-points known-then radar ties-that-stay", {**_OFFICES, **_ANALYST}),
    (
        "without-expert ageing silent-enterprises results-for alumni-for why-no-match",
        {Role.ENTERPRISE: Scope.OWN, **_CITY_AND_DISTRICTS, **_ANALYST},
    ),
    # Sums over what is others' are nobody's own.
    ("funnel supply-demand missing-pairs outcomes", {**_CITY_AND_DISTRICTS, **_ANALYST}),
    ("contract-paid", {**_CITY, **_ANALYST}),
    ("match-need", {Role.ENTERPRISE: Scope.OWN, **_OFFICES, **_ANALYST}),
    ("match-expert", {Role.EXPERT: Scope.TAKEN, **_OFFICES, **_ANALYST}),
    (
        "pairs silent-pairs without-partner partners-for plan-items absent-studios agreements who-brought milestones training",
        {**_EVERY_PARTY, **_ANALYST},
    ),
    ("catalogue grants", {Role.STUDIO: Scope.OWN, **_CITY, **_ANALYST}),
    ("ranking reviewers-for", _CITY),
    ("progress targets", {**dict.fromkeys(Role, Scope.ALL), Role.DISTRICT: Scope.DISTRICT}),
    ("reconcile", {**_CITY, **_ANALYST}),
    ("rows", {role: Scope.ALL for role in Role if role is not Role.PUBLIC}),
)

READING: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {f"read.{name}": MappingProxyType(dict(scopes)) for names, scopes in _READING for name in names.split()}
)
"""The right to each named answer, as ``read.`` and its name; ``read.rows`` to what an answer rests on besides."""

CLASS_OF: Mapping[Role, int] = MappingProxyType({Role.ANALYST: 1, Role.PUBLIC: 0})
"""The highest privacy class that a role reads, whoever looks: an analyst sees pseudonyms. Others read what the reader may."""

RIGHTS: Mapping[str, Mapping[Role, Scope]] = MappingProxyType(
    {
        **READING,
        # Needs: an enterprise posts, an office reviews, experts take on, both carry out, the enterprise accepts the result.
        "need.post": {Role.ENTERPRISE: Scope.OWN},
        "need.edit": {Role.ENTERPRISE: Scope.OWN},
        "need.submit": {Role.ENTERPRISE: Scope.OWN},
        "need.return": _OFFICES,
        "need.publish": _OFFICES,
        "need.accept": {Role.EXPERT: Scope.ALL},
        "need.decline": {Role.EXPERT: Scope.TAKEN},
        "need.talk": _PARTIES,
        "need.sign": {Role.ENTERPRISE: Scope.OWN, **_OFFICES},
        "need.start": _PARTIES,
        "need.deliver": _PARTIES,
        "need.rework": {Role.ENTERPRISE: Scope.OWN},
        "need.complete": {Role.ENTERPRISE: Scope.OWN},
        "need.withdraw": {Role.ENTERPRISE: Scope.OWN},
        "need.expire": _OFFICES,
        "need.terminate": {Role.ENTERPRISE: Scope.OWN, **_OFFICES},
        # Looking: DOMAIN's table of who sees what. Published needs are seen by all but the public, who see counts.
        "need.see": {**_PARTIES, **_OFFICES, Role.UNION: Scope.ALL},
        "need.see-published": dict.fromkeys((Role.ENTERPRISE, Role.EXPERT, Role.STUDIO, Role.REVIEWER, Role.ANALYST), Scope.ALL),
        "need.see-secret": {**_PARTIES, **_OFFICES},
        "need.count": {Role.PUBLIC: Scope.ALL},
        # Terms and the ties that stay: the offices enter them.
        "secondment.second": _OFFICES,
        "secondment.advise": _OFFICES,
        # ① Plans are the district's; what came of an item may be told by whom it concerns.
        "plan.plan": _OFFICES,
        "plan.item": _OFFICES,
        "plan.done": {**_OFFICES, Role.STUDIO: Scope.OWN, Role.EXPERT: Scope.TAKEN},
        # ② A studio pairs, the union and the offices help; a demonstration is named by the union and the talent office.
        "pairing.pair": _STUDIOS,
        "pairing.unpair": {**_STUDIOS, Role.EXPERT: Scope.TAKEN},
        "pairing.demonstrate": _CITY,
        "pairing.embed": {Role.STUDIO: Scope.OWN, Role.ENTERPRISE: Scope.OWN},
        "meeting.meet": _EVERY_PARTY,
        "meeting.visit": _EVERY_PARTY,
        "agreement.draw-up": _EVERY_PARTY,
        "agreement.sign": _EVERY_PARTY,
        "agreement.pay": {Role.ENTERPRISE: Scope.OWN, **_OFFICES},
        "agreement.register": {Role.ENTERPRISE: Scope.OWN, **_OFFICES},
        # ③ Those who work on a project move it; an office tells what the funder decided.
        "team.introduce": {Role.EXPERT: Scope.TAKEN, Role.ENTERPRISE: Scope.OWN, **_OFFICES},
        "project.apply": _WORKING,
        "project.advance": {**_WORKING, **_OFFICES},
        "project.decide": _CITY_AND_DISTRICTS,
        "project.milestone": _WORKING,
        "project.reach": _WORKING,
        "result.record": _WORKING,
        "result.transform": {Role.ENTERPRISE: Scope.OWN, **_OFFICES},
        # ④ Training is the studio's, and the union's.
        "training.train": _STUDIOS,
        "training.mentor": _STUDIOS,
        "training.upgrade": {Role.STUDIO: Scope.OWN, Role.UNION: Scope.ALL},
        # ⑤ Nobody judges or pays for their own: the union and the talent office run the review, reviewers score what they were asked to.
        "incentive.catalogue": {Role.STUDIO: Scope.OWN, **_CITY},
        "incentive.rubric": _CITY,
        "incentive.assign": _CITY,
        "incentive.score": {Role.REVIEWER: Scope.TAKEN},
        # Blind: their own sheets, without who runs a project and what others scored.
        "incentive.sheets": {Role.REVIEWER: Scope.TAKEN},
        "incentive.grant": _CITY,
        "incentive.raise": _CITY,
        "update.report": _CITY_AND_DISTRICTS,
        # What is told to whom, and sending it.
        "notice.see": _CITY,
        "notice.send": _CITY,
        # Whether two records mean one resource.
        "identity.judge": {Role.TALENT: Scope.ALL, Role.UNION: Scope.ALL, Role.DISTRICT: Scope.ALL},
    }
)


def may(actor: Actor, right: str, resource: Resource) -> bool:
    """Whether the actor holds the right over this resource. Raises ``KeyError`` for a right that the table does not have."""
    scope = RIGHTS[right].get(actor.role)
    reached = {
        Scope.OWN: resource.owners,
        Scope.TAKEN: resource.takers,
        Scope.DISTRICT: resource.districts,
    }
    return scope is Scope.ALL or (scope is not None and actor.node in reached[scope])


def check_right(actor: Actor, right: str, resource: Resource, what: Message) -> None:
    """Raises ``Forbidden`` unless the actor holds the right; ``what`` names the resource in the message."""
    if may(actor, right, resource):
        return
    held = RIGHTS[right]
    who = [message("{role} ({scope})", role=LABELS[role], scope=SCOPES[scope]) for role, scope in held.items()]
    if actor.role in held:
        detail = message("{actor} may not act on {what}.", actor=actor.id, what=what)
    else:
        detail = message("The role '{role}' may not do this with {what}.", role=LABELS[actor.role], what=what)
    raise Forbidden(
        together(detail, message("The right required is '{right}'.", right=right)),
        rule=right,
        hint=message("It is held by: {who}.", who=who),
        where={"parameter": "as"},
    )
