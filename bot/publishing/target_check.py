"""The message about a post whose channel points to another target now."""

from bot.model.delivery import Delivery, DeliveryState
from bot.policy.targets import may_be_same

_MOVED = "this post is for {old}, and the channel points to {new} now. "
_TO_SETTLE = (
    "To send it to {new}: `outagewire deliveries settle {key} --not-posted`; to send it"
    " nowhere: --drop; if you post it in {old} by hand: --posted-id"
)
_MAY_BE_OUT = (
    "It may be published in {old}; look there. If it is: `outagewire deliveries settle"
    " {key} --posted-id ID`. If not: --not-posted sends it to {new}, --drop nowhere"
)
_CHANGES_A_POST = (
    "It changes an earlier post there, and is never sent to {new}. Change that post by"
    " hand, then `outagewire deliveries settle {key} --posted-id ID`; or --drop"
)


def problem_of(delivery: Delivery, target: str) -> str | None:
    """Return why a due delivery must be left to a person; None if it need not.

    The message names both targets and says what to do.

    Args:
        delivery: a delivery that waits, or whose outcome is unknown.
        target: the target that the channel has now.
    """
    post = delivery.post
    if may_be_same(post.target, target):
        return None
    advice = _TO_SETTLE if delivery.state is DeliveryState.WAITING else _MAY_BE_OUT
    if post.amends is not None:
        advice = _CHANGES_A_POST
    return (_MOVED + advice).format(old=post.target, new=target, key=post.key)
