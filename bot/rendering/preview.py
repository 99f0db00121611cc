"""Everything that would be said of an event, side by side: for people who look it over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, TemplateError

from bot.errors import RenderingError
from bot.model.draft import Described, Outlet, Picture, Text
from bot.model.incident import Evidence, IncidentEvent
from bot.model.objection import Objection
from bot.rendering.renderer import TemplateRenderer
from bot.site.static_files import write
from bot.text.translations import load_translations

_LANG = "en"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of a text, and what nothing backs in it, if anything."""

    text: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletPreview:
    """The words for one outlet; `trouble` says why there are none."""

    outlet: Outlet
    text: Text | None
    objections: tuple[Objection, ...] = ()
    trouble: str = ""

    @property
    def share(self) -> int:
        """How much of the outlet's room they take, in percent."""
        return round(100 * self.text.length / self.outlet.limit) if self.text else 0

    @property
    def pieces(self) -> tuple[TextSpan, ...]:
        """The words in pieces, those that nothing backs apart."""
        return tuple(_pieces(self.text.body if self.text else "", self.objections))


@dataclass(frozen=True, slots=True)
class LanguagePreview:
    """One event in one language: its words for every outlet, and its picture in words."""

    lang: str
    specimens: tuple[OutletPreview, ...]
    alt: str = ""
    alt_objections: tuple[Objection, ...] = ()

    @property
    def cards(self) -> tuple[tuple[OutletPreview, ...], ...]:
        """The specimens, those that read the same together."""
        alike: dict[str, list[OutletPreview]] = {}
        for one in self.specimens:
            alike.setdefault(one.text.body if one.text else one.trouble, []).append(one)
        return tuple(tuple(some) for some in alike.values())


@dataclass(frozen=True, slots=True)
class EventPreview:
    """One event: its words by language, and its picture; `note` says why it has none."""

    event: IncidentEvent
    spoken: tuple[LanguagePreview, ...]
    picture: Picture | None
    image: bytes | None
    note: str

    @property
    def wrong(self) -> int:
        """How many claims in all of it nothing backs."""
        every = (s for one in self.spoken for s in one.specimens)
        words = sum(len(specimen.objections) for specimen in every)
        return words + sum(len(one.alt_objections) for one in self.spoken)


def show(
    renderer: TemplateRenderer,
    event: IncidentEvent,
    evidence: Evidence,
    outlets: Sequence[Outlet],
    langs: Sequence[str],
) -> EventPreview:
    """What would be said of `event`; one outlet's trouble stops no other."""
    spoken = [
        LanguagePreview(
            lang, tuple(_specimen(renderer, event, o, lang) for o in outlets)
        )
        for lang in langs
    ]
    # One picture for all, as in a draft, and told in the words of each language.
    drawn = [
        replace(fitting[0].outlet, name=one.lang)
        for one in spoken
        if (fitting := [s for s in one.specimens if s.text])
    ]
    draft, image = renderer.draft(event, evidence, drawn)
    common = draft.picture.alt if draft.picture else ""
    alts = {text.lang: text.alt or common for text in draft.texts}
    told = tuple(
        _described(renderer, event, one, Described(alts.get(one.lang, ""), evidence))
        for one in spoken
    )
    return EventPreview(event, told, draft.picture, image, draft.note)


def _described(
    renderer: TemplateRenderer,
    event: IncidentEvent,
    one: LanguagePreview,
    picture: Described,
) -> LanguagePreview:
    found = renderer.check_alt(event, picture, one.lang) if picture.alt else ()
    return replace(one, alt=picture.alt, alt_objections=found)


def write_page(
    templates: Environment, title: str, shown: Sequence[EventPreview], out: Path
) -> Path:
    """Write the page and its pictures into `out`; it needs no script to be read.

    Raises:
        RenderingError: it cannot be written.
    """
    page = out / "preview.html"
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one in shown:
            if one.image is not None:
                (out / f"{one.event.key}.png").write_bytes(one.image)
        template = templates.get_template("site/en/preview.html")
        write(
            page,
            template.render(title=title, shown=shown, names=_names(templates, shown)),
        )
    except (OSError, TemplateError) as error:
        raise RenderingError(f"the preview cannot be written: {error}") from error
    return page


def _names(templates: Environment, shown: Sequence[EventPreview]) -> dict[str, str]:
    """What each step is called."""
    words = load_translations(templates, _LANG)
    return {one.event.key: words.say("kinds", one.event.kind) for one in shown}


def _specimen(
    renderer: TemplateRenderer, event: IncidentEvent, outlet: Outlet, lang: str
) -> OutletPreview:
    spoken = replace(outlet, lang=lang)
    try:
        text = renderer.write(event, spoken)
    except RenderingError as error:
        return OutletPreview(spoken, None, trouble=str(error))
    return OutletPreview(spoken, text, renderer.check(event, text))


def _pieces(body: str, objections: Sequence[Objection]) -> Iterator[TextSpan]:
    """`body` cut where an objection begins or ends."""
    cuts = {0, len(body), *(edge for o in objections for edge in (o.start, o.end))}
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        here = tuple(o for o in objections if o.start <= start and end <= o.end)
        yield TextSpan(body[start:end], here)
