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
from bot.model.signal import Answer, Parsed
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.sources.ioda.config import iso_countries
from bot.sources.ioda.source import IodaConfig, IodaSource, build
from bot.sources.recording.source import RecordingSource, load
from tests.recordings import SHARED, START, ioda_of, shared, small

DAY = Interval(START, START + timedelta(days=1))
HOUR = Interval(START, START + timedelta(hours=1))
LATER = START + timedelta(days=3)
EPOCH = int(START.timestamp())
KZ, KG = parse_entity("country:KZ"), parse_entity("country:KG")


@pytest.fixture
def server(tmp_path) -> Iterator[ReplayServer]:
    with ReplayServer(small(tmp_path), StillClock(LATER)) as server:
        yield server


def one_try(server: ReplayServer) -> IodaSource:
    clock = StillClock(LATER)
    return ioda_of(server, clock, attempts=1, timeout="300ms", networks=[])


def ask_all(source: IodaSource, window: Interval = DAY) -> list[Parsed]:
    return [source.parse(source.ask(q)) for q in source.requests(window)]


def asked(*entities: str, **changes: Any) -> IodaSource:
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
    """Return what the source parses from an answer with `data` to a request for HOUR."""
    source = asked(*entities)
    envelope = {"type": "signals", "error": None, "data": list(data)} | more
    return source.parse(_answer(source, json.dumps(envelope).encode()))


def _answer(source: IodaSource, body: bytes, at=LATER) -> Answer:
    (question,) = source.requests(HOUR)
    return Answer("ioda", question, at, 200, body)


# --- the pitfalls of the API -----------------------------------------------------


def test_null_is_missing_and_zero_is_zero():
    """P5: a null is a missing reading, and a zero stays a zero."""
    values = [None, 0, 5.5, *[None] * 9]
    (chunk,) = parse([series(values=values)], [series("KG")]).chunks[:1]
    assert np.isnan(chunk.values[[0, 3, 11]]).all()
    assert chunk.values[1:3].tolist() == [0, 5.5]


def test_an_absent_series_is_a_gap_never_a_zero():
    """P5: a series that is not in the answer is a gap for the whole window."""
    parsed = parse([series()], [])
    assert [c.entity for c in parsed.chunks] == [KZ]
    assert [(g.entity, g.reason, g.window) for g in parsed.gaps] == [
        (KG, "series-absent", HOUR)
    ]


def test_only_nulls_are_a_gap_once_they_are_due():
    parsed = parse([series(values=[None] * 12)], [series("KG")])
    assert [c.entity for c in parsed.chunks] == [KG]
    assert [(g.entity, g.reason) for g in parsed.gaps] == [(KZ, "only-nulls")]


def test_nulls_that_are_not_due_yet_are_no_news():
    source = asked("country:KZ")
    body = json.dumps({"type": "signals", "data": [[series(values=[None] * 12)]]})
    early = _answer(source, body.encode(), at=START + timedelta(minutes=20))
    parsed = source.parse(early)
    assert (parsed.chunks, parsed.gaps) == ((), ())


@pytest.mark.parametrize("data", [[[]], [], [[], []], None])
def test_no_data_under_200_is_an_ill_source_and_no_outage(data):
    """P6: IODA's back end fails with HTTP 200, no error and no data."""
    source = asked("country:KZ", "country:KG")
    body = json.dumps({"type": "signals", "error": None, "data": data}).encode()
    with pytest.raises(SourceUnavailable, match="without any data"):
        source.parse(_answer(source, body))


def test_nothing_but_nulls_is_an_ill_source():
    """P6: an answer with nulls only is a fault of the source."""
    nothing = [None] * 12
    with pytest.raises(SourceUnavailable, match="without any data"):
        parse([series(values=nothing)], [series("KG", values=nothing)])


def test_an_error_under_200_is_believed_even_with_data():
    """P6: an answer that reports an error is refused, data included."""
    with pytest.raises(SourceUnavailable, match="influx is down"):
        parse([series()], error="influx is down")


@pytest.mark.parametrize(
    "spoilt",
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
def test_what_the_contract_does_not_know_is_refused_whole(spoilt):
    """P6: one bad series rejects the whole response, the good series included."""
    with pytest.raises(SourceFormatChanged):
        parse([series("KG")], [series(**spoilt)])


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
def test_a_body_of_another_kind_is_refused(body):
    source = asked("country:KZ")
    with pytest.raises(SourceFormatChanged, match="has changed"):
        source.parse(_answer(source, body))


def test_a_series_told_twice_is_refused():
    with pytest.raises(SourceFormatChanged, match="twice"):
        parse([series()], [series()])


def test_the_order_of_the_answer_does_not_matter():
    one, two = series(), series("KG", values=list(range(12)))
    for data in ([one], [two]), ([two], [one]), ([], [two, one]):
        chunks = {c.entity: c.values.tolist() for c in parse(*data).chunks}
        assert chunks == {KZ: list(range(100, 112)), KG: list(range(12))}


def test_an_entity_that_was_not_asked_for_is_not_believed():
    parsed = parse([series("XX")], [series()])
    assert [c.entity for c in parsed.chunks] == [KZ]
    assert [g.entity for g in parsed.gaps] == [KG]


def test_one_bin_too_many_on_either_side_is_dropped():
    changes: dict[str, Any] = {"from": EPOCH - 300, "until": EPOCH + 3900}
    wide = series(**changes, values=list(range(14)))
    (chunk,) = parse([wide], entities=["country:KZ"]).chunks
    assert chunk.values.tolist() == list(range(1, 13))
    assert chunk.first == EPOCH // 300


# --- the requests ----------------------------------------------------------------


def test_many_entities_share_one_question():
    source = asked(batch=40, countries="all", datasources=["bgp"])
    questions = source.requests(HOUR)
    assert len(questions) == 7
    assert len({e for q in questions for e in q.entities}) == 249
    assert all(len(q.entities) <= 40 for q in questions)
    assert questions[0].path.startswith("signals/raw/country/AD,AE,AF,")


def test_the_newest_bin_is_a_whole_native_one():
    """A window begins and ends on bin boundaries, and maxPoints is never sent."""
    late = Interval(START + timedelta(minutes=7), START + timedelta(minutes=52))
    source = asked("country:KZ", datasources=["bgp", "ping-slash24", "gtr"])
    for question in source.requests(late):
        grid = {s.id: s for s in source.signals}[question.signals[0]]
        assert question.window.since.timestamp() % grid.step_s == 0
        assert question.window.until.timestamp() % grid.step_s == 0
        assert question.window.since >= late.since
        assert "maxPoints" not in question.path


def test_a_long_window_is_asked_in_pieces_below_100_days():
    window = Interval(START, START + timedelta(days=250))
    pieces = [q.window for q in asked("country:KZ").requests(window)]
    assert max(p.width for p in pieces) < timedelta(days=100)
    assert pieces[0].since == window.since
    assert pieces[-1].until == window.until
    assert [p.until for p in pieces[:-1]] == [p.since for p in pieces[1:]]


def test_google_traffic_is_asked_for_countries_and_one_product_only():
    source = asked("country:KZ", networks=[9198], datasources=["gtr"])
    (question,) = source.requests(HOUR)
    assert question.entities == (KZ,)
    assert question.path.endswith("datasource=gtr&sourceParams=WEB_SEARCH")
    assert "Google" in source.signals[0].credit, "P13: Google is not credited"


def test_signals_are_as_the_facts_say():
    source = asked("country:KZ", datasources=["bgp", "ping-slash24", "merit-nt", "gtr"])
    facts = {
        s.id: (s.step_s, int(s.lag.total_seconds()), s.minimum) for s in source.signals
    }
    assert facts == {
        "ioda.bgp": (300, 1800, 20),
        "ioda.ping-slash24": (600, 2400, 20),
        "ioda.merit-nt": (300, 1800, 20),
        "ioda.gtr": (1800, 10800, 0),
    }


def test_all_countries_are_the_249_of_iso_3166():
    codes = iso_countries()
    assert len(codes) == 249
    assert {"KZ", "IR", "SS", "TW"} < set(codes)
    assert not {"EU", "UN", "ZZ", "XA"} & set(codes)


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ({"countries": ["Kazakhstan"]}, "no such country: Kazakhstan"),
        ({"datasources": ["ucsd-nt"]}, "no such datasource: ucsd-nt"),
        ({"signals": {"ioda.dns": {}}}, "no such signal: ioda.dns"),
        ({"regions": {"KZ/Almaty": "1", "KZ/Astana": "1"}}, "same number"),
        ({"regions": {"Almaty": "1"}}, "not an entity"),
        ({"countries": []}, "nothing to watch"),
        ({"networks": ["9198"]}, "valid integer"),
        ({"contact": "a\r\nX-Evil: b"}, "pattern"),
        ({"base_url": "ftp://x/v2"}, "pattern"),
        ({"base_url": "https://user:secret@x/v2"}, "pattern"),
        ({"timeout": "0s"}, "greater than zero"),
        ({"min_intervall": "2s"}, "Extra inputs"),
    ],
    ids=str,
)
def test_a_wrong_configuration_is_refused(section, says):
    """P16: a section with a wrong value is refused."""
    with pytest.raises(ValidationError, match=says):
        IodaConfig.model_validate(section)


# --- the samples -----------------------------------------------------------------


def sample(name: str) -> bytes:
    path = SHARED / "reference" / "sources" / "samples" / "ioda" / name
    if not path.is_file():
        pytest.skip(f"{name} is missing: IODA's values are not shipped with the code")
    return path.read_bytes()


def test_the_sample_answer_is_read():
    window = Interval(START.replace(year=2024, month=2, day=1), START)
    since = window.since.timestamp()
    body = sample("signals_raw_country_bgp.RECONSTRUCTED.json")
    begin = json.loads(body)["data"][0][0]["from"]
    window = Interval(
        window.since + timedelta(seconds=begin - since),
        window.since + timedelta(seconds=begin - since + 1800),
    )
    source = asked("country:TR")
    (question,) = source.requests(window)
    (chunk,) = source.parse(Answer("ioda", question, LATER, 200, body)).chunks
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
def test_sample_answers_to_other_questions_are_refused(name, error):
    source = asked("country:KZ")
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
def test_a_sick_server_gives_an_error_and_never_a_reading(fault, error, server):
    """P6: when the fault is over, the source reads the server again."""
    source = one_try(server)
    server.fault = fault
    with pytest.raises(error):
        ask_all(source)
    server.fault = None
    assert all(parsed.chunks for parsed in ask_all(source))


@pytest.mark.servers
def test_a_slow_server_is_waited_for(server):
    source = ioda_of(server, StillClock(LATER), datasources=["gtr"])
    server.fault = ServerFault.SLOW
    (parsed,) = ask_all(source)
    assert len(parsed.chunks) == 1


@pytest.mark.servers
def test_a_dead_server_is_unavailable(server):
    source = one_try(server)
    server.stop()
    with pytest.raises(SourceUnavailable, match=r"127\.0\.0\.1"):
        ask_all(source)


@pytest.mark.servers
def test_a_trouble_that_passes_is_sat_out(server):
    """The server recovers while the source waits, and the second try succeeds."""

    class Recovers(StillClock):
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
    source = build(config, StillClock(LATER), Recovers(START))
    server.fault = ServerFault.ERROR
    (parsed,) = ask_all(source)
    assert parsed.chunks


@pytest.mark.servers
def test_a_question_the_server_refuses_is_a_changed_contract(server):
    source = ioda_of(server, StillClock(LATER), regions={"KZ/Almaty": "7"})
    (question,) = [
        q
        for q in source.requests(DAY)
        if q.signals == ("ioda.bgp",) and "/region/" in q.path
    ]
    with pytest.raises(SourceFormatChanged, match="cannot find corresponding metadata"):
        source.ask(question)


def test_a_retry_after_reaches_the_loop():
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
def test_the_real_recording_reads_the_same_over_http_as_from_its_folder():
    """P14: the live source and the recording source read the same two months of Iran."""
    truth = load(shared("iran-2026-01"))
    clock = StillClock(truth.span.until + timedelta(days=30))
    half_hour = {"step": "30m", "lag": "30m", "minimum": 0.0}
    names = ("bgp", "ping-slash24", "merit-nt", "gtr")
    direct = RecordingSource(truth, clock)
    (parsed,) = (direct.parse(direct.ask(q)) for q in direct.requests(truth.span))
    expected = {c.signal: c.values for c in parsed.chunks}
    with ReplayServer(truth, clock) as server:
        source = ioda_of(
            server,
            clock,
            countries=["IR"],
            regions={},
            networks=[],
            datasources=list(names),
            signals={f"ioda.{name}": half_hour for name in names},
        )
        chunks = [c for one in ask_all(source, truth.span) for c in one.chunks]
    assert len(chunks) == 4
    for chunk in chunks:
        assert np.array_equal(chunk.values, expected[chunk.signal], equal_nan=True)
