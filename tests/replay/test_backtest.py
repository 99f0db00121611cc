"""The scorecard: found, missed and false, as it would have been seen at the time."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot import bootstrap
from bot.cli import backtest
from bot.config.sections import Config
from bot.detection import artefacts, day_shapes, thresholds
from bot.detection.fusion import verdict
from bot.detection.fusion.corroboration import LONE_TRAFFIC, Corroboration, _crowded
from bot.detection.fusion.rules import RULES
from bot.detection.kernel import baselines, inputs, similar_days
from bot.errors import RecordingError
from bot.evaluation import backtest as scorecard
from bot.evaluation.labels import read_labels
from bot.evaluation.recording_run import judge_recording
from bot.evaluation.synthetic.benchmark import Sizes
from bot.evaluation.threshold_provenance import (
    CHOSEN_ON_SEED,
    FIXED,
    PUBLISHED_SEED,
    Origin,
    thresholds_of,
)
from bot.incidents import recovery
from bot.model.entity import parse_entity
from bot.places import load_register
from bot.replay import run
from bot.sources.recording.source import load
from bot.tick.assessment import Rules
from tests.recordings import ABOUT, SHARED, shared, write
from tests.signals import a_signal

HEAD = "recording,entity,start,end,cause,source,use\n"
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DOWN = (BEGIN + timedelta(days=12), BEGIN + timedelta(days=13))
TRUE = "made-up,country:KZ,2026-01-17T00:00Z,2026-01-18T00:00Z,x,test,detect; restore\n"
FALSE = "made-up,country:KZ,2026-01-12T00:00Z,2026-01-12T06:00Z,x,test,detect\n"


def made_up(folder: Path) -> Path:
    """Fifteen days of Kazakhstan in two families, the thirteenth of them cut off."""
    lines = ["time,entity,signal,value"]
    for half_hour in range(15 * 48):
        at = BEGIN + timedelta(minutes=30 * half_hour)
        share = 0.1 if DOWN[0] <= at < DOWN[1] else 1.0
        told = f"{at:%Y-%m-%dT%H:%MZ},country:KZ"
        lines.append(f"{told},ioda.bgp,{share * (8000 + half_hour % 7)}")
        if half_hour % 2 == 0:
            lines.append(f"{told},ioda.gtr,{share * (50 + half_hour % 5 / 10):.2f}")
    return write(folder / "made-up", "\n".join(lines) + "\n")


def backtested(tmp_path: Path, labels: str) -> tuple[dict, str, Path]:
    """Score, page and folder of the made-up recording with these labels."""
    table = tmp_path / "labels.csv"
    table.write_text(HEAD + labels, encoding="utf-8")
    out = tmp_path / "score"
    backtest.backtest(out, [made_up(tmp_path)], table)
    page = (out / "scorecard" / "index.html").read_text(encoding="utf-8")
    return json.loads((out / "score.json").read_text(encoding="utf-8")), page, out


class Images(HTMLParser):
    """The pictures of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


def test_a_labelled_outage_is_found_once_and_confirmed(tmp_path):  # P2, P7
    score, page, _ = backtested(tmp_path, TRUE)
    ours = score["systems"][0]
    assert (ours["found"], ours["missed"], ours["duplicates"]) == (1, [], 0)
    assert ours["false_alarms"] == []
    (event,) = ours["events"]
    assert event["said"]["confirmed_at"] == event["said"]["said_at"]
    assert "1 labelled event: 1 found, 0 missed" in page


def test_what_was_missed_and_what_was_false_is_listed_with_its_chart(tmp_path):  # P1
    score, page, out = backtested(tmp_path, FALSE)
    ours = score["systems"][0]
    assert [m["instead"] for m in ours["missed"]] == ["nothing"]
    assert [a["key"] for a in ours["false_alarms"]] == ["KZ-2026-0117"]
    images = Images(page).found
    assert len(images) == 2
    assert all(image["alt"] for image in images)
    for image in images:
        drawn = (out / "scorecard" / str(image["src"])).read_bytes()
        assert drawn.startswith(b"\x89PNG")


def test_the_comparators_stand_beside_ours_on_the_same_readings(tmp_path):
    score, page, _ = backtested(tmp_path, TRUE)
    names = [s["name"] for s in score["systems"]]
    assert names[0] == scorecard.OURS
    by_name = {s["name"]: s for s in score["systems"]}
    assert by_name["ioda-routes-critical"]["found"] == 1
    assert by_name["ioda-probing-warning"]["recordings"] == []
    assert "IODA, routes 50%" in page


def test_the_same_recordings_give_the_same_bytes(tmp_path):  # P14
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        backtested(tmp_path / name, TRUE + FALSE)
    files = sorted(
        p.relative_to(tmp_path / "one")
        for p in (tmp_path / "one" / "score").rglob("*")
        if p.is_file()
    )
    assert len(files) >= 4
    for name in files:
        one, two = (tmp_path / which / name for which in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), name


def test_the_page_says_plainly_what_was_set_with_a_recording_in_view(tmp_path):
    _, page, _ = backtested(tmp_path, TRUE)
    assert "set with iran-2026-01 in view" in page
    assert "from the reference" in page


def test_the_page_names_the_split_between_choosing_and_publishing(tmp_path):
    _, page, _ = backtested(tmp_path, TRUE)
    assert CHOSEN_ON_SEED != PUBLISHED_SEED == Sizes().seed
    assert f"tried on those of seed {CHOSEN_ON_SEED}" in page
    assert f"published are of seed {PUBLISHED_SEED}." in page


def test_figures_of_the_seed_that_values_are_chosen_on_are_told_as_that(tmp_path):
    (tmp_path / "score").mkdir()
    told = {"version": 1, "summary": [], "sizes": {"seed": CHOSEN_ON_SEED}}
    text = json.dumps(told)
    (tmp_path / "score" / "benchmark.json").write_text(text, encoding="utf-8")
    _, page, _ = backtested(tmp_path, TRUE)
    assert f"those below, however, of seed {CHOSEN_ON_SEED}" in page


def test_every_recording_is_credited_on_the_page(tmp_path):  # P13
    _, page, _ = backtested(tmp_path, TRUE)
    assert "A small made-up recording: Nobody: made for tests" in page
    assert "CC0-1.0" in page


def test_every_threshold_says_where_it_comes_from():
    known = thresholds_of(Rules())
    unstated = [t.name for t in known if t.origin is Origin.NOT_STATED]
    assert not unstated
    in_view = [t.name for t in known if t.origin is Origin.IN_VIEW]
    assert in_view == ["limit.active-probing.off", "bins-to-close.at-least"]


def test_the_numbers_within_the_code_are_told_as_they_are():
    told = dict(FIXED)
    quick = replace(a_signal(), step=timedelta(minutes=5))
    least = replace(Rules().thresholds, hold=timedelta(0))
    assert least.bins_to_close(quick) == told["bins-to-close.at-least"]
    assert told["baseline.weeks"] == baselines.WEEKS
    assert told["baseline.days"] == baselines.DAYS
    assert [share for share, _ in verdict._SEVERITIES[:3]] == [
        told[f"severity.{word}-below"] for word in ("moderate", "major", "near-total")
    ]
    assert told["rule.lone-traffic.below"] == LONE_TRAFFIC
    assert told["mobile-only.nation-at-least"] == verdict._BEYOND_MOBILE
    assert thresholds.FROZEN.total_seconds() == told["check.frozen.after"]
    assert told["check.frozen.bins"] == thresholds.FROZEN_BINS
    assert told["check.frozen.count"] == thresholds.BUSY
    assert told["check.source-repeats.bins"] == inputs.STILL_BINS
    assert told["routes-settle.after"] == thresholds.SETTLES.total_seconds()
    assert told["new-level.after"] == thresholds.SHIFTED.total_seconds()
    assert told["new-level.after"] == recovery._FORGOTTEN.total_seconds()
    assert told["new-level.never-below"] == thresholds.SHALLOW
    assert told["kept.busy-hours"] == baselines._BUSY
    assert told["baseline.lift-at-most"] == thresholds.LIFT_AT_MOST
    assert told["days-alike.of"] == similar_days.DAYS
    assert told["days-alike.nearest"] == similar_days.ALIKE
    assert artefacts._LASTING.total_seconds() == told["check.level-shift.after"]
    assert told["check.level-shift.level"] == artefacts._SHALLOW
    assert (told["check.twin.gain-from"], told["check.twin.gain-to"]) == artefacts._TWIN
    assert told["check.twin.spreads"] == artefacts._TWIN_SPREADS
    assert told["short-history.below"] == thresholds.NO_WEEKEND
    assert told["check.season.as-low"] == day_shapes._AS_LOW
    assert told["check.season.days"] == day_shapes._ENOUGH
    assert told["check.population.times-the-least"] == artefacts.FEW
    assert told["restored.share-of-regions"] == recovery._MOST


@pytest.mark.parametrize(
    ("fallen", "watched", "tells"), [(5, 50, 1), (4, 9, 0), (5, 51, 0)]
)
def test_the_rule_on_many_regions_is_told_as_it_is(fallen, watched, tells):
    rule = next(r for r in RULES if r.id == "many-regions")
    ballot = Corroboration(
        fell=(),
        pairs=0,
        parts=fallen,
        regions=fallen,
        watched_regions=watched,
        crowded=False,
        known=0,
        own=0,
    )
    assert rule.when(ballot) == bool(tells)


@pytest.mark.parametrize(
    ("fallen", "watched", "tells"), [(5, 20, 1), (4, 9, 0), (5, 21, 0)]
)
def test_the_rule_on_a_crowded_region_is_told_as_it_is(fallen, watched, tells):
    parts = [parse_entity(f"region:US/Ohio/{n}") for n in range(watched)]
    assert _crowded(parts[:fallen], parts) == bool(tells)


def test_what_is_scored_is_what_runs_unconfigured():  # P14
    assert bootstrap.rules_of(Config()) == Rules()


def test_the_scorecard_concludes_what_the_replay_tells(tmp_path):  # P14
    recording = load(made_up(tmp_path))
    house, clock = bootstrap.replaying(recording, tmp_path / "out", Config())
    lag = max(signal.lag for signal in recording.signals)
    run.play(house.newsroom, clock, recording.span, lag, lambda _: None)
    (incident,) = house.store.incidents.all()
    told = house.store.incidents.events(incident.id)
    house.store.close()
    judged = judge_recording("made-up", recording, load_register(), Rules())
    (steps,) = judged.incidents
    assert [c.event for c in steps] == list(told)


def test_without_recordings_the_page_says_so(tmp_path):
    backtest.backtest(tmp_path)
    page = (tmp_path / "scorecard" / "index.html").read_text(encoding="utf-8")
    assert "Not run here: the recordings are not in the repository" in page
    assert not (tmp_path / "score.json").exists()


def test_the_generated_benchmark_is_shown_where_it_was_run(tmp_path):
    row = {"name": "Precision", "value": 0.97, "target": "at least 0.95", "met": True}
    told = {"version": 1, "summary": [row, row | {"name": "Recall", "met": False}]}
    (tmp_path / "benchmark.json").write_text(json.dumps(told), encoding="utf-8")
    backtest.backtest(tmp_path)
    page = (tmp_path / "scorecard" / "index.html").read_text(encoding="utf-8")
    assert "<td>0.97</td><td>at least 0.95</td><td>yes</td>" in page
    assert "<td>no</td>" in page


def test_every_artefact_and_the_rules_beside_ours_stand_on_the_page(tmp_path):
    point = {"name": "routes 99%", "false_openings": 63, "recall": 0.9, "per_year": 1.0}
    told = {
        "summary": [],
        "artefacts": [
            {
                "name": "one-vantage",
                "must": "nothing is confirmed",
                "opened": ["country:KZ", "country:KZ"],
                "confirmed": ["country:KZ"],
                "as_it_must": False,
            }
        ],
        "openings": {
            "countries": 40,
            "ours": {"false_openings": 2, "recall": 0.95},
            "ioda": [point],
        },
    }
    (tmp_path / "benchmark.json").write_text(json.dumps(told), encoding="utf-8")
    backtest.backtest(tmp_path)
    page = (tmp_path / "scorecard" / "index.html").read_text(encoding="utf-8")
    assert ">One vantage</th><td>nothing is confirmed</td><td>1</td>" in page
    assert "<td>country:KZ</td><td>no</td>" in page
    assert "Outagewire</th><td>2</td><td>0.95</td>" in page
    assert "IODA, routes 99%</th><td>63</td><td>0.9</td>" in page


def test_a_broken_benchmark_is_one_clear_sentence(tmp_path):  # P16
    (tmp_path / "benchmark.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordingError, match=r"benchmark\.json"):
        backtest.backtest(tmp_path)


def test_a_folder_without_recordings_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="no recording and holds none"):
        backtest.backtest(tmp_path / "out", [tmp_path], tmp_path / "labels.csv")


def test_recordings_without_labels_are_refused(tmp_path):
    with pytest.raises(RecordingError, match="--labels is needed"):
        backtest.backtest(tmp_path / "out", [made_up(tmp_path)])


def test_a_reconstruction_is_not_scored(tmp_path):
    folder = made_up(tmp_path)
    about = "reconstruction = true\n" + ABOUT
    (folder / "recording.toml").write_text(about, encoding="utf-8")
    table = tmp_path / "labels.csv"
    table.write_text(HEAD + TRUE, encoding="utf-8")
    with pytest.raises(RecordingError, match="reconstruction"):
        backtest.backtest(tmp_path / "out", [folder], table)


def test_a_label_of_another_country_than_its_recording_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="country:UG"):
        backtested(tmp_path, TRUE.replace("country:KZ", "country:UG"))


def test_a_label_outside_its_recording_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="2027"):
        backtested(tmp_path, FALSE.replace("2026", "2027"))


@pytest.fixture(scope="module")
def ours():
    """Our score on all shared recordings."""
    names = sorted(p.name for p in (SHARED / "data" / "recordings").glob("*"))
    folders = [shared(name) for name in names] or [shared("recordings")]
    path = SHARED / "data" / "labels" / "incidents.csv"
    labels = read_labels(path.read_text(encoding="utf-8"), path.name)
    register = load_register()
    judged = [judge_recording(f.name, load(f), register, Rules()) for f in folders]
    return scorecard.backtest(judged, labels, Rules()).ours.score


def test_every_labelled_event_is_found_once_at_the_right_scope(ours):  # P2
    assert ours.count("found") == 5
    assert ours.count("missed") == 0
    assert ours.count("duplicates") == 0
    assert ours.count("wrong_scope") == 0


def test_nothing_false_is_told_in_real_recordings(ours):  # P1
    assert ours.false_confirmed.events == 0
    assert ours.false_suspected.events == 0
    quiet = [j for j in ours.judgements if j.case.recording.startswith("quiet")]
    assert len(quiet) == 5
    assert not [d for j in quiet for d in j.case.detections]
