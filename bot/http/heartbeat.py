"""The heartbeat to an external watchdog, which alerts people when heartbeats stop."""

from datetime import timedelta

import httpx
import structlog
from pydantic import SecretStr

from bot.http.client import make_client
from bot.http.limited_client import AnswerLimits

_TIMEOUT = timedelta(seconds=10)
_MAX_BYTES = 2**16
"""The largest answer that is read, in bytes. The answer itself is not used."""


class HttpHeartbeat:
    """Requests one URL for each heartbeat (a dead man's switch, P19)."""

    def __init__(self, address: SecretStr) -> None:
        """Create the client. Whoever has the secret `address` can fake heartbeats."""
        self._address = address
        limits = AnswerLimits(_TIMEOUT, _TIMEOUT, _MAX_BYTES)
        self._client = make_client(limits, keep_connections=False)
        self._log = structlog.get_logger("heartbeat")

    def beat(self) -> str | None:
        """Send one heartbeat; return why it failed, or None. A failure is also logged.

        A redirect counts as a failure, because the client does not follow it.
        """
        try:
            status = self._client.get(self._address.get_secret_value()).status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return self._failed(type(error).__name__)
        return None if 200 <= status < 300 else self._failed(f"HTTP status {status}")

    def _failed(self, why: str) -> str:
        self._log.warning("heartbeat failed", why=why)
        return why
