"""New steps reach the clients of `/events`, each once, also after a lost connection."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.model.incident import EventKind, State
from bot.model.incident_report import Listing
from bot.server.app import create_app
from bot.server.clients import slowest_first
from bot.server.site_server import SiteServer
from bot.server.steps import StreamLimits
from tests.builders import IR, NOW, event
from tests.unit.test_feeds import CONFIRMED, HOUR, RETRACTED, publish
from tests.unit.test_pages import writer

pytestmark = pytest.mark.servers
FAST = StreamLimits(clients=2, poll_s=0.05, heartbeat_s=0.2)


@dataclass
class Stream:
    """A connection to `/events` that is read line by line."""

    answer: httpx.Response
    lines: Iterator[str]

    def next_event(self) -> dict[str, Any]:
        """Return the fields of the next event; comments are left out."""
        fields: dict[str, Any] = {}
        for line in self.lines:
            name, _, value = line.partition(": ")
            if line == "" and "data" in fields:
                fields["data"] = json.loads(fields["data"])
                return fields
            if name and value:
                fields[name] = value
        raise AssertionError("the stream has ended")


@contextmanager
def listening(
    server: SiteServer, last: str | None = None, headers: dict[str, str] | None = None
) -> Iterator[Stream]:
    headers = {**(headers or {}), **({"Last-Event-ID": last} if last else {})}
    with (
        httpx.Client(timeout=5) as client,
        client.stream("GET", f"{server.url}events", headers=headers) as answer,
    ):
        stream = Stream(answer, answer.iter_lines())
        # The first line comes at once, so the client is known to be connected.
        assert next(stream.lines).startswith("retry: ")
        yield stream


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    publish(tmp_path, CONFIRMED)
    with SiteServer(create_app(tmp_path, limits=FAST), "127.0.0.1", 0, "") as running:
        yield running


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_client_gets_new_steps_and_no_old_ones(server, tmp_path):
    with listening(server) as stream:
        content_type = stream.answer.headers["content-type"]
        assert content_type == "text/event-stream; charset=utf-8"
        assert stream.answer.headers["cache-control"] == "no-store"
        publish(tmp_path, CONFIRMED, RETRACTED)
        step = stream.next_event()
    assert step["event"] == "step"
    assert step["data"]["incident"] == "KZ-2022-0104"
    assert step["data"]["tags"] == ["country:KZ", "retracted"]
    assert step["data"]["updated"] == "2022-01-05T12:00:00Z"
    assert "IODA" in step["data"]["credits"]


def test_a_client_that_returns_misses_nothing(server, tmp_path):
    with listening(server) as stream:
        publish(tmp_path, event(incident="IR-2022-0104", place=IR))
        first = stream.next_event()
    publish(tmp_path, CONFIRMED, RETRACTED)
    with listening(server, first["id"]) as stream:
        second = stream.next_event()
    assert second["data"]["incident"] == "KZ-2022-0104"
    assert second["id"] != first["id"]


@pytest.mark.parametrize("last", ["abc-1", "1" * 500])
def test_a_client_with_an_unknown_id_gets_all_steps(server, tmp_path, last):
    publish(tmp_path, event(incident="IR-2022-0104", place=IR, as_of=NOW + HOUR))
    with listening(server) as stream:
        publish(tmp_path, CONFIRMED, RETRACTED)
        while stream.next_event()["data"]["incident"] != "KZ-2022-0104":
            pass
    with listening(server, last) as stream:
        steps = [stream.next_event()["data"] for _ in range(2)]
    assert [step["incident"] for step in steps] == ["IR-2022-0104", "KZ-2022-0104"]
    assert "retracted" in steps[1]["tags"]


def test_a_removed_incident_is_not_sent_again(server, tmp_path):  # P12
    with listening(server) as stream:
        publish(tmp_path, event(incident="IR-2022-0104", place=IR))
        stream.next_event()
        writer(tmp_path).remove_page("IR-2022-0104", Listing(()))
        publish(tmp_path, CONFIRMED, RETRACTED)
        stream.next_event()
    with listening(server, "unknown-1") as stream:
        assert stream.next_event()["data"]["incident"] == "KZ-2022-0104"
        assert all(line in {"", ": no new step"} for line in islice(stream.lines, 4))


def test_a_page_that_is_written_again_is_no_step(server, tmp_path):
    feed = tmp_path / "feeds/all.json"
    with listening(server) as stream:
        feed.write_text(feed.read_text("utf-8") + "\n", "utf-8")
        # Comments show that the connection lives.
        assert [*islice(stream.lines, 3)] == ["", ": no new step", ""]
        feed.write_text("{", "utf-8")
        later = event(
            EventKind.UPDATED, 2, as_of=NOW + HOUR, state=State.CONFIRMED, level=0.5
        )
        publish(tmp_path, CONFIRMED, later)
        assert stream.next_event()["data"]["updated"] == "2022-01-05T12:00:00Z"


def test_too_many_clients_are_told_to_come_again(server):
    with listening(server), listening(server):
        answer = httpx.get(f"{server.url}events")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    # The server notices that clients have left.
    wait_until(lambda: httpx.head(f"{server.url}events").status_code == 200)
    with listening(server):
        pass


def test_streams_end_when_the_server_stops(tmp_path):
    publish(tmp_path, CONFIRMED)
    server = SiteServer(create_app(tmp_path), "127.0.0.1", 0, "")
    with server, listening(server) as stream:
        began = time.monotonic()
        server.stop()
        assert [*stream.lines] == [""]
    assert time.monotonic() - began < 2


def forwarded(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def test_one_client_cannot_hold_all_places(tmp_path):
    publish(tmp_path, CONFIRMED)
    limits = StreamLimits(clients=3, per_client=2, poll_s=0.05, heartbeat_s=0.2)
    app = create_app(tmp_path, limits=limits, proxies=["127.0.0.1"])
    with SiteServer(app, "127.0.0.1", 0, "") as server, ExitStack() as held:
        greedy = forwarded("198.51.100.7, 203.0.113.5")
        for _ in range(2):
            held.enter_context(listening(server, headers=greedy))
        # Who writes further addresses into the header is still the same client.
        other_claim = forwarded("192.0.2.99, 203.0.113.77")
        answer = httpx.get(f"{server.url}events", headers=other_claim)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        held.enter_context(listening(server, headers=forwarded("192.0.2.1")))
        # All three places are held: the client with the most gives way.
        held.enter_context(listening(server, headers=forwarded("198.51.100.1")))
        assert app.state.steps.clients == 3
        answer = httpx.get(f"{server.url}events", headers=forwarded("198.51.100.2"))
        assert answer.status_code == 503


def test_clients_that_no_proxy_names_are_not_believed(server):
    with (
        listening(server, headers=forwarded("192.0.2.1")),
        listening(server, headers=forwarded("198.51.100.1")),
    ):
        answer = httpx.get(f"{server.url}events", headers=forwarded("203.0.113.1"))
        assert answer.status_code == 503


def test_stream_that_gives_way_ends(tmp_path):
    publish(tmp_path, CONFIRMED)
    limits = StreamLimits(clients=2, poll_s=0.05, heartbeat_s=0.2)
    app = create_app(tmp_path, limits=limits, proxies=["127.0.0.1"])
    with (
        SiteServer(app, "127.0.0.1", 0, "") as server,
        listening(server, headers=forwarded("203.0.113.5")) as oldest,
        listening(server, headers=forwarded("203.0.113.6")),
        listening(server, headers=forwarded("192.0.2.1")),
    ):
        assert all(line in {"", ": no new step"} for line in oldest.lines)


def test_connections_of_the_greediest_client_are_closed_first():
    waiting = [("192.0.2.1", (False, 1.0)), ("203.0.113.5", (False, 9.0))]
    clients = ["192.0.2.1", "203.0.113.5", "203.0.113.6"]
    assert slowest_first(waiting, clients) == 1
    assert slowest_first(waiting, clients[:2]) == 0
