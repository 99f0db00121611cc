"""Generated answers like IODA's, for all countries and signals over four weeks."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import numpy as np

from bot import bootstrap
from bot.channels.file import FileChannel, FileConfig
from bot.clock import StillClock
from bot.config.sections import Config
from bot.http.client import make_client
from bot.model.signal import Signal
from bot.places import load_register
from bot.policy.publication_rules import Policy
from bot.rendering.renderer import TemplateRenderer
from bot.sources.ioda.source import IodaConfig, IodaSource
from bot.sources.registry import all_brands
from bot.store.sql_store import open_store
from bot.text.translations import environment, templates_root
from bot.tick.rules import AssessmentRules

NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)
KEEP = timedelta(days=28)


class IodaResponder:
    """Answers IODA's `signals/raw` requests with generated readings.

    They have a daily cycle and a little noise.
    """

    def __init__(self, signals: dict[str, Signal]) -> None:
        self._signals = signals

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Return the answer to a request, in IODA's envelope."""
        query = dict(request.url.params)
        kind, codes = request.url.path.rsplit("/", 2)[1:]
        signal = self._signals[f"ioda.{query['datasource']}"]
        since, until = int(query["from"]), int(query["until"])
        bins = np.arange(since, until, signal.step_s)
        data = [[self._series(kind, c, signal, bins)] for c in codes.split(",")]
        return httpx.Response(200, text=json.dumps(_envelope(data)))

    def _series(self, kind, code, signal: Signal, bins) -> dict:
        name = signal.id.removeprefix("ioda.")
        rng = np.random.default_rng(abs(hash((code, name, int(bins[0])))) % 2**32)
        daily_cycle = 1 + 0.1 * np.sin(bins * 2 * np.pi / 86400)
        values = 5000 * daily_cycle * (1 + 0.003 * rng.standard_normal(len(bins)))
        not_due = (
            bins + signal.step_s + signal.lag.total_seconds() > NOW.timestamp() + 900
        )
        return {
            "entityType": kind,
            "entityCode": code,
            "entityName": code,
            "entityFqid": f"x.{code}",
            "datasource": name,
            "subtype": "WEB_SEARCH" if name == "gtr" else "",
            "from": int(bins[0]),
            "until": int(bins[-1]) + signal.step_s,
            "step": signal.step_s,
            "nativeStep": signal.step_s,
            "values": [
                None if n else round(v, 2) for v, n in zip(values, not_due, strict=True)
            ],
        }


def _envelope(data: object) -> dict:
    return {
        "type": "signals",
        "metadata": {"requestTime": "", "responseTime": ""},
        "requestParameters": {},
        "error": None,
        "perf": None,
        "data": data,
        "copyright": "made up",
    }


def build_application(
    folder: Path, clock: StillClock, countries: int = 250
) -> bootstrap.Application:
    """Return an application that watches the first `countries` countries in four signals."""
    config = IodaConfig(min_interval=timedelta(0), attempts=1)
    signals = {d.signal.id: d.signal for d in config.requested_datasources()}
    client = make_client(
        timedelta(seconds=60), transport=httpx.MockTransport(IodaResponder(signals))
    )
    source = IodaSource(config, client, clock, clock)
    source.rows = {i: rows[:countries] for i, rows in source.rows.items()}
    register = load_register()
    site = Config().site
    spec = bootstrap.AppSpec(
        sources=(source,),
        channels={
            "wire": FileChannel("wire", FileConfig(path=folder / "posts.jsonl"), clock)
        },
        policy=Policy(),
        rules=AssessmentRules(),
        renderer=TemplateRenderer(
            register,
            folder / "site",
            site.base_url,
            "",
            environment(templates_root(), all_brands()),
        ),
        register=register,
        store=open_store(folder / "bench.db"),
        clock=clock,
        machine_clock=clock,
        history_since=clock.now() - KEEP,
        keep_readings=KEEP,
    )
    return bootstrap.build(spec, bootstrap.BackfillProgress(), clock)
