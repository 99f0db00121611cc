"""A rig for each channel; the tests in test_channels.py run with each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.contract.rigs.apprise import apprise_rig
from tests.contract.rigs.bluesky import bluesky_rig
from tests.contract.rigs.file import file_rig
from tests.contract.rigs.mail import mail_rig
from tests.contract.rigs.mastodon import mastodon_rig
from tests.contract.rigs.matrix import matrix_rig
from tests.contract.rigs.ntfy import ntfy_rig
from tests.contract.rigs.readers import readers_rig
from tests.contract.rigs.rig import Rig
from tests.contract.rigs.telegram import telegram_rig
from tests.contract.rigs.webhook import webhook_rig
from tests.contract.rigs.websub import websub_rig
from tests.contract.rigs.x import x_rig

RIGS: dict[str, Callable[[Path], Iterator[Rig]]] = {
    "apprise": apprise_rig,
    "bluesky": bluesky_rig,
    "file": file_rig,
    "mail": mail_rig,
    "mastodon": mastodon_rig,
    "matrix": matrix_rig,
    "ntfy": ntfy_rig,
    "readers": readers_rig,
    "telegram": telegram_rig,
    "webhook": webhook_rig,
    "websub": websub_rig,
    "x": x_rig,
}
# Channels that speak HTTP.
HTTP = ("bluesky", "mastodon", "matrix", "ntfy", "telegram", "webhook", "websub", "x")
# Channels that leave HTTP to a library, which only reports success or failure.
HTTP_BY_LIBRARY = ("apprise",)
# Channels that can be read back to see whether a post was published.
READ_BACK = ("bluesky", "mastodon", "matrix", "ntfy", "x")
# Channels whose posts can be listed.
LISTED = ("bluesky", "file", "mastodon", "matrix", "x")
# Channels that are read back as a JSON list of posts.
READ_AS_LIST = ("mastodon", "matrix", "x")
# Channels on which the text of a published post can be replaced.
EDITABLE = ("mastodon", "matrix", "telegram", "webhook")
# Channels from which a post cannot be removed.
NOT_REMOVABLE = ("apprise", "file", "mail", "ntfy", "readers", "webhook")
# Channels that read only the status of an answer, not its body.
STATUS_ONLY = ("webhook", "websub")
# Channels that upload a picture in a request of its own.
UPLOADS_PICTURES = ("bluesky", "mastodon", "matrix", "x")
# Channels that cannot be read back, but where sending a post twice does no harm.
REPEATABLE = ("apprise", "mail", "webhook", "websub")
# Channels that cannot be read back: a person settles an unknown delivery.
NOT_READABLE = ("telegram",)
# Channels that send picture and text in one request; text alone has another path.
PICTURE_PATH = ("telegram",)
# Channels that send no text.
WITHOUT_TEXT = ("websub",)
