"""A replay of a recording, and its results as files."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.clock import StillClock
from bot.model.event import IncidentEvent
from bot.model.incident import Incident
from bot.model.interval import Interval
from bot.ports import Store
from bot.tick.runner import TickResult, TickRunner


def write_results(store: Store, out: Path) -> None:
    """Write `incidents.json` and `decisions.jsonl` into `out`.

    Stores with equal content give the same bytes (P14).
    """
    out.mkdir(parents=True, exist_ok=True)
    incidents = [
        _incident(incident, store.incidents.events(incident.id))
        for incident in store.incidents.all()
    ]
    text = json.dumps(incidents, indent=2, ensure_ascii=False)
    (out / "incidents.json").write_text(text + "\n", encoding="utf-8")
    # The lines are sorted by time, because the store returns first all decisions on
    # events and then all abstentions.
    lines = sorted(_decisions(store), key=lambda line: (line["at"], line["kind"]))
    (out / "decisions.jsonl").write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines),
        encoding="utf-8",
    )


def _incident(incident: Incident, events: tuple[IncidentEvent, ...]) -> dict[str, Any]:
    return {
        "id": incident.id,
        "entity": str(incident.place),
        "state": incident.state,
        "kind": incident.scope,
        "onset": _interval(incident.onset),
        "confirmed_at": _iso(incident.confirmed_at) if incident.confirmed_at else None,
        "restored": _interval(incident.restored) if incident.restored else None,
        "severity": incident.severity,
        "level_min": _rounded(incident.level_min),
        "families": list(incident.families),
        "events": [
            {"at": _iso(event.at), "kind": event.kind, "reason": event.reason}
            for event in events
        ],
    }


def _decisions(store: Store) -> Iterable[Mapping[str, str]]:
    """Yield rows of the decisions file: decisions on events, then abstentions (P17)."""
    for event, decision in (
        (store.incidents.event(d.event), d) for d in store.drafts.decisions()
    ):
        yield {
            "at": _iso(event.at),
            "kind": "event",
            "place": str(event.facts.place),
            "event": event.key,
            "channel": decision.channel,
            "action": decision.action,
            "reason": decision.reason,
        }
    for silence in store.incidents.abstentions():
        yield {
            "at": _iso(silence.at),
            "kind": "silence",
            "place": str(silence.place),
            "outcome": silence.outcome,
            "rule": silence.rule,
            "reason": silence.reason,
        }


def _interval(interval: Interval) -> dict[str, str]:
    return {"from": _iso(interval.since), "to": _iso(interval.until)}


def _iso(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _rounded(level: float | None) -> float | None:
    return None if level is None else round(level, 4)


# The clock advances by a day from tick to tick, and not by a bin, because each tick has
# a fixed cost. The events are the same (P14).
_STRIDE = timedelta(days=1)


class WritePages(StrEnum):
    """When a replay writes the pages of its incidents."""

    EACH_STEP = "each-step"
    AT_END = "at-end"
    NEVER = "never"


def run_ticks(
    runner: TickRunner,
    clock: StillClock,
    span: Interval,
    lag: timedelta,
    on_tick: Callable[[TickResult], None],
    pages: WritePages = WritePages.EACH_STEP,
) -> None:
    """Run one tick for each day of `span`, then more until all readings are due.

    Each tick assesses the due bins one after the other. Ticks of a day therefore give
    the same events at the same times as ticks of a bin (P14).

    Args:
        runner: runs the ticks; its source is the recording.
        clock: the clock of `runner`, set to the start of `span`.
        span: the time that the recording covers.
        lag: the longest publication lag of a signal.
        on_tick: is called with the result of each tick.
        pages: when the pages are written.
    """
    runner.open()
    if pages is not WritePages.EACH_STEP:
        runner.defer_pages()
    # The last reading is due one lag after the end of the recording.
    end = span.until + lag
    while clock.now() < end:
        clock.sleep(min(_STRIDE, end - clock.now()))
        on_tick(runner.tick())
    if pages is WritePages.AT_END:
        runner.finish()
