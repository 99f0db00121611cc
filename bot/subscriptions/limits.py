"""How many requests to subscribe are accepted: for each network of clients, and in all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.subscriptions.addresses import client_network
from bot.subscriptions.database import SubscriptionFile, instant_text
from bot.subscriptions.tokens import SubscriptionKeys

_PERIOD = timedelta(hours=1)
_TOTAL = "all"
DEFAULT_PER_NETWORK = 10
DEFAULT_TOTAL = 300


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """The most requests within an hour.

    Attributes:
        per_network: from one network of clients, an IPv4 /24 or an IPv6 /48.
        total: from all clients together.
    """

    per_network: int = DEFAULT_PER_NETWORK
    total: int = DEFAULT_TOTAL


class RequestCounter:
    """Counts requests in the file of the subscriptions, so that a restart forgets none.

    Networks of clients are stored as keyed hashes, for an hour.
    """

    def __init__(
        self, file: SubscriptionFile, keys: SubscriptionKeys, limits: RequestLimits
    ) -> None:
        """Use a file that was created already."""
        self._file = file
        self._keys = keys
        self._limits = limits

    def accept(self, client: str, now: datetime) -> bool:
        """Count a request and return True, or return False if there were too many.

        Args:
            client: the IP address of the client.
            now: the present time, aware.
        """
        who = self._keys.client_hash(client_network(client))
        limits = {who: self._limits.per_network, _TOTAL: self._limits.total}
        with self._file.transaction() as connection:
            connection.execute(
                "DELETE FROM requests WHERE at <= ?", (instant_text(now - _PERIOD),)
            )
            counts = {
                key: connection.execute(
                    "SELECT count(*) FROM requests WHERE who = ?", (key,)
                ).fetchone()[0]
                for key in limits
            }
            accepted = all(counts[key] < limit for key, limit in limits.items())
            if accepted:
                rows = [(key, instant_text(now)) for key in limits]
                connection.executemany("INSERT INTO requests VALUES (?, ?)", rows)
        return accepted
