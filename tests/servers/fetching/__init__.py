"""How the real servers are fetched: from Debian's mirror, from PyPI, by npm."""
