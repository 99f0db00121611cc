"""A small site, written by the product: five incidents, and three drafts kept back.

A confirmed incident of Iran with regions, operators and Arabic names; one of Kazakhstan
that escalated and is restored; a suspected one of Uganda; a retracted one of Sudan; and a
drill on a network. The posts are in English and in Arabic, and the pages of incidents in
French as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.channels.file import FileChannel, FileConfig
from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.editorial.review import DraftReview
from bot.model.articles.article import (
    ArchivedCopy,
    Article,
    ArticleAct,
    ArticleStep,
    CopyOutcome,
)
from bot.model.attribution import (
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
)
from bot.model.delivery import Receipt
from bot.model.draft import SITE, Action, Draft, DraftState
from bot.model.entity import Entity, EntityKind
from bot.model.event import Correction, Facts, IncidentChange
from bot.model.incident import EventKind, State
from bot.model.incident_report import PlaceReadings, PlaceSeries
from bot.model.signal import Family
from bot.model.source_status import SourceState, SourceStatus
from bot.policy.flood_control import FloodLimit
from bot.policy.publication_rules import Policy, PolicyRule
from bot.rendering.place_pages import PlacePagesFolder
from bot.store.sql_store import SqlStore, open_store
from bot.tick import report_pages
from bot.tick.report_pages import ReportPages
from tests import builders
from tests.builders import (
    PROBING,
    ROUTING,
    TRAFFIC,
    between,
    network,
    operators,
    series,
    utc,
)
from tests.contract.stored import record
from tests.signals import a_signal
from tests.unit.test_pages import writer

KZ, IR, UG, SD = "KZ-2022-0104", "IR-2022-0105", "UG-2022-0105", "SD-2021-1228"
NETWORK, HELD, REJECTED = "AS44244-2022-0105", "TM-2022-0107", "MM-2022-0203"
NOW = utc("2022-01-11 05:00")
RETRACTION_REASON = "The source measured through a broken cable of its own (قياس خاطئ)."
SECRET_WORDS = "Zyzzogeton quokka"
"""Words that an editor adds to each draft that is kept back."""
PRIVATE_REASON = "Xylopolist numbat"
"""The reason that an editor gives for keeping a draft back."""
_KEPT_BACK = (f"{HELD}.1", f"{REJECTED}.1", f"{UG}.2")
"""The ids of the drafts that an editor holds, rejects, and rejects."""
_LISTED_ON_HOME = 3
_AS44244 = Entity(EntityKind.ASN, "44244")
_UGANDA, _SUDAN, _TURKMENISTAN, _MYANMAR = (
    Entity(EntityKind.COUNTRY, code) for code in ("UG", "SD", "TM", "MM")
)


@dataclass(frozen=True)
class SmallSite:
    """The folder of a site, and what must not be in it.

    Attributes:
        root: the folder.
        address: the address that its pages name as their own, without a slash at its end.
        secrets: words and ids of the drafts that are kept back.
        secret_digests: the SHA-256 of the pictures of these drafts.
    """

    root: Path
    address: str
    secrets: tuple[str, ...]
    secret_digests: frozenset[str]


def build_small_site(root: Path, address: str) -> SmallSite:
    """Write the site of `address` into `root`; return it with what must not be in it."""
    with _store() as store, pytest.MonkeyPatch.context() as patch:
        # With fewer incidents on the front page, the small site has an archive as well.
        patch.setattr(report_pages, "_MAX_FRONT_PAGE", _LISTED_ON_HOME)
        return _SiteBuilder(store, root, address).build()


@contextmanager
def _store() -> Iterator[SqlStore]:
    store = open_store(":memory:")
    yield store
    store.close()


class _SiteBuilder:
    """Records the incidents, decides on them, and writes the pages."""

    def __init__(self, store: SqlStore, root: Path, address: str) -> None:
        self.store, self.root = store, root
        self.renderer = replace(
            writer(root), base_url=address, page_languages=("ar", "fr")
        )
        self.pages = ReportPages(store, self.renderer)
        self.clock = StillClock(NOW)
        self.review = DraftReview(store, self.clock, self.renderer, {})

    def build(self) -> SmallSite:
        """Write the site as a loop does, with an editor who keeps three drafts back."""
        self.pages.write_stale()
        places = _TURKMENISTAN, _MYANMAR
        ask = PolicyRule("do-no-harm", Action.REVIEW, places=places)
        publish = PolicyRule("all-out", Action.PUBLISH)
        record(self.store, *_before_the_last_steps())
        self._tick(ask, publish)
        # The site shows this incident before an editor rejects it.
        record(self.store, _change(1, REJECTED, **_fallen(_MYANMAR)))
        self._tick(PolicyRule("page", Action.PUBLISH, channels=(SITE,)), ask)
        assert (self.root / "i" / REJECTED).is_dir()
        record(self.store, *_last_steps())
        self._tick(PolicyRule("not-sure", Action.REVIEW, places=(_UGANDA,)), publish)
        self._attribute()
        drafts = self._keep_back()
        self._send()
        self._tick()
        levels = [_place_readings(place) for place in (builders.IR, builders.KZ)]
        PlacePagesFolder(self.renderer).write(levels, with_list=True)
        address = self.renderer.base_url
        return SmallSite(self.root, address, _secrets(drafts), _digests(drafts))

    def _tick(self, *rules: PolicyRule) -> None:
        policy = Policy(rules, stale_after=None, flood=FloodLimit(1000))
        channels = {name: self._channel(name) for name in ("en", "ar")}
        Decider(self.store, self.renderer, channels, policy, self.clock).decide_all()
        self._approve_most()
        self.pages.write(())
        self.pages.write_front(_source_statuses(), NOW)

    def _channel(self, lang: str) -> FileChannel:
        config = FileConfig(path=self.root.parent / f"posts-{lang}.jsonl", lang=lang)
        return FileChannel(lang, config)

    def _keep_back(self) -> tuple[Draft, ...]:
        """Edit and keep back three drafts; the editor's words are in each of them."""
        held, *rejected = (self._edited(draft_id) for draft_id in _KEPT_BACK)
        self.review.hold(held.id, PRIVATE_REASON)
        for draft in rejected:
            self.review.reject(draft.id, PRIVATE_REASON)
        return held, *rejected

    def _edited(self, draft_id: str) -> Draft:
        draft = self.store.drafts.get(draft_id)
        assert draft.state is DraftState.WAITING, draft
        texts = {
            text.channel: replace(text, body=f"{text.body}\n{SECRET_WORDS}")
            for text in draft.texts
        }
        return self.review.edit(draft_id, texts, PRIVATE_REASON, "Grace")

    def _approve_most(self) -> None:
        """Approve the drafts that wait because no person has reviewed the Arabic words."""
        for draft in self.store.drafts.all():
            if draft.state is DraftState.WAITING and draft.id not in _KEPT_BACK:
                self.review.approve(draft.id, "read it")

    def _send(self) -> None:
        """Settle all posts as published, each with its address."""
        for delivery in self.store.deliveries.due(NOW + timedelta(hours=1)):
            key = delivery.post.key
            url = f"https://social.example/{key.replace('/', '-')}"
            self.store.deliveries.claim(key, NOW)
            self.store.deliveries.settle(key, Receipt(key, url), NOW)

    def _attribute(self) -> None:
        """Record a cause that the ministry states, as read in an Arabic newspaper."""
        claim = CauseClaim(
            AttributionLevel.A1,
            "It switched off the internet (قطع الإنترنت)",
            "The ministry of communications",
            "https://news.example/2022/01/05/قطع?a=1&b=2",
            "https://archive.example/1",
        )
        for act in (AttributionAct.ADD, AttributionAct.SIGN):
            by, given = ("Ada", claim) if act is AttributionAct.ADD else ("Grace", None)
            step = AttributionStep(IR, 1, act, by, "read it", NOW, given)
            self.store.attributions.append(step)
        copy = ArchivedCopy(CopyOutcome.ARCHIVED, "https://archive.example/2")
        article = Article(
            "https://news.example/2", "قطع الإنترنت", language="ar", copy=copy
        )
        added = ArticleStep(IR, 1, ArticleAct.ADD, "Ada", "read it", NOW, article)
        self.store.articles.append(added)


def _change(
    seq: int,
    incident: str,
    kind: EventKind = EventKind.CONFIRMED,
    facts: Facts | None = None,
    **changes: Any,
) -> IncidentChange:
    """Return one event of an incident, with readings of the day before."""
    shown = facts or builders.facts(**changes)
    event = builders.event(kind, seq, incident=incident, facts=shown)
    evidence = builders.evidence(shown, days_before=1)
    return IncidentChange(builders.incident_of(event), event, evidence)


def _before_the_last_steps() -> tuple[IncidentChange, ...]:
    own = (series(PROBING, 0.02, _AS44244), series(TRAFFIC, 0.04, _AS44244))
    return (
        _change(1, SD, EventKind.SUSPECTED, _sudan("11:00")),
        _change(1, KZ, facts=builders.mobile()),
        _change(2, KZ, EventKind.ESCALATED, builders.escalated()),
        _change(1, UG, EventKind.SUSPECTED, _suspected(_UGANDA)),
        _change(1, NETWORK, place=_AS44244, drill=True, series=own),
        _change(1, IR, facts=_iran()),
        _change(1, HELD, **_fallen(_TURKMENISTAN)),
    )


def _last_steps() -> tuple[IncidentChange, ...]:
    correction = Correction(RETRACTION_REASON)
    retracted = replace(_sudan("13:00", state=State.RETRACTED), correction=correction)
    normal = (series(PROBING, 0.98, _UGANDA), series(TRAFFIC, 0.97, _UGANDA))
    uganda = builders.restored(place=_UGANDA, series=normal)
    return (
        _change(2, SD, EventKind.RETRACTED, retracted),
        _change(2, UG, EventKind.RESTORED, uganda),
        _change(3, KZ, EventKind.RESTORED, builders.restored()),
    )


def _fallen(place: Entity) -> dict[str, Any]:
    """Return the place and the series of a country that is almost cut off."""
    own = (series(PROBING, 0.02, place), series(TRAFFIC, 0.04, place))
    return {"place": place, "series": own}


def _sudan(at: str, **changes: Any) -> Facts:
    """Return the facts of a drop of routes in December, as of a time of its day."""
    onset = between("2021-12-28 10:30", "2021-12-28 10:45")
    times = {"as_of": utc(f"2021-12-28 {at}"), "onset": onset}
    return _suspected(_SUDAN, times, **changes)


def _suspected(
    place: Entity, times: dict[str, Any] | None = None, **changes: Any
) -> Facts:
    """Return the facts of a country for which only the routes show a drop."""
    times = times or {}
    own = (
        series(ROUTING, 0.43, place, **times),
        series(TRAFFIC, None, place, **times),
    )
    return builders.suspected(place=place, series=own, **times, **changes)


def _iran() -> Facts:
    """Return the facts of an incident with regions, operators and Arabic names."""
    levels = {"Tehran": 0.03, "Fars": 0.2, "Khuzestan": 0.4, "Bushehr": None}
    arabic = replace(network("58224", 0.03), brand="شركة اتصالات إيران")
    return builders.facts(
        place=builders.IR,
        level=0.04,
        lowest=0.03,
        series=tuple(series(s, 0.04, builders.IR) for s in (PROBING, TRAFFIC)),
        networks=(*operators(0.28, 0.31), arabic),
        regions=builders.regions("IR", levels),
    )


def _place_readings(place: Entity) -> PlaceReadings:
    """Return two signals of a place since the first of January, with the fall of one."""
    since = utc("2022-01-01 00:00")
    hours = np.full((NOW - since) // timedelta(hours=1), 900.0)
    hours[96:] = 30.0
    hours[20:24] = np.nan
    current = PlaceSeries(a_signal(PROBING), 0.03, NOW, hours)
    silent = PlaceSeries(
        a_signal(TRAFFIC, Family.TRAFFIC), None, None, np.full(hours.shape, np.nan)
    )
    return PlaceReadings(place, NOW, since, (current, silent))


def _source_statuses() -> tuple[SourceStatus, ...]:
    """Return one signal that is current, and one that fell silent."""
    signed = {credit.signal: credit for credit in builders.facts().sources.credits}
    current, silent = SourceState.ORDINARY, SourceState.SILENT
    probing = Family.ACTIVE_PROBING
    return (
        SourceStatus(PROBING, probing, signed[PROBING], NOW, current),
        SourceStatus(TRAFFIC, Family.TRAFFIC, signed[TRAFFIC], None, silent, NOW),
    )


def _secrets(drafts: tuple[Draft, ...]) -> tuple[str, ...]:
    """Return the editors' words, the ids that no page may name, and whole sentences."""
    lines = {
        line.strip()
        for draft in drafts
        for text in draft.texts
        for line in text.body.splitlines()
        if any(name in line for name in ("Turkmenistan", "Myanmar"))
    }
    ids = HELD, REJECTED, drafts[-1].id
    return (SECRET_WORDS, PRIVATE_REASON, *ids, *sorted(lines))


def _digests(drafts: tuple[Draft, ...]) -> frozenset[str]:
    return frozenset(draft.picture.sha256 for draft in drafts if draft.picture)
