"""The replay server answers as IODA's API does, but only with bins that are due."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.clock import ScaledClock, StillClock
from bot.errors import RecordingError
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.sources.recording.source import load_recording
from tests.recordings import ABOUT, START, small, small_csv, write

pytestmark = pytest.mark.servers

EPOCH = int(START.timestamp())
KEYS = [
    "entityType",
    "entityCode",
    "entityName",
    "entityFqid",
    "datasource",
    "subtype",
    "from",
    "until",
    "step",
    "nativeStep",
    "values",
]


@pytest.fixture
def clock() -> StillClock:
    return StillClock(START + timedelta(days=3))


@pytest.fixture
def server(tmp_path, clock) -> Iterator[ReplayServer]:
    with ReplayServer(small(tmp_path), clock) as server:
        yield server


def get(server: ReplayServer, path: str, status: int = 200) -> Any:
    reply = httpx.get(server.base_url + path)
    assert reply.status_code == status
    return reply.json()


def get_signals(server: ReplayServer, entity: str, hours: int = 24, **more: str) -> Any:
    query = {"from": str(EPOCH), "until": str(EPOCH + hours * 3600)} | more
    return get(server, f"/signals/raw/{entity}?{httpx.QueryParams(query)}")


def test_an_answer_has_the_envelope_of_the_api(server):
    answer = get_signals(server, "country/KZ", datasource="bgp")
    assert list(answer) == [
        "type",
        "metadata",
        "requestParameters",
        "error",
        "perf",
        "data",
        "copyright",
    ]
    assert answer["type"] == "signals"
    assert answer["metadata"]["requestTime"] == "2026-01-08T00:00:00+00:00"
    assert answer["requestParameters"] == {
        "from": EPOCH,
        "until": EPOCH + 86400,
        "datasource": "bgp",
        "sourceParams": None,
        "maxPoints": None,
    }
    assert answer["error"] is None
    assert answer["copyright"] == "Nobody: made for tests. CC0-1.0", "P13"


def test_a_series_has_exactly_the_keys_of_the_api(server):
    ((series,),) = get_signals(server, "country/KZ", datasource="bgp")["data"]
    assert list(series) == KEYS
    assert series["values"][:2] == [8000, 8001]
    assert series["values"][12:16] == [None] * 4
    assert series["values"][24] == 0
    assert series["until"] == series["from"] + series["step"] * len(series["values"])


def test_google_traffic_has_its_product_as_subtype(server):
    ((series,),) = get_signals(server, "country/KZ", datasource="gtr")["data"]
    assert series["subtype"] == "WEB_SEARCH"


def test_without_a_datasource_all_are_returned(server):
    (series,) = get_signals(server, "country/KZ")["data"]
    assert [s["datasource"] for s in series] == ["bgp", "gtr"]


def test_each_code_has_a_list_of_its_series(server):
    """P5: the list of an entity without recorded series, such as KG, is empty."""
    data = get_signals(server, "country/KG,KZ", datasource="bgp")["data"]
    assert [[s["entityCode"] for s in entity_series] for entity_series in data] == [
        [],
        ["KZ"],
    ]
    assert get_signals(server, "country/KG", datasource="bgp")["data"] == [[]]
    assert get_signals(server, "country/KZ", datasource="merit-nt")["data"] == [[]]
    assert get_signals(server, "asn/64500", datasource="bgp")["data"] == [[]]


def test_a_bin_is_served_only_when_due(server, clock):
    """P14: the first bin, which ends at 00:30, is served from 01:00 on."""
    clock.time = START + timedelta(minutes=59, seconds=59)
    assert get_signals(server, "country/KZ", datasource="bgp")["data"] == [[]]
    clock.time = START + timedelta(minutes=60)
    ((series,),) = get_signals(server, "country/KZ", 2, datasource="bgp")["data"]
    assert series["values"] == [8000, None, None, None]
    assert get_signals(server, "country/KZ", 2, datasource="gtr")["data"] == [[]]


def test_from_is_rounded_down_to_a_bin(server):
    odd = {"from": str(EPOCH + 1799), "until": str(EPOCH + 1801)}
    path = f"/signals/raw/country/KZ?{httpx.QueryParams(odd)}&datasource=bgp"
    ((series,),) = get(server, path)["data"]
    assert (series["from"], series["values"]) == (EPOCH, [8000, 8001])


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (
            "signals/raw/country/KZ?until=5",
            "Missing required request parameter 'from'",
        ),
        ("signals/raw/country/KZ?from=9&until=5", "from (9) must be earlier than"),
        ("signals/raw/country/KZ?from=x&until=8640001", "less than 100 days"),
        ("signals/raw/country/KZ?from=1&until=5&datasource=dns", "invalid datasource"),
        (
            "signals/raw/country/KZ?from=1&until=5&datasource=bgp,gtr",
            "invalid datasource",
        ),
        ("signals/raw/country/QQ?from=1&until=5", "cannot find corresponding metadata"),
        ("signals/raw/region/KZ?from=1&until=5", "cannot find corresponding metadata"),
        ("signals/raw/planet/KZ?from=1&until=5", "cannot find corresponding metadata"),
        ("datasources/dns", "invalid datasource"),
        ("entities/query?limit=0", "limit must be greater than 0"),
        ("entities/query?page=1", "limit also needs to be set"),
        (
            "entities/query?entityType=asn&entityCode=1&search=x",
            "no search or relatedTo can be used",
        ),
    ],
)
def test_an_invalid_request_gets_the_apis_error_text(path, error, server):
    answer = get(server, f"/{path}", status=400)
    assert error in answer["error"]
    assert answer["data"] is None


def test_another_path_is_not_found(server):
    assert get(server, "/outages/alerts", status=404)["error"] == "no such route"
    assert httpx.get(f"{server.url}/").status_code == 404


def test_datasources_are_those_of_the_recording(server):
    datasources = get(server, "/datasources/")["data"]
    assert [d["datasource"] for d in datasources] == ["bgp", "gtr"]
    assert get(server, "/datasources/bgp")["data"] == datasources[0]
    assert datasources[0]["units"] == "visible /24s"


def test_a_region_is_requested_by_its_number(server):
    (region,) = get(server, "/entities/query?entityType=region&relatedTo=country/KZ")[
        "data"
    ]
    assert region["name"] == "Almaty"
    assert region["attrs"]["country_code"] == "KZ"
    assert region["attrs"]["recorded_as"] == "KZ/Almaty"
    assert region["code"].isdecimal()
    ((series,),) = get_signals(server, f"region/{region['code']}", datasource="bgp")[
        "data"
    ]
    assert series["values"][0] == 900


def test_entities_are_searched_and_paged(server):
    def names(query: str) -> list[str]:
        return [e["name"] for e in get(server, f"/entities/query?{query}")["data"]]

    assert names("search=kazakh") == ["Kazakhstan"]
    assert names("entityType=asn") == ["AS29355", "AS9198"]
    assert names("entityType=asn&limit=1&page=1") == ["AS9198"]
    assert names("entityType=asn&entityCode=9198") == ["AS9198"]
    assert len(names("")) == 4


def test_two_signals_of_one_name_are_refused(tmp_path, clock):
    about = ABOUT.replace('"ioda.gtr"', '"routeviews.bgp"')
    csv = small_csv().replace("ioda.gtr", "routeviews.bgp")
    with pytest.raises(RecordingError, match="same IODA name"):
        ReplayServer(load_recording(write(tmp_path, csv, about)), clock)


def test_the_clock_route_reports_the_scaled_time(tmp_path):
    with ReplayServer(small(tmp_path), ScaledClock(START, 3600.0), factor=3600.0) as s:
        first = httpx.get(f"{s.url}/clock").json()
        time.sleep(0.05)
        second = httpx.get(f"{s.url}/clock").json()
    assert first["factor"] == 3600.0
    passed = datetime.fromisoformat(second["now"]) - datetime.fromisoformat(
        first["now"]
    )
    assert passed >= timedelta(minutes=3)


def test_a_fault_is_set_and_cleared_from_outside(server):
    def put(kind: str) -> int:
        return httpx.put(f"{server.url}/fault", content=kind).status_code

    for fault in ServerFault:
        assert put(fault) == 200
        assert server.fault is fault
    assert put("earthquake") == 400
    assert server.fault is ServerFault.TRUNCATED
    assert put("") == 200
    assert server.fault is None


def test_each_fault_changes_the_answer_as_documented(server):
    url = f"{server.base_url}/signals/raw/country/KZ?from={EPOCH}&until={EPOCH + 7200}"
    server.fault = ServerFault.ERROR
    assert httpx.get(url).status_code == 500
    server.fault = ServerFault.HTML
    assert httpx.get(url).headers["content-type"].startswith("text/html")
    server.fault = ServerFault.EMPTY
    assert httpx.get(url).json()["data"] == [[]]
    server.fault = ServerFault.NULLS
    (series,) = httpx.get(url).json()["data"]
    assert set(series[0]["values"]) == {None}
    server.fault = ServerFault.TRUNCATED
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(url)


def test_stopping_ends_hanging_connections(tmp_path, clock):
    server = ReplayServer(small(tmp_path), clock, fault=ServerFault.HANG)
    server.start()
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{server.base_url}/datasources/", timeout=0.1)
    start = time.monotonic()
    server.stop()
    assert time.monotonic() - start < 5


def test_the_clock_answers_while_other_routes_hang(server):
    server.fault = ServerFault.HANG
    assert httpx.get(f"{server.url}/clock", timeout=2).status_code == 200


def test_the_server_prints_nothing(server, capfd):
    get(server, "/datasources/")
    get(server, "/nowhere", status=404)
    assert capfd.readouterr() == ("", "")


def test_a_port_is_free_again_after_stopping(tmp_path, clock):
    recording = small(tmp_path)
    with ReplayServer(recording, clock) as first:
        port = int(first.url.rpartition(":")[2])
    with ReplayServer(recording, clock, port=port) as second:
        assert second.url == first.url
