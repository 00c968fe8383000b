"""The operations as methods of a client: one line each, typed by the request and the answer that its declaration names."""

from __future__ import annotations

import copy
from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar, overload

from lianyin.operation import REGISTER, Operation
from lianyin.operations import acts as of_acts
from lianyin.operations import analyses as of_analyses
from lianyin.operations import graph as of_graph
from lianyin.operations import loads as of_loads
from lianyin.operations import needs as of_needs
from lianyin.operations import nodes as of_nodes
from lianyin.operations import notices as of_notices
from lianyin.operations import paths as of_paths
from lianyin.operations import pictures as of_pictures
from lianyin.operations import planning as of_planning
from lianyin.operations import review as of_review
from lianyin.requests import Nothing
from lianyin.results import Result
from lianyin.transport import Transport

P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A")


class Asks(Generic[P, A]):
    """A method that asks an operation; it takes the fields of its request."""

    def __init__(self, operation: Operation[R, A], request: Callable[P, R]) -> None:
        self._operation: Operation[Any, A] = operation
        self._request: Callable[P, object] = request

    @overload
    def __get__(self, client: None, owner: object) -> Self: ...

    @overload
    def __get__(self, client: Methods, owner: object) -> Callable[P, Result[A]]: ...

    def __get__(self, client: Methods | None, owner: object) -> Self | Callable[P, Result[A]]:
        if client is None:
            return self
        operation, request = self._operation, self._request

        def method(*args: P.args, **kwargs: P.kwargs) -> Result[A]:
            return client.answer(operation, request(*args, **kwargs))

        method.__name__, method.__doc__ = operation.name, operation.help
        return method


class Gives(Asks[P, A]):
    """A method that gives the bare answer, which has no table."""

    def __get__(self, client: Methods | None, owner: object) -> Any:
        asks: Any = super().__get__(client, owner)
        return self if client is None else lambda *args, **kwargs: asks(*args, **kwargs).answer


class Methods:
    """Asks through a transport, on behalf of nobody unless ``on_behalf_of`` says whom."""

    _actor = ""

    @property
    @abstractmethod
    def transport(self) -> Transport:
        """Where the operations are asked."""

    def on_behalf_of(self, actor: str) -> Self:
        """The same client acting, or looking, as ``ROLE`` or ``ROLE:NAME`` (``cooperation.actors``)."""
        other = copy.copy(self)
        other._actor = actor
        return other

    def answer(self, operation: Operation[R, A], request: R) -> Result[A]:
        """The answer to any operation, with its table."""
        answer = self.transport.answer(operation, request, self._actor)
        table = operation.table(answer, self.transport.reader)
        return Result(answer, table.columns, table.rows)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Of an operation that was registered besides those below."""
            operation = None if name.startswith("_") else REGISTER.named(name)
            if operation is None:
                raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")
            return Asks(operation, operation.request).__get__(self, type(self))

    needs = Asks(of_needs.needs, of_needs.ListNeeds)
    need = Asks(of_needs.need, of_needs.OneNeed)
    need_history = Asks(of_needs.need_history, of_needs.OneNeed)
    post_need = Asks(of_needs.post_need, of_needs.PostNeed)
    edit_need = Asks(of_needs.edit_need, of_needs.EditNeed)
    move_need = Asks(of_needs.move_need, of_needs.MoveNeed)
    expire_needs = Asks(of_needs.expire_needs, Nothing)

    paths = Asks(of_paths.paths, of_paths.AskPaths)
    connections = Asks(of_paths.connections, of_paths.AskConnections)
    common_neighbours = Asks(of_paths.common_neighbours, of_paths.AskCommon)
    connect_nodes = Asks(of_paths.connect_nodes, of_paths.AskConnecting)
    neighbourhood = Asks(of_paths.neighbourhood, of_paths.AskNeighbourhood)
    picture = Gives(of_pictures.picture, of_pictures.DrawPicture)

    analyse = Asks(of_analyses.analyse, of_analyses.AskAnalysis)
    coverage = Asks(of_analyses.coverage, of_analyses.AskCoverage)
    predict = Asks(of_analyses.predict, of_analyses.AskPrediction)
    what_if = Asks(of_analyses.what_if, of_analyses.AskWhatIf)

    search = Asks(of_nodes.search, of_nodes.Search)
    autocomplete = Asks(of_nodes.autocomplete, of_nodes.Complete)
    show = Asks(of_nodes.show, of_nodes.ShowNode)
    why = Asks(of_nodes.why, of_nodes.AskWhy)

    questions = Asks(of_planning.questions, Nothing)
    question = Asks(of_planning.question, of_planning.AskByName)
    insights = Asks(of_planning.insights, Nothing)
    insight = Asks(of_planning.insight, of_planning.AskInsight)
    lists = Asks(of_planning.lists, Nothing)
    listing = Asks(of_planning.listing, of_planning.AskList)
    match = Asks(of_planning.match, of_planning.MatchNode)
    targets = Asks(of_planning.targets, of_planning.TargetsOfYear)
    reconcile = Asks(of_planning.reconcile, of_planning.Reconcile)

    actions = Asks(of_acts.actions, Nothing)
    act = Asks(of_acts.act, of_acts.DoAction)
    sheets = Asks(of_acts.sheets, Nothing)
    notices = Asks(of_notices.notices, Nothing)
    send_notices = Asks(of_notices.send_notices, of_notices.SendNotices)

    candidates = Asks(of_review.candidates, of_review.ListCandidates)
    judgements = Asks(of_review.judgements, Nothing)
    contradictions = Asks(of_review.contradictions, Nothing)
    judge = Asks(of_review.judge, of_review.JudgePair)
    withdraw_judgement = Asks(of_review.withdraw_judgement, of_review.OnePair)
    candidate_quality = Asks(of_review.candidate_quality, of_review.LabelledPairs)

    loads = Asks(of_loads.loads, of_loads.ListLoads)
    compare_loads = Asks(of_loads.compare_loads, of_loads.TwoLoads)
    undo = Asks(of_loads.undo, of_loads.OneLoad)

    stats = Asks(of_graph.stats, Nothing)
    schema = Asks(of_graph.schema, Nothing)
    cypher = Asks(of_graph.cypher, of_graph.Cypher)
    verify = Asks(of_graph.verify, Nothing)
