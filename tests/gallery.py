"""`make gallery`: one page with every kind of chart in every theme, script and size."""

import argparse
import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from bot.charts.alt_text import alt_text_lines
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import SIZES, THEMES, Size, Theme
from bot.charts.choose import ChartKind
from bot.charts.frame import Captions, Scene
from bot.charts.illustrator import Illustrator
from bot.charts.kinds.timeline import Bar, draw_timeline
from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts
from bot.model.incident import EventKind, Evidence, Incident, State
from bot.model.interval import Interval
from bot.model.verdict import Scope, Severity
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.text.times import TimeFormatter
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests import builders
from tests.builders import between, operators, regions, trace, utc

TEMPLATES = environment(templates_root(), all_brands())
REGISTER = load_register()
ARTIST = Illustrator(
    TEMPLATES,
    load_translations(TEMPLATES, "en"),
    REGISTER,
    "https://outagewire.example",
)
__all__ = [
    "ARTIST",
    "REGISTER",
    "TITLES",
    "all_charts",
    "alt_text_lines",
    "cases",
    "past",
]
TITLES = {
    "en": "Internet connectivity in Kazakhstan falls to 2% of normal levels",
    "ar": "الاتصال بالإنترنت في إيران يتراجع إلى 3% من المستوى الطبيعي",
    "fa": "اتصال اینترنت در ایران به ۳٪ سطح عادی کاهش یافت",
    "hi": "कज़ाख़स्तान में इंटरनेट कनेक्टिविटी सामान्य स्तर के 2% तक गिरी",
    "my": "မြန်မာနိုင်ငံ၏ အင်တာနက်ချိတ်ဆက်မှုသည် ပုံမှန်အဆင့်၏ ၂% အထိ ကျဆင်းသွားသည်",
    "kk": "Қазақстан аумағында интернет байланысы қалыпты деңгейдің 2%-ына дейін төмендеді",
    "zh": "哈萨克斯坦的互联网连接降至正常水平的2%",
    "ru": "Казахстан: уровень интернет-связи снизился до 2% от обычного",
}
"""Chart titles by language, in six scripts."""
SAMPLE_CHARTS = (
    ("phases", ChartKind.LINES),
    ("escalated", ChartKind.MAP),
    ("phases", ChartKind.DURATIONS),
    ("provinces", ChartKind.STRIP),
    ("networks", ChartKind.OPERATORS),
    ("suspected", ChartKind.LINES),
)
"""Names of cases, each with the kind of chart to draw in the languages of SCRIPTS."""
SCRIPTS = ("ar", "fa", "hi", "my", "zh")
"""Languages in which all SAMPLE_CHARTS are drawn; in the others only the first is."""


@dataclass(frozen=True)
class GalleryCase:
    """One example event with its evidence and earlier incidents."""

    name: str
    kind: EventKind
    facts: Facts
    evidence: Evidence
    past: tuple[Incident, ...] = ()

    def scene(self) -> tuple[Scene, tuple[ChartKind, ...]]:
        """Return the input of the event's charts, and the kinds of chart that suit it."""
        event = builders.event(self.kind, facts=self.facts)
        return ARTIST.prepare(event, self.evidence, self.past)


@cache
def cases() -> tuple[GalleryCase, ...]:
    """Return a case for each kind of event, and some cases with special evidence."""
    return tuple(_cases())


def _cases() -> Iterator[GalleryCase]:
    for kind, build in builders.EVERY_KIND.items():
        state = {"state": State.RETRACTED} if kind is EventKind.RETRACTED else {}
        facts = build(**state)
        yield GalleryCase(kind, kind, facts, builders.evidence(facts), past())
    yield _national()
    yield _networks()
    yield _counties()
    yield _provinces()
    yield _with_gaps()


def past() -> tuple[Incident, ...]:
    """Return three earlier incidents of Kazakhstan, and a retracted one."""
    earlier = (
        ("2021-06-03 10:00", 9.0, State.RESTORED),
        ("2020-11-19 04:30", 60.0, State.RESTORED),
        ("2020-02-07 12:00", 3.5, State.RESTORED),
        ("2019-05-09 06:00", 2.0, State.RETRACTED),
    )
    event = builders.event(facts=builders.restored())
    return tuple(
        replace(
            builders.incident_of(event),
            id=f"KZ-{day[:4]}-{number}",
            onset=Interval(utc(day), utc(day) + timedelta(minutes=30)),
            restored=Interval(
                utc(day) + timedelta(hours=hours), utc(day) + timedelta(hours=hours + 1)
            ),
            state=state,
        )
        for number, (day, hours, state) in enumerate(earlier)
    )


def _national() -> GalleryCase:
    facts = builders.restored(
        phases=(
            *builders.restored().phases,
            builders.phase(EventKind.PARTLY_RESTORED, "2022-01-07 09:00"),
            builders.phase(EventKind.REOPENED, "2022-01-08 04:00"),
        )
    )
    return GalleryCase(
        "phases", EventKind.RESTORED, facts, builders.evidence(facts), past()
    )


def _networks() -> GalleryCase:
    facts = builders.mobile()
    more = tuple(
        replace(
            operators(level, as_of=facts.timing.as_of, onset=facts.timing.onset)[0],
            entity=Entity(EntityKind.ASN, str(64500 + n)),
            brand=brand,
        )
        for n, (brand, level) in enumerate(
            (("Kazakhtelecom", 0.62), ("Transtelecom", 0.71), ("Jusan Mobile", 0.12))
        )
    )
    facts = builders.mobile(networks=(*facts.parts.networks, *more))
    return GalleryCase("networks", EventKind.CONFIRMED, facts, builders.evidence(facts))


def _parts(facts: Facts) -> Evidence:
    """Return evidence of the place's series, and of its regions in hourly bins."""
    country = tuple(trace(own, facts) for own in facts.levels.series)
    parts = tuple(trace(region, facts, step_s=3600) for region in facts.parts.regions)
    return Evidence((*country, *parts))


def _counties() -> GalleryCase:
    levels = {
        "Calcasieu": 0.06, "Cameron": 0.02, "Jefferson Davis": 0.19, "Beauregard": 0.33,
        "Vernon": 0.47, "Allen": 0.4, "Acadia": 0.58, "Vermilion": 0.71,
        "Rapides": 0.64, "Natchitoches": 0.8, "Lafayette": 0.77, "Evangeline": 0.52,
    }  # fmt: skip
    when = between("2020-08-27 05:00", "2020-08-27 06:00")
    now = utc("2020-08-28 12:00")
    parts = regions("US/Louisiana", dict(levels), as_of=now, onset=when)
    us = Entity(EntityKind.COUNTRY, "US")
    facts = builders.facts(
        place=us, scope=Scope.REGIONAL, severity=Severity.MAJOR, level=0.99,
        lowest=0.98, part=parts[0].entity, regions=parts, as_of=now, onset=when,
        series=(builders.series(level=0.99, entity=us, as_of=now),),
    )  # fmt: skip
    return GalleryCase("counties", EventKind.CONFIRMED, facts, _parts(facts))


def _provinces() -> GalleryCase:
    names = (
        "Tehran", "Esfahan", "Fars", "Khuzestan", "Kerman", "Razavi Khorasan", "Gilan",
        "Mazandaran", "East Azarbaijan", "West Azarbaijan", "Kordestan", "Kermanshah",
        "Kohgiluyeh and Buyer Ahmad", "Chahar Mahall and Bakhtiari", "Hormozgan",
        "Sistan and Baluchestan", "Yazd", "Qom", "Semnan", "Zanjan", "Ilam", "Lorestan",
    )  # fmt: skip
    levels = {name: 0.03 + 0.045 * n for n, name in enumerate(names)}
    when = between("2019-11-16 13:00", "2019-11-16 14:00")
    now = utc("2019-11-19 12:00")
    parts = regions("IR", {**levels, "Bushehr": None}, as_of=now, onset=when)
    own = builders.series(level=0.05, entity=builders.IR, as_of=now)
    facts = builders.facts(
        place=builders.IR, level=0.05, lowest=0.04, regions=parts, as_of=now,
        onset=when, series=(own,),
    )  # fmt: skip
    return GalleryCase("provinces", EventKind.CONFIRMED, facts, _parts(facts))


def _with_gaps() -> GalleryCase:
    facts = builders.facts()
    first, *others = builders.evidence(facts).traces
    values = tuple(
        None if 180 <= n < 280 or 400 <= n < 410 else v
        for n, v in enumerate(first.values)
    )
    evidence = Evidence((replace(first, values=values), *others))
    return GalleryCase("gaps", EventKind.UPDATED, facts, evidence)


@cache
def artist(lang: str) -> Illustrator:
    """Return the illustrator for a language."""
    words = load_translations(TEMPLATES, lang)
    return Illustrator(TEMPLATES, words, REGISTER, ARTIST.base_url)


def charts_in(lang: str) -> Iterator[tuple[str, Callable[[], Scene], ChartKind]]:
    """Yield name, function for the input, and kind of each chart in one language."""
    cases_by_name = {case.name: case for case in cases()}
    for name, kind in SAMPLE_CHARTS if lang in SCRIPTS else SAMPLE_CHARTS[:1]:
        scene = partial(_scene, cases_by_name[name], lang)
        yield f"script-{lang}-{name}-{kind}", scene, kind


def _scene(case: GalleryCase, lang: str) -> Scene:
    event = builders.event(case.kind, facts=case.facts)
    scene, _ = artist(lang).prepare(event, case.evidence, case.past)
    return scene


def all_charts() -> Iterator[tuple[str, Callable[[Theme, Size], Canvas]]]:
    """Yield the name of each chart in the gallery and a function that draws it."""
    for case in cases():
        scene, kinds = case.scene()
        for kind in kinds:
            yield f"{case.name}-{kind}", partial(ARTIST.draw, scene, kind)
    for lang in languages(templates_root()):
        for name, make_scene, kind in charts_in(lang):
            yield name, partial(_draw, lang, make_scene, kind)
    yield "timeline", incident_timeline


def _draw(
    lang: str,
    make_scene: Callable[[], Scene],
    kind: ChartKind,
    theme: Theme,
    size: Size,
) -> Canvas:
    return artist(lang).draw(make_scene(), kind, theme, size)


def incident_timeline(theme: Theme, size: Size) -> Canvas:
    """Draw a timeline of eight incidents, as on the front page."""
    names = (
        "Kazakhstan",
        "Iran",
        "Uganda",
        "Sudan",
        "Myanmar",
        "Cuba",
        "Iraq",
        "Syria",
    )
    starts = [utc("2022-01-05 10:30") + timedelta(days=11 * n) for n in range(8)]
    bars = [
        Bar(
            name if n % 3 else f"{name} (one source)",
            "8 days, still on" if n == 7 else ARTIST.translations.count(1 + n, "day"),
            Interval(at, at + timedelta(hours=6)),
            None
            if n == 7
            else Interval(at + timedelta(days=1 + n), at + timedelta(days=1.5 + n)),
            "note" if n % 3 == 0 else "alarm" if n == 7 else "calm",
        )
        for n, (name, at) in enumerate(zip(names, starts, strict=True))
    ]
    window = Interval(utc("2022-01-01 00:00"), utc("2022-04-01 00:00"))
    scene, _ = cases()[0].scene()
    captions = Captions(
        title="Eight disruptions on record, one of them not over",
        subtitle="From the beginning to the end of each, 1 January to 1 April 2022",
        badges=(),
        basis="",
        footer=scene.captions.footer[:1],
        as_of="As of 1 April 2022, 00:00 UTC · outagewire.example",
        publisher=scene.captions.publisher,
    )
    times = TimeFormatter(ARTIST.translations, REGISTER, "Asia/Almaty")
    return draw_timeline(bars[::-1], captions, times, window, theme, size)


def main(words: list[str] | None = None) -> None:
    """Draw all charts and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery")
    parser.add_argument("--out", type=Path, default=Path("out/gallery"))
    out: Path = parser.parse_args(words).out
    out.mkdir(parents=True, exist_ok=True)
    figures = []
    for name, draw in all_charts():
        for theme in THEMES.values():
            for size in SIZES.values():
                file = f"{name}-{theme.name}-{size.name}.png"
                (out / file).write_bytes(draw(theme, size).png())
                caption = html.escape(f"{name}, {theme.name}, {size.name}")
                figures.append(
                    f"<figure><img src='{html.escape(file)}' alt='{caption}' loading='lazy'>"
                    f"<figcaption>{caption}</figcaption></figure>"
                )
    page = "\n".join(figures)
    style = "body{font:16px sans-serif}figure{margin:1em}img{max-width:100%}"
    (out / "index.html").write_text(
        f"<!doctype html><meta charset='utf-8'><title>Charts</title><style>{style}</style>\n{page}\n",
        encoding="utf-8",
    )
    print(f"{len(figures)} charts: open {out / 'index.html'}")


if __name__ == "__main__":
    main()
