"""The time from a decision to the accepted post, on real servers on this machine."""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.clock import SystemClock
from bot.config.sections import Config
from bot.editorial.deciding import Decider
from bot.model.draft import Action, Outlet, Picture
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.places import load_register
from bot.policy.publication_rules import Policy, PolicyRule
from bot.ports import Channel, Store
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.store.sql_store import open_store
from bot.text.translations import environment, templates_root
from tests.contract.stored import change, record
from tests.servers.pds import find_node, start_pds
from tests.servers.snac import find_snac, start_snac

ROUNDS = 15
_PUBLISH_ALL = Policy((PolicyRule("all", Action.PUBLISH),), stale_after=None)


class TextOnlyRenderer(TemplateRenderer):
    """A renderer that writes texts and draws no picture."""

    def _picture(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Picture | None, bytes | None, dict[str, str], str]:
        return None, None, {}, ""


def run() -> list[tuple[str, str]]:
    """Return rows of what was measured, and the result, or that the server is missing."""
    rows: list[tuple[str, str]] = []
    for name, start_server in (("snac", _snac), ("Bluesky PDS", _pds)):
        with TemporaryDirectory() as folder, ExitStack() as stack:
            channel = stack.enter_context(start_server(Path(folder)))
            if channel is None:
                rows.append(
                    (
                        f"decision to post on {name}",
                        "not measured: the server is missing",
                    )
                )
                continue
            for kind, renderer in (
                ("chart", TemplateRenderer),
                ("words", TextOnlyRenderer),
            ):
                seconds = _posting_times(Path(folder), channel, renderer)
                what = "with its chart" if kind == "chart" else "words alone"
                measured = f"{statistics.median(seconds) * 1000:.0f} ms (slowest {max(seconds) * 1000:.0f})"
                rows.append(
                    (f"decision to accepted post on {name}, {what}, warm", measured)
                )
    return rows


def _posting_times(
    folder: Path, channel: Channel, renderer_class: type[TemplateRenderer]
) -> list[float]:
    """Return the seconds from each stored event, except the first two, to its sent post."""
    register, templates = load_register(), environment(templates_root(), all_brands())
    renderer = renderer_class(register, folder, Config().site.base_url, "", templates)
    clock, store = SystemClock(), open_store(folder / f"{renderer_class.__name__}.db")
    channels = {channel.name: channel}
    decider = Decider(store, renderer, channels, _PUBLISH_ALL, clock)
    publisher = Publisher(store, channels, clock, PostTiming(RetryDelays(), None))
    # Each renderer has its own incident, because all posts go to the same server.
    incident = f"KZ-{renderer_class.__name__}"
    seconds = [
        _post_once(store, decider, publisher, incident, seq)
        for seq in range(1, ROUNDS + 3)
    ]
    publisher.close()
    store.close()
    return seconds[2:]


def _post_once(
    store: Store, decider: Decider, publisher: Publisher, incident: str, seq: int
) -> float:
    record(store, change(seq, incident))
    start = time.perf_counter()
    decider.decide_all()
    (sent,) = publisher.publish_due()
    seconds = time.perf_counter() - start
    assert sent.post.event.endswith(f".{seq}")
    return seconds


@contextmanager
def _snac(folder: Path) -> Iterator[Channel | None]:
    binary = find_snac()
    if binary is None:
        yield None
        return
    snac = start_snac(binary, folder / "snac")
    config = MastodonConfig(base_url=snac.base_url, token=SecretStr(snac.token))
    yield MastodonChannel("one", config, SystemClock())
    snac.stop()


@contextmanager
def _pds(folder: Path) -> Iterator[Channel | None]:
    node = find_node()
    if node is None:
        yield None
        return
    pds = start_pds(node, folder / "pds")
    account = pds.account("bench")
    config = BlueskyConfig(
        base_url=pds.base_url,
        handle=account.handle,
        app_password=SecretStr(account.app_password),
    )
    yield BlueskyChannel("one", config, SystemClock())
    pds.stop()
