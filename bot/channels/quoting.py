"""What a server said, short and without secrets, fit for an error or a log."""

from collections.abc import Iterable

from pydantic import SecretStr

LONGEST = 200


def quoted(said: str, secrets: Iterable[SecretStr | None]) -> str:
    """`said` on one line, at most 200 characters, every secret blotted out.

    Servers and proxies echo what they were sent: a token may come back in an
    error page, and errors are stored and shown (P16).
    """
    for secret in secrets:
        if secret is not None and secret.get_secret_value():
            said = said.replace(secret.get_secret_value(), "***")
    line = " ".join(said.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
