"""From a stored event to a draft, decisions, and the posts they let out.

A separate, resumable step: it looks for events that have no draft yet, so a crash
between deciding and drafting loses nothing (P10).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.detection.classification.rules import classify
from bot.editorial.isolation import Isolation, Work
from bot.model.classification import Background, Classified
from bot.model.delivery import DeliveryState, Post
from bot.model.draft import (
    Action,
    Decision,
    Draft,
    DraftState,
    Outlet,
    Picture,
    Text,
)
from bot.model.incident import Evidence, IncidentEvent
from bot.policy import channel_rules
from bot.policy.flood_control import opened_at
from bot.policy.publication_rules import Policy, decide, withheld
from bot.policy.reasons import DecisionReason
from bot.ports import Channel, Renderer, Store

EDITORS = "editors"
"""The name of the channel that carries drafts to the editors, if there is one."""
_NEVER_OUT = frozenset({DeliveryState.REFUSED, DeliveryState.DROPPED})


class Decider:
    """Drafts events and decides where they go."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts it is put together from
        self,
        store: Store,
        renderer: Renderer,
        channels: Mapping[str, Channel],
        policy: Policy,
        clock: Clock,
        desks: Mapping[str, channel_rules.ChannelRules] | None = None,
        isolation: Isolation | None = None,
    ) -> None:
        """Keep what is needed to decide; `desks` by the name of the channel."""
        self._isolation = isolation or Isolation(store, clock)
        self._desks = desks or {}
        self._store = store
        self._renderer = renderer
        self._channels = channels
        self._policy = policy
        self._clock = clock

    def decide_all(self) -> tuple[IncidentEvent, ...]:
        """Draft and decide every event that has no draft; returns those events.

        An event that cannot be drafted or decided stops its own incident's thread,
        where order is kept, and no other; see `Isolation` for when it is tried again.
        """
        decided: list[IncidentEvent] = []
        stuck: set[str] = set()
        for event in self._store.incidents.undecided():
            if event.incident in stuck:
                continue
            decide = partial(self._decide, event)
            if self._isolation.attempt(event.incident, Work.DRAFT, decide):
                decided.append(event)
            else:
                stuck.add(event.incident)
        return tuple(decided)

    def outlets(self) -> tuple[Outlet, ...]:
        """The public channels, as the writer sees them."""
        return tuple(
            channel.outlet()
            for name, channel in sorted(self._channels.items())
            if name != EDITORS
        )

    def _decide(self, event: IncidentEvent) -> None:
        now = self._clock.now()
        outlets = self.outlets()
        evidence = self._store.incidents.evidence(event.key)
        draft, picture = self._renderer.draft(event, evidence, outlets)
        recorded = self._store.incidents.recorded_at(event.key)
        since = self._policy.flood.since(event)
        beside = self._store.incidents.opened(since, opened_at(event))
        told = self._told(event)
        decisions = [
            channel_rules.apply(
                self._desks.get(outlet.name, channel_rules.ChannelRules()),
                event,
                decide(self._policy, event, outlet.name, recorded, beside),
                has_earlier_post=outlet.name in told,
            )
            for outlet in outlets
        ]
        decisions = [self._checked(event, draft, evidence, one) for one in decisions]
        decisions = _read_first(draft, decisions)
        draft = _placed(draft, decisions)
        off_site = withheld(self._policy, event, recorded, beside)
        posts = posts_for(draft, event, let_out(decisions, Action.PUBLISH), now)
        if draft.state is DraftState.WAITING and EDITORS in self._channels:
            posts.append(self._letter(draft, event, now))
        if off_site is not None:
            decisions.append(off_site)
        self._store.drafts.save(draft, picture, decisions, posts)

    def _checked(
        self,
        event: IncidentEvent,
        draft: Draft,
        evidence: Evidence,
        decision: Decision,
    ) -> Decision:
        """What nothing backs never goes out by itself: a person looks (P16, P17)."""
        text = draft.text_for(decision.channel)
        if decision.action is not Action.PUBLISH or text is None:
            return decision
        picture = draft.described(text, evidence)
        if not self._renderer.check(event, text, picture=picture):
            return decision
        reason = DecisionReason.CLAIMS_UNBACKED
        return replace(decision, action=Action.REVIEW, reason=reason)

    def _told(self, event: IncidentEvent) -> set[str]:
        """The channels that carry, or may carry, an earlier post of the incident."""
        return {
            delivery.post.channel
            for delivery in self._store.deliveries.of_incident(event.incident)
            if delivery.state not in _NEVER_OUT
        }

    def _letter(self, draft: Draft, event: IncidentEvent, now: datetime) -> Post:
        body = self._renderer.review(event, draft, background_of(self._store, event))
        return Post(
            key=f"{event.key}/{EDITORS}",
            incident=event.incident,
            event=event.key,
            channel=EDITORS,
            lang="en",
            at=event.at,
            made_at=now,
            text=body,
            length=len(body),
            picture=draft.picture,
            reply_to=None,
            kind=event.kind,
        )


def _read_first(draft: Draft, decisions: Sequence[Decision]) -> list[Decision]:
    """Nothing goes out by itself in a language that nobody has reviewed (P16)."""
    unread = {text.channel for text in draft.texts if text.machine_draft}
    return [
        channel_rules.read_first(d) if d.channel in unread else d for d in decisions
    ]


def _placed(draft: Draft, decisions: Sequence[Decision]) -> Draft:
    """The draft where its decisions put it: review wins, then publish, then hold."""
    actions = {decision.action for decision in decisions}
    reasons = ", ".join(dict.fromkeys(decision.reason for decision in decisions))
    if Action.REVIEW in actions:
        state = DraftState.WAITING
    elif Action.PUBLISH in actions:
        state = DraftState.APPROVED
    else:
        state = DraftState.HELD
    return Draft(
        id=draft.id,
        incident=draft.incident,
        event=draft.event,
        texts=draft.texts,
        picture=draft.picture,
        state=state,
        version=draft.version,
        made_at=draft.made_at,
        note=reasons or str(DecisionReason.NO_CHANNEL),
    )


def let_out(decisions: Sequence[Decision], action: Action) -> set[str]:
    """The channels that `action` was decided for."""
    return {d.channel for d in decisions if d.action is action}


def posts_for(
    draft: Draft, event: IncidentEvent, channels: set[str], now: datetime
) -> list[Post]:
    """The posts of a draft for `channels`, frozen as they will go out."""
    return [
        Post(
            key=f"{draft.event}/{text.channel}",
            incident=draft.incident,
            event=draft.event,
            channel=text.channel,
            lang=text.lang,
            at=event.at,
            made_at=now,
            text=text.body,
            length=text.length,
            picture=_described(draft.picture, text),
            reply_to=None,
            kind=event.kind,
            opening=text.opening,
        )
        for text in draft.texts
        if text.channel in channels
    ]


def _described(picture: Picture | None, text: Text) -> Picture | None:
    """The picture, in the words of the post's language."""
    if picture is None or text.alt is None:
        return picture
    return replace(picture, alt=text.alt)


class Classifier:
    """Reads events and evidence, writes classes, and touches nothing else."""

    def __init__(self, store: Store, isolation: Isolation | None = None) -> None:
        """Work on `store`."""
        self._store = store
        self._isolation = isolation or Isolation(store)

    def classify_all(self) -> tuple[Classified, ...]:
        """Classify every event that has no class; returns what was found.

        An event that cannot be classified keeps no other from its class.
        """
        found: list[Classified] = []
        for event in self._store.classifications.pending():
            classified = partial(self._classify, event, found)
            self._isolation.attempt(event.incident, Work.CLASS, classified)
        self._store.classifications.record(found)
        return tuple(found)

    def _classify(self, event: IncidentEvent, into: list[Classified]) -> None:
        into.append(self._classified(event))

    def _classified(self, event: IncidentEvent) -> Classified:
        evidence = self._store.incidents.evidence(event.key)
        beside = self._store.classifications.beside(event)
        found = classify(event, evidence, beside)
        return Classified(event.incident, event.seq, event.at, found)


def background_of(store: Store, event: IncidentEvent) -> Background:
    """What editors are told beside the draft of an event: for no other eyes."""
    known = store.classifications.history(event.incident)
    mine = [one.classification for one in known if one.seq == event.seq]
    return Background(
        classification=mine[0] if mine else None,
        beside=store.classifications.beside(event),
        evidence=store.incidents.evidence(event.key),
    )
