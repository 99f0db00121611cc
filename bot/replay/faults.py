"""The ways a replay server can misbehave, each seen in the wild."""

from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong while it is set."""

    ERROR = "500"
    """HTTP 500 with a web page, as an uncaught error makes."""
    HTML = "html"
    """HTTP 200 with a web page where JSON is due."""
    EMPTY = "empty"
    """HTTP 200, no error, no data: how IODA's back end fails."""
    NULLS = "nulls"
    """Every value is null."""
    SLOW = "slow"
    """Two seconds of silence, then the true answer."""
    HANG = "hang"
    """The connection is taken and nothing is ever said."""
    TRUNCATED = "truncated"
    """The answer stops in the middle, short of its own Content-Length."""


PAGE = (
    b"<!DOCTYPE html><html><head><title>Oops! An Error Occurred</title></head>"
    b"<body><h1>The server returned an error.</h1></body></html>"
)
"""What stands in the body where a page is served in place of data."""
