"""The faults of a run: the process dies, or the network fails, at random steps."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.model.delivery import Post, Receipt
from bot.ports import Channel, MultiPartChannel
from tests.servers.local import ReceivedRequest, Reply


class ProcessDied(BaseException):
    """Stands for the death of the process at a step; the program never catches it."""


@dataclass
class FaultInjector:
    """Makes steps fail at random, until a number of faults is used up.

    Attributes:
        random_source: the random numbers of the run.
        faults_left: how many faults are left.
        probability: the probability that a step fails.
        injected: the number of faults so far, by name.
    """

    random_source: random.Random
    faults_left: int
    probability: float
    injected: Counter[str] = field(default_factory=Counter)

    @classmethod
    def without_faults(cls) -> "FaultInjector":
        """Return an injector that makes no step fail."""
        return cls(random.Random(0), 0, 0.0)

    def fails(self, fault_name: str) -> bool:
        """Return whether the present step fails; count a failure under `fault_name`."""
        if self.faults_left <= 0 or self.random_source.random() >= self.probability:
            return False
        self.faults_left -= 1
        self.injected[fault_name] += 1
        return True

    def maybe_die(self, step: str) -> None:
        """Raise `ProcessDied` if the process is to die at the step `step`."""
        if self.fails(f"died {step}"):
            raise ProcessDied

    def answer_request(
        self, request: ReceivedRequest, serve: Callable[[ReceivedRequest], Reply]
    ) -> Reply:
        """Serve a request, or fail as an unreliable network or a busy server does."""
        if self.fails("request lost"):
            return Reply(sent_share=0.0)
        if self.fails("server busy"):
            return self.random_source.choice(
                (
                    Reply(503, {"error": "over capacity"}),
                    Reply(429, {"error": "slow down"}, {"Retry-After": "30"}),
                    Reply(502, b"<html>"),
                )
            )
        answer = serve(request)
        if self.fails("answer lost"):
            sent_share = self.random_source.choice((0.0, 0.5))
            return Reply(
                answer.status, answer.body, answer.headers, sent_share=sent_share
            )
        if self.fails("answer spoilt"):
            return Reply(self.random_source.choice((500, 504)), b"<html>")
        return answer


class CrashingProxy:
    """Passes calls on to `wrapped`; the process may die before or after a method in `steps`."""

    def __init__(
        self, wrapped: Any, faults: FaultInjector, steps: frozenset[str]
    ) -> None:
        self._wrapped = wrapped
        self._faults = faults
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._wrapped, name)
        if name not in self._steps:
            return attribute

        def step(*arguments: Any, **keywords: Any) -> Any:
            self._faults.maybe_die(f"before {name}")
            result = attribute(*arguments, **keywords)
            self._faults.maybe_die(f"after {name}")
            return result

        return step


STORE_STEPS = frozenset(
    {"claim", "settle", "retry_at", "mark_unknown", "refuse", "escalate", "defer"}
)


class CrashingChannel:
    """A channel in a process that may die before or after it posts."""

    def __init__(self, wrapped: Channel, faults: FaultInjector) -> None:
        self._wrapped = wrapped
        self._faults = faults
        self.name = wrapped.name
        self.target = wrapped.target
        self.outlet = wrapped.outlet
        self.token = wrapped.token
        self.remove = wrapped.remove
        if isinstance(wrapped, MultiPartChannel):
            self.complete = self._crashing(wrapped.complete)

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the post; the process may die before or after that."""
        self._faults.maybe_die("before a post")
        receipt = self._wrapped.send(post, picture)
        self._faults.maybe_die("after a post")
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look for the post; the process may die before that."""
        self._faults.maybe_die("before a look")
        return self._wrapped.find(post)

    def _crashing(
        self, complete: Callable[[Post, Receipt], Receipt]
    ) -> Callable[[Post, Receipt], Receipt]:
        def step(post: Post, receipt: Receipt) -> Receipt:
            self._faults.maybe_die("before a completion")
            completed = complete(post, receipt)
            self._faults.maybe_die("after a completion")
            return completed

        return step
