"""A channel is pointed elsewhere between the approval of a post and its sending."""

from typer.testing import CliRunner, Result

from bot.cli import make_app
from bot.errors import BotError
from tests.cases.installation import Installation, json_lines

ELSEWHERE = "elsewhere.jsonl"


def move(installation: Installation) -> None:
    """Change the path of the channel `wire` in the configuration, and restart."""
    path = str(installation.home / ELSEWHERE)
    installation.configure(channels={"wire": {"kind": "file", "path": path}})
    installation.stop()


def invoke(installation: Installation, *words: str) -> Result:
    """Run a command with the configuration of the installation."""
    return CliRunner().invoke(
        make_app(), [*words, "--config", str(installation.config)]
    )


def output(installation: Installation, *words: str) -> str:
    """Return what a command prints, without white space: lines are broken anywhere."""
    result = invoke(installation, *words)
    assert result.exit_code == 0, result.output
    return "".join(result.output.split())


def test_an_approved_post_waits_for_a_person_if_its_channel_moved(
    confirmed: Installation,
) -> None:
    """P16: `drafts approve`, then another path: the post goes to neither file."""
    confirmed.approve()
    (key,) = confirmed.deliveries()
    move(confirmed)
    confirmed.run(1)
    assert confirmed.lines() == json_lines(confirmed.home / ELSEWHERE) == []
    assert confirmed.deliveries()[key].state == "person"
    assert "pointsto" in output(confirmed, "deliveries")


def test_a_person_settles_the_post_of_a_channel_that_moved(
    confirmed: Installation,
) -> None:
    confirmed.approve()
    (key,) = confirmed.deliveries()
    move(confirmed)
    confirmed.run(1)
    settle = ("settle", key, "--not-posted", "--by", "Ada", "--reason", "moved")
    output(confirmed, "deliveries", *settle)
    confirmed.run(1)
    lines = json_lines(confirmed.home / ELSEWHERE)
    assert [line["event"] for line in lines] == [key.partition("/")[0]]


def test_a_draft_shows_both_targets_and_can_be_redirected(
    confirmed: Installation,
) -> None:
    move(confirmed)
    draft = confirmed.application.store.drafts.all()[0].id
    shown = output(confirmed, "drafts", "show", draft)
    assert "posts.jsonl" in shown
    assert ELSEWHERE in shown
    words = ("drafts", "approve", draft, "--reason", "two sources agree")
    assert isinstance(invoke(confirmed, *words).exception, BotError)
    output(confirmed, *words, "--redirect", "wire")
    confirmed.run(1)
    lines = json_lines(confirmed.home / ELSEWHERE)
    assert [line["event"] for line in lines] == [draft]


def test_a_retraction_waits_for_a_person_if_its_channel_moved(
    confirmed: Installation,
) -> None:
    """P11: the wrong post is in the old file, so its retraction belongs there."""
    confirmed.approve()
    confirmed.run(1)
    confirmed.retract()
    confirmed.run(1)
    move(confirmed)
    drafts = confirmed.application.store.drafts.all()
    retraction = max(d.id for d in drafts if d.state == "waiting")
    words = ("drafts", "approve", retraction, "--reason", "right")
    output(confirmed, *words, "--redirect", "wire")
    confirmed.run(1)
    assert json_lines(confirmed.home / ELSEWHERE) == []
    assert confirmed.deliveries()[f"{retraction}/wire"].state == "person"
