"""Parts of a channel's target: the text that names where its posts go.

A target is stored with approvals and posts, and shown in alerts and on the command line,
so it holds no secret. Where only a secret names the account or the address, a digest of
it stands in the target.
"""

import hashlib

_SALT = b"outagewire target"
_ROUNDS = 50_000
"""The rounds of PBKDF2. The digest is shown, so guessing its text must be slow."""
_DIGITS = 12


def digest_of(*values: str) -> str:
    """Return 12 hexadecimal digits that stand for texts which must not be shown."""
    text = "\n".join(values).encode()
    digest = hashlib.pbkdf2_hmac("sha256", text, _SALT, _ROUNDS)
    return digest.hex()[:_DIGITS]
