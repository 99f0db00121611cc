"""A sign of life for a watcher outside: when it stays away, they raise the alarm."""

from datetime import timedelta

import httpx
import structlog
from pydantic import SecretStr

_TIMEOUT = timedelta(seconds=10)


class HttpHeartbeat:
    """Asks one address after each good round, as dead-man's switches want it."""

    def __init__(self, address: SecretStr) -> None:
        """Nothing is asked yet; the address is a secret: who has it can lull us."""
        self._address = address
        self._log = structlog.get_logger("heartbeat")

    def beat(self) -> None:
        """We are alive. Never raises: a watcher that is away must not stop us."""
        try:
            seconds = _TIMEOUT.total_seconds()
            address = self._address.get_secret_value()
            status = httpx.get(address, timeout=seconds).status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._log.warning("heartbeat failed", why=type(error).__name__)
        else:
            if status >= 400:
                self._log.warning("heartbeat failed", why=status)
