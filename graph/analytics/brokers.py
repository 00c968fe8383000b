"""Who has contacts that do not know each other: Burt's structural holes."""

from __future__ import annotations

import numpy as np

from graph.analytics.answer import AnalysisAnswer, Column
from graph.analytics.asked import AnalysisContext, Numbers, check_work, stopped
from graph.kernels.arrays import DONE
from graph.messages import message
from graph.ontology.schema import Label
from graph.paths.search.deadline import stopped_by, stopping

CONSTRAINT = Column("constraint", Label("约束度", "constraint"))
EFFECTIVE = Column("effective_size", Label("有效规模", "effective size"))
EFFICIENCY = Column("efficiency", Label("效率", "efficiency"))
CONTACTS = Column("contacts", Label("联系人数", "contacts"), whole=True)


def brokers(asked: AnalysisContext) -> AnalysisAnswer:
    """The least constrained first; nodes without a contact are left out, as nothing is defined for them."""
    constraint, effective, contacts = structural_holes(asked)
    meaning = asked.says(
        "中间人：联系人之间互不相识的节点。约束度（Burt 1992）= Σj (p_ij + Σq p_iq p_qj)²，p_ij 是 i 分给 j 的关系份额；低者在前。"
        "有效规模 = 联系人数减去重复的份额，"
        "效率 = 有效规模 ÷ 联系人数；自环不计。",
        "Brokers: nodes whose contacts do not know each other. Constraint (Burt 1992) = Σj (p_ij + Σq p_iq p_qj)², where p_ij is the "
        "share of "
        "i's relationships that goes to j; the least first. Effective size = contacts less what is redundant among them; efficiency = "
        "effective "
        "size ÷ contacts. Loops are left out.",
    )
    shares = np.divide(effective, contacts, out=np.zeros_like(effective), where=contacts > 0)
    columns = [(CONSTRAINT, constraint), (EFFECTIVE, effective), (EFFICIENCY, shares), (CONTACTS, contacts)]
    return asked.ranked(meaning, columns, rising=True, where=contacts > 0)


def structural_holes(asked: AnalysisContext) -> tuple[Numbers, Numbers, Numbers]:
    """Constraint, effective size and number of contacts of each node; a contact is a neighbour either way, and mutual relationships add
    up. R. Burt, Structural Holes, 1992; effective size reduces to S. Borgatti's formula (1997) where all relationships weigh alike.
    Raises ``QueryProblem`` past the bound on work, ``Unfinished`` when stopped."""
    from graph.kernels.holes import Shares, holes

    matrix = asked.graph.matrix(parallel=asked.query.parallel)
    both = (matrix + matrix.T).tocsr()
    both.sort_indices()
    contacts = np.diff(both.indptr).astype(np.int64)
    check_work(int((contacts**2).sum()), asked.context, message("Examining the neighbours of all neighbours"))
    owners = np.repeat(np.arange(asked.graph.size), contacts)
    sums = np.bincount(owners, both.data, minlength=asked.graph.size)
    greatest = np.zeros(asked.graph.size)
    np.maximum.at(greatest, owners, both.data)
    # what q has for j stands at j's entry for q too: the sums of both are symmetric
    shares = Shares(
        both.indptr.astype(np.int32), both.indices.astype(np.int32), both.data / sums[owners], both.data / greatest[both.indices]
    )
    constraint, redundant = np.zeros(asked.graph.size), np.zeros(asked.graph.size)
    budget = np.array((asked.context.bounds.work, 0, 0), np.int64)
    with stopping(budget, asked.context):
        if holes(shares, constraint, redundant, budget) != DONE:
            raise stopped(stopped_by(budget), asked.context)
    return constraint, contacts - redundant, contacts
