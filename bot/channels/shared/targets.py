"""Parts of a channel's target: the text that names where its posts go.

A target is stored with approvals and posts, and shown in alerts and on the command line,
so it holds no secret. Where only a secret names the account or the address, a digest of
it stands in the target.
"""

import hashlib
from urllib.parse import urlsplit

_SALT = b"outagewire target"
_ROUNDS = 50_000
"""A digest is shown, so guessing the text from it must be slow."""
_DIGITS = 12


def server_of(url: str) -> str:
    """Return scheme, host and port of a URL: no name, password, path or query.

    `https://Social.Example/` and `https://social.example` give the same text.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port is not None else ""
    return f"{parts.scheme}://{host}{port}"


def digest_of(*values: str) -> str:
    """Return 12 hexadecimal digits that stand for texts which must not be shown."""
    text = "\n".join(values).encode()
    digest = hashlib.pbkdf2_hmac("sha256", text, _SALT, _ROUNDS)
    return digest.hex()[:_DIGITS]
