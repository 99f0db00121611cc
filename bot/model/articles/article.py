"""Articles by others about an incident, which editors list as further reading."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class CopyOutcome(StrEnum):
    """What became of the attempt to have an article archived.

    A copy that was only asked for is no copy yet, so the two are told apart.
    """

    ARCHIVED = "archived"
    ASKED = "asked"
    FAILED = "failed"


class ArticleAct(StrEnum):
    """What a person did with an article of an incident."""

    ADD = "add"
    COPY = "copy"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """The archived copy of an article, as an editor entered it.

    Attributes:
        link: the address of the copy; None unless `outcome` is ARCHIVED.
    """

    outcome: CopyOutcome
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article, with what an editor entered about it; None is what was not entered.

    Attributes:
        link: the address of the article.
        title: the title as the outlet wrote it, in the language of the article.
        outlet: who published the article.
        published: the date that the article bears.
        language: the language of the article, as a BCP 47 tag such as `fr` or `pt-BR`.
        copy: the archived copy; None if nobody tried to archive the article.
    """

    link: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None
    copy: ArchivedCopy | None = None


@dataclass(frozen=True, slots=True)
class ArticleStep:
    """What one person did with one article of an incident; immutable once stored (P11).

    Attributes:
        incident: the id of the incident.
        number: the number of the article; an incident's articles count from 1.
        by: the name of the person.
        reason: the reason that the person gave.
        at: when the person acted; aware, UTC.
        article: what is added; None unless `act` is ADD.
        copy: what became of the archived copy; None unless `act` is COPY.
    """

    incident: str
    number: int
    act: ArticleAct
    by: str
    reason: str
    at: datetime
    article: Article | None = None
    copy: ArchivedCopy | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """The present state of an article of an incident, after all steps.

    Attributes:
        withdrawn: the step that withdrew the article; None if it is listed.
    """

    number: int
    article: Article
    withdrawn: ArticleStep | None = None


def articles_from_steps(steps: Iterable[ArticleStep]) -> tuple[ListedArticle, ...]:
    """Return the articles of one incident from their steps, ordered by number.

    A step is ignored if its article was never added.

    Args:
        steps: the steps on all articles of the incident, oldest first.
    """
    listed: dict[int, ListedArticle] = {}
    for step in steps:
        before = listed.get(step.number)
        if before is None:
            if step.article is not None:
                listed[step.number] = ListedArticle(step.number, step.article)
        elif step.act is ArticleAct.COPY:
            article = replace(before.article, copy=step.copy)
            listed[step.number] = replace(before, article=article)
        elif step.act is ArticleAct.WITHDRAW:
            listed[step.number] = replace(before, withdrawn=step)
    return tuple(listed[number] for number in sorted(listed))
