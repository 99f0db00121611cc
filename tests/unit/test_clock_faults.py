"""No kind of clock fault judges, deletes, schedules, posts or loses anything (P10, P16, P19).

`tests/clock_faults.py` has the kinds, and the story that each of them disturbs.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clock_faults import (
    ClockFault,
    Phase,
    StoryPlayer,
    StoryRun,
    fault_kinds,
    write_story,
)

QUICK = {
    "set to 2038 from a start on, with an open incident",
    "an hour ahead in mid-run",
    "the only source's Date a day ahead in mid-run",
}
_NOTICED_BY = {
    "server's clock": "Date of a source",
    "jumped": "monotonic clock",
    "last tick": "last stored tick",
    "readings": "readings",
}


@pytest.fixture(scope="module", autouse=True)
def _without_charts() -> Iterator[None]:
    """Draw no charts on report pages: they take most of the time, and show no clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.site.incident_page.values.write_event_charts", lambda *_: ())
        yield


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Path:
    return write_story(tmp_path_factory.mktemp("story") / "recording")


@pytest.fixture(scope="module")
def faultless(tmp_path_factory, recording) -> StoryRun:
    """The story without a fault, in which everything happens that a fault may disturb."""
    run = StoryPlayer(
        tmp_path_factory.mktemp("faultless") / "home", recording, None
    ).play()
    kinds = [(event["incident"][:2], event["kind"]) for event in run.outcome["events"]]
    assert kinds == [
        ("IR", "confirmed"),
        ("IR", "restored"),
        ("KZ", "confirmed"),
        ("KZ", "restored"),
    ]
    assert [state for _, state, _ in run.outcome["posts"]] == ["sent"] * 4
    assert run.outcome["old answers"] == 1
    assert (run.alerts, run.problems) == ([], [])
    return run


def noticed_by(run: StoryRun) -> str:
    names = {
        name
        for reason in run.reasons
        for words, name in _NOTICED_BY.items()
        if words in reason
    }
    return " and ".join(sorted(names)) or "nothing: tolerated, or the machine is right"


def problems_of(fault: ClockFault, run: StoryRun, faultless: StoryRun) -> Iterator[str]:
    """Yield a sentence for each way in which a run with a fault is not as it must be."""
    yield from run.problems
    alerts = ["clock", "clock is over"] * fault.episodes if fault.noticed else []
    if run.clock_alerts != alerts:
        yield f"alerts on the clock: {run.clock_alerts} instead of {alerts}"
    if fault.noticed and not any(re.search(fault.noticed, r) for r in run.reasons):
        yield f"noticed by {noticed_by(run)} instead of {fault.noticed}"
    if run.other_alerts != faultless.other_alerts:
        yield f"other alerts: {run.other_alerts}"
    for part, expected in faultless.outcome.items():
        if run.outcome[part] != expected:
            yield f"{part}: {run.outcome[part]} instead of {expected}"


def play(
    faults: list[ClockFault], home: Path, recording: Path, faultless: StoryRun, capsys
) -> None:
    """Run the story with each fault; print a line for each, and a summary."""
    failures, doubted = [], 0
    for number, fault in enumerate(faults):
        run = StoryPlayer(home / str(number), recording, fault).play()
        problems = list(problems_of(fault, run, faultless))
        lost = len(faultless.outcome["events"]) - len(run.outcome["events"])
        ticks = sum(run.reasons.values())
        doubted += ticks
        with capsys.disabled():
            print(
                f"{fault.title}: noticed by {noticed_by(run)};"
                f" alerts: {', '.join(run.clock_alerts) or 'none'};"
                f" ticks without judgement: {ticks}; lost {lost}"
            )
        failures += [f"{fault.title}: {problem}" for problem in problems]
    with capsys.disabled():
        print(
            f"{len(faults)} kinds of clock faults: {doubted} ticks without judgement,"
            f" {len(failures)} problems"
        )
    assert failures == []


def test_common_clock_faults_lose_nothing(tmp_path, recording, faultless, capsys):
    faults = [f for f in fault_kinds() if f.title in QUICK]
    assert len(faults) == len(QUICK)
    play(faults, tmp_path, recording, faultless, capsys)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("phase", Phase)
def test_no_kind_of_clock_fault_loses_anything(
    phase, tmp_path, recording, faultless, capsys
):
    faults = [fault for fault in fault_kinds() if fault.phase is phase]
    assert len(faults) >= 13
    play(faults, tmp_path, recording, faultless, capsys)


def test_there_are_many_kinds_of_clock_faults():
    titles = [fault.title for fault in fault_kinds()]
    assert len(titles) == len(set(titles)) >= 24
