"""Forms with files, as a server reads them."""

import email.policy
from dataclasses import dataclass
from email.parser import BytesParser
from typing import Any

from tests.servers.local import Question


@dataclass(frozen=True)
class Upload:
    """A file of a form."""

    data: bytes
    mime: str


def parts_of(asked: Question) -> dict[str, Any]:
    """The fields of a `multipart/form-data` body: text, or an `Upload`."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    whole = BytesParser(policy=email.policy.default).parsebytes(head + asked.body)
    told: dict[str, Any] = {}
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data: Any = part.get_payload(decode=True)
        is_file = part.get_filename() is not None
        told[name] = Upload(data, part.get_content_type()) if is_file else data.decode()
    return told
