"""The section of the configuration for readers who subscribe themselves."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from bot.settings import FilePath, Secret, Section
from bot.subscriptions.limits import (
    DEFAULT_PER_NETWORK,
    DEFAULT_TOTAL,
    RequestLimits,
)
from bot.subscriptions.tokens import SubscriptionKeys

DEFAULT_PATH = "var/readers.db"
"""The default path of the file, beside the configuration."""


def _check_key(key: SecretStr) -> SecretStr:
    SubscriptionKeys(key.get_secret_value())
    return key


class SubscriptionsSection(Section):
    """The key that signs links, the file of the readers, and the limits of the form.

    Attributes:
        key: a secret of at least 32 characters. With another key, no link in an old message
            works, and addresses that must not be written to again are not recognised.
        path: the file with the readers' addresses; only its owner may read it.
        requests_per_network: how many requests one network of clients may make in an hour.
        requests: how many requests are accepted in an hour in all.
    """

    key: Annotated[Secret, AfterValidator(_check_key)]
    path: Annotated[FilePath, Field(validate_default=True)] = Path(DEFAULT_PATH)
    requests_per_network: Annotated[int, Field(ge=1)] = DEFAULT_PER_NETWORK
    requests: Annotated[int, Field(ge=1)] = DEFAULT_TOTAL

    def limits(self) -> RequestLimits:
        """Return the limits as the record that the form uses."""
        return RequestLimits(self.requests_per_network, self.requests)
