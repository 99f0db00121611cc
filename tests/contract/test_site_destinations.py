"""Every destination of the site gets the same files, in order, and loses removed ones."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BotError
from bot.site.upload import uploading
from bot.site.upload.destinations import open_destination
from bot.site.upload.plan import MANIFEST, make_plan, manifest_text, read_manifest
from bot.site.upload.uploading import Destination, UploadResult, upload
from tests.servers.missing import report_missing

SITE = {
    "index.html": "home",
    "404.html": "none",
    "style.css": "a {}",
    "feeds/all.atom": "<feed/>",
    "i/A/index.html": "page",
    "i/A/1.png": "picture",
    "i/A/cap/1.xml": "<alert/>",
    "i/Ö b/index.html": "other page",
}
ORDER = [
    "i/A/1.png",
    "style.css",
    "i/A/cap/1.xml",
    "i/A/index.html",
    "i/Ö b/index.html",
    "404.html",
    "feeds/all.atom",
    "index.html",
]
SSH = """#!/bin/sh
# Stands in for SSH: it runs the command on this machine.
while [ "$1" = "-o" ]; do shift 2; done
shift
exec sh -c "$*"
"""
Files = Callable[[], dict[str, str]]


@dataclass
class Rig:
    """A destination, and a function that returns what is there."""

    text: str
    files: Files

    def open(self) -> Destination:
        return open_destination(self.text, ())


@dataclass
class Recorder:
    """Passes everything on, and records it; stops before a file that is named."""

    inner: Destination
    stop_before: str = ""
    calls: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes | None:
        return self.inner.read(name)

    def write(self, name: str, content: bytes) -> None:
        self.calls.append(f"write {name}")
        self.inner.write(name, content)

    def send(self, root: Path, names: Any) -> None:
        for name in names:
            if name == self.stop_before:
                raise BotError("the connection is lost")
            self.calls.append(f"send {name}")
            self.inner.send(root, (name,))

    def remove(self, names: Any, folders: Any) -> None:
        self.calls += [f"remove {name}" for name in names]
        self.inner.remove(names, folders)


def files_in(folder: Path) -> dict[str, str]:
    """Return the content of each file; an empty folder counts as a file without any."""
    paths = [p for p in folder.rglob("*") if p.is_file() or not any(p.iterdir())]
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else ""
        for path in paths
    }


@pytest.fixture(scope="module")
def bucket_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "rsync", "s3"])
def rig(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Rig:
    """Each kind of destination, with nothing in it."""
    folder = tmp_path / "to us; it's"
    if request.param == "folder":
        return Rig(str(folder), lambda: files_in(folder))
    if request.param == "rsync":
        if shutil.which("rsync") is None:
            report_missing("rsync")
        ssh = tmp_path / "bin/ssh"
        ssh.parent.mkdir()
        ssh.write_text(SSH)
        ssh.chmod(0o755)
        monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
        return Rig(f"rsync:www.example.org:{folder}", lambda: files_in(folder))
    return s3_rig(request.getfixturevalue("bucket_server"), monkeypatch, tmp_path.name)


def s3_rig(server: str, monkeypatch: pytest.MonkeyPatch, name: str) -> Rig:
    """A new bucket on a server of moto."""
    import boto3

    for key, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": server,
    }.items():
        monkeypatch.setenv(key, value)
    bucket = name.replace("_", "-").lower()[:60].strip("-")
    client = boto3.client("s3")
    client.create_bucket(Bucket=bucket)

    def files() -> dict[str, str]:
        found = client.list_objects_v2(Bucket=bucket).get("Contents", [])
        return {
            item["Key"].removeprefix("en/"): client.get_object(
                Bucket=bucket, Key=item["Key"]
            )["Body"]
            .read()
            .decode()
            for item in found
        }

    return Rig(f"s3://{bucket}/en", files)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name, content in SITE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    (root / "index.html.part").write_text("unfinished")
    (root / "link").symlink_to("/etc/hostname")
    for hidden in (".env", ".git/config", "i/.private", "index.html~"):
        (root / hidden).parent.mkdir(exist_ok=True)
        (root / hidden).write_text("secret")
    return root


def publish(site: Path, destination: Destination) -> UploadResult:
    return upload(site, destination, lambda: None)


def published(rig: Rig) -> dict[str, str]:
    """Return the files at the destination, without the manifest."""
    return {name: text for name, text in rig.files().items() if name != MANIFEST}


def test_a_destination_gets_every_file_once(rig, site):  # P15
    recorder = Recorder(rig.open())
    assert publish(site, recorder) == UploadResult(len(SITE), 0)
    assert published(rig) == SITE
    sends = [f"send {name}" for name in ORDER]
    assert recorder.calls == [f"write {MANIFEST}", *sends, f"write {MANIFEST}"]
    again = Recorder(rig.open())
    assert publish(site, again) == UploadResult(0, 0)
    assert again.calls == []


def test_only_changes_are_sent_and_removals_come_last(rig, site):  # P12
    publish(site, rig.open())
    (site / "index.html").write_text("new home")
    shutil.rmtree(site / "i/A")
    recorder = Recorder(rig.open())
    assert publish(site, recorder) == UploadResult(1, 3)
    gone = ["i/A/1.png", "i/A/cap/1.xml", "i/A/index.html"]
    assert recorder.calls[1:-1] == [
        "send index.html",
        *(f"remove {name}" for name in gone),
    ]
    # No folder is left: its name would name the incident.
    assert published(rig) == {
        **{name: text for name, text in SITE.items() if name not in gone},
        "index.html": "new home",
    }
    assert "i/A" not in rig.files()[MANIFEST]


def test_a_page_that_a_broken_upload_sent_is_removed_later(rig, site):  # P12
    publish(site, rig.open())
    (site / "i/B").mkdir()
    (site / "i/B/index.html").write_text("a new page")
    (site / "index.html").write_text("new home")
    with pytest.raises(BotError, match="lost"):
        publish(site, Recorder(rig.open(), stop_before="index.html"))
    shutil.rmtree(site / "i/B")
    publish(site, rig.open())
    assert published(rig) == {**SITE, "index.html": "new home"}


def test_files_of_others_stay(rig, site, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "theirs.txt").write_text("theirs")
    rig.open().send(other, ("theirs.txt",))
    publish(site, rig.open())
    assert published(rig) == {**SITE, "theirs.txt": "theirs"}


def test_a_file_that_vanishes_meanwhile_is_skipped(rig, site):
    rig.open().send(site, ("style.css", "gone.css"))
    assert published(rig) == {"style.css": "a {}"}


def test_a_damaged_manifest_stops_the_upload(rig, site):
    rig.open().write(MANIFEST, b"[")
    with pytest.raises(BotError, match="is damaged; remove it there"):
        publish(site, rig.open())


def test_the_kill_switch_stops_between_files(site, tmp_path, monkeypatch):  # P16
    monkeypatch.setattr(uploading, "_AT_ONCE", 1)
    looks: list[int] = []

    def check() -> None:
        looks.append(1)
        if len(looks) == 4:
            raise BotError("everything is stopped")

    to = tmp_path / "to"
    with pytest.raises(BotError, match="stopped"):
        upload(site, open_destination(str(to), ()), check)
    assert set(files_in(to)) == {MANIFEST, "i/A/1.png", "style.css"}


def test_objects_have_their_types(bucket_server, site, monkeypatch):
    import boto3

    rig = s3_rig(bucket_server, monkeypatch, "types-of-objects")
    publish(site, rig.open())
    client = boto3.client("s3")
    types = {
        name: client.head_object(Bucket="types-of-objects", Key=f"en/{name}")[
            "ContentType"
        ]
        for name in SITE
    }
    assert types["index.html"] == "text/html; charset=utf-8"
    assert types["i/A/1.png"] == "image/png"
    assert types["i/A/cap/1.xml"] == "application/cap+xml"
    assert types["feeds/all.atom"] == "application/atom+xml"


def test_a_refusal_of_the_store_is_a_sentence(bucket_server, site, monkeypatch):
    s3_rig(bucket_server, monkeypatch, "one-bucket")
    missing = open_destination("s3://no-such-bucket", ())
    with pytest.raises(BotError, match="refused with NoSuchBucket; check its name"):
        publish(site, missing)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ftp://a.example/b",
        "rsync:-e:b",
        "rsync:host",
        "rsync:a::b",
        "s3://A_B/c",
        "s3:a",
    ],
)
def test_what_is_no_destination_is_refused(text):
    with pytest.raises(BotError, match="is no destination; write a folder"):
        open_destination(text, ())


@pytest.mark.parametrize("inside", ["site", "site/copy", "."])
def test_the_site_is_not_copied_into_itself(tmp_path, inside):
    with pytest.raises(BotError, match="choose another folder"):
        open_destination(str(tmp_path / inside), (tmp_path / "site",))


def test_paths_of_a_manifest_cannot_leave_the_destination():
    files = {"../a": "b", "/etc/passwd": "b", "a/../../b": "c", "": "d", "i/A": "e"}
    files |= {"a\0../b": "b", ".": "b", "a\nb": "b"}
    assert read_manifest(manifest_text(files).encode()) == {"i/A": "e"}


def test_a_plan_without_changes_is_empty():
    assert make_plan({"a": "1"}, {"a": "1"}).is_empty
    assert not make_plan({"a": "1"}, {"a": None}).is_empty
    assert json.loads(manifest_text({}))["files"] == {}
