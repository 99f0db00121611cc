"""A proxy in front of a server that delays requests and answers, and loses some answers."""

import random
import threading
import time
from dataclasses import replace

import httpx

from tests.servers.local import LocalServer, ReceivedRequest, Reply

# Headers that httpx sets itself for its own connection to the server.
_HOP_BY_HOP = frozenset(
    {"host", "connection", "content-length", "accept-encoding", "transfer-encoding"}
)
_POSTING = ("POST", "/api/v1/statuses")


class LossyProxy:
    """Forwards requests to a server; delays them, and loses some answers, at random.

    `random_source` decides on delays and losses. Only answers to requests that create a
    status are lost, a fraction `loss_rate` of them.

    Attributes:
        base_url: the address of the proxy.
        post_received: set when a POST request arrives; a test may clear it.
        lost_answers: the number of answers lost after the server had processed the request.
    """

    def __init__(
        self, base_url: str, random_source: random.Random, loss_rate: float
    ) -> None:
        self._to = base_url
        self._random = random_source
        self._loss_rate = loss_rate
        self._lock = threading.Lock()
        self._server = LocalServer(self._forward)
        self.base_url = self._server.base_url
        self.post_received = threading.Event()
        self.lost_answers = 0

    def stop(self) -> None:
        """Stop listening."""
        self._server.stop()

    def _forward(self, request: ReceivedRequest) -> Reply:
        is_post = (request.method, request.path) == _POSTING
        if request.method == "POST":
            self.post_received.set()
        with self._lock:
            before, after = self._random.uniform(0, 0.1), self._random.uniform(0, 0.15)
            is_lost = is_post and self._random.random() < self._loss_rate
        time.sleep(before)
        answer = forward(self._to, request)
        self.lost_answers += is_lost
        return replace(answer, wait_s=after, sent_share=0.0 if is_lost else None)


def forward(base_url: str, request: ReceivedRequest) -> Reply:
    """Forward a request to the server at `base_url`; return its answer."""
    headers = {k: v for k, v in request.headers.items() if k not in _HOP_BY_HOP}
    query = f"?{request.raw_query}" if request.raw_query else ""
    answer = httpx.request(
        request.method,
        base_url + request.path + query,
        content=request.body,
        headers={**headers, "connection": "close"},
        timeout=30,
    )
    answer_headers = {
        k: v for k, v in answer.headers.items() if k.lower() in _FORWARDED
    }
    return Reply(answer.status_code, answer.content, answer_headers)


_FORWARDED = frozenset({"content-type", "retry-after", "x-ratelimit-reset"})
