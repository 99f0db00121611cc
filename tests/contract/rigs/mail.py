"""The rig of the mail channel, with a real SMTP server."""

import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.channels.mail import MailChannel, MailConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost
from tests.servers.smtp import PASSWORD, USER, Mailbox


def mail_rig(folder: Path) -> Iterator[Rig]:
    """Yield the mail channel with a real SMTP server."""
    mailbox, clock = Mailbox(login=True).start(), StillClock(AT)
    config = MailConfig(
        host="127.0.0.1",
        port=mailbox.port,
        security="none",
        user=USER,
        password=SecretStr(PASSWORD),
        sender="wire@outages.example",
        to=("desk@news.example",),
        timeout=timedelta(seconds=5),
    )

    def visible_posts() -> list[VisiblePost]:
        posts = []
        for message in mailbox.emails:
            plain = message.get_body(("plain",))
            related = message.get_body(("related",))
            assert plain is not None
            body = plain.get_content().replace("\r\n", "\n").strip()
            alt = image = None
            if related is not None and related.is_multipart():
                page, picture = related.iter_parts()
                alt = html.unescape(page.get_content().split('alt="')[1].split('"')[0])
                image = picture.get_content()
            text = f"{message['Subject']}\n{body}" if body else str(message["Subject"])
            message_id = str(message["Message-ID"])
            posts.append(
                VisiblePost(text, alt, image, message["In-Reply-To"], message_id)
            )
        return posts

    yield Rig(
        MailChannel("one", config, clock),
        config,
        clock,
        visible_posts,
        (PASSWORD,),
        removable=False,
    )
    mailbox.stop()
