"""The circuit breaker of a source: which requests are still sent after failures."""

from bot.model.interval import Interval
from bot.model.signal import Request
from bot.tick.reader import SourceCircuitBreaker
from tests.shutdowns import BEGIN, DAY


def about(signal: str) -> Request:
    return Request(signal, (signal,), (), Interval(BEGIN, BEGIN + DAY), "")


def test_two_failures_in_a_row_give_up_a_signal():
    patience = SourceCircuitBreaker()
    patience.record_answer(about("b"))
    patience.record_failure(about("a"))
    assert patience.allows(about("a"))
    patience.record_failure(about("a"))
    assert not patience.allows(about("a"))
    assert patience.allows(about("b")), "a signal that answered must still be asked"


def test_an_answer_resets_the_count_of_failures():
    patience = SourceCircuitBreaker()
    patience.record_failure(about("a"))
    patience.record_answer(about("a"))
    patience.record_failure(about("a"))
    assert patience.allows(about("a"))


def test_without_any_answer_one_failure_gives_up_another_signal():
    patience = SourceCircuitBreaker()
    patience.record_failure(about("a"))
    patience.record_failure(about("a"))
    assert patience.allows(about("b"))
    patience.record_failure(about("b"))
    assert not patience.allows(about("b"))


def test_without_a_connection_no_request_is_allowed():
    patience = SourceCircuitBreaker()
    patience.record_unreachable()
    assert not patience.allows(about("a"))
