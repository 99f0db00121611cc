"""The commands of `outagewire articles`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option, Typer, echo

from bot.characters import escape_hidden
from bot.cli.options import (
    By,
    ConfigOption,
    IncidentArgument,
    JsonOption,
    format_examples,
    make_group,
    say,
)
from bot.cli.output.damage import print_damage
from bot.cli.output.tables import print_list
from bot.model.articles.article import ArchivedCopy, Article, CopyOutcome

if TYPE_CHECKING:
    from bot.editorial.articles import ArticleEditor
    from bot.model.articles.article import ArticleStep, ListedArticle

ArticleNumber = Annotated[
    int, Argument(help="The article's number, as `articles list` shows it.")
]
ArticleReason = Annotated[
    str,
    Option(
        "--reason",
        help="The reason, for the record. The reason of a withdrawal is published.",
    ),
]
ArticleLink = Annotated[str, Option("--link", help="The address of the article.")]
Title = Annotated[
    str | None, Option("--title", help="The title, as the outlet wrote it.")
]
OutletName = Annotated[
    str | None, Option("--outlet", help="Who published the article.")
]
Published = Annotated[
    datetime | None,
    Option(
        "--published", formats=["%Y-%m-%d"], help="The date that the article bears."
    ),
]
Language = Annotated[
    str | None,
    Option("--language", help="The language of the article, such as fr or pt-BR."),
]
Outcome = Annotated[
    CopyOutcome,
    Option(
        "--outcome",
        help="archived: a copy exists. asked: an archive was asked for a copy."
        " failed: no copy could be made.",
    ),
]
OptionalOutcome = Annotated[
    CopyOutcome | None,
    Option(
        "--outcome",
        help="archived: a copy exists. asked: an archive was asked for a copy."
        " failed: no copy could be made. Default: archived with --copy, else none.",
    ),
]
CopyLink = Annotated[
    str | None, Option("--copy", help="The address of the archived copy.")
]


def add_to(app: Typer) -> None:
    """Add the command group `articles`."""
    articles = make_group(
        help="Record what others wrote about an incident.",
        epilog=format_examples("outagewire articles list IR-2026-0108"),
        no_args_is_help=True,
    )
    articles.command("add", epilog=_ADD)(add)
    articles.command("copy", epilog=_COPY)(copy)
    articles.command("list", epilog=_LIST)(list_articles)
    articles.command("withdraw", epilog=_WITHDRAW)(withdraw)
    app.add_typer(articles, name="articles")


def add(  # noqa: PLR0913 - each is an option of the command line
    incident: IncidentArgument,
    *,
    link: ArticleLink,
    by: By,
    reason: ArticleReason,
    title: Title = None,
    outlet: OutletName = None,
    published: Published = None,
    language: Language = None,
    copy_link: CopyLink = None,
    outcome: OptionalOutcome = None,
    config: ConfigOption = None,
) -> None:
    """Add an article to the further reading on an incident's page.

    The page shows it after the next tick. An article that a cause cites is listed with
    what is entered here, if it has the same address.
    """
    if outcome is None and copy_link is not None:
        outcome = CopyOutcome.ARCHIVED
    article = Article(
        link.strip(),
        _stripped(title),
        _stripped(outlet),
        published.replace(tzinfo=UTC).date() if published else None,
        _stripped(language),
        ArchivedCopy(outcome, _stripped(copy_link)) if outcome else None,
    )
    with _article_editor(config) as editor:
        _confirm(incident, editor.add(incident, article, by, reason))


_ADD = format_examples(
    "outagewire articles add IR-2026-0108 --link https://... --title"
    ' "Internet down" --outlet "The Daily" --published 2026-01-09 --language en'
    ' --copy https://... --by Ada --reason "a report from the place"'
)


def copy(  # noqa: PLR0913 - each is an option of the command line
    incident: IncidentArgument,
    number: ArticleNumber,
    *,
    outcome: Outcome,
    by: By,
    reason: ArticleReason,
    copy_link: CopyLink = None,
    config: ConfigOption = None,
) -> None:
    """Record what became of the archived copy of an article."""
    result = ArchivedCopy(outcome, _stripped(copy_link))
    with _article_editor(config) as editor:
        _confirm(incident, editor.record_copy(incident, number, result, (by, reason)))


_COPY = format_examples(
    "outagewire articles copy IR-2026-0108 1 --outcome archived --copy https://..."
    ' --by Ada --reason "the archive answered"'
)


def withdraw(
    incident: IncidentArgument,
    number: ArticleNumber,
    by: By,
    reason: ArticleReason,
    config: ConfigOption = None,
) -> None:
    """Withdraw an article from further reading.

    The article stays on record. The page no longer shows it, and gives the reason.
    """
    with _article_editor(config) as editor:
        _confirm(incident, editor.withdraw(incident, number, by, reason))


_WITHDRAW = format_examples(
    'outagewire articles withdraw IR-2026-0108 1 --by Ada --reason "it names victims"'
)


def list_articles(
    incident: IncidentArgument,
    config: ConfigOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the articles of an incident.

    Every addition, copy and withdrawal is listed, by article, oldest first.
    """
    from bot import bootstrap
    from bot.config import loading as configuration

    with bootstrap.open_configured_store(configuration.load_config(config)) as store:
        steps = store.articles.history(incident)
        if not steps and store.incidents.place_of(incident) is None:
            store.incidents.get(incident)  # an incident that does not exist is an error
        print_damage(store)
    if as_json:
        print_list((), [((), _as_fields(step)) for step in steps], as_json=True)
        return
    if not steps:
        echo("No article is on record.")
    for step in steps:
        head = f"{step.number} {step.act} {step.at:%Y-%m-%d %H:%M} UTC by {step.by}"
        echo(escape_hidden(f"{head}: {step.reason}"))
        for line in _lines(step):
            echo(escape_hidden(f"  {line}"))


_LIST = format_examples(
    "outagewire articles list IR-2026-0108",
    "outagewire articles list IR-2026-0108 --json",
)


def _lines(step: "ArticleStep") -> Iterator[str]:
    """Yield what a step entered, a line each; what was not entered is left out."""
    article, archived = step.article, step.copy
    if article is not None:
        yield article.link
        day = article.published and article.published.isoformat()
        parts = (article.title, article.outlet, day, article.language)
        if any(parts):
            yield ", ".join(part for part in parts if part)
        archived = article.copy
    if archived is not None:
        yield f"copy: {archived.outcome} {archived.link or ''}".rstrip()


def _as_fields(step: "ArticleStep") -> dict[str, Any]:
    return {
        "incident": step.incident,
        "number": step.number,
        "act": str(step.act),
        "by": step.by,
        "reason": step.reason,
        "at": step.at.isoformat(),
        "article": step.article and _article_fields(step.article),
        "copy": step.copy and _copy_fields(step.copy),
    }


def _article_fields(article: Article) -> dict[str, Any]:
    return {
        "link": article.link,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published and article.published.isoformat(),
        "language": article.language,
        "copy": article.copy and _copy_fields(article.copy),
    }


def _copy_fields(copy: ArchivedCopy) -> dict[str, Any]:
    return {"outcome": str(copy.outcome), "link": copy.link}


def _stripped(text: str | None) -> str | None:
    """Return a text without the white space around it; None if nothing is left."""
    return (text or "").strip() or None


@contextmanager
def _article_editor(path: Path | None) -> "Iterator[ArticleEditor]":
    """Open the store, yield the editor of articles, and close the store."""
    from bot import bootstrap
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.editorial.articles import ArticleEditor

    with bootstrap.open_configured_store(configuration.load_config(path)) as store:
        yield ArticleEditor(store, SystemClock())


def _confirm(incident: str, listed: "ListedArticle") -> None:
    state = (
        "is listed as further reading" if listed.withdrawn is None else "is withdrawn"
    )
    say(f"Article {listed.number} of {incident} {state}.")
