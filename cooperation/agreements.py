"""② Agreements 合作协议: drawn up between two sides, signed by each, with what was contracted and what was paid kept apart.

The last signature brings about the project that the agreement is on, with its milestones: once, for its id is made of the agreement's.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from cooperation.acting import Around, link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import day, node, number, text
from cooperation.periods import check_not_future, check_order
from cooperation.roles import Role
from cooperation.things import around, check_over
from graph.errors import Forbidden, RuleBroken, ValueProblem
from graph.messages import message
from graph.model import Draft, Value
from graph.ontology.schema import Label

KINDS = ("共建", "技术开发", "技术转让", "技术许可", "技术咨询", "技术服务", "意向")
SIDES = ("甲方", "乙方")
LETTER_OF_INTENT = "意向"
"""It binds nobody to work: no project comes of it."""

COVERED = ("need", "studio", "expert", "project")
PARTY_TYPES = ("Organization", "Person", "Studio")


def parties(agreement: Around) -> dict[str, str]:
    """The parties by the side they are on."""
    return {str(each.properties.get("side", "")): each.target for each in agreement.relationships if each.type == "BETWEEN"}


def signers(agreement: Around) -> dict[str, str]:
    """Who signed, by side."""
    return {str(each.properties.get("side", "")): each.target for each in agreement.relationships if each.type == "SIGNED_BY"}


def project_of(agreement: str) -> str:
    """The id of the project that signing brings about."""
    return f"platform:project-of-{agreement.partition(':')[2] or agreement}"


def _draw_up(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    sides = {side: given.text(name) for side, name in zip(SIDES, ("first", "second"), strict=True)}
    if sides["甲方"] == sides["乙方"]:
        raise RuleBroken(message("An agreement needs two different sides."), rule="agreement.draw-up.sides", where={"parameter": "second"})
    check_over(context.desk, context.actor, "agreement.draw-up", *sides.values())
    start, end = given.iso("since"), given.iso("until")
    check_order(start, end, "agreement.draw-up")
    values: dict[str, Value] = {
        "name": given.text("name") or f"{given.text('kind')}协议",
        "kind": given.text("kind"),
        "validFrom": start,
        "validTo": end,
        "milestones": tuple(_milestone(each) for each in given.texts("milestone")),
    }
    contracted = given.number("contract_wan")
    if contracted is not None:
        values["contractWan"] = contracted
    covered = [id for name in COVERED for id in given.texts(name)]
    return [
        node_draft("Agreement", context.subject, values),
        *(link_draft("BETWEEN", context.subject, party, side=side) for side, party in sides.items()),
        *(link_draft("COVERS", context.subject, each) for each in covered),
    ]


def _milestone(text: str) -> str:
    on, _, name = text.partition(" ")
    try:
        datetime.date.fromisoformat(on)
    except ValueError:
        name = ""
    if not name.strip():
        raise ValueProblem(
            message("'{text}' is not a valid milestone.", text=text),
            hint=message("Write a date and a title, such as '2020-12-31 样件通过检测'."),
            where={"parameter": "milestone"},
        )
    return f"{on} {name.strip()}"


def _sign(context: ActionContext) -> Sequence[Draft]:
    agreement = around(context.desk, context.subject, "agreement")
    signed, side = signers(agreement), _side_of(context, agreement)
    if side in signed:
        raise RuleBroken(
            message("Side {side} has already signed.", side=side), rule="agreement.sign.once", where={"parameter": "agreement"}
        )
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, "agreement.sign")
    party = parties(agreement)[side]
    values: dict[str, Value] = {"signedOn": on.isoformat()} if len(signed) + 1 == len(SIDES) else {}
    drafts = [node_draft("Agreement", context.subject, values), link_draft("SIGNED_BY", context.subject, party, side=side)]
    return drafts + (_project(agreement, on.isoformat()) if values else [])


def _side_of(context: ActionContext, agreement: Around) -> str:
    """For which side the actor signs: their own. An institution has no account of its own: an office enters its signature."""
    known = parties(agreement)
    if not known:
        raise RuleBroken(
            message("'{name}' was not drawn up on this platform.", name=agreement.node.caption),
            rule="agreement.sign.parties",
            legal=["draw-up"],
            where={"parameter": "agreement"},
        )
    own = [side for side, party in sorted(known.items()) if party == context.actor.node]
    wanted = context.given.text("for")
    if own and wanted in ("", known[own[0]]):
        check_over(context.desk, context.actor, "agreement.sign", known[own[0]])
        return own[0]
    if context.actor.role not in (Role.TALENT, Role.DISTRICT, Role.UNION):
        raise Forbidden(
            message("{id} is not a party to it.", id=context.actor.id),
            rule="agreement.sign",
            hint=message("Each side signs for itself."),
            where={"parameter": "as"},
        )
    found = [side for side, party in sorted(known.items()) if party == wanted]
    if not found:
        raise ValueProblem(
            message("An office must say for whom it records a signature."),
            hint=message("One of {values}.", values=sorted(known.values())),
            where={"parameter": "for"},
        )
    if agreement.others[wanted].type in ("Enterprise", "Studio", "Person"):
        raise Forbidden(
            message("'{name}' must sign for itself.", name=agreement.others[wanted].caption),
            rule="agreement.sign.own",
            where={"parameter": "for"},
        )
    check_over(context.desk, context.actor, "agreement.sign", context.subject)
    return found[0]


def _project(agreement: Around, on: str) -> list[Draft]:
    get = agreement.node.properties.get
    if get("kind") == LETTER_OF_INTENT or any(agreement.others[each].type == "Project" for each in agreement.ends("COVERS", out=True)):
        return []
    id, name = project_of(agreement.node.id), str(get("name", ""))
    sides = parties(agreement)
    drafts = [
        node_draft("Project", id, {"name": f"{name}项目", "phase": "实施", "startDate": str(get("validFrom", "")) or on}),
        link_draft("COVERS", agreement.node.id, id),
    ]
    covered = agreement.ends("COVERS", out=True)
    studios = {each for each in (*covered, *sides.values()) if agreement.others[each].type == "Studio"}
    drafts += [link_draft("RUN_BY", id, each) for each in sorted(studios)]
    for side, party in sorted(sides.items()):
        if party not in studios:
            drafts.append(link_draft("PARTICIPATES_IN", party, id, role=side, validFrom=on))
    people = [each for each in covered if agreement.others[each].type == "Person"]
    drafts += [link_draft("PARTICIPATES_IN", each, id, role="专家", validFrom=on) for each in people if each not in sides.values()]
    milestones = get("milestones", ())
    for position, each in enumerate(milestones if isinstance(milestones, tuple) else (), start=1):
        due, _, title = each.partition(" ")
        drafts += [
            node_draft("Milestone", f"{id}-{position}", {"name": title, "dueDate": due}),
            link_draft("MILESTONE_OF", f"{id}-{position}", id),
        ]
    return drafts


def _pay(context: ActionContext) -> Sequence[Draft]:
    agreement = around(context.desk, context.subject, "agreement")
    check_over(context.desk, context.actor, "agreement.pay", context.subject)
    _check_signed(agreement)
    paid, contracted = agreement.node.properties.get("paidWan"), agreement.node.properties.get("contractWan")
    total = (float(paid) if isinstance(paid, (int, float)) else 0.0) + (context.given.number("amount_wan") or 0.0)
    if isinstance(contracted, (int, float)) and total > contracted:
        raise RuleBroken(
            message("Payments would reach {total:g} of {contracted:g} contracted (10,000 CNY).", total=total, contracted=contracted),
            rule="agreement.pay.contract",
            where={"parameter": "amount_wan"},
        )
    return [node_draft("Agreement", context.subject, {"paidWan": total})]


def _register(context: ActionContext) -> Sequence[Draft]:
    agreement = around(context.desk, context.subject, "agreement")
    check_over(context.desk, context.actor, "agreement.register", context.subject)
    _check_signed(agreement)
    return [node_draft("Agreement", context.subject, {"regNo": context.given.text("number")})]


def _check_signed(agreement: Around) -> None:
    if len(signers(agreement)) < len(SIDES):
        raise RuleBroken(
            message("'{name}' has not been signed by both sides.", name=agreement.node.caption),
            rule="agreement.signed",
            legal=["sign"],
            where={"parameter": "agreement"},
        )


_AGREEMENT = node("agreement", "协议", "agreement", "Agreement")

ACTIONS = (
    Action(
        "draw-up",
        "agreement",
        Label("拟定协议", "draw up an agreement between two sides"),
        (
            text("kind", "类别", "kind", *KINDS, required=True),
            node("first", "甲方", "first side", *PARTY_TYPES),
            node("second", "乙方", "second side", *PARTY_TYPES),
            text("name", "名称", "name"),
            node("need", "需求", "need it covers", "Need", required=False, many=True),
            node("studio", "工作室", "studio it covers", "Studio", required=False, many=True),
            node("expert", "专家", "expert it covers", "Person", required=False, many=True),
            node("project", "项目", "project it is on, if there is one", "Project", required=False, many=True),
            day("since", "生效日期", "valid from"),
            day("until", "失效日期", "valid to"),
            number("contract_wan", "合同额（万元）", "contract value (10,000 CNY)"),
            text("milestone", "里程碑", "milestone as 'DAY NAME'; several may be given", many=True),
        ),
        _draw_up,
        creates="Agreement",
    ),
    Action(
        "sign",
        "agreement",
        Label("签署协议", "sign an agreement"),
        (
            _AGREEMENT,
            day("on", "签订日期", "the day; today if not given"),
            node("for", "代录", "the institution whose signature an office enters", "Organization", required=False),
        ),
        _sign,
        on="agreement",
    ),
    Action(
        "pay",
        "agreement",
        Label("到账", "enter a payment"),
        (_AGREEMENT, number("amount_wan", "到账（万元）", "sum paid now (10,000 CNY)", required=True)),
        _pay,
        on="agreement",
    ),
    Action(
        "register",
        "agreement",
        Label("登记", "enter the registration number"),
        (_AGREEMENT, text("number", "登记号", "registration number", required=True)),
        _register,
        on="agreement",
    ),
)
