"""Articles by others about an incident: further reading on its page, and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from bot.model.articles.article import ArchivedCopy, Article, CopyOutcome
from bot.model.delivery import web_address
from bot.model.incident_report import IncidentReport
from bot.text.causes import CauseView, cause_views
from bot.text.times import TimeFormatter
from bot.text.translations import Translations, is_language, language_name


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article of further reading; None is what no editor entered.

    Attributes:
        link: the address, if a page may link to it; else "".
        address: the address as it was entered.
        date: the date that the article bears, in words.
        lang: the tag of the article's language.
        language: the name of the language in the language itself.
        outcome: what became of the archived copy; None if nobody tried.
        copy: the address of the copy; "" without one.
    """

    link: str
    address: str
    title: str | None
    outlet: str | None
    date: str | None
    lang: str | None
    language: str | None
    outcome: str | None
    copy: str


@dataclass(frozen=True, slots=True)
class WithdrawnArticleView:
    """That an article was withdrawn; what it was is no longer shown."""

    time: str
    reason: str


def article_values(report: IncidentReport, times: TimeFormatter) -> dict[str, Any]:
    """Return the template's values about further reading.

    `articles` are the listed articles, `withdrawn_articles` the others. `cited` are the
    sources of the causes that are shown and that are not among the articles.
    """
    listed = _listed(report)
    links = {article.link for article in listed}
    return {
        "articles": tuple(_view(article, times.translations) for article in listed),
        "withdrawn_articles": tuple(_withdrawn(report, times)),
        "cited": _cited(cause_views(report.attributions, times), links),
    }


def articles_json(report: IncidentReport) -> list[dict[str, Any]]:
    """Return the listed articles for `incident.json`; null is what was not entered."""
    return [_article_json(article) for article in _listed(report)]


def _listed(report: IncidentReport) -> list[Article]:
    return [other.article for other in report.articles if other.withdrawn is None]


def _view(article: Article, translations: Translations) -> ArticleView:
    day, tag, copy = article.published, article.language, article.copy
    # A record of a former version may have a tag that is not known now.
    lang = tag if tag is not None and is_language(tag) else None
    # A date has no time zone, so it stays as the article bears it.
    noon = None if day is None else datetime.combine(day, time(12), UTC)
    return ArticleView(
        link=web_address(article.link),
        address=article.link,
        title=article.title,
        outlet=article.outlet,
        date=translations.date(noon, "dated") if noon else None,
        lang=lang,
        language=language_name(lang) if lang else None,
        outcome=str(copy.outcome) if copy else None,
        copy=web_address(_copy_link(copy)),
    )


def _withdrawn(
    report: IncidentReport, times: TimeFormatter
) -> Iterator[WithdrawnArticleView]:
    """Yield a view of each withdrawal, without the article (P11).

    A link may have been withdrawn because it puts people in danger (P12).
    """
    for listed in report.articles:
        if listed.withdrawn is not None:
            reason = listed.withdrawn.reason.rstrip(".")
            yield WithdrawnArticleView(times.with_year(listed.withdrawn.at), reason)


def _cited(causes: tuple[CauseView, ...], links: set[str]) -> tuple[CauseView, ...]:
    return tuple(cause for cause in causes if cause.link not in links)


def _copy_link(copy: ArchivedCopy | None) -> str | None:
    # Only a copy that exists is linked, whatever else a record has.
    is_archived = copy is not None and copy.outcome is CopyOutcome.ARCHIVED
    return copy.link if copy is not None and is_archived else None


def _article_json(article: Article) -> dict[str, Any]:
    copy = article.copy
    return {
        "link": web_address(article.link) or None,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published and article.published.isoformat(),
        "language": article.language,
        "copy": copy
        and {
            "outcome": str(copy.outcome),
            "link": web_address(_copy_link(copy)) or None,
        },
    }
