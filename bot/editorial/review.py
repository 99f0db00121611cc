"""What editors do with a draft: approve, edit, reject, hold; each with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.editorial.deciding import EDITORS, channels_with, posts_for
from bot.errors import BotError, ClaimsUnbacked, StoreError
from bot.model.delivery import Post
from bot.model.draft import SITE, Action, Draft, DraftState, Text
from bot.model.incident import EventKind, IncidentEvent
from bot.model.objection import Objection, Weight
from bot.policy.channel_rules import CORRECTIONS, NOT_CARRIED, NOTHING_TO_CORRECT
from bot.ports import Checker, Store

_OPEN = frozenset({DraftState.WAITING, DraftState.HELD})
_NOT_THERE = frozenset({NOT_CARRIED, NOTHING_TO_CORRECT})
"""Held for reasons that no approval changes."""


class DraftReview:
    """Moves drafts on; an approved draft goes out exactly as it was seen."""

    def __init__(self, store: Store, clock: Clock, checker: Checker) -> None:
        """Keep what is needed; `checker` holds words against the facts."""
        self._store = store
        self._clock = clock
        self._checker = checker

    def objections(self, draft: Draft) -> dict[str, tuple[Objection, ...]]:
        """What nothing backs in the words of each channel."""
        return {text.channel: self._objections(draft, text) for text in draft.texts}

    def _objections(self, draft: Draft, text: Text) -> tuple[Objection, ...]:
        """What nothing backs in a text, and in the words of the picture beside it."""
        event = self._store.incidents.event(draft.event)
        causes = self._store.attributions.of_incident(event.incident)
        evidence = self._store.incidents.evidence(event.key)
        picture = draft.described(text, evidence)
        return self._checker.check(event, text, causes, picture)

    def approve(self, draft_id: str, note: str, second: str = "") -> Draft:
        """Let a draft out on the channels that were waiting for it.

        `second` names another person who answers for what the facts do not back.

        Raises:
            StoreError: no such draft, or it is not waiting any more.
            BotError: no reason was given (P17).
            ClaimsUnbacked: its words claim what nothing backs.
        """
        draft = self._open(draft_id, note)
        event = self._store.incidents.event(draft.event)
        mine = [
            d
            for d in self._store.drafts.decisions_on(draft.event)
            if d.channel != SITE and d.reason not in _NOT_THERE
        ]
        channels = channels_with(mine, Action.REVIEW) or channels_with(
            mine, Action.HOLD
        )
        self._refuse_overtaken(event)
        draft = self._vouched(draft, channels - {EDITORS}, second)
        now = self._clock.now()
        posts = posts_for(draft, event, channels - {EDITORS}, now)
        return self._move(draft, DraftState.APPROVED, note, posts)

    def _refuse_overtaken(self, event: IncidentEvent) -> None:
        """A claim is not let out once its incident was retracted (P11)."""
        if event.kind in CORRECTIONS:
            return
        later = self._store.incidents.events(event.incident)[event.seq :]
        if any(one.kind is EventKind.RETRACTED for one in later):
            raise BotError(f"{event.incident} was retracted since: reject this draft")

    def reject(self, draft_id: str, note: str) -> Draft:
        """Never let it out. Raises as `approve` does."""
        draft = self._open(draft_id, note)
        return self._move(draft, DraftState.REJECTED, note, [])

    def hold(self, draft_id: str, note: str) -> Draft:
        """Put it aside; it can still be approved. Raises likewise."""
        draft = self._open(draft_id, note)
        return self._move(draft, DraftState.HELD, note, [])

    def edit(
        self, draft_id: str, words: Mapping[str, Text], note: str, second: str = ""
    ) -> Draft:
        """Save new words, by channel, as the draft's next version.

        `second` names another person who answers for what the facts do not back; it
        is kept with the words.

        Raises:
            StoreError: no such draft, it is not open, or it has no such channel.
            BotError: no reason or no words, or the channel has its post (P11).
            ClaimsUnbacked: the new words claim what nothing backs.
        """
        draft = self._open(draft_id, note)
        self._check(draft, words)
        # The picture is described as before.
        texts = tuple(
            replace(words.get(text.channel, text), alt=text.alt) for text in draft.texts
        )
        edited = replace(draft, texts=texts)
        edited = self._vouched(edited, set(words), second)
        self._store.drafts.edit(edited, note, self._clock.now())
        return self._store.drafts.get(draft_id)

    def _vouched(self, draft: Draft, channels: set[str], second: str) -> Draft:
        """The draft with who answers for its words, or an error that marks them."""
        texts = [
            self._answered_for(draft, text, second)
            if text.channel in channels
            else text
            for text in draft.texts
        ]
        return replace(draft, texts=tuple(texts))

    def _answered_for(self, draft: Draft, text: Text, second: str) -> Text:
        objections = self._objections(draft, text)
        name = second.strip() or text.second
        blocked = any(one.weight is Weight.BLOCK for one in objections)
        if objections and (blocked or not name):
            raise unbacked(text, objections)
        return replace(text, second=name if objections else "")

    def _check(self, draft: Draft, words: Mapping[str, Text]) -> None:
        """Refuse words for nowhere, no words, and words that are out already."""
        unknown = set(words) - {text.channel for text in draft.texts}
        if unknown:
            told = ", ".join(sorted(unknown))
            raise StoreError(f"draft {draft.id} has no text for {told}")
        if not all(text.body.strip() for text in words.values()):
            raise BotError("a post needs words")
        out = {
            delivery.post.channel
            for delivery in self._store.deliveries.of_incident(draft.incident)
            if delivery.post.event == draft.event
        }
        if said := sorted(out & set(words)):
            raise BotError(f"{draft.id} went to {', '.join(said)} already: correct it")

    def _open(self, draft_id: str, note: str) -> Draft:
        if not note.strip():
            raise BotError("say why, with --reason: it is kept with the draft")
        draft = self._store.drafts.get(draft_id)
        if draft.state not in _OPEN:
            told = f"draft {draft_id} was {draft.state} already: {draft.note}"
            raise StoreError(told)
        return draft

    def _move(
        self, draft: Draft, state: DraftState, note: str, posts: list[Post]
    ) -> Draft:
        self._store.drafts.move(draft, state, note, self._clock.now(), posts)
        return replace(draft, state=state, note=note)


def unbacked(text: Text, objections: Sequence[Objection]) -> ClaimsUnbacked:
    """The error that says what of a text is not borne out, and marks it."""
    told = "; ".join(f'"{one.words}" ({one.kind}): {one.facts}' for one in objections)
    message = f"the words for {text.channel} are not borne out. {told}"
    if all(one.weight is Weight.SECOND for one in objections):
        message += " Another person can answer for them: --second NAME."
    spans = tuple((one.start, one.end) for one in objections)
    return ClaimsUnbacked(message, text.body, spans)
