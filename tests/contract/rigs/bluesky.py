"""The rig of the bluesky channel, with a minimal Bluesky server in memory."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

APP_PASSWORD = "blueskypasswordT1u2V3"
ACCESS, REFRESH = "blueskyaccessW4x5Y6", "blueskyrefreshZ7a8B9"
DID, HANDLE = "did:plc:wire", "wire.example"
POSTS = "app.bsky.feed.post"
_TID = re.compile(r"[234567a-j][234567a-z]{12}")
_SWAP_ERROR = "Record was at another cid"


class BlueskyMemory:
    """A minimal Bluesky server: sessions, blobs, and records by collection and key.

    Attributes:
        logins: how many sessions were created.
        renewals: how many times a session was renewed.
    """

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.records: dict[tuple[str, str], dict[str, Any]] = {}
        self.logins = self.renewals = 0
        self._calls = {
            "com.atproto.server.createSession": self._log_in,
            "com.atproto.server.refreshSession": self._renew,
            "com.atproto.repo.uploadBlob": self._keep_blob,
            "com.atproto.repo.putRecord": self._put,
            "com.atproto.repo.getRecord": self._get,
            "com.atproto.repo.listRecords": self._list,
            "com.atproto.repo.deleteRecord": self._delete,
        }

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request; records and blobs need the access token that is valid now."""
        call = request.path.removeprefix("/xrpc/")
        if call.startswith("com.atproto.repo.") and not self._has_token(
            request, self.access
        ):
            return refusal("ExpiredToken", "Token has expired")
        return self._calls[call](request)

    @property
    def access(self) -> str:
        """The access token that is valid now."""
        return f"{ACCESS}{self.logins}.{self.renewals}"

    @property
    def refresh(self) -> str:
        """The refresh token that is valid now."""
        return f"{REFRESH}{self.logins}.{self.renewals}"

    def visible_posts(self) -> list[VisiblePost]:
        """Return the posts as a reader sees them."""
        posts = []
        for (collection, _), value in self.records.items():
            if collection == POSTS:
                embedded_image = value.get("embed", {"images": [None]})["images"][0]
                image = (
                    self.blobs[embedded_image["image"]["ref"]["$link"]]
                    if embedded_image
                    else None
                )
                parent = value.get("reply", {}).get("parent")
                reply_to = f"{parent['uri']} {parent['cid']}" if parent else None
                alt = embedded_image["alt"] if embedded_image else None
                posts.append(VisiblePost(value["text"], alt, image, reply_to))
        return posts

    def _has_token(self, request: ReceivedRequest, token: str) -> bool:
        return request.headers.get("authorization") == f"Bearer {token}"

    def _log_in(self, request: ReceivedRequest) -> Reply:
        body = json.loads(request.body)
        if body != {"identifier": HANDLE, "password": APP_PASSWORD}:
            error = {"error": "AuthenticationRequired", "message": "Invalid password"}
            return Reply(401, error)
        self.logins += 1
        return self._session()

    def _renew(self, request: ReceivedRequest) -> Reply:
        if not self._has_token(request, self.refresh):
            return refusal("ExpiredToken", "Token has been revoked")
        self.renewals += 1
        return self._session()

    def _session(self) -> Reply:
        tokens = {"accessJwt": self.access, "refreshJwt": self.refresh}
        return Reply(200, {"did": DID, "handle": HANDLE, **tokens})

    def _keep_blob(self, request: ReceivedRequest) -> Reply:
        cid = "bafkrei" + sha256(request.body).hexdigest()
        self.blobs[cid] = request.body
        mime, size = request.headers["content-type"], len(request.body)
        blob = {
            "$type": "blob",
            "ref": {"$link": cid},
            "mimeType": mime,
            "size": size,
        }
        return Reply(200, {"blob": blob})

    def _put(self, request: ReceivedRequest) -> Reply:
        body = json.loads(request.body)
        record_key = (body["collection"], body["rkey"])
        if record_key[0] == POSTS and not _TID.fullmatch(record_key[1]):
            return refusal("InvalidRequest", "Invalid record key: not a TID")
        existing = self.records.get(record_key)
        if existing != body["record"]:
            if body["swapRecord"] != (cid_of(existing) if existing else None):
                return refusal("InvalidSwap", _SWAP_ERROR)
            self.records[record_key] = body["record"]
        return self._record_reply(record_key)

    def _get(self, request: ReceivedRequest) -> Reply:
        record_key = (request.query["collection"], request.query["rkey"])
        if request.query["repo"] != DID or record_key not in self.records:
            return refusal("RecordNotFound", "Could not locate record")
        return self._record_reply(record_key)

    def _list(self, request: ReceivedRequest) -> Reply:
        """Answer with a page of a collection's records, newest key first."""
        limit, cursor = int(request.query["limit"]), request.query.get("cursor", "~")
        collection = request.query["collection"]
        keys = sorted(key for kind, key in self.records if kind == collection)
        page = [key for key in reversed(keys) if key < cursor][:limit]
        records = [self._record_reply((collection, key)).body for key in page]
        more = {"cursor": page[-1]} if page and page[-1] != keys[0] else {}
        return Reply(200, {"records": records, **more})

    def _delete(self, request: ReceivedRequest) -> Reply:
        body = json.loads(request.body)
        self.records.pop((body["collection"], body["rkey"]), None)
        return Reply(200, {})

    def _record_reply(self, record_key: tuple[str, str]) -> Reply:
        value = self.records[record_key]
        reference = {
            "uri": f"at://{DID}/{record_key[0]}/{record_key[1]}",
            "cid": cid_of(value),
        }
        return Reply(200, reference | {"value": value})


def refusal(error: str, message: str = "") -> Reply:
    """Return the server's refusal: status 400 with the name of an error."""
    return Reply(400, {"error": error, "message": message})


def cid_of(value: dict[str, Any]) -> str:
    """Return the content id (CID) of a record: here a hash of its JSON."""
    record_json = json.dumps(value, sort_keys=True).encode()
    return "bafyrei" + sha256(record_json).hexdigest()


def bluesky_rig(folder: Path, memory: BlueskyMemory | None = None) -> Iterator[Rig]:
    """Yield the bluesky channel with a server in memory."""
    memory, clock = memory or BlueskyMemory(), StillClock(AT)
    server = LocalServer(memory.answer)
    config = BlueskyConfig(
        base_url=server.base_url,
        handle=HANDLE,
        app_password=SecretStr(APP_PASSWORD),
        timeout=timedelta(seconds=2),
    )
    channel = BlueskyChannel("one", config, clock)
    secrets = (APP_PASSWORD, f"{ACCESS}1.0", f"{REFRESH}1.0")
    rig = Rig(channel, config, clock, memory.visible_posts, secrets)
    rig.post_path = "/xrpc/com.atproto.repo.putRecord"
    rig.media_path = "/xrpc/com.atproto.repo.uploadBlob"
    rig.read_back_paths = ("/xrpc/com.atproto.repo.getRecord",)
    server.answer = scripted(rig, memory.answer)
    yield rig
    server.stop()
