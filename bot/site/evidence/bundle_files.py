"""Writes the bundle of each incident: the folder `evidence`, and `evidence.zip`."""

import os
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.site.evidence.archive import zip_bytes
from bot.site.evidence.bag import (
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    manifest_text,
    parse_manifest,
    sha256_of,
    tag_files,
)
from bot.site.evidence.contents import (
    CRATE,
    LICENCES,
    README,
    Kept,
    PayloadBuilder,
    PayloadFile,
)
from bot.site.evidence.crate import crate_json, licences_json
from bot.site.evidence.ledger import Ledger
from bot.site.evidence.signatures import SIGNATURE, sign
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import marked_title
from bot.site.static_files import write_atomically

_FOLDER = "evidence"
_ARCHIVE = "evidence.zip"
_RECEIPT = "evidence.json"
"""Beside the bundle: its entry in the ledger."""


@dataclass(frozen=True, slots=True)
class EvidenceBundles(SiteOutput):
    """The bundles of all incidents, and the ledger of their manifests.

    A bundle is in the page's folder. So it is removed with the page, and the ledger does
    not name the incident (P12).
    """

    settings: OutputSettings

    def create(self) -> None:
        """Write the ledger's head, if it is missing.

        Raises:
            OSError: a file cannot be written.
        """
        self._ledger.create()

    def write_files(self, update: PageUpdate) -> None:
        """Write the bundle of an incident.

        Raises:
            OSError: a file cannot be read or written.
        """
        page = self.settings.page_folder(update.incident)
        folder = page / _FOLDER
        present = _present(folder)
        payload = self._payload(update, folder, present)
        hashes = {name: _hash(file) for name, file in payload.items()}
        _write_payload(folder, payload, hashes, present)
        tags = self._tag_files(update, folder, hashes)
        archive = page / _ARCHIVE
        if _is_same(folder, tags) and archive.is_file():
            return
        for name, content in tags.items():
            write_atomically(folder / name, content)
        files = {name: _content(folder / name, payload[name]) for name in payload}
        write_atomically(archive, zip_bytes({**files, **tags}))

    def write_lists(self, update: PageUpdate) -> None:
        """Enter a changed bundle in the ledger.

        Raises:
            OSError: a file cannot be read or written.
        """
        page = self.settings.page_folder(update.incident)
        self._enter(update, (page / _FOLDER / MANIFEST).read_bytes())

    @property
    def _ledger(self) -> Ledger:
        return Ledger(ledger_folder(self.settings.root), self._key)

    @property
    def _key(self) -> str | None:
        return self.settings.evidence.key

    def _payload(
        self, update: PageUpdate, folder: Path, present: Mapping[str, str]
    ) -> dict[str, PayloadFile]:
        builder = PayloadBuilder(self.settings, update, folder, present)
        url = self.settings.page_url(update.incident)
        files = {**builder.event_files(), **builder.common_files()}
        files[README] = self._readme(update, url)
        files[LICENCES] = licences_json(update, files)
        files[CRATE] = crate_json(update, files, url)
        return files

    def _readme(self, update: PageUpdate, url: str) -> bytes:
        template = self.settings.illustrator.templates.get_template(
            "site/en/evidence.txt"
        )
        return template.render(
            document=update.document,
            title=marked_title(update.document),
            url=url,
            contact=self.settings.contact,
        ).encode()

    def _tag_files(
        self, update: PageUpdate, folder: Path, hashes: Mapping[str, str]
    ) -> dict[str, bytes]:
        size = sum(os.stat(f"{folder}/{name}").st_size for name in hashes)  # noqa: PTH116
        at = update.report.events[-1].at
        info = {
            "Bagging-Date": f"{at:%Y-%m-%d}",
            "External-Identifier": update.incident,
            "External-Description": marked_title(update.document),
            "Source-Organization": self.settings.site_url,
        }
        tags = tag_files(hashes, size, info)
        if self._key is not None:
            tags[f"{MANIFEST}{SIGNATURE}"] = sign(self._key, tags[MANIFEST], at)
        listed = {name: sha256_of(content) for name, content in tags.items()}
        return {**tags, TAG_MANIFEST: manifest_text(listed)}

    def _enter(self, update: PageUpdate, manifest: bytes) -> None:
        """Enter the manifest in the ledger, unless its last entry is the same."""
        receipt = self.settings.page_folder(update.incident) / _RECEIPT
        at = update.report.events[-1].at
        entry = self._ledger.enter(receipt, update.incident, manifest, at)
        if entry is not None:
            write_atomically(receipt, entry)


def ledger_folder(root: Path) -> Path:
    """Return the folder of the ledger in the site's folder `root`."""
    return root / "evidence" / "ledger"


def _present(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the payload files that the manifest lists and that exist."""
    try:
        listed = parse_manifest((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    # `Path` takes ten times as long to join paths, and this is done for each file.
    return {n: h for n, h in listed.items() if os.path.isfile(f"{folder}/{n}")}  # noqa: PTH113


def _hash(file: PayloadFile) -> str:
    return file.sha256 if isinstance(file, Kept) else sha256_of(file)


def _write_payload(
    folder: Path,
    payload: Mapping[str, PayloadFile],
    hashes: Mapping[str, str],
    present: Mapping[str, str],
) -> None:
    """Write the payload files that changed, and remove those that are not listed (P12)."""
    for name, file in payload.items():
        if isinstance(file, Kept):
            if file.source is not None:
                _link(file.source, _with_folder(folder / name))
        elif hashes[name] != present.get(name):
            write_atomically(_with_folder(folder / name), file)
    _remove_others(folder, payload)


def _with_folder(path: Path) -> Path:
    """Return a path whose folder exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _remove_others(folder: Path, kept: Container[str]) -> None:
    """Remove the payload files that are not in `kept`, and folders that are empty."""
    for parent, _, names in os.walk(folder / PAYLOAD, topdown=False):
        within = Path(parent).relative_to(folder).as_posix()
        for name in names:
            if f"{within}/{name}" not in kept:
                Path(parent, name).unlink()
        if not os.listdir(parent):  # noqa: PTH208
            Path(parent).rmdir()


def _link(source: Path, path: Path) -> None:
    """Give a file a second name; if the file system has no such names, copy it."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.link(source, part)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        write_atomically(path, source.read_bytes())


def _is_same(folder: Path, tags: Mapping[str, bytes]) -> bool:
    """Return whether the tag files on the disk are these; they have all other hashes."""
    path = folder / TAG_MANIFEST
    return path.is_file() and path.read_bytes() == tags[TAG_MANIFEST]


def _content(path: Path, file: PayloadFile) -> bytes:
    return path.read_bytes() if isinstance(file, Kept) else file
