"""The one way in which a function is compiled here. Compiling counts for no question's time, and whoever asked is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from graph.clock import untimed
from graph.kernels.progress import Compiling, tell

with untimed():  # half a second, and many on a slow machine
    import numba
    import numpy.ma  # noqa: F401 - numba asks for it at the first call
    from numba.core import event

Function = TypeVar("Function", bound=Callable[..., object])

_kernels: list[Any] = []
"""Every compiled function of the modules imported so far, as numba holds it."""


def compiled(function: Function) -> Function:
    """Compiles at the first call and keeps the result beside the source file; runs without Python's global lock,
    so that one long search does not hold up the others."""
    kernel: Any = numba.njit(nogil=True, cache=True)(function)
    kernel._compile_for_args = _outside_the_clock(kernel._compile_for_args)
    _kernels.append(kernel)
    return cast(Function, kernel)


def _outside_the_clock(compile_for: Callable[..., object]) -> Callable[..., object]:
    """numba calls this where no compiled function fits the arguments: it waits for the compiler, then loads what is cached or compiles."""

    def untimed_compile(*arguments: object, **named: object) -> object:
        with untimed():
            return compile_for(*arguments, **named)

    return untimed_compile


def ready_and_known() -> tuple[int, int]:
    """How many functions can run at once, and how many there are in the modules imported so far."""
    return sum(bool(kernel.overloads) for kernel in _kernels), len(_kernels)


def signatures() -> set[tuple[str, str]]:
    """What can run at once: the functions, each with the types of its arguments."""
    return {(f"{kernel.__module__}.{kernel.__name__}", str(types)) for kernel in _kernels for types in kernel.overloads}


class _Told(event.Listener):
    """Tells of each function of ours that is compiled."""

    def on_start(self, event: event.Event) -> None:
        function = event.data["dispatcher"].py_func
        if function.__module__.startswith("graph."):
            module = function.__module__.rpartition(".")[2].removesuffix("_kernel")
            tell(Compiling(module, function.__name__, *ready_and_known()))

    def on_end(self, event: event.Event) -> None:
        """It is told of the next one."""


event.register("numba:compile", _Told())  # type: ignore[no-untyped-call]
