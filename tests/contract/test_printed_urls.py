"""No output prints what may be a secret in a URL of the configuration (P16)."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from bot.channels.registry import CHANNELS
from bot.channels.webhook import WebhookChannel
from bot.clock import StillClock
from bot.config.sections import Config
from bot.errors import ChannelError
from bot.settings import Section
from tests.contract.rigs.rig import AT, make_post
from tests.contract.test_targets import SECTIONS

HIDDEN = "hiddenword"
URLS = (
    f"https://wire:{HIDDEN}@one.example/feed",
    f"https://{HIDDEN}@one.example/feed",
    f"https://one.example/services/{HIDDEN}",
    f"https://one.example/feed?key={HIDDEN}",
    f"http://127.0.0.1:9/{HIDDEN}",
)
# Fields that take any text, and the reason for which it is no secret.
PUBLIC = {
    "content_warning": "readers see it",
    "host": "the name of a server, which is no URL",
    "user": "the name of a login",
    "tags": "people who get the notification see them",
    "unsubscribe": "readers find it in each message",
    "lang": "the check of the whole configuration allows only known languages",
}
# The path of a feed is public; the password and the query of its address are not.
PUBLIC_PATHS = {"topics"}


def text_fields() -> Iterator[tuple[str, str]]:
    for kind, entry in sorted(CHANNELS.items()):
        for name, field in entry.section_class.model_fields.items():
            if "str" in str(field.annotation) and name not in PUBLIC:
                yield kind, name


def printed(kind: str, name: str, url: str) -> str | None:
    """Return all that is printed of a section with `url` in one field.

    None if the section does not take the URL.
    """
    for value in (url, (url,)):
        values: dict[str, Any] = SECTIONS[kind] | {name: value}
        if "allow_local" in CHANNELS[kind].section_class.model_fields:
            values["allow_local"] = True
        try:
            section: Section = CHANNELS[kind].section_class.model_validate(values)
        except ValidationError:
            continue
        config = Config().model_copy(update={"channels": {"wire": section}})
        target = str(getattr(section, "target", ""))
        # The command `check-config` prints the JSON of the whole configuration.
        return "\n".join([config.model_dump_json(), repr(config), target])
    return None


@pytest.mark.parametrize(("kind", "name"), tuple(text_fields()))
def test_no_text_field_prints_a_secret_of_its_url(kind: str, name: str) -> None:
    for url in URLS:
        if name in PUBLIC_PATHS and url.endswith(f"/{HIDDEN}"):
            continue
        assert HIDDEN not in (printed(kind, name, url) or "")


def test_the_fields_with_urls_are_among_those_that_are_tested() -> None:
    """The test above would show nothing if no section took its URLs."""
    accepting = {
        (kind, name)
        for kind, name in text_fields()
        if any(printed(kind, name, url) is not None for url in URLS)
    }
    assert accepting == {("webhook", "url"), ("websub", "url"), ("websub", "topics")}


def test_addresses_are_printed_as_far_as_they_are_public() -> None:
    values = {
        "hook": SECTIONS["webhook"],
        "hub": {
            **SECTIONS["websub"],
            "topics": ("https://u:p@one.example:8443/feed.xml?key=1",),
        },
    }
    sections = {
        name: CHANNELS[kind].section_class.model_validate({"kind": kind} | values[name])
        for name, kind in (("hook", "webhook"), ("hub", "websub"))
    }
    config = Config().model_copy(update={"channels": sections})
    channels = json.loads(config.model_dump_json())["channels"]
    assert channels["hook"]["url"] == "https://hooks.example/***"
    assert channels["hub"]["url"] == "https://hooks.example/***"
    assert channels["hub"]["topics"] == ["https://one.example:8443/feed.xml?***"]


def test_the_path_of_a_webhook_is_in_no_error() -> None:
    """The note of a delivery and the log have the message of the error."""
    url = f"https://one.example/{HIDDEN}"
    config = CHANNELS["webhook"].section_class.model_validate(
        SECTIONS["webhook"] | {"url": url}
    )

    def resolve(host: str, port: int) -> list[str]:
        raise httpx.ConnectError(f"{url}: {host} is unknown, port {port}")

    channel = WebhookChannel("hook", config, StillClock(AT), resolve)  # type: ignore[arg-type]
    with pytest.raises(ChannelError) as caught:
        channel.send(make_post("One"), None)
    assert "is unknown" in str(caught.value)
    assert HIDDEN not in str(caught.value)
