"""Decorators for functions that numba compiles when they are first called.

Detection is written as loops over single readings, which numba makes fast. A decorator
itself takes no time: numba is imported, and the function is compiled or loaded from the
cache, when Python first calls the function. Nothing is cached or reported until `configure`
sets the cache folder and the observer.

Compiling takes seconds. Timing has shown that each of these measures shortens it:

- No reference counting (`_nrt=False`): compiled functions create no arrays, and callers
  hold references to the arrays that they pass.
- No garbage collection while numba compiles.
- Only functions that Python calls get the wrapper that such calls need.
- Each argument has the same type in every call: an index is int64, a fraction float64.
- Functions with a single caller are `compiled_inline`.
- Loops are used instead of numpy's sort and slice assignments.
"""

import functools
import gc

# `_restored` says why this is safe.
import pickle  # nosec B403
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from bot import kernel_cache
from bot.cache_lock import CacheLock
from bot.user_cache import UserCache

FunctionT = TypeVar("FunctionT", bound=Callable[..., object])


class Observer(Protocol):
    """Is notified of compilations and of problems with the cache."""

    def on_progress(self, seconds: float) -> None:
        """Handle the progress of a compilation.

        This method is called when a compilation begins, and then many times a second.
        It is also called while this process waits for another process to compile. If
        this method raises an exception, the compilation or the wait ends.

        Args:
            seconds: the time since the compilation or the wait began.
        """

    def on_cache_problem(self, problem: str) -> None:
        """Handle a problem with the cache, described in whole sentences.

        Each problem is reported only once.
        """


def compiled(function: FunctionT) -> FunctionT:
    """Return `function` in a form that numba compiles at its first call.

    Arithmetic follows IEEE 754 (no fast math). Therefore a result does not depend on
    how many bins one call processes (P14). The function releases Python's global lock.
    """
    return cast("FunctionT", CompiledFunction(function, inline="never"))


def compiled_inline(function: FunctionT) -> FunctionT:
    """Do what `compiled` does, and inline the function into its compiled callers."""
    return cast("FunctionT", CompiledFunction(function, inline="always"))


def configure(cache: Path | None, observer: Observer | None = None) -> None:
    """Set the cache folder and the observer of all later compilations.

    No file is read or written before a compiled function is called.

    Args:
        cache: the folder; None disables the cache.
        observer: is notified of compilations and problems; None: no notifications.
    """
    _state.cache_folder, _state.observer = cache, observer


class CompiledFunction:
    """A function that numba compiles at its first call.

    Python and numba use certain attributes of numba's own dispatchers; the class has the
    same attributes. Python can therefore call the function, and compiled functions can call
    or inline it.

    Attributes:
        py_func: the original Python function.
        targetoptions: numba's options for the function: here only whether to inline it.
    """

    def __init__(self, function: Callable[..., object], inline: str) -> None:
        functools.update_wrapper(self, function)
        self.py_func = function
        self.targetoptions = {"inline": inline}
        self._from_python: Callable[..., object] | None = None
        self._from_compiled: Any = None

    def __call__(self, *args: object) -> object:
        """Compile or load the function, if this is the first call; then call it."""
        if self._from_python is None:
            with _state.lock:
                # Another thread may have compiled the function while this thread
                # waited.
                if self._from_python is None:
                    self._from_python = _cached_dispatcher(self.py_func)
        return self._from_python(*args)

    @property
    def _numba_type_(self) -> object:
        """The type that numba gives this function in a compiled caller."""
        if self._from_compiled is None:
            # Compiled callers need no wrappers, and wrappers take time to compile.
            options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
            self._from_compiled = _dispatcher(self.py_func, **options)
        return self._from_compiled._numba_type_


@dataclass(slots=True)
class _State:
    """The cache folder, the observer, the open caches and the reported problems."""

    lock: threading.Lock
    between_processes: CacheLock
    cache_folder: Path | None = None
    observer: Observer | None = None
    caches: dict[Path, UserCache] | None = None
    problems: set[str] | None = None

    def open_cache(self, describe_machine: Callable[[], list[str]]) -> UserCache | None:
        """Return the cache of the kernel for this machine; None if caching is disabled.

        Args:
            describe_machine: is called once for each cache folder; returns what the machine
                code depends on besides the source files.
        """
        if self.cache_folder is None:
            return None
        self.caches = self.caches or {}
        if self.cache_folder not in self.caches:
            name = kernel_cache.compute_digest(describe_machine())
            self.caches[self.cache_folder] = kernel_cache.open_cache(
                self.cache_folder, name, self.report_problem
            )
        return self.caches[self.cache_folder]

    def report_progress(self, seconds: float) -> None:
        """Tell the observer how long this process has waited for another process."""
        if self.observer is not None:
            self.observer.on_progress(seconds)

    def report_problem(self, problem: str) -> None:
        """Report a problem with the cache to the observer; each problem only once."""
        self.problems = self.problems or set()
        if self.observer is not None and problem not in self.problems:
            self.observer.on_cache_problem(problem)
        self.problems.add(problem)


_state = _State(threading.Lock(), CacheLock())


def _dispatcher(function: Callable[..., object], **options: bool) -> Any:
    import numba

    # The types of this call are not checked, because only parts of numba have types.
    return numba.njit(nogil=True, _nrt=False, **options)(function)  # type: ignore[call-overload]


def _cached_dispatcher(function: Callable[..., object]) -> Callable[..., object]:
    """Return numba's dispatcher of `function`, with our cache in place of numba's."""
    dispatcher = _dispatcher(function, no_cfunc_wrapper=True)
    dispatcher._cache = _Overloads(function)  # noqa: SLF001 - there is no public way
    _listen()
    return cast("Callable[..., object]", dispatcher)


class _Overloads:
    """The cache of one function, with the interface of numba's own caches."""

    cache_path = ""

    def __init__(self, function: Callable[..., object]) -> None:
        self._name = function.__qualname__.replace("<", "").replace(">", "")
        self._module = function.__module__

    def load_overload(self, signature: object, context: Any) -> object | None:
        """Return the compiled function for a signature; None if it is not cached."""
        cache, key = (
            _state.open_cache(lambda: _machine_properties(context)),
            self._key(signature),
        )
        content = _load_or_lock(cache, self._name, key) if cache else None
        if cache is None or content is None:
            return None
        try:
            return _restored(content, context)
        except Exception:  # noqa: BLE001 - numba may raise anything on damaged code
            cache.discard(self._name, key)
            return None

    def save_overload(self, signature: object, result: Any) -> None:
        """Store the result of a compilation."""
        from numba.core import serialize

        context = result.target_context
        cache = _state.open_cache(lambda: _machine_properties(context))
        if cache is not None:
            content = serialize.dumps(result._reduce())  # type: ignore[no-untyped-call] # noqa: SLF001
            cache.save(self._name, self._key(signature), content)
        _state.between_processes.release()

    def enable(self) -> None:
        """Do nothing: the cache is always enabled. Numba requires this method."""

    def disable(self) -> None:
        """Do nothing: the cache cannot be disabled. Numba requires this method."""

    def flush(self) -> None:
        """Do nothing: a changed kernel has a new folder. Numba requires this method."""

    def _key(self, signature: object) -> str:
        return f"{self._module}.{self._name}{signature}"


def _load_or_lock(cache: UserCache, name: str, key: str) -> bytes | None:
    """Return the cached code; None if this process must compile the function.

    If the code is not cached, acquire the lock and look again: another process may have
    compiled the function meanwhile. The lock lets only one process compile. If the
    result is None, `save_overload` releases the lock after the compilation. If the lock
    cannot be acquired, the process compiles without it.
    """
    content = cache.load(name, key)
    lock, path = _state.between_processes, cache.lock_path()
    if content is None and path is not None:
        lock.acquire(path, _state.report_progress)
        content = cache.load(name, key)
        if content is not None:
            lock.release()
    return content


def _restored(content: bytes, context: Any) -> object:
    """Return the compiled function that was stored as `content`.

    Unpickling can run code, so `content` must come from a file that only this user can
    write. `user_cache` reads no other files.
    """
    from numba.core.compiler import CompileResult

    context.refresh()
    # Safe, because `user_cache` reads no file that another user could have written.
    reduced = pickle.loads(content)  # nosec B301 # noqa: S301
    return cast("object", CompileResult._rebuild(context, *reduced))  # type: ignore[no-untyped-call] # noqa: SLF001


def _machine_properties(context: Any) -> list[str]:
    """Return what the machine code depends on besides sources: versions, processor."""
    import llvmlite  # type: ignore[import-untyped]
    import numba
    import numpy as np

    versions = [numba.__version__, llvmlite.__version__, np.__version__, sys.version]
    return [*versions, *map(str, context.codegen().magic_tuple())]


class _Progress:
    """Notifies the observer of a compilation's progress, and pauses garbage collection.

    `_depth` counts nested compilations: numba compiles a called function within the
    compilation of its caller. Garbage collection is paused, because it would scan the
    compiler's many objects again and again. That would take a quarter of the
    compilation time.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._began = 0.0
        self._gc_was_enabled = False
        self._pending_error: BaseException | None = None

    def on_start(self, event: Any) -> None:
        """Handle the start of a compilation or of one of its steps."""
        if event.kind == _COMPILES:
            if self._depth == 0:
                self._began = time.monotonic()
                self._gc_was_enabled = gc.isenabled()
                gc.disable()
            self._depth += 1
        if self._depth > 0 and _state.observer is not None:
            self._notify(_state.observer, event.kind)

    def _notify(self, observer: Observer, kind: str) -> None:
        """Tell the observer how long the compilation has taken so far.

        An exception that the observer raises while numba locks LLVM is stored. It is
        raised at the next event of another kind.
        """
        try:
            observer.on_progress(time.monotonic() - self._began)
        except BaseException as error:
            if kind != _LOCKS:
                raise
            # An exception that is raised while numba takes the lock would leave LLVM
            # locked for ever.
            self._pending_error = error
        if self._pending_error is not None and kind != _LOCKS:
            pending, self._pending_error = self._pending_error, None
            raise pending

    def on_end(self, event: Any) -> None:
        """Handle the end of a compilation or of one of its steps."""
        if event.kind == _COMPILES:
            self._depth -= 1
            if self._depth == 0 and self._gc_was_enabled:
                gc.enable()


_COMPILES, _LOCKS = "numba:compile", "numba:llvm_lock"


@functools.cache
def _listen() -> None:
    """Register for numba's events, once per process."""
    from numba.core import event

    # The class is created here because it inherits from a class of numba, and importing
    # this module must not import numba.
    listener = type("Listener", (_Progress, event.Listener), {})()
    for kind in (_COMPILES, "numba:run_pass", _LOCKS):
        event.register(kind, listener)  # type: ignore[no-untyped-call]
