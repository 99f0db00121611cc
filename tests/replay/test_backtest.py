"""The backtest scores recordings against labels, and writes the scorecard page."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot import bootstrap
from bot.cli.scoring import backtest
from bot.config.sections import Config
from bot.detection import artefacts, day_shapes, thresholds
from bot.detection.drop_times.levels import PLATEAU_BINS
from bot.detection.fusion import corroboration, onset, scope
from bot.detection.fusion.corroboration import (
    LONE_TRAFFIC,
    Corroboration,
    _has_regional_cluster,
)
from bot.detection.fusion.rules import RULES
from bot.detection.kernel import baselines, inputs, similar_days
from bot.errors import RecordingError
from bot.evaluation import backtest as scorecard
from bot.evaluation.labels import read_labels
from bot.evaluation.recording_run import run_recording
from bot.evaluation.synthetic.benchmark import Sizes
from bot.evaluation.threshold_provenance import (
    CHOSEN_ON_SEED,
    HARD_CODED,
    PUBLISHED_SEED,
    Origin,
    thresholds_of,
)
from bot.incidents import recovery
from bot.model import verdict as model_verdict
from bot.model.entity import parse_entity
from bot.places import load_register
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.tick.rules import AssessmentRules
from tests.recordings import ABOUT, SHARED, shared, write
from tests.signals import a_signal

HEAD = "recording,entity,start,end,cause,source,use\n"
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DOWN = (BEGIN + timedelta(days=12), BEGIN + timedelta(days=13))
TRUE_LABEL = (
    "made-up,country:KZ,2026-01-17T00:00Z,2026-01-18T00:00Z,x,test,detect; restore\n"
)
FALSE_LABEL = "made-up,country:KZ,2026-01-12T00:00Z,2026-01-12T06:00Z,x,test,detect\n"


def write_made_up_recording(folder: Path) -> Path:
    """Write 15 days of Kazakhstan in two families, at 10% of normal on the 13th day."""
    lines = ["time,entity,signal,value"]
    for half_hour in range(15 * 48):
        at = BEGIN + timedelta(minutes=30 * half_hour)
        share = 0.1 if DOWN[0] <= at < DOWN[1] else 1.0
        prefix = f"{at:%Y-%m-%dT%H:%MZ},country:KZ"
        lines.append(f"{prefix},ioda.bgp,{share * (8000 + half_hour % 7)}")
        if half_hour % 2 == 0:
            lines.append(f"{prefix},ioda.gtr,{share * (50 + half_hour % 5 / 10):.2f}")
    return write(folder / "made-up", "\n".join(lines) + "\n")


def run_backtest(tmp_path: Path, labels: str) -> tuple[dict, str, Path]:
    """Backtest the made-up recording; return score.json, the page and the output folder."""
    table = tmp_path / "labels.csv"
    table.write_text(HEAD + labels, encoding="utf-8")
    out = tmp_path / "score"
    backtest.backtest(out, [write_made_up_recording(tmp_path)], table)
    page = (out / "scorecard" / "index.html").read_text(encoding="utf-8")
    return json.loads((out / "score.json").read_text(encoding="utf-8")), page, out


class ImageCollector(HTMLParser):
    """Collects the attributes of all images of an HTML page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.images.append(dict(attrs))


def test_a_labelled_outage_is_detected_once_and_confirmed(tmp_path):  # P2, P7
    score, page, _ = run_backtest(tmp_path, TRUE_LABEL)
    ours = score["systems"][0]
    assert (ours["found"], ours["missed"], ours["duplicates"]) == (1, [], 0)
    assert ours["false_alarms"] == []
    (event,) = ours["events"]
    assert event["said"]["confirmed_at"] == event["said"]["said_at"]
    assert "1 labelled event: 1 found, 0 missed" in page


def test_misses_and_false_alarms_have_a_chart_each(tmp_path):  # P1
    score, page, out = run_backtest(tmp_path, FALSE_LABEL)
    ours = score["systems"][0]
    assert [m["instead"] for m in ours["missed"]] == ["nothing"]
    assert [a["key"] for a in ours["false_alarms"]] == ["KZ-2026-0117"]
    images = ImageCollector(page).images
    assert len(images) == 2
    assert all(image["alt"] for image in images)
    for image in images:
        drawn = (out / "scorecard" / str(image["src"])).read_bytes()
        assert drawn.startswith(b"\x89PNG")


def test_comparators_are_scored_on_the_same_readings(tmp_path):
    score, page, _ = run_backtest(tmp_path, TRUE_LABEL)
    names = [s["name"] for s in score["systems"]]
    assert names[0] == scorecard.LIVE
    by_name = {s["name"]: s for s in score["systems"]}
    assert by_name["ioda-routes-critical"]["found"] == 1
    assert by_name["ioda-probing-warning"]["recordings"] == []
    assert "IODA, routes 50%" in page


def test_the_same_recordings_give_the_same_bytes(tmp_path):  # P14
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        run_backtest(tmp_path / name, TRUE_LABEL + FALSE_LABEL)
    files = sorted(
        p.relative_to(tmp_path / "one")
        for p in (tmp_path / "one" / "score").rglob("*")
        if p.is_file()
    )
    assert len(files) >= 4
    for name in files:
        first, second = (tmp_path / which / name for which in ("one", "two"))
        assert first.read_bytes() == second.read_bytes(), name


def test_the_page_states_the_origin_of_thresholds(tmp_path):
    _, page, _ = run_backtest(tmp_path, TRUE_LABEL)
    assert "set with iran-2026-01 in view" in page
    assert "from the literature" in page


def test_the_page_states_both_seeds_of_generated_series(tmp_path):
    _, page, _ = run_backtest(tmp_path, TRUE_LABEL)
    assert CHOSEN_ON_SEED != PUBLISHED_SEED == Sizes().seed
    assert f"tried on those of seed {CHOSEN_ON_SEED}" in page
    assert f"published are of seed {PUBLISHED_SEED}." in page


def test_the_page_says_when_figures_have_another_seed(tmp_path):
    (tmp_path / "score").mkdir()
    content = {"version": 1, "summary": [], "sizes": {"seed": CHOSEN_ON_SEED}}
    text = json.dumps(content)
    (tmp_path / "score" / "benchmark.json").write_text(text, encoding="utf-8")
    _, page, _ = run_backtest(tmp_path, TRUE_LABEL)
    assert f"those below, however, of seed {CHOSEN_ON_SEED}" in page


def test_every_recording_is_credited_on_the_page(tmp_path):  # P13
    _, page, _ = run_backtest(tmp_path, TRUE_LABEL)
    assert "A small made-up recording: Nobody: made for tests" in page
    assert "CC0-1.0" in page


def test_every_threshold_has_a_stated_origin():
    thresholds = thresholds_of(AssessmentRules())
    unstated = [t.name for t in thresholds if t.origin is Origin.NOT_STATED]
    assert not unstated
    in_view = [t.name for t in thresholds if t.origin is Origin.IN_VIEW]
    assert in_view == ["limit.active-probing.off", "bins-to-close.at-least"]


def test_hard_coded_thresholds_of_rules_equal_the_code():
    stated = dict(HARD_CODED)
    assert stated["together.for"] == corroboration.TOGETHER.total_seconds()
    new_level = corroboration._NEW_LEVEL.total_seconds()
    assert stated["together.level-shift.after"] == new_level
    assert stated["together.level-shift.level"] == corroboration._SHALLOW
    assert stated["regions.for-the-place.share"] == corroboration._MOST
    assert stated["regions.for-the-place.regions"] == corroboration._LEAST_REGIONS
    assert stated["rule.a-network-vanished.below"] == corroboration._VANISHED
    assert stated["scope.nation-at-least"] == scope._MOST
    assert stated["scope.shallow"] == scope._SHALLOW
    assert stated["scope.normal-at-least"] == scope._NEARLY
    assert stated["onset.of-parts"] == onset._SHARE_DIVISOR
    assert stated["onset.plateau-bins"] == PLATEAU_BINS
    assert stated["check.shared-input.at-most"] == artefacts._MOVED_AT_MOST
    assert stated["check.shared-input.steady"] == artefacts._STEADY


def test_hard_coded_thresholds_equal_the_code():
    stated = dict(HARD_CODED)
    quick = replace(a_signal(), step=timedelta(minutes=5))
    least = replace(AssessmentRules().thresholds, hold=timedelta(0))
    assert least.bins_to_close(quick) == stated["bins-to-close.at-least"]
    assert stated["baseline.weeks"] == baselines.WEEKS
    assert stated["baseline.days"] == baselines.DAYS
    assert [share for share, _ in model_verdict.LEAST_LEVELS[:3]] == [
        stated[f"severity.{word}-below"] for word in ("moderate", "major", "near-total")
    ]
    assert stated["rule.lone-traffic.below"] == LONE_TRAFFIC
    assert stated["mobile-only.nation-at-least"] == scope._MOBILE_LEAST_LEVEL
    assert thresholds.FROZEN_AFTER.total_seconds() == stated["check.frozen.after"]
    assert stated["check.frozen.bins"] == thresholds.FROZEN_BINS
    assert stated["check.frozen.count"] == thresholds.FROZEN_COUNT
    assert stated["check.source-repeats.bins"] == inputs.STILL_BINS
    assert stated["routes-settle.after"] == thresholds.SETTLE_AFTER.total_seconds()
    assert stated["new-level.after"] == thresholds.NEW_LEVEL_AFTER.total_seconds()
    assert stated["new-level.after"] == recovery._BASELINE_REACH.total_seconds()
    assert stated["new-level.never-below"] == thresholds.NEW_LEVEL_LOWEST
    assert stated["kept.busy-hours"] == baselines._BUSY
    assert stated["baseline.lift-at-most"] == thresholds.LIFT_AT_MOST
    assert stated["days-alike.of"] == similar_days.DAYS
    assert stated["days-alike.nearest"] == similar_days.ALIKE
    assert artefacts._LASTING.total_seconds() == stated["check.level-shift.after"]
    assert stated["check.level-shift.level"] == artefacts._SHALLOW
    assert (
        stated["check.twin.gain-from"],
        stated["check.twin.gain-to"],
    ) == artefacts._GAIN_SHARES
    assert stated["check.twin.spreads"] == artefacts._GAIN_SPREADS
    assert stated["short-history.below"] == thresholds.SHORT_HISTORY_ON
    assert stated["check.season.as-low"] == day_shapes._AS_LOW
    assert stated["check.season.days"] == day_shapes._SIMILAR_DAYS
    assert stated["check.population.times-the-least"] == artefacts.POPULATION_FACTOR
    assert stated["restored.share-of-regions"] == recovery._REGIONS_BACK


@pytest.mark.parametrize(
    ("dropped", "watched", "matches"), [(5, 50, 1), (4, 9, 0), (5, 51, 0)]
)
def test_the_many_regions_rule_has_the_stated_thresholds(dropped, watched, matches):
    rule = next(r for r in RULES if r.id == "many-regions")
    dropped_regions = Corroboration(
        families=(),
        parts_with_two_families=0,
        parts=dropped,
        regions=dropped,
        watched_regions=watched,
        regional_cluster=False,
        assessable=0,
        own_series=0,
    )
    assert rule.when(dropped_regions) == bool(matches)


@pytest.mark.parametrize(
    ("dropped", "watched", "matches"), [(5, 20, 1), (4, 9, 0), (5, 21, 0)]
)
def test_rule_for_a_crowded_region_has_the_stated_thresholds(dropped, watched, matches):
    parts = [parse_entity(f"region:US/Ohio/{n}") for n in range(watched)]
    assert _has_regional_cluster(parts[:dropped], parts) == bool(matches)


def test_the_scored_rules_are_the_default_rules():  # P14
    assert bootstrap.rules_of(Config()) == AssessmentRules()


def test_backtest_and_replay_give_the_same_events(tmp_path):  # P14
    recording = load_recording(write_made_up_recording(tmp_path))
    application, clock = bootstrap.build_replay(recording, tmp_path / "out", Config())
    lag = max(signal.lag for signal in recording.signals)
    pages = run.WritePages.NEVER
    run.run_ticks(application.runner, clock, recording.span, lag, lambda _: None, pages)
    (incident,) = application.store.incidents.all()
    events = application.store.incidents.events(incident.id)
    application.store.close()
    result = run_recording("made-up", recording, load_register(), AssessmentRules())
    (changes,) = result.incidents
    assert [c.event for c in changes] == list(events)


def test_without_recordings_the_page_says_so(tmp_path):
    backtest.backtest(tmp_path)
    page = (tmp_path / "scorecard" / "index.html").read_text(encoding="utf-8")
    assert "Not run here: the recordings are not in the repository" in page
    assert not (tmp_path / "score.json").exists()


def test_the_page_shows_the_generated_benchmark(tmp_path):
    row = {"name": "Precision", "value": 0.97, "target": "at least 0.95", "met": True}
    content = {"version": 1, "summary": [row, row | {"name": "Recall", "met": False}]}
    (tmp_path / "benchmark.json").write_text(json.dumps(content), encoding="utf-8")
    backtest.backtest(tmp_path)
    page = (tmp_path / "scorecard" / "index.html").read_text(encoding="utf-8")
    assert "<td>0.97</td><td>at least 0.95</td><td>yes</td>" in page
    assert "<td>no</td>" in page


def test_the_page_shows_artefacts_and_comparator_points(tmp_path):
    point = {"name": "routes 99%", "false_openings": 63, "recall": 0.9, "per_year": 1.0}
    content = {
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
    (tmp_path / "benchmark.json").write_text(json.dumps(content), encoding="utf-8")
    backtest.backtest(tmp_path)
    page = (tmp_path / "scorecard" / "index.html").read_text(encoding="utf-8")
    assert ">One vantage</th><td>nothing is confirmed</td><td>1</td>" in page
    assert "<td>country:KZ</td><td>no</td>" in page
    assert "Outagewire</th><td>2</td><td>0.95</td>" in page
    assert "IODA, routes 99%</th><td>63</td><td>0.9</td>" in page


def test_an_unreadable_benchmark_file_is_a_clear_error(tmp_path):  # P16
    (tmp_path / "benchmark.json").write_text("{", encoding="utf-8")
    with pytest.raises(RecordingError, match=r"benchmark\.json"):
        backtest.backtest(tmp_path)


def test_a_folder_without_recordings_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="not a recording and contains none"):
        backtest.backtest(tmp_path / "out", [tmp_path], tmp_path / "labels.csv")


def test_recordings_without_labels_are_refused(tmp_path):
    with pytest.raises(RecordingError, match="--labels is required"):
        backtest.backtest(tmp_path / "out", [write_made_up_recording(tmp_path)])


def test_a_reconstruction_is_not_scored(tmp_path):
    folder = write_made_up_recording(tmp_path)
    about = "reconstruction = true\n" + ABOUT
    (folder / "recording.toml").write_text(about, encoding="utf-8")
    table = tmp_path / "labels.csv"
    table.write_text(HEAD + TRUE_LABEL, encoding="utf-8")
    with pytest.raises(RecordingError, match="reconstruction"):
        backtest.backtest(tmp_path / "out", [folder], table)


def test_a_label_of_another_country_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="country:UG"):
        run_backtest(tmp_path, TRUE_LABEL.replace("country:KZ", "country:UG"))


def test_a_label_outside_its_recording_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="2027"):
        run_backtest(tmp_path, FALSE_LABEL.replace("2026", "2027"))


@pytest.fixture(scope="module")
def live_score():
    """Return the score of the live rules on all shared recordings."""
    names = sorted(p.name for p in (SHARED / "data" / "recordings").glob("*"))
    folders = [shared(name) for name in names] or [shared("recordings")]
    path = SHARED / "data" / "labels" / "incidents.csv"
    labels = read_labels(path.read_text(encoding="utf-8"), path.name)
    register = load_register()
    results = [
        run_recording(f.name, load_recording(f), register, AssessmentRules())
        for f in folders
    ]
    return scorecard.backtest(results, labels, AssessmentRules()).live.score


def test_every_labelled_event_is_detected_exactly_once(live_score):  # P2
    assert live_score.count("true_positives") == 5
    assert live_score.count("missed") == 0
    assert live_score.count("duplicates") == 0
    assert live_score.count("wrong_scope") == 0


def test_real_recordings_give_no_false_alarms(live_score):  # P1
    assert live_score.false_confirmed.events == 0
    assert live_score.false_suspected.events == 0
    quiet = [m for m in live_score.cases if m.case.recording.startswith("quiet")]
    assert len(quiet) == 5
    assert not [d for m in quiet for d in m.case.detections]
