"""A small site, written by the product: five incidents, and three that are kept back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.file import FileChannel, FileConfig
from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.editorial.review import DraftReview
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
from bot.model.signal import Family
from bot.model.source_status import SourceState, SourceStatus
from bot.policy.flood_control import FloodLimit
from bot.policy.publication_rules import Policy, PolicyRule
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
from tests.contract.stored import T0, record
from tests.unit.test_pages import writer

KZ, IR, UG, SD = "KZ-2022-0104", "IR-2026-0108", "UG-2022-0105", "SD-2022-0103"
NETWORK, HELD, REJECTED = "AS44244-2022-0105", "TM-2022-0107", "MM-2022-0203"
RETRACTION_REASON = "The source measured through a broken cable of its own: قياس خاطئ"
SECRET_WORDS = "Zyzzogeton quokka"
"""Words that an editor adds to each draft that is kept back."""
PRIVATE_REASON = "Xylopolist numbat"
"""The reason that an editor gives for keeping a draft back."""
_LISTED_ON_HOME = 3
_NETWORK = Entity(EntityKind.ASN, "44244")


def _place(code: str) -> Entity:
    return Entity(EntityKind.COUNTRY, code)


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
        self.renderer = replace(writer(root), base_url=address)
        self.pages = ReportPages(store, self.renderer)
        self.clock = StillClock(T0)
        self.review = DraftReview(store, self.clock, self.renderer, {})

    def build(self) -> SmallSite:
        """Write the site as a loop does, with an editor who keeps three drafts back."""
        self.pages.write_stale()
        kept_back = PolicyRule(
            "do-no-harm", Action.REVIEW, places=(_place("TM"), _place("MM"))
        )
        on_site = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
        ask = PolicyRule("a-person-looks", Action.REVIEW)
        publish = PolicyRule("all-out", Action.PUBLISH)
        record(self.store, *_before_the_last_steps())
        self._tick(kept_back, publish)
        # The site shows this incident before an editor rejects it.
        record(self.store, _change(1, REJECTED, **_of("MM")))
        self._tick(on_site, ask)
        assert (self.root / "i" / REJECTED).is_dir()
        record(self.store, *_last_steps())
        self._tick(
            PolicyRule("not-sure", Action.REVIEW, states=(State.RESTORED,)), publish
        )
        self._attribute()
        drafts = self._keep_back()
        self._send()
        self._tick()
        address = self.renderer.base_url
        return SmallSite(self.root, address, _secrets(drafts), _digests(drafts))

    def _tick(self, *rules: PolicyRule) -> None:
        policy = Policy(rules, stale_after=None, flood=FloodLimit(1000))
        channels = {"file": self._channel("en"), "arabic": self._channel("ar")}
        Decider(self.store, self.renderer, channels, policy, self.clock).decide_all()
        self.pages.write(())
        self.pages.write_front(_source_statuses(), T0)

    def _channel(self, lang: str) -> FileChannel:
        config = FileConfig(path=self.root.parent / f"posts-{lang}.jsonl", lang=lang)
        return FileChannel("file" if lang == "en" else "arabic", config)

    def _keep_back(self) -> tuple[Draft, ...]:
        """Edit and keep back three drafts; one of the editors' words is in each."""
        drafts = tuple(self._edited(f"{i}.1") for i in (HELD, REJECTED))
        self.review.hold(drafts[0].id, PRIVATE_REASON)
        self.review.reject(drafts[1].id, PRIVATE_REASON)
        later = self._edited(f"{UG}.2")
        self.review.reject(later.id, PRIVATE_REASON)
        return *drafts, later

    def _edited(self, draft_id: str) -> Draft:
        draft = self.store.drafts.get(draft_id)
        assert draft.state is DraftState.WAITING, draft
        texts = {
            text.channel: replace(text, body=f"{text.body}\n{SECRET_WORDS}")
            for text in draft.texts
        }
        return self.review.edit(draft_id, texts, PRIVATE_REASON, "Grace")

    def _send(self) -> None:
        """Settle all posts as published, each with its address."""
        for delivery in self.store.deliveries.due(T0 + timedelta(hours=1)):
            key = delivery.post.key
            url = f"https://social.example/{key.replace('/', '-')}"
            self.store.deliveries.claim(key, T0)
            self.store.deliveries.settle(key, Receipt(key, url), T0)

    def _attribute(self) -> None:
        """Record a cause that the ministry states, as read in an Arabic newspaper."""
        claim = CauseClaim(
            AttributionLevel.A1,
            "The ministry says it switched off the internet (قطع الإنترنت)",
            "The ministry of communications",
            "https://news.example/2026/01/08/قطع?a=1&b=2",
            "https://archive.example/1",
        )
        for act in (AttributionAct.ADD, AttributionAct.SIGN):
            by, given = ("Ada", claim) if act is AttributionAct.ADD else ("Grace", None)
            step = AttributionStep(IR, 1, act, by, "read it", T0, given)
            self.store.attributions.append(step)


def _of(code: str, **changes: Any) -> dict[str, Any]:
    """Return the place and the series of a country, with further changes."""
    place = _place(code)
    own = (series(PROBING, 0.02, place), series(TRAFFIC, 0.04, place))
    return {"place": place, "series": own, **changes}


def _suspected(code: str, **changes: Any) -> Facts:
    """Return the facts of a country for which only the routes show a drop."""
    own = (series(ROUTING, 0.43, _place(code)), series(TRAFFIC, None, _place(code)))
    return builders.suspected(**_of(code, series=own, **changes))


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
    return (
        _change(1, SD, EventKind.SUSPECTED, _suspected("SD")),
        _change(1, KZ, facts=builders.mobile()),
        _change(2, KZ, EventKind.ESCALATED, builders.escalated()),
        _change(1, UG, EventKind.SUSPECTED, _suspected("UG")),
        _change(1, NETWORK, facts=_drill()),
        _change(1, IR, facts=_iran()),
        _change(1, HELD, **_of("TM")),
    )


def _last_steps() -> tuple[IncidentChange, ...]:
    later = utc("2022-01-05 13:00")
    retracted = _suspected("SD", state=State.RETRACTED, as_of=later)
    retracted = replace(retracted, correction=Correction(RETRACTION_REASON))
    normal = (series(PROBING, 0.98, _place("UG")), series(TRAFFIC, 0.97, _place("UG")))
    uganda = builders.restored(place=_place("UG"), series=normal)
    return (
        _change(2, SD, EventKind.RETRACTED, retracted),
        _change(2, UG, EventKind.RESTORED, uganda),
        _change(3, KZ, EventKind.RESTORED, builders.restored()),
    )


def _drill() -> Facts:
    own = (series(PROBING, 0.02, _NETWORK), series(TRAFFIC, 0.04, _NETWORK))
    return builders.facts(place=_NETWORK, drill=True, series=own)


def _iran() -> Facts:
    """Return the facts of an incident with regions, operators and Arabic names."""
    now, onset = (
        utc("2026-01-08 18:00"),
        between("2026-01-08 16:30", "2026-01-08 17:00"),
    )
    times: dict[str, Any] = {"as_of": now, "onset": onset}
    levels = {"Tehran": 0.03, "Fars": 0.2, "Khuzestan": 0.4, "Bushehr": None}
    arabic = replace(network("58224", 0.03, **times), brand="شركة اتصالات إيران")
    own = tuple(series(s, 0.04, builders.IR, **times) for s in (PROBING, TRAFFIC))
    return builders.facts(
        place=builders.IR,
        level=0.04,
        lowest=0.03,
        series=own,
        networks=(*operators(0.28, 0.31, **times), arabic),
        regions=builders.regions("IR", levels, **times),
        families=(Family.ACTIVE_PROBING, Family.TRAFFIC),
        **times,
    )


def _source_statuses() -> tuple[SourceStatus, ...]:
    credits_by_signal = {c.signal: c for c in builders.facts().sources.credits}
    silent = SourceState.SILENT
    return (
        SourceStatus(
            PROBING,
            Family.ACTIVE_PROBING,
            credits_by_signal[PROBING],
            T0,
            SourceState.ORDINARY,
        ),
        SourceStatus(
            TRAFFIC, Family.TRAFFIC, credits_by_signal[TRAFFIC], None, silent, T0
        ),
    )


def _secrets(drafts: tuple[Draft, ...]) -> tuple[str, ...]:
    """Return the editors' words, the ids of incidents without a page, and long lines."""
    ids = (HELD, REJECTED, drafts[-1].id)
    lines = {
        line.strip()
        for draft in drafts
        for text in draft.texts
        for line in text.body.splitlines()
        if any(name in line for name in ("Turkmenistan", "Myanmar"))
    }
    return (SECRET_WORDS, PRIVATE_REASON, *ids, *sorted(lines))


def _digests(drafts: tuple[Draft, ...]) -> frozenset[str]:
    return frozenset(draft.picture.sha256 for draft in drafts if draft.picture)
