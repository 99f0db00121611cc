"""The BagIt layout of a bundle (RFC 8493): its manifests and tag files."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

PAYLOAD = "data/"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
_DECLARATION_TEXT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()


def manifest_text(hashes: Mapping[str, str]) -> bytes:
    """Return a manifest: a line with SHA-256 and path for each file, sorted by path.

    The paths are printable ASCII without spaces and percent signs, so that RFC 8493 asks
    for no escapes.
    """
    lines = (f"{hashes[path]}  {path}\n" for path in sorted(hashes))
    return "".join(lines).encode()


def parse_manifest(text: bytes) -> dict[str, str]:
    """Return the SHA-256 of each file that a manifest lists, by path.

    Raises:
        ValueError: a line is not `SHA-256  PATH`, or a path is listed twice.
    """
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.decode("ascii").splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in hashes:
            raise ValueError(f"line {number} is not the hash and the path of a file")
        hashes[match[2]] = match[1]
    return hashes


def tag_files(
    hashes: Mapping[str, str], size: int, info: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the tag files of a bag, by path, without the tag manifest.

    Args:
        hashes: the SHA-256 of each payload file, by path; the paths begin with `data/`.
        size: the size of all payload files in bytes.
        info: further lines of `bag-info.txt`, by label.
    """
    labels = {**info, "Payload-Oxum": f"{size}.{len(hashes)}"}
    # A line break in a value would begin a line with another label.
    lines = (
        f"{label}: {' '.join(labels[label].split())}\n" for label in sorted(labels)
    )
    return {
        DECLARATION: _DECLARATION_TEXT.encode(),
        INFO: "".join(lines).encode(),
        MANIFEST: manifest_text(hashes),
    }


def bag_problems(files: Mapping[str, bytes]) -> list[str]:
    """Return a sentence for each file of a bag that is missing, altered or not listed.

    `files` has the content of each file of the bag, by path.
    """
    missing = [n for n in (DECLARATION, MANIFEST, TAG_MANIFEST) if n not in files]
    if missing:
        return [f"{name}: the file is missing" for name in missing]
    problems = []
    for manifest in (TAG_MANIFEST, MANIFEST):
        try:
            listed = parse_manifest(files[manifest])
        except ValueError as error:
            problems.append(f"{manifest}: {error}")
            continue
        in_payload = manifest == MANIFEST
        present = {n for n in files if n.startswith(PAYLOAD) == in_payload}
        problems += _differences(manifest, listed, files, present - {TAG_MANIFEST})
    if files[DECLARATION] != _DECLARATION_TEXT.encode():
        problems.append(f"{DECLARATION}: this is no bag of BagIt version 1.0")
    return problems


def _differences(
    manifest: str,
    listed: Mapping[str, str],
    files: Mapping[str, bytes],
    present: Iterable[str],
) -> Iterator[str]:
    for name in sorted({*listed, *present}):
        if name not in files:
            yield f"{name}: {manifest} lists this file, but it is missing"
        elif name not in listed:
            yield f"{name}: the file is not listed in {manifest}"
        elif sha256_of(files[name]) != listed[name]:
            yield f"{name}: the file does not have the SHA-256 in {manifest}"
