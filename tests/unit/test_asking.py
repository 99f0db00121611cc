"""The circuit breaker of a source: which requests are still sent after failures."""

from bot.model.interval import Interval
from bot.model.signal import Request
from bot.tick.reader import SourceCircuitBreaker
from tests.shutdowns import BEGIN, DAY


def request_for(signal: str) -> Request:
    return Request(signal, (signal,), (), Interval(BEGIN, BEGIN + DAY), "")


def test_two_consecutive_failures_stop_requests_for_a_signal():
    breaker = SourceCircuitBreaker()
    breaker.record_answer(request_for("b"))
    breaker.record_failure(request_for("a"))
    assert breaker.allows(request_for("a"))
    breaker.record_failure(request_for("a"))
    assert not breaker.allows(request_for("a"))
    assert breaker.allows(request_for("b")), (
        "a signal that answered must still be asked"
    )


def test_an_answer_resets_the_count_of_failures():
    breaker = SourceCircuitBreaker()
    breaker.record_failure(request_for("a"))
    breaker.record_answer(request_for("a"))
    breaker.record_failure(request_for("a"))
    assert breaker.allows(request_for("a"))


def test_without_any_answer_one_failure_stops_another_signal():
    breaker = SourceCircuitBreaker()
    breaker.record_failure(request_for("a"))
    breaker.record_failure(request_for("a"))
    assert breaker.allows(request_for("b"))
    breaker.record_failure(request_for("b"))
    assert not breaker.allows(request_for("b"))


def test_without_a_connection_no_request_is_allowed():
    breaker = SourceCircuitBreaker()
    breaker.record_unreachable()
    assert not breaker.allows(request_for("a"))
