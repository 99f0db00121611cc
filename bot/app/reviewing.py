"""What editors do with a draft: approve, edit, reject, hold; each with a reason."""

from collections.abc import Mapping
from dataclasses import replace

from bot.app.deciding import EDITORS, let_out, posts_for
from bot.clock import Clock
from bot.errors import BotError, StoreError
from bot.incidents.desk import CORRECTIONS, NOT_CARRIED, NOTHING_TO_CORRECT
from bot.model.draft import Action, Draft, DraftState, Text
from bot.model.incident import EventKind, IncidentEvent
from bot.model.post import Post
from bot.ports import Store

_OPEN = frozenset({DraftState.WAITING, DraftState.HELD})
_NOT_THERE = frozenset({NOT_CARRIED, NOTHING_TO_CORRECT})
"""Held for reasons that no approval changes."""


class Review:
    """Moves drafts on; an approved draft goes out exactly as it was seen."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what is needed."""
        self._store = store
        self._clock = clock

    def approve(self, draft_id: str, note: str) -> Draft:
        """Let a draft out on the channels that were waiting for it.

        Raises:
            StoreError: no such draft, or it is not waiting any more.
            BotError: no reason was given (P17).
        """
        draft = self._open(draft_id, note)
        event = self._store.incidents.event(draft.event)
        mine = [
            d
            for d in self._store.drafts.decisions()
            if d.event == draft.event and d.reason not in _NOT_THERE
        ]
        channels = let_out(mine, Action.REVIEW) or let_out(mine, Action.HOLD)
        self._refuse_overtaken(event)
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

    def edit(self, draft_id: str, words: Mapping[str, Text], note: str) -> Draft:
        """Save new words, by channel, as the draft's next version.

        Raises:
            StoreError: no such draft, it is not open, or it has no such channel.
            BotError: no reason or no words, or the channel has its post (P11).
        """
        draft = self._open(draft_id, note)
        self._check(draft, words)
        # The picture is described as before.
        texts = tuple(
            replace(words.get(text.channel, text), alt=text.alt) for text in draft.texts
        )
        edited = replace(draft, texts=texts)
        self._store.drafts.edit(edited, note, self._clock.now())
        return self._store.drafts.get(draft_id)

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
