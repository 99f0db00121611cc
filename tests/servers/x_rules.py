"""X's rules, checked by third-party code: oauthlib, xdk's schemas and twitter-text."""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import oauthlib.oauth1
import PIL.Image
from pydantic import BaseModel, ValidationError

from tests.servers.local import ReceivedRequest

TWITTER_TEXT = (
    Path(__file__).resolve().parents[2]
    / ".servers/twitter-text/node_modules/twitter-text"
)
MAX_IMAGE_BYTES = 5 * 1024 * 1024
M = TypeVar("M", bound=BaseModel)

# Reads a JSON string from each line, and prints {weightedLength, valid, urls} for it.
_COUNTER = """
const module_ = require(process.argv[1]), t = module_.default || module_;
const lines = require('readline').createInterface({input: process.stdin});
lines.on('line', line => {
  const text = JSON.parse(line), {weightedLength, valid} = t.parseTweet(text);
  const urls = t.extractUrlsWithIndices(text);
  console.log(JSON.stringify({weightedLength, valid, urls}));
});
"""


class XRefusal(Exception):  # noqa: N818 - an HTTP answer
    """An HTTP error answer in X's words."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {
            "title": title,
            "detail": detail,
            "type": "about:blank",
            "status": status,
        }


def read_body(schema: type[M], request: ReceivedRequest) -> M:
    """Parse a JSON body with a schema of xdk, X's own library.

    Raises:
        XRefusal: with status 400; the body does not fit the schema or has other fields.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0] != "application/json":
        raise XRefusal(400, "Invalid Request", f"unexpected type {content_type}")
    try:
        model = schema.model_validate_json(request.body, strict=True)
    except ValidationError as error:
        raise XRefusal(400, "Invalid Request", str(error)) from error
    if unknown := sorted(_extras(model)):
        raise XRefusal(400, "Invalid Request", f"unknown fields: {unknown}")
    return model


def _extras(model: BaseModel) -> set[str]:
    """Return the names of fields outside the schema, at any depth."""
    names = set(model.model_extra or {})
    for value in model.__dict__.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, BaseModel):
                names |= _extras(part)
    return names


def read_image(data: bytes) -> tuple[int, int]:
    """Decode an image; return width and height in pixels. Raises XRefusal (400)."""
    if len(data) > MAX_IMAGE_BYTES:
        raise XRefusal(400, "Invalid Request", "media is larger than 5 MB")
    try:
        with PIL.Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            image.load()
            return image.size
    except (OSError, SyntaxError) as error:
        raise XRefusal(400, "Invalid Request", "media is not an image") from error


class Counter:
    """Counts characters as X does, with X's own twitter-text in a child process."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None or not TWITTER_TEXT.is_dir():
            raise FileNotFoundError("node or twitter-text")
        self._child = subprocess.Popen(
            [node, "-e", _COUNTER, str(TWITTER_TEXT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def count(self, text: str) -> dict[str, Any]:
        """Return `weightedLength`, `valid` and `urls` of a text, by twitter-text.

        The `indices` of each URL count UTF-16 units.
        """
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(json.dumps(text) + "\n")
        self._child.stdin.flush()
        answer: dict[str, Any] = json.loads(self._child.stdout.readline())
        return answer

    def stop(self) -> None:
        """Stop the child process."""
        self._child.communicate(timeout=10)


class Authenticator:
    """Authenticates requests with an OAuth 1.0a signature or an OAuth 2.0 user token.

    oauthlib checks the signature, that the time stamp is within 5 minutes, and that the
    nonce is new.
    """

    def __init__(
        self, keys: Mapping[str, str], user: str, bearers: Mapping[str, str]
    ) -> None:
        self._endpoint = oauthlib.oauth1.SignatureOnlyEndpoint(_KeyValidator(keys))
        self._user = user
        self._bearers = bearers

    def user(self, url: str, method: str, authorization: str) -> str:
        """Return the id of the user who signed a request. Raises XRefusal (401).

        JSON bodies and multipart forms are not part of an OAuth 1.0a signature.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme == "Bearer" and token in self._bearers:
            return self._bearers[token]
        valid = False
        if scheme == "OAuth":
            valid, _ = self._endpoint.validate_request(
                url, method, None, headers={"Authorization": authorization}
            )
        if not valid:
            raise XRefusal(401, "Unauthorized", "Unauthorized")
        return self._user


class _KeyValidator(oauthlib.oauth1.RequestValidator):  # type: ignore[misc] # untyped library
    enforce_ssl = False
    timestamp_lifetime = 300
    nonce_length = (8, 64)
    client_key_length = (4, 64)
    access_token_length = (4, 64)
    dummy_client = "dummyclient"
    dummy_access_token = "dummytoken"

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys
        self._seen: set[tuple[str, str]] = set()

    def validate_client_key(self, client_key, request):
        return client_key == self._keys["consumer_key"]

    def get_client_secret(self, client_key, request):
        return self._keys["consumer_secret"]

    def get_access_token_secret(self, client_key, token, request):
        # oauthlib does not check the token here. A wrong token gets a random secret,
        # with which the check of the signature fails.
        is_valid = token == self._keys["access_token"]
        return self._keys["access_token_secret"] if is_valid else os.urandom(16).hex()

    def validate_timestamp_and_nonce(  # the parameters are oauthlib's
        self,
        client_key,
        timestamp,
        nonce,
        request,
        request_token=None,
        access_token=None,
    ):
        fresh = (timestamp, nonce) not in self._seen
        self._seen.add((timestamp, nonce))
        return fresh
