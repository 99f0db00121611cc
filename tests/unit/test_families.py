"""The families that an event names are those that show it (P7)."""

from bot.incidents.families import families_down
from bot.model.entity import parse_entity
from bot.model.verdict import Scope, SeriesState
from tests.unit.test_transitions import PROBING, ROUTES, a_finding, a_verdict

REGION = parse_entity("region:IN/Manipur")


def test_both_families_of_a_region_are_named_in_its_first_bin():
    """The routes fell one bin later, so their drop is not sustained yet."""
    parts = (
        a_finding(PROBING, entity=REGION),
        a_finding(ROUTES, entity=REGION, sustained=False),
    )
    normal = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(normal, parts=parts, scope=Scope.REGIONAL)
    assert families_down(verdict) == (PROBING, ROUTES)


def test_brief_drop_of_another_region_names_no_family():
    other = parse_entity("region:IN/Assam")
    parts = (
        a_finding(PROBING, entity=REGION),
        a_finding(ROUTES, entity=other, sustained=False),
    )
    normal = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(normal, parts=parts, scope=Scope.REGIONAL)
    assert families_down(verdict) == (PROBING,)
