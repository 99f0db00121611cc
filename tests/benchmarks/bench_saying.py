"""The time to make a post with its chart, and a report page, with warm caches."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.charts.illustrator import Illustrator
from bot.config.sections import Config
from bot.model.draft import Counting, Outlet
from bot.model.incident_report import IncidentReport
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root
from tests import builders

ROUNDS = 7


def run() -> list[tuple[str, str]]:
    """Run the benchmark; return rows of what was measured, and the result."""
    event = builders.event()
    evidence = builders.evidence(event.facts)
    templates, register = environment(templates_root(), all_brands()), load_register()
    outlet = Outlet("x", "x", limit=280, counting=Counting.WEIGHTED)
    with TemporaryDirectory() as name:
        renderer = TemplateRenderer(
            register, Path(name), Config().site.base_url, "", templates
        )
        draft, _ = renderer.draft(event, evidence, [outlet])
        report = IncidentReport(
            incident=builders.incident_of(event),
            events=(event,),
            evidence={event.key: evidence},
            drafts={event.key: draft},
            deliveries=(),
            previous=(),
        )
        post_seconds = _median(lambda: renderer.draft(event, evidence, [outlet]))
        illustrator = Illustrator(
            templates, load_translations(templates, "en"), register, ""
        )
        chart_seconds = _median(lambda: illustrator.picture(event, evidence))
        page_seconds = _median(lambda: renderer.publish_page(report))
    return [
        ("post with its chart, 1600x900, warm", f"{post_seconds * 1000:.0f} ms"),
        ("of that post, the chart alone", f"{chart_seconds * 1000:.0f} ms"),
        ("page with its chart and data", f"{page_seconds * 1000:.0f} ms"),
    ]


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
