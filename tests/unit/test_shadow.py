"""Rules on trial are data: any number of the live ones, strictly read."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta

import pytest

from bot.detection.fusion.corroboration import Corroboration
from bot.detection.fusion.rules import first_match
from bot.errors import ConfigError
from bot.evaluation.candidate_rules import RuleChange, read_candidate_rules
from bot.model.signal import Family
from bot.tick.assessment import Rules

TRIAL = """
name = "later-probing"

[thresholds]
hold = "2h"
limits.active-probing = { on = 0.75, off = 0.9 }
by_signal."ioda.bgp" = { on = 0.9, off = 0.97 }

[pace]
update_every = "12h"
"""


def test_what_the_file_names_is_changed_and_the_rest_is_as_it_runs():
    live = Rules()
    rules = read_candidate_rules(TRIAL, "trial.toml", live).rules
    assert rules.thresholds.hold == timedelta(hours=2)
    assert rules.thresholds.limits[Family.ACTIVE_PROBING].on == 0.75
    assert rules.thresholds.by_signal["ioda.bgp"].off == 0.97
    assert rules.pace.update_every == timedelta(hours=12)
    traffic = rules.thresholds.limits[Family.TRAFFIC]
    assert traffic == live.thresholds.limits[Family.TRAFFIC]
    assert rules.thresholds.spreads == live.thresholds.spreads
    assert rules.grace == live.grace


def test_what_differs_is_told_with_both_values():  # P17
    changes = read_candidate_rules(TRIAL, "trial.toml", Rules()).changes(Rules())
    assert RuleChange("hold", 3600.0, 7200.0) in changes
    assert RuleChange("limit.active-probing.on", 0.80, 0.75) in changes
    assert RuleChange("limit.ioda.bgp.on", None, 0.9) in changes
    assert len(changes) == 5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name", "trial.toml"),
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
def test_a_file_that_cannot_be_meant_is_refused(text, problem):  # P16
    with pytest.raises(ConfigError, match=problem):
        read_candidate_rules(text, "trial.toml", Rules())


def test_every_wrong_key_is_named_at_once():  # P16
    text = 'name = "x"\n[thresholds]\none = 1\n[pace]\ntwo = 2'
    with pytest.raises(ConfigError) as caught:
        read_candidate_rules(text, "trial.toml", Rules())
    assert len(caught.value.problems) == 2


def test_every_number_of_the_rules_may_be_put_on_trial():
    for table, part in (("thresholds", Rules().thresholds), ("pace", Rules().pace)):
        for one in fields(part):
            value = getattr(part, one.name)
            if isinstance(value, Mapping):
                continue
            told = '"37m"' if isinstance(value, timedelta) else 7
            text = f'name = "x"\n[{table}]\n{one.name} = {told}\n'
            (change,) = read_candidate_rules(text, "trial.toml", Rules()).changes(
                Rules()
            )
            assert change.name.removeprefix("pace.") == one.name.replace("_", "-")


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


def test_a_row_may_be_put_on_trial_and_another_left_out():
    trial = read_candidate_rules(ROWS, "trial.toml", Rules())
    names = [rule.id for rule in trial.rules.table]
    assert names.index("three-networks") == names.index("parts-only") - 1
    assert "many-regions" not in names
    assert trial.changes(Rules()) == (
        RuleChange("row.many-regions", 4.0, None),
        RuleChange("row.three-networks", None, 7.0),
    )


@pytest.mark.parametrize(("parts", "rule"), [(2, "parts-only"), (3, "three-networks")])
def test_a_row_on_trial_matches_what_it_counts(parts, rule):
    table = read_candidate_rules(ROWS, "trial.toml", Rules()).rules.table
    ballot = Corroboration((), 0, parts, 0, 0, crowded=False, known=1, own=1)
    assert first_match(ballot, table).id == rule
    assert first_match(ballot).id == "parts-only"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('three-networks"\nbefore', 'ordinary"\nbefore'), "ordinary is taken"),
        (('"parts-only"', '"nobody"'), "no row nobody"),
        (("many-regions", "unknown"), "unknown must stay"),
        (("parts = 3", "people = 3"), "people"),
        (("{ parts = 3 }", "{}"), "least"),
        (('"suspected"', '"certain"'), "outcome"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(change, problem):  # P16
    with pytest.raises(ConfigError, match=problem):
        read_candidate_rules(ROWS.replace(*change), "trial.toml", Rules())
