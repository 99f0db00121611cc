"""Records corrections and retractions by a person; the running loop applies them."""

from bot.claims.links import cited_links, foreign_links
from bot.claims.symbols import emoji_and_mentions
from bot.clock import Clock
from bot.editorial.visible_texts import require_visible
from bot.errors import BotError
from bot.model.incident import EventKind, ManualCorrection, State
from bot.ports import Store

MAX_STATEMENT_LENGTH = 140
"""The longest statement, in characters.

A post that contains a statement of this length fits any channel.
"""


class ManualCorrections:
    """Accepts a person's correction or retraction of an incident."""

    def __init__(self, store: Store, clock: Clock, site_url: str) -> None:
        """Write to `store`, with times from `clock`.

        Args:
            store: holds the incidents; receives the corrections.
            clock: dates the corrections.
            site_url: the public address of the report site, to which statements may link.
        """
        self._store = store
        self._clock = clock
        self._site = site_url

    def record(
        self, incident_id: str, kind: EventKind, statement: str, person: str
    ) -> None:
        """Record a correction or retraction; the loop applies it in its next tick.

        Raises:
            BotError: the name or the statement is missing or has hidden characters; the
                statement is too long, has an emoji or a mention of an account, or has a
                link that leads neither to the report site nor to a cited source; or the
                incident was already retracted.
            StoreError: there is no such incident.
        """
        text = " ".join(statement.split())
        if not person.strip() or not text:
            raise BotError("--by and --statement are required")
        require_visible(by=person, statement=text)
        if len(text) > MAX_STATEMENT_LENGTH:
            raise BotError(
                f"--statement has {len(text)} characters; shorten it to {MAX_STATEMENT_LENGTH}"
            )
        self._refuse_retracted(incident_id)
        self._refuse_links(incident_id, text)
        _refuse_symbols(text)
        now = self._clock.now()
        self._store.manual_corrections.append(
            ManualCorrection(incident_id, kind, text, person.strip(), now)
        )

    def _refuse_retracted(self, incident_id: str) -> None:
        if self._store.incidents.get(incident_id).state is State.RETRACTED:
            raise BotError(
                f"{incident_id} was already retracted; there is nothing left to correct"
            )

    def _refuse_links(self, incident_id: str, statement: str) -> None:
        """Raise BotError if a link leads neither to the report site nor to a source."""
        # Statements are published as written. The claim linter does not check them, so
        # their links are checked here.
        facts = self._store.incidents.events(incident_id)[-1].facts
        causes = self._store.attributions.of_incident(incident_id)
        links = foreign_links(statement, self._site, cited_links(facts, causes))
        if links:
            raise BotError(
                f"--statement links to {', '.join(links)}; it may link only to the"
                " report site and to sources on file"
            )


def _refuse_symbols(statement: str) -> None:
    """Raise BotError if a statement has emoji, or mentions accounts.

    The claim linter lets a second person approve them, but a statement has no second
    person.
    """
    symbols = emoji_and_mentions(statement)
    if symbols:
        raise BotError(
            f"--statement has emoji or mentions accounts: {', '.join(symbols)}; say it"
            " in words"
        )
