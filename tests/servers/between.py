"""Somebody between us and a server: slow both ways, and some answers get lost."""

import random
import threading
import time

import httpx

from tests.servers.local import LocalServer, Question, Reply

_KEPT = frozenset({"authorization", "content-type"})
_POSTING = ("POST", "/api/v1/statuses")


class Between:
    """Passes questions on to `base_url`; what it does is drawn from `chance`.

    Attributes:
        posting: set when a question that sends something arrives, picture or words.
        lost: how many answers were lost after the server had done its work.
    """

    def __init__(self, base_url: str, chance: random.Random, losing: float) -> None:
        self._to = base_url
        self._chance = chance
        self._losing = losing
        self._lock = threading.Lock()
        self._server = LocalServer(self._pass_on)
        self.base_url = self._server.base_url
        self.posting = threading.Event()
        self.lost = 0

    def stop(self) -> None:
        """Stop listening."""
        self._server.stop()

    def _pass_on(self, question: Question) -> Reply:
        posting = (question.method, question.path) == _POSTING
        if question.method == "POST":
            self.posting.set()
        with self._lock:
            before, after = self._chance.uniform(0, 0.1), self._chance.uniform(0, 0.15)
            lost = posting and self._chance.random() < self._losing
        time.sleep(before)
        answer = self._ask(question)
        self.lost += lost
        return Reply(
            answer.status_code,
            answer.content,
            wait_s=after,
            comes=0.0 if lost else None,
        )

    def _ask(self, question: Question) -> httpx.Response:
        headers = {k: v for k, v in question.headers.items() if k in _KEPT}
        query = f"?{question.raw_query}" if question.raw_query else ""
        return httpx.request(
            question.method,
            self._to + question.path + query,
            content=question.body,
            headers={**headers, "connection": "close"},
            timeout=30,
        )
