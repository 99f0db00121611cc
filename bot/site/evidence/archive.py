"""Bundles as ZIP files: written with the same bytes each time, and read with care."""

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from bot.errors import BotError

FOLDER = "evidence/"
"""The folder in the ZIP file that holds the bag."""
MAX_BYTES = 512 * 1024 * 1024
"""The largest bundle that is read, and the largest file after it is decompressed."""
_MAX_FILES = 10_000
_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a ZIP file: the earliest that the format has."""
_UNIX = 3
_MODE = (stat.S_IFREG | 0o644) << 16
# A path that is absolute, or has the part `..`, would be written outside of a folder.
_NAME = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9][A-Za-z0-9._/-]*")
_FASTEST = 1


class BundleError(BotError):
    """A file or folder is no bundle that can be read; the message says why."""


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file of `files`, by path; equal files give the same bytes (P14).

    Nothing is compressed: large files of a bundle are compressed already, and other
    versions of zlib would give other bytes.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(f"{FOLDER}{name}", _TIME)
            member.create_system, member.external_attr = _UNIX, _MODE
            archive.writestr(member, files[name])
    return stream.getvalue()


def compress(data: bytes) -> bytes:
    """Return `data` as a gzip file without a name and a time."""
    return gzip.compress(data, _FASTEST, mtime=0)


def decompress(name: str, data: bytes, largest: int = MAX_BYTES) -> bytes:
    """Return the content of a gzip file of at most `largest` bytes.

    Raises:
        BundleError: the file is no gzip file, or its content is larger.
    """
    reader = zlib.decompressobj(wbits=31)
    try:
        content = reader.decompress(data, largest)
    except zlib.error as error:
        raise BundleError(f"{name}: the file is not a gzip file") from error
    if not reader.eof or reader.unused_data:
        raise BundleError(f"{name}: the content is too large or not complete")
    return content


def read_bundle(path: Path) -> dict[str, bytes]:
    """Return the files of a bundle, a folder or a ZIP file, by path within the bag.

    Raises:
        BundleError: there is no bundle, it is larger than `MAX_BYTES`, or it has
            a symbolic link, a compressed file or a path that leads elsewhere.
        OSError: a file cannot be read.
    """
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        raise BundleError(f"{path} does not exist; give a folder or a ZIP file")
    if path.stat().st_size > MAX_BYTES:
        raise BundleError(f"{path} is larger than {MAX_BYTES} bytes and is not read")
    data = path.read_bytes()
    files = _read_zip(path, data)
    # A byte between the files or in the directory of the ZIP file is in no manifest.
    # Equal files always give the same ZIP file, so it is written again and compared.
    if zip_bytes(files) != data:
        raise BundleError(
            f"{path}: the directory of the ZIP file is not as Outagewire writes it;"
            " the file was changed, or another program packed it: unpack it, and give"
            " the folder"
        )
    return files


def _read_folder(folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = MAX_BYTES
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise BundleError(f"{name}: this is neither a file nor a folder")
        if path.is_dir():
            continue
        room -= path.stat().st_size
        _check(name, room, len(files))
        files[name] = path.read_bytes()
    return files


def _read_zip(path: Path, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    # A damaged file makes `zipfile` raise many kinds of errors.
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        ValueError,
        RuntimeError,
        OSError,
    ) as error:
        raise BundleError(
            f"{path}: this is no ZIP file, or it is damaged: {error}"
        ) from error


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = MAX_BYTES
    for member in archive.infolist():
        name = member.filename.removeprefix(FOLDER)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in {0, stat.S_IFREG} or member.is_dir():
            raise BundleError(f"{name!r}: this is neither a file nor a folder")
        if member.compress_type != zipfile.ZIP_STORED:
            raise BundleError(f"{name!r}: the file is compressed; unpack it first")
        if name == member.filename or name in files:
            raise BundleError(f"{name!r}: the path is not expected in a bundle")
        room -= member.file_size
        _check(name, room, len(files))
        files[name] = archive.read(member)
    return files


def _check(name: str, room: int, count: int) -> None:
    if not _NAME.fullmatch(name):
        raise BundleError(f"{name!r}: the path is not expected in a bundle")
    if room < 0 or count >= _MAX_FILES:
        raise BundleError("the bundle has more bytes or files than are read")
