"""Third-party clients, Mastodon.py and atproto, with which tests read what was posted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import atproto
import mastodon
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.servers.pds import Pds
from tests.servers.snac import Snac


def reader_of(snac: Snac) -> mastodon.Mastodon:
    """Return a client for snac's account that tries again if snac resets a connection."""
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


@contextmanager
def reading_client(pds: Pds) -> Iterator[atproto.Client]:
    """Yield a client of the PDS that is not logged in."""
    client = atproto.Client(pds.base_url)
    try:
        yield client
    finally:
        client.request.close()


def posts_of(pds: Pds, did: str) -> dict[str, Any]:
    """Return all posts of an account, oldest first; each key is "URI CID"."""
    posts: dict[str, Any] = {}
    query = {"repo": did, "collection": "app.bsky.feed.post", "reverse": True}
    with reading_client(pds) as client:
        cursor = None
        while True:
            page = client.com.atproto.repo.list_records({**query, "cursor": cursor})
            posts |= {
                f"{record.uri} {record.cid}": record.value for record in page.records
            }
            cursor = page.cursor
            if not cursor:
                return posts
