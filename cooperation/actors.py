"""Who acts: ``ROLE`` or ``ROLE:NODE``, as in ``enterprise:扬州示例重工有限公司``, ``专家:张拟``, ``talent``.

There is no log-in yet: whoever opens the graph says as whom they act. What an actor may do is for ``cooperation.roles``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cooperation.roles import LABELS, STANDS_FOR, Actor, Role
from graph.errors import Forbidden, QueryProblem
from graph.messages import Either, message
from graph.model import PERSON, Node, Source
from graph.ontology.schema import Ontology
from graph.store import Store

_BY_NAME: Mapping[str, Role] = MappingProxyType({name: role for role in Role for name in (str(role), LABELS[role].zh, LABELS[role].en)})

ACCOUNT_OF = "OF"
"""From an account of the platform to whom it belongs."""

FindNode = Callable[[str, str], Node]
"""The node that a text names, and the parameter that an error names (``lianyin.client.Client.node``)."""


def read_actor(text: str, find: FindNode, store: Store, ontology: Ontology) -> Actor:
    """The actor that a text names. Raises ``QueryProblem`` for no role, or a node that the role cannot stand for, ``Forbidden`` for an
    enterprise without an account, and what ``find`` raises."""
    name, _, node = text.strip().partition(":")
    role = _BY_NAME.get(name.strip().casefold(), _BY_NAME.get(name.strip()))
    if role is None:
        raise QueryProblem(
            message("'{text}' is not a role.", text=text),
            hint=message(
                "Write one of {roles}, followed by whom it represents: enterprise:NAME, expert:NAME, district:NAME.", roles=tuple(Role)
            ),
            where={"parameter": "as"},
        )
    types = STANDS_FOR.get(role, ())
    if bool(types) != bool(node.strip()):
        hint = message("Write {role}:NAME.", role=role) if types else message("Write just {role}.", role=role)
        raise QueryProblem(message("'{text}' does not say whom it represents.", text=text), hint=hint, where={"parameter": "as"})
    if not types:
        return Actor(role, "", LABELS[role].zh)
    found = find(node.strip(), "as")
    if not ({found.type, *ontology.node_type(found.type).ancestors} & set(types)):
        raise QueryProblem(
            message(
                "'{name}' is of type {type}, but {role} represents {types}.",
                name=found.caption,
                type=found.type,
                role=role,
                types=Either(types),
            ),
            where={"parameter": "as"},
        )
    if role is Role.ENTERPRISE and not _has_account(store, found):
        raise Forbidden(
            message("'{name}' has no account on the platform.", name=found.caption),
            rule="account",
            hint=message("Load its account first (企业账号)."),
            where={"parameter": "as"},
        )
    return Actor(role, found.id, found.caption)


def source_of(actor: Actor) -> Source:
    """The actor as the source of claims."""
    return Source(f"{PERSON}{actor.id}", LABELS[actor.role].en)


def _has_account(store: Store, node: Node) -> bool:
    return any(each.type == ACCOUNT_OF and each.target == node.id for each in store.facts(touching=(node.id,)).relationships)
