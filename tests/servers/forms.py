"""The `multipart/form-data` parser of the stand-ins."""

import email.policy
from dataclasses import dataclass
from email.parser import BytesParser
from typing import Any

from tests.servers.local import ReceivedRequest


@dataclass(frozen=True)
class Upload:
    """An uploaded file of a form."""

    data: bytes
    mime: str


def parts_of(request: ReceivedRequest) -> dict[str, Any]:
    """Return the fields of a `multipart/form-data` body, each as text or as an `Upload`."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    whole = BytesParser(policy=email.policy.default).parsebytes(head + request.body)
    fields: dict[str, Any] = {}
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        data: Any = part.get_payload(decode=True)
        is_file = part.get_filename() is not None
        fields[name] = (
            Upload(data, part.get_content_type()) if is_file else data.decode()
        )
    return fields
