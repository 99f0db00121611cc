"""The faults that a replay server can imitate; each was seen on a real server."""

from enum import StrEnum


class ServerFault(StrEnum):
    """A fault of the server, for tests of the `ioda` source."""

    ERROR = "500"
    """HTTP 500 with an HTML page, as after an uncaught error."""
    HTML = "html"
    """HTTP 200 with an HTML page instead of JSON."""
    EMPTY = "empty"
    """An answer without error and without data, as when IODA's back end fails."""
    NULLS = "nulls"
    """An answer in which every reading is null."""
    SLOW = "slow"
    """The correct answer is sent after two seconds."""
    HANG = "hang"
    """The request is not answered; the connection is closed after two minutes."""
    TRUNCATED = "truncated"
    """Only half of the answer is sent; Content-Length states the full length."""


ERROR_PAGE = (
    b"<!DOCTYPE html><html><head><title>Oops! An Error Occurred</title></head>"
    b"<body><h1>The server returned an error.</h1></body></html>"
)
"""The body of the faults that send HTML instead of JSON."""
