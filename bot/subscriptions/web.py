"""The pages on which readers subscribe, confirm and leave, as Starlette routes.

GET changes nothing, because mail scanners open every link; a button sends a POST. There are
no cookies: the token in the link is the authority, so another site can send nothing in a
reader's name.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import parse_qsl

import structlog
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.errors import StoreError
from bot.subscriptions.choices import Choice, FormError, parse_choice
from bot.subscriptions.form_page import SUBSCRIBE_PATH, FormPage, ReaderAnswer
from bot.subscriptions.page_language import page_language
from bot.subscriptions.service import CONFIRM_PATH, LEAVE_PATH, SubscriptionService

Result = TypeVar("Result")
_LARGEST_BODY = 16_384
_MAX_THREADS = 4
"""The most threads that wait for the file of the subscriptions. All files of the site are
read in the same 40 threads, so a locked file must not take them all."""
_HEADERS = {
    "Cache-Control": "no-store",
    # The address of a page may hold a token.
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
# The encoding of the standard form; RFC 8058 also allows multipart/form-data, of which
# nothing is needed but that it is a POST.
_FORM = "application/x-www-form-urlencoded"


def subscription_routes(service: SubscriptionService, pages: FormPage) -> list[Route]:
    """Return the routes of the pages: /subscribe, /subscribe/confirm, /subscribe/leave.

    Args:
        service: does what readers ask for.
        pages: renders the pages.
    """
    endpoints = _Endpoints(service, pages)
    return [
        Route(f"/{SUBSCRIBE_PATH}", endpoints.form, methods=["GET"]),
        Route(f"/{SUBSCRIBE_PATH}", endpoints.subscribe, methods=["POST"]),
        Route(f"/{CONFIRM_PATH}", endpoints.ask_to_confirm, methods=["GET"]),
        Route(f"/{CONFIRM_PATH}", endpoints.confirm, methods=["POST"]),
        Route(f"/{LEAVE_PATH}", endpoints.ask_to_leave, methods=["GET"]),
        Route(f"/{LEAVE_PATH}", endpoints.leave, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class FormValues:
    """The values of a submitted form; a value may occur several times."""

    pairs: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str:
        """Return the first value of a name; "" if there is none."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a name."""
        return tuple(value for key, value in self.pairs if key == name)


class _Endpoints:
    """The functions of the routes."""

    def __init__(self, service: SubscriptionService, pages: FormPage) -> None:
        self._service = service
        self._pages = pages
        self._threads = asyncio.Semaphore(_MAX_THREADS)
        # A slow mail server holds one thread at most.
        self._letters = asyncio.Semaphore(1)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        async with self._threads:
            return await run_in_threadpool(work)

    async def form(self, request: Request) -> Response:
        """Show the form; `place` in the address chooses a place."""
        places = request.query_params.getlist("place")
        lang = self._form_language(request)
        return _answer(self._pages.form(lang, self._service.languages, places))

    def _form_language(self, request: Request) -> str:
        return _language(request, self._pages.languages)

    def _letter_language(self, request: Request) -> str:
        return _language(request, self._pages.letter_languages)

    async def subscribe(self, request: Request) -> Response:
        """Store a request, and answer the same whether the address is known or not."""
        values, lang = await _read_form(request), self._form_language(request)
        client = request.client.host if request.client else ""
        choice = partial(self._choice, values)
        ask = partial(self._service.request, client, values.first("email"), choice)
        try:
            accepted = await self._in_thread(ask)
        except FormError as error:
            html = self._pages.form(
                lang,
                self._service.languages,
                values.all("place"),
                error.problem,
                values.pairs,
            )
            return _answer(html, HTTPStatus.UNPROCESSABLE_ENTITY)
        except StoreError as error:
            return self._unavailable(lang, error)
        if not accepted:
            html = self._pages.message(lang, ReaderAnswer.TOO_MANY)
            return _answer(html, HTTPStatus.TOO_MANY_REQUESTS)
        # The letter is sent after the answer: its time would tell whether one is sent.
        html = self._pages.message(lang, ReaderAnswer.CHECK_MAIL)
        return _answer(html, task=BackgroundTask(self._send_letters))

    def _choice(self, values: FormValues) -> Choice:
        return parse_choice(
            values.first("lang"),
            values.first("severity"),
            [code for code in values.all("country") if code],
            values.first("networks"),
            self._pages.countries(),
        )

    async def _send_letters(self) -> None:
        try:
            async with self._letters:
                await run_in_threadpool(self._service.send_letters)
        except StoreError as error:
            structlog.get_logger("subscriptions").error(
                "letters not sent", error=str(error)
            )

    async def ask_to_confirm(self, request: Request) -> Response:
        """Show what the reader asked for, and a button that confirms it."""
        lang = self._letter_language(request)
        token = request.query_params.get("token", "")
        try:
            asked = await self._in_thread(partial(self._service.requested, token))
        except StoreError as error:
            return self._unavailable(lang, error)
        if asked is None:
            return _answer(
                self._pages.message(lang, ReaderAnswer.USED), HTTPStatus.GONE
            )
        return _answer(self._pages.confirm(lang, token, asked.choice))

    async def confirm(self, request: Request) -> Response:
        """Confirm a request; a second time, the link is used."""
        token = (await _read_form(request)).first("token")
        lang = self._letter_language(request)
        try:
            reader = await self._in_thread(partial(self._service.confirm, token))
        except StoreError as error:
            return self._unavailable(lang, error)
        if reader is None:
            return _answer(
                self._pages.message(lang, ReaderAnswer.USED), HTTPStatus.GONE
            )
        return _answer(self._pages.confirmed(lang, reader.choice))

    async def ask_to_leave(self, request: Request) -> Response:
        """Show the buttons with which a reader leaves."""
        lang = self._letter_language(request)
        token = request.query_params.get("token", "")
        if not self._service.can_leave(token):
            return _answer(
                self._pages.message(lang, ReaderAnswer.INVALID), HTTPStatus.NOT_FOUND
            )
        return _answer(self._pages.leave(lang, token))

    async def leave(self, request: Request) -> Response:
        """Erase a reader, also at the request of a mail program (RFC 8058)."""
        values, lang = await _read_form(request), self._letter_language(request)
        token = request.query_params.get("token") or values.first("token")
        never_again = values.first("never_again") == "yes"
        leave = partial(self._service.leave, token, never_again=never_again)
        try:
            is_valid = await self._in_thread(leave)
        except StoreError as error:
            return self._unavailable(lang, error)
        if not is_valid:
            return _answer(
                self._pages.message(lang, ReaderAnswer.INVALID), HTTPStatus.NOT_FOUND
            )
        left = ReaderAnswer.LEFT_FOR_GOOD if never_again else ReaderAnswer.LEFT
        return _answer(self._pages.message(lang, left))

    def _unavailable(self, lang: str, error: StoreError) -> Response:
        structlog.get_logger("subscriptions").error("not stored", error=str(error))
        html = self._pages.message(lang, ReaderAnswer.UNAVAILABLE)
        return _answer(html, HTTPStatus.SERVICE_UNAVAILABLE)


def _language(request: Request, languages: Sequence[str]) -> str:
    """Return which of `languages` the answer to a request is in."""
    asked = request.query_params.get("lang", "")
    return page_language(asked, request.headers.get("accept-language", ""), languages)


def _answer(
    html: str, status: HTTPStatus = HTTPStatus.OK, task: BackgroundTask | None = None
) -> Response:
    return HTMLResponse(html, status, headers=_HEADERS, background=task)


async def _read_form(request: Request) -> FormValues:
    """Return the values of a form; none if it is too large or in another encoding."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_BODY:
                return FormValues(())
    except ClientDisconnect:
        return FormValues(())
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != _FORM:
        return FormValues(())
    try:
        text = bytes(body).decode("ascii")
        return FormValues(tuple(parse_qsl(text, max_num_fields=400)))
    except ValueError:
        return FormValues(())
