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
from tests.servers.local import LocalServer, Reply, Request

APP_PASSWORD = "blueskypasswordT1u2V3"
ACCESS, REFRESH = "blueskyaccessW4x5Y6", "blueskyrefreshZ7a8B9"
DID, HANDLE = "did:plc:wire", "wire.example"
POSTS = "app.bsky.feed.post"
_TID = re.compile(r"[234567a-j][234567a-z]{12}")
_NO_DOUBLE = "Record was at another cid"


class BlueskyMemory:
    """A minimal Bluesky server: sessions, blobs, and records by collection and key.

    Attributes:
        logins, renewals: how many sessions were created, and how many renewed.
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
            "com.atproto.repo.deleteRecord": self._delete,
        }

    def answer(self, request: Request) -> Reply:
        """Answer a request; records and blobs need the access token that is valid now."""
        call = request.path.removeprefix("/xrpc/")
        if call.startswith("com.atproto.repo.") and not self._bears(
            request, self.access
        ):
            return no("ExpiredToken", "Token has expired")
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
                shown = value.get("embed", {"images": [None]})["images"][0]
                image = self.blobs[shown["image"]["ref"]["$link"]] if shown else None
                parent = value.get("reply", {}).get("parent")
                reply_to = f"{parent['uri']} {parent['cid']}" if parent else None
                alt = shown["alt"] if shown else None
                posts.append(VisiblePost(value["text"], alt, image, reply_to))
        return posts

    def _bears(self, request: Request, token: str) -> bool:
        return request.headers.get("authorization") == f"Bearer {token}"

    def _log_in(self, request: Request) -> Reply:
        wish = json.loads(request.body)
        if wish != {"identifier": HANDLE, "password": APP_PASSWORD}:
            what = {"error": "AuthenticationRequired", "message": "Invalid password"}
            return Reply(401, what)
        self.logins += 1
        return self._session()

    def _renew(self, request: Request) -> Reply:
        if not self._bears(request, self.refresh):
            return no("ExpiredToken", "Token has been revoked")
        self.renewals += 1
        return self._session()

    def _session(self) -> Reply:
        tokens = {"accessJwt": self.access, "refreshJwt": self.refresh}
        return Reply(200, {"did": DID, "handle": HANDLE, **tokens})

    def _keep_blob(self, request: Request) -> Reply:
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

    def _put(self, request: Request) -> Reply:
        wish = json.loads(request.body)
        place = (wish["collection"], wish["rkey"])
        if place[0] == POSTS and not _TID.fullmatch(place[1]):
            return no("InvalidRequest", "Invalid record key: not a TID")
        stands = self.records.get(place)
        if stands != wish["record"]:
            if wish["swapRecord"] != (cid_of(stands) if stands else None):
                return no("InvalidSwap", _NO_DOUBLE)
            self.records[place] = wish["record"]
        return self._tell(place)

    def _get(self, request: Request) -> Reply:
        place = (request.query["collection"], request.query["rkey"])
        if request.query["repo"] != DID or place not in self.records:
            return no("RecordNotFound", "Could not locate record")
        return self._tell(place)

    def _delete(self, request: Request) -> Reply:
        wish = json.loads(request.body)
        self.records.pop((wish["collection"], wish["rkey"]), None)
        return Reply(200, {})

    def _tell(self, place: tuple[str, str]) -> Reply:
        value = self.records[place]
        reference = {"uri": f"at://{DID}/{place[0]}/{place[1]}", "cid": cid_of(value)}
        return Reply(200, reference | {"value": value})


def no(error: str, message: str = "") -> Reply:
    """Return the server's refusal: status 400 with the name of an error."""
    return Reply(400, {"error": error, "message": message})


def cid_of(value: dict[str, Any]) -> str:
    """Return the content id (CID) of a record: here a hash of its JSON."""
    whole = json.dumps(value, sort_keys=True).encode()
    return "bafyrei" + sha256(whole).hexdigest()


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
    rig.look_paths = ("/xrpc/com.atproto.repo.getRecord",)
    server.answer = scripted(rig, memory.answer)
    yield rig
    server.stop()
