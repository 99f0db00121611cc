"""Drafts each stored event, decides on it, and queues the posts to publish.

Events are recorded in an earlier step of the tick. This step takes the events that have
no draft yet, so a crash between recording and drafting loses nothing (P10).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.detection.classification.rules import classify
from bot.editorial import decision_stages
from bot.editorial.decision_stages import DecisionCase
from bot.editorial.isolation import Isolation, Work
from bot.editorial.unsupported_texts import UnsupportedTexts
from bot.model.classification import EditorContext, EventClassification
from bot.model.delivery import Delivery, DeliveryState, Post, PostSubject
from bot.model.draft import (
    Action,
    Decision,
    Draft,
    DraftState,
    Outlet,
    OutletText,
    Picture,
)
from bot.model.event import IncidentEvent
from bot.model.operations import OperatorAlert
from bot.policy.channel_rules import ChannelRules
from bot.policy.flood_control import opened_at
from bot.policy.publication_rules import Policy, decide_for_site
from bot.policy.reasons import DecisionReason
from bot.policy.targets import addressed
from bot.ports import Channel, Renderer, Store

EDITORS = "editors"
"""The name of the channel that carries drafts to the editors, if there is one."""
# In these states a post was never published. In every other state it was or may be
# published, so its channel needs the corrections of the incident (P11).
_NEVER_OUT = frozenset({DeliveryState.REFUSED, DeliveryState.DROPPED})


class Decider:
    """Drafts events and decides which channels publish them."""

    def __init__(  # noqa: PLR0913, PLR0917 - each argument is a part of the decider
        self,
        store: Store,
        renderer: Renderer,
        channels: Mapping[str, Channel],
        policy: Policy,
        clock: Clock,
        rules: Mapping[str, ChannelRules] | None = None,
        isolation: Isolation | None = None,
    ) -> None:
        """Create a decider for `channels`; no decision is made yet.

        Args:
            store: holds the events; receives drafts, decisions and posts.
            renderer: makes the drafts, and checks their claims.
            channels: the channels by name, including the editors' channel if any.
            policy: the publication rules.
            clock: dates the posts.
            rules: the channel rules, by name of the channel; a channel without an entry
                has no rules.
            isolation: limits a failure to its incident; None: a new one is made.
        """
        self._isolation = isolation or Isolation(store, clock)
        self._store = store
        self._renderer = renderer
        self._channels = channels
        self._policy = policy
        self._stages = decision_stages.make_stages(policy, rules or {}, renderer)
        self._clock = clock
        self._unsupported = UnsupportedTexts()

    def decide_all(self) -> tuple[IncidentEvent, ...]:
        """Draft and decide every event that has no draft; return the decided events.

        If an event cannot be drafted or decided, the later events of its incident wait,
        because an incident's events must stay in order. Other incidents do not wait.
        `Isolation` determines when the event is tried again.
        """
        decided: list[IncidentEvent] = []
        blocked: set[str] = set()
        for event in self._store.incidents.undecided():
            if event.incident in blocked:
                continue
            decide = partial(self._decide, event)
            if self._isolation.attempt(event.incident, Work.DRAFT, decide):
                decided.append(event)
            else:
                blocked.add(event.incident)
        return tuple(decided)

    def alerts(self) -> tuple[OperatorAlert, ...]:
        """Return the alerts on texts that did not pass the claim check."""
        return self._unsupported.alerts()

    def outlets(self) -> tuple[Outlet, ...]:
        """Return the outlets of the public channels, ordered by name."""
        return tuple(
            channel.outlet()
            for name, channel in sorted(self._channels.items())
            if name != EDITORS
        )

    def _decide(self, event: IncidentEvent) -> None:
        now = self._clock.now()
        outlets = self.outlets()
        case, picture = self._case(event, outlets)
        decisions = [
            decision_stages.run_stages(self._stages, case, outlet.name)
            for outlet in outlets
        ]
        for_site = decide_for_site(
            self._policy,
            event,
            case.recorded_at,
            decisions,
            case.recently_opened_places,
        )
        draft = _with_state(case.draft, decisions, for_site)
        channels = channels_decided_as(decisions, Action.PUBLISH)
        thread = self._store.deliveries.of_incident(event.incident)
        posts = make_posts(draft, event, channels, now, thread)
        if draft.state is DraftState.WAITING and EDITORS in self._channels:
            posts.append(self._review_post(draft, event, now))
        # One transaction: after a crash the event has its draft with all its posts, or
        # is still undecided (P10).
        self._store.drafts.save(draft, picture, [*decisions, for_site], posts)
        self._unsupported.note(decisions, now)

    def _case(
        self, event: IncidentEvent, outlets: Sequence[Outlet]
    ) -> tuple[DecisionCase, bytes | None]:
        """Return what a decision on an event needs, and the draft's picture as PNG.

        The picture is None if it could not be drawn.
        """
        evidence = self._store.incidents.evidence(event.key)
        draft, picture = self._renderer.draft(event, evidence, outlets)
        targets = {name: channel.target for name, channel in self._channels.items()}
        draft = with_targets(draft, targets)
        since = self._policy.flood.period_start(event)
        case = DecisionCase(
            event=event,
            draft=draft,
            evidence=evidence,
            recorded_at=self._store.incidents.recorded_at(event.key),
            recently_opened_places=self._store.incidents.places_opened_in(
                since, opened_at(event)
            ),
            posted_channels=self._posted_channels(event),
        )
        return case, picture

    def _posted_channels(self, event: IncidentEvent) -> set[str]:
        """Return the channels where a post of the incident is or may be published."""
        return {
            delivery.post.channel
            for delivery in self._store.deliveries.of_incident(event.incident)
            if delivery.state not in _NEVER_OUT
        }

    def _review_post(
        self, draft: Draft, event: IncidentEvent, made_at: datetime
    ) -> Post:
        """Return the post that asks the editors to review a draft."""
        body = self._renderer.review_letter(
            event, draft, load_background(self._store, event)
        )
        return Post(
            key=f"{event.key}/{EDITORS}",
            incident=event.incident,
            event=event.key,
            channel=EDITORS,
            lang="en",
            at=event.at,
            made_at=made_at,
            text=body,
            length=len(body),
            picture=draft.picture,
            reply_to=None,
            kind=event.kind,
            # `target` is not set: the message goes to wherever the editors' channel points
            # when it is sent.
        )


def _with_state(
    draft: Draft, on_channels: Sequence[Decision], for_site: Decision
) -> Draft:
    """Return the draft with its first state and the reasons for this state.

    If a channel or the report site needs a review, the draft waits. If none needs a
    review and a channel may publish, the draft is approved. If all channels hold, the
    draft is held.
    """
    waits = [for_site] if for_site.action is Action.REVIEW else []
    decisions = [*on_channels, *waits]
    actions = {decision.action for decision in decisions}
    reasons = ", ".join(dict.fromkeys(decision.reason for decision in decisions))
    if Action.REVIEW in actions:
        state = DraftState.WAITING
    elif Action.PUBLISH in actions:
        state = DraftState.APPROVED
    else:
        state = DraftState.HELD
    # Without channels there is no decision and no reason, but the draft must have a
    # reason (P17). Its own note says why it has no chart.
    notes = (reasons or DecisionReason.NO_CHANNEL, draft.note)
    return replace(draft, state=state, note="; ".join(note for note in notes if note))


def channels_decided_as(decisions: Sequence[Decision], action: Action) -> set[str]:
    """Return the channels for which `action` was decided."""
    return {d.channel for d in decisions if d.action is action}


def with_targets(draft: Draft, targets: Mapping[str, str]) -> Draft:
    """Return the draft; set the target of each text to that of its channel in `targets`.

    The keys of `targets` are names of channels. If a channel is not in it, the text keeps
    its target.
    """
    texts = (
        replace(text, target=targets.get(text.channel, text.target))
        for text in draft.texts
    )
    return replace(draft, texts=tuple(texts))


def make_posts(
    draft: Draft,
    event: IncidentEvent,
    channels: set[str],
    made_at: datetime,
    thread: Sequence[Delivery],
) -> list[Post]:
    """Return the posts of a draft for `channels`, each with the text for its channel.

    `thread` has the deliveries of the incident. A correction gets the target of the
    posts that it corrects (see `addressed`).
    """
    posts = (
        Post(
            key=f"{draft.event}/{text.channel}",
            incident=draft.incident,
            event=draft.event,
            channel=text.channel,
            lang=text.lang,
            at=event.at,
            made_at=made_at,
            text=text.body,
            length=text.length,
            picture=_picture_for(text, draft.picture),
            # The earlier post of the thread may have no id yet. The channel's worker
            # sets `reply_to` when it claims the delivery.
            reply_to=None,
            kind=event.kind,
            opening=text.opening,
            target=text.target,
            subject=_subject_of(event),
        )
        for text in draft.texts
        if text.channel in channels
    )
    return [addressed(post, thread) for post in posts]


def _subject_of(event: IncidentEvent) -> PostSubject:
    """Return the places that an event names, and its severity."""
    facts = event.facts
    series = (*facts.parts.affected_series, *facts.parts.back)
    parts = dict.fromkeys(level.entity for level in series)
    return PostSubject((facts.place, *parts), facts.severity)


def _picture_for(text: OutletText, picture: Picture | None) -> Picture | None:
    """Return the picture with its alternative text in the language of `text`."""
    if picture is None or text.alt is None:
        return picture
    return replace(picture, alt=text.alt)


class Classifier:
    """Classifies events from their evidence; classes are never published."""

    def __init__(self, store: Store, isolation: Isolation | None = None) -> None:
        """Create a classifier that reads from `store` and writes to it.

        `isolation` limits a failure to its incident; None: a new one is made.
        """
        self._store = store
        self._isolation = isolation or Isolation(store)

    def classify_all(self) -> tuple[EventClassification, ...]:
        """Classify every event that has no class; return the new classes.

        If an event cannot be classified, the other events are still classified.
        """
        new_classes: list[EventClassification] = []
        for event in self._store.classifications.pending():
            work = partial(self._classify, event, new_classes)
            self._isolation.attempt(event.incident, Work.CLASS, work)
        self._store.classifications.record(new_classes)
        return tuple(new_classes)

    def _classify(
        self, event: IncidentEvent, new_classes: list[EventClassification]
    ) -> None:
        """Append the class of one event to `new_classes`."""
        evidence = self._store.incidents.evidence(event.key)
        others = self._store.classifications.near(event)
        result = classify(event, evidence, others)
        new_classes.append(
            EventClassification(event.incident, event.seq, event.at, result)
        )


def load_background(store: Store, event: IncidentEvent) -> EditorContext:
    """Return what editors see beside the draft of an event.

    This background is never published.
    """
    history = store.classifications.history(event.incident)
    # Only the classification of this event is used; later events may have others.
    own = [c.classification for c in history if c.seq == event.seq]
    return EditorContext(
        classification=own[0] if own else None,
        other_incidents=store.classifications.near(event),
        evidence=store.incidents.evidence(event.key),
    )
