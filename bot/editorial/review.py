"""Review of drafts: approve, edit, reject or hold, each with a reason (P17)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.editorial.deciding import (
    EDITORS,
    channels_decided_as,
    make_posts,
    with_targets,
)
from bot.editorial.visible_texts import require_visible
from bot.errors import BotError, ClaimsUnbacked, StoreError
from bot.model.draft import (
    SITE,
    Action,
    Decision,
    Draft,
    DraftState,
    Objection,
    ObjectionWeight,
    OutletText,
)
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind
from bot.policy.reasons import DecisionReason
from bot.policy.targets import may_be_same
from bot.ports import ClaimLinter, Store

_OPEN = frozenset({DraftState.WAITING, DraftState.HELD})
_NEVER_THERE = frozenset(
    {DecisionReason.NOT_CARRIED, DecisionReason.NOTHING_TO_CORRECT}
)
"""Decision reasons with which a channel gets no post, even if the draft is approved."""
_ENDS = (*CORRECTION_KINDS, EventKind.RESTORED)
_OVERTAKEN_BY = {EventKind.RESTORED: (*CORRECTION_KINDS, EventKind.REOPENED)}
"""Kinds of events, each with the kinds of later events that make it untrue.

For all kinds that are not listed, the later kinds are `_ENDS`.
"""


class DraftReview:
    """Carries out editors' decisions; an approved draft is posted exactly as shown."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        checker: ClaimLinter,
        targets: Mapping[str, str],
    ) -> None:
        """Review the drafts in `store`.

        Args:
            store: holds drafts and events; receives the posts of approved drafts.
            clock: dates reviews and posts.
            checker: checks the texts against the facts.
            targets: where each channel points now, by its name.
        """
        self._targets = targets
        self._store = store
        self._clock = clock
        self._checker = checker

    def objections(self, draft: Draft) -> dict[str, tuple[Objection, ...]]:
        """Return, by channel, the claims of a draft that the facts do not support."""
        return {text.channel: self._objections(draft, text) for text in draft.texts}

    def _objections(self, draft: Draft, text: OutletText) -> tuple[Objection, ...]:
        """Return the unsupported claims of a text and of its picture's alt text."""
        event = self._store.incidents.event(draft.event)
        causes = self._store.attributions.of_incident(event.incident)
        evidence = self._store.incidents.evidence(event.key)
        picture = draft.picture_description(text, evidence)
        return self._checker.check(event, text, causes, picture)

    def new_targets(self, draft: Draft) -> dict[str, str]:
        """Return the channels that now point elsewhere than when `draft` was made.

        Each channel comes with its present target.
        """
        return {
            text.channel: self._targets[text.channel]
            for text in draft.texts
            if not may_be_same(text.target, self._targets.get(text.channel))
        }

    def approve(
        self,
        draft_id: str,
        reason: str,
        second_person: str = "",
        version: int | None = None,
        redirect: Collection[str] = (),
    ) -> Draft:
        """Approve a draft, and queue its posts.

        Channels for which review was decided get a post. If there are none, and the
        report site does not wait for the review either, the channels for which hold was
        decided get a post; but none that does not carry the event, or has nothing to
        correct. The report site shows the event.

        Args:
            draft_id: the id of the draft.
            reason: the reason.
            second_person: another person who takes responsibility for wording that the
                facts do not support; "" for none.
            version: the version that the person has read; None: the first.
            redirect: the channels that point elsewhere since the draft was made, if the
                person approves the new targets.

        Raises:
            StoreError: there is no such draft, or it is already approved or rejected.
            BotError: there is no reason, the draft has another version, a channel
                points elsewhere and is not in `redirect`, or a later event made the
                draft untrue: a correction, a retraction, or a reopening if the draft is
                about a restoration; a correction, a retraction or a restoration if it is
                about anything else. A correction that the loop has not applied yet
                counts. A draft about a correction or retraction is never untrue in this
                way.
            ClaimsUnbacked: a text that would be posted makes a claim that nobody may
                approve, or one that needs a second person, who is not named.
        """
        draft = self._open(draft_id, reason)
        # Another person may have edited the draft after this person read it.
        if draft.version != (version or 1):
            raise BotError(
                f"{draft_id} has version {draft.version}; read it with `outagewire drafts"
                f" show {draft_id}`, then pass --version {draft.version}"
            )
        event = self._store.incidents.event(draft.event)
        channels = _channels_to_post_on(self._store.drafts.decisions_on(draft.event))
        self._refuse_overtaken(event)
        self._refuse_moved(draft, channels - {*redirect})
        draft = with_targets(draft, self._targets)
        draft = self._checked(draft, channels - {EDITORS}, second_person)
        now = self._clock.now()
        thread = self._store.deliveries.of_incident(event.incident)
        posts = make_posts(draft, event, channels - {EDITORS}, now, thread)
        self._store.drafts.change_state(draft, DraftState.APPROVED, reason, now, posts)
        return replace(draft, state=DraftState.APPROVED, note=reason)

    def _refuse_overtaken(self, event: IncidentEvent) -> None:
        """Raise BotError if a later event makes a post about `event` untrue (P11, P18).

        Readers take the last post of a thread for the present state. A channel that has
        nothing to correct does not get a correction, so a claim that is approved after it
        would stay uncorrected. A correction or retraction is never refused.
        """
        if event.kind in CORRECTION_KINDS:
            return
        # Events are numbered from 1, so this slice begins after the event itself.
        later = self._store.incidents.events(event.incident)[event.seq :]
        pending = self._store.manual_corrections.pending()
        kinds = {step.kind for step in later}
        kinds |= {step.kind for step in pending if step.incident == event.incident}
        for kind in _OVERTAKEN_BY.get(event.kind, _ENDS):
            if kind in kinds:
                raise BotError(
                    f"{event.incident} was {kind} after this event; reject this draft"
                )

    def _refuse_moved(self, draft: Draft, channels: set[str]) -> None:
        """Raise BotError if one of `channels` points elsewhere since the draft was made."""
        moved = self.new_targets(draft)
        for text in draft.texts:
            if text.channel in channels & moved.keys():
                raise BotError(
                    f"{draft.id} was made for {text.target}, and {text.channel} points to"
                    f" {moved[text.channel]} now; correct the configuration, or pass"
                    f" --redirect {text.channel} to send it there"
                )

    def reject(self, draft_id: str, reason: str) -> Draft:
        """Reject a draft: it gets no more posts, and the site hides its event (P12).

        The report site goes on showing the event if a channel published it, and shows a
        retraction if it shows an earlier event of the incident (P11, P15).

        Raises:
            StoreError: there is no such draft, or it is already approved or rejected.
            BotError: there is no reason, or it has hidden characters.
        """
        draft = self._open(draft_id, reason)
        return self._keep_back(
            draft, DraftState.REJECTED, reason, DecisionReason.REJECTED_BY_EDITOR
        )

    def hold(self, draft_id: str, reason: str) -> Draft:
        """Hold a draft; it can still be approved or rejected.

        Until it is approved, the report site hides its event (P12), unless a channel
        published the event. A correction or retraction of what the site shows stays
        shown (P11).

        Raises:
            StoreError: there is no such draft, or it is already approved or rejected.
            BotError: there is no reason.
        """
        draft = self._open(draft_id, reason)
        return self._keep_back(
            draft, DraftState.HELD, reason, DecisionReason.HELD_BY_EDITOR
        )

    def _keep_back(
        self, draft: Draft, state: DraftState, reason: str, why: DecisionReason
    ) -> Draft:
        """Change a draft's state, and store the decision that the site holds its event.

        If a channel published the event, no such decision is stored: a post links to
        the page (P15). On a correction or retraction, the decision has no effect (P11).
        """
        now = self._clock.now()
        decided = self._store.drafts.decisions_on(draft.event)
        is_published = channels_decided_as(decided, Action.PUBLISH) - {SITE}
        off_site = Decision(draft.event, SITE, Action.HOLD, why, now)
        self._store.drafts.change_state(
            draft, state, reason, now, decisions=[] if is_published else [off_site]
        )
        return replace(draft, state=state, note=reason)

    def edit(
        self,
        draft_id: str,
        new_texts: Mapping[str, OutletText],
        reason: str,
        second_person: str = "",
    ) -> Draft:
        """Save new texts as the draft's next version.

        Args:
            draft_id: the id of the draft.
            new_texts: the new texts, by channel; other channels keep their texts.
            reason: the reason.
            second_person: another person who takes responsibility for wording that the
                facts do not support; "" for none. The name is stored with the texts.

        Raises:
            StoreError: there is no such draft, it was already approved or rejected, or
                it has no text for one of these channels.
            BotError: there is no reason, a text is empty, or the post on one of these
                channels is already queued (P11).
            ClaimsUnbacked: a new text makes a claim that nobody may approve, or a claim
                that needs a second person, and none is named.
        """
        draft = self._open(draft_id, reason)
        self._refuse_unusable(draft, new_texts)
        # An editor changes the text alone; the picture keeps its alternative text.
        texts = tuple(
            replace(new_texts.get(text.channel, text), alt=text.alt, target=text.target)
            for text in draft.texts
        )
        edited = replace(draft, texts=texts)
        # Only the new texts are checked: an objection to another text must not block
        # this edit. `approve` checks all texts that are posted.
        edited = self._checked(edited, set(new_texts), second_person)
        self._store.drafts.edit(edited, reason, self._clock.now())
        return self._store.drafts.get(draft_id)

    def _checked(self, draft: Draft, channels: set[str], second_person: str) -> Draft:
        """Check the texts for `channels` with `_checked_text`; return the new draft."""
        texts = [
            self._checked_text(draft, text, second_person)
            if text.channel in channels
            else text
            for text in draft.texts
        ]
        return replace(draft, texts=tuple(texts))

    def _checked_text(
        self, draft: Draft, text: OutletText, second_person: str
    ) -> OutletText:
        """Check a text; return it with the name of a second person, if it needs one.

        Raises:
            ClaimsUnbacked: the text makes a claim that nobody may approve, or a claim
                that needs a second person, and none is named.
        """
        objections = self._objections(draft, text)
        # If the text was edited with a second person, it has that person's name
        # already. The approval then need not name the person again.
        require_visible(second=second_person.strip())
        name = second_person.strip() or text.second
        blocked = any(o.weight is ObjectionWeight.BLOCK for o in objections)
        if objections and (blocked or not name):
            raise unbacked_error(text, objections)
        return replace(text, second=name if objections else "")

    def _refuse_unusable(
        self, draft: Draft, new_texts: Mapping[str, OutletText]
    ) -> None:
        """Refuse unknown channels, empty texts, and texts whose posts are queued."""
        unknown = set(new_texts) - {text.channel for text in draft.texts}
        if unknown:
            names = ", ".join(sorted(unknown))
            raise StoreError(f"draft {draft.id} has no text for {names}")
        if not all(text.body.strip() for text in new_texts.values()):
            raise BotError("a post must not be empty; give it a text")
        for text in new_texts.values():
            require_visible(may_have_lines=True, text=text.body)
        # A queued post holds a copy of its text, so an edit of the draft would not
        # change it.
        queued = {
            delivery.post.channel
            for delivery in self._store.deliveries.of_incident(draft.incident)
            if delivery.post.event == draft.event
        }
        if posted := sorted(queued & set(new_texts)):
            names = ", ".join(posted)
            raise BotError(
                f"{draft.id} already has a post for {names}; correct the incident instead"
            )

    def _open(self, draft_id: str, reason: str) -> Draft:
        """Return a draft that can still be decided on.

        Raises:
            StoreError: there is no such draft, or it is already approved or rejected.
            BotError: there is no reason.
        """
        if not reason.strip():
            raise BotError("--reason is required; it is kept with the draft")
        require_visible(reason=reason)
        draft = self._store.drafts.get(draft_id)
        if draft.state not in _OPEN:
            raise StoreError(
                f"draft {draft_id} was already {draft.state}: {draft.note}"
            )
        return draft


def _channels_to_post_on(decisions: Sequence[Decision]) -> set[str]:
    """Return the channels on which an approved draft is posted.

    `decisions` are those on its event. The report site is decided on like a channel, but
    gets no post.
    """
    possible = [d for d in decisions if d.reason not in _NEVER_THERE]
    in_review = channels_decided_as(possible, Action.REVIEW)
    held = channels_decided_as(possible, Action.HOLD)
    # If only the site waits for the review, the channels stay as they were decided.
    return (in_review or held) - {SITE}


def unbacked_error(text: OutletText, objections: Sequence[Objection]) -> ClaimsUnbacked:
    """Return the error that lists the unsupported claims of a text, with positions."""
    claims = "; ".join(f'"{o.words}" ({o.kind}): {o.facts}' for o in objections)
    message = f"the facts do not support the text for {text.channel}. {claims}"
    if all(o.weight is ObjectionWeight.SECOND for o in objections):
        message += (
            " Reword it, or use --second NAME to name a second person who takes"
            " responsibility for it."
        )
    spans = tuple((o.start, o.end) for o in objections)
    return ClaimsUnbacked(message, text.body, spans)
