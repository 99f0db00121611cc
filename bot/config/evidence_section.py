"""The section `[evidence]` of the configuration, with the operator's secret key."""

from typing import Annotated, Any

from pydantic import BeforeValidator, SecretStr, ValidationInfo

from bot.settings import FOLDER, Section, beside, secret_error
from bot.site.evidence.signatures import check_key


def _read_key(value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any TOML value
    """Read the secret key that a reference `file:PATH` names.

    Raises:
        PydanticCustomError: the value is not a reference, the file cannot be read, or it
            holds no secret key without a password. No message quotes the key.
    """
    if value is None or isinstance(value, SecretStr):
        return value
    kind, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if kind != "file" or not name:
        raise secret_error('write the key as a reference: "file:PATH"')
    path = beside(name, (info.context or {}).get(FOLDER))
    try:
        key = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise secret_error(
            f"the file {path} cannot be read; it must hold a secret key of minisign"
        ) from error
    try:
        check_key(key)
    except ValueError as error:
        raise secret_error(f"{path}: {error}") from error
    return SecretStr(key)


class EvidenceSection(Section):
    """The evidence bundles of the report site.

    Attributes:
        key: the secret key, in minisign's format and without a password, that signs each
            bundle and the head of the ledger; None: nothing is signed.
    """

    key: Annotated[SecretStr | None, BeforeValidator(_read_key)] = None
