"""The rig of the channel of readers, with a real SMTP server and one reader."""

import html
from collections.abc import Iterator
from pathlib import Path

from pydantic import SecretStr

from bot.channels.readers import ReadersChannel
from tests.contract.rigs.rig import Rig, VisiblePost
from tests.servers.smtp import PASSWORD, USER, Mailbox
from tests.subscriptions import Subscriptions, mail_config

_FOOTER = "You get this message because"


def readers_rig(folder: Path) -> Iterator[Rig]:
    """Yield the channel with one reader; posts are visible without their last lines."""
    mailbox, subscriptions = Mailbox(login=True).start(), Subscriptions(folder)
    subscriptions.subscribe()
    config = mail_config(mailbox.port, user=USER, password=SecretStr(PASSWORD))

    def visible_posts() -> list[VisiblePost]:
        posts = []
        for message in mailbox.emails:
            plain = message.get_body(("plain",))
            related = message.get_body(("related",))
            assert plain is not None
            body = plain.get_content().replace("\r\n", "\n")
            body = body.partition(_FOOTER)[0].strip()
            alt = image = None
            if related is not None and related.is_multipart():
                page, picture = related.iter_parts()
                alt = html.unescape(page.get_content().split('alt="')[1].split('"')[0])
                image = picture.get_content()
            text = f"{message['Subject']}\n{body}" if body else str(message["Subject"])
            message_id = str(message["Message-ID"])
            posts.append(VisiblePost(text, alt, image, None, message_id))
        return posts

    clock = subscriptions.clock

    def channel() -> ReadersChannel:
        return ReadersChannel("one", config, clock, subscriptions.mailing())

    yield Rig(
        channel(),
        config,
        clock,
        visible_posts,
        (PASSWORD,),
        removable=False,
        threads=False,
        rebuild=channel,
    )
    mailbox.stop()
