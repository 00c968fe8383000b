"""The options that every question about paths takes: what each path must keep to. One list, for ``path``, ``connections``, ``picture``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from typing import ParamSpec, TypeVar

import click

from lianyin.conditions import conditions_of

P = ParamSpec("P")
T = TypeVar("T")

KINDS = ("shortest", "all-shortest", "k-shortest", "simple", "disjoint")
OPTIONS = (
    click.option("--only", metavar="TYPE", multiple=True, help="Pass nodes of this type only; repeat for several. 只经过"),
    click.option("--never", metavar="TYPE", multiple=True, help="Never pass nodes of this type; may be repeated. 不经过（类型）"),
    click.option("--avoid", metavar="NODE", multiple=True, help="Never pass this node; may be repeated. 避开（节点）"),
    click.option("--include", metavar="TYPE", multiple=True, help="Also pass nodes of this hub or link type; may be repeated. 也经过"),
    click.option("--through", metavar="NODE", multiple=True, help="Pass this node; repeat: pass them all. 须经过（节点）"),
    click.option(
        "--via", metavar="TYPE", multiple=True, help="Pass a node of this type, A|B: of either; repeat: pass them all. 须经过（类型）"
    ),
    click.option("--max-degree", metavar="N", type=int, default=0, help="Pass no node with more relationships than this. 关系数上限"),
    click.option("--relationship", metavar="TYPE", multiple=True, help="Walk relationships of this type only; may be repeated. 关系类型"),
    click.option(
        "--direction",
        type=click.Choice(("any", "forward", "backward")),
        default="any",
        show_default=True,
        help="Walk relationships either way, along them, or against them. 方向",
    ),
    click.option("--pattern", metavar="SHAPE", default="", help="The whole shape, as in 'University < SECONDED_FROM < Person'. 路径式样"),
    click.option("--min-trust", metavar="1|2|3", type=int, default=1, help="2: said by a source; 3: by two, or confirmed. 可信度"),
    click.option(
        "--as-of",
        metavar="any|now|DATE",
        default="any",
        show_default=True,
        help="Count all facts, or those valid today or on a day such as 2020-09-10. 有效日期",
    ),
    click.option("--recorded-as-of", metavar="DATE", default="", help="Ask of what was known then, however it was seen later. 当时所知"),
    click.option("--from-date", metavar="DATE", default="", help="Count facts that held on this day or later. 不早于"),
    click.option("--to-date", metavar="DATE", default="", help="Count facts that held on this day or before. 不晚于"),
    click.option("--together", is_flag=True, help="All facts of a path must have held on one common day. 同时有效"),
)


NAMES = (
    "only never avoid include through via max_degree relationship direction pattern min_trust".split()
    + "as_of recorded_as_of from_date to_date together".split()
)
"""What the options are called as parameters, in the same order."""

OF_PATHS = ("through", "via", "pattern", "together")
"""Those that speak of a whole path: what asks of no path does not take them."""


def conditions(without: Collection[str] = ()) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Gives a command these options, but for some by name; it gets them as one ``chosen`` (``lianyin.options.ConditionOptions``)."""
    taken = [(name, option) for name, option in zip(NAMES, OPTIONS, strict=True) if name not in without]

    def decorated(command: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(command)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
            given = {name: kwargs.pop(name) for name, _ in taken}
            kwargs["chosen"] = conditions_of({name: list(each) if isinstance(each, tuple) else each for name, each in given.items()})
            return command(*args, **kwargs)

        for _, option in reversed(taken):
            option(wrapped)
        return wrapped

    return decorated
