"""The backtest scores candidate rules, and counts the adjudications of a person."""

import json
import re
from pathlib import Path

import pytest

from bot.cli.scoring import backtest
from bot.errors import ConfigError
from tests.replay.test_backtest import (
    FALSE_LABEL,
    HEAD,
    TRUE_LABEL,
    ImageCollector,
    write_made_up_recording,
)

CANDIDATE = (
    'name = "deaf"\n[thresholds]\nlimits.control-plane = {on = 0.05, off = 0.06}\n'
)
ADJUDICATED = (
    "made-up,KZ-2026-0117,country:KZ,national,,,confirmed,true,A. Person,a letter\n"
)


def run_candidate_backtest(
    folder: Path, labels: str, candidate: str = "", audits: str = "", readings: str = ""
):
    """Backtest the made-up recording; return score.json, the page and the output folder.

    Args:
        folder: where all files are written.
        labels: rows of the label file.
        candidate: candidate rules in TOML; none if empty.
        audits: the audit file beside the labels; none if empty.
        readings: replaces the recording's readings (CSV) if not empty.
    """
    table, candidate_file = folder / "labels.csv", folder / "candidate.toml"
    table.write_text(HEAD + labels, encoding="utf-8")
    candidate_file.write_text(candidate, encoding="utf-8")
    if audits:
        (folder / "audit.csv").write_text(audits, encoding="utf-8")
    out = folder / "score"
    recordings = [write_made_up_recording(folder)]
    if readings:
        (recordings[0] / "series.csv").write_text(readings, encoding="utf-8")
    rules = candidate_file if candidate else None
    backtest.backtest(out, recordings, table, candidate=rules)
    page = (out / "scorecard" / "index.html").read_text(encoding="utf-8")
    return json.loads((out / "score.json").read_text(encoding="utf-8")), page, out


def test_candidate_rules_are_scored_beside_the_live_ones(tmp_path):
    score, page, _ = run_candidate_backtest(tmp_path, TRUE_LABEL, CANDIDATE)
    live, candidate = score["systems"][:2]
    assert (live["found"], candidate["found"]) == (1, 0)
    assert candidate["name"] == "candidate"
    assert score["candidate"]["name"] == "deaf"
    assert len(score["candidate"]["found_only_live"]) == 1
    assert {c["name"] for c in score["candidate"]["changes"]} == {
        "limit.control-plane.on",
        "limit.control-plane.off",
    }
    assert "In shadow: deaf" in page
    assert "Labelled events that only the live rules found: made-up, country:KZ" in page


def test_candidate_rules_do_not_change_the_live_score(tmp_path):  # P14
    scores = []
    for name, candidate in (("without", ""), ("with", CANDIDATE)):
        (tmp_path / name).mkdir()
        scores.append(
            run_candidate_backtest(
                tmp_path / name, TRUE_LABEL + FALSE_LABEL, candidate
            )[0]
        )
    assert scores[0]["systems"][0] == scores[1]["systems"][0]
    assert scores[0]["candidate"] is None


def test_events_of_candidate_rules_alone_have_a_chart(tmp_path):
    sensitive = CANDIDATE.replace("0.05, off = 0.06", "0.98, off = 0.99")
    sensitive += "limits.traffic = {on = 0.9, off = 0.95}\n"
    dip = (write_made_up_recording(tmp_path) / "series.csv").read_text(encoding="utf-8")
    for signal, value in (("ioda.bgp", 7620), ("ioda.gtr", 40)):
        dip = re.sub(rf"(2026-01-13T0[2-9].*{signal}),.*", rf"\1,{value}", dip)
    score, page, out = run_candidate_backtest(
        tmp_path, TRUE_LABEL, sensitive, readings=dip
    )
    (event,) = score["candidate"]["told_only_candidate"]
    assert event["key"] == "KZ-2026-0113"
    drawn = [str(image["src"]) for image in ImageCollector(page).images]
    assert drawn == ["made-up-candidate-KZ-2026-0113.png"]
    assert (out / "scorecard" / drawn[0]).is_file()


def test_invalid_candidate_rules_are_refused_before_assessment(tmp_path):  # P16
    with pytest.raises(ConfigError, match="spraeds"):
        run_candidate_backtest(
            tmp_path, TRUE_LABEL, 'name = "x"\n[thresholds]\nspraeds = 1\n'
        )
    assert list((tmp_path / "score").iterdir()) == []


def test_an_unmatched_event_is_listed_for_adjudication(tmp_path):  # P1
    score, page, out = run_candidate_backtest(tmp_path, FALSE_LABEL)
    (event,) = score["unmatched"]
    assert (event["key"], event["ruling"]) == ("KZ-2026-0117", "")
    assert score["audited"]["at_least"] == 0.0
    assert "Audit: not audited yet." in page
    sheet = (out / "audit.csv").read_text(encoding="utf-8")
    assert "made-up,KZ-2026-0117,country:KZ" in sheet


def test_a_filled_sheet_beside_the_labels_counts(tmp_path):
    _, _, out = run_candidate_backtest(tmp_path, FALSE_LABEL)
    header = (out / "audit.csv").read_text(encoding="utf-8").splitlines()[0]
    score, page, out = run_candidate_backtest(
        tmp_path, FALSE_LABEL, audits=f"{header}\n{ADJUDICATED}"
    )
    assert score["audited"]["precision"]["value"] == 1.0
    assert score["systems"][0]["precision"]["value"] == 0.0, (
        "an adjudication changed the score against labels"
    )
    assert "Audit: true, says A. Person (a letter)." in page
    assert "A. Person" in (out / "audit.csv").read_text(encoding="utf-8")


def test_an_adjudication_without_its_event_is_reported(tmp_path, capsys):  # P17
    _, _, out = run_candidate_backtest(tmp_path, TRUE_LABEL)
    header = (out / "audit.csv").read_text(encoding="utf-8").splitlines()[0]
    gone = ADJUDICATED.replace("KZ-2026-0117", "KZ-2026-0101")
    run_candidate_backtest(tmp_path, TRUE_LABEL, audits=f"{header}\n{gone}")
    assert (
        "Events in the audit file that are missing from this backtest, or match a"
        " label now: KZ-2026-0101" in capsys.readouterr().out
    )
