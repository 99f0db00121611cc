"""Rules on trial and audits, from the command line to the page."""

import json
import re
from pathlib import Path

import pytest

from bot.cli import backtest
from bot.errors import ConfigError
from tests.replay.test_backtest import FALSE, HEAD, TRUE, Images, made_up

TRIAL = 'name = "deaf"\n[thresholds]\nlimits.control-plane = {on = 0.05, off = 0.06}\n'
RULED = "made-up,KZ-2026-0117,country:KZ,national,,,confirmed,true,A. Person,a letter\n"


def scored(
    folder: Path, labels: str, trial: str = "", audits: str = "", readings: str = ""
):
    """Score, page and folder of the made-up recording."""
    table, shadow = folder / "labels.csv", folder / "trial.toml"
    table.write_text(HEAD + labels, encoding="utf-8")
    shadow.write_text(trial, encoding="utf-8")
    if audits:
        (folder / "audit.csv").write_text(audits, encoding="utf-8")
    out = folder / "score"
    recordings = [made_up(folder)]
    if readings:
        (recordings[0] / "series.csv").write_text(readings, encoding="utf-8")
    backtest.backtest(out, recordings, table, shadow=shadow if trial else None)
    page = (out / "scorecard" / "index.html").read_text(encoding="utf-8")
    return json.loads((out / "score.json").read_text(encoding="utf-8")), page, out


def test_rules_on_trial_stand_beside_the_live_ones_on_the_same_readings(tmp_path):
    score, page, _ = scored(tmp_path, TRUE, TRIAL)
    live, shadow = score["systems"][:2]
    assert (live["found"], shadow["found"]) == (1, 0)
    assert shadow["name"] == "shadow"
    assert score["shadow"]["name"] == "deaf"
    assert len(score["shadow"]["found_only_live"]) == 1
    assert {c["name"] for c in score["shadow"]["changes"]} == {
        "limit.control-plane.on",
        "limit.control-plane.off",
    }
    assert "In shadow: deaf" in page
    assert "Labelled events that only the live rules found: made-up, country:KZ" in page


def test_the_live_figures_are_the_same_with_rules_on_trial_beside_them(tmp_path):  # P14
    scores = []
    for name, trial in (("without", ""), ("with", TRIAL)):
        (tmp_path / name).mkdir()
        scores.append(scored(tmp_path / name, TRUE + FALSE, trial)[0])
    assert scores[0]["systems"][0] == scores[1]["systems"][0]
    assert scores[0]["shadow"] is None


def test_what_only_the_rules_on_trial_tell_of_is_shown_as_a_chart(tmp_path):
    keen = TRIAL.replace("0.05, off = 0.06", "0.98, off = 0.99")
    keen += "limits.traffic = {on = 0.9, off = 0.95}\n"
    dip = (made_up(tmp_path) / "series.csv").read_text(encoding="utf-8")
    for signal, value in (("ioda.bgp", 7620), ("ioda.gtr", 40)):
        dip = re.sub(rf"(2026-01-13T0.*{signal}),.*", rf"\1,{value}", dip)
    score, page, out = scored(tmp_path, TRUE, keen, readings=dip)
    (one,) = score["shadow"]["told_only_shadow"]
    assert one["key"] == "KZ-2026-0113"
    drawn = [str(image["src"]) for image in Images(page).found]
    assert drawn == ["made-up-shadow-KZ-2026-0113.png"]
    assert (out / "scorecard" / drawn[0]).is_file()


def test_a_broken_trial_stops_before_anything_is_judged(tmp_path):  # P16
    with pytest.raises(ConfigError, match="spraeds"):
        scored(tmp_path, TRUE, 'name = "x"\n[thresholds]\nspraeds = 1\n')
    assert not (tmp_path / "score").exists()


def test_an_event_that_no_label_tells_of_is_listed_to_be_audited(tmp_path):  # P1
    score, page, out = scored(tmp_path, FALSE)
    (one,) = score["unmatched"]
    assert (one["key"], one["ruling"]) == ("KZ-2026-0117", "")
    assert score["audited"]["at_least"] == 0.0
    assert "Audit: not audited yet." in page
    sheet = (out / "audit.csv").read_text(encoding="utf-8")
    assert "made-up,KZ-2026-0117,country:KZ" in sheet


def test_a_sheet_filled_in_and_kept_beside_the_labels_counts(tmp_path):
    _, _, out = scored(tmp_path, FALSE)
    header = (out / "audit.csv").read_text(encoding="utf-8").splitlines()[0]
    score, page, out = scored(tmp_path, FALSE, audits=f"{header}\n{RULED}")
    assert score["audited"]["precision"]["value"] == 1.0
    assert score["systems"][0]["precision"]["value"] == 0.0, "labels alone stay apart"
    assert "Audit: true, says A. Person (a letter)." in page
    assert "A. Person" in (out / "audit.csv").read_text(encoding="utf-8")


def test_an_audit_of_what_is_no_longer_told_is_named(tmp_path, capsys):  # P17
    _, _, out = scored(tmp_path, TRUE)
    header = (out / "audit.csv").read_text(encoding="utf-8").splitlines()[0]
    gone = RULED.replace("KZ-2026-0117", "KZ-2026-0101")
    scored(tmp_path, TRUE, audits=f"{header}\n{gone}")
    assert "Audited, but not told of now: KZ-2026-0101" in capsys.readouterr().out
