"""The faults of a run: the process dies, or the network fails, at random steps."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.model.delivery import Post, Receipt
from bot.ports import Channel, MultiPartChannel
from tests.servers.local import Reply, Request


class Died(BaseException):
    """Stands for the death of the process at a step; no handler of the program stops it."""


@dataclass
class Fate:
    """Makes steps fail at random, until a number of faults is used up.

    Attributes:
        chance: the random numbers of the run.
        blows: how many faults are left.
        odds: the probability that a step fails.
        struck: the number of faults so far, by name.
    """

    chance: random.Random
    blows: int
    odds: float
    struck: Counter[str] = field(default_factory=Counter)

    @classmethod
    def calm(cls) -> "Fate":
        """Return a fate without faults."""
        return cls(random.Random(0), 0, 0.0)

    def strikes(self, what: str) -> bool:
        """Return whether the present step fails; count a failure under `what`."""
        if self.blows <= 0 or self.chance.random() >= self.odds:
            return False
        self.blows -= 1
        self.struck[what] += 1
        return True

    def may_kill(self, where: str) -> None:
        """Raise `Died` if the process is to die at the step `where`."""
        if self.strikes(f"died {where}"):
            raise Died

    def network(self, request: Request, serve: Callable[[Request], Reply]) -> Reply:
        """Serve a request, or fail as an unreliable network or a busy server does."""
        if self.strikes("request lost"):
            return Reply(comes=0.0)
        if self.strikes("server busy"):
            return self.chance.choice(
                (
                    Reply(503, {"error": "over capacity"}),
                    Reply(429, {"error": "slow down"}, {"Retry-After": "30"}),
                    Reply(502, b"<html>"),
                )
            )
        answer = serve(request)
        if self.strikes("answer lost"):
            torn = self.chance.choice((0.0, 0.5))
            return Reply(answer.status, answer.body, answer.headers, comes=torn)
        if self.strikes("answer spoilt"):
            return Reply(self.chance.choice((500, 504)), b"<html>")
        return answer


class Mortal:
    """Passes calls on to `inner`; the process may die before or after a method in `acts`."""

    def __init__(self, inner: Any, fate: Fate, acts: frozenset[str]) -> None:
        self._inner = inner
        self._fate = fate
        self._acts = acts

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self._acts:
            return found

        def act(*given: Any, **more: Any) -> Any:
            self._fate.may_kill(f"before {name}")
            done = found(*given, **more)
            self._fate.may_kill(f"after {name}")
            return done

        return act


STORE_ACTS = frozenset(
    {"claim", "settle", "retry_at", "mark_unknown", "refuse", "escalate", "defer"}
)


class MortalChannel:
    """A channel in a process that may die before or after it posts."""

    def __init__(self, inner: Channel, fate: Fate) -> None:
        self._inner = inner
        self._fate = fate
        self.name = inner.name
        self.outlet = inner.outlet
        self.token = inner.token
        self.remove = inner.remove
        if isinstance(inner, MultiPartChannel):
            self.complete = self._mortal(inner.complete)

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the post; the process may die before or after that."""
        self._fate.may_kill("before a post")
        receipt = self._inner.send(post, picture)
        self._fate.may_kill("after a post")
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look for the post; the process may die before that."""
        self._fate.may_kill("before a look")
        return self._inner.find(post)

    def _mortal(
        self, complete: Callable[[Post, Receipt], Receipt]
    ) -> Callable[[Post, Receipt], Receipt]:
        def act(post: Post, receipt: Receipt) -> Receipt:
            self._fate.may_kill("before a completion")
            completed = complete(post, receipt)
            self._fate.may_kill("after a completion")
            return completed

        return act
