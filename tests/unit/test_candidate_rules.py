"""Candidate rules are read strictly; every threshold of the live rules can be set."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta

import pytest

from bot.detection.fusion.corroboration import Corroboration
from bot.detection.fusion.rules import first_matching_rule
from bot.errors import ConfigError
from bot.evaluation.candidate_rules import RuleChange, read_candidate_rules
from bot.model.signal import Family
from bot.tick.rules import AssessmentRules

CANDIDATE = """
name = "later-probing"

[thresholds]
hold = "2h"
limits.active-probing = { on = 0.75, off = 0.9 }
by_signal."ioda.bgp" = { on = 0.9, off = 0.97 }

[pace]
update_every = "12h"
"""


def test_only_values_in_the_file_are_changed():
    live = AssessmentRules()
    rules = read_candidate_rules(CANDIDATE, "candidate.toml", live).rules
    assert rules.thresholds.hold == timedelta(hours=2)
    assert rules.thresholds.limits[Family.ACTIVE_PROBING].on == 0.75
    assert rules.thresholds.by_signal["ioda.bgp"].off == 0.97
    assert rules.timing.update_every == timedelta(hours=12)
    traffic = rules.thresholds.limits[Family.TRAFFIC]
    assert traffic == live.thresholds.limits[Family.TRAFFIC]
    assert rules.thresholds.spreads == live.thresholds.spreads
    assert rules.grace == live.grace


def test_changes_have_both_values():  # P17
    changes = read_candidate_rules(
        CANDIDATE, "candidate.toml", AssessmentRules()
    ).changes(AssessmentRules())
    assert RuleChange("hold", 3600.0, 7200.0) in changes
    assert RuleChange("limit.active-probing.on", 0.80, 0.75) in changes
    assert RuleChange("limit.ioda.bgp.on", None, 0.9) in changes
    assert len(changes) == 5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name", "candidate.toml"),
        ('name = "x"', "changes nothing"),
        ('name = "x"\n[thresholds]\nspraeds = 5', "spraeds"),
        ('name = "x"\n[thresholds]\nhold = 3', "write a duration"),
        ('name = "x"\n[thresholds]\nspreads = -1', "greater than 0"),
        ('name = "x"\n[thresholds]\nlimits.nobody = {on = 0.1, off = 0.2}', "nobody"),
        (
            'name = "x"\n[thresholds]\nlimits.traffic = {on = 0.5, off = 0.2}',
            "off >= on",
        ),
        ('name = "No Name"\n[pace]\nlevel_step = 0.5', "name"),
        ("[pace]\nlevel_step = 0.5", "name"),
    ],
)
def test_an_invalid_file_is_refused(text, problem):  # P16
    with pytest.raises(ConfigError, match=problem):
        read_candidate_rules(text, "candidate.toml", AssessmentRules())


def test_every_wrong_key_is_named_at_once():  # P16
    text = 'name = "x"\n[thresholds]\none = 1\n[pace]\ntwo = 2'
    with pytest.raises(ConfigError) as caught:
        read_candidate_rules(text, "candidate.toml", AssessmentRules())
    assert len(caught.value.problems) == 2


def test_every_threshold_can_be_a_candidate():
    for table, part in (
        ("thresholds", AssessmentRules().thresholds),
        ("pace", AssessmentRules().timing),
    ):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, Mapping):
                continue
            new_value = '"37m"' if isinstance(value, timedelta) else 7
            text = f'name = "x"\n[{table}]\n{field.name} = {new_value}\n'
            (change,) = read_candidate_rules(
                text, "candidate.toml", AssessmentRules()
            ).changes(AssessmentRules())
            assert change.name.removeprefix("pace.") == field.name.replace("_", "-")


ROWS = """
name = "three-networks"
without = ["many-regions"]

[[rows]]
id = "three-networks"
before = "parts-only"
outcome = "suspected"
least = { parts = 3 }
comment = "Three networks in one family."
"""


def test_a_row_is_inserted_and_another_removed():
    candidate = read_candidate_rules(ROWS, "candidate.toml", AssessmentRules())
    names = [rule.id for rule in candidate.rules.table]
    assert names.index("three-networks") == names.index("parts-only") - 1
    assert "many-regions" not in names
    assert candidate.changes(AssessmentRules()) == (
        RuleChange("row.many-regions", 4.0, None),
        RuleChange("row.three-networks", None, 9.0),
    )


@pytest.mark.parametrize(("parts", "rule"), [(2, "parts-only"), (3, "three-networks")])
def test_a_candidate_row_matches_its_counts(parts, rule):
    table = read_candidate_rules(ROWS, "candidate.toml", AssessmentRules()).rules.table
    corroboration = Corroboration(
        (), 0, parts, 0, 0, regional_cluster=False, assessable=1, own_series=1
    )
    assert first_matching_rule(corroboration, table).id == rule
    assert first_matching_rule(corroboration).id == "parts-only"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ('three-networks"\nbefore', 'ordinary"\nbefore'),
            "ordinary is already the id of a row",
        ),
        (('"parts-only"', '"nobody"'), "no row nobody"),
        (("many-regions", "unknown"), "unknown must stay"),
        (("parts = 3", "people = 3"), "people"),
        (("{ parts = 3 }", "{}"), "least"),
        (('"suspected"', '"certain"'), "outcome"),
    ],
)
def test_an_invalid_row_is_refused(change, problem):  # P16
    with pytest.raises(ConfigError, match=problem):
        read_candidate_rules(ROWS.replace(*change), "candidate.toml", AssessmentRules())
