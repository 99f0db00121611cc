"""Draw the charts of an event and write their alt texts from the same data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jinja2 import Environment

from bot.charts.alt_text import chart_contents, fit_alt, write_alt_slots
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.choose import ChartKind, choose
from bot.charts.data import Curves, gather_curves, newest_level_time
from bot.charts.drawn_charts import ChartCache
from bot.charts.frame import (
    Captions,
    Scene,
    disclaimers,
    state_colour_name,
    time_formatter_for,
)
from bot.charts.kinds import heat_strips, small_multiples
from bot.charts.kinds import lines as line_chart
from bot.charts.kinds import map as locator
from bot.charts.kinds.durations import draw_durations
from bot.charts.kinds.timeline import duration_bars, finished_incidents
from bot.claims.facts import ChartContents
from bot.errors import RenderingError
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import Evidence, Incident
from bot.places import Register
from bot.text.event_text import EventText
from bot.text.fitting.direction import isolate
from bot.text.names import capitalise
from bot.text.phrases import baseline_reference
from bot.text.signal_names import signal_name
from bot.text.template_functions import add_direction_marks, template_functions
from bot.text.text_builder import build
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_COMPOSE = {
    ChartKind.LINES: line_chart.compose,
    ChartKind.OPERATORS: small_multiples.compose,
    ChartKind.STRIP: heat_strips.compose,
    ChartKind.MAP: locator.compose,
}


_UNCAPTIONED = Captions("", "", (), "", (), "", "")
"""Empty captions, for a scene whose alt text is written without drawing a chart."""


@dataclass(frozen=True, slots=True)
class Illustrator:
    """Draws the charts of events in one language.

    Attributes:
        base_url: the public address of the site.
        chart_cache: a cache of drawn charts.
    """

    templates: Environment
    translations: Translations
    register: Register
    base_url: str
    chart_cache: ChartCache = field(
        default_factory=ChartCache, compare=False, repr=False
    )

    def picture(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        alt_limit: int = 1000,
        theme: Theme = LIGHT,
    ) -> tuple[bytes, str]:
        """Return the PNG of the most suitable chart for a post, and its alt text.

        Raises:
            RenderingError: there is nothing to draw, or a drawn level contradicts the
                facts.
        """
        scene = self.scene(event, self._curves(event, evidence))
        kind = choose(event.facts, scene.curves)[0]
        # The key has only a hash of the evidence, because the evidence itself takes far
        # more memory.
        key = (event, hash(evidence), self.translations.lang, theme)
        image = self.chart_cache.get(key, lambda: self.draw(scene, kind, theme).png())
        return image, self.alt(scene, kind, alt_limit)

    def describe(
        self, event: IncidentEvent, evidence: Evidence, alt_limit: int = 1000
    ) -> str:
        """Return the alt text of a post's chart without drawing the chart.

        The language's catalogue need not contain captions of charts.

        Raises:
            RenderingError: there is nothing to draw, or a drawn level contradicts the
                facts.
        """
        times = time_formatter_for(self.translations, self.register, event)
        curves = self._curves(event, evidence)
        scene = Scene(event, curves, _UNCAPTIONED, self.translations, times)
        return self.alt(scene, choose(event.facts, curves)[0], alt_limit)

    def contents(self, event: IncidentEvent, evidence: Evidence) -> ChartContents:
        """Return the levels, times and counts that charts of `event` may show.

        The result is empty if no chart can be drawn.
        """
        # A text is published even if its chart fails. The text is then checked against
        # the facts alone.
        try:
            return chart_contents(self._curves(event, evidence), event.facts)
        except RenderingError:
            return ChartContents()

    def prepare(
        self, event: IncidentEvent, evidence: Evidence, past: Sequence[Incident]
    ) -> tuple[Scene, tuple[ChartKind, ...]]:
        """Return the input for charts of `event`, and the kinds of chart for it.

        Raises:
            RenderingError: there is nothing to draw, or a drawn level contradicts the
                facts.
        """
        scene = self.scene(event, self._curves(event, evidence), past)
        return scene, choose(event.facts, scene.curves, len(scene.past))

    def draw(
        self, scene: Scene, kind: ChartKind, theme: Theme = LIGHT, size: Size = POST
    ) -> Canvas:
        """Draw one chart and return its canvas, not yet encoded."""
        # The chart of durations compares incidents, so it has its own bars and captions.
        if kind is ChartKind.DURATIONS:
            captions = self._compared(scene)
            now = scene.event.facts.timing.as_of
            bars = duration_bars(scene, self.translations)
            return draw_durations(bars, captions, scene.times, now, theme, size)
        if kind is ChartKind.MAP:
            # Only maps show outlines of land, so only maps credit their source (P13).
            scene = _with_land(scene, self.translations)
        return _COMPOSE[kind](scene, theme, size)

    def alt(self, scene: Scene, kind: ChartKind, limit: int = 1000) -> str:
        """Return the alt text of a chart, made from the same arrays as the chart."""
        event_text = build(scene.event, self.translations, self.register)
        return fit_alt(write_alt_slots(self.templates, event_text, scene, kind), limit)

    def scene(
        self, event: IncidentEvent, curves: Curves, past: Sequence[Incident] = ()
    ) -> Scene:
        """Return the input for the charts of `event`, captions included."""
        event_text = build(event, self.translations, self.register)
        times = time_formatter_for(self.translations, self.register, event)
        return Scene(
            event=event,
            curves=curves,
            captions=self._captions(event, event_text, curves, times),
            translations=self.translations,
            times=times,
            past=finished_incidents(past),
        )

    def _curves(self, event: IncidentEvent, evidence: Evidence) -> Curves:
        return gather_curves(evidence, event.facts, self.translations, self.register)

    def _captions(
        self,
        event: IncidentEvent,
        event_text: EventText,
        curves: Curves,
        times: TimeFormatter,
    ) -> Captions:
        translations, facts = self.translations, event.facts
        end = facts.timing.restored
        values = {
            "metrics": self._metrics(curves),
            "period": self._period(curves, times),
            "families": self._families(len(facts.sources.families)),
            # The end is the first time in the header, so its day is written beside its
            # hour.
            "ended": times.interval(end) if end else "",
        }
        state = (
            translations.uppercase(translations.translate("kinds", event.kind)),
            state_colour_name(event),
        )
        notices = [
            (translations.translate("chart", key), "soft") for key in disclaimers(facts)
        ]
        return Captions(
            title=self._render("title", event_text, values),
            subtitle=self._render("subtitle", event_text, values),
            badges=(state, *notices),
            basis=self._render("badge", event_text, values),
            footer=self._footer(facts, event_text.sources.credits, curves),
            as_of=self._as_of(event, times),
            publisher=translations.translate("chart", "mark"),
        )

    def _footer(
        self, facts: Facts, credits_line: str, curves: Curves
    ) -> tuple[str, str]:
        """Return two texts: the credits, then the baseline's method and dates."""
        translations = self.translations
        data = translations.translate("chart", "data", credits=credits_line)
        if facts.reconstruction:
            # The label of a reconstruction is part of the picture, so copies of the
            # picture keep the label (P13).
            data = f"{translations.translate('chart', 'reconstructed')} {data}"
        reference = baseline_reference(facts, curves.window, translations)
        return (
            add_direction_marks(data, translations),
            add_direction_marks(reference, translations),
        )

    def _as_of(self, event: IncidentEvent, times: TimeFormatter) -> str:
        """Return one text: as-of time, incident id and the incident's address."""
        address = self.base_url.partition("://")[2] or self.base_url
        rtl = self.translations.rtl
        text = self.translations.translate(
            "chart",
            "foot",
            as_of=times.with_year(newest_level_time(event.facts)),
            incident=isolate(event.incident, rtl=rtl),
            address=isolate(f"{address.rstrip('/')}/i/{event.incident}", rtl=rtl),
        )
        return add_direction_marks(text, self.translations)

    def _compared(self, scene: Scene) -> Captions:
        """Return the captions of a chart that compares durations."""
        event_text = build(scene.event, self.translations, self.register)
        plainly = template_functions(self.translations, event_text)["plainly"]
        title = "lasted" if event_text.timing.ended else "lasting"
        is_confirmed = event_text.sources.corroborated
        subtitle = self.translations.translate(
            "chart",
            "beside",
            n=len(scene.past),
            place=event_text.names.place,
            # The earlier incidents may have affected other states or provinces, so the
            # caption names the whole place.
            within=event_text.names.whole_within,
        )
        return replace(
            scene.captions,
            title=add_direction_marks(
                plainly(f"chart-{title}{'' if is_confirmed else '_alone'}"),
                self.translations,
            ),
            subtitle=add_direction_marks(subtitle, self.translations),
            # Durations have no baseline, so the line about 100 percent is left out.
            footer=scene.captions.footer[:1],
        )

    def _render(
        self, name: str, event_text: EventText, values: Mapping[str, str]
    ) -> str:
        names = [f"charts/{self.translations.lang}/{name}.txt", f"charts/{name}.txt"]
        functions = template_functions(self.translations, event_text, **values)
        rendered = self.templates.select_template(names).render(
            s=event_text, c=values, **functions
        )
        # If a template leaves out its first clause, it still writes the separator after
        # this clause. The separator is removed here.
        text = " ".join(rendered.split()).removeprefix("· ")
        return add_direction_marks(text, self.translations)

    def _families(self, number: int) -> str:
        """Return "two independent families of signals", or "" for fewer than two."""
        return (
            self.translations.translate("chart", "together", n=number)
            if number > 1
            else ""
        )

    def _metrics(self, curves: Curves) -> str:
        names = [
            signal_name(self.translations, line.trace.signal, line.trace.family)
            for line in curves.lines
        ]
        return capitalise(self.translations.join_list(list(dict.fromkeys(names))))

    def _period(self, curves: Curves, times: TimeFormatter) -> str:
        """Format the charts' period: "3-7 March 2026" or "28 February - 7 March 2026"."""
        since, until = curves.window.since, curves.window.until
        translations = times.translations
        short = "date" if since.year == until.year else "dated"
        within = (since.year, since.month) == (until.year, until.month)
        return translations.translate(
            "period",
            "within" if within else "days",
            first=translations.catalogue.digits(str(since.day)),
            since=translations.date(since, short),
            until=translations.date(until, "dated"),
            **{
                "from": translations.date(since, "dated"),
                "to": translations.date(until, short),
            },
        )


def _with_land(scene: Scene, translations: Translations) -> Scene:
    """Return the scene with a credit for the map's outlines added to the footer."""
    foot = (*scene.captions.footer, translations.translate("chart", "land"))
    return replace(scene, captions=replace(scene.captions, footer=foot))
