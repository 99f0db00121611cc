"""The renderer: makes drafts, pages and messages to editors and operators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, TemplateError

from bot.charts.drawn_charts import ChartCache
from bot.charts.versions import versions_in_use, versions_text
from bot.claims.linter import Linter
from bot.errors import RenderingError
from bot.model.attribution import Attribution
from bot.model.classification import EditorContext
from bot.model.draft import (
    Draft,
    DraftState,
    LinkPolicy,
    Objection,
    Outlet,
    OutletText,
    Picture,
    PictureDescription,
)
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind, Evidence, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.operations import OperatorAlert
from bot.model.source_status import SourceStatus
from bot.places import Register
from bot.rendering.failures import named_failure
from bot.rendering.messages import template_names
from bot.rendering.objections import with_other_objections
from bot.rendering.pictures import chart_language, picture_record, shared_theme
from bot.rendering.review import ReviewRequest, review_letter, review_times
from bot.rendering.site_version import version_of_pages
from bot.site.alerts.settings import AlertSettings
from bot.site.evidence.settings import EvidenceSettings
from bot.site.lists import FrontPageLists
from bot.site.page_files import is_named, page_folder
from bot.text.causes import editor_view
from bot.text.event_text import EventText
from bot.text.fitting.length import count
from bot.text.fitting.slots import fit, read_slots
from bot.text.template_functions import localise_slot, template_functions
from bot.text.text_builder import build
from bot.text.translations import Translations, load_glyphs, load_translations

# Charts and pages need matplotlib, which takes half a second to import. Many commands
# only show or check texts, so these modules are imported in the methods that need them.
if TYPE_CHECKING:
    from bot.charts.illustrator import Illustrator
    from bot.site.info.program import ProgramSettings
    from bot.site.pages import Site

_ALT_LIMIT = 1000
"""The longest alt text, in characters, if a draft has no outlets."""
_LANG = "en"
"""The language of pages and letters, and of a chart for several languages."""


@dataclass(frozen=True, slots=True)
class TemplateRenderer:
    """Implements `ports.Renderer` with Jinja templates and matplotlib.

    Attributes:
        site: the folder of the static site; base_url: its public address.
        contact: where readers send corrections.
        limits: the length limits of posts by channel, for letters to editors; the
            letters leave out limits that are not known.
        scorecard: the address or the folder of the score page; "" for none.
        lists: what the front page lists; most ticks do not change it, so it is kept.
        chart_cache: a cache of drawn charts; pages show those of posts too.
        channel_kinds: the kind of each configured channel, by its name.
        hubs: the WebSub hubs that the feeds announce.
        evidence: what evidence bundles need.
        unpublished: whether pages may show what is not released; each page then says so.
        alerts: the settings of alerts, and the windows of the calendar.
        config_option: " --config PATH", which is added to each command in a letter.
        program: the rules and settings in force, which pages explain; None if only
            texts and pages are written.
        has_subscriptions: whether the server has the form at `subscribe`.
        page_languages: the languages in which pages are written beside those in English.
    """

    register: Register
    site: Path
    base_url: str
    contact: str
    templates: Environment
    limits: Mapping[str, int] = field(default_factory=dict)
    scorecard: str = ""
    lists: FrontPageLists = field(
        default_factory=FrontPageLists, compare=False, repr=False
    )
    chart_cache: ChartCache = field(
        default_factory=ChartCache, compare=False, repr=False
    )
    channel_kinds: Mapping[str, str] = field(default_factory=dict)
    hubs: tuple[str, ...] = ()
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    unpublished: bool = False
    alerts: AlertSettings = field(default_factory=AlertSettings)
    config_option: str = ""
    program: "ProgramSettings | None" = None
    has_subscriptions: bool = False
    page_languages: tuple[str, ...] = ()

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """Return the draft of an event, and its chart as PNG, or None without a chart.

        A draft without a chart can be posted; its note says why the chart failed.

        Raises:
            RenderingError: a text cannot be made.
        """
        with named_failure(f"the draft of {event.key}"):
            texts = tuple(self._text(event, outlet) for outlet in outlets)
        picture, image, alts, note = self._picture(event, evidence, outlets)
        draft = Draft(
            id=event.key,
            incident=event.incident,
            event=event.key,
            texts=tuple(replace(text, alt=alts.get(text.channel)) for text in texts),
            picture=picture,
            state=DraftState.WAITING,
            version=1,
            made_at=event.at,
            note=note,
            # With both, anyone can make the same texts and the same picture again.
            outlets=tuple(outlets),
            made_with=versions_text(versions_in_use(self.templates)),
        )
        return draft, image

    def write(self, event: IncidentEvent, outlet: Outlet) -> OutletText:
        """Return the text for one outlet. Raises RenderingError if it cannot be made."""
        return self._text(event, outlet)

    def mark_as_wrong(
        self, event: IncidentEvent, outlet: Outlet, body: str
    ) -> OutletText:
        """Return a posted text with the mark that it is corrected or retracted (P11).

        `event` is the correction or retraction, `body` the posted text. If mark and
        text are too long together, only the mark is returned; the page has the text.

        Raises:
            RenderingError: the mark cannot be made.
        """
        translations = load_translations(self.templates, outlet.lang)
        event_text = build(event, translations, self.register)
        mark = self._render(
            event.kind, event_text, translations, outlet, "_marked"
        ).strip()
        full = f"{mark}\n\n{body}"
        text = full if count(full, outlet) <= outlet.limit else mark
        return OutletText(outlet.name, outlet.lang, text, count(text, outlet))

    def check(
        self,
        event: IncidentEvent,
        text: OutletText,
        causes: Sequence[Attribution] = (),
        picture: PictureDescription | None = None,
    ) -> tuple[Objection, ...]:
        """Return an objection to each claim of a text that the facts do not support.

        Objections to the body come first. Then come objections to claims that only the
        opening or the alt text makes. They have no position in the body, so it is 0.

        Raises:
            RenderingError: the word list of the language has a wrong form.
        """
        linter = Linter(self.register, self.templates, self.base_url)
        objections = linter.check(event, text.body, text.lang, causes)
        others = linter.check(event, text.opening or "", text.lang, causes)
        if picture is not None:
            others += self.check_alt(event, picture, text.lang, causes)
        return with_other_objections(objections, others)

    def check_alt(
        self,
        event: IncidentEvent,
        picture: PictureDescription,
        lang: str,
        causes: Sequence[Attribution] = (),
    ) -> tuple[Objection, ...]:
        """Return the objections to an alt text, which facts and chart must support.

        Raises:
            RenderingError: the word list of the language has a wrong form.
        """
        chart = self._illustrator(lang).contents(event, picture.evidence)
        linter = Linter(self.register, self.templates, self.base_url)
        return linter.check(event, picture.alt, lang, causes, chart)

    def review_letter(
        self, event: IncidentEvent, draft: Draft, background: EditorContext
    ) -> str:
        """Return the message that asks the editors for a review: subject, then text."""
        times = review_times(self.templates, self.register, event)
        pictures = [
            draft.picture_description(text, background.evidence) for text in draft.texts
        ]
        objections = {
            text.channel: self.check(event, text, picture=picture)
            for text, picture in zip(draft.texts, pictures, strict=True)
        }
        return review_letter(
            self.templates,
            build(event, times.translations, self.register, self._link(event.incident)),
            ReviewRequest(event, draft, objections, self.config_option),
            self.limits,
            editor_view(event, background, times),
            times,
        )

    def alert_letter(self, alerts: Sequence[OperatorAlert], now: datetime) -> str:
        """Return the letter to the operators: the subject line, then the text.

        Raises:
            RenderingError: the letter cannot be made.
        """
        template = self.templates.get_template("letters/en/trouble.txt")
        with named_failure("the letter to the operators"):
            return template.render(troubles=alerts, now=now, config=self.config_option)

    def publish_page(self, report: IncidentReport) -> None:
        """Write the report page of an incident, with its charts and data (P15).

        Raises:
            RenderingError: the page could not be written.
        """
        with named_failure(f"the page of {report.incident.id}"):
            self.open_site().publish(report)

    def has_page(self, incident: str) -> bool:
        """Return whether the site has a page of an incident, or parts of one."""
        return page_folder(self.site, incident).is_dir()

    def is_named(self, incident: str) -> bool:
        """Return whether the site has a page of an incident, or a file named after it."""
        return is_named(self.site, incident)

    def remove_page(self, incident: str, listing: Listing) -> None:
        """Remove an incident's page, and its line on lists; see `ports.Renderer`."""
        with named_failure(f"the removal of the page of {incident}"):
            self.open_site().remove(incident, listing)

    def list_incidents(self, listing: Listing) -> None:
        """Set the front page's lists; write its timeline and changed archive pages.

        Raises:
            RenderingError: a page could not be written.
        """
        with named_failure("the list of incidents"):
            self.open_site().list_incidents(listing)

    def publish_sources(self, statuses: Sequence[SourceStatus], at: datetime) -> None:
        """Write the front page with the source statuses as of `at` (aware, UTC).

        Raises:
            RenderingError: the page could not be written.
        """
        with named_failure("the front page"):
            self.open_site().publish_sources(statuses, at)

    def site_version(self) -> str:
        """Return a digest of program version, settings, brands and page templates."""
        settings = (
            self.base_url,
            self.contact,
            self.scorecard,
            self.hubs,
            # Pages do not show the windows of the calendar.
            replace(self.alerts, windows=()),
        )
        languages = (_LANG, *self.page_languages)
        return version_of_pages(self.templates, languages, settings)

    def site_exists(self) -> bool:
        """Whether `mark_site` was called, and the site has not been removed since."""
        return self.open_site().is_marked

    def mark_site(self) -> None:
        """Mark the site, so that its removal is noticed; see `ports.Renderer`."""
        with named_failure("the mark of the site"):
            self.open_site().mark(self.site_version())

    def open_site(self) -> "Site":
        """Return the site that this renderer writes."""
        from bot.site.pages import Site

        return Site(
            self.site,
            self._illustrator(_LANG),
            self.contact,
            self.scorecard,
            self.lists,
            self.channel_kinds,
            self.unpublished,
            self.hubs,
            self.program,
            self.alerts,
            self.evidence,
            self.has_subscriptions,
            self.page_languages,
        )

    def _text(self, event: IncidentEvent, outlet: Outlet) -> OutletText:
        """Return the text; for `LinkPolicy.FIRST`, `opening` has it with the link."""
        link = self._link(event.incident)
        with_link = outlet.links is LinkPolicy.ALWAYS
        text = self._fitted(event, outlet, link if with_link else "")
        if outlet.links is not LinkPolicy.FIRST:
            return text
        return replace(text, opening=self._fitted(event, outlet, link).body)

    def _fitted(self, event: IncidentEvent, outlet: Outlet, link: str) -> OutletText:
        """Return the text, fitted to the outlet's limit; `link` may be ""."""
        translations = load_translations(self.templates, outlet.lang)
        # While an incident is only suspected, no text may sound like a confirmation (P7).
        suspected = event.facts.state is State.SUSPECTED
        suspected = suspected and event.kind not in CORRECTION_KINDS
        kind = EventKind.SUSPECTED if suspected else event.kind
        event_text = build(event, translations, self.register, link)
        rendered = self._render(kind, event_text, translations, outlet)
        slots = tuple(
            localise_slot(slot, translations) for slot in read_slots(rendered)
        )
        machine_draft = not translations.info.is_reviewed
        return replace(fit(slots, outlet), machine_draft=machine_draft)

    def _render(
        self,
        kind: EventKind,
        event_text: EventText,
        translations: Translations,
        outlet: Outlet,
        name: str = "",
    ) -> str:
        """Render the template `name`, or, if `name` is "", the template of the kind."""
        glyphs = load_glyphs(self.templates)
        glyph = glyphs["kinds"].get(kind) or glyphs["scopes"].get(event_text.scope, "")
        event_text = replace(event_text, glyph="" if outlet.plain else glyph)
        template = self.templates.select_template(template_names(outlet, name or kind))
        functions = template_functions(translations, event_text)
        try:
            return template.render(s=event_text, **functions)
        except TemplateError as error:
            raise RenderingError(
                f"the template of the post for {outlet.name} failed: {error}"
            ) from error

    def _picture(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Picture | None, bytes | None, dict[str, str], str]:
        """Return the picture, its PNG, alt texts by outlet, and a note if the chart failed.

        There are alt texts only for outlets whose language differs from the chart's.
        """
        lang = chart_language(self.templates, outlets, _LANG)
        others = [
            o for o in outlets if load_translations(self.templates, o.lang).lang != lang
        ]
        # All outlets with the chart's language share one alt text, so it must fit all.
        limit = min((o.alt_limit for o in outlets), default=_ALT_LIMIT)
        try:
            illustrator, theme = self._illustrator(lang), shared_theme(outlets)
            image, alt = illustrator.picture(event, evidence, limit, theme)
            alts = {
                o.name: self._illustrator(o.lang).describe(event, evidence, o.alt_limit)
                for o in others
            }
        except (RenderingError, TemplateError, ValueError, RuntimeError) as error:
            return None, None, {}, f"no chart: {error}"
        return picture_record(event, image, alt), image, alts, ""

    def _illustrator(self, lang: str) -> "Illustrator":
        from bot.charts.illustrator import Illustrator

        translations = load_translations(self.templates, lang)
        return Illustrator(
            self.templates, translations, self.register, self.base_url, self.chart_cache
        )

    def _link(self, incident: str) -> str:
        # The id of a region's incident contains its name, which a URL must quote.
        return f"{self.base_url.rstrip('/')}/i/{quote(incident)}/"
