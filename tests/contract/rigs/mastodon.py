"""The rig of the mastodon channel, with the stand-in for Mastodon."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer
from tests.servers.mastodon_standin import TOKEN, MastodonStandIn


def mastodon_rig(folder: Path) -> Iterator[Rig]:
    """Yield the mastodon channel with the stand-in for Mastodon."""
    standin, clock = MastodonStandIn(decodes=False), StillClock(AT)
    server = LocalServer(standin.answer)
    standin.base_url = "https://social.example"
    config = MastodonConfig(
        base_url=server.base_url, token=SecretStr(TOKEN), timeout=timedelta(seconds=2)
    )

    def visible_posts() -> list[VisiblePost]:
        posts = []
        for status in standin.statuses:
            media = [standin.media[id_] for id_ in status.media]
            alt, image = (media[0].alt, media[0].data) if media else (None, None)
            posts.append(VisiblePost(status.text, alt, image, status.reply_to))
        return posts

    channel = MastodonChannel("one", config, clock)
    rig = Rig(channel, config, clock, visible_posts, (TOKEN,))
    rig.post_path, rig.media_path = "/api/v1/statuses", "/api/v2/media"
    rig.read_back_paths = ("/api/v1/accounts/7/statuses",)
    rig.list_entry = lambda sent, text: {"id": sent.id, "text": text, "url": sent.url}
    server.answer = scripted(rig, standin.answer)
    yield rig
    server.stop()
