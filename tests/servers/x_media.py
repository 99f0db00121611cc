"""Images on the stand-in for X: uploaded whole or in parts, and usable for one day."""

import base64
import binascii
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from xdk.media.models import (
    AppendUploadRequest,
    CreateMetadataRequest,
    InitializeUploadRequest,
    UploadRequest,
)

from tests.servers.forms import Upload, parts_of
from tests.servers.local import ReceivedRequest
from tests.servers.x_rules import MAX_IMAGE_BYTES, XRefusal, read_body, read_image

LIFETIME_S = 86_400
_TYPES = ("image/png", "image/jpeg", "image/webp")


@dataclass
class XMedia:
    """One image, perhaps not complete yet.

    Attributes:
        owner: the id of the user who uploads it.
        at: when the upload began, in epoch seconds.
        total: the announced size in bytes while parts are still missing, else 0.
        segments: the parts received so far.
    """

    owner: str
    at: float
    data: bytes = b""
    alt: str = ""
    total: int = 0
    segments: list[bytes] = field(default_factory=list)


@dataclass
class MediaStore:
    """The images of all users, by id.

    Methods that take a request return the status and the body of the answer, and raise
    XRefusal (400) for a request that the stand-in does not accept.
    """

    images: dict[str, XMedia] = field(default_factory=dict)
    now: Callable[[], float] = time.time

    def check(self, ids: list[str], user: str) -> None:
        """Raise XRefusal (400) if a post of `user` may not have the images `ids`."""
        if len(ids) > 4 or any(self._usable(id_, user) is None for id_ in ids):
            raise XRefusal(400, "Invalid Request", "Your media IDs are invalid.")
        if any(not self.images[id_].alt for id_ in ids):
            raise XRefusal(400, "Invalid Request", "a picture without alt text")

    def upload(self, request: ReceivedRequest, user: str) -> tuple[int, dict[str, Any]]:
        """Store an image that is sent in one request."""
        body = read_body(UploadRequest, request)
        if body.media_category != "tweet_image":
            raise XRefusal(400, "Invalid Request", "the media is not an image")
        return self._store(XMedia(user, self.now()), _decoded(body.media))

    def initialize(
        self, request: ReceivedRequest, user: str
    ) -> tuple[int, dict[str, Any]]:
        """Begin the upload of an image in parts; the answer contains the image's id."""
        body = read_body(InitializeUploadRequest, request)
        total = body.total_bytes or 0
        if body.media_category != "tweet_image" or body.media_type not in _TYPES:
            raise XRefusal(400, "Invalid Request", "the media is not an image")
        if not 0 < total <= MAX_IMAGE_BYTES:
            raise XRefusal(400, "Invalid Request", "media is larger than 5 MB")
        id_ = self._next_id()
        self.images[id_] = XMedia(user, self.now(), total=total)
        upload = {
            "id": id_,
            "media_key": f"3_{id_}",
            "expires_after_secs": LIFETIME_S,
        }
        return 200, {"data": upload}

    def append(
        self, request: ReceivedRequest, user: str, id_: str
    ) -> tuple[int, dict[str, Any]]:
        """Store the next part of an image, from JSON or a form; parts must come in order."""
        media = self._pending_upload(id_, user)
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            part, index = _form_part(request)
        else:
            body = read_body(AppendUploadRequest, request)
            part, index = _decoded(body.media), body.segment_index
        if index != len(media.segments):
            raise XRefusal(400, "Invalid Request", "a segment out of order")
        media.segments.append(part)
        return 200, {"data": {"expires_at": int(media.at + LIFETIME_S)}}

    def finalize(
        self, request: ReceivedRequest, user: str, id_: str
    ) -> tuple[int, dict[str, Any]]:
        """Join the parts of an image; check that its size is as announced.

        Also check that the joined parts are an image.
        """
        media = self._pending_upload(id_, user)
        data = b"".join(media.segments)
        if len(data) != media.total:
            raise XRefusal(400, "Invalid Request", "not as many bytes as announced")
        return self._store(media, data, id_)

    def describe(
        self, request: ReceivedRequest, user: str
    ) -> tuple[int, dict[str, Any]]:
        """Set the alt text of an image, 1 to 1000 characters."""
        body = read_body(CreateMetadataRequest, request)
        alt = body.metadata.alt_text if body.metadata else None
        media = self._usable(body.id, user)
        if media is None or alt is None or not 1 <= len(alt.text) <= 1000:
            raise XRefusal(
                400, "Invalid Request", "unknown media, or alt text too long"
            )
        media.alt = alt.text
        return 200, {"data": {"id": body.id}}

    def _store(
        self, media: XMedia, data: bytes, id_: str = ""
    ) -> tuple[int, dict[str, Any]]:
        width, height = read_image(data)
        id_ = id_ or self._next_id()
        media.data, media.total = data, 0
        self.images[id_] = media
        image = {"w": width, "h": height, "image_type": "image/png"}
        stored = {"id": id_, "media_key": f"3_{id_}", "size": len(data), "image": image}
        return 200, {"data": {**stored, "expires_after_secs": LIFETIME_S}}

    def _usable(self, id_: str, user: str) -> XMedia | None:
        media = self.images.get(id_)
        if media is None or media.owner != user or not media.data:
            return None
        return media if self.now() - media.at < LIFETIME_S else None

    def _pending_upload(self, id_: str, user: str) -> XMedia:
        media = self.images.get(id_)
        if media is None or media.owner != user or not media.total:
            raise XRefusal(400, "Invalid Request", "no such upload")
        return media

    def _next_id(self) -> str:
        return str(1_800_000_000_000_000_001 + len(self.images))


def _decoded(media: str) -> bytes:
    try:
        return base64.b64decode(media, validate=True)
    except binascii.Error as error:
        raise XRefusal(400, "Invalid Request", "media is not base64") from error


def _form_part(request: ReceivedRequest) -> tuple[bytes, int]:
    fields = parts_of(request)
    media, index = fields.get("media"), str(fields.get("segment_index", ""))
    if set(fields) != {"media", "segment_index"} or not isinstance(media, Upload):
        raise XRefusal(
            400, "Invalid Request", "the form must have media and segment_index"
        )
    if not index.isdecimal():
        raise XRefusal(400, "Invalid Request", "segment_index must be a number")
    return media.data, int(index)
