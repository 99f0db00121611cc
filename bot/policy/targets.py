"""Which posts belong to the present target of their channel: it may have been changed.

The target is where a channel's posts go, such as an account on a server or a room. A post
is approved only for the target that was configured when it was approved (P11, P16).
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.model.delivery import Delivery, DeliveryState, Post
from bot.model.incident import CORRECTION_KINDS

_NEVER_SENT = frozenset(
    {DeliveryState.REFUSED, DeliveryState.DROPPED, DeliveryState.WAITING}
)


def may_be_same(target: str | None, other: str | None) -> bool:
    """Return whether two targets are the same, or one of them is unknown (None).

    A record that an older version of the program wrote has an unknown target.
    """
    return target is None or other is None or target == other


def addressed(post: Post, thread: Iterable[Delivery]) -> Post:
    """Return `post`; if it corrects posts in another target, it gets that target.

    A correction belongs where the wrong posts are (P11). If some of them may be in the
    target of `post`, it is returned unchanged.

    Args:
        post: a post that is not queued yet, with the target that its channel has now.
        thread: the deliveries of the incident, oldest event first.
    """
    if post.kind not in CORRECTION_KINDS:
        return post
    targets = [
        d.post.target
        for d in thread
        if d.post.channel == post.channel
        and d.post.amends is None
        and d.post.kind not in CORRECTION_KINDS
        and d.state not in _NEVER_SENT
    ]
    if not targets or any(may_be_same(target, post.target) for target in targets):
        return post
    return replace(post, target=targets[-1])


def redirected(post: Post, target: str) -> Post:
    """Return a post that goes to `target`, without what belongs to its old target.

    `post` may reply to a post that only the old target has. So the result replies to
    nothing, and it is not final any more (see `Post.frozen`). A post that already has this
    target, or whose target is unknown, is returned unchanged.
    """
    if may_be_same(post.target, target):
        return post
    return replace(
        post,
        target=target,
        reply_to=None,
        root=None,
        # The post gets a new token when it is sent.
        token="",  # nosec B106
        frozen=False,
        tried_at=None,
    )
