"""The rig of the telegram channel, with the stand-in; its pictures are not decoded."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.channels.telegram import TelegramChannel, TelegramConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer
from tests.servers.telegram_standin import TOKEN, TelegramStandIn


def telegram_rig(folder: Path) -> Iterator[Rig]:
    """Yield the telegram channel with the stand-in for Telegram."""
    clock = StillClock(AT)
    standin = TelegramStandIn(
        measure=lambda _: (4, 3), now=lambda: clock.now().timestamp()
    ).start()
    server = LocalServer(standin.answer)
    config = TelegramConfig(
        base_url=server.base_url,
        token=SecretStr(TOKEN),
        chat="@outages",
        timeout=timedelta(seconds=2),
    )

    def visible_posts() -> list[VisiblePost]:
        ids = {m.id: receipt(m.chat["id"], m.id, m.photo) for m in standin.messages}
        return [
            VisiblePost(
                m.text, None, m.photo, ids.get(m.reply_to) if m.reply_to else None
            )
            for m in standin.messages
        ]

    secrets = (TOKEN, TOKEN.partition(":")[2])
    channel = TelegramChannel("one", config, clock)
    rig = Rig(channel, config, clock, visible_posts, secrets, sends_alt_text=False)
    rig.post_path = f"/bot{TOKEN}/sendMessage"
    rig.media_path = f"/bot{TOKEN}/sendPhoto"
    server.answer = scripted(rig, standin.answer)
    yield rig
    server.stop()
    standin.stop()


def receipt(chat: int, number: int, photo: bytes | None) -> str:
    """Return the id in the receipt that the channel gives for a message."""
    return f"{chat}/{number}" + ("/photo" if photo else "")
