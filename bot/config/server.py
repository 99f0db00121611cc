"""The section of the web server: where `outagewire serve` and `run` serve the site."""

from typing import Annotated

from pydantic import Field

from bot.settings import Section, matching

LOOPBACK = "127.0.0.1"


class ServerSection(Section):
    """The host and the port of the web server; `run` serves the site if it is present.

    Attributes:
        host: the address to listen on; by default, only this machine is answered.
        port: the port; 0: any free one.
    """

    host: Annotated[
        str,
        matching(
            r"[A-Za-z0-9.:_-]+",
            "write an address or the name of a host, such as 127.0.0.1, without a port",
        ),
    ] = LOOPBACK
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
