"""Mastodon.py: a client that is not ours, to see what others see."""

import mastodon
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.servers.snac import Snac


def reader_of(snac: Snac) -> mastodon.Mastodon:
    """Logged in as the server's account; asks again where snac resets a connection."""
    session = requests.Session()
    session.headers["Connection"] = "close"
    session.mount("http://", HTTPAdapter(max_retries=Retry(5, backoff_factor=0.1)))
    return mastodon.Mastodon(
        access_token=snac.token,
        api_base_url=snac.base_url,
        session=session,
        request_timeout=10,
        version_check_mode="none",
    )
