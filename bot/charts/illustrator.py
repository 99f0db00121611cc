"""Charts and their alt text, made together so that they tell the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from bot.charts.alt_text import drawn, fit_alt, write_alt
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.choose import ChartKind, choose
from bot.charts.data import Curves, gather
from bot.charts.frame import Captions, Scene, moments_of, natures, tone_of
from bot.charts.kinds import heat_strips, small_multiples
from bot.charts.kinds import lines as line_chart
from bot.charts.kinds import map as locator
from bot.charts.kinds.durations import durations
from bot.charts.kinds.timeline import bars_of, finished
from bot.claims.facts import ChartContents
from bot.errors import RenderingError
from bot.model.incident import Evidence, Incident, IncidentEvent
from bot.places import Register
from bot.text.event_text import EventText, build
from bot.text.names import capital, signal_name
from bot.text.phrases import reference
from bot.text.template_functions import settle, template_functions
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_COMPOSE = {
    ChartKind.LINES: line_chart.compose,
    ChartKind.OPERATORS: small_multiples.compose,
    ChartKind.STRIP: heat_strips.compose,
    ChartKind.MAP: locator.compose,
}


_UNCAPTIONED = Captions("", "", (), "", (), "", "")
"""For a chart in words, which has no words of its own around it."""


@dataclass(frozen=True, slots=True)
class Illustrator:
    """Draws events in one language; `base_url` is the site's address."""

    templates: Environment
    words: Translations
    register: Register
    base_url: str

    def picture(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        alt_limit: int = 1000,
        theme: Theme = LIGHT,
    ) -> tuple[bytes, str]:
        """The PNG for a post, of the kind that suits it, and its alt text.

        Raises:
            RenderingError: there is nothing to draw, or it contradicts the facts.
        """
        scene = self.scene(event, self._curves(event, evidence))
        kind = choose(event.facts, scene.curves)[0]
        return self.sheet(scene, kind, theme).png(), self.alt(scene, kind, alt_limit)

    def describe(
        self, event: IncidentEvent, evidence: Evidence, alt_limit: int = 1000
    ) -> str:
        """The alt text alone, in any language there are sentences in.

        Raises:
            RenderingError: there is nothing to draw, or it contradicts the facts.
        """
        moments = moments_of(self.words, self.register, event)
        curves = self._curves(event, evidence)
        scene = Scene(event, curves, _UNCAPTIONED, self.words, moments)
        return self.alt(scene, choose(event.facts, curves)[0], alt_limit)

    def shown(self, event: IncidentEvent, evidence: Evidence) -> ChartContents:
        """What a chart of `event` shows beside the facts; nothing where none can be."""
        try:
            return drawn(self._curves(event, evidence), event.facts)
        except RenderingError:
            return ChartContents()

    def kinds(
        self, event: IncidentEvent, evidence: Evidence, past: Sequence[Incident]
    ) -> tuple[Scene, tuple[ChartKind, ...]]:
        """What every chart of `event` is drawn from, and which help.

        Raises:
            RenderingError: there is nothing to draw, or it contradicts the facts.
        """
        scene = self.scene(event, self._curves(event, evidence), past)
        return scene, choose(event.facts, scene.curves, len(scene.past))

    def sheet(
        self, scene: Scene, kind: ChartKind, theme: Theme = LIGHT, size: Size = POST
    ) -> Canvas:
        """One chart, before it becomes bytes."""
        if kind is ChartKind.DURATIONS:
            captions = self._compared(scene)
            now = scene.event.facts.as_of
            bars = bars_of(scene, self.words)
            return durations(bars, captions, scene.moments, now, theme, size)
        if kind is ChartKind.MAP:
            scene = _with_land(scene, self.words)
        return _COMPOSE[kind](scene, theme, size)

    def alt(self, scene: Scene, kind: ChartKind, limit: int = 1000) -> str:
        """The chart in words: from the arrays that it is drawn from."""
        story = build(scene.event, self.words, self.register)
        return fit_alt(write_alt(self.templates, story, scene, kind), limit)

    def scene(
        self, event: IncidentEvent, curves: Curves, past: Sequence[Incident] = ()
    ) -> Scene:
        """Everything the charts of `event` are drawn from."""
        story = build(event, self.words, self.register)
        moments = moments_of(self.words, self.register, event)
        return Scene(
            event=event,
            curves=curves,
            captions=self._captions(event, story, curves, moments),
            words=self.words,
            moments=moments,
            past=finished(past),
        )

    def _curves(self, event: IncidentEvent, evidence: Evidence) -> Curves:
        return gather(evidence, event.facts, self.words, self.register)

    def _captions(
        self,
        event: IncidentEvent,
        story: EventText,
        curves: Curves,
        moments: TimeFormatter,
    ) -> Captions:
        words, facts = self.words, event.facts
        values = {
            "metrics": self._metrics(curves),
            "period": self._period(curves, moments),
            "families": self._families(len(facts.families)),
        }
        data = words.say("chart", "data", credits=story.credits)
        if facts.reconstruction:
            data = f"{words.say('chart', 'reconstructed')} {data}"
        address = self.base_url.partition("://")[2] or self.base_url
        stamp = words.say(
            "chart",
            "foot",
            as_of=moments.stamp(facts.as_of),
            incident=event.incident,
            address=f"{address.rstrip('/')}/i/{event.incident}",
        )
        state = (words.large(words.say("kinds", event.kind)), tone_of(event))
        natural = [(words.say("chart", one), "soft") for one in natures(facts)]
        return Captions(
            title=self._render("title", story, values),
            subtitle=self._render("subtitle", story, values),
            badges=(state, *natural),
            badge=self._render("badge", story, values),
            foot=(
                settle(data, words),
                settle(reference(facts, curves.window, words), words),
            ),
            stamp=settle(stamp, words),
            mark=words.say("chart", "mark"),
        )

    def _compared(self, scene: Scene) -> Captions:
        """The words around durations side by side."""
        story = build(scene.event, self.words, self.register)
        told = template_functions(self.words, story)["plainly"]
        title = "lasted" if story.ended else "lasting"
        subtitle = self.words.say(
            "chart",
            "beside",
            n=len(scene.past),
            place=story.place,
            within=story.within,
        )
        return replace(
            scene.captions,
            title=settle(
                told(f"chart-{title}{'' if story.corroborated else '_alone'}"),
                self.words,
            ),
            subtitle=settle(subtitle, self.words),
            foot=scene.captions.foot[:1],
        )

    def _render(self, name: str, story: EventText, values: Mapping[str, str]) -> str:
        names = [f"charts/{self.words.lang}/{name}.txt", f"charts/{name}.txt"]
        told = template_functions(self.words, story, **values)
        rendered = self.templates.select_template(names).render(
            s=story, c=values, **told
        )
        shown = " ".join(rendered.split()).removeprefix("· ")
        return settle(shown, self.words)

    def _families(self, number: int) -> str:
        """As "two independent families of signals"; fewer back nothing."""
        return self.words.say("chart", "together", n=number) if number > 1 else ""

    def _metrics(self, curves: Curves) -> str:
        names = [
            signal_name(self.words, line.trace.signal, line.trace.family)
            for line in curves.lines
        ]
        return capital(self.words.listing(list(dict.fromkeys(names))))

    def _period(self, curves: Curves, moments: TimeFormatter) -> str:
        """First and last day, in as few words as they allow."""
        since, until = curves.window.since, curves.window.until
        words = moments.words
        short = "date" if since.year == until.year else "dated"
        within = (since.year, since.month) == (until.year, until.month)
        return words.say(
            "period",
            "within" if within else "days",
            first=words.catalogue.digits(str(since.day)),
            since=words.date(since, short),
            until=words.date(until, "dated"),
            **{"from": words.date(since, "dated"), "to": words.date(until, short)},
        )


def _with_land(scene: Scene, words: Translations) -> Scene:
    """A map names where its outlines are from as well."""
    foot = (*scene.captions.foot, words.say("chart", "land"))
    return replace(scene, captions=replace(scene.captions, foot=foot))
