"""The check of the channels at the start of `run`, before a post needs them."""

import threading
from collections.abc import Callable, Iterable

from bot.errors import ChannelError
from bot.ports import Channel, CheckedChannel


def report_unusable(
    channels: Iterable[Channel], report: Callable[[str], None]
) -> tuple[threading.Thread, ...]:
    """Check the channels that can be checked, and report each that cannot be used.

    Each is checked in a thread of its own, which ends with the process: a server that
    is down does not hold up the start.

    Args:
        channels: the channels.
        report: is called in the thread, with a sentence that begins with the name of
            the channel.

    Returns:
        The threads.
    """
    threads = tuple(
        threading.Thread(target=_check, args=(channel, report), daemon=True)
        for channel in channels
        if isinstance(channel, CheckedChannel)
    )
    for thread in threads:
        thread.start()
    return threads


def _check(channel: CheckedChannel, report: Callable[[str], None]) -> None:
    try:
        channel.check_usable()
    except ChannelError as error:
        report(f"{error}.")
