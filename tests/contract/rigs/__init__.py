"""A rig for each channel: the kit in test_channels.py runs over all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.contract.rigs.apprise import apprise_rig
from tests.contract.rigs.bluesky import bluesky_rig
from tests.contract.rigs.file import file_rig
from tests.contract.rigs.mail import mail_rig
from tests.contract.rigs.mastodon import mastodon_rig
from tests.contract.rigs.matrix import matrix_rig
from tests.contract.rigs.ntfy import ntfy_rig
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
    "telegram": telegram_rig,
    "webhook": webhook_rig,
    "websub": websub_rig,
    "x": x_rig,
}
# Those that speak HTTP.
HTTP = ("bluesky", "mastodon", "matrix", "ntfy", "telegram", "webhook", "websub", "x")
# Those that leave HTTP to a library, which only says whether it worked.
HTTP_BY_OTHERS = ("apprise",)
# Those that can tell whether a post is out.
READ_BACK = ("bluesky", "mastodon", "matrix", "ntfy", "x")
# Those that are read back as a list of posts; the others ask for the one by its key.
LISTED = ("mastodon", "matrix", "x")
# Those whose posts can be given other words.
EDITED = ("mastodon", "matrix", "telegram", "webhook")
# Those whose posts stay: they cannot be removed again.
KEPT = ("apprise", "file", "mail", "ntfy", "webhook")
# Those whose answer says nothing that its status does not say.
UNREAD = ("webhook", "websub")
# Those that take a picture in a request of its own.
PICTURED = ("bluesky", "mastodon", "matrix", "x")
# Those that cannot be read back, but do no harm with the same again.
HARMLESS_TWICE = ("apprise", "mail", "webhook", "websub")
# Those that can be asked nothing: a person settles what may be out.
BLIND = ("telegram",)
# Those that take a picture in one request with the words.
ILLUSTRATED = ("telegram",)
# Those that carry no words.
WORDLESS = ("websub",)
