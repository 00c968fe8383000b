"""Who has contacts that do not know each other: Burt's structural holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.analytics.answer import AnalysisAnswer, Column
from graph.analytics.asked import Asked, Numbers, check_time, check_work
from graph.kernels.arrays import Int64s
from graph.ontology.schema import Label

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CONSTRAINT = Column("constraint", Label("约束度", "constraint"))
EFFECTIVE = Column("effective_size", Label("有效规模", "effective size"))
EFFICIENCY = Column("efficiency", Label("效率", "efficiency"))
CONTACTS = Column("contacts", Label("联系人数", "contacts"), whole=True)

PIECE = 20_000_000
"""Pairs of contacts of contacts that are held at once: some 300 MB."""


def brokers(asked: Asked) -> AnalysisAnswer:
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


def structural_holes(asked: Asked) -> tuple[Numbers, Numbers, Numbers]:
    """Constraint, effective size and number of contacts of each node; a contact is a neighbour either way, and mutual relationships add
    up. By rows of sparse products: ``P`` has each node's shares, ``M`` the same against its greatest. R. Burt, Structural Holes, 1992;
    effective size reduces to S. Borgatti's formula (1997) where all relationships weigh alike. Raises ``QueryProblem`` past the bound on
    work."""
    from scipy.sparse import csr_array, diags_array

    matrix = asked.graph.matrix(parallel=asked.query.parallel)
    both = csr_array(matrix + matrix.T)
    contacts = np.diff(both.indptr).astype(np.int64)
    known = both.copy()
    known.data[:] = 1.0
    steps = _steps(known)
    check_work(int(steps.sum()), asked.context, "Looking at the contacts of all contacts")
    sums = np.asarray(both.sum(axis=1)).ravel()
    greatest = both.max(axis=1).toarray().ravel() if both.nnz else np.ones(asked.graph.size)
    share = csr_array(diags_array(np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)) @ both)
    mutual = (diags_array(np.divide(1.0, greatest, out=np.zeros_like(greatest), where=greatest > 0)) @ both).T.tocsr()
    constraint, redundant = np.zeros(asked.graph.size), np.zeros(asked.graph.size)
    for begin, end in _pieces(steps):
        check_time(asked.context)
        mine = share[begin:end]
        indirect = (mine @ share).multiply(known[begin:end])
        constraint[begin:end] = np.asarray((mine + indirect).power(2).sum(axis=1)).ravel()
        redundant[begin:end] = np.asarray((mine @ mutual).multiply(known[begin:end]).sum(axis=1)).ravel()
    return constraint, contacts - redundant, contacts


def _steps(known: csr_array) -> Int64s:
    """For each node the contacts of all its contacts: what a row of the product costs."""
    steps: Int64s = (known @ np.diff(known.indptr).astype(np.float64)).astype(np.int64)
    return steps


def _pieces(steps: Numbers) -> list[tuple[int, int]]:
    """Stretches of rows of about ``PIECE`` steps, or of one row."""
    ends = np.flatnonzero(np.diff(np.cumsum(steps) // PIECE)) + 1
    return list(zip([0, *ends.tolist()], [*ends.tolist(), len(steps)], strict=True))
