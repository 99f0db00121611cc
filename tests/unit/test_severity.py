"""The severity of an event is that of the level beside it (P4)."""

import pytest

from bot.incidents.severity import present_severity
from bot.model.verdict import Scope, Severity
from tests.builders import operators
from tests.unit.test_transitions import DOWN, a_finding, a_verdict, an_incident

NOT_KNOWN = a_verdict(a_finding(), severity=None)


def test_published_level_decides():
    assert present_severity(an_incident(), DOWN, 0.9, ()) is Severity.MINOR


def test_without_a_level_the_verdict_decides():
    verdict = a_verdict(a_finding(), severity=Severity.NEAR_TOTAL)
    assert present_severity(None, verdict, None, ()) is Severity.NEAR_TOTAL


def test_without_any_level_the_incident_keeps_its_severity():  # P5
    incident = an_incident(severity=Severity.MAJOR)
    assert present_severity(incident, NOT_KNOWN, None, ()) is Severity.MAJOR


@pytest.mark.parametrize("scope", [Scope.OPERATOR, Scope.MOBILE])
def test_of_single_networks_the_middle_level_decides(scope):
    incident = an_incident(scope=scope, severity=Severity.NEAR_TOTAL)
    verdict = a_verdict(a_finding(), severity=None, scope=scope)
    parts = operators(0.05, 0.6, 0.7)
    assert present_severity(incident, verdict, None, parts) is Severity.MODERATE
