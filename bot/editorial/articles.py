"""Adds articles to further reading and withdraws them; a person takes each step."""

from bot.clock import Clock
from bot.editorial.visible_texts import require_visible
from bot.errors import BotError
from bot.model.articles.article import (
    ArchivedCopy,
    Article,
    ArticleAct,
    ArticleStep,
    CopyOutcome,
    ListedArticle,
)
from bot.model.delivery import web_address
from bot.ports import Store
from bot.text.translations import is_language


class ArticleEditor:
    """Records which articles editors list; only commands use it, never a tick."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Write to `store`, with times from `clock`."""
        self._store = store
        self._clock = clock

    def add(
        self, incident_id: str, article: Article, person: str, reason: str
    ) -> ListedArticle:
        """Record an article about an incident; the page lists it at once.

        Raises:
            BotError: the article is not valid (the message lists every problem), the name
                or the reason is missing, or a text has hidden characters.
            StoreError: there is no such incident, or another editor added an article at
                the same time.
        """
        self._require_valid(incident_id, article)
        # Withdrawn articles are counted too, so no number is given twice.
        number = self._store.articles.count(incident_id) + 1
        return self._do(
            incident_id, number, ArticleAct.ADD, (person, reason), article=article
        )

    def record_copy(
        self, incident_id: str, number: int, copy: ArchivedCopy, by: tuple[str, str]
    ) -> ListedArticle:
        """Record what became of the archived copy of an article.

        Args:
            incident_id: the id of the incident.
            number: the number of the article.
            copy: the outcome, and the address of the copy.
            by: the name of the person, and the reason.

        Raises:
            BotError: the copy is not valid, or the name or the reason is missing.
            StoreError: there is no such article, or it was withdrawn.
        """
        problems = _problems_of_copy(copy)
        if problems:
            raise BotError("; ".join(problems))
        require_visible(copy=copy.link or "")
        return self._do(incident_id, number, ArticleAct.COPY, by, copy=copy)

    def withdraw(
        self, incident_id: str, number: int, person: str, reason: str
    ) -> ListedArticle:
        """Withdraw an article; it stays on record, and its link is no longer shown.

        Raises:
            BotError: the name or the reason is missing.
            StoreError: there is no such article, or it was already withdrawn.
        """
        return self._do(incident_id, number, ArticleAct.WITHDRAW, (person, reason))

    def _require_valid(self, incident_id: str, article: Article) -> None:
        problems = _problems(article)
        listed = self._store.articles.of_incident(incident_id)
        problems += [
            f"article {other.number} of {incident_id} has the same --link; withdraw it"
            " first, or record its copy with `outagewire articles copy`"
            for other in listed
            if other.withdrawn is None and other.article.link == article.link
        ]
        if problems:
            raise BotError("; ".join(problems))
        require_visible(
            link=article.link,
            title=article.title or "",
            outlet=article.outlet or "",
            copy=(article.copy and article.copy.link) or "",
        )

    def _do(
        self,
        incident_id: str,
        number: int,
        act: ArticleAct,
        person_and_reason: tuple[str, str],
        *,
        article: Article | None = None,
        copy: ArchivedCopy | None = None,
    ) -> ListedArticle:
        by, reason = (word.strip() for word in person_and_reason)
        if not by or not reason:
            raise BotError("--by and --reason are required; both are kept on record")
        require_visible(by=by, reason=reason)
        at = self._clock.now()
        step = ArticleStep(incident_id, number, act, by, reason, at, article, copy)
        self._store.articles.append(step)
        listed = self._store.articles.of_incident(incident_id)
        return next(other for other in listed if other.number == number)


def _problems(article: Article) -> list[str]:
    """Return one sentence for each reason why an article cannot be recorded."""
    problems = []
    if not web_address(article.link):
        problems.append("--link must be a web address that begins with https://")
    if article.language is not None and not is_language(article.language):
        problems.append(
            f"--language {article.language!r} is no language; give a tag such as fr or"
            " pt-BR"
        )
    return problems + _problems_of_copy(article.copy)


def _problems_of_copy(copy: ArchivedCopy | None) -> list[str]:
    if copy is None:
        return []
    is_archived = copy.outcome is CopyOutcome.ARCHIVED
    if is_archived and not web_address(copy.link):
        return ["--copy must be the web address of the copy, if --outcome is archived"]
    # A copy that was only asked for, or that failed, is no copy that a reader can open.
    if not is_archived and copy.link is not None:
        return ["--copy is allowed for --outcome archived only; remove it"]
    return []
