"""A chart and its alt text, made together so that they tell the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment

from bot.model.incident import Evidence, IncidentEvent
from bot.places import Register
from bot.rendering.alt import fit_alt, write_alt, write_title
from bot.rendering.chart_data import Curves, gather
from bot.rendering.chart_frame import Captions, Scene, moments_of
from bot.rendering.charts import draw
from bot.rendering.moments import Moments
from bot.rendering.telling import Story, capital, signal_name, tell
from bot.rendering.words import Words

_UNCAPTIONED = Captions("", "", "", "", "")
"""For a chart in words, which has no words of its own around it."""


@dataclass(frozen=True, slots=True)
class Illustrator:
    """Draws events in one language; `base_url` is the site's address."""

    templates: Environment
    words: Words
    register: Register
    base_url: str

    def picture(
        self, event: IncidentEvent, evidence: Evidence, alt_limit: int = 1000
    ) -> tuple[bytes, str]:
        """The PNG and its alt text.

        Raises:
            RenderingError: there is nothing to draw, or it contradicts the facts.
        """
        curves = gather(evidence, event.facts, self.words, self.register)
        scene = self.scene(event, curves)
        return draw(scene), self._alt(scene, alt_limit)

    def describe(
        self, event: IncidentEvent, evidence: Evidence, alt_limit: int = 1000
    ) -> str:
        """The alt text alone, in any language there are sentences in.

        Raises:
            RenderingError: there is nothing to draw, or it contradicts the facts.
        """
        curves = gather(evidence, event.facts, self.words, self.register)
        moments = moments_of(self.words, self.register, event)
        scene = Scene(event, curves, _UNCAPTIONED, self.words, moments)
        return self._alt(scene, alt_limit)

    def _alt(self, scene: Scene, alt_limit: int) -> str:
        story = tell(scene.event, self.words, self.register)
        return fit_alt(write_alt(self.templates, story, scene), alt_limit)

    def scene(self, event: IncidentEvent, curves: Curves) -> Scene:
        """Everything the chart of `event` is drawn from."""
        story = tell(event, self.words, self.register)
        moments = moments_of(self.words, self.register, event)
        return Scene(
            event=event,
            curves=curves,
            captions=self._captions(event, story, curves, moments),
            words=self.words,
            moments=moments,
        )

    def _captions(
        self, event: IncidentEvent, story: Story, curves: Curves, moments: Moments
    ) -> Captions:
        values = {
            "metrics": self._metrics(curves),
            "period": self._period(curves, moments),
            "families": self._families(len(event.facts.families)),
        }
        address = self.base_url.partition("://")[2] or self.base_url
        return Captions(
            title=write_title(self.templates, story, self.words),
            subtitle=self._render("subtitle", story, values),
            badge=self._render("badge", story, values),
            credits=story.credits,
            address=f"{address.rstrip('/')}/i/{event.incident}",
        )

    def _render(self, name: str, story: Story, values: Mapping[str, str]) -> str:
        template = self.templates.get_template(f"charts/{self.words.lang}/{name}.txt")
        return " ".join(template.render(s=story, c=values).split()).removeprefix("· ")

    def _families(self, number: int) -> str:
        """As "two independent families of signals"; fewer back nothing."""
        counts = self.words.find("chart", "counts")
        if number < 2 or not isinstance(counts, list):
            return ""
        return self.words.say("chart", "together", count=counts[number])

    def _metrics(self, curves: Curves) -> str:
        names = [
            signal_name(self.words, line.trace.signal, line.trace.family)
            for line in curves.lines
        ]
        return capital(self.words.listing(list(dict.fromkeys(names))))

    def _period(self, curves: Curves, moments: Moments) -> str:
        """First and last day, in as few words as they allow."""
        since, until = curves.window.since, curves.window.until
        words = moments.words
        early = words.date(since, "date" if since.year == until.year else "dated")
        if (since.year, since.month) == (until.year, until.month):
            early = str(since.day)
        return words.say(
            "period", "days", since=early, until=words.date(until, "dated")
        )
