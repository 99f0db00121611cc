"""The pitfalls of the IODA API, one by one, and the faults of its server over real HTTP."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import numpy as np
import pytest
from pydantic import ValidationError

from bot.clock import StillClock
from bot.errors import SourceFormatChanged, SourceUnavailable
from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.signal import Answer, ParsedAnswer
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.sources.ioda import responses
from bot.sources.ioda.config import iso_countries
from bot.sources.ioda.source import IodaConfig, IodaSource, build
from bot.sources.recording.source import RecordingSource, load_recording
from tests.recordings import SHARED, START, ioda_source, shared, small

DAY = Interval(START, START + timedelta(days=1))
HOUR = Interval(START, START + timedelta(hours=1))
LATER = START + timedelta(days=3)
EPOCH = int(START.timestamp())
KZ, KG = parse_entity("country:KZ"), parse_entity("country:KG")


@pytest.fixture
def server(tmp_path) -> Iterator[ReplayServer]:
    with ReplayServer(small(tmp_path), StillClock(LATER)) as server:
        yield server


def single_try_source(server: ReplayServer) -> IodaSource:
    clock = StillClock(LATER)
    return ioda_source(server, clock, attempts=1, timeout="300ms", networks=[])


def fetch_all(source: IodaSource, window: Interval = DAY) -> list[ParsedAnswer]:
    return [source.parse(source.ask(request)) for request in source.requests(window)]


def make_source(*entities: str, **changes: Any) -> IodaSource:
    codes = [e.partition(":")[2] for e in entities]
    section = {"countries": codes, "datasources": ["bgp"]} | changes
    clock = StillClock(LATER)
    return build(IodaConfig.model_validate(section), clock, clock)


def series(code: str = "KZ", **changes: Any) -> dict[str, Any]:
    """Return a valid series for HOUR, as the API sends it, but with `changes`."""
    return {
        "entityType": "country",
        "entityCode": code,
        "entityName": "Kazakhstan",
        "entityFqid": "geo.provider.AS.KZ",
        "datasource": "bgp",
        "subtype": "",
        "from": EPOCH,
        "until": EPOCH + 3600,
        "step": 300,
        "nativeStep": 300,
        "values": list(range(100, 112)),
    } | changes


def parse(*data: list[dict[str, Any]], entities=("country:KZ", "country:KG"), **more):
    """Return what the source parses when a request for HOUR is answered with `data`."""
    source = make_source(*entities)
    envelope = {"type": "signals", "error": None, "data": list(data)} | more
    return source.parse(_answer(source, json.dumps(envelope).encode()))


def _answer(source: IodaSource, body: bytes, at=LATER) -> Answer:
    (request,) = source.requests(HOUR)
    return Answer("ioda", request, at, 200, body)


# --- the pitfalls of the API -----------------------------------------------------


def test_null_is_missing_and_zero_is_zero():
    """P5: a null is a missing reading, and a zero stays a zero."""
    values = [None, 0, 5.5, *[None] * 9]
    (chunk,) = parse([series(values=values)], [series("KG")]).chunks[:1]
    assert np.isnan(chunk.values[[0, 3, 11]]).all()
    assert chunk.values[1:3].tolist() == [0, 5.5]


def test_absent_series_is_a_gap_never_a_zero():
    """P5: a series that is not in the answer is a gap for the whole window."""
    parsed = parse([series()], [])
    assert [c.entity for c in parsed.chunks] == [KZ]
    assert [(g.entity, g.reason, g.window) for g in parsed.gaps] == [
        (KG, "series-absent", HOUR)
    ]


def test_series_of_nulls_is_a_gap_once_it_is_due():
    parsed = parse([series(values=[None] * 12)], [series("KG")])
    assert [c.entity for c in parsed.chunks] == [KG]
    assert [(g.entity, g.reason) for g in parsed.gaps] == [(KZ, "only-nulls")]


def test_nulls_that_are_not_due_yet_are_ignored():
    source = make_source("country:KZ")
    body = json.dumps({"type": "signals", "data": [[series(values=[None] * 12)]]})
    early_answer = _answer(source, body.encode(), at=START + timedelta(minutes=20))
    parsed = source.parse(early_answer)
    assert (parsed.chunks, parsed.gaps) == ((), ())


@pytest.mark.parametrize("data", [[[]], [], [[], []], None])
def test_answer_200_without_data_is_a_source_error(data):
    """P6: IODA's back end fails with HTTP 200, no error and no data."""
    source = make_source("country:KZ", "country:KG")
    body = json.dumps({"type": "signals", "error": None, "data": data}).encode()
    with pytest.raises(SourceUnavailable, match="without any data"):
        source.parse(_answer(source, body))


def test_answer_with_only_nulls_is_a_source_error():
    """P6: an answer with nulls only is a fault of the source."""
    nulls = [None] * 12
    with pytest.raises(SourceUnavailable, match="without any data"):
        parse([series(values=nulls)], [series("KG", values=nulls)])


def test_answer_200_with_an_error_is_refused_despite_data():
    """P6: an answer that reports an error is refused, data included."""
    with pytest.raises(SourceUnavailable, match="influx is down"):
        parse([series()], error="influx is down")


@pytest.mark.parametrize(
    "invalid",
    [
        {"datasource": "ping-slash24"},
        {"subtype": "WEB_SEARCH"},
        {"entityType": "region"},
        {"entityCode": 398},
        {"step": 600},
        {"step": 0},
        {"from": EPOCH + 60, "until": EPOCH + 3660},
        {"from": -300, "until": 3300},
        {"from": EPOCH - 7200, "until": EPOCH - 3600},
        {"from": EPOCH + 2**33 * 300, "until": EPOCH + 2**33 * 300 + 3600},
        {"from": str(EPOCH)},
        {"until": EPOCH + 7200},
        {"values": [1] * 11},
        {"values": ["1"] * 12},
        {"values": [True] * 12},
        {"values": [-1] * 12},
        {"values": [1e400] * 12},
        {"values": [float("nan")] * 12},
        {"values": [[{"agg_values": {"loss_pct": 1}}]] * 12},
        {"values": None},
    ],
    ids=str,
)
def test_one_invalid_series_rejects_the_whole_answer(invalid):
    """P6: one bad series rejects the whole response, the good series included."""
    with pytest.raises(SourceFormatChanged):
        parse([series("KG")], [series(**invalid)])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><html>",
        b"null",
        b"[]",
        b"{}",
        b'{"type":"signals"}',
        b'{"type":"outages.alerts","data":[]}',
        b'{"type":"signals","data":{}}',
        b'{"type":"signals","error":5,"data":[]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_body_of_another_kind_is_refused(body):
    source = make_source("country:KZ")
    with pytest.raises(SourceFormatChanged, match="has changed"):
        source.parse(_answer(source, body))


def test_repeated_series_is_refused():
    with pytest.raises(SourceFormatChanged, match="twice"):
        parse([series()], [series()])


def test_order_of_the_answer_does_not_matter():
    first, second = series(), series("KG", values=list(range(12)))
    for data in ([first], [second]), ([second], [first]), ([], [second, first]):
        chunks = {c.entity: c.values.tolist() for c in parse(*data).chunks}
        assert chunks == {KZ: list(range(100, 112)), KG: list(range(12))}


def test_entity_that_was_not_requested_is_ignored():
    parsed = parse([series("XX")], [series()])
    assert [c.entity for c in parsed.chunks] == [KZ]
    assert [g.entity for g in parsed.gaps] == [KG]


def test_extra_bin_on_either_side_is_dropped():
    changes: dict[str, Any] = {"from": EPOCH - 300, "until": EPOCH + 3900}
    wide_series = series(**changes, values=list(range(14)))
    (chunk,) = parse([wide_series], entities=["country:KZ"]).chunks
    assert chunk.values.tolist() == list(range(1, 13))
    assert chunk.first == EPOCH // 300


# --- the requests ----------------------------------------------------------------


def test_many_entities_share_one_request():
    source = make_source(batch=40, countries="all", datasources=["bgp"])
    requests = source.requests(HOUR)
    assert len(requests) == 7
    assert len({e for request in requests for e in request.entities}) == 249
    assert all(len(request.entities) <= 40 for request in requests)
    assert requests[0].path.startswith("signals/raw/country/AD,AE,AF,")


def test_requested_windows_begin_and_end_on_bin_boundaries():
    """A window begins and ends on bin boundaries, and maxPoints is never sent."""
    late = Interval(START + timedelta(minutes=7), START + timedelta(minutes=52))
    source = make_source("country:KZ", datasources=["bgp", "ping-slash24", "gtr"])
    for request in source.requests(late):
        grid = {s.id: s for s in source.signals}[request.signals[0]]
        assert request.window.since.timestamp() % grid.step_s == 0
        assert request.window.until.timestamp() % grid.step_s == 0
        assert request.window.since >= late.since
        assert "maxPoints" not in request.path


def test_long_window_is_split_into_requests_below_100_days():
    window = Interval(START, START + timedelta(days=250))
    pieces = [request.window for request in make_source("country:KZ").requests(window)]
    assert max(p.width for p in pieces) < timedelta(days=100)
    assert pieces[0].since == window.since
    assert pieces[-1].until == window.until
    assert [p.until for p in pieces[:-1]] == [p.since for p in pieces[1:]]


def test_google_traffic_is_requested_for_countries_only():
    source = make_source("country:KZ", networks=[9198], datasources=["gtr"])
    (request,) = source.requests(HOUR)
    assert request.entities == (KZ,)
    assert request.path.endswith("datasource=gtr&sourceParams=WEB_SEARCH")
    assert "Google" in source.signals[0].credit, "P13: Google is not credited"


def test_signals_have_their_documented_step_lag_and_minimum():
    source = make_source(
        "country:KZ", datasources=["bgp", "ping-slash24", "merit-nt", "gtr"]
    )
    facts = {
        s.id: (s.step_s, int(s.lag.total_seconds()), s.minimum) for s in source.signals
    }
    assert facts == {
        "ioda.bgp": (300, 1800, 20),
        "ioda.ping-slash24": (600, 2400, 20),
        "ioda.merit-nt": (300, 1800, 20),
        "ioda.gtr": (1800, 10800, 0),
    }


def test_country_list_is_iso_3166():
    codes = iso_countries()
    assert len(codes) == 249
    assert {"KZ", "IR", "SS", "TW"} < set(codes)
    assert not {"EU", "UN", "ZZ", "XA"} & set(codes)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"countries": ["Kazakhstan"]}, "no such country: Kazakhstan"),
        ({"datasources": ["ucsd-nt"]}, "no such datasource: ucsd-nt"),
        ({"signals": {"ioda.dns": {}}}, "no such signal: ioda.dns"),
        ({"regions": {"KZ/Almaty": "1", "KZ/Astana": "1"}}, "same number"),
        ({"regions": {"Almaty": "1"}}, "not an entity"),
        ({"countries": []}, "nothing to watch"),
        ({"networks": ["9198"]}, "valid integer"),
        ({"contact": "a\r\nX-Evil: b"}, "without spaces, in ASCII"),
        ({"base_url": "ftp://x/v2"}, "write the address of the API"),
        ({"base_url": "https://user:secret@x/v2"}, "write the address of the API"),
        ({"timeout": "0s"}, "write a duration from 100ms to 10m"),
        ({"min_intervall": "2s"}, "Extra inputs"),
    ],
    ids=str,
)
def test_invalid_configuration_is_refused(section, message):
    """P16: a section with a wrong value is refused."""
    with pytest.raises(ValidationError, match=message):
        IodaConfig.model_validate(section)


# --- the samples -----------------------------------------------------------------


def sample(name: str) -> bytes:
    path = SHARED / "reference" / "sources" / "samples" / "ioda" / name
    if not path.is_file():
        pytest.skip(f"{name} is missing: IODA's values are not shipped with the code")
    return path.read_bytes()


def test_sample_answer_is_parsed():
    window = Interval(START.replace(year=2024, month=2, day=1), START)
    since = window.since.timestamp()
    body = sample("signals_raw_country_bgp.RECONSTRUCTED.json")
    begin = json.loads(body)["data"][0][0]["from"]
    window = Interval(
        window.since + timedelta(seconds=begin - since),
        window.since + timedelta(seconds=begin - since + 1800),
    )
    source = make_source("country:TR")
    (request,) = source.requests(window)
    (chunk,) = source.parse(Answer("ioda", request, LATER, 200, body)).chunks
    assert chunk.values[:4].tolist() == [62200, 62220, 62224, 62213]
    assert np.isnan(chunk.values[4:]).all()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("signals_raw_empty.RECONSTRUCTED.json", SourceUnavailable),
        ("error_400.json", SourceFormatChanged),
        ("outages_alerts.json", SourceFormatChanged),
        ("outages_events.json", SourceFormatChanged),
        ("entities_query_region_search.json", SourceFormatChanged),
        ("1299_upstream_delay_penult_asns.json", SourceFormatChanged),
        ("1299_upstream_delay_penult_e2e_latency.json", SourceFormatChanged),
    ],
)
def test_sample_answers_to_other_requests_are_refused(name, error):
    source = make_source("country:KZ")
    with pytest.raises(error):
        source.parse(_answer(source, sample(name)))


# --- faults, over real HTTP ------------------------------------------------------


@pytest.mark.servers
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (ServerFault.ERROR, SourceUnavailable),
        (ServerFault.HTML, SourceFormatChanged),
        (ServerFault.EMPTY, SourceUnavailable),
        (ServerFault.NULLS, SourceUnavailable),
        (ServerFault.HANG, SourceUnavailable),
        (ServerFault.TRUNCATED, SourceUnavailable),
    ],
)
def test_faulty_server_gives_an_error_and_no_reading(fault, error, server):
    """P6: a fault raises an error; after the fault, the source reads again."""
    source = single_try_source(server)
    server.fault = fault
    with pytest.raises(error):
        fetch_all(source)
    server.fault = None
    assert all(parsed.chunks for parsed in fetch_all(source))


@pytest.mark.servers
def test_source_waits_for_a_slow_server(server):
    source = ioda_source(server, StillClock(LATER), datasources=["gtr"])
    server.fault = ServerFault.SLOW
    (parsed,) = fetch_all(source)
    assert len(parsed.chunks) == 1


@pytest.mark.servers
def test_stopped_server_raises_source_unavailable(server):
    source = single_try_source(server)
    server.stop()
    with pytest.raises(SourceUnavailable, match=r"127\.0\.0\.1"):
        fetch_all(source)


@pytest.mark.servers
def test_source_tries_again_after_a_temporary_error(server):
    """The server recovers while the source waits, and the second try succeeds."""

    class RecoveringClock(StillClock):
        def sleep(self, duration: timedelta) -> None:
            server.fault = None
            super().sleep(duration)

    config = IodaConfig.model_validate(
        {
            "base_url": server.base_url,
            "countries": ["KZ"],
            "datasources": ["bgp"],
            "signals": {"ioda.bgp": {"step": "30m", "lag": "30m"}},
        }
    )
    source = build(config, StillClock(LATER), RecoveringClock(START))
    server.fault = ServerFault.ERROR
    (parsed,) = fetch_all(source)
    assert parsed.chunks


@pytest.mark.servers
def test_refused_request_raises_source_format_changed(server):
    source = ioda_source(server, StillClock(LATER), regions={"KZ/Almaty": "7"})
    (request,) = [
        request
        for request in source.requests(DAY)
        if request.signals == ("ioda.bgp",) and "/region/" in request.path
    ]
    with pytest.raises(SourceFormatChanged, match="cannot find corresponding metadata"):
        source.ask(request)


def test_error_has_the_retry_after_of_the_server():
    clock = StillClock(LATER)

    def busy(request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": "3600"})

    config = IodaConfig.model_validate({"countries": ["KZ"]})
    client = httpx.Client(transport=httpx.MockTransport(busy))
    source = IodaSource(config, client, clock, clock)
    with pytest.raises(SourceUnavailable) as caught:
        source.ask(source.requests(HOUR)[0])
    assert caught.value.retry_after == timedelta(hours=1)


@pytest.mark.servers
def test_recording_reads_the_same_over_http_as_from_its_folder():
    """P14: the live source and the recording source read the same two months of Iran."""
    recording = load_recording(shared("iran-2026-01"))
    clock = StillClock(recording.span.until + timedelta(days=30))
    half_hour = {"step": "30m", "lag": "30m", "minimum": 0.0}
    names = ("bgp", "ping-slash24", "merit-nt", "gtr")
    recording_source = RecordingSource(recording, clock)
    (parsed,) = (
        recording_source.parse(recording_source.ask(request))
        for request in recording_source.requests(recording.span)
    )
    expected = {c.signal: c.values for c in parsed.chunks}
    with ReplayServer(recording, clock) as server:
        source = ioda_source(
            server,
            clock,
            countries=["IR"],
            regions={},
            networks=[],
            datasources=list(names),
            signals={f"ioda.{name}": half_hour for name in names},
        )
        chunks = [
            c
            for parsed_answer in fetch_all(source, recording.span)
            for c in parsed_answer.chunks
        ]
    assert len(chunks) == 4
    for chunk in chunks:
        assert np.array_equal(chunk.values, expected[chunk.signal], equal_nan=True)


def test_an_answer_of_wrong_values_reports_the_first_one() -> None:
    """P19: each error that is reported takes memory, so a million of them took 800 MB."""
    body = b'{"type": "signals", "error": null, "data": [%s0]}' % (b"0," * 1000)
    with pytest.raises(ValidationError) as caught:
        responses._Envelope.model_validate_json(body)
    assert caught.value.error_count() == 1
