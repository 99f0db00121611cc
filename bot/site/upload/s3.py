"""A bucket of an object store with the interface of Amazon S3 as the destination."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bot.errors import BotError

_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class S3Destination:
    """The objects of a bucket whose keys begin with a prefix.

    Attributes:
        client: a client of boto3 for S3.
        bucket: the name of the bucket.
        prefix: the beginning of each key: "", or a text that ends with a slash.
    """

    client: Any
    bucket: str
    prefix: str

    def read(self, name: str) -> bytes | None:
        """Return the content of an object; None if there is no such object."""
        try:
            with _failures(self.bucket):
                answer = self.client.get_object(
                    Bucket=self.bucket, Key=self.prefix + name
                )
                content: bytes = answer["Body"].read()
        except _ObjectMissingError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write one object with this content, and the type that its name tells."""
        with _failures(self.bucket):
            self.client.put_object(
                Bucket=self.bucket,
                Key=self.prefix + name,
                Body=content,
                ContentType=content_type(name),
            )

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Copy these files of the folder `root`; skip those that are gone by now."""
        for name in names:
            path = root / name
            if path.is_file():
                self.write(name, path.read_bytes())

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:  # noqa: ARG002
        """Remove these objects; an object store has no folders."""
        for name in names:
            with _failures(self.bucket):
                self.client.delete_object(Bucket=self.bucket, Key=self.prefix + name)


def open_bucket(bucket: str, prefix: str) -> S3Destination:
    """Return a bucket, with the credentials that boto3 finds in its usual places.

    Raises:
        BotError: boto3 is not installed, or it finds no region or an invalid setting.
    """
    try:
        import boto3
    except ImportError as error:
        raise BotError(
            "to publish to S3, install boto3: pip install 'outagewire[s3]'"
        ) from error
    with _failures(bucket):
        return S3Destination(boto3.client("s3"), bucket, prefix)


def content_type(name: str) -> str:
    """Return the media type of a file, by the end of its name."""
    path = PurePosixPath(name)
    # The messages of CAP are the only XML files in a folder of this name.
    if path.suffix == ".xml" and path.parent.name == "cap":
        return "application/cap+xml"
    return _TYPES.get(path.suffix.lower(), _UNKNOWN_TYPE)


class _ObjectMissingError(BotError):
    """The object does not exist."""


@contextmanager
def _failures(bucket: str) -> Iterator[None]:
    """Turn the errors of boto3 into errors of this program."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
        if code in {"NoSuchKey", "404"}:
            raise _ObjectMissingError(
                f"no such object in the bucket {bucket}"
            ) from error
        raise BotError(
            f"the bucket {bucket} refused with {code}; check its name, and the rights of"
            " the credentials that boto3 uses"
        ) from error
    except BotoCoreError as error:
        # The message may hold a URL with credentials (P16).
        raise BotError(
            f"the bucket {bucket} cannot be reached: {type(error).__name__}; check the"
            " credentials and the region that boto3 uses"
        ) from error
