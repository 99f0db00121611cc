"""Writes what a newsroom needs about an incident into a folder."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from typer import echo

from bot import bootstrap
from bot.charts.canvas.theme import LIGHT, SIZES
from bot.charts.illustrator import Illustrator
from bot.cli.output.folder import refuse_site_folder
from bot.config import loading as configuration
from bot.errors import BotError, RenderingError, reason_of
from bot.model.event import Credit, IncidentEvent
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport
from bot.rendering.renderer import TemplateRenderer
from bot.site.data_files import csv_text, data_window
from bot.site.event_views import page_event_text, page_title
from bot.site.evidence.records import public_posts
from bot.text.places_affected import zone_of
from bot.text.times import TimeFormatter
from bot.text.translations import load_translations
from bot.tick.incident_reports import incident_report

_LANG = "en"
"""The language of the page, and of the file that describes the folder."""


def pack(incident: str, to: Path, config: Path | None) -> None:
    """Write an incident's texts, pictures and data into the folder `to`.

    Raises:
        BotError: the folder has files, is in the site or cannot be written, or no event of
            the incident may be shown (P12).
        StoreError: there is no store, or no such incident.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BotError(f"{to} exists already; give a new folder with --to")
    settings = configuration.load_config(config)
    # What is released now may be held or retracted later.
    refuse_site_folder(to, settings, "--to")
    renderer, store = bootstrap.preview_renderer(settings)
    with closing(store):
        report = incident_report(store, incident)
    if report is None:
        raise BotError(
            f"nothing about {incident} is released: it waits for a review, or was held"
            " or rejected; `outagewire drafts list` shows what waits"
        )
    files = dict(_Pack(renderer, report).files())
    try:
        _write_all(files, to)
    except OSError as error:
        raise BotError(
            f"{to} cannot be written: {reason_of(error)}; make room or correct the"
            " permissions, or give another folder with --to"
        ) from error
    echo(f"{len(files)} files about {incident} are in {to}.")


def _write_all(files: Mapping[str, str | bytes], to: Path) -> None:
    """Write all files into the folder `to`, which does not exist or is empty, or none.

    Raises:
        OSError: a file cannot be written.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    # A rename is atomic only within one file system.
    with TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as scratch:
        folder = Path(scratch) / "pack"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        folder.replace(to)


@dataclass(frozen=True, slots=True)
class _Pack:
    """The files about one incident; the report has only released events (P12)."""

    renderer: TemplateRenderer
    report: IncidentReport

    def files(self) -> Iterator[tuple[str, str | bytes]]:
        """Yield the path and the content of each file."""
        languages = self._languages()
        yield "README.txt", self._readme(languages)
        for lang in languages:
            yield f"texts/{lang}.txt", self._texts(lang)
        for event in self.report.events:
            yield from self._event_files(event)
        for lang in dict.fromkeys((_LANG, *languages)):
            yield from self._newest_pictures(lang)

    def _languages(self) -> tuple[str, ...]:
        """Return the languages in which something was published."""
        return tuple(sorted({lang for _, lang, _ in self._published()}))

    def _published(self) -> Iterator[tuple[IncidentEvent, str, str]]:
        """Yield event, language and text of what was published, oldest first."""
        for event in self.report.events:
            draft = self.report.drafts.get(event.key)
            posts = public_posts(event, draft, self.report)
            texts = dict.fromkeys((post.lang, post.text) for post in posts)
            for lang, text in texts:
                yield event, lang, text

    def _texts(self, lang: str) -> str:
        texts = (
            f"{event.at:%Y-%m-%d %H:%M} UTC\n\n{text}\n"
            for event, of_lang, text in self._published()
            if of_lang == lang
        )
        return "\n\n".join(texts)

    def _event_files(self, event: IncidentEvent) -> Iterator[tuple[str, str | bytes]]:
        evidence = self._evidence(event)
        if not evidence.traces:
            return
        illustrator = self._illustrator(_LANG)
        window = data_window(event, evidence, illustrator)
        yield f"data/{event.seq}.csv", csv_text(evidence, event.facts, window)
        try:
            image, alt = illustrator.picture(event, evidence)
        # The facts of a few events cannot be drawn; their texts are complete without.
        except RenderingError:
            return
        yield f"pictures/{event.seq}.png", image
        yield f"pictures/{event.seq}.txt", f"{alt}\n"

    def _newest_pictures(self, lang: str) -> Iterator[tuple[str, str | bytes]]:
        """Yield the picture of the newest event in every size, with its description."""
        newest, illustrator = self.report.events[-1], self._illustrator(lang)
        if not illustrator.translations.has("chart", "foot"):
            return
        try:
            scene, kinds = illustrator.prepare(newest, self._evidence(newest), ())
        except RenderingError:
            return
        for name, size in SIZES.items():
            image = illustrator.draw(scene, kinds[0], LIGHT, size).png()
            yield f"pictures/newest-{lang}-{name}.png", image
        yield f"pictures/newest-{lang}.txt", f"{illustrator.alt(scene, kinds[0])}\n"

    def _readme(self, languages: tuple[str, ...]) -> str:
        newest, renderer = self.report.events[-1], self.renderer
        translations = load_translations(renderer.templates, _LANG)
        zone = zone_of(newest.facts, renderer.register)
        times = TimeFormatter(translations, renderer.register, zone)
        text = page_event_text(newest, times)
        site = renderer.base_url.rstrip("/")
        template = renderer.templates.get_template("site/en/pack.txt")
        return template.render(
            title=page_title(translations, text, newest.facts.timing.onset.since),
            lead=renderer.open_site().first_paragraph(newest, times),
            url=f"{site}/i/{quote(newest.incident)}/",
            publisher=site.partition("://")[2],
            as_of=times.with_year(text.timing.moment),
            reconstruction=newest.facts.reconstruction,
            drill=newest.facts.drill,
            languages=", ".join(languages),
            sources=self._credits(),
            contact=renderer.contact,
        )

    def _credits(self) -> tuple[Credit, ...]:
        sources = [event.facts.sources for event in self.report.events]
        by_signal = {credit.signal: credit for s in sources for credit in s.credits}
        return tuple(by_signal[signal] for signal in sorted(by_signal))

    def _evidence(self, event: IncidentEvent) -> Evidence:
        return self.report.evidence.get(event.key, Evidence(traces=()))

    def _illustrator(self, lang: str) -> Illustrator:
        renderer = self.renderer
        translations = load_translations(renderer.templates, lang)
        return Illustrator(
            renderer.templates,
            translations,
            renderer.register,
            renderer.base_url,
            renderer.chart_cache,
        )
