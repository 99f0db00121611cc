"""Compiled functions: plain loops over numbers, as quick on one bin as on a year.

Detection is written for one reading of one series; numba makes it quick. Marking a
function does no work: numba is imported, and the function is compiled or taken from the
cache, when Python first calls it. The caller says with `use` where the cache is, and who
is told of a compilation; nothing is kept until then.

Compiling takes seconds. These keep it short, each measured:

- no reference counts (`_nrt`): compiled functions make no arrays, and their callers hold
  those that are passed;
- no garbage collection while numba compiles;
- a wrapper for calls from Python only where Python calls;
- one type for one argument: an index is int64 in every call, a share float64;
- functions with a single caller are `inlined`; numpy's sort and slice assignments are
  written as loops.
"""

import functools
import gc
import pickle
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from bot import kernel_cache
from bot.kernel_cache import KernelCache

Compiled = TypeVar("Compiled", bound=Callable[..., object])


class Observer(Protocol):
    """Who is told of compilations."""

    def compiling(self, seconds: float) -> None:
        """A compilation has taken so long; it is ended by raising an exception.

        Called at its begin (0.0), and then many times a second.
        """

    def cache_problem(self, problem: str) -> None:
        """The cache cannot be used, for a reason in plain English; told once each."""


def compiled(function: Compiled) -> Compiled:
    """The same function, compiled when it is first called.

    Numbers are kept as the standard says (no fast math): a result must not depend on
    how many bins were judged in one go (P14). While it runs, other threads may.
    """
    return cast("Compiled", CompiledFunction(function, inline="never"))


def inlined(function: Compiled) -> Compiled:
    """As `compiled`, and compiled into each compiled function that calls it."""
    return cast("Compiled", CompiledFunction(function, inline="always"))


def use(cache: Path | None, observer: Observer | None = None) -> None:
    """Cache compiled functions under this folder from now on, and tell `observer`.

    It does no work; the folder is first touched when a function is called.
    """
    _state.home, _state.observer = cache, observer


class CompiledFunction:
    """A function that numba compiles at the first call.

    Python and numba see what they see of numba's own dispatchers: it can be called, and
    compiled functions may call it or inline it.

    Attributes:
        py_func: the function as it is written.
        targetoptions: whether numba inlines it.
    """

    def __init__(self, function: Callable[..., object], inline: str) -> None:
        functools.update_wrapper(self, function)
        self.py_func = function
        self.targetoptions = {"inline": inline}
        self._from_python: Callable[..., object] | None = None
        self._from_compiled: Any = None

    def __call__(self, *args: object) -> object:
        """Call it from Python."""
        if self._from_python is None:
            with _state.lock:
                # Another thread may have compiled it while this one waited.
                if self._from_python is None:
                    self._from_python = _cached(self.py_func)
        return self._from_python(*args)

    @property
    def _numba_type_(self) -> object:
        """What numba takes it for in a compiled function: one without wrappers."""
        if self._from_compiled is None:
            bare = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
            self._from_compiled = _dispatcher(self.py_func, **bare)
        return self._from_compiled._numba_type_


@dataclass(slots=True)
class _State:
    """What `use` was told, and what follows from it."""

    lock: threading.Lock
    home: Path | None = None
    observer: Observer | None = None
    caches: dict[Path, KernelCache] | None = None
    problems: set[str] | None = None

    def cache(self, machine: Callable[[], list[str]]) -> KernelCache | None:
        """The cache of this kernel on this machine, if there is to be one."""
        if self.home is None:
            return None
        self.caches = self.caches or {}
        if self.home not in self.caches:
            name = kernel_cache.digest(machine())
            self.caches[self.home] = KernelCache(self.home, name, self.report)
        return self.caches[self.home]

    def report(self, problem: str) -> None:
        self.problems = self.problems or set()
        if self.observer is not None and problem not in self.problems:
            self.observer.cache_problem(problem)
        self.problems.add(problem)


_state = _State(threading.Lock())


def _dispatcher(function: Callable[..., object], **options: bool) -> Any:
    import numba

    # Numba is typed only in parts.
    return numba.njit(nogil=True, _nrt=False, **options)(function)  # type: ignore[call-overload]


def _cached(function: Callable[..., object]) -> Callable[..., object]:
    """What Python calls; numba asks our cache where it would ask its own."""
    dispatcher = _dispatcher(function, no_cfunc_wrapper=True)
    dispatcher._cache = _Overloads(function)  # noqa: SLF001 - there is no public way
    _listen()
    return cast("Callable[..., object]", dispatcher)


class _Overloads:
    """The cache of one function, as numba's dispatcher asks it."""

    cache_path = ""

    def __init__(self, function: Callable[..., object]) -> None:
        self._name = function.__qualname__.replace("<", "").replace(">", "")
        self._module = function.__module__

    def load_overload(self, signature: object, context: Any) -> object | None:
        """The machine code of a signature; None where it must be compiled."""
        cache, key = _state.cache(lambda: _machine(context)), self._key(signature)
        content = cache.load(self._name, key) if cache else None
        if cache is None or content is None:
            return None
        try:
            return _restored(content, context)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is left out
            cache.discard(self._name, key)
            return None

    def save_overload(self, signature: object, result: Any) -> None:
        """Keep what was compiled."""
        from numba.core import serialize

        context = result.target_context
        cache = _state.cache(lambda: _machine(context))
        if cache is not None:
            content = serialize.dumps(result._reduce())  # type: ignore[no-untyped-call] # noqa: SLF001
            cache.save(self._name, self._key(signature), content)

    def enable(self) -> None:
        """Numba's interface; it is always on."""

    def disable(self) -> None:
        """Numba's interface; see `enable`."""

    def flush(self) -> None:
        """Numba's interface; a kernel that changes has another folder."""

    def _key(self, signature: object) -> str:
        return f"{self._module}.{self._name}{signature}"


def _restored(content: bytes, context: Any) -> object:
    """Machine code from bytes that only this user can have written."""
    from numba.core.compiler import CompileResult

    context.refresh()
    reduced = pickle.loads(content)  # noqa: S301 - see `kernel_cache`
    return cast("object", CompileResult._rebuild(context, *reduced))  # type: ignore[no-untyped-call] # noqa: SLF001


def _machine(context: Any) -> list[str]:
    """All but the sources that machine code depends on."""
    import llvmlite  # type: ignore[import-untyped]
    import numba
    import numpy as np

    versions = [numba.__version__, llvmlite.__version__, np.__version__, sys.version]
    return [*versions, *map(str, context.codegen().magic_tuple())]


class _Progress:
    """Tells the observer how long a compilation has taken, while it goes on.

    Numba compiles what a function calls within the compilation of that function, and
    one function at a time. The garbage collector rests meanwhile: it would go through
    all that the compiler remembers again and again, a quarter of the whole time.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._began = 0.0
        self._collects = False
        self._stop: BaseException | None = None

    def on_start(self, event: Any) -> None:
        """A compilation begins, or a step of one."""
        if event.kind == _COMPILES:
            if self._depth == 0:
                self._began, self._collects = time.monotonic(), gc.isenabled()
                gc.disable()
            self._depth += 1
        if self._depth > 0 and _state.observer is not None:
            self._tell(_state.observer, event.kind)

    def _tell(self, observer: Observer, kind: str) -> None:
        try:
            observer.compiling(time.monotonic() - self._began)
        except BaseException as error:
            if kind != _LOCKS:
                raise
            self._stop = error  # raised here, it would leave LLVM locked for ever
        if self._stop is not None and kind != _LOCKS:
            pending, self._stop = self._stop, None
            raise pending

    def on_end(self, event: Any) -> None:
        """A compilation has ended, or a step of one."""
        if event.kind == _COMPILES:
            self._depth -= 1
            if self._depth == 0 and self._collects:
                gc.enable()


_COMPILES, _LOCKS = "numba:compile", "numba:llvm_lock"


@functools.cache
def _listen() -> None:
    """Have numba tell of its compilations."""
    from numba.core import event

    listener = type("Listener", (_Progress, event.Listener), {})()
    for kind in (_COMPILES, "numba:run_pass", _LOCKS):
        event.register(kind, listener)  # type: ignore[no-untyped-call]
