"""Names what could not be rendered in the error of a failure."""

from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateError

from bot.errors import RenderingError, reason_of

# These errors become RenderingErrors: one bad page must not stop the others.
_FAILURES = (
    OSError,
    TemplateError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    TypeError,
)


@contextmanager
def named_failures(subject: str) -> Iterator[None]:
    """Turn a failure in a `with` block into a RenderingError that names `subject`."""
    try:
        yield
    except (RenderingError, *_FAILURES) as error:
        raise RenderingError(
            f"{subject} could not be written: {reason_of(error)}"
        ) from error
