"""What editors do with a draft: approve, edit, reject, hold; each with a reason."""

from collections.abc import Mapping
from dataclasses import replace

from bot.app.deciding import EDITORS, let_out, posts_for
from bot.clock import Clock
from bot.errors import StoreError
from bot.model.draft import Action, Draft, DraftState, Text
from bot.model.post import Post
from bot.ports import Store

_OPEN = frozenset({DraftState.WAITING, DraftState.HELD})


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
        """
        draft = self._open(draft_id)
        event = self._store.incidents.event(draft.event)
        mine = [d for d in self._store.drafts.decisions() if d.event == draft.event]
        channels = let_out(mine, Action.REVIEW) or let_out(mine, Action.HOLD)
        now = self._clock.now()
        posts = posts_for(draft, event, channels - {EDITORS}, now)
        return self._move(draft, DraftState.APPROVED, note, posts)

    def reject(self, draft_id: str, note: str) -> Draft:
        """Never let it out. Raises StoreError as `approve` does."""
        draft = self._open(draft_id)
        return self._move(draft, DraftState.REJECTED, note, [])

    def hold(self, draft_id: str, note: str) -> Draft:
        """Put it aside; it can still be approved. Raises StoreError likewise."""
        draft = self._open(draft_id)
        return self._move(draft, DraftState.HELD, note, [])

    def edit(self, draft_id: str, words: Mapping[str, Text], note: str) -> Draft:
        """Save new words, by channel, as the draft's next version.

        Raises:
            StoreError: no such draft, it is not open, or it has no such channel.
        """
        draft = self._open(draft_id)
        unknown = set(words) - {text.channel for text in draft.texts}
        if unknown:
            raise StoreError(f"draft {draft_id} has no text for {sorted(unknown)}")
        texts = tuple(words.get(text.channel, text) for text in draft.texts)
        edited = replace(draft, texts=texts)
        self._store.drafts.edit(edited, note, self._clock.now())
        return self._store.drafts.get(draft_id)

    def _open(self, draft_id: str) -> Draft:
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
